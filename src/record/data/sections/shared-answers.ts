import { measure, type Option } from './build.ts';

/** What several sections ask or say alike. */
export const done: readonly Option[] = [
  ['fait', 'À jour'],
  ['a-faire', 'À faire'],
  ['prescrit', 'Prescrit'],
  ['refus', 'Non souhaité'],
  ['sans-objet', 'Sans objet'],
];
export const bp = [measure('pas', '8480-6', { label: 'Systolique' }), measure('pad', '8462-4', { label: 'Diastolique' })];
export const suicide = '3114, numéro national de prévention du suicide, gratuit, jour et nuit : pour la personne, ses proches et les professionnels. Danger immédiat : 15.';
