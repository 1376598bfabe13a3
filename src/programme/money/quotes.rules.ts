import { plainWords, type SheetRow } from '../../platform/index.ts';
import {
  kindCodes,
  lineTotal,
  mostCents,
  mostLines,
  type QuoteKind,
  quoteKinds,
  scaled,
  signedScaled,
} from '../contract/quote-lines.ts';
import { inEuros } from './cents.rules.ts';

/** One line as it is entered. `quantity` in thousandths, `vat` in hundredths of a percent. */
export interface EnteredLine {
  label: string;
  kind: QuoteKind;
  quantity: number;
  unitCents: number;
  vat: number;
  totalCents: number;
  recurring: boolean;
  /** ISO day of the spending where it is not that of the quote. */
  spentOn: string | null;
}

/** Why a line cannot stand, in words; undefined when it can. A vendor may round its total otherwise by a cent. */
export function flawOf(line: Pick<EnteredLine, 'quantity' | 'unitCents' | 'vat' | 'totalCents'>): string | undefined {
  const { totalCents } = lineTotal(line);
  if (Math.abs(totalCents) > mostCents) return 'montant hors de mesure';
  if (Math.abs(totalCents - line.totalCents) > 1)
    return `le total indiqué (${inEuros(line.totalCents)}) n’est pas celui du calcul (${inEuros(totalCents)})`;
  return undefined;
}

/** Why the lines of a quote cannot stand together, in words. */
export const flawOfAll = (lines: readonly Pick<EnteredLine, 'totalCents'>[]): string | undefined =>
  lines.reduce((sum, { totalCents }) => sum + totalCents, 0) < 0
    ? 'les remises dépassent le total des autres lignes'
    : undefined;

export interface ReadQuote {
  vendor: string;
  number: string;
  dated: string;
  lines: (EnteredLine & { line: number })[];
}
export interface Reading {
  quotes: ReadQuote[];
  rejects: { line: number; words: string; shown: string }[];
}
const headings: Record<string, RegExp> = {
  vendor: /^(fournisseur|editeur|vendeur|societe)$/,
  number: /^(numero|n|numero de devis|devis|n devis)$/,
  dated: /^(date|date du devis)$/,
  label: /^(libelle|designation|description|intitule|objet)$/,
  kind: /^(genre|type|nature|categorie)$/,
  quantity: /^(quantite|qte|nombre|nb)$/,
  unit: /^(prix unitaire( ht)?|pu( ht)?|unitaire( ht)?|montant unitaire( ht)?)$/,
  vat: /^(tva|taux( de)? tva|taux)$/,
  total: /^(total( ttc)?|montant ttc|ttc)$/,
  recurring: /^(recurrent|mensuel|periodique|par mois)$/,
  spent: /^(date de (la )?depense|depense le|depense)$/,
};
const needed = { label: 'Libellé', quantity: 'Quantité', unit: 'Prix unitaire HT' } as const;
/** «01/03/2026» or an ISO day. */
function dayTyped(text: string): string | undefined {
  const iso = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const day = iso ? `${iso[3]}-${iso[2]!.padStart(2, '0')}-${iso[1]!.padStart(2, '0')}` : text.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) &&
    !Number.isNaN(Date.parse(day)) &&
    new Date(day).toISOString().startsWith(day)
    ? day
    : undefined;
}
/** A kind from its code, its label or usual words; undefined when nothing says. */
export function kindNamed(text: string): QuoteKind | undefined {
  const given = plainWords(text);
  if (!given) return undefined;
  const named = kindCodes.find((code) => plainWords(code) === given || plainWords(quoteKinds[code]) === given);
  if (named) return named;
  const guesses: [RegExp, QuoteKind][] = [
    [/asalee/, 'asalee'],
    [/abonnement.*medecin|medecin.*abonnement/, 'physician-subscription'],
    [/abonnement|saas|mensualite/, 'subscription'],
    [/materiel|poste|ordinateur|imprimante|ecran|tablette|serveur/, 'hardware'],
    [/formation/, 'training'],
    [/reprise|migration/, 'take-over'],
    [/licence/, 'licence'],
    [/install|parametrage|deploiement/, 'set-up'],
    [/assistance|maintenance|support/, 'support'],
  ];
  return guesses.find(([words]) => words.test(given))?.[1];
}

/**
 * Quotes from the rows of a spreadsheet (FIN-4): the first row names the columns, in any order; rows of one vendor and number are one quote. A row that cannot stand is told with its line and reason and
 * the others are kept.
 * Vendor, number and date are empty where the file does not say them.
 */
