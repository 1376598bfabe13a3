import type { Dosage, Quantity, Range, Ratio, Timing } from '@medplum/fhirtypes';
import {
  weekDays as days,
  mealTimes as meals,
  dayMoments as moments,
  type Period,
  periodNames,
  doseUnitOf,
} from './posology.ts';
import {
  listed,
  sayBounds,
  sayDay,
  sayDays,
  sayNeeded,
  sayNumber,
  sayPeriod,
  sayPosology,
  sayRhythm,
  sayTime,
  sayUnit,
} from './say.rules.ts';
import { codeOfMeal, posologyFrom } from './dosage.rules.ts';
import { dosageWords } from './foreign-words.ts';
import { withoutAccents } from '../../../platform/text/fold.rules.ts';

/** What was said lately, by the dosages as they are stored: the same few stand on each opening of a record. */
const lately = new Map<string, string>();
/** Any FHIR dosages in French: what was written by hand stays as it was written, and no warning is left out. */
export function sayDosages(dosages: readonly Dosage[] | undefined): string {
  if (!dosages?.length) return '';
  const stored = JSON.stringify(dosages);
  const known = lately.get(stored);
  if (known !== undefined) return known;
  const said = inWords(dosages);
  if (lately.size >= 1_000) lately.clear();
  if (stored.length < 2_000) lately.set(stored, said);
  return said;
}
function inWords(dosages: readonly Dosage[]): string {
  const posology = posologyFrom(dosages);
  if (posology) return sayPosology(posology);
  let said = '';
  dosages.forEach((dosage, at) => {
    const one = sayDosage(dosage);
    if (one)
      said += said
        ? `${dosages[at - 1]!.sequence !== undefined && dosage.sequence !== undefined && dosage.sequence > dosages[at - 1]!.sequence! ? ', puis ' : ' ; '}${one}`
        : one;
  });
  return said;
}
const fold = (text: string): string => withoutAccents(text).toLowerCase();
const sayQuantity = (value: Quantity | undefined): string =>
  value?.value === undefined
    ? ''
    : [
        value.comparator,
        sayNumber(value.value, !!doseUnitOf(value.unit ?? '')?.plural),
        sayUnit(value.unit ?? value.code ?? '', value.value),
      ]
        .filter(Boolean)
        .join(' ');
const sayRange = (range: Range | undefined): string =>
  range ? [sayQuantity(range.low), sayQuantity(range.high)].filter(Boolean).join(' à ') : '';
const sayRatio = (ratio: Ratio | undefined): string =>
  ratio
    ? [
        sayQuantity(ratio.numerator),
        ratio.denominator &&
          (ratio.denominator.value === 1
            ? (periodNames[ratio.denominator.code as Period]?.one ?? ratio.denominator.unit ?? '')
            : sayQuantity(ratio.denominator)),
      ]
        .filter(Boolean)
        .join(' par ')
    : '';
const whenWords: Record<string, string> = {
  'MORN.early': 'tôt le matin',
  'MORN.late': 'en fin de matinée',
  'AFT.early': 'en début d’après-midi',
  'AFT.late': 'en fin d’après-midi',
  'EVE.early': 'en début de soirée',
  'EVE.late': 'tard le soir',
  PHS: 'après le coucher',
};

