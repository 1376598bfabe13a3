import type { DiagnosticReport, Observation, ObservationReferenceRange, Quantity } from '@medplum/fhirtypes';
import { newId } from '../../fhir/index.ts';
import type { ResultsBody, Sensitivity } from '../contract.ts';
import { computedFrom } from '../contract/results/compute.rules.ts';
import { analyteFor, flagOfCompared, rangeIn } from '../contract/results/flags.rules.ts';
import { unitShown } from '../data/lab-units.ts';
import { panelOf } from '../data/panels.ts';
import { ageYears, dayOf, daysBetween } from '../dates.rules.ts';
import { concept, loinc, ucum } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import type { Kept } from './read-values.ts';
import { computedUrl, interpretationOf } from './report.rules.ts';

const analyteSystem = 'urn:estran:analyte';

/** Weight that still holds, for a clearance; null when there is none or it is not mine to see. */
export async function recentWeight(entered: Entered, at: string): Promise<number | null> {
  if (!entered.rights.see.has('measures')) return null;
  const { resources } = await entered.store.search('Observation', [
    ['patient', `Patient/${entered.patientId}`],
    ['code', '29463-7,3141-9'],
    ['_sort', '-date'],
    ['_count', '5'],
  ]);
  const last = resources
    .map((one) => one.resource)
    .find(
      (one) =>
        one.status !== 'entered-in-error' && one.effectiveDateTime && one.effectiveDateTime.slice(0, 10) <= dayOf(at),
    );
  const days = last ? daysBetween(dayOf(last.effectiveDateTime!), dayOf(at)) : Infinity;
  return last?.valueQuantity?.code === 'kg' && last.valueQuantity.value !== undefined && days <= 180
    ? last.valueQuantity.value
    : null;
}
const inputs = new Set(['14682-9', '2093-3', '2085-9', '2571-8']);
/** What follows from the values and the report does not say. */
export function withComputed(entered: Entered, at: string, kept: readonly Kept[], kilograms: number | null): Kept[] {
  const person = { age: ageYears(entered.reading.birth, dayOf(at)), sex: entered.reading.sex };
  const of = (code: string): number | undefined => {
    const one = kept.find(({ analyte }) => analyte?.code === code);
    // «> 90» is said, and is not worked out again; but nothing is worked out from «> 90».
    return one && (one.own ?? (inputs.has(code) ? undefined : (one.value ?? Number.NaN)));
  };
  return computedFrom(of, person, kilograms).map((computed): Kept => {
    const analyte = analyteFor(computed.code)!;
    const { range } = rangeIn(analyte, analyte.unit, null, person);
    return {
      given: { code: computed.code, label: '', value: computed.value, unit: analyte.unit },
      analyte,
      label: analyte.label,
      value: computed.value,
      text: null,
      unit: analyte.unit,
      coded: true,
      own: computed.value,
      flag: flagOfCompared(computed.value, null, range),
      computed,
    };
  });
}

const quantity = (value: number, { unit, coded }: Kept): Quantity => ({
  value,
  ...(unitShown(unit) && { unit: unitShown(unit) }),
  ...(coded && unit && { system: ucum, code: unit }),
});
const rangeOf = (kept: Kept): ObservationReferenceRange[] | undefined => {
  const { given } = kept;
  const bound = (value: number | null | undefined) =>
    typeof value === 'number' ? (quantity(value, kept) as NonNullable<ObservationReferenceRange['low']>) : undefined;
  return typeof given.low === 'number' || typeof given.high === 'number'
    ? [{ low: bound(given.low), high: bound(given.high) }]
    : undefined;
};

/** The Observation of one value; `base`: the one it takes the place of. */
function observationFor(
  entered: Entered,
  kept: Kept,
  given: {
    at: string;
    lab: string;
    specimen: string;
    preliminary: boolean;
    sensitive: ResultsBody['sensitive'];
    base?: Observation;
    reason?: string;
    ids: ReadonlyMap<string, string>;
  },
): Observation {
  const { analyte, computed } = kept;
  const old = given.base;
  const built: Observation = {
    resourceType: 'Observation',
    id: given.base?.id ?? newId(),
    status: given.preliminary ? 'preliminary' : old && old.status !== 'preliminary' ? 'corrected' : 'final',
    category: [concept('observation-category', 'laboratory')],
    code: {
      ...(analyte && {
        coding: [
          { system: analyte.code.startsWith('x-') ? analyteSystem : loinc, code: analyte.code, display: analyte.label },
        ],
      }),
      text: kept.label,
    },
    subject: subjectOf(entered),
    effectiveDateTime: given.at,
    performer: [
      ...(given.lab && !computed ? [{ display: given.lab }] : []),
      author(entered),
    ] as Observation['performer'],
    ...(kept.text !== null
      ? { valueString: kept.text }
      : {
          valueQuantity: {
            ...quantity(kept.value!, kept),
            ...(kept.given.comparator && { comparator: kept.given.comparator }),
          },
        }),
    interpretation: interpretationOf(kept.flag),
    referenceRange: rangeOf(kept),
    specimen: given.specimen ? { display: given.specimen } : undefined,
    ...(computed && {
      method: { text: `Calculé : ${computed.formula}` },
      extension: [{ url: computedUrl, valueString: computed.formula }],
      derivedFrom: computed.of.flatMap((code) =>
        given.ids.has(code) ? [{ reference: `Observation/${given.ids.get(code)}` }] : [],
      ),
    }),
  };
  return stamped(entered, built, {
    ...(given.base && { base: given.base, reason: given.reason ?? null }),
    ...(given.sensitive !== undefined && { sensitive: given.sensitive ?? null }),
  });
}
interface Shared {
  at: string;
  specimen: string;
  /** How a value that is new is marked. */
  sensitive: Sensitivity | null;
}
/** How a value takes the place of one that stands. `sensitive`: undefined leaves its marks. */
interface Replacing {
  baseOf: (one: Kept) => Observation | undefined;
  sensitive: ResultsBody['sensitive'];
  reason: string;
}
/** Values, then what is worked out from them, which points to them. */
export function observationsFor(
  entered: Entered,
  kept: readonly Kept[],
  computed: readonly Kept[],
  body: Pick<ResultsBody, 'lab' | 'status'>,
  { at, specimen, sensitive }: Shared,
  replacing?: Replacing,
): Observation[] {
  const ids = new Map<string, string>();
  const build = (one: Kept) => {
    const base = replacing?.baseOf(one);
    const made = observationFor(entered, one, {
      at,
      lab: body.lab,
      specimen,
      preliminary: body.status === 'preliminary',
      ids,
      sensitive,
      ...(replacing && base && { base, reason: replacing.reason, sensitive: replacing.sensitive }),
    });
    if (one.analyte) ids.set(one.analyte.code, made.id!);
    return made;
  };
  return [...kept.map(build), ...computed.map(build)];
}
export const titleOf = (body: Pick<ResultsBody, 'title' | 'panel'>): string =>
  body.title || panelOf(body.panel ?? '')?.label || 'Biologie';
export const codeOfReport = (body: Pick<ResultsBody, 'title' | 'panel'>): DiagnosticReport['code'] => ({
  coding: [{ system: loinc, code: panelOf(body.panel ?? '')?.loinc ?? '11502-2' }],
  text: titleOf(body),
});
