import { inSentence, professions } from '../../access/index.ts';
import { quoteKinds } from '../contract/quote-lines.ts';
import type { PlainPaper } from '../papers/templates.ts';
import { inEuros } from './cents.rules.ts';
import { type Figures, grantedCents, recoverCents } from './figures.ts';
import { paymentsOf } from './money.rules.ts';
import { signedCents } from './settle.rules.ts';

type Part = PlainPaper['parts'][number];
export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
export const french = (day: string): string => day.split('-').reverse().join('/');
const quantity = (thousandths: number): string =>
  (thousandths / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 3 });
export const persons = (members: Record<string, number>): string =>
  Object.entries(members)
    .filter(([, count]) => count > 0)
    .map(
      ([code, count]) => `${inSentence((professions as Record<string, { fr: string }>)[code]?.fr ?? code)} : ${count}`,
    )
    .sort((a, b) => a.localeCompare(b, 'fr'))
    .join(', ') || 'aucune';
/** What explains the amounts of this team. What a call says of its own amounts is for whoever reads the call, not for who signs. */
export const notesOf = ({ money, call }: Figures): { points?: string[] } => {
  const points = money.notes.filter((words) => !call.funding.notes.includes(words));
  return points.length > 0 ? { points } : {};
};

/** The ceiling, line by line (FIN-8). */
export const ceilingTable = ({ money }: Figures): Part['table'] => ({
  head: ['Règle', 'Nombre', 'Montant unitaire', 'Résultat'],
  numbers: [1, 2, 3],
  rows: [
    ...money.lines.map((line) => [
      line.capCents === null ? line.words : `${line.words} (montant plafonné)`,
      String(line.count),
      inEuros(line.unitCents),
      inEuros(line.cents),
    ]),
    ['Total', '', '', inEuros(money.ceilingCents)],
  ],
});
const keptLines = ({ quotes, money }: Figures, fate: 'payable' | 'refused') => {
  const fates = new Map(money.fates.map((one) => [one.line, one]));
  return quotes
    .filter(({ state }) => state === 'accepted')
    .flatMap((quote) =>
      quote.lines
        .filter((line) => fates.get(line.id)?.fate === fate)
        .map((line) => ({ quote, line, words: fates.get(line.id)!.words })),
    );
};
/** What a line is for, unless its own words say it. */
function namedLine({ label, kind, totalCents }: Figures['quotes'][number]['lines'][number]): string {
  const more = [quoteKinds[kind].toLowerCase(), ...(totalCents < 0 ? ['remise'] : [])].filter(
    (word) => !label.toLowerCase().includes(word),
  );
  return more.length > 0 ? `${label} (${more.join(', ')})` : label;
}
/** The lines that are paid for and their sum, to the cent: what FIN-5 leaves out of the subscriptions, and what a discount would take beyond its quote, are lines of their own. */
export function payableTable(figures: Figures): Part['table'] {
  const lines = keptLines(figures, 'payable');
  const { subscriptions, discounts } = figures.money.overCents;
  return {
    head: ['Devis', 'Dépense', 'Quantité', 'Montant TTC'],
    numbers: [2, 3],
    rows: [
      ...lines.map(({ quote, line }) => [
        `${quote.vendor}, ${quote.number} du ${french(quote.dated)}`,
        namedLine(line),
        quantity(line.quantity),
        inEuros(line.totalCents),
      ]),
      ...(subscriptions > 0
        ? [['', 'Abonnements, au-delà de ce que l’appel finance', '', inEuros(-subscriptions)]]
        : []),
      ...(discounts > 0 ? [['', 'Remises, au-delà des dépenses retenues de leur devis', '', inEuros(discounts)]] : []),
      ['Total', '', '', inEuros(figures.money.payableCents)],
    ],
  };
}
/** What the quotes that were kept hold and is not paid for, with the reason; undefined when nothing is. */
export function refusedTable(figures: Figures): Part['table'] {
  const refused = keptLines(figures, 'refused');
  return refused.length > 0
    ? {
        head: ['Dépense', 'Montant TTC', 'Motif'],
        numbers: [1],
        rows: refused.map(({ quote, line, words }) => [
          `${line.label} (${quote.vendor}, ${quote.number})`,
          inEuros(line.totalCents),
          words,
        ]),
      }
    : undefined;
}
const paymentTable = (figures: Figures): Part['table'] => ({
  head: ['Versement', 'Part', 'Montant'],
  numbers: [1, 2],
  rows: paymentsOf(grantedCents(figures), figures.call.funding.payments).map(({ occasion, percent, cents }) => [
    occasion,
    `${percent} %`,
    inEuros(cents),
  ]),
});

