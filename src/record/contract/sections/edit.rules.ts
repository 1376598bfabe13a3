import type { Questionnaire, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { measureOf } from '../../data/measures.ts';
import * as build from '../../data/sections/build.ts';
import { isRows } from './repetition.ts';
import {
  type Band,
  bandsOf,
  becomesObservation,
  calculatedOf,
  controlOf,
  extensionsOf,
  isQuestion,
  type Item,
  itemsOf,
  loincOf,
  type Tone,
  unitOf,
  urls,
  weightOf,
} from './form.ts';
import { slugOf } from '../../../platform/text/fold.rules.ts';

/** What a line of a section can be, in the words of who writes one. */
export const itemKinds = {
  group: 'Partie',
  rows: 'Partie qui se répète',
  text: 'Texte court',
  long: 'Texte long',
  yesNo: 'Oui ou non',
  choice: 'Un choix',
  choices: 'Plusieurs choix',
  number: 'Nombre',
  measure: 'Mesure du dossier',
  date: 'Date',
  photo: 'Photo',
  words: 'Texte à lire',
  sum: 'Score : somme de points',
} as const;
export type ItemKind = keyof typeof itemKinds;

export function kindOfItem(item: Item): ItemKind {
  if (calculatedOf(item)) return 'sum';
  switch (item.type) {
    case 'group':
      return item.repeats ? 'rows' : 'group';
    case 'boolean':
      return 'yesNo';
    case 'choice':
    case 'open-choice':
      return item.repeats ? 'choices' : 'choice';
    case 'integer':
    case 'decimal':
    case 'quantity':
      return becomesObservation(item) && measureOf(loincOf(item)!) ? 'measure' : 'number';
    case 'date':
      return 'date';
    case 'attachment':
      return 'photo';
    case 'display':
      return 'words';
    case 'text':
      return 'long';
    default:
      return 'text';
  }
}
/** A new line of this kind, under an identifier that no other has. */
export function newItem(form: Questionnaire, kind: ItemKind): Item {
  const taken = new Set([...itemsOf(form.item)].map(({ item }) => item.linkId));
  let n = taken.size + 1;
  while (taken.has(`l${n}`)) n++;
  const id = `l${n}`;
  switch (kind) {
    case 'group':
      return build.group(id, 'Partie', [build.text(`${id}-1`, 'Question')]);
    case 'rows':
      return build.group(id, 'Partie', [build.text(`${id}-1`, 'Question')], { repeats: true });
    case 'text':
      return build.text(id, 'Question');
    case 'long':
      return build.longText(id, 'Question');
    case 'yesNo':
      return build.yesNo(id, 'Question');
    case 'choice':
      return build.choice(id, 'Question', [
        ['a', 'Première réponse'],
        ['b', 'Deuxième réponse'],
      ]);
    case 'choices':
      return build.choices(id, 'Question', [
        ['a', 'Première réponse'],
        ['b', 'Deuxième réponse'],
      ]);
    case 'number':
      return build.quantity(id, 'Question', '1', '');
    case 'measure':
      return build.measure(id, '29463-7', { back: 90 });
    case 'date':
      return build.day(id, 'Date');
    case 'photo':
      return build.photo(id, 'Photo');
    case 'words':
      return build.note(id, 'Texte à lire');
    case 'sum':
      return build.sum(id, 'Score', []);
  }
}

/** Changes the item of this linkId, wherever it is; null takes it out. */
export function withItem(form: Questionnaire, linkId: string, change: (item: Item) => Item | null): Questionnaire {
  const walk = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => {
      if (item.linkId === linkId) return change(item) ?? [];
      return item.item ? [{ ...item, item: walk(item.item) }] : [item];
    });
  return { ...form, item: walk(form.item ?? []) };
}
/** Adds an item at the end of a part; of the whole when `into` is null. */
export const addItem = (form: Questionnaire, into: string | null, item: Item): Questionnaire =>
  into === null
    ? { ...form, item: [...(form.item ?? []), item] }
    : withItem(form, into, (group) => ({ ...group, item: [...(group.item ?? []), item] }));
/** Moves an item up or down among its neighbours. */
export function movedItem(form: Questionnaire, linkId: string, by: 1 | -1): Questionnaire {
  const walk = (items: readonly Item[]): Item[] => {
    const at = items.findIndex((item) => item.linkId === linkId);
    const to = at + by;
    if (at >= 0 && to >= 0 && to < items.length) {
      const next = [...items];
      [next[at], next[to]] = [next[to]!, next[at]!];
      return next;
    }
    return items.map((item) => (item.item ? { ...item, item: walk(item.item) } : item));
  };
  return { ...form, item: walk(form.item ?? []) };
}

