/** Models of a region as data, and what server and screens say alike of them. */
import { z } from 'zod';

export const modelKind = z.enum(['sheet', 'clauses', 'outline-esp', 'outline-msp']);
export type ModelKind = z.infer<typeof modelKind>;
const typed = (most: number) => z.string('à renseigner').trim().max(most, `${most} caractères au plus`);
/** One line of a model: what is looked at in a demonstration, a clause, a part of a health project. What a kind does not ask for stays empty. */
export const modelLine = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'inconnu'),
  group: typed(120),
  title: typed(160).min(1, 'à remplir'),
  help: typed(600),
  /** The wording that a clause proposes. */
  words: typed(4000),
  /** Of a note in a mean. */
  weight: z.number().int('un nombre entier').min(1, 'de 1 à 5').max(5, 'de 1 à 5'),
  must: z.boolean(),
});
export type ModelLine = z.infer<typeof modelLine>;
export const modelLines = z
  .array(modelLine)
  .min(1, 'au moins une ligne')
  .max(60, '60 lignes au plus')
  .refine((lines) => new Set(lines.map(({ id }) => id)).size === lines.length, 'chaque ligne une seule fois');

interface Asks {
  label: string;
  /** A line, in a sentence. */
  one: string;
  group?: string;
  help: string;
  words?: string;
  weight?: string;
  must?: string;
  /** Why a line that is filled stays. */
  filled: string;
}
/** What each kind asks of its lines, by the name of the field on screen. */
export const modelKinds: Readonly<Record<ModelKind, Asks>> = {
  sheet: {
    label: 'Grille de démonstration',
    one: 'ligne',
    help: 'Ce qu’il faut regarder',
    weight: 'Poids dans la moyenne (1 à 5)',
    filled: 'déjà notée',
  },
  clauses: {
    label: 'Clauses du contrat',
    one: 'clause',
    group: 'Rubrique',
    help: 'Pourquoi elle compte',
    words: 'Une formulation possible',
    must: 'Attendue dans tout contrat',
    filled: 'déjà relue',
  },
  'outline-esp': {
    label: 'Plan du projet de santé, ESP',
    one: 'partie',
    group: 'Chapitre',
    help: 'Ce qui est attendu',
    must: 'Obligatoire pour soumettre',
    filled: 'déjà écrite',
  },
  'outline-msp': {
    label: 'Plan du projet de santé, MSP',
    one: 'partie',
    group: 'Chapitre',
    help: 'Ce qui est attendu',
    must: 'Obligatoire pour soumettre',
    filled: 'déjà écrite',
  },
};

/** What keeps lines from being a model, in words; empty when nothing does. */
export function modelFlaws(kind: ModelKind, lines: readonly ModelLine[]): string[] {
  const { group, must, one } = modelKinds[kind];
  const seen = new Set<string>();
  return [
    ...(lines.length === 0 ? [`Il n’y a aucune ${one}.`] : []),
    ...lines.flatMap(({ title, ...line }, at) => {
      const name = title.trim().toLocaleLowerCase('fr');
      const again = name !== '' && seen.has(name);
      seen.add(name);
      return [
        ...(name === '' ? [`La ${one} ${at + 1} n’a pas de titre.`] : []),
        ...(again ? [`« ${title.trim()} » est là deux fois.`] : []),
        ...(group && line.group.trim() === ''
          ? [`« ${title.trim() || at + 1} » : ${group.toLocaleLowerCase('fr')} à remplir.`]
          : []),
      ];
    }),
    ...(must && lines.length > 0 && !lines.some((line) => line.must)
      ? [`Aucune ${one} n’est « ${must.toLocaleLowerCase('fr')} ».`]
      : []),
  ];
}
/** Lines of a new edition as a project takes them: what is filled there and is not in it stays, at the end, asked for no more. */
export const takenLines = (
  next: readonly ModelLine[],
  before: readonly ModelLine[],
  filled: ReadonlySet<string>,
): ModelLine[] => [
  ...next,
  ...before
    .filter(({ id }) => filled.has(id) && !next.some((one) => one.id === id))
    .map((one) => ({ ...one, must: false })),
];
/** What is filled and would no longer be there. */
export const lostLines = (
  next: readonly ModelLine[],
  before: readonly ModelLine[],
  filled: ReadonlySet<string>,
): ModelLine[] => before.filter(({ id }) => filled.has(id) && !next.some((one) => one.id === id));

const same = (a: ModelLine, b: ModelLine): boolean =>
  (['group', 'title', 'help', 'words', 'weight', 'must'] as const).every((field) => a[field] === b[field]);
/** Titles of what an edition adds, changes and leaves out. */
export const changesOf = (
  before: readonly ModelLine[],
  next: readonly ModelLine[],
): { added: string[]; changed: string[]; gone: string[] } => {
  const known = new Map(before.map((one) => [one.id, one]));
  return {
    added: next.filter(({ id }) => !known.has(id)).map(({ title }) => title),
    changed: next.filter((one) => known.has(one.id) && !same(one, known.get(one.id)!)).map(({ title }) => title),
    gone: before.filter(({ id }) => !next.some((one) => one.id === id)).map(({ title }) => title),
  };
};
