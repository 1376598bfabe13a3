import type { InsStatus } from '../contract.ts';

/** Systems of the INS and their FR Core types. https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-ins */
export const insSystems = {
  nir: { system: 'urn:oid:1.2.250.1.213.1.4.8', type: 'INS-NIR' },
  nia: { system: 'urn:oid:1.2.250.1.213.1.4.9', type: 'INS-NIA' },
  test: { system: 'urn:oid:1.2.250.1.213.1.4.10', type: 'INS-NIR-TEST' },
  demo: { system: 'urn:oid:1.2.250.1.213.1.4.11', type: 'INS-NIR-DEMO' },
} as const;
export type InsKind = keyof typeof insSystems;
export const insKindOf = (system: string | undefined): InsKind | undefined =>
  (Object.keys(insSystems) as InsKind[]).find((kind) => insSystems[kind].system === system);

/** Upper case, without spaces. */
export const compactIns = (typed: string): string => typed.replace(/[\s.-]/g, '').toUpperCase();
/** Control key of the thirteen characters of a NIR; Corsica's 2A and 2B count as 19 and 18. */
export function nirKey(body: string): number | null {
  const digits = body.replace(/^(.{5})2A/, '$119').replace(/^(.{5})2B/, '$118');
  return /^\d{13}$/.test(digits) ? 97 - Number(BigInt(digits) % 97n) : null;
}
/** Why this is no INS matricule, in words for the form; null when it is one. */
export function insProblem(typed: string): string | null {
  const ins = compactIns(typed);
  if (!/^\d{5}(\d{2}|2[AB])\d{8}$/.test(ins))
    return 'Le matricule INS compte 15 caractères : 13 chiffres (2A ou 2B pour la Corse) et une clé de 2 chiffres.';
  if (nirKey(ins.slice(0, 13)) !== Number(ins.slice(13)))
    return 'La clé de contrôle ne correspond pas au matricule : vérifiez chaque chiffre.';
  return null;
}
export const insLabel = (ins: string): string => ins.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7');

/** What the matricule says against the traits: words to look at, never a refusal (a change of civil status is possible). */
export function insDoubts(ins: string, traits: { sex: string; birthDate?: string; birthPlace?: string }): string[] {
  const doubts: string[] = [];
  const first = ins[0];
  if ((first === '1' && traits.sex === 'female') || (first === '2' && traits.sex === 'male'))
    doubts.push('Le matricule INS ne concorde pas avec le sexe.');
  if (traits.birthDate && ins.slice(1, 3) !== traits.birthDate.slice(2, 4))
    doubts.push('Le matricule INS ne concorde pas avec l’année de naissance.');
  const month = Number(ins.slice(3, 5));
  if (
    traits.birthDate &&
    traits.birthDate.length >= 7 &&
    month >= 1 &&
    month <= 12 &&
    month !== Number(traits.birthDate.slice(5, 7))
  )
    doubts.push('Le matricule INS ne concorde pas avec le mois de naissance.');
  // Corsica was department 20 until 1976.
  const department = traits.birthPlace?.toUpperCase().slice(0, 2);
  if (
    department &&
    ins.slice(5, 7) !== department &&
    ins.slice(5, 7) !== '99' &&
    !(ins.slice(5, 7) === '20' && /^2[AB]$/.test(department))
  )
    doubts.push('Le matricule INS ne concorde pas avec le lieu de naissance.');
  return doubts;
}

/** The four statuses (RNIV): the identity is proven by a document (validated), known to the national service (retrieved), both (qualified), or neither. */
export const statusOf = (proven: boolean, retrieved: boolean): InsStatus =>
  proven ? (retrieved ? 'qualified' : 'validated') : retrieved ? 'retrieved' : 'provisional';