/** «Bourgeonnant = 1», a line for each answer; without «=», no points. */
export const optionsText = (item: Item): string =>
  (item.answerOption ?? [])
    .map(
      ({ valueCoding }) =>
        `${valueCoding?.display ?? ''}${weightOf(valueCoding) === undefined ? '' : ` = ${String(weightOf(valueCoding)).replace('.', ',')}`}`,
    )
    .join('\n');
/** The answers of the lines; an answer whose words stay keeps its code, and what was answered to it. */
export function withOptions(item: Item, text: string): Item {
  const before = new Map((item.answerOption ?? []).map(({ valueCoding }) => [valueCoding?.display, valueCoding]));
  const taken = new Set<string>();
  const answerOption = text
    .split('\n')
    .filter((line) => line.trim())
    .slice(0, 60)
    .map((line) => {
      const [, words = '', points] = /^(.*?)(?:\s*=\s*(-?\d+(?:[.,]\d+)?))?\s*$/.exec(line.trim()) ?? [];
      let code = before.get(words)?.code ?? (slugOf(words, 40) || 'r');
      while (taken.has(code)) code = `${code}-2`;
      taken.add(code);
      const kept = before.get(words);
      return {
        valueCoding: {
          ...(kept?.system && { system: kept.system }),
          code,
          display: words.slice(0, 200),
          ...(points !== undefined && {
            extension: [{ url: urls.weight, valueDecimal: Number(points.replace(',', '.')) }],
          }),
        },
      };
    });
  return { ...item, answerOption };
}

const tones: Record<string, Tone> = { vert: 'success', orange: 'warning', rouge: 'danger', gris: 'neutral' };
const colourOf: Record<Tone, string> = { success: 'vert', warning: 'orange', danger: 'rouge', neutral: 'gris' };
/** «4 = Défavorable (rouge)», a line for each band. */
export const bandsText = (item: Item): string =>
  bandsOf(item)
    .map(({ from, words, tone }) => `${String(from).replace('.', ',')} = ${words} (${colourOf[tone]})`)
    .join('\n');
export function withBands(item: Item, text: string): Item {
  const bands: Band[] = text.split('\n').flatMap((line) => {
    const found = /^\s*(-?\d+(?:[.,]\d+)?)\s*=\s*(.+?)(?:\s*\((vert|orange|rouge|gris)\))?\s*$/.exec(line);
    return found
      ? [
          {
            from: Number(found[1]!.replace(',', '.')),
            words: found[2]!.slice(0, 200),
            tone: tones[found[3] ?? 'gris']!,
          },
        ]
      : [];
  });
  return {
    ...item,
    extension: [
      ...(item.extension ?? []).filter(({ url }) => url !== urls.band),
      ...bands.map(({ from, words, tone }) => ({
        url: urls.band,
        extension: [
          { url: 'from', valueDecimal: from },
          { url: 'words', valueString: words },
          { url: 'tone', valueCode: tone },
        ],
      })),
    ],
  };
}
/** Items whose answers have points: what the score of this line can add up. */
export const withPoints = (form: Questionnaire, linkId: string): Reach[] =>
  reached(
    form,
    linkId,
    [...itemsOf(form.item)].filter(({ item }) =>
      item.answerOption?.some(({ valueCoding }) => weightOf(valueCoding) !== undefined),
    ),
  );
