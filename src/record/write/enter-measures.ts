import type { Observation, Reference } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { newId, type Stored } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { measureCorrection, measuresBody, Written } from '../contract.ts';
import { asSaid, type Measure, measureOf } from '../data/measures.ts';
import { ageYears, daysBetween, dayOf, typedMoment } from '../dates.rules.ts';
import { concept, loinc, numberLabel, ucum } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { curveOf, valuesOf } from '../read/measures.rules.ts';
import { author, momentIn, noteList, sinceBirth, stamped, subjectOf } from './author.ts';
import { add, correct } from './save.ts';

interface Typed {
  measure: Measure;
  value: number;
  site?: string | null;
  note?: string | null;
}
const number = (typed: string | number): number =>
  typeof typed === 'number' ? typed : Number(typed.trim().replace(/\s/g, '').replace(',', '.'));
const weight = '29463-7';
const height = '8302-2';
const bmi = '39156-5';

/** Numbers as typed («72,4», «132/78», «1,72» for a height) → values of the catalogue; words under each field when they are not. */
function typedValues(values: z.infer<typeof measuresBody>['values'], confirmed: boolean): Typed[] {
  const fields: Record<string, string> = {};
  const doubts: Record<string, string> = {};
  const found: Typed[] = [];
  const take = (
    field: string,
    code: string,
    raw: string | number,
    more: { site?: string | null; note?: string | null },
  ) => {
    const measure = measureOf(code);
    if (!measure) {
      fields[field] = 'Cette mesure n’est pas dans la liste.';
      return;
    }
    let value = number(raw);
    if (!Number.isFinite(value) || raw === '') {
      fields[field] = `${measure.label} : écrivez un nombre.`;
      return;
    }
    value = Number(asSaid(measure, value).toFixed(measure.decimals + 1));
    const [low, high] = measure.plausible;
    if (value < low || value > high)
      doubts[field] =
        `${measure.label} : ${numberLabel(value)} ${measure.shown} est hors de ce qui est attendu (${numberLabel(low)} à ${numberLabel(high)}). Vérifiez, ou confirmez.`;
    found.push({ measure, value, ...more });
  };
  values.forEach(({ code, value, site, note }, i) => {
    const field = `values.${i}.value`;
    const components = measureOf(code)?.components;
    if (!components) {
      take(field, code, value, { site, note });
      return;
    }
    const parts = String(value).split('/');
    if (parts.length !== components.length) fields[field] = 'Écrivez les deux valeurs : 132/78.';
    else for (const [at, component] of components.entries()) take(field, component, parts[at]!, { site, note });
  });
  if (Object.keys(fields).length)
    throw new Problem(422, 'Saisie à corriger', `${Object.values(fields)[0]} Rien n’a été enregistré.`, { fields });
  const systolic = found.find(({ measure }) => measure.code === '8480-6')?.value;
  const diastolic = found.find(({ measure }) => measure.code === '8462-4')?.value;
  if (systolic !== undefined && diastolic !== undefined && diastolic >= systolic)
    throw new Problem(
      422,
      'Saisie à corriger',
      'La diastolique est plus haute que la systolique. Rien n’a été enregistré.',
      { fields: { 'values.0.value': 'La première valeur est la systolique.' } },
    );
  if (Object.keys(doubts).length && !confirmed)
    throw new Problem(422, 'Valeur inattendue', `${Object.values(doubts)[0]} Rien n’a été enregistré.`, {
      fields: doubts,
      extra: { code: 'implausible' },
    });
  return found;
}
const quantity = (measure: Measure, value: number) => ({
  value,
  ...(measure.shown && { unit: measure.shown }),
  system: ucum,
  code: measure.unit,
});
const code = (measure: Measure) => ({
  coding: [{ system: loinc, code: measure.code, display: measure.label }],
  text: measure.label,
});

function observation(
  entered: Entered,
  measure: Measure,
  at: string,
  content: Partial<Observation>,
  given: {
    site?: string | null;
    note?: string | null;
    sensitive?: z.infer<typeof measuresBody>['sensitive'];
    encounter?: string | null;
  },
): Observation {
  const built: Observation = {
    resourceType: 'Observation',
    id: newId(),
    status: 'final',
    category: [concept('observation-category', measure.category)],
    code: code(measure),
    subject: subjectOf(entered),
    effectiveDateTime: at,
    performer: [author(entered)],
    ...content,
    bodySite: given.site ? { text: given.site } : undefined,
    note: noteList(entered, given.note),
  };
  return stamped(entered, built, { sensitive: given.sensitive ?? null, encounter: given.encounter });
}

/** DOS-7: several measures of one moment in one gesture. */
export const enterMeasures = async (entered: Entered, body: z.infer<typeof measuresBody>): Promise<Written> =>
  add(entered, await measureResources(entered, body));
