import { kindsOfData } from '../access/kinds-of-data.ts';
import { type Profession, professionCodes, professions, regionalCodes } from '../access/professions.ts';

export { inSentence } from '../access/professions.ts';

/** French labels of the house's codes; an unknown code shows as it is. */
export const professionLabel = (code: string | null | undefined): string =>
  code && Object.hasOwn(professions, code) ? professions[code as Profession].fr : (code ?? '');
export const professionChoices = professionCodes.map((value): { value: string; label: string } => ({
  value,
  label: professions[value].fr,
}));
/** Of the people of a region. */
export const regionalChoices = [...regionalCodes, 'administrator' as const].map(
  (value): { value: string; label: string } => ({ value, label: professions[value].fr }),
);
export const kindLabel = (code: string): string =>
  Object.hasOwn(kindsOfData, code) ? kindsOfData[code as keyof typeof kindsOfData].fr : code;
export const kindChoices = Object.entries(kindsOfData).map(([value, { fr }]) => ({ value, label: fr }));
export const roleLabels: Record<string, string> = {
  owner: 'Responsable de la structure',
  administrator: 'Administration',
  coordinator: 'Coordination',
};