/** The items a sum of ours adds up; null for an expression that is not one. */
export function summedBy(item: Item): string[] | null {
  const expression = calculatedOf(item) ?? '';
  const list = /linkId in \(([^)]*)\)\)\.answer\.value\.extension\.where/.exec(expression)?.[1];
  return list === undefined ? null : [...list.matchAll(/'([^']+)'/g)].map(([, id]) => id!);
}
export const withSum = (item: Item, of: readonly string[]): Item => {
  const made = build.sum(item.linkId, item.text ?? '', of);
  return {
    ...item,
    extension: [
      ...(item.extension ?? []).filter(({ url }) => url !== urls.calculated),
      ...extensionsOf(made, urls.calculated),
    ],
  };
};
/** Asked only when its conditions hold: one of them (`any`) or all; always when there is none. */
export const withConditions = (item: Item, conditions: readonly QuestionnaireItemEnableWhen[], any: boolean): Item => {
  const { enableWhen: _, enableBehavior: __, ...rest } = item;
  return conditions.length === 0
    ? rest
    : {
        ...rest,
        enableWhen: [...conditions],
        ...(conditions.length > 1 && { enableBehavior: any ? ('any' as const) : ('all' as const) }),
      };
};
export const withMeasure = (item: Item, loinc: string): Item => ({
  ...build.measure(item.linkId, loinc, { back: 90 }),
  ...(item.required && { required: true }),
  ...(item.enableWhen && { enableWhen: item.enableWhen }),
  ...(item.enableBehavior && { enableBehavior: item.enableBehavior }),
});
/** The unit of a number, as people write it; none when empty. */
export function withUnit(item: Item, shown: string): Item {
  const extension = (item.extension ?? []).filter(({ url }) => url !== urls.unit);
  return shown.trim() === ''
    ? { ...item, type: 'decimal', extension }
    : {
        ...item,
        type: 'quantity',
        extension: [
          ...extension,
          {
            url: urls.unit,
            valueCoding: {
              system: 'http://unitsofmeasure.org',
              code:
                unitOf(item)?.display === shown.trim()
                  ? unitOf(item)!.code
                  : `{${shown.trim().replace(/[^\x21-\x7e]/g, '')}}`,
              display: shown.trim(),
            },
          },
        ],
      };
}
export const helpOf = (item: Item): string => item.item?.find((one) => controlOf(one) === 'help')?.text ?? '';
export function withHelp(item: Item, words: string): Item {
  const others = (item.item ?? []).filter((one) => controlOf(one) !== 'help');
  const help: Item[] = words.trim()
    ? [
        {
          linkId: `${item.linkId}-aide`,
          type: 'display',
          text: words,
          extension: [
            {
              url: urls.control,
              valueCodeableConcept: {
                coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code: 'help' }],
              },
            },
          ],
        },
      ]
    : [];
  const next = [...help, ...others];
  const { item: _, ...rest } = item;
  return next.length > 0 ? { ...rest, item: next } : rest;
}
/** The innermost part that repeats and holds both; undefined: none does. */
const sharedRows = (above: readonly Item[], other: readonly Item[]): Item | undefined =>
  above.findLast((part) => isRows(part) && other.some(({ linkId }) => linkId === part.linkId));
/** What a line can look at, from where it stands: `within`, the part whose same repetition answers; `anyOf`, a part that repeats elsewhere, of which one repetition is enough. */
export interface Reach {
  item: Item;
  within: string | null;
  anyOf: string | null;
}
function reached(
  form: Questionnaire,
  linkId: string,
  wanted: readonly { item: Item; above: readonly Item[] }[],
): Reach[] {
  const own = [...itemsOf(form.item)].find(({ item }) => item.linkId === linkId)?.above ?? [];
  return wanted.map(({ item, above }) => {
    const shared = sharedRows(own, above);
    const foreign = above.findLast((part) => isRows(part) && !own.some((one) => one.linkId === part.linkId));
    return {
      item,
      within: shared && !foreign ? (shared.text ?? shared.linkId) : null,
      anyOf: foreign ? (foreign.text ?? foreign.linkId) : null,
    };
  });
}
/** Questions that a condition may look at: those of a choice or of yes or no, before the item. */
export function conditionable(form: Questionnaire, linkId: string): Reach[] {
  const all = [...itemsOf(form.item)];
  const at = all.findIndex(({ item }) => item.linkId === linkId);
  return reached(
    form,
    linkId,
    all
      .slice(0, Math.max(0, at))
      .filter(({ item }) => isQuestion(item) && (item.type === 'boolean' || item.type === 'choice')),
  );
}
/** The choices of a list, those of the same repetition apart from the others. */
export function reachChoices(reach: readonly Reach[]): { group: string; items: { value: string; label: string }[] }[] {
  const groups = Map.groupBy(reach, ({ within, anyOf }) =>
    within !== null
      ? `Dans la même ligne de « ${within} »`
      : anyOf !== null
        ? `Dans toutes les lignes de « ${anyOf} »`
        : 'Dans le volet',
  );
  return [...groups].map(([group, of]) => ({
    group,
    items: of.map(({ item }) => ({ value: item.linkId, label: item.text ?? item.linkId })),
  }));
}
/** Replaces one kind of extension of the form: theme, professions, readers. */
export const withFormExtension = (
  form: Questionnaire,
  url: string,
  values: readonly ({ valueCode: string } | { valueBoolean: boolean } | { valueString: string })[],
): Questionnaire => ({
  ...form,
  extension: [
    ...(form.extension ?? []).filter((one) => one.url !== url),
    ...values.map((value) => ({ url, ...value })),
  ],
});
