/**
 * The people of a practice: professions of the Code de la santé publique and the staff around them; and those of a region (`scope`), who lead the programme and
 * reach no patient: no list of a practice shows them.
 * `tre` is the code in the national table of health professions (TRE_G15-ProfessionSante), where there is one; in that of social professions (TRE_R94-ProfessionSocial, edition of 13/12/2024) where `table` says so.
 */
export const professions = {
  physician: { fr: 'Médecin', tre: '10' },
  'dental-surgeon': { fr: 'Chirurgien-dentiste', tre: '40' },
  midwife: { fr: 'Sage-femme', tre: '50' },
  pharmacist: { fr: 'Pharmacien', tre: '21' },
  nurse: { fr: 'Infirmier', tre: '60' },
  'advanced-practice-nurse': { fr: 'Infirmier en pratique avancée', tre: '60' },
  'asalee-nurse': { fr: 'Infirmier Asalée', tre: '60' },
  physiotherapist: { fr: 'Masseur-kinésithérapeute', tre: '70' },
  chiropodist: { fr: 'Pédicure-podologue', tre: '80' },
  'speech-therapist': { fr: 'Orthophoniste', tre: '91' },
  orthoptist: { fr: 'Orthoptiste', tre: '92' },
  'occupational-therapist': { fr: 'Ergothérapeute', tre: '94' },
  'psychomotor-therapist': { fr: 'Psychomotricien', tre: '96' },
  radiographer: { fr: 'Manipulateur en électroradiologie', tre: '98' },
  'laboratory-technician': { fr: 'Technicien de laboratoire', tre: '86' },
  dietician: { fr: 'Diététicien', tre: '95' },
  psychologist: { fr: 'Psychologue', tre: '93' },
  'social-worker': { fr: 'Assistant de service social', tre: '41', table: 'R94' },
  'medical-assistant': { fr: 'Assistant médical', tre: null },
  'medical-secretary': { fr: 'Secrétaire médical', tre: null },
  coordinator: { fr: 'Coordinateur', tre: null },
  administrator: { fr: 'Administrateur', tre: null },
  'ars-officer': { fr: 'Instructeur ARS', tre: null, scope: 'region' },
  'commission-member': { fr: 'Membre de la commission', tre: null, scope: 'region' },
  'gcs-officer': { fr: 'GCS e-santé', tre: null, scope: 'region' },
  consultant: { fr: 'Consultant', tre: null, scope: 'region' },
  vendor: { fr: 'Éditeur de logiciel', tre: null, scope: 'region' },
  partner: { fr: 'Partenaire de l’appui', tre: null, scope: 'region' },
} as const satisfies Record<string, { fr: string; tre: string | null; table?: 'R94'; scope?: 'region' }>;

export type Profession = keyof typeof professions;
const feminine: Readonly<Partial<Record<Profession, string>>> = {
  'dental-surgeon': 'Chirurgienne-dentiste',
  pharmacist: 'Pharmacienne',
  nurse: 'Infirmière',
  'advanced-practice-nurse': 'Infirmière en pratique avancée',
  'asalee-nurse': 'Infirmière Asalée',
  physiotherapist: 'Masseuse-kinésithérapeute',
  'psychomotor-therapist': 'Psychomotricienne',
  radiographer: 'Manipulatrice en électroradiologie',
  'laboratory-technician': 'Technicienne de laboratoire',
  dietician: 'Diététicienne',
  'social-worker': 'Assistante de service social',
  'medical-assistant': 'Assistante médicale',
  'medical-secretary': 'Secrétaire médicale',
  coordinator: 'Coordinatrice',
  administrator: 'Administratrice',
};
/** The profession of someone, as it is said of a woman when she is known to be one. */
export const professionSaid = (profession: Profession, sex: string | undefined): string =>
  (sex === 'female' ? feminine[profession] : undefined) ?? professions[profession].fr;
/** Inside of a sentence: names and initials keep their capitals («infirmier Asalée», «GCS e-santé»). */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
export const isRegional = (profession: Profession): boolean => 'scope' in professions[profession];
/** The professions of a practice. */
export const professionCodes = (Object.keys(professions) as Profession[]).filter((code) => !isRegional(code));
/** Those of a region. An administrator may be of either. */
export const regionalCodes = (Object.keys(professions) as Profession[]).filter(isRegional);
export const isProfession = (value: string): value is Profession => Object.hasOwn(professions, value);

const tables = {
  G15: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
  R94: 'https://mos.esante.gouv.fr/NOS/TRE_R94-ProfessionSocial/FHIR/TRE-R94-ProfessionSocial',
} as const;
/** The profession in the national table that has it. */
export function nationalCoding(profession: Profession): { system: string; code: string } | undefined {
  const known: { tre: string | null; table?: 'R94' } = professions[profession];
  return known.tre === null ? undefined : { system: tables[known.table ?? 'G15'], code: known.tre };
}
/** The profession that a code of a national table means, by whatever address the table is named: the plainest of those who share it. */
export function professionOfCoding(system: string | undefined, code: string | undefined): Profession | undefined {
  const table = /TRE[_-](?:G15|R94)/.exec(system ?? '')?.[0].replace('-', '_');
  if (!table) return undefined;
  return (Object.keys(professions) as Profession[]).find((profession) => {
    const national = nationalCoding(profession);
    return national?.code === code && national?.system.includes(table);
  });
}
