import type { Questionnaire } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { KindOfData } from '../../access/index.ts';
import { forbidden } from '../../platform/index.ts';
import type { sectionEntries } from '../contract/wire-sections.ts';
import { measureOf } from '../data/measures.ts';
import { ageYears, dateLabel, dayOf, daysBetween } from '../dates.rules.ts';
import type { Entered } from '../read/enter.ts';
import { curveOf, valuesOf } from '../read/measures.rules.ts';
import { lineOf, statusOf } from '../read/reading.ts';
import { calculated, withAnswer } from '../contract/sections/calculate.ts';
import { givenOf } from '../contract/sections/repetition.ts';
import {
  type Answered,
  bandFor,
  canonicalParts,
  isAdministrative,
  isScore,
  type Item,
  itemsOf,
  loincOf,
  lookBackDays,
  sensitiveOf,
  unitOf,
  answerValue,
} from '../contract/sections/form.ts';
import { lineOfSection, type Shelf, sectionHeld } from './library.ts';

type Start = z.infer<typeof sectionEntries.startSection.reply>;

/** A section to fill: what the record says already, and no longer ago than the form accepts, is in it (observation-based population of SDC), under the reader's rights. */
export async function startSection(shelf: Shelf, entered: Entered, id: string): Promise<Start> {
  const held = await sectionHeld(shelf, id);
  const { form } = held;
  demandWriter(entered, form);
  const asked = [...itemsOf(form.item)].filter(({ item }) => loincOf(item) && lookBackDays(item) !== undefined);
  const values = await newest(
    entered,
    asked.map(({ item }) => loincOf(item)!),
  );
  let items: Answered[] = [];
  const from: Start['from'] = {};
  for (const { item, above } of asked) {
    const known = values.get(measureOf(loincOf(item)!)?.code ?? loincOf(item)!);
    if (
      !known ||
      daysBetween(dayOf(known.at), entered.reading.today) > lookBackDays(item)! ||
      above.some((one) => one.repeats)
    )
      continue;
    const answer = answerOf(item, known.value);
    if (!answer) continue;
    items = withAnswer(items, [...above, item], answer);
    from[item.linkId] = { words: `${known.by ? `${known.by}, ` : ''}le ${dateLabel(known.at)}`, at: known.at };
  }
  const about = aboutPatient(entered);
  const former = await formerAnswers(entered, id);
  const before = former[0];
  return {
    section: lineOfSection(shelf, held, [held]),
    form,
    items: calculated(form, items, { age: about.age ?? undefined, gender: about.gender ?? undefined }),
    from,
    about,
    before: before ? { id: before.id, at: before.at, by: before.by, items: before.items } : null,
    history: historyOf(form, former),
  };
}
/** Errors: 403 for whoever could not keep the answers. */
function demandWriter(entered: Entered, form: Questionnaire): void {
  const sensitive = sensitiveOf(form);
  const kind: KindOfData =
    sensitive === 'sexual-health'
      ? 'sexual-health'
      : sensitive
        ? 'mental-health'
        : isAdministrative(form)
          ? 'administrative'
          : 'sections';
  if (!entered.rights.add.has(kind))
    throw forbidden('Vos droits ne permettent pas de remplir ce volet pour ce patient.');
}
export const aboutPatient = (entered: Entered): { age: number | null; gender: string | null } => ({
  age: ageYears(entered.reading.birth, entered.reading.today),
  gender: entered.reading.sex ?? null,
});

