import { alsoCalled, indexWords, mistaken, plainOf, singular, wordsOf } from '../../fhir/index.ts';
import type { Term, TermKind } from '../contract.ts';
import { actGroupLabels, usualActs } from '../data/acts.ts';
import { pharmaceuticalForms, usualMedicines } from '../data/medicines.ts';
import { icd10, icpc2, problems } from '../data/problems.ts';
import { atcSystem, vaccines } from '../data/vaccines.ts';
import { loinc } from '../fhir-words.ts';

interface Usual {
  term: Term;
  plain: string;
  words: string[];
  /** Its place in the list, the short before the long. */
  rank: number;
}
const nothing = { kind: 'usual', system: null, code: null, also: [], medicine: null, group: null, hint: '' } as const;
const usual = (term: Partial<Term> & { label: string }, more: string, rank: number): Usual => ({
  term: { ...nothing, ...term, also: term.also ?? [] },
  plain: plainOf(term.label),
  words: indexWords(term.label, more),
  rank,
});

const systemic = new Set([
  'orale',
  'rectale',
  'sublinguale',
  'buccale',
  'sous-cutanée',
  'intramusculaire',
  'intraveineuse ou intramusculaire',
  'transdermique',
]);
/** A medicine by its substance alone, then each form with each strength. The code is of the substance; it stays where the route is of the same kind as the first form's. */
function medicineTerms(): Usual[] {
  return usualMedicines.flatMap(({ name, atc, words, forms }, at) => {
    const first = forms[0]?.route ?? '';
    const coded = (route: string) =>
      atc && (route === first || (systemic.has(route) && systemic.has(first))) ? atc : null;
    const parts = name.replace(/ \(.*\)$/, '').split(/, | et /);
    const one = (
      label: string,
      hint: string,
      form: string | null,
      route: string | null,
      strength: string | null,
      rank: number,
    ): Usual => {
      const code = route === null ? atc || null : coded(route);
      const strengths = strength?.split('/') ?? [];
      return usual(
        {
          label,
          hint,
          system: code ? atcSystem : null,
          code,
          medicine: {
            cis: null,
            form,
            routes: route === null ? [] : [route],
            substances: parts.map((part, place) => ({
              code: null,
              label: part,
              strength:
                parts.length > 1 && strengths.length === parts.length
                  ? strengths[place]!
                  : parts.length === 1
                    ? strength
                    : null,
              per: null,
            })),
            atc: code,
            marketed: null,
          },
        },
        words,
        rank,
      );
    };
    return [
      one(name, 'DCI', null, null, null, at * 100),
      ...forms.flatMap(({ form, route, strengths }, place) =>
        strengths.map((strength, dose) =>
          one(`${name} ${strength}, ${form}`, 'DCI', form, route, strength, at * 100 + place * 20 + dose + 1),
        ),
      ),
    ];
  });
}

const made = new Map<TermKind, Usual[]>();
const makers: Record<TermKind, () => Usual[]> = {
  problems: () =>
    problems.map(({ label, icpc2: cisp, icd10: cim }, at) =>
      usual(
        {
          label,
          hint: `CIM-10 ${cim}, CISP-2 ${cisp}`,
          system: icd10,
          code: cim,
          also: [{ system: icpc2, code: cisp }],
        },
        '',
        at,
      ),
    ),
  medicines: medicineTerms,
  acts: () =>
    usualActs.map(({ label, group, loinc: code, words }, at) =>
      usual(
        { label, group, hint: actGroupLabels[group] ?? '', system: code ? loinc : null, code: code || null },
        words,
        at,
      ),
    ),
  vaccines: () =>
    vaccines.map(({ code, label }, at) => usual({ label, hint: `ATC ${code}`, system: atcSystem, code }, '', at)),
  forms: () => pharmaceuticalForms.map(({ form, route }, at) => usual({ label: form, hint: route }, route, at)),
};
const all = (list: TermKind): Usual[] => {
  const known = made.get(list) ?? makers[list]();
  made.set(list, known);
  return known;
};

/** Words that must each begin a word of the term, or be called so, or be one letter away when `loose`. */
function answers({ words }: Usual, typed: readonly string[], loose: readonly (RegExp | null)[] | null): boolean {
  const begins = (start: string) => words.some((word) => word.startsWith(start));
  return typed.every(
    (word, at) =>
      begins(word) ||
      begins(singular(word)) ||
      alsoCalled(word).some((parts) => parts.every((part) => begins(singular(part)))) ||
      (loose?.[at] && words.some((other) => loose[at]!.test(other))),
  );
}

/** Our own words that answer, best first: the same, then beginning alike, then the short and the usual. Small lists, read through. */
export function usualTerms(list: TermKind, typed: string, most: number): Term[] {
  const known = all(list);
  const words = wordsOf(typed).slice(0, 8);
  const plain = plainOf(typed);
  if (words.length === 0)
    return known
      .filter(({ rank }) => list !== 'medicines' || rank % 100 === 0)
      .slice(0, most)
      .map(({ term }) => term);
  const code = typed.trim().toUpperCase();
  const coded = /^[A-Z]\d/.test(code)
    ? known.filter(({ term }) =>
        [term.code, ...term.also.map((one) => one.code)].some((one) => one?.toUpperCase().startsWith(code)),
      )
    : [];
  let found = known.filter((one) => answers(one, words, null));
  if (found.length === 0 && coded.length === 0) {
    const loose = words.map((word) => (word.length < 4 || /\d/.test(word) ? null : new RegExp(mistaken(word))));
    found = known.filter((one) => answers(one, words, loose));
  }
  const place = (one: Usual): number =>
    one.plain === plain
      ? 0
      : one.plain.startsWith(plain)
        ? 1
        : words.every(
              (word) =>
                one.words.includes(singular(word)) ||
                alsoCalled(word).some((parts) => parts.every((part) => one.words.includes(singular(part)))),
            )
          ? 2
          : 3;
  const ranked = found
    .map((one) => ({ one, place: place(one) }))
    .sort((a, b) => a.place - b.place || a.one.rank - b.one.rank);
  return [...new Set([...coded.map(({ term }) => term), ...ranked.map(({ one }) => one.term)])].slice(0, most);
}
