import type { NeedAnswer, NeedAnswers, Question, Section } from './contract.ts';
import { byWords, pooled } from './professions.rules.ts';
import { isEmpty } from './questionnaire.rules.ts';
import { withoutAccents } from '../../platform/index.ts';

/** One person's answers, as the synthesis sees them: no name. */
export interface Voice {
  profession: string;
  nameless: boolean;
  answers: NeedAnswers;
}
/**
 * Under which profession each voice is counted. Who asked for no name and is alone in their profession would be recognised: they are counted together, and in totals only when there is just one such person.
 * @returns one entry a voice; null: in totals only
 */
export function groupsOf(voices: readonly Pick<Voice, 'profession' | 'nameless'>[]): {
  groups: (string | null)[];
  together: string[];
} {
  const count = new Map<string, number>();
  for (const { profession } of voices) count.set(profession, (count.get(profession) ?? 0) + 1);
  const hidden = voices.filter(({ profession, nameless }) => nameless && count.get(profession) === 1).length;
  const groups = voices.map(({ profession, nameless }) =>
    nameless && count.get(profession) === 1 ? (hidden > 1 ? pooled : null) : profession,
  );
  return {
    groups,
    together:
      hidden > 0
        ? voices
            .filter((_, at) => groups[at] === pooled || groups[at] === null)
            .map(({ profession }) => profession)
            .sort()
        : [],
  };
}

