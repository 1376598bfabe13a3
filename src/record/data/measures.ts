import { analytes, knownBefore } from './analytes.ts';

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

const arm = ['Bras gauche', 'Bras droit', 'Poignet gauche', 'Poignet droit'] as const;

export const measures: readonly Measure[] = [
  {
    code: '85354-9',
    label: 'Pression artérielle',
    short: 'PA',
    group: 'vital',
    category: 'vital-signs',
    unit: 'mm[Hg]',
    shown: 'mmHg',
    decimals: 0,
    plausible: [20, 300],
    ranges: [],
    components: ['8480-6', '8462-4'],
    better: 'down',
    sites: arm,
  },
  {
    code: '8480-6',
    label: 'Systolique',
    short: 'PAS',
    group: 'vital',
    category: 'vital-signs',
    unit: 'mm[Hg]',
    shown: 'mmHg',
    decimals: 0,
    plausible: [40, 300],
    ranges: [{ fromAge: 18, low: 90, high: 139, criticalLow: 80, criticalHigh: 180 }],
    partOf: '85354-9',
    better: 'down',
  },
  {
    code: '8462-4',
    label: 'Diastolique',
    short: 'PAD',
    group: 'vital',
    category: 'vital-signs',
    unit: 'mm[Hg]',
    shown: 'mmHg',
    decimals: 0,
    plausible: [20, 200],
    ranges: [{ fromAge: 18, low: 50, high: 89, criticalHigh: 110 }],
    partOf: '85354-9',
    better: 'down',
  },
  {
    code: '8867-4',
    label: 'Fréquence cardiaque',
    short: 'FC',
    group: 'vital',
    category: 'vital-signs',
    unit: '/min',
    shown: '/min',
    decimals: 0,
    plausible: [20, 260],
    ranges: [
      { toAge: 1, low: 100, high: 180 },
      { fromAge: 1, toAge: 6, low: 80, high: 140 },
      { fromAge: 6, toAge: 12, low: 70, high: 120 },
      { fromAge: 12, low: 50, high: 100, criticalLow: 40, criticalHigh: 130 },
    ],
  },
  {
    code: '8310-5',
    label: 'Température',
    short: 'T°',
    group: 'vital',
    category: 'vital-signs',
    unit: 'Cel',
    shown: '°C',
    decimals: 1,
    plausible: [30, 43],
    ranges: [{ low: 36, high: 37.9, criticalLow: 35, criticalHigh: 40 }],
  },
  {
    code: '2708-6',
    label: 'Saturation en oxygène',
    short: 'SpO₂',
    group: 'breathing',
    category: 'vital-signs',
    unit: '%',
    shown: '%',
    decimals: 0,
    plausible: [50, 100],
    ranges: [{ low: 95, high: 100, criticalLow: 90 }],
  },
  {
    code: '9279-1',
    label: 'Fréquence respiratoire',
    short: 'FR',
    group: 'breathing',
    category: 'vital-signs',
    unit: '/min',
    shown: '/min',
    decimals: 0,
    plausible: [4, 100],
    ranges: [
      { toAge: 1, low: 30, high: 60 },
      { fromAge: 1, toAge: 6, low: 20, high: 40 },
      { fromAge: 6, toAge: 12, low: 15, high: 30 },
      { fromAge: 12, low: 12, high: 20, criticalLow: 8, criticalHigh: 30 },
    ],
  },
  {
    code: '29463-7',
    label: 'Poids',
    short: 'Poids',
    group: 'growth',
    category: 'vital-signs',
    unit: 'kg',
    shown: 'kg',
    decimals: 1,
    plausible: [0.4, 350],
    ranges: [],
  },
  {
    code: '8302-2',
    label: 'Taille',
    short: 'Taille',
    group: 'growth',
    category: 'vital-signs',
    unit: 'cm',
    shown: 'cm',
    decimals: 1,
    plausible: [25, 250],
    ranges: [],
  },
  {
    code: '39156-5',
    label: 'Indice de masse corporelle',
    short: 'IMC',
    group: 'growth',
    category: 'vital-signs',
    unit: 'kg/m2',
    shown: 'kg/m²',
    decimals: 1,
    plausible: [7, 90],
    ranges: [
      { fromAge: 18, toAge: 70, low: 18.5, high: 24.9 },
      { fromAge: 70, low: 22, high: 29.9 },
    ],
    computed: true,
  },
  {
    code: '9843-4',
    label: 'Périmètre crânien',
    short: 'PC',
    group: 'growth',
    category: 'vital-signs',
    unit: 'cm',
    shown: 'cm',
    decimals: 1,
    plausible: [20, 70],
    ranges: [],
  },
  {
    code: '8280-0',
    label: 'Tour de taille',
    short: 'Tour de taille',
    group: 'growth',
    category: 'exam',
    unit: 'cm',
    shown: 'cm',
    decimals: 0,
    plausible: [30, 250],
    ranges: [
      { fromAge: 18, sex: 'male', high: 101 },
      { fromAge: 18, sex: 'female', high: 87 },
    ],
    better: 'down',
  },
  {
    code: '41653-7',
    label: 'Glycémie capillaire',
    short: 'Glycémie',
    group: 'metabolic',
    category: 'exam',
    unit: 'g/L',
    shown: 'g/L',
    decimals: 2,
    plausible: [0.1, 8],
    ranges: [{ low: 0.7, high: 1.8, criticalLow: 0.54, criticalHigh: 3 }],
  },
  {
    code: '4548-4',
    label: 'HbA1c',
    short: 'HbA1c',
    group: 'metabolic',
    category: 'laboratory',
    unit: '%',
    shown: '%',
    decimals: 1,
    plausible: [3, 20],
    ranges: [{ low: 4, high: 6 }],
    better: 'down',
  },
  {
    code: '72514-3',
    label: 'Douleur (0 à 10)',
    short: 'Douleur',
    group: 'pain',
    category: 'exam',
    unit: '{score}',
    shown: '/10',
    decimals: 0,
    plausible: [0, 10],
    ranges: [{ low: 0, high: 3, criticalHigh: 7 }],
    better: 'down',
  },
  {
    code: '33452-4',
    label: 'Débit expiratoire de pointe',
    short: 'DEP',
    group: 'breathing',
    category: 'exam',
    unit: 'L/min',
    shown: 'L/min',
    decimals: 0,
    plausible: [30, 900],
    ranges: [],
    better: 'up',
  },
  {
    code: '9269-2',
    label: 'Score de Glasgow',
    short: 'Glasgow',
    group: 'score',
    category: 'exam',
    unit: '{score}',
    shown: '/15',
    decimals: 0,
    plausible: [3, 15],
    ranges: [{ low: 15, high: 15, criticalLow: 9 }],
    better: 'up',
  },
  {
    code: '38227-5',
    label: 'Échelle de Braden',
    short: 'Braden',
    group: 'score',
    category: 'exam',
    unit: '{score}',
    shown: '/23',
    decimals: 0,
    plausible: [6, 23],
    ranges: [{ low: 19, high: 23, criticalLow: 13 }],
    better: 'up',
  },
  {
    code: '72106-8',
    label: 'MMSE (score total)',
    short: 'MMSE',
    group: 'score',
    category: 'exam',
    unit: '{score}',
    shown: '/30',
    decimals: 0,
    plausible: [0, 30],
    ranges: [{ low: 24, high: 30 }],
    better: 'up',
  },
  {
    code: '11881-0',
    label: 'Hauteur utérine',
    short: 'HU',
    group: 'pregnancy',
    category: 'exam',
    unit: 'cm',
    shown: 'cm',
    decimals: 0,
    plausible: [5, 50],
    ranges: [],
  },
  {
    code: '55283-6',
    label: 'Rythme cardiaque fœtal',
    short: 'RCF',
    group: 'pregnancy',
    category: 'exam',
    unit: '/min',
    shown: '/min',
    decimals: 0,
    plausible: [50, 240],
    ranges: [{ low: 110, high: 160, criticalLow: 100, criticalHigh: 180 }],
  },
  {
    code: '6301-6',
    label: 'INR',
    short: 'INR',
    group: 'laboratory',
    category: 'laboratory',
    unit: '{INR}',
    shown: '',
    decimals: 1,
    plausible: [0.5, 20],
    ranges: [{ criticalHigh: 6 }],
  },
  {
    code: '14682-9',
    label: 'Créatinine',
    short: 'Créatinine',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'umol/L',
    shown: 'µmol/L',
    decimals: 0,
    plausible: [5, 2000],
    ranges: [
      { fromAge: 18, sex: 'male', low: 60, high: 110 },
      { fromAge: 18, sex: 'female', low: 45, high: 90 },
    ],
    better: 'down',
  },
  {
    code: '62238-1',
    label: 'DFG estimé (CKD-EPI)',
    short: 'DFG',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'mL/min/{1.73_m2}',
    shown: 'mL/min/1,73 m²',
    decimals: 0,
    plausible: [1, 200],
    ranges: [{ fromAge: 18, low: 60, criticalLow: 15 }],
    better: 'up',
  },
  {
    code: '2823-3',
    label: 'Potassium',
    short: 'K⁺',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'mmol/L',
    shown: 'mmol/L',
    decimals: 1,
    plausible: [1, 12],
    ranges: [{ low: 3.5, high: 5, criticalLow: 2.8, criticalHigh: 6 }],
  },
  {
    code: '2951-2',
    label: 'Sodium',
    short: 'Na⁺',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'mmol/L',
    shown: 'mmol/L',
    decimals: 0,
    plausible: [90, 200],
    ranges: [{ low: 135, high: 145, criticalLow: 120, criticalHigh: 158 }],
  },
  {
    code: '718-7',
    label: 'Hémoglobine',
    short: 'Hb',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'g/dL',
    shown: 'g/dL',
    decimals: 1,
    plausible: [2, 25],
    ranges: [
      { fromAge: 15, sex: 'male', low: 13, high: 17, criticalLow: 7 },
      { fromAge: 15, sex: 'female', low: 12, high: 16, criticalLow: 7 },
    ],
  },
  {
    code: '2089-1',
    label: 'LDL-cholestérol',
    short: 'LDL',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'g/L',
    shown: 'g/L',
    decimals: 2,
    plausible: [0.1, 8],
    ranges: [{ fromAge: 18, high: 1.6 }],
    better: 'down',
  },
  {
    code: '3016-3',
    label: 'TSH',
    short: 'TSH',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'm[IU]/L',
    shown: 'mUI/L',
    decimals: 2,
    plausible: [0.001, 200],
    ranges: [{ fromAge: 18, low: 0.4, high: 4 }],
  },
  {
    code: '2276-4',
    label: 'Ferritine',
    short: 'Ferritine',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'ng/mL',
    shown: 'µg/L',
    decimals: 0,
    plausible: [1, 10000],
    ranges: [
      { fromAge: 18, sex: 'male', low: 30, high: 300 },
      { fromAge: 18, sex: 'female', low: 20, high: 200 },
    ],
  },
  {
    code: '9318-7',
    label: 'Albuminurie / créatininurie',
    short: 'RAC',
    group: 'laboratory',
    category: 'laboratory',
    unit: 'mg/g',
    shown: 'mg/g',
    decimals: 0,
    plausible: [0, 20000],
    ranges: [{ high: 30 }],
    better: 'down',
  },
];

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
export const usualMeasures: Readonly<Record<string, readonly string[]>> = {
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
