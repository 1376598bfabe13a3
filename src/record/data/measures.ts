import { analytes, knownBefore } from './analytes.ts';
import { bodilyMeasures } from './bodily-measures.ts';
import { laboratoryMeasures } from './laboratory-measures.ts';

/**
 * Measures the practice enters in one gesture. Codes: LOINC; units: UCUM (`unit`) and as people write them (`shown`). Reference ranges are
 * the usual ones of adults unless an age or a sex is given; a laboratory's own range, when received, wins.
 */
export interface MeasureRange {
  /** Years, inclusive and exclusive; absent: any. */
  fromAge?: number;
  toAge?: number;
  sex?: 'male' | 'female';
  low?: number;
  high?: number;
  /** Beyond these someone must act now. */
  criticalLow?: number;
  criticalHigh?: number;
}
export interface Measure {
  code: string;
  label: string;
  short: string;
  group: 'vital' | 'growth' | 'metabolic' | 'breathing' | 'pain' | 'laboratory' | 'pregnancy' | 'score';
  /** Observation category: what kind of data it becomes. */
  category: 'vital-signs' | 'exam' | 'laboratory' | 'survey';
  unit: string;
  shown: string;
  decimals: number;
  /** Outside of this a typing mistake is likely: asked again. */
  plausible: readonly [number, number];
  ranges: readonly MeasureRange[];
  /** Components entered together (blood pressure), in the order they are said. */
  components?: readonly string[];
  /** Part of another measure: never entered alone. */
  partOf?: string;
  /** Not typed: worked out. */
  computed?: true;
  /** Which way is good, for the colour of a trend; absent: neither. */
  better?: 'down' | 'up';
  sites?: readonly string[];
}

export const measures: readonly Measure[] = [...bodilyMeasures, ...laboratoryMeasures];

/** Where the ranges and critical limits of a measure come from; a measure without any has none. No professional has read them line by line. */
export const measureSources: Readonly<Record<string, string>> = {
  '8480-6': 'HAS et SFHTA, Prise en charge de l’hypertension artérielle de l’adulte, 2016 : normale sous 140, sévère dès 180 mmHg ; bornes basses usuelles',
  '8462-4': 'HAS et SFHTA, Prise en charge de l’hypertension artérielle de l’adulte, 2016 : normale sous 90, sévère dès 110 mmHg ; borne basse usuelle',
  '8867-4': 'valeurs usuelles par âge, indicatives',
  '8310-5': 'valeurs usuelles : fièvre dès 38 °C, hypothermie sous 35 °C',
  '2708-6': 'valeurs usuelles en air ambiant ; sous 90 %, hypoxémie à traiter',
  '9279-1': 'valeurs usuelles par âge, indicatives',
  '39156-5': 'OMS (18,5 à 24,9) ; dès 70 ans : HAS, Diagnostic de la dénutrition chez la personne de 70 ans et plus, 2021 (22)',
  '8280-0': 'HAS, Surpoids et obésité de l’adulte, 2011 : risque dès 102 cm chez l’homme et 88 cm chez la femme',
  '41653-7': 'HAS et SFD pour les objectifs ; sous 0,54 g/L : hypoglycémie importante, International Hypoglycaemia Study Group, 2017 ; 3 g/L : usuel',
  '4548-4': 'valeurs usuelles, méthode certifiée NGSP',
  '72514-3': 'échelle numérique : intense dès 7 (ANAES, Évaluation et suivi de la douleur chronique, 1999)',
  '9269-2': 'Teasdale G., Jennett B., Lancet 1974;2:81-4 : coma sous 9',
  '38227-5': 'Braden B., Bergstrom N., 1987 : sans risque dès 19, risque élevé jusqu’à 12',
  '72106-8': 'Folstein M. F., J Psychiatr Res 1975;12:189-98 ; seuil à 24, à lire selon l’âge et le niveau d’études',
  '55283-6': 'CNGOF, Surveillance fœtale pendant le travail, 2007 : 110 à 160 par minute',
  '6301-6': 'HAS, Prise en charge des surdosages en antivitamines K, 2008 ; la cible dépend de l’indication',
  '14682-9': 'valeurs usuelles de l’adulte, indicatives ; le DFG estimé prime',
  '62238-1': 'KDIGO, Chronic kidney disease, 2024 : G3 sous 60, G5 sous 15',
  '2823-3': 'valeurs usuelles de l’adulte ; seuils critiques : Kost GJ, JAMA 1990;263:704-7',
  '2951-2': 'valeurs usuelles de l’adulte ; seuils critiques : Kost GJ, JAMA 1990;263:704-7',
  '718-7': 'OMS, Guideline on haemoglobin cutoffs to define anaemia, 2024, borne basse ; seuil critique : Kost GJ, JAMA 1990;263:704-7',
  '2089-1': 'valeur usuelle ; HAS et ESC/EAS 2019 : la cible dépend du risque cardiovasculaire',
  '3016-3': 'HAS, Prise en charge des hypothyroïdies et hyperthyroïdies, 2022 : 0,4 à 4 mUI/L',
  '2276-4': 'HAS, Choix des examens du métabolisme du fer, 2011, et valeurs usuelles',
  '9318-7': 'KDIGO, Chronic kidney disease, 2024 : A2 dès 30 mg/g',
};

