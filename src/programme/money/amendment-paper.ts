import type { PlainPaper } from '../papers/templates.ts';
import { inEuros } from './cents.rules.ts';
import type { Figures } from './figures.ts';
import {
  ceilingTable,
  french,
  lower,
  notesOf,
  type Part as PaperPart,
  type Parties,
  payableTable,
  persons,
  refusedTable,
  signaturesOf,
} from './papers.ts';
import { type Part, signedCents } from './settle.rules.ts';

interface Given {
  number: number;
  reason: string;
  beforeCents: number;
  parts: readonly Part[];
}

function leadOf({ project, call, agreement, amendments }: Figures, { team, region }: Parties): string {
  const before = amendments
    .filter(({ state }) => state === 'signed')
    .map((one) => `par l’avenant n° ${one.number} du ${french(one.signedOn!)}`);
  const changed = before.length > 0 ? `, modifiée ${before.toReversed().join(', ')}` : '';
  return [
    `Entre ${call.publisher}, ci-après « l’Agence », représentée par ${region.name}, ${lower(region.role)},`,
    `et ${project.practiceName}, ci-après « l’équipe », représentée par ${team.name}, ${lower(team.role)}.`,
    `Vu la convention ${agreement!.reference} du ${french(agreement!.signedOn!)}${changed}, il est convenu ce qui suit.`,
  ].join(' ');
}

const isAtCost = ({ call }: Figures): boolean => call.funding.basis === 'cost';
function amount(figures: Figures, beforeCents: number): PaperPart {
  const { call, money } = figures;
  const difference = money.totalCents - beforeCents;
  const moved =
    difference === 0
      ? `maintenu à ${inEuros(money.totalCents)}`
      : `${difference > 0 ? 'porté' : 'ramené'} à ${inEuros(money.totalCents)} (${difference > 0 ? '+' : '−'} ${inEuros(Math.abs(difference))})`;
  const within = isAtCost(figures)
    ? `, au coût réel des dépenses validées et dans la limite d’un plafond de ${inEuros(money.ceilingCents)}`
    : '';
  return {
    title: 'Article 2 – Montant',
    paragraphs: [
      `Le financement, de ${inEuros(beforeCents)}, est ${moved}${within}.`,
      `Il reste calculé selon l’appel à candidatures « ${call.title} », dans la version sous laquelle l’équipe a été retenue. ${isAtCost(figures) ? 'Le plafond' : 'Le montant'} résulte des personnes intégrées au projet (${persons(figures.members)}) :`,
    ],
    table: ceilingTable(figures),
    ...notesOf(figures),
  };
}

/** Of the real cost: what is paid for; and what is not, whatever the basis. */
function spending(figures: Figures): PaperPart[] {
  const { payableCents, ceilingCents } = figures.money;
  const refused = refusedTable(figures);
  const over =
    payableCents > ceilingCents
      ? [`Elles dépassent le plafond : l’équipe prend à sa charge ${inEuros(payableCents - ceilingCents)}.`]
      : undefined;
  return [
    ...(isAtCost(figures)
      ? [{ title: 'Dépenses retenues', ...(over && { paragraphs: over }), table: payableTable(figures) }]
      : []),
    ...(refused ? [{ title: 'Dépenses non financées', table: refused }] : []),
  ];
}

const toTeam: Record<Part['state'], string> = { due: 'à verser', ordered: 'ordonné', paid: 'versé' };
const toAgency: Record<Part['state'], string> = { due: 'à reverser', ordered: 'demandé', paid: 'reversé' };
function payments(parts: readonly Part[]): PaperPart {
  const shown = parts.filter((one) => one.state !== 'due' || one.cents > 0);
  const recovery = parts.find((one) => one.kind === 'recovery' && one.state === 'due' && one.cents > 0);
  return {
    title: 'Article 3 – Versements',
    paragraphs: [
      recovery
        ? `Les versements déjà ordonnés sont conservés. Ils dépassent le nouveau montant de ${inEuros(recovery.cents)} : ce trop-perçu est à reverser par l’équipe à l’Agence, et plus rien n’est à verser.`
        : 'Les versements déjà ordonnés sont conservés ; le solde est calculé au centime :',
    ],
    table: {
      head: ['Versement', 'État', 'Montant'],
      numbers: [2],
      rows: [
        ...shown.map((one) => [
          one.occasion,
          (one.kind === 'recovery' ? toAgency : toTeam)[one.state],
          inEuros(signedCents(one)),
        ]),
        ['Total', '', inEuros(shown.reduce((sum, one) => sum + signedCents(one), 0))],
      ],
    },
  };
}

/** An amendment to the agreement (FIN-7): why, the amount before and after, the figures it comes from, what was already paid and what is left, or is to be paid back. */
export function amendmentPaper(figures: Figures, given: Given, parties: Parties, on: string): PlainPaper {
  return {
    title: `Avenant n° ${given.number} à la convention ${figures.agreement!.reference}`,
    lead: leadOf(figures, parties),
    parts: [
      {
        title: 'Article 1 – Objet',
        paragraphs: [`Le présent avenant modifie le montant de la convention. Motif : ${given.reason}`],
      },
      amount(figures, given.beforeCents),
      ...spending(figures),
      payments(given.parts),
      {
        title: 'Article 4 – Autres stipulations',
        paragraphs: [
          'Les autres stipulations de la convention demeurent inchangées. Le présent avenant prend effet à la date de sa dernière signature.',
          `Établi en deux exemplaires le ${french(on)}.`,
        ],
      },
    ],
    signatures: signaturesOf(parties),
  };
}
