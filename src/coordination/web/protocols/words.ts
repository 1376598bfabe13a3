import type { ProtocolModel, ProtocolStep, Span } from '../../contract.ts';
import { inSentence, professionLabel } from '../../../web/words.ts';

type Unit = Span['unit'];
const units: Record<Unit, { one: string; many: string; female: boolean; each: string }> = {
  d: { one: 'jour', many: 'jours', female: false, each: 'chaque jour' },
  wk: { one: 'semaine', many: 'semaines', female: true, each: 'chaque semaine' },
  mo: { one: 'mois', many: 'mois', female: false, each: 'chaque mois' },
  a: { one: 'an', many: 'ans', female: false, each: 'chaque année' },
};
export const unitChoices = (Object.keys(units) as Unit[]).map((value) => ({ value, label: units[value].many }));

/** «3 mois», «1 semaine». */
export const saySpan = ({ value, unit }: Span): string => `${value} ${value > 1 ? units[unit].many : units[unit].one}`;
/** «chaque semaine», «tous les 3 mois», «toutes les 2 semaines». */
export const sayEvery = ({ value, unit }: Span): string =>
  value === 1 ? units[unit].each : `${units[unit].female ? 'toutes les' : 'tous les'} ${value} ${units[unit].many}`;
/** «chaque semaine, 8 fois». */
export const sayRepeat = (repeat: ProtocolStep['repeat']): string =>
  repeat ? `${sayEvery(repeat.every)}${repeat.times === null ? '' : `, ${repeat.times} fois`}` : '';

/** «à l’entrée», «3 mois après l’entrée», «2 semaines après « Bilan initial »». */
export function sayWhen(
  step: Pick<ProtocolStep, 'after'>,
  steps: readonly Pick<ProtocolStep, 'id' | 'title'>[],
  { short = false }: { short?: boolean } = {},
): string {
  const { step: before, delay } = step.after;
  if (before === null)
    return delay.value === 0 ? 'à l’entrée' : short ? saySpan(delay) : `${saySpan(delay)} après l’entrée`;
  const title = steps.find((one) => one.id === before)?.title ?? 'une étape qui n’existe plus';
  if (short) return delay.value === 0 ? 'aussitôt après' : `${saySpan(delay)} après`;
  return `${delay.value === 0 ? 'aussitôt' : saySpan(delay)} après « ${title} »`;
}
export const sayRoles = (roles: readonly string[]): string => roles.map(professionLabel).join(', ');
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** «avec le médecin»: how a patient names whom they meet. */
const met: Record<string, string> = {
  physician: 'le médecin',
  'dental-surgeon': 'le dentiste',
  midwife: 'la sage-femme',
  pharmacist: 'le pharmacien',
  nurse: 'l’infirmier ou l’infirmière',
  'advanced-practice-nurse': 'l’infirmier ou l’infirmière de pratique avancée',
  'asalee-nurse': 'l’infirmier ou l’infirmière Asalée',
  physiotherapist: 'le kinésithérapeute',
  chiropodist: 'le podologue',
  'speech-therapist': 'l’orthophoniste',
  orthoptist: 'l’orthoptiste',
  'occupational-therapist': 'l’ergothérapeute',
  'psychomotor-therapist': 'le psychomotricien',
  radiographer: 'le manipulateur de radiologie',
  'laboratory-technician': 'le laboratoire',
  dietician: 'le diététicien',
  psychologist: 'le psychologue',
  'social-worker': 'l’assistant ou l’assistante de service social',
  'medical-assistant': 'l’assistant médical',
  'medical-secretary': 'le secrétariat',
  coordinator: 'le coordinateur',
  administrator: 'l’administration',
};
export const sayMet = (role: string): string => met[role] ?? inSentence(professionLabel(role));

export function sayAges(ages: ProtocolModel['patients']['ages']): string {
  if (!ages || (ages.from === null && ages.until === null)) return '';
  if (ages.from !== null && ages.until !== null) return `de ${ages.from} à ${ages.until} ans`;
  return ages.from !== null ? `${ages.from} ans et plus` : `jusqu’à ${ages.until} ans`;
}

/** The first letter small, unless the word is a sign of its own: «si l’INR», «si HbA1c», «si DFG». */
export const small = (text: string): string =>
  /^[A-ZÀ-Ý][a-zà-ÿ’]*(?=[\s,]|$)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