function sayDosage(dosage: Dosage): string {
  const reason = dosageWords(dosage.asNeededCodeableConcept);
  const max = (
    Array.isArray(dosage.maxDosePerPeriod)
      ? dosage.maxDosePerPeriod
      : dosage.maxDosePerPeriod
        ? [dosage.maxDosePerPeriod]
        : []
  ) as Ratio[];
  const warnings = [
    dosage.asNeededCodeableConcept ? sayNeeded(reason) : dosage.asNeededBoolean ? 'si besoin' : '',
    ...max.map((one) => `maximum ${sayRatio(one)}`),
    dosage.maxDosePerAdministration && `maximum ${sayQuantity(dosage.maxDosePerAdministration)} par prise`,
    dosage.maxDosePerLifetime && `maximum ${sayQuantity(dosage.maxDosePerLifetime)} en tout`,
    ...(dosage.additionalInstruction ?? []).map(dosageWords),
    dosage.patientInstruction,
  ].filter((one): one is string => !!one);
  const main =
    dosage.text?.trim() ||
    [
      doseAndTiming(doseWords(dosage), timingWords(dosage.timing)),
      dosageWords(dosage.method),
      dosageWords(dosage.route),
      dosageWords(dosage.site),
    ]
      .filter(Boolean)
      .join(' ');
  const missing = warnings.filter((one) => !fold(main).includes(fold(one)));
  return [main, ...missing].filter(Boolean).join(', ');
}
/** «1, 3 fois par jour»: two numbers are told apart when no unit stands between them. */
const doseAndTiming = (dose: string, timing: string): string =>
  [dose, timing].filter(Boolean).join(/\d$/.test(dose) && /^\d/.test(timing) ? ', ' : ' ');
const doseWords = (dosage: Dosage): string =>
  (dosage.doseAndRate ?? [])
    .map((one) =>
      [
        [sayQuantity(one.doseQuantity), sayRange(one.doseRange)].filter(Boolean).join(' '),
        [sayRatio(one.rateRatio), sayRange(one.rateRange), sayQuantity(one.rateQuantity)].filter(Boolean).join(' '),
      ]
        .filter(Boolean)
        .join(', débit '),
    )
    .filter(Boolean)
    .join(' ou ');
function timingWords(timing: Timing | undefined): string {
  const repeat = timing?.repeat;
  const often =
    repeat?.period !== undefined && repeat.periodUnit
      ? sayRhythm({
          times: repeat.frequency ?? 1,
          timesMax: repeat.frequencyMax ?? null,
          every: repeat.period,
          everyMax: repeat.periodMax ?? null,
          unit: repeat.periodUnit as Period,
        })
      : '';
  const when = (repeat?.when ?? []).map((code) => {
    const meal = codeOfMeal(code);
    if (meal)
      return [
        meal[1] && moments.find((one) => one.code === meal[1])!.phrase,
        meals.find((one) => one.code === meal[0])!.phrase,
      ]
        .filter(Boolean)
        .join(' ');
    return moments.find((one) => one.code === code)?.phrase ?? whenWords[code] ?? code;
  });
  const length = repeat?.boundsDuration;
  const bounds =
    length?.value !== undefined
      ? `pendant ${length.code && length.code in periodNames ? sayPeriod(length.value, length.code as Period) : sayQuantity(length)}`
      : repeat?.boundsRange
        ? `pendant ${sayRange(repeat.boundsRange)}`
        : sayBounds({
            duration: null,
            from: repeat?.boundsPeriod?.start?.slice(0, 10) ?? null,
            until: repeat?.boundsPeriod?.end?.slice(0, 10) ?? null,
          });
  return [
    !repeat && dosageWords(timing?.code),
    repeat?.dayOfWeek?.length &&
      sayDays(days.map(({ code }) => code).filter((code) => repeat.dayOfWeek!.includes(code))),
    when.length > 0 && `${repeat?.offset ? `${sayPeriod(repeat.offset, 'min')} ` : ''}${listed(when)}`,
    repeat?.timeOfDay?.length && listed(repeat.timeOfDay.map((time) => `à ${sayTime(time)}`)),
    often,
    repeat?.count &&
      (repeat.countMax
        ? `de ${repeat.count} à ${repeat.countMax} fois en tout`
        : repeat.count === 1
          ? 'en une seule fois'
          : `${repeat.count} fois en tout`),
    repeat?.duration &&
      repeat.durationUnit &&
      `sur ${repeat.durationMax ? `${repeat.duration} à ` : ''}${sayPeriod(repeat.durationMax ?? repeat.duration, repeat.durationUnit as Period)}`,
    timing?.event?.length && listed(timing.event.map((one) => `le ${sayDay(one)}`)),
    bounds,
  ]
    .filter(Boolean)
    .join(' ');
}