function answerOf(
  item: Item,
  value: number,
): Answered['answer'] extends (infer A)[] | undefined ? A | undefined : never {
  const unit = unitOf(item);
  if (item.type === 'quantity')
    return { valueQuantity: { value, ...(unit && { unit: unit.display, system: unit.system, code: unit.code }) } };
  if (item.type === 'decimal') return { valueDecimal: value };
  return item.type === 'integer' && Number.isInteger(value) ? { valueInteger: value } : undefined;
}
interface Known {
  value: number;
  at: string;
  by: string;
  /** `Observation/…` */
  from: string;
}
/** The newest value of each code, components included. */
export async function newest(entered: Entered, codes: readonly string[]): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  const curves = [...new Set(codes.map((code) => measureOf(code)?.partOf ?? measureOf(code)?.code ?? code))];
  if (curves.length === 0) return found;
  const { resources } = await entered.store.search('Observation', [
    ['patient', `Patient/${entered.patientId}`],
    ['code', curves.join(',')],
    ['_sort', '-date'],
    ['_count', '200'],
  ]);
  await entered.room.directory.learn(entered.store, resources);
  for (const stored of resources) {
    const line = lineOf(entered.reading, stored);
    if (line.status === 'entered-in-error' || line.status === 'draft' || !line.at) continue;
    const observation = stored.resource;
    for (const { code, value, unit } of valuesOf(observation, entered.reading)) {
      const measure = measureOf(code);
      if (value === null || value === undefined || found.has(code) || (measure && measure.shown !== unit)) continue;
      found.set(code, { value, at: line.at, by: line.who?.name ?? '', from: `Observation/${stored.id}` });
    }
    const curve = curveOf(observation);
    if (!found.has(curve) && observation.valueInteger !== undefined)
      found.set(curve, {
        value: observation.valueInteger,
        at: line.at,
        by: line.who?.name ?? '',
        from: `Observation/${stored.id}`,
      });
  }
  return found;
}

interface Former {
  id: string;
  at: string;
  by: string;
  items: Answered[];
}
/** Signed answers of this patient to this section, newest first. */
async function formerAnswers(entered: Entered, section: string): Promise<Former[]> {
  const { resources } = await entered.store.search('QuestionnaireResponse', [
    ['patient', `Patient/${entered.patientId}`],
    ['_sort', '-authored'],
    ['_count', '200'],
  ]);
  const own = resources.filter(
    (one) =>
      canonicalParts(one.resource.questionnaire)?.id === section &&
      ['final', 'amended'].includes(statusOf(one.resource)),
  );
  await entered.room.directory.learn(entered.store, own);
  return own.map((one) => {
    const line = lineOf(entered.reading, one);
    return {
      id: one.id,
      at: line.at ?? line.recorded,
      by: line.who?.name ?? '',
      items: one.resource.item ?? [],
    };
  });
}
type Score = z.infer<typeof sectionEntries.readSection.reply>['scores'][number];
/** Scores with what they mean; those of a part that repeats say of which repetition they are. */
export function scoresOf(form: Questionnaire, items: readonly Answered[]): Score[] {
  return givenOf(form, items).flatMap(({ item, answer, row, label, name }) => {
    const value = isScore(item) ? answerValue(answer[0]) : undefined;
    if (typeof value !== 'number') return [];
    const band = bandFor(item, value);
    return [
      {
        linkId: item.linkId,
        row,
        name,
        label: `${item.text ?? item.linkId}${label ? `, ${label}` : ''}`,
        value,
        words: band?.words ?? null,
        tone: band?.tone ?? null,
      },
    ];
  });
}
function historyOf(form: Questionnaire, former: readonly Former[]): Start['history'] {
  const scores = [...itemsOf(form.item)].filter(({ item }) => isScore(item) && item.type !== 'string');
  const known = former
    .toReversed()
    .flatMap((one) => scoresOf(form, one.items).map((score) => ({ ...score, at: one.at, id: one.id })));
  return scores.flatMap(({ item }) => {
    // Repetitions are followed by their name; those without one are nobody's curve.
    const curves = Map.groupBy(
      known.filter(({ linkId, row, name }) => linkId === item.linkId && (row === '' || name !== '')),
      ({ name }) => name,
    );
    return [...curves].map(([name, points]) => ({
      linkId: item.linkId,
      name,
      label: points[0]!.label,
      points: points.map(({ at, value, id }) => ({ at, value, id })),
    }));
  });
}
