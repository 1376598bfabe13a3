import { type Profession, professionCodes, professions } from '../../access/professions.ts';
import type { Addressee } from './common.ts';
import { withoutAccents } from '../../platform/text/fold.rules.ts';

/** Someone a decision can be given to. */
export interface Candidate {
  id: string;
  name: string;
  profession: string;
  inTeam: boolean;
}
/** One line of the decisions, as it is understood: the same on the screen while it is typed and on the server at the close. */
export interface Decision {
  /** As typed. */
  line: string;
  /** What is to be done, without whom and until when. */
  words: string;
  addressee: Addressee;
  addresseeLabel: string;
  /** What follows «@» names nobody, or several people: the team gets the task. */
  unclear: string | null;
  /** The person named does not take part in this patient's care. */
  outside: boolean;
  /** ISO date. */
  due: string | null;
  /** A date is named that no calendar has, as typed: the task has no date, and it is said before the close. */
  noSuchDay: string | null;
}

const fold = (text: string): string => withoutAccents(text).toLowerCase().replace(/[’'-]/g, ' ');
const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** «avant le 12/12», «pour le 3/1/2027», «d’ici le 4 février»: the next such day when no year is said. */
function dayOf(day: number, month: number, year: string | undefined, today: string): string | null {
  const now = Number(today.slice(0, 4));
  const years = year ? [year.length === 2 ? 2000 + Number(year) : Number(year)] : [now, now + 1];
  for (const one of years) {
    const date = new Date(Date.UTC(one, month - 1, day));
    // Of two years, the 29th of February may be in the second only.
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) continue;
    const found = date.toISOString().slice(0, 10);
    if (year || found >= today) return found;
  }
  return null;
}
const months = ['janv', 'fev', 'mars', 'avr', 'mai', 'juin', 'juil', 'aou', 'sept', 'oct', 'nov', 'dec'];
const monthWords =
  'janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre';
const dated = new RegExp(
  `[\\s,;]*\\b(?:avant|pour|d[’']ici)\\s+(?:le|au)\\s+((\\d{1,2})(?:er)?(?:/(\\d{1,2})(?:/(\\d{4}|\\d{2}))?|\\s+(${monthWords})(?:\\s+(\\d{4}))?))(?![\\p{L}\\d])`,
  'iu',
);
const spanned =
  /[\s,;]*(?<!\p{L})(?:sous|dans|d[’']ici)\s+(\d{1,3}|une?|deux|trois|quatre|six|huit|dix|quinze)\s+(jours?|semaines?|mois)(?!\p{L})/iu;
const numbers: Record<string, number> = {
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  six: 6,
  huit: 8,
  dix: 10,
  quinze: 15,
};

function dueIn(text: string, today: string): { due: string | null; noSuchDay: string | null; rest: string } {
  const date = dated.exec(text);
  if (date) {
    const [, said, day, number, year, word, yearOfWord] = date;
    const month = word ? months.findIndex((start) => fold(word).startsWith(start)) + 1 : Number(number);
    const due = dayOf(Number(day), month, year ?? yearOfWord, today);
    // What is no day stays among the words: the task says what was said.
    return due
      ? { due, noSuchDay: null, rest: text.replace(date[0], '') }
      : { due: null, noSuchDay: said!, rest: text };
  }
  const span = spanned.exec(text);
  if (span) {
    const count = numbers[span[1]!.toLowerCase()] ?? Number(span[1]);
    const unit = span[2]!.toLowerCase();
    const days = unit.startsWith('j') ? count : unit.startsWith('s') ? count * 7 : 0;
    const start = Date.parse(`${today}T12:00:00Z`);
    const date = new Date(start);
    if (unit === 'mois') date.setUTCMonth(date.getUTCMonth() + count);
    return {
      due: unit === 'mois' ? iso(date.getTime()) : iso(start + days * dayMs),
      noSuchDay: null,
      rest: text.replace(span[0], ''),
    };
  }
  return { due: null, noSuchDay: null, rest: text };
}

/** How professions are called in a meeting, besides their name. */
const calls: Partial<Record<Profession, readonly string[]>> = {
  physician: ['docteur', 'médecin traitant'],
  nurse: ['infirmière', 'ide', 'idel'],
  'advanced-practice-nurse': ['ipa', 'infirmière en pratique avancée'],
  'asalee-nurse': ['asalée', 'infirmière asalée'],
  physiotherapist: ['kiné', 'kinésithérapeute'],
  pharmacist: ['pharmacienne', 'pharmacie'],
  chiropodist: ['podologue', 'pédicure'],
  dietician: ['diététicienne'],
  'occupational-therapist': ['ergo'],
  'speech-therapist': ['ortho'],
  'psychomotor-therapist': ['psychomotricienne'],
  psychologist: ['psy'],
  'social-worker': ['assistante sociale', 'assistant social', 'assistante de service social'],
  'medical-assistant': ['assistante médicale', 'assistant'],
  'medical-secretary': ['secrétaire', 'secrétariat'],
  coordinator: ['coordinatrice', 'coordination'],
};
const called = new Set(Object.values(calls).flat());
interface Known {
  label: string;
  addressee: Addressee;
  name: string;
  outside: boolean;
}
/** What may follow «@»: given name, family name, both, a profession, the team. */
function knownOf(people: readonly Candidate[]): Map<string, Known[]> {
  const known = new Map<string, Known[]>();
  const add = (label: string, one: Omit<Known, 'label'>) => {
    const key = fold(label).trim();
    if (key) known.set(key, [...(known.get(key) ?? []), { label: key, ...one }]);
  };
  for (const person of people) {
    const words = person.name.replace(/^Dr\s+/i, '').split(' ');
    const one = {
      addressee: { to: 'person' as const, practitioner: person.id },
      name: person.name,
      outside: !person.inTeam,
    };
    for (const label of new Set([
      words.join(' '),
      words[0]!,
      words.slice(1).join(' '),
      `dr ${words.slice(1).join(' ')}`,
    ]))
      add(label, one);
  }
  for (const code of professionCodes) {
    const { fr } = professions[code];
    const one = { addressee: { to: 'profession' as const, profession: code }, name: fr, outside: false };
    const first = fr.split(/[ (-]/)[0]!;
    // The first word of a name is another's whole name in common speech: «assistant».
    for (const label of new Set([fr, ...(called.has(fold(first)) ? [] : [first]), ...(calls[code] ?? [])]))
      add(label, one);
  }
  for (const label of ['équipe', 'équipe de soins', 'tous'])
    add(label, { addressee: { to: 'team' }, name: 'Équipe de soins', outside: false });
  return known;
}

function whoIn(
  text: string,
  known: ReadonlyMap<string, Known[]>,
): { found: Known | null; unclear: string | null; rest: string } {
  const at = text.search(/(^|\s)@\S/u);
  if (at < 0) return { found: null, unclear: null, rest: text };
  const start = text.indexOf('@', at) + 1;
  const after = text.slice(start);
  // The longest label that what follows begins with, on a word's end. Folding keeps one character for one, so lengths agree on composed text.
  const folded = fold(after.normalize('NFC'));
  let best: Known[] | undefined;
  let length = 0;
  for (const [label, all] of known)
    if (label.length > length && folded.startsWith(label) && !/[\p{L}\p{N}]/u.test(folded[label.length] ?? ' '))
      [best, length] = [all, label.length];
  const typed = /^\S+/u.exec(after)?.[0] ?? '';
  const cut = (size: number) =>
    `${text.slice(0, start - 1)}${after
      .normalize('NFC')
      .slice(size)
      .replace(/^\s*[:,]\s*/, ' ')}`;
  if (!best) return { found: null, unclear: typed, rest: cut(typed.length) };
  const inTeam = best.filter((one) => !one.outside);
  const people = inTeam.length > 0 ? inTeam : best;
  // A first name that several share, a word that several professions begin with: nobody is guessed.
  const one =
    people.length === 1
      ? people[0]!
      : people.find(
          ({ addressee, label }) =>
            addressee.to === 'profession' && fold(professions[addressee.profession as Profession].fr) === label,
        );
  return { found: one ?? null, unclear: one ? null : typed, rest: cut(length) };
}

/** The decisions, one a line: «@Soizic pansement tous les 2 jours avant le 12/12». `today`: ISO date. */
export function parseDecisions(text: string, people: readonly Candidate[], today: string): Decision[] {
  const known = knownOf(people);
  return text
    .split('\n')
    .map((line) => line.replace(/^[\s•*–-]+/u, '').trim())
    .filter(Boolean)
    .map((line) => {
      const { found, unclear, rest } = whoIn(line, known);
      const { due, noSuchDay, rest: bare } = dueIn(rest, today);
      const words = bare
        .replace(/\s+/g, ' ')
        .replace(/^[\s:,;.]+|[\s:,;]+$/g, '')
        .trim();
      return {
        line,
        words: words ? words[0]!.toUpperCase() + words.slice(1) : line,
        addressee: found?.addressee ?? { to: 'team' },
        addresseeLabel: found?.name ?? 'Équipe de soins',
        unclear,
        outside: found?.outside ?? false,
        due,
        noSuchDay,
      };
    });
}