/** Codes of other origin that mean a measure of the catalogue: one curve for both. Never a percentile (59576-9 is that of the body mass index) beside the measure itself. */
export const measureAliases: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...analytes.map(({ code, also, formerly }) => [code, [...(also ?? []), ...(formerly ?? [])]] as const), ...Object.entries(knownBefore).map(([code, { also }]) => [code, also ?? []] as const)].flatMap(([code, others]) => others.map((one) => [one, code]))),
  '3141-9': '29463-7',
  '3137-7': '8302-2',
  '8306-3': '8302-2',
  '32016-8': '41653-7',
  '55284-4': '85354-9',
  '59408-5': '2708-6',
  '20564-1': '2708-6',
  '8287-5': '9843-4',
  '17856-6': '4548-4',
  '34714-6': '6301-6',
  '8331-1': '8310-5',
};

/** What each profession enters most, in the order it is said aloud. */
const usualMeasures: Readonly<Record<string, readonly string[]>> = {
  physician: ['85354-9', '8867-4', '29463-7', '8302-2', '8310-5', '2708-6'],
  nurse: ['85354-9', '8867-4', '8310-5', '2708-6', '41653-7', '72514-3', '29463-7'],
  'advanced-practice-nurse': ['85354-9', '8867-4', '29463-7', '8280-0', '4548-4', '2708-6'],
  'asalee-nurse': ['85354-9', '29463-7', '8280-0', '4548-4', '41653-7'],
  midwife: ['85354-9', '29463-7', '11881-0', '55283-6', '8310-5'],
  physiotherapist: ['72514-3', '2708-6', '9279-1', '33452-4', '8867-4'],
  pharmacist: ['85354-9', '41653-7', '8867-4', '6301-6'],
  dietician: ['29463-7', '8302-2', '8280-0', '4548-4'],
  chiropodist: ['72514-3', '41653-7'],
  'medical-assistant': ['85354-9', '8867-4', '29463-7', '8302-2', '8310-5', '2708-6'],
  'dental-surgeon': ['72514-3', '85354-9', '41653-7', '6301-6'],
  'speech-therapist': ['29463-7', '2708-6', '72106-8', '72514-3'],
  orthoptist: ['41653-7', '85354-9', '4548-4'],
  'occupational-therapist': ['72514-3', '38227-5', '29463-7', '85354-9'],
  'psychomotor-therapist': ['72514-3', '29463-7', '8302-2', '8867-4'],
  'laboratory-technician': ['8310-5', '41653-7'],
};
export const usualMeasuresOf = (profession: string): readonly string[] => usualMeasures[profession] ?? ['85354-9', '29463-7', '72514-3'];

const byCode = new Map([...measures, ...analytes].map((measure): [string, Measure] => [measure.code, measure]));
export const measureOf = (code: string): Measure | undefined => byCode.get(measureAliases[code] ?? code);

/** What is said ten or a hundred times smaller than it is kept: a pressure in centimetres of mercury, a height in metres. */
const saidSmaller: Readonly<Record<string, number>> = { '8480-6': 10, '8462-4': 10, '8302-2': 100 };
/** «16/9» is 160/90 mmHg and «1,72» is 172 cm: a value that cannot be, and could be as it is said aloud. */
export const asSaid = ({ code, plausible: [low, high] }: Measure, value: number): number => {
  const kept = Number((value * (saidSmaller[code] ?? 1)).toFixed(3));
  return value < low && kept >= low && kept <= high ? kept : value;
};

/** The range that holds for this age (years) and sex. */
export const rangeFor = (measure: Measure, age: number | null, sex: string | undefined): MeasureRange | undefined =>
  measure.ranges.find((range) => (range.sex === undefined || range.sex === sex) && (age === null ? range.fromAge === undefined || range.fromAge <= 18 : (range.fromAge ?? 0) <= age && age < (range.toAge ?? 200)));
