import {
  mealTimes as meals,
  type Moment,
  dayMoments as moments,
  type Period,
  periodNames,
  type Posology,
  readPosology,
  sayAmount,
  sayMax,
  sayNumber,
  sayPosology,
  sayRhythm,
  sayUnit,
  doseUnitOf,
} from '../../contract.ts';

export const gridMoments = ['MORN', 'NOON', 'EVE', 'HS'] as const satisfies readonly Moment[];
export type GridMoment = (typeof gridMoments)[number];
/** How often, as it is offered; whatever else is typed in the sentence. */
export const rhythms = [
  '1 fois par jour',
  '2 fois par jour',
  '3 fois par jour',
  '4 fois par jour',
  'toutes les 4 heures',
  'toutes les 6 heures',
  'toutes les 8 heures',
  'toutes les 12 heures',
  'toutes les 72 heures',
  'un jour sur deux',
  '1 fois par semaine',
  '1 fois par mois',
  'tous les 3 mois',
] as const;

/** A posology of one step as its fields hold it: what is typed, in words. */
export interface Composed {
  cells: Record<GridMoment, string>;
  unit: string;
  dose: string;
  rhythm: string;
  length: string;
  lengthUnit: Period;
  meal: string;
  /** Null: regularly. */
  needed: string | null;
  /** «4 g par jour». */
  max: string;
  note: string;
}
export const nothing = (unit: string): Composed => ({
  cells: { MORN: '', NOON: '', EVE: '', HS: '' },
  unit,
  dose: '',
  rhythm: '',
  length: '',
  lengthUnit: 'd',
  meal: '',
  needed: null,
  max: '',
  note: '',
});

const counted = (value: number, unit: string): string => sayNumber(value, !unit || !!doseUnitOf(unit)?.plural);
/** The fields of a posology; null when it says more than they can: it is then changed in its sentence. */
export function fieldsOf(posology: Posology): Composed | null {
  const [step, ...more] = posology.steps;
  if (!step || more.length > 0 || step.where || step.from || step.until) return null;
  const made = nothing(step.takes[0]!.unit);
  for (const take of step.takes) {
    if (
      take.days.length > 0 ||
      take.times.length > 0 ||
      take.alternate ||
      take.once ||
      take.total ||
      !take.dose ||
      take.unit !== made.unit
    )
      return null;
    if (take.moments.length > 0) {
      if (take.rhythm || take.dose.high !== null) return null;
      for (const moment of take.moments) {
        if (!gridMoments.includes(moment as GridMoment)) return null;
        made.cells[moment as GridMoment] = counted(take.dose.low, made.unit);
      }
    } else
      Object.assign(made, {
        dose:
          take.dose.high === null
            ? counted(take.dose.low, made.unit)
            : sayAmount(take.dose, made.unit).replace(` ${sayUnit(made.unit, take.dose.high)}`, ''),
        rhythm: take.rhythm ? sayRhythm(take.rhythm) : '',
      });
  }
  return {
    ...made,
    length: step.duration ? sayNumber(step.duration.value) : '',
    lengthUnit: step.duration?.unit ?? 'd',
    meal: step.meals ?? '',
    needed: step.needed,
    max: step.max ? sayMax(step.max).replace('maximum ', '') : '',
    note: step.note,
  };
}
/** The sentence of what the fields hold, read by the same engine as what is typed. */
export function sentenceOf(fields: Composed): string {
  const cells = gridMoments
    .filter((moment) => fields.cells[moment].trim() && fields.cells[moment].trim() !== '0')
    .map(
      (moment) =>
        `${fields.cells[moment].trim()} ${fields.unit} ${moments.find(({ code }) => code === moment)!.phrase}`,
    );
  const takes =
    cells.length > 0
      ? cells.join(', ')
      : [fields.dose.trim() && `${fields.dose.trim()} ${fields.unit}`, fields.rhythm].filter(Boolean).join(' ');
  const main = [
    takes,
    meals.find(({ code }) => code === fields.meal)?.phrase,
    fields.length.trim() && `pendant ${fields.length.trim()} ${periodNames[fields.lengthUnit].many}`,
  ]
    .filter(Boolean)
    .join(' ');
  const typed = [
    [
      main,
      fields.needed !== null && (fields.needed.trim() ? `si ${fields.needed.trim()}` : 'si besoin'),
      fields.max.trim() && `maximum ${fields.max.trim()}`,
    ]
      .filter(Boolean)
      .join(', '),
    fields.note && `(${fields.note})`,
  ]
    .filter(Boolean)
    .join(' ')
    .replace(/ +/g, ' ');
  const { posology } = readPosology(typed, fields.unit);
  return posology ? sayPosology(posology) : typed;
}
