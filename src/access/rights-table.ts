import { type KindOfData, kindCodes } from './kinds-of-data.ts';
import { isRegional, type Profession, regionalCodes } from './professions.ts';

/** How far a profession reaches a kind of data: no one, the patients of whose care team the person is, every patient of the practice. */
export type Reach = 'none' | 'team' | 'practice';
export interface Right {
  reach: Reach;
  write: boolean;
}
export type Rights = Readonly<Record<KindOfData, Right>>;

/** Content about a person's health: what an opposition without a list covers, and what a privileged account never reaches. */
export const clinicalKinds = [
  'summary',
  'history',
  'allergies',
  'treatments',
  'results',
  'documents',
  'measures',
  'vaccines',
  'mental-health',
  'sexual-health',
  'sections',
  'private-notes',
  'coordination',
  'exchanges',
  'lifestyle',
] as const satisfies readonly KindOfData[];
export const isClinical = (kind: KindOfData): boolean => (clinicalKinds as readonly KindOfData[]).includes(kind);

/**
 * The ready-made table (SEC-3), one column a kind in the order of kinds-of-data.ts, which a practice changes line by line in access.profession_right.
 * `-` none · `t` team, read · `T` team, read and write · `p` practice, read · `P` practice, read and write.
 * The team of `messages` is the members of a conversation. Way of life and social situation are noted by whoever hears of them at the bedside or in a consultation on them; diagnoses and the past by whoever makes them. Inside the team what is strictly necessary is shared (Code de la santé publique, L.1110-4): what a profession does not need is `-`.
 */
const table: Partial<Record<Profession, string>> = {
  //                          dir ide adm sum his all tre res doc mea vac men sex sec pri coo age bil mes tas exc lif
  physician: 'P   P   P   T   T   T   T   T   T   T   T   T   T   T   T   T   P   T   T   T   T   T',
  'dental-surgeon': 'p   P   P   T   t   T   T   t   T   t   -   -   -   T   T   T   P   T   T   T   T   T',
  midwife: 'p   P   P   T   T   T   T   T   T   T   T   -   T   T   T   T   P   T   T   T   T   T',
  pharmacist: 'p   P   P   T   t   T   T   T   T   T   T   -   -   T   T   T   P   T   T   T   T   T',
  nurse: 'P   P   P   T   t   T   T   T   T   T   T   t   -   T   T   T   P   T   T   T   T   T',
  'advanced-practice-nurse': 'P   P   P   T   T   T   T   T   T   T   T   T   T   T   T   T   P   T   T   T   T   T',
  'asalee-nurse': 'P   P   P   T   t   T   t   T   T   T   T   -   -   T   T   T   P   -   T   T   T   T',
  physiotherapist: 'p   P   P   T   t   t   t   t   T   T   -   -   -   T   T   T   P   T   T   T   T   T',
  chiropodist: 'p   P   P   T   t   t   t   t   T   T   -   -   -   T   T   T   P   T   T   T   T   t',
  'speech-therapist': 'p   P   P   T   t   t   -   -   T   T   -   -   -   T   T   T   P   T   T   T   T   t',
  orthoptist: 'p   P   P   T   t   t   -   -   T   T   -   -   -   T   T   T   P   T   T   T   T   t',
  'occupational-therapist': 'p   P   P   T   t   t   -   -   T   T   -   -   -   T   T   T   P   T   T   T   T   T',
  'psychomotor-therapist': 'p   P   P   T   t   t   -   -   T   T   -   -   -   T   T   T   P   T   T   T   T   t',
  radiographer: 'p   p   p   t   -   t   -   T   t   -   -   -   -   T   T   t   P   -   T   T   t   -',
  'laboratory-technician': 'p   p   p   -   -   -   -   T   -   -   -   -   -   T   T   -   p   -   T   T   -   -',
  dietician: 'p   P   P   T   t   t   t   t   T   T   -   -   -   T   T   T   P   T   T   T   T   T',
  psychologist: 'p   P   P   T   -   -   t   -   T   -   -   T   -   T   T   T   P   T   T   T   T   -',
  'social-worker': 'p   P   P   t   -   -   -   -   T   -   -   -   -   T   T   T   P   -   T   T   T   T',
  'medical-assistant': 'P   P   P   T   t   T   t   T   T   T   T   -   -   T   T   T   P   P   T   P   T   T',
  'medical-secretary': 'P   P   P   -   -   -   -   -   -   -   -   -   -   -   -   -   P   P   T   P   -   -',
  coordinator: 'P   P   P   -   -   -   -   -   -   -   -   -   -   -   -   P   P   -   T   P   -   -',
  administrator: 'P   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   T   -   -   -',
};

// Of a region: its own people, and not one patient's data of any kind.
for (const profession of regionalCodes) table[profession] = ['p', ...kindCodes.slice(1).map(() => '-')].join(' ');

const meaning: Record<string, Right> = {
  '-': { reach: 'none', write: false },
  t: { reach: 'team', write: false },
  T: { reach: 'team', write: true },
  p: { reach: 'practice', write: false },
  P: { reach: 'practice', write: true },
};

const read = (line: string): Rights => {
  const letters = line.split(/\s+/);
  // Every kind is there: fromEntries does not say so.
  return Object.fromEntries(kindCodes.map((kind, at) => [kind, meaning[letters[at]!]!])) as unknown as Rights;
};

/** The ready-made rights of each profession. */
export const readyMadeRights = Object.fromEntries(
  (Object.entries(table) as [Profession, string][]).map(([profession, line]) => [profession, read(line)]),
) as Record<Profession, Rights>;

/** What a practice may not give: health content to privileged accounts, private notes to anyone but who wrote them. */
export function changeRefused(profession: Profession, kind: KindOfData, right: Right): string | undefined {
  if (isRegional(profession))
    return 'Les personnes d’une région n’accèdent à aucun dossier : leurs droits ne se changent pas.';
  if (right.reach === 'none' && right.write) return 'On ne peut pas écrire ce qu’on ne peut pas lire.';
  if (profession === 'administrator' && isClinical(kind) && right.reach !== 'none')
    return 'Un compte d’administration n’accède jamais au contenu des dossiers. Créez un compte de soin pour cette personne.';
  if (kind === 'directory' && right.reach !== 'practice') return 'L’annuaire et les modèles sont lus par tous.';
  return undefined;
}

for (const [profession, row] of Object.entries(table) as [Profession, string][])
  if (row.split(/\s+/).length !== kindCodes.length)
    throw new Error(`rights-table: ${profession} has not one right for each kind of data`);
