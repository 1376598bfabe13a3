/**
 * A posology as the form holds it: what is taken, when, for how long, within which limits. One step after another (decreasing doses), in each step one or more takes
 * («2 le matin, 1 le soir»). It is kept as FHIR `Dosage` (dosage.rules.ts), said in French (say.rules.ts; any FHIR dosage: say-dosages.rules.ts) and read from what is typed (read.rules.ts).
 */
export type Period = 'min' | 'h' | 'd' | 'wk' | 'mo' | 'a';
export interface Amount {
  low: number;
  /** «1 à 2»; null: exactly `low`. */
  high: number | null;
}
export interface Rhythm {
  times: number;
  timesMax: number | null;
  /** `times` in so many `unit`s: 3 times a day, once every 4 to 6 hours. */
  every: number;
  everyMax: number | null;
  unit: Period;
}
export interface Take {
  dose: Amount | null;
  /** As said: «comprimé», «mg»; '' when it was not said. */
  unit: string;
  moments: Moment[];
  /** `08:30`. */
  times: string[];
  days: Day[];
  rhythm: Rhythm | null;
  /** The dose is that of the whole day or week, however it is divided. */
  total: 'd' | 'wk' | null;
  /** One day this dose, the next day the other. */
  alternate: 'first' | 'next' | null;
  once: boolean;
}
export interface Step {
  takes: Take[];
  meals: Meal | null;
  where: string | null;
  /** Null: regularly; '': if needed; otherwise what for. */
  needed: string | null;
  /** `unit` '': times. */
  max: { value: number; unit: string; per: 'd' | 'wk' | 'take' } | null;
  duration: { value: number; unit: Period } | null;
  /** YYYY-MM-DD. */
  from: string | null;
  until: string | null;
  /** Words for the patient, beside the structure. */
  note: string;
}
export interface Posology {
  steps: Step[];
}