interface Mean {
  profession: string;
  n: number;
  mean: number;
}
export interface Result {
  question: Question;
  answered: number;
  choices: { code: string; label: string; count: number; byProfession: { profession: string; count: number }[] }[];
  figures: { mean: number; median: number; least: number; most: number; sum: number } | null;
  byProfession: Mean[];
  rows: { code: string; label: string; answered: number; mean: number; counts: number[]; byProfession: Mean[] }[];
  texts: { text: string; professions: string[]; times: number }[];
  themes: { word: string; times: number }[];
}
const hundredths = (sum: number, n: number): number => (n === 0 ? 0 : Math.round((100 * sum) / n));
class Means {
  readonly #sums = new Map<string, { n: number; sum: number }>();
  add(group: string | null, value: number): void {
    if (group === null) return;
    const held = this.#sums.get(group) ?? { n: 0, sum: 0 };
    this.#sums.set(group, { n: held.n + 1, sum: held.sum + value });
  }
  list(): Mean[] {
    return [...this.#sums]
      .map(([profession, { n, sum }]) => ({ profession, n, mean: hundredths(sum, n) }))
      .sort((a, b) => byWords(a.profession, b.profession));
  }
}
const plain = (text: string): string =>
  withoutAccents(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const empty = new Set(
  'alors apres assez aucun aucune aussi autre autres avant avec avoir beaucoup bien cela cette ceux chaque chez comme comment dans deja depuis deux donc elle elles encore entre etre fait faire faut jamais leur leurs mais meme mieux moins notre nous ntre parce pas peut plus plusieurs pour pourquoi pouvoir quand quel quelle quels rien sans sera serait ses soit sont souvent sous sur tous tout toute toutes tres trop une vers voir votre vous etait aurait quelque chose'.split(
    ' ',
  ),
);
/** Words that come back in several texts, most frequent first: a way into many of them. As first written. */
export function themesOf(
  texts: readonly { text: string; times: number }[],
  most = 12,
): { word: string; times: number }[] {
  const found = new Map<string, { word: string; times: number }>();
  for (const { text, times } of texts) {
    const seen = new Set<string>();
    for (const word of text.match(/\p{L}{4,}/gu) ?? []) {
      const key = plain(word).replace(/(s|x)$/, '');
      if (key.length < 4 || empty.has(plain(word)) || empty.has(key) || seen.has(key)) continue;
      seen.add(key);
      const held = found.get(key);
      found.set(key, { word: held?.word ?? word.toLowerCase(), times: (held?.times ?? 0) + times });
    }
  }
  return [...found.values()]
    .filter(({ times }) => times > 1)
    .sort((a, b) => b.times - a.times || a.word.localeCompare(b.word, 'fr'))
    .slice(0, most);
}

/** What was answered to one question, and under which profession it is counted. */
type Given = readonly { group: string | null; value: NonNullable<NeedAnswer> }[];

/** The results of one question over all voices. Means are hundredths. */
export function resultOf(question: Question, voices: readonly Voice[], groups: readonly (string | null)[]): Result {
  const given = voices.flatMap(({ answers }, at) => {
    const value = answers[question.id];
    return isEmpty(value) ? [] : [{ group: groups[at]!, value: value! }];
  });
  const nothing: Result = {
    question,
    answered: given.length,
    choices: [],
    figures: null,
    byProfession: [],
    rows: [],
    texts: [],
    themes: [],
  };
  switch (question.type) {
    case 'text':
    case 'long-text': {
      const texts = textsOf(given);
      return { ...nothing, texts, themes: themesOf(texts) };
    }
    case 'matrix':
      return { ...nothing, rows: (question.rows ?? []).map((row) => rowOf(row, given)) };
    case 'number':
      return { ...nothing, ...figuresOf(given) };
    case 'scale': {
      const notes = [1, 2, 3, 4, 5].map((note) => ({ code: String(note), label: String(note) }));
      return { ...nothing, ...figuresOf(given), choices: choicesOf(notes, given) };
    }
    default:
      return { ...nothing, choices: choicesOf(question.choices ?? [], given) };
  }
}
/** Texts that differ by case, accents or punctuation only are one. */
function textsOf(given: Given): Result['texts'] {
  const texts = new Map<string, { text: string; professions: Set<string>; times: number }>();
  for (const { group, value } of given) {
    const text = String(value).trim();
    const key = plain(text) || text;
    const held = texts.get(key) ?? { text, professions: new Set<string>(), times: 0 };
    held.times++;
    if (group !== null) held.professions.add(group);
    texts.set(key, held);
  }
  return [...texts.values()]
    .map(({ text, professions, times }) => ({ text, professions: [...professions].sort(byWords), times }))
    .sort((a, b) => b.times - a.times || a.text.localeCompare(b.text, 'fr'));
}
function rowOf({ code, label }: { code: string; label: string }, given: Given): Result['rows'][number] {
  const [counts, means] = [[0, 0, 0, 0], new Means()];
  let [n, sum] = [0, 0];
  for (const { group, value } of given) {
    const level = (value as Record<string, number>)[code];
    if (level === undefined) continue;
    counts[level]!++;
    n++;
    sum += level;
    means.add(group, level);
  }
  return { code, label, answered: n, mean: hundredths(sum, n), counts, byProfession: means.list() };
}
function figuresOf(given: Given): Pick<Result, 'figures' | 'byProfession'> {
  const means = new Means();
  for (const { group, value } of given) means.add(group, Number(value));
  const values = given.map(({ value }) => Number(value)).sort((a, b) => a - b);
  if (values.length === 0) return { figures: null, byProfession: [] };
  const sum = values.reduce((total, one) => total + one, 0);
  const middle = Math.floor(values.length / 2);
  return {
    figures: {
      mean: hundredths(sum, values.length),
      median: Math.round(100 * (values.length % 2 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2)),
      least: Math.round(100 * values[0]!),
      most: Math.round(100 * values.at(-1)!),
      sum: Math.round(100 * sum),
    },
    byProfession: means.list(),
  };
}
function choicesOf(options: readonly { code: string; label: string }[], given: Given): Result['choices'] {
  const counts = new Map<string, { count: number; by: Map<string, number> }>(
    options.map(({ code }) => [code, { count: 0, by: new Map() }]),
  );
  for (const { group, value } of given)
    for (const code of Array.isArray(value) ? value : [String(value)]) {
      const held = counts.get(code);
      if (!held) continue;
      held.count++;
      if (group !== null) held.by.set(group, (held.by.get(group) ?? 0) + 1);
    }
  return options.map(({ code, label }) => ({
    code,
    label,
    count: counts.get(code)!.count,
    byProfession: [...counts.get(code)!.by]
      .map(([profession, count]) => ({ profession, count }))
      .sort((a, b) => byWords(a.profession, b.profession)),
  }));
}

/** The whole synthesis, section by section. */
export function synthesisOf(
  sections: readonly Section[],
  voices: readonly Voice[],
): {
  sections: { id: string; title: string; results: Result[] }[];
  professions: { profession: string; n: number }[];
  together: string[];
} {
  const { groups, together } = groupsOf(voices);
  const count = new Map<string, number>();
  for (const group of groups) if (group !== null) count.set(group, (count.get(group) ?? 0) + 1);
  return {
    sections: sections.map(({ id, title, questions }) => ({
      id,
      title,
      results: questions.map((question) => resultOf(question, voices, groups)),
    })),
    professions: [...count]
      .map(([profession, n]) => ({ profession, n }))
      .sort((a, b) => b.n - a.n || byWords(a.profession, b.profession)),
    together: [...new Set(together)],
  };
}
