import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import type { seriesReply } from '../contract.ts';
import { measureAliases, measureOf } from '../data/measures.ts';
import { firstCode, labelOf } from '../fhir-words.ts';
import type { PersonCaller, Room } from '../room.ts';
import { enter } from './enter.ts';
import { growthOf } from './growth.rules.ts';
import { targetBounds, targetText } from './labels.ts';
import { curveOf, displayOf, ownRangeOf, rangeFrom, rangeOf, rangeText, valuesOf, worst } from './measures.rules.ts';
import { lineOf } from './reading.ts';

const most = 2000;

/** One measure over time: what a curve and its table are drawn from. */
export async function series(
  room: Room,
  caller: PersonCaller,
  patientId: string,
  typed: string,
): Promise<z.infer<typeof seriesReply>> {
  const entered = await enter(room, caller, patientId);
  const { store, reading: r, rights } = entered;
  const measure = measureOf(typed);
  const code = measure?.partOf ?? measure?.code ?? typed;
  const aliases = Object.entries(measureAliases)
    .filter(([, known]) => known === code)
    .map(([alias]) => alias);
  // A code without system finds it in any; a code that only words tell is looked for among the newest.
  const coded = /^[A-Za-z0-9\-.]{1,40}$/.test(code);
  const stored: Stored<'Observation'>[] = coded
    ? await allPages(store, [
        ['patient', `Patient/${patientId}`],
        ['code', [code, ...aliases].join(',')],
        ['_sort', '-date'],
        ['_count', '500'],
      ])
    : (await store.compartment(patientId, { types: ['Observation'], each: most })).filter(
        (one) => curveOf(one.resource) === code,
      );
  const goals = rights.see.has('summary') ? await store.compartment(patientId, { types: ['Goal'], each: 50 }) : [];
  await room.directory.learn(store, [...stored, ...goals]);
  const points = stored
    .map((one) => ({ one, observation: one.resource, line: lineOf(r, one) }))
    .filter(
      ({ observation, line }) =>
        curveOf(observation) === code && line.status !== 'entered-in-error' && line.at !== null,
    )
    .map(({ observation, line }) => {
      const values = valuesOf(observation, r);
      return {
        ...line,
        at: line.at!,
        values,
        display: displayOf(values),
        flag: worst(values.map((value) => value.flag)),
        note:
          (observation.note ?? [])
            .map((note) => note.text)
            .filter(Boolean)
            .join('\n') || null,
      };
    })
    .sort((a, b) => a.at.localeCompare(b.at));
  const newest = points.at(-1);
  if (!measure && !newest) throw notFound('Cette mesure');
  const components = newest?.values.length
    ? newest.values.map((value) => ({ code: value.code, label: value.label }))
    : (measureOf(code)?.components ?? [code]).map((one) => ({ code: one, label: measureOf(one)?.label ?? one }));
  const catalogue = measureOf(code);
  const observationOf = (component: string) => {
    const one = stored
      .map((each) => each.resource)
      .find((each) => (measureOf(firstCode(each.code) ?? '')?.code ?? firstCode(each.code)) === component);
    return one && ownRangeOf(one);
  };
  const kind = catalogue?.category === 'laboratory' ? 'results' : 'measures';
  return {
    code,
    label: catalogue?.label ?? newest?.values[0]?.label ?? code,
    unit: catalogue?.shown ?? newest?.values[0]?.unit ?? '',
    decimals: catalogue?.decimals ?? newest?.values[0]?.decimals ?? 1,
    components: components.map((component) => {
      const own = observationOf(component.code);
      const range = rangeOf(measureOf(component.code), undefined, own, r, r.today);
      return {
        ...component,
        reference: range
          ? {
              low: range.low ?? null,
              high: range.high ?? null,
              text: rangeText(range, measureOf(component.code)?.decimals ?? 1),
              from: rangeFrom(range, own),
            }
          : null,
      };
    }),
    points,
    targets: goals
      .map((one) => ({ one, goal: one.resource }))
      .filter(
        ({ goal }) =>
          ['active', 'accepted', 'planned', 'proposed'].includes(goal.lifecycleStatus) &&
          [code, ...(catalogue?.components ?? [])].includes(
            measureOf(firstCode(goal.target?.[0]?.measure) ?? '')?.code ?? '',
          ),
      )
      .map(({ one, goal }) => ({
        goal: one.id,
        label: targetText(goal) || labelOf(goal.description),
        code: firstCode(goal.target?.[0]?.measure) ?? code,
        ...targetBounds(goal),
        due: goal.target?.[0]?.dueDate ?? null,
        who: lineOf(r, one).who,
      })),
    growth: growthOf(
      code,
      r,
      points.map(({ id, at, values: [first] }) => ({
        id,
        at,
        value: first && first.unit === catalogue?.shown ? first.value : null,
      })),
    ),
    canAdd: rights.add.has(kind),
  };
}
async function allPages(
  store: import('../../fhir/index.ts').FhirStore,
  query: [string, string][],
): Promise<Stored<'Observation'>[]> {
  const found: Stored<'Observation'>[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.search('Observation', cursor ? [...query, ['_cursor', cursor]] : query);
    found.push(...page.resources);
    cursor = page.next;
  } while (cursor && found.length < most);
  return found;
}