export function quotesFrom(rows: readonly SheetRow[]): Reading {
  const [head, ...body] = rows;
  if (!head) return { quotes: [], rejects: [{ line: 1, words: 'Le fichier est vide.', shown: '' }] };
  const at = columnsOf(head);
  const missing = Object.entries(needed)
    .filter(([name]) => !at.has(name))
    .map(([, title]) => `« ${title} »`);
  if (missing.length > 0) {
    const words = `La première ligne doit nommer les colonnes. Il manque : ${missing.join(', ')}.`;
    return { quotes: [], rejects: [{ line: head.line, words, shown: shownOf(head) }] };
  }
  const quotes = new Map<string, ReadQuote>();
  const rejects: Reading['rejects'] = [];
  for (const row of body) {
    const cell: Cell = (name) => row.cells[at.get(name) ?? -1]?.trim() ?? '';
    const reject = (flaw: string) =>
      void rejects.push({
        line: row.line,
        words: `${flaw.replace(/^./, (first) => first.toUpperCase())}.`,
        shown: shownOf(row),
      });
    if (isTotal(row, cell)) continue;
    const read = lineFrom(cell);
    if ('flaw' in read) {
      reject(read.flaw);
      continue;
    }
    const [vendor, number] = [cell('vendor').slice(0, 120), cell('number').slice(0, 60)];
    const key = JSON.stringify([vendor, number]);
    const quote = quotes.get(key) ?? { vendor, number, dated: read.dated, lines: [] };
    if (quote.lines.length >= mostLines) {
      reject(`ce devis dépasse ${mostLines} lignes`);
      continue;
    }
    quote.lines.push({ ...read.line, line: row.line });
    quotes.set(key, quote);
  }
  const whole: ReadQuote[] = [];
  for (const quote of quotes.values()) {
    const flaw = flawOfAll(quote.lines);
    if (flaw)
      rejects.push({ line: quote.lines[0]!.line, words: `Devis ${quote.number} : ${flaw}.`, shown: quote.vendor });
    else whole.push(quote);
  }
  return { quotes: whole, rejects };
}
/** The trimmed text of a row under a name of `headings`; '' where there is none. */
type Cell = (name: string) => string;
const shownOf = (row: SheetRow): string => row.cells.filter(Boolean).join(' · ').slice(0, 160);
function columnsOf(head: SheetRow): ReadonlyMap<string, number> {
  const at = new Map<string, number>();
  for (const [column, title] of head.cells.entries())
    for (const [name, words] of Object.entries(headings))
      if (words.test(plainWords(title)) && !at.has(name)) at.set(name, column);
  return at;
}
/** A row of sums under the others. */
const isTotal = (row: SheetRow, cell: Cell): boolean =>
  cell('label') || cell('unit')
    ? /^(sous )?total( (ttc|ht|general))?$/.test(plainWords(cell('label')))
    : /^(sous )?total/.test(plainWords(row.cells.find(Boolean) ?? ''));
/** One line, and the day of its quote; or why it cannot stand. */
function lineFrom(cell: Cell): { line: EnteredLine; dated: string } | { flaw: string } {
  if (!cell('label') && !cell('unit')) return { flaw: 'il manque le libellé' };
  const [quantity, unitCents, vat] = [
    scaled(cell('quantity') || '1', 3),
    signedScaled(cell('unit'), 2),
    vatOf(cell('vat')),
  ];
  const typed = cell('total') ? signedScaled(cell('total'), 2) : null;
  const kind = cell('kind') ? kindNamed(cell('kind')) : (kindNamed(cell('label')) ?? 'other');
  const [dated, spentOn] = [
    cell('dated') ? dayTyped(cell('dated')) : '',
    cell('spent') ? dayTyped(cell('spent')) : null,
  ];
  const wrong = [
    !cell('label') && 'il manque le libellé',
    dated === undefined && 'date du devis non comprise',
    spentOn === undefined && 'date de la dépense non comprise',
    (quantity === undefined || quantity < 1 || quantity > 100_000_000) && 'quantité non comprise',
    (unitCents === undefined || Math.abs(unitCents) > mostCents) && 'prix unitaire non compris',
    vat === undefined && 'taux de TVA non compris',
    typed === undefined && 'total non compris',
    kind === undefined && `genre inconnu (« ${cell('kind')} »)`,
  ].filter((one) => typeof one === 'string');
  if (wrong.length > 0) return { flaw: wrong.join(', ') };
  const figures = { quantity: quantity!, unitCents: unitCents!, vat: vat! };
  const line: EnteredLine = {
    label: cell('label').slice(0, 200),
    kind: kind!,
    ...figures,
    totalCents: typed ?? lineTotal(figures).totalCents,
    recurring: /^(oui|x|1|vrai|true|o)$/.test(plainWords(cell('recurring'))),
    spentOn: spentOn!,
  };
  const flaw = flawOf(line);
  return flaw ? { flaw } : { line, dated: dated! };
}
/** «20 %», «5,5», «0.2» (a share, as spreadsheets keep percents); 20 % when nothing is said. */
function vatOf(text: string): number | undefined {
  if (!text) return 2_000;
  const value = scaled(text, 4);
  if (value === undefined) return undefined;
  // A spreadsheet keeps 20 % as 0,2.
  const share = !text.includes('%') && value > 0 && value < 10_000;
  const vat = share ? value : value / 100;
  return Number.isInteger(vat) && vat <= 10_000 ? vat : undefined;
}
