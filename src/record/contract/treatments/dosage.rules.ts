import type { CodeableConcept, Dosage, Duration, Quantity, Ratio, Timing } from '@medplum/fhirtypes';
import {
  type Day,
  emptyStep,
  emptyTake,
  type Meal,
  type Moment,
  dayMoments as moments,
  type Period,
  periodNames,
  dosePlaces as places,
  type Posology,
  type Step,
  type Take,
  tidy,
  doseUnitOf,
} from './posology.ts';
import { readPosology } from './read.rules.ts';
import { sayPosology, sayStep } from './say.rules.ts';

const ucum = 'http://unitsofmeasure.org';
const quantity = (value: number, unit: string): Quantity => ({
  value,
  ...(unit && { unit }),
  ...(doseUnitOf(unit)?.ucum && { system: ucum, code: doseUnitOf(unit)!.ucum! }),
});
const perPeriod = (per: Period): Quantity => ({ value: 1, unit: periodNames[per].one, system: ucum, code: per });
/** What FHIR has no event for is said in words. */
const mealWords = { fasting: 'à jeun', apart: 'à distance des repas' } as const;
const inWords = (meal: Meal | null): meal is keyof typeof mealWords => meal === 'fasting' || meal === 'apart';
const mealCodes: Record<Exclude<Meal, keyof typeof mealWords>, Partial<Record<Moment | 'any', string>>> = {
  before: { any: 'AC', MORN: 'ACM', NOON: 'ACD', EVE: 'ACV' },
  with: { any: 'C', MORN: 'CM', NOON: 'CD', EVE: 'CV' },
  after: { any: 'PC', MORN: 'PCM', NOON: 'PCD', EVE: 'PCV' },
};
const turnWords = { first: 'en alternance, un jour', next: 'en alternance, le jour suivant' };

/** FHIR R4 `Dosage`, one for each take, in the order of the steps (`sequence`). https://hl7.org/fhir/R4/dosage.html */
export function dosagesOf(posology: Posology): Dosage[] {
  const many = posology.steps.length > 1 || posology.steps.some(({ takes }) => takes.length > 1);
  const whole = sayPosology(posology);
  return posology.steps.flatMap((step, at) =>
    step.takes.map((take): Dosage => {
      const repeat = repeatOf(take, step);
      const place = places.find(({ code }) => code === step.where);
      const instructions = [take.alternate && turnWords[take.alternate], inWords(step.meals) && mealWords[step.meals]]
        .filter((one): one is string => !!one)
        .map((text): CodeableConcept => ({ text }));
      const dose =
        take.dose &&
        (take.dose.high === null
          ? { doseQuantity: quantity(take.dose.low, take.unit) }
          : { doseRange: { low: quantity(take.dose.low, take.unit), high: quantity(take.dose.high, take.unit) } });
      const total =
        take.total && take.dose && take.dose.high === null
          ? { rateRatio: { numerator: quantity(take.dose.low, take.unit), denominator: perPeriod(take.total) } }
          : null;
      return {
        ...(many && { sequence: at + 1 }),
        text: many ? sayStep({ ...step, takes: [take] }) : whole,
        ...(instructions.length > 0 && { additionalInstruction: instructions }),
        ...(step.note && { patientInstruction: step.note }),
        ...(Object.keys(repeat).length > 0 && { timing: { repeat } }),
        ...(step.needed === null
          ? {}
          : step.needed === ''
            ? { asNeededBoolean: true }
            : { asNeededCodeableConcept: { text: step.needed } }),
        ...(place && { [place.part]: { text: place.phrase } }),
        ...((total ?? dose) && { doseAndRate: [(total ?? dose)!] }),
        ...(step.max &&
          (step.max.per === 'take'
            ? { maxDosePerAdministration: quantity(step.max.value, step.max.unit) }
            : {
                maxDosePerPeriod: {
                  numerator: quantity(step.max.value, step.max.unit || 'prise'),
                  denominator: perPeriod(step.max.per),
                },
              })),
      };
    }),
  );
}
type Repeat = NonNullable<Timing['repeat']>;
function repeatOf(take: Take, step: Step): Repeat {
  const bounds: Repeat = step.duration
    ? { boundsDuration: perPeriodOf(step.duration) }
    : step.from || step.until
      ? { boundsPeriod: { ...(step.from && { start: step.from }), ...(step.until && { end: step.until }) } }
      : {};
  const coded = step.meals && !inWords(step.meals) ? mealCodes[step.meals] : null;
  const when = coded
    ? take.moments.length > 0
      ? take.moments.map((moment) => coded[moment]!)
      : [coded.any!]
    : take.moments;
  const { rhythm } = take;
  return {
    ...bounds,
    ...(take.once && { count: 1 }),
    ...(take.alternate && { frequency: 1, period: 2, periodUnit: 'd' as const }),
    ...(rhythm && {
      frequency: rhythm.times,
      ...(rhythm.timesMax !== null && { frequencyMax: rhythm.timesMax }),
      period: rhythm.every,
      ...(rhythm.everyMax !== null && { periodMax: rhythm.everyMax }),
      periodUnit: rhythm.unit,
    }),
    ...(take.days.length > 0 && { dayOfWeek: take.days }),
    ...(take.times.length > 0 && { timeOfDay: take.times.map((time) => `${time}:00`) }),
    ...(when.length > 0 && { when: when as NonNullable<Repeat['when']> }),
  };
}
const perPeriodOf = ({ value, unit }: { value: number; unit: Period }): Duration => ({
  value,
  unit: value >= 2 ? periodNames[unit].many : periodNames[unit].one,
  system: ucum,
  code: unit,
});

