import type { PlainPaper } from '../papers/templates.ts';
import { inEuros } from './cents.rules.ts';
import { type Figures, grantedCents } from './figures.ts';
import { paymentsOf } from './money.rules.ts';
import { ceilingTable, french, lower, type Part, type Parties, payableTable, persons, signaturesOf } from './papers.ts';

const object = ({ project }: Figures): Part => ({
  title: 'Article 1 – Objet',
  paragraphs: [
    `La présente convention fixe les conditions dans lesquelles l’Agence participe au financement du système d’information partagé de l’équipe (projet ${project.reference}), de son installation et de son usage pluriprofessionnel.`,
  ],
});

/** Of the real cost, what is paid for is under the amount. */
function amount(figures: Figures): Part[] {
  const { call, money } = figures;
  const cost = call.funding.basis === 'cost';
  const paragraphs = [
    cost
      ? `Le financement est de ${inEuros(money.totalCents)}, au coût réel des dépenses validées et dans la limite d’un plafond de ${inEuros(money.ceilingCents)}.`
      : `Le financement est forfaitaire : ${inEuros(money.totalCents)}.`,
    `${cost ? 'Le plafond' : 'Le montant'} résulte des personnes intégrées au projet (${persons(figures.members)}) :`,
  ];
  const article = { title: 'Article 2 – Montant', paragraphs, table: ceilingTable(figures) };
  return cost ? [article, paidFor(figures)] : [article];
}
const paidFor = (figures: Figures): Part => {
  const { payableCents, ceilingCents } = figures.money;
  return {
    title: 'Dépenses retenues au titre de l’article 2',
    paragraphs: [
      'Ces dépenses figurent sur les devis que le consultant a validés.',
      ...(payableCents > ceilingCents
        ? [`Elles dépassent le plafond : l’équipe prend à sa charge ${inEuros(payableCents - ceilingCents)}.`]
        : []),
    ],
    table: payableTable(figures),
  };
};

const excluded = ({ call: { funding } }: Figures): Part => ({
  title: 'Article 3 – Dépenses exclues',
  paragraphs: [`Aucune dépense antérieure au ${french(funding.notBefore)} n’est prise en charge.`],
  points: [...funding.notPaid.map(({ words }) => words), ...funding.excluded.map(({ words }) => words)],
});

const payments = (figures: Figures): Part => {
  const { payments: shares } = figures.call.funding;
  return {
    title: 'Article 4 – Versements',
    paragraphs: [
      shares.length > 1
        ? 'Le financement est versé en plusieurs fois, sur le compte de la structure qui porte le projet :'
        : 'Le financement est versé sur le compte de la structure qui porte le projet :',
    ],
    table: {
      head: ['Versement', 'Part', 'Montant'],
      numbers: [1, 2],
      rows: paymentsOf(grantedCents(figures), shares).map(({ occasion, percent, cents }) => [
        occasion,
        `${percent} %`,
        inEuros(cents),
      ]),
    },
  };
};

const undertakings: readonly Part[] = [
  {
    title: 'Article 5 – Engagements de l’équipe',
    paragraphs: ['L’équipe s’engage à :'],
    points: [
      'choisir un logiciel de la liste nationale des logiciels labellisés, et l’employer dans l’exercice de chaque profession du projet ;',
      'désigner un référent du projet et rendre disponibles les professionnels pour l’installation et les formations ;',
      'remettre, à la fin du déploiement, le procès-verbal d’achèvement, qui constate l’installation et le bon usage pluriprofessionnel ;',
      'conserver les factures et pièces justificatives et les présenter à la demande de l’Agence ;',
      'informer l’Agence sans délai de tout changement dans l’équipe ou dans le projet.',
    ],
  },
  {
    title: 'Article 6 – Engagements de l’Agence',
    paragraphs: ['L’Agence s’engage à :'],
    points: [
      'verser le financement dans les conditions de l’article 4 ;',
      'faire accompagner l’équipe par un consultant, sous la conduite du GCS e-santé, jusqu’à la clôture du projet.',
    ],
  },
];

const duration = ({ call }: Figures): Part => ({
  title: 'Article 7 – Durée',
  paragraphs: [
    `La convention prend effet à la date de sa dernière signature. Le projet dure ${call.mostMonths} mois au plus à compter de la réunion de lancement ; la convention s’éteint au versement du solde.`,
  ],
});

const clauses: readonly Part[] = [
  {
    title: 'Article 8 – Données et réversibilité',
    points: [
      'Les données de santé sont traitées par les professionnels dans le respect du règlement général sur la protection des données et du code de la santé publique ; elles sont hébergées par un hébergeur certifié.',
      'Le contrat conclu avec l’éditeur prévoit la propriété des données par l’équipe, leur restitution complète dans un format ouvert et documenté à la fin du contrat, et leur reprise par un autre logiciel.',
      'L’Agence ne reçoit aucune donnée de patient. Les indicateurs d’usage qui lui sont transmis sont des nombres, jamais en dessous de onze patients.',
    ],
  },
  {
    title: 'Article 9 – Suivi et contrôle',
    paragraphs: [
      'L’Agence peut vérifier à tout moment, sur pièces et sur place, l’emploi du financement. Les sommes non employées, ou employées à un autre objet, lui sont restituées.',
    ],
  },
  {
    title: 'Article 10 – Modification et résiliation',
    paragraphs: [
      'Toute modification fait l’objet d’un avenant signé des deux parties. En cas de manquement, l’Agence peut la résilier un mois après une mise en demeure restée sans effet. Si le projet s’arrête, les sommes versées pour des dépenses qui n’ont pas été faites sont restituées.',
    ],
  },
];

const disputes = (on: string): Part => ({
  title: 'Article 11 – Différends',
  paragraphs: [
    'Les parties recherchent un accord amiable. À défaut, le différend est porté devant le tribunal administratif compétent.',
    `Établie en deux exemplaires le ${french(on)}.`,
  ],
});

/** The funding agreement (PRJ-6): articles drawn from the figures. */
export function agreementPaper(figures: Figures, parties: Parties, on: string): PlainPaper {
  const { project, call } = figures;
  return {
    title: 'Convention de financement d’un système d’information partagé',
    lead: `Entre ${call.publisher}, ci-après « l’Agence », représentée par ${parties.region.name}, ${lower(parties.region.role)}, et ${project.practiceName}, ci-après « l’équipe », représentée par ${parties.team.name}, ${lower(parties.team.role)}. Vu l’appel à candidatures « ${call.title} » et la décision par laquelle l’équipe a été retenue, il est convenu ce qui suit.`,
    parts: [
      object(figures),
      ...amount(figures),
      excluded(figures),
      payments(figures),
      ...undertakings,
      duration(figures),
      ...clauses,
      disputes(on),
    ],
    signatures: signaturesOf(parties),
  };
}