/** Summary of the validated quotes, the deliverable of the choice (PRJ-5): the ceiling, what is paid for, what is not and why. */
export function quotesPaper(figures: Figures): PlainPaper {
  const { project, call, money } = figures;
  const refused = refusedTable(figures);
  const cost = call.funding.basis === 'cost';
  return {
    title: cost ? 'Devis validés' : 'Montant du financement',
    lead: `${project.practiceName}. ${call.title}, projet ${project.reference}. Personnes comptées : ${persons(figures.members)}.`,
    parts: [
      {
        title: cost ? 'Plafond' : 'Montant, ligne à ligne',
        table: ceilingTable(figures),
        ...notesOf(figures),
      },
      ...(cost ? [{ title: 'Dépenses retenues', table: payableTable(figures) }] : []),
      ...(refused ? [{ title: 'Dépenses non financées', table: refused }] : []),
      {
        title: 'Résultat',
        paragraphs: [
          cost && money.payableCents > money.ceilingCents
            ? `Les dépenses retenues (${inEuros(money.payableCents)}) dépassent le plafond : le financement est limité à ${inEuros(money.totalCents)}. L’équipe prend à sa charge ${inEuros(money.payableCents - money.ceilingCents)}.`
            : `Le financement s’élève à ${inEuros(money.totalCents)}.`,
        ],
      },
    ],
  };
}

export interface Party {
  name: string;
  role: string;
}
/** The funding agreement (PRJ-6): articles drawn from the figures. */
export function agreementPaper(
  figures: Figures,
  parties: { team: Party; region: Party; regionName: string },
  on: string,
): PlainPaper {
  const { project, call, money } = figures;
  const { funding } = call;
  const cost = funding.basis === 'cost';
  const several = funding.payments.length > 1;
  return {
    title: 'Convention de financement d’un système d’information partagé',
    lead: `Entre ${call.publisher}, ci-après « l’Agence », représentée par ${parties.region.name}, ${lower(parties.region.role)}, et ${project.practiceName}, ci-après « l’équipe », représentée par ${parties.team.name}, ${lower(parties.team.role)}. Vu l’appel à candidatures « ${call.title} » et la décision par laquelle l’équipe a été retenue, il est convenu ce qui suit.`,
    parts: [
      {
        title: 'Article 1 – Objet',
        paragraphs: [
          `La présente convention fixe les conditions dans lesquelles l’Agence participe au financement du système d’information partagé de l’équipe (projet ${project.reference}), de son installation et de son usage pluriprofessionnel.`,
        ],
      },
      {
        title: 'Article 2 – Montant',
        paragraphs: [
          cost
            ? `Le financement est de ${inEuros(money.totalCents)}, au coût réel des dépenses validées et dans la limite d’un plafond de ${inEuros(money.ceilingCents)}.`
            : `Le financement est forfaitaire : ${inEuros(money.totalCents)}.`,
          `${cost ? 'Le plafond' : 'Le montant'} résulte des personnes intégrées au projet (${persons(figures.members)}) :`,
        ],
        table: ceilingTable(figures),
      },
      ...(cost
        ? [
            {
              title: 'Dépenses retenues au titre de l’article 2',
              paragraphs: [
                'Ces dépenses figurent sur les devis que le consultant a validés.',
                ...(money.payableCents > money.ceilingCents
                  ? [
                      `Elles dépassent le plafond : l’équipe prend à sa charge ${inEuros(money.payableCents - money.ceilingCents)}.`,
                    ]
                  : []),
              ],
              table: payableTable(figures),
            },
          ]
        : []),
      {
        title: 'Article 3 – Dépenses exclues',
        paragraphs: [`Aucune dépense antérieure au ${french(funding.notBefore)} n’est prise en charge.`],
        points: [...funding.notPaid.map(({ words }) => words), ...funding.excluded.map(({ words }) => words)],
      },
      {
        title: 'Article 4 – Versements',
        paragraphs: [
          several
            ? 'Le financement est versé en plusieurs fois, sur le compte de la structure qui porte le projet :'
            : 'Le financement est versé sur le compte de la structure qui porte le projet :',
        ],
        table: paymentTable(figures),
      },
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
      {
        title: 'Article 7 – Durée',
        paragraphs: [
          `La convention prend effet à la date de sa dernière signature. Le projet dure ${call.mostMonths} mois au plus à compter de la réunion de lancement ; la convention s’éteint au versement du solde.`,
        ],
      },
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
      {
        title: 'Article 11 – Différends',
        paragraphs: [
          'Les parties recherchent un accord amiable. À défaut, le différend est porté devant le tribunal administratif compétent.',
          `Établie en deux exemplaires le ${french(on)}.`,
        ],
      },
    ],
    signatures: [
      ['Pour l’équipe', parties.team.name, parties.team.role, 'Date et signature :'],
      ['Pour l’Agence', parties.region.name, parties.region.role, 'Date et signature :'],
    ],
  };
}