/** What FHIR says, as our form holds it; null when it says anything the form has no place for: nothing may be lost by opening and saving it. */
export function posologyFrom(dosages: readonly Dosage[] | undefined): Posology | null {
  if (!dosages?.length || dosages.length > 100) return null;
  const steps: Step[] = [];
  let sequence: number | undefined;
  for (const dosage of dosages) {
    if (steps.length === 0 || dosage.sequence !== sequence) steps.push(stepFrom(dosage));
    steps.at(-1)!.takes.push(takeFrom(dosage));
    sequence = dosage.sequence;
  }
  const posology = { steps };
  const told = dosagesOf(posology);
  return told.length === dosages.length &&
    told.every((one, at) => sameDosage(one, dosages[at]!)) &&
    canonical(tidy(posology)) === canonical(posology)
    ? posology
    : null;
}
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one)
            .filter(([, each]) => each !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
/** Words of another hand say more than the structure, unless they say the same. */
const sameDosage = (ours: Dosage, { text, id: _, ...theirs }: Dosage): boolean => {
  const { text: said, ...rest } = ours;
  return canonical(rest) === canonical(theirs) && (text === undefined || text === said);
};
export const codeOfMeal = (code: string): [Meal, Moment | null] | null => {
  for (const [meal, codes] of Object.entries(mealCodes))
    for (const [moment, one] of Object.entries(codes))
      if (one === code) return [meal as Meal, moment === 'any' ? null : (moment as Moment)];
  return null;
};
function stepFrom(dosage: Dosage): Step {
  const repeat = dosage.timing?.repeat;
  const coded = (repeat?.when ?? []).map((code) => codeOfMeal(code)).find(Boolean);
  const place = places.find(({ part, phrase }) => dosage[part]?.text === phrase);
  const max = (Array.isArray(dosage.maxDosePerPeriod) ? dosage.maxDosePerPeriod[0] : dosage.maxDosePerPeriod) as
    | Ratio
    | undefined;
  const unit = max?.numerator?.unit;
  const length = repeat?.boundsDuration;
  return {
    ...emptyStep(),
    meals:
      coded?.[0] ??
      (['fasting', 'apart'] as const).find((meal) =>
        dosage.additionalInstruction?.some(({ text }) => text === mealWords[meal]),
      ) ??
      null,
    where: place?.code ?? null,
    needed: dosage.asNeededCodeableConcept?.text ?? (dosage.asNeededBoolean ? '' : null),
    max:
      max?.numerator?.value !== undefined
        ? {
            value: max.numerator.value,
            unit: unit === 'prise' ? '' : (unit ?? ''),
            per: max.denominator?.code === 'wk' ? 'wk' : 'd',
          }
        : dosage.maxDosePerAdministration?.value !== undefined
          ? {
              value: dosage.maxDosePerAdministration.value,
              unit: dosage.maxDosePerAdministration.unit ?? '',
              per: 'take',
            }
          : null,
    duration:
      length?.value !== undefined && length.code && length.code in periodNames
        ? { value: length.value, unit: length.code as Period }
        : null,
    from: repeat?.boundsPeriod?.start ?? null,
    until: repeat?.boundsPeriod?.end ?? null,
    note: dosage.patientInstruction ?? '',
  };
}
function takeFrom(dosage: Dosage): Take {
  const repeat = dosage.timing?.repeat;
  const [rate] = dosage.doseAndRate ?? [];
  const amount = rate?.rateRatio?.numerator ?? rate?.doseQuantity ?? rate?.doseRange?.low;
  const turn =
    (['first', 'next'] as const).find((one) =>
      dosage.additionalInstruction?.some(({ text }) => text === turnWords[one]),
    ) ?? null;
  const isMoment = (code: string): code is Moment => moments.some((one) => one.code === code);
  return {
    ...emptyTake(),
    dose: amount?.value === undefined ? null : { low: amount.value, high: rate?.doseRange?.high?.value ?? null },
    unit: amount?.unit ?? '',
    moments: (repeat?.when ?? [])
      .map((code) => codeOfMeal(code)?.[1] ?? code)
      .filter((code): code is Moment => isMoment(code)),
    times: (repeat?.timeOfDay ?? []).map((time) => time.slice(0, 5)),
    days: (repeat?.dayOfWeek ?? []) as Day[],
    rhythm:
      !turn && repeat?.frequency !== undefined && repeat.period !== undefined && repeat.periodUnit
        ? {
            times: repeat.frequency,
            timesMax: repeat.frequencyMax ?? null,
            every: repeat.period,
            everyMax: repeat.periodMax ?? null,
            unit: repeat.periodUnit as Period,
          }
        : null,
    total: rate?.rateRatio ? (rate.rateRatio.denominator?.code === 'wk' ? 'wk' : 'd') : null,
    alternate: turn,
    once: repeat?.count === 1,
  };
}

/** What is typed, as FHIR: structured when all of it is understood, otherwise its words. */
export function dosagesFromText(typed: string, unit = ''): Dosage[] {
  const text = typed.trim();
  if (!text) return [];
  const { posology } = readPosology(text, unit);
  return posology ? dosagesOf(posology) : [{ text }];
}
/** Over this period, where the posology itself has no bounds: FHIR has room for one. */
export const withPeriod = (dosages: readonly Dosage[], period: { start?: string; end?: string }): Dosage[] =>
  dosages.map((one) =>
    one.timing?.repeat?.boundsDuration || one.timing?.repeat?.boundsPeriod || one.timing?.repeat?.boundsRange
      ? one
      : { ...one, timing: { ...one.timing, repeat: { ...one.timing?.repeat, boundsPeriod: period } } },
  );
