import { emptyStep, isSound, type Posology, type Step, type Take, tidy, doseUnits as units } from './posology.ts';
import { fold, number, numberOf, unitPattern, unitOf, period, periodOf } from './posology-words.rules.ts';
import { readStep } from './read-step.rules.ts';

export interface ReadPosology {
  /** Null: what was typed is kept as free text. */
  posology: Posology | null;
  /** The words that were not understood, as typed; '' when nothing was typed, or when words are understood and do not fit together. */
  unread: string;
}

const decrease = new RegExp(
  `^(.*?)[ ,;]*(?:puis )?(?:en )?(?:diminuer|diminuant|baisser|baissant|reduire|reduisant|decroitre)(?: la dose| ensuite)? de (${number}) ?(?:${unitPattern})?(?: tous les| toutes les| par|/| chaque) ?(?<every>${number} )?${period}(?:,? jusqu'a (?:l')?(?<stop>arret|${number})[^\\d,;()]*)?\\.?$`,
);
/** «40 mg le matin, diminuer de 10 mg tous les 3 jours»: a step for each dose. */
function decreasing(folded: string, typed: string): Posology | null {
  const match = decrease.exec(folded);
  if (!match) return null;
  const first = readStep(match[1]!, typed.slice(0, match[1]!.length));
  if (
    !('step' in first) ||
    first.step.takes.length !== 1 ||
    !first.step.takes[0]!.dose ||
    first.step.takes[0]!.dose.high !== null ||
    first.step.until
  )
    return null;
  const [take] = first.step.takes as [Take];
  const less = numberOf(match[2]!);
  const unit = unitOf(match.groups!);
  if (less <= 0 || (unit && take.unit && unit !== take.unit)) return null;
  const duration = { value: match.groups!.every ? numberOf(match.groups!.every) : 1, unit: periodOf(match.groups!) };
  const stop = match.groups!.stop && match.groups!.stop !== 'arret' ? numberOf(match.groups!.stop) : 0;
  const steps: Step[] = [];
  for (let dose = take.dose!.low; dose > 0 && dose >= stop; dose = Math.round((dose - less) * 1000) / 1000) {
    steps.push({
      ...(steps.length === 0 ? first.step : { ...emptyStep(), meals: first.step.meals, where: first.step.where }),
      takes: [{ ...take, unit: take.unit || unit, dose: { low: dose, high: null } }],
      duration: stop > 0 && dose === stop ? null : steps.length === 0 ? (first.step.duration ?? duration) : duration,
    });
    if (steps.length > 30) return null;
  }
  return { steps };
}

const stepEnd = /,? *(?:\b(?:puis|ensuite)\b|→|->|=>) */;
/**
 * Reads a posology as it is said aloud. All of it is understood or nothing is: half a posology would say something else than what was typed. What stands in brackets are words
 * for the patient and stay words.
 * @param unit what is counted when the dose has no unit (`unitOfLabel` of the medicine).
 */
export function readPosology(typed: string, unit = ''): ReadPosology {
  const text = typed
    .normalize('NFC')
    .trim()
    .replace(/[.\s]+$/, '');
  if (!text || text.length > 500) return { posology: null, unread: '' };
  const folded = fold(text).replace(/\([^()]*\)/g, (one) => `(${'#'.repeat(one.length - 2)})`);
  const whole = decreasing(folded, text);
  let posology = whole;
  if (!posology) {
    const steps: Step[] = [];
    let at = 0;
    for (const part of folded.split(new RegExp(`(${stepEnd.source})`))) {
      if (!stepEnd.test(part) || part.replace(stepEnd, '') !== '') {
        const read = readStep(part, text.slice(at, at + part.length));
        if (!('step' in read)) return { posology: null, unread: read.unread };
        steps.push(read.step);
      }
      at += part.length;
    }
    posology = { steps };
  }
  const known = unit || posology.steps.flatMap(({ takes }) => takes).find((take) => take.unit)?.unit || '';
  posology = tidy({
    steps: posology.steps.map((step) => ({
      ...step,
      takes: step.takes.map((take) => (take.dose && !take.unit ? { ...take, unit: known } : take)),
    })),
  });
  return isSound(posology) ? { posology, unread: '' } : { posology: null, unread: '' };
}
/** What a medicine is counted in, from its name: «METFORMINE 1 000 mg, comprimé pelliculé». */
export function unitOfLabel(label: string): string {
  const folded = fold(label);
  const found = units
    .filter(
      ({ plural, label: one }) =>
        plural && !['dose', 'application', 'injection', 'inhalation', 'prise', 'unité'].includes(one),
    )
    .find(({ label: one }) => new RegExp(`\\b${fold(one)}s?\\b`).test(folded));
  return found?.label ?? '';
}