/** Measures as they will be kept: blood pressure is one entry of two values, body mass index follows from weight and height. */
export async function measureResources(entered: Entered, body: z.infer<typeof measuresBody>): Promise<Observation[]> {
  const at = momentIn(entered, 'at', body.at);
  sinceBirth(entered, 'at', at);
  const typed = typedValues(body.values, body.confirmed);
  const resources: Observation[] = [];
  const shared = { sensitive: body.sensitive, encounter: body.encounter };
  const panels = new Map<string, Typed[]>();
  for (const one of typed) {
    const panel = one.measure.partOf;
    if (panel) panels.set(panel, [...(panels.get(panel) ?? []), one]);
    else
      resources.push(
        observation(
          entered,
          one.measure,
          at,
          { valueQuantity: quantity(one.measure, one.value) },
          { ...shared, site: one.site, note: one.note ?? body.note },
        ),
      );
  }
  for (const [panel, parts] of panels) {
    const measure = measureOf(panel)!;
    resources.push(
      observation(
        entered,
        measure,
        at,
        {
          component: parts.map((part) => ({
            code: code(part.measure),
            valueQuantity: quantity(part.measure, part.value),
          })),
        },
        { ...shared, site: parts[0]!.site, note: parts[0]!.note ?? body.note },
      ),
    );
  }
  const index = await bodyMassIndex(entered, at, typed, resources);
  if (index) resources.push(observation(entered, measureOf(bmi)!, at, index, shared));
  return resources;
}

/** Weight of this gesture with the height of this gesture, or the latest one while it still holds. */
async function bodyMassIndex(
  entered: Entered,
  at: string,
  typed: readonly Typed[],
  resources: readonly Observation[],
): Promise<Partial<Observation> | null> {
  const kilograms = typed.find(({ measure }) => measure.code === weight)?.value;
  if (kilograms === undefined || typed.some(({ measure }) => measure.code === bmi)) return null;
  const idOf = (wanted: string) => resources.find((one) => one.code?.coding?.[0]?.code === wanted)?.id;
  let centimetres = typed.find(({ measure }) => measure.code === height)?.value;
  let from = idOf(height);
  if (centimetres === undefined) {
    const page = await entered.store.search('Observation', [
      ['patient', `Patient/${entered.patientId}`],
      ['code', [height, '3137-7'].join(',')],
      ['_sort', '-date'],
      ['_count', '5'],
    ]);
    const known: Stored<'Observation'> | undefined = page.resources.find(
      (one) => one.resource.status !== 'entered-in-error',
    );
    const last = known && known.resource;
    const age = ageYears(entered.reading.birth, dayOf(at));
    // An adult's height holds for years, a child's for a month.
    if (
      !last?.effectiveDateTime ||
      daysBetween(dayOf(last.effectiveDateTime), dayOf(at)) > (age !== null && age >= 18 ? 3650 : 30)
    )
      return null;
    centimetres = last.valueQuantity?.code === 'm' ? (last.valueQuantity.value ?? 0) * 100 : last.valueQuantity?.value;
    from = known?.id;
  }
  if (!centimetres || centimetres < 30) return null;
  const derivedFrom = [idOf(weight), from]
    .filter((id) => id !== undefined)
    .map((id) => ({ reference: `Observation/${id}` }) as Reference<Observation>);
  return {
    valueQuantity: quantity(measureOf(bmi)!, Number((kilograms / (centimetres / 100) ** 2).toFixed(1))),
    derivedFrom,
  };
}

/** Corrects the value, the moment or the note of one measure. */
export function correctMeasure(
  entered: Entered,
  id: string,
  body: z.infer<typeof measureCorrection>,
): Promise<Written> {
  const typed = typedValues(body.values, body.confirmed);
  return correct(entered, 'Observation', id, body.version, body.reason, (base) => {
    const old = base;
    const curve = curveOf(old);
    const allowed = [curve, ...(measureOf(curve)?.components ?? [])];
    if (typed.some(({ measure }) => !allowed.includes(measure.code)))
      throw new Problem(
        422,
        'Saisie à corriger',
        'On ne change pas une mesure en une autre : marquez-la comme saisie par erreur et ajoutez la bonne. Rien n’a été modifié.',
        { fields: { 'values.0.code': 'Ce n’est pas la même mesure.' } },
      );
    const valueFor = (wanted: string | undefined) => typed.find(({ measure }) => measure.code === wanted);
    if (body.at) sinceBirth(entered, 'at', momentIn(entered, 'at', body.at));
    const next: Observation = {
      ...old,
      status: 'amended',
      effectiveDateTime: body.at ? momentIn(entered, 'at', body.at) : old.effectiveDateTime,
      interpretation: undefined,
    };
    const own = valueFor(curve);
    if (own) next.valueQuantity = quantity(own.measure, own.value);
    if (old.component)
      next.component = old.component.map((component) => {
        const given = valueFor(measureOf(component.code.coding?.[0]?.code ?? '')?.code);
        return given
          ? { ...component, valueQuantity: quantity(given.measure, given.value), interpretation: undefined }
          : component;
      });
    if (body.note !== undefined) next.note = noteList(entered, body.note);
    return stamped(entered, next, { base, reason: body.reason });
  });
}
export function measureFormValues(observation: Observation, entered: Entered) {
  const values = valuesOf(observation, entered.reading);
  return {
    at: typedMoment(observation.effectiveDateTime),
    values: values.map((value) => ({ code: value.code, value: value.value ?? value.text })),
    note: (observation.note ?? []).map((note) => note.text).join('\n'),
  };
}