/** The certificate of service done (PRJ-8). */
export function certificatePaper(
  figures: Figures,
  given: { report: string | null; signatory: Party; note: string; regionName: string },
  on: string,
): PlainPaper {
  const { project, call, agreement, amendments } = figures;
  const payments = figures.payments.filter((one) => one.kind === 'share' || one.state !== 'due' || one.cents > 0);
  const last = payments.filter(({ kind }) => kind === 'share').at(-1);
  const owed = recoverCents(payments);
  return {
    title: 'Certificat de service fait',
    lead: `Je soussigné(e) ${given.signatory.name}, ${given.signatory.role}, certifie que le projet de système d’information partagé de ${project.practiceName} (${project.reference}, ${call.title}) a été réalisé.`,
    parts: [
      {
        title: 'Ce que le certificat constate',
        points: [
          `la convention ${agreement!.reference}, signée le ${french(agreement!.signedOn!)}, pour ${inEuros(agreement!.amountCents)} ;`,
          ...amendments
            .filter(({ state }) => state === 'signed')
            .toReversed()
            .map(
              (one) =>
                `l’avenant ${one.reference}, signé le ${french(one.signedOn!)}, qui porte ce montant à ${inEuros(one.amountCents!)} ;`,
            ),
          given.report
            ? `le procès-verbal d’achèvement ${given.report}, qui constate l’installation et le bon usage pluriprofessionnel.`
            : 'le procès-verbal d’achèvement, qui constate l’installation et le bon usage pluriprofessionnel.',
        ],
        ...(given.note && { paragraphs: [given.note] }),
      },
      {
        title: 'Versements',
        table: {
          head: ['Versement', 'Part', 'Montant', 'État'],
          numbers: [1, 2],
          rows: payments.map((one) => [
            one.occasion,
            one.percent > 0 ? `${one.percent} %` : '',
            inEuros(signedCents(one)),
            one.kind === 'recovery'
              ? one.state === 'paid'
                ? `reversé le ${french(one.paidOn!)}`
                : one.state === 'ordered'
                  ? `demandé le ${french(one.orderedOn!)}`
                  : 'à reverser'
              : one.cents === 0
                ? 'rien à verser'
                : one.state === 'paid'
                  ? `versé le ${french(one.paidOn!)}`
                  : one.state === 'ordered'
                    ? `ordonné le ${french(one.orderedOn!)}`
                    : 'à verser',
          ]),
        },
      },
      ...(owed > 0
        ? [{ title: 'Conséquence', paragraphs: [`Le trop-perçu de ${inEuros(owed)} est à reverser par l’équipe.`] }]
        : payments.length > 1 && last && last.cents > 0
          ? [{ title: 'Conséquence', paragraphs: [`Le solde de ${inEuros(last.cents)} peut être mandaté.`] }]
          : []),
    ],
    signatures: [[], [`Le ${french(on)}`, given.signatory.name, given.signatory.role]],
  };
}