/** FHIR event-timing codes, in the order of the day. */
export const dayMoments = [
  { code: 'WAKE', label: 'Réveil', phrase: 'au réveil', words: /(?:au |le )?(?:reveil|lever)\b/ },
  { code: 'MORN', label: 'Matin', phrase: 'le matin', words: /(?:le |chaque |tous les |du )?matins?\b/ },
  { code: 'NOON', label: 'Midi', phrase: 'à midi', words: /(?:le |a |chaque |tous les )?midis?\b/ },
  {
    code: 'AFT',
    label: 'Après-midi',
    phrase: 'l’après-midi',
    words: /(?:l'|dans l')?apres[ -]?midi\b|(?:au )?gouter\b/,
  },
  { code: 'EVE', label: 'Soir', phrase: 'le soir', words: /(?:le |chaque |tous les |du )?soirs?\b/ },
  { code: 'HS', label: 'Coucher', phrase: 'au coucher', words: /(?:au |le |avant le |a l'heure du )?coucher\b/ },
  { code: 'NIGHT', label: 'Nuit', phrase: 'la nuit', words: /(?:la |chaque |pendant la )?nuit\b/ },
] as const;
export type Moment = (typeof dayMoments)[number]['code'];
export const weekDays = [
  { code: 'mon', label: 'lundi' },
  { code: 'tue', label: 'mardi' },
  { code: 'wed', label: 'mercredi' },
  { code: 'thu', label: 'jeudi' },
  { code: 'fri', label: 'vendredi' },
  { code: 'sat', label: 'samedi' },
  { code: 'sun', label: 'dimanche' },
] as const;
export type Day = (typeof weekDays)[number]['code'];
export const mealTimes = [
  {
    code: 'before',
    label: 'Avant le repas',
    phrase: 'avant le repas',
    words: /(?:\d+ ?min(?:utes)? )?avant (?:le|les|chaque) repas\b|avant (?:de )?manger\b/,
  },
  {
    code: 'with',
    label: 'Au cours du repas',
    phrase: 'au cours du repas',
    words:
      /(?:au cours|au milieu|au moment) (?:du|des|de chaque) repas\b|(?:pendant|avec|a|au|aux) (?:le |les |chaque )?repas\b|en mangeant\b/,
  },
  {
    code: 'after',
    label: 'Après le repas',
    phrase: 'après le repas',
    words: /apres (?:le|les|chaque) repas\b|a la fin du repas\b/,
  },
  { code: 'fasting', label: 'À jeun', phrase: 'à jeun', words: /a jeun\b/ },
  {
    code: 'apart',
    label: 'À distance des repas',
    phrase: 'à distance des repas',
    words: /(?:a distance|en dehors|loin) des repas\b|entre les repas\b/,
  },
] as const;
export type Meal = (typeof mealTimes)[number]['code'];

interface Unit {
  label: string;
  plural?: string;
  words: RegExp;
  ucum?: string;
}
/** What doses are counted in. Masses and volumes have their UCUM code; things one counts are said by their name. */
export const doseUnits: readonly Unit[] = [
  { label: 'comprimé', plural: 'comprimés', words: /(?:comprimes?|cps?|cpr|comp)\b/ },
  { label: 'gélule', plural: 'gélules', words: /(?:gelules?|gel)\b/ },
  { label: 'capsule', plural: 'capsules', words: /(?:capsules?|caps)\b/ },
  { label: 'sachet', plural: 'sachets', words: /(?:sachets?|sach)\b/ },
  { label: 'goutte', plural: 'gouttes', words: /(?:gouttes?|gttes?|gtt)\b/ },
  { label: 'bouffée', plural: 'bouffées', words: /bouffees?\b/ },
  { label: 'inhalation', plural: 'inhalations', words: /inhalations?\b/ },
  { label: 'pulvérisation', plural: 'pulvérisations', words: /(?:pulverisations?|pulv|sprays?)\b/ },
  { label: 'patch', plural: 'patchs', words: /(?:patch(?:s|es)?|dispositifs? transdermiques?)\b/ },
  { label: 'ampoule', plural: 'ampoules', words: /(?:ampoules?|amp)\b/ },
  { label: 'suppositoire', plural: 'suppositoires', words: /(?:suppositoires?|suppos?)\b/ },
  { label: 'ovule', plural: 'ovules', words: /ovules?\b/ },
  {
    label: 'cuillère à café',
    plural: 'cuillères à café',
    words: /(?:cuill(?:e|è)res? a cafe|cuilleres? a cafe|c\.? ?a ?c\.?|cac)(?![a-z])/,
  },
  {
    label: 'cuillère à soupe',
    plural: 'cuillères à soupe',
    words: /(?:cuilleres? a soupe|c\.? ?a ?s\.?|cas)(?![a-z])/,
  },
  { label: 'cuillère-mesure', plural: 'cuillères-mesures', words: /cuilleres?[ -]mesures?\b/ },
  { label: 'dose-kg', plural: 'doses-kg', words: /doses?[ -](?:kg|poids)\b/ },
  { label: 'dose', plural: 'doses', words: /doses?\b/ },
  { label: 'unité', plural: 'unités', words: /(?:unites?|u\.?i\.?|iu|u)(?![a-z/])/, ucum: '[iU]' },
  { label: 'injection', plural: 'injections', words: /(?:injections?|inj)\b/ },
  { label: 'application', plural: 'applications', words: /(?:applications?|appl)\b/ },
  { label: 'lavement', plural: 'lavements', words: /lavements?\b/ },
  { label: 'prise', plural: 'prises', words: /prises?\b/ },
  { label: 'pastille', plural: 'pastilles', words: /pastilles?\b/ },
  { label: 'mg/kg', words: /mg ?\/ ?kg\b/, ucum: 'mg/kg' },
  { label: 'µg', words: /(?:µg|mcg|ug|microgrammes?)\b/, ucum: 'ug' },
  { label: 'mg', words: /(?:mg|milligrammes?)\b/, ucum: 'mg' },
  { label: 'ml', words: /(?:ml|millilitres?)\b/, ucum: 'mL' },
  { label: 'g', words: /(?:grammes?|gr?)\b/, ucum: 'g' },
];
export const doseUnitOf = (label: string): Unit | undefined => doseUnits.find((unit) => unit.label === label);

/** Where and how: the phrase is what is said, and what FHIR's `route` or `site` says in words. */
export const dosePlaces = [
  { code: 'po', part: 'route', phrase: 'par voie orale', words: /(?:par )?voie orale\b|per os\b|p\.?o\.?(?![a-z])/ },
  { code: 'sl', part: 'route', phrase: 'sous la langue', words: /sous la langue\b|(?:en |par voie )?sublinguale?\b/ },
  {
    code: 'sc',
    part: 'route',
    phrase: 'en sous-cutané',
    words: /(?:en |par voie )?sous[ -]cutanee?\b|s\.?c\.?(?![a-z])/,
  },
  {
    code: 'im',
    part: 'route',
    phrase: 'en intramusculaire',
    words: /(?:en |par voie )?intra-?musculaire\b|i\.?m\.?(?![a-z])/,
  },
  {
    code: 'iv',
    part: 'route',
    phrase: 'en intraveineuse',
    words: /(?:en |par voie )?intra-?veineuse?\b|i\.?v\.?(?![a-z])/,
  },
  { code: 'inh', part: 'route', phrase: 'en inhalation', words: /(?:en|par) inhalation\b|par voie inhalee\b/ },
  { code: 'neb', part: 'route', phrase: 'en nébulisation', words: /(?:en|par) nebulisation\b|(?:en )?aerosol\b/ },
  { code: 'rect', part: 'route', phrase: 'par voie rectale', words: /(?:par )?voie rectale\b/ },
  { code: 'vag', part: 'route', phrase: 'par voie vaginale', words: /(?:par )?voie vaginale\b/ },
  { code: 'nose', part: 'site', phrase: 'dans chaque narine', words: /(?:dans (?:chaque|les) narines?|par narine)\b/ },
  {
    code: 'eyes',
    part: 'site',
    phrase: 'dans les deux yeux',
    words: /(?:dans (?:les deux|chaque|les) )(?:yeux|œil|oeil)(?![a-z])|odg\b/,
  },
  { code: 'eye-right', part: 'site', phrase: 'dans l’œil droit', words: /(?:dans l')?(?:œil|oeil) droit\b|od\b/ },
  { code: 'eye-left', part: 'site', phrase: 'dans l’œil gauche', words: /(?:dans l')?(?:œil|oeil) gauche\b|og\b/ },
  { code: 'ears', part: 'site', phrase: 'dans les deux oreilles', words: /dans (?:les deux|chaque|les) oreilles?\b/ },
  { code: 'ear-right', part: 'site', phrase: 'dans l’oreille droite', words: /(?:dans l')?oreille droite\b/ },
  { code: 'ear-left', part: 'site', phrase: 'dans l’oreille gauche', words: /(?:dans l')?oreille gauche\b/ },
  { code: 'skin', part: 'site', phrase: 'sur la peau', words: /sur la peau\b/ },
  { code: 'lesions', part: 'site', phrase: 'sur les lésions', words: /sur les? lesions?\b/ },
] as const;

export const periodNames: Record<Period, { one: string; many: string; she: boolean; words: RegExp }> = {
  min: { one: 'minute', many: 'minutes', she: true, words: /min(?:utes?)?\b/ },
  h: { one: 'heure', many: 'heures', she: true, words: /h(?:eures?)?\b/ },
  d: { one: 'jour', many: 'jours', she: false, words: /j(?:ours?|rs?)?\b/ },
  wk: { one: 'semaine', many: 'semaines', she: true, words: /sem(?:aines?)?\b/ },
  mo: { one: 'mois', many: 'mois', she: false, words: /mois\b/ },
  a: { one: 'an', many: 'ans', she: false, words: /an(?:s|nees?)?\b/ },
};

export const emptyTake = (): Take => ({
  dose: null,
  unit: '',
  moments: [],
  times: [],
  days: [],
  rhythm: null,
  total: null,
  alternate: null,
  once: false,
});
export const emptyStep = (): Step => ({
  takes: [],
  meals: null,
  where: null,
  needed: null,
  max: null,
  duration: null,
  from: null,
  until: null,
  note: '',
});

const momentAt = (code: Moment): number => dayMoments.findIndex((one) => one.code === code);
const dayAt = (code: Day): number => weekDays.findIndex((one) => one.code === code);
const sameDose = (a: Take, b: Take): boolean =>
  a.unit === b.unit && a.dose?.low === b.dose?.low && (a.dose?.high ?? null) === (b.dose?.high ?? null);
/** Only moments of every day: such takes are told in the order of the day. */
const ofTheDay = (take: Take): boolean =>
  take.moments.length > 0 &&
  take.times.length === 0 &&
  take.days.length === 0 &&
  !take.rhythm &&
  !take.total &&
  !take.alternate &&
  !take.once;

/** One way of saying the same: moments and days in order, neighbours with one dose together, what says nothing more left out. */
export function tidy(posology: Posology): Posology {
  return { steps: posology.steps.map((step) => ({ ...step, takes: tidyTakes(step.takes) })) };
}
function tidyTakes(takes: readonly Take[]): Take[] {
  const sorted = takes.map((take): Take => {
    const own = [...new Set(take.moments)].sort((a, b) => momentAt(a) - momentAt(b));
    const { rhythm } = take;
    const said =
      rhythm?.unit === 'd' &&
      rhythm.every === 1 &&
      !rhythm.everyMax &&
      !rhythm.timesMax &&
      rhythm.times === own.length + take.times.length;
    return {
      ...take,
      moments: own,
      times: [...new Set(take.times)].sort(),
      days: [...new Set(take.days)].sort((a, b) => dayAt(a) - dayAt(b)),
      rhythm: said ? null : rhythm,
      total: take.total === 'd' && own.length + take.times.length === 1 ? null : take.total,
    };
  });
  if (!sorted.every(ofTheDay)) return sorted;
  const singles = sorted
    .flatMap((take) => take.moments.map((moment): Take => ({ ...take, moments: [moment] })))
    .sort((a, b) => momentAt(a.moments[0]!) - momentAt(b.moments[0]!));
  const together: Take[] = [];
  for (const one of singles) {
    const last = together.at(-1);
    if (last && sameDose(last, one)) last.moments = [...new Set([...last.moments, ...one.moments])];
    else together.push(one);
  }
  return together;
}

const mealtimes: readonly Moment[] = ['MORN', 'NOON', 'EVE'];
/** «Before the meal» is said by FHIR's own codes at mealtimes, or of every meal. */
export const mealFits = (step: Step): boolean =>
  step.meals === null ||
  step.meals === 'fasting' ||
  step.meals === 'apart' ||
  step.takes.every((take) => take.times.length === 0 && take.moments.every((moment) => mealtimes.includes(moment)));

/** Says one thing only, and can be told back: what is not is kept as the words that were typed. */
export function isSound(posology: Posology): boolean {
  return (
    posology.steps.length > 0 &&
    posology.steps.length <= 30 &&
    posology.steps.every(
      (step, at) =>
        step.takes.length > 0 &&
        step.takes.length <= 8 &&
        step.takes.every((take) => soundTake(take, step)) &&
        mealFits(step) &&
        together(step) &&
        !(step.duration && (step.from || step.until)) &&
        !(step.from && step.until && step.until < step.from) &&
        (at === 0 || step.takes.every(({ dose }) => dose !== null)),
    )
  );
}
function soundTake(take: Take, step: Step): boolean {
  const timed = take.moments.length + take.times.length + take.days.length > 0 || take.rhythm !== null || take.once;
  if (take.dose && !(take.dose.low > 0 && (take.dose.high === null || take.dose.high > take.dose.low))) return false;
  if (take.total && (timed || !take.dose || take.dose.high !== null || take.alternate)) return false;
  if (take.moments.length > 0 && take.times.length > 0) return false;
  if (
    take.once &&
    (take.rhythm || take.days.length > 0 || take.moments.length + take.times.length > 1 || take.alternate)
  )
    return false;
  if (take.rhythm && !soundRhythm(take)) return false;
  if (take.alternate && (take.rhythm || take.days.length > 0 || !take.dose)) return false;
  return (
    timed ||
    take.total !== null ||
    take.alternate !== null ||
    (take.dose !== null &&
      step.takes.length === 1 &&
      (step.needed !== null || step.duration !== null || step.until !== null))
  );
}
function soundRhythm({ rhythm, moments: own, times, days: on }: Take): boolean {
  const { times: count, timesMax, every, everyMax, unit } = rhythm!;
  if (
    count < 1 ||
    every < 1 ||
    (timesMax !== null && timesMax <= count) ||
    (everyMax !== null && (everyMax <= every || count > 1 || timesMax !== null))
  )
    return false;
  if (on.length > 0) return false;
  // «le matin un jour sur deux», not «le matin 3 fois par jour» nor «le matin toutes les 6 heures».
  return (
    own.length + times.length === 0 ||
    (count === 1 &&
      timesMax === null &&
      everyMax === null &&
      (unit === 'wk' || unit === 'mo' || unit === 'a' || (unit === 'd' && every > 1)))
  );
}
/** Several takes: all at moments or hours, or each on its days, or two in turn. */
function together({ takes }: Step): boolean {
  if (takes.some(({ alternate }) => alternate))
    return takes.length === 2 && takes[0]!.alternate === 'first' && takes[1]!.alternate === 'next';
  if (takes.length === 1) return true;
  if (takes.some(({ dose, rhythm, total, once }) => !dose || rhythm || total || once)) return false;
  return (
    takes.every(({ days: on }) => on.length > 0) ||
    takes.every(({ days: on, moments: own, times }) => on.length === 0 && own.length + times.length > 0)
  );
}
