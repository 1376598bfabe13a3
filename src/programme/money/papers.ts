import { inSentence, professions } from '../../access/index.ts';
import { quoteKinds } from '../contract/quote-lines.ts';
import type { PlainPaper } from '../papers/templates.ts';
import { inEuros } from './cents.rules.ts';
import { type Figures, recoverCents } from './figures.ts';
import { signedCents } from './settle.rules.ts';

export type Part = PlainPaper['parts'][number];
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
/** Who signs an agreement and its amendments. */
export interface Parties {
  team: Party;
  region: Party;
}
export const signaturesOf = ({ team, region }: Parties): PlainPaper['signatures'] => [
  ['Pour l’équipe', team.name, team.role, 'Date et signature :'],
  ['Pour l’Agence', region.name, region.role, 'Date et signature :'],
];

/** The certificate of service done (PRJ-8). */
export function certificatePaper(
  figures: Figures,
  given: { report: string | null; signatory: Party; note: string },
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
