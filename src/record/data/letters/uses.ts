/** What letters are for, in the order they are proposed. */
export const letterUses = {
  adressage: 'Adressage',
  avis: 'Demande d’avis',
  'compte-rendu': 'Compte rendu',
  bilan: 'Bilan au médecin',
  hopital: 'Hôpital',
  liaison: 'Liaison',
  certificat: 'Certificat',
  attestation: 'Attestation',
  patient: 'Courrier au patient',
  pharmacie: 'Pharmacie',
  autre: 'Autre',
} as const;
export type LetterUse = keyof typeof letterUses;
/** Types of a letter (LOINC), as its DocumentReference says them. */
export const letterTypes = [
  { code: '57133-1', label: 'Lettre d’adressage' },
  { code: '11488-4', label: 'Compte rendu de consultation' },
  { code: '51845-6', label: 'Demande d’avis' },
  { code: '51846-4', label: 'Réponse à une demande d’avis' },
  { code: '34746-8', label: 'Note infirmière' },
  { code: '34133-9', label: 'Synthèse d’épisode de soins' },
  { code: '34109-9', label: 'Courrier' },
  { code: '64290-0', label: 'Certificat médical' },
  { code: '51851-4', label: 'Document administratif' },
] as const;
export type LetterType = (typeof letterTypes)[number]['code'];
export const letterTypeLabel = (code: string): string => letterTypes.find((one) => one.code === code)?.label ?? 'Courrier';
