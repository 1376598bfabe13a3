import type { z } from 'zod';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import type { seriesReply } from '../contract.ts';
import { measureAliases, measureOf } from '../data/measures.ts';
import { firstCode, labelOf } from '../fhir-words.ts';
import type { PersonCaller, Room } from '../room.ts';
import { enter } from './enter.ts';
import { growthOf } from './growth.rules.ts';
import { targetBounds, targetText } from './labels.ts';
import { curveOf, displayOf, ownRangeOf, rangeFrom, rangeOf, rangeText, valuesOf, worst } from './measures.rules.ts';
import { lineOf, type Reading } from './reading.ts';

type Series = z.infer<typeof seriesReply>;
const most = 2000;

/** Every observation that may be a point of this curve: a code without system is found in any; a code that only words tell is looked for among the newest. */
async function observationsOf(store: FhirStore, patient: string, code: string): Promise<Stored<'Observation'>[]> {
  if (!/^[A-Za-z0-9\-.]{1,40}$/.test(code)) {
    const newest = await store.compartment(patient, { types: ['Observation'], each: most });
    return newest.filter((one) => curveOf(one.resource) === code);
  }
  const aliases = Object.entries(measureAliases).flatMap(([alias, known]) => (known === code ? [alias] : []));
  return allPages(store, [
    ['patient', `Patient/${patient}`],
    ['code', [code, ...aliases].join(',')],
    ['_sort', '-date'],
    ['_count', '500'],
  ]);
}

function pointsOf(reading: Reading, stored: readonly Stored<'Observation'>[], code: string): Series['points'] {
  return stored
    .flatMap((one) => {
      const observation = one.resource;
      const line = lineOf(reading, one);
      if (curveOf(observation) !== code || line.status === 'entered-in-error' || line.at === null) return [];
      const values = valuesOf(observation, reading);
      const notes = (observation.note ?? []).map(({ text }) => text).filter(Boolean);
      return [
        {
          ...line,
          at: line.at,
          values,
          display: displayOf(values),
          flag: worst(values.map((value) => value.flag)),
          note: notes.join('\n') || null,
        },
      ];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** What the points are made of («systolique», «diastolique»), each with the range that is normal for this patient. */
function componentsOf(
  reading: Reading,
  stored: readonly Stored<'Observation'>[],
  code: string,
  newest: Series['points'][number] | undefined,
): Series['components'] {
  const components = newest?.values.length
    ? newest.values.map((value) => ({ code: value.code, label: value.label }))
    : (measureOf(code)?.components ?? [code]).map((one) => ({ code: one, label: measureOf(one)?.label ?? one }));
  return components.map((component) => {
    const known = measureOf(component.code);
    const observation = stored
      .map(({ resource }) => resource)
      .find(({ code: said }) => (measureOf(firstCode(said) ?? '')?.code ?? firstCode(said)) === component.code);
    const own = observation && ownRangeOf(observation);
    const range = rangeOf(known, undefined, own, reading, reading.today);
    return {
      ...component,
      reference: range
        ? {
            low: range.low ?? null,
            high: range.high ?? null,
            text: rangeText(range, known?.decimals ?? 1),
            from: rangeFrom(range, own),
          }
        : null,
    };
  });
}

const pursued = ['active', 'accepted', 'planned', 'proposed'];
function targetsOf(reading: Reading, goals: readonly Stored<'Goal'>[], code: string): Series['targets'] {
  const measured = [code, ...(measureOf(code)?.components ?? [])];
  return goals.flatMap((one) => {
    const goal = one.resource;
    const target = goal.target?.[0];
    const of = firstCode(target?.measure);
    if (!pursued.includes(goal.lifecycleStatus) || !measured.includes(measureOf(of ?? '')?.code ?? '')) return [];
    return [
      {
        goal: one.id,
        label: targetText(goal) || labelOf(goal.description),
        code: of ?? code,
        ...targetBounds(goal),
        due: target?.dueDate ?? null,
        who: lineOf(reading, one).who,
      },
    ];
  });
}

/** One measure over time: what a curve and its table are drawn from. */
export async function series(room: Room, caller: PersonCaller, patientId: string, typed: string): Promise<Series> {
  const { store, reading, rights } = await enter(room, caller, patientId);
  const measure = measureOf(typed);
  const code = measure?.partOf ?? measure?.code ?? typed;
  const stored = await observationsOf(store, patientId, code);
  const goals = rights.see.has('summary') ? await store.compartment(patientId, { types: ['Goal'], each: 50 }) : [];
  await room.directory.learn(store, [...stored, ...goals]);
  const points = pointsOf(reading, stored, code);
  const newest = points.at(-1);
  if (!measure && !newest) throw notFound('Cette mesure');
  const known = measureOf(code);
  const grown = points.map(({ id, at, values: [first] }) => ({
    id,
    at,
    value: first && first.unit === known?.shown ? first.value : null,
  }));
  return {
    code,
    label: known?.label ?? newest?.values[0]?.label ?? code,
    unit: known?.shown ?? newest?.values[0]?.unit ?? '',
    decimals: known?.decimals ?? newest?.values[0]?.decimals ?? 1,
    components: componentsOf(reading, stored, code, newest),
    points,
    targets: targetsOf(reading, goals, code),
    growth: growthOf(code, reading, grown),
    canAdd: rights.add.has(known?.category === 'laboratory' ? 'results' : 'measures'),
  };
}
async function allPages(store: FhirStore, query: [string, string][]): Promise<Stored<'Observation'>[]> {
  const found: Stored<'Observation'>[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.search('Observation', cursor ? [...query, ['_cursor', cursor]] : query);
    found.push(...page.resources);
    cursor = page.next;
  } while (cursor && found.length < most);
  return found;
}
