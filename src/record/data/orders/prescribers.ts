import { type OrderKind, orderKinds } from './families.ts';

/**
 * Who may prescribe what in France. `all`: without a list. `field`: within the profession's own field. `list`: what an arrêté lists, which the prescriber knows and the product does not check item
 * by item; `condition` is said on screen. `renew`: only what a physician, or whoever may begin it, has prescribed and is renewed. What is not here may not be prescribed.
 * Texts as they stood in 2025; where a text was not certain to us the line is left out (see `unsure`), and nothing else in the product opens it.
 */
export type Scope = 'all' | 'field' | 'list' | 'renew';
export interface MayPrescribe {
  scope: Scope;
  condition: string;
  source: string;
  /** The prescription that is renewed is younger than so many months. */
  within?: number;
  /** A renewal covers so many months at most, and is not itself renewed but by whoever may begin. */
  once?: number;
}
type Row = Partial<Record<OrderKind, MayPrescribe>>;
const may = (scope: Scope, condition: string, source: string, ...kinds: OrderKind[]): Row => Object.fromEntries(kinds.map((kind) => [kind, { scope, condition, source }]));
const youngerThan = (months: number, row: Row): Row => Object.fromEntries(Object.entries(row).map(([kind, one]) => [kind, { ...one, within: months }]));
const onceFor = (months: number, row: Row): Row => Object.fromEntries(Object.entries(row).map(([kind, one]) => [kind, { ...one, once: months }]));
const csp = 'code de la santé publique';
const nicotine = (source: string): Row => may('list', 'Substituts nicotiniques.', `${csp}, art. ${source} et L. 3511-3`, 'nicotine');
const vaccines = (source: string, condition: string): Row => may('list', condition, `${csp}, art. ${source} ; arrêté du 8 août 2023 (vaccins)`, 'vaccine');
const vaccinesFromEleven = 'Vaccins du calendrier dès 11 ans, sauf vaccins vivants chez l’immunodéprimé ; activité déclarée à l’ordre.';
const list = (condition: string, source: string, ...kinds: OrderKind[]): Row => may('list', condition, source, ...kinds);

const nurse: Row = {
  ...list('Liste de l’arrêté, pendant une série d’actes infirmiers prescrits, sauf indication contraire du médecin.', `${csp}, art. L. 4311-1 ; arrêté du 20 mars 2012`, 'dressing', 'equipment'),
  ...may('renew', 'Bas de contention : renouvellement à l’identique, sauf indication contraire du médecin.', `${csp}, art. L. 4311-1 ; arrêté du 20 mars 2012`, 'compression'),
  ...onceFor(6, youngerThan(12, may('renew', 'Contraceptifs oraux : renouvellement d’une ordonnance de moins d’un an, pour six mois au plus, une fois, sauf mention contraire.', `${csp}, art. L. 4311-1`, 'contraceptive'))),
  ...list('Sérum physiologique et antiseptiques de la liste, à usage local.', `${csp}, art. L. 4311-1 ; arrêté du 20 mars 2012`, 'topical'),
  ...nicotine('L. 4311-1'),
  ...vaccines('L. 4311-1', vaccinesFromEleven),
};

export const prescribers: Readonly<Record<string, Row>> = {
  physician: may('all', '', `${csp}, art. L. 4161-1 et R. 4127-8`, ...orderKinds),
  'dental-surgeon': {
    ...may('field', 'Ce qui est nécessaire à l’exercice de l’art dentaire.', `${csp}, art. L. 4141-2`, 'medicine', 'topical', 'biology', 'imaging', 'nursing', 'physio', 'speech', 'equipment'),
    ...may('field', 'Pour les actes et prestations de l’art dentaire.', 'code de la sécurité sociale, art. R. 322-10-2 ; Ordre des chirurgiens-dentistes et CNAM (2013-2014) ; ameli.fr', 'transport'),
    ...nicotine('L. 4141-2'),
  },
  midwife: {
    ...may('field', 'Examens nécessaires à l’exercice de la profession.', `${csp}, art. L. 4151-4`, 'biology', 'imaging'),
    ...list('Médicaments et dispositifs des listes réglementaires.', `${csp}, art. L. 4151-4 ; arrêtés des listes (médicaments, dispositifs)`, 'medicine', 'contraceptive', 'topical', 'dressing', 'compression', 'equipment'),
    ...may('field', 'Dans le champ de sa compétence : grossesse, accouchement et ses suites.', 'code de la sécurité sociale, art. R. 322-10 et R. 322-10-2 ; MACSF, transport partagé de patients (2025)', 'transport'),
    ...nicotine('L. 4151-4'),
    ...vaccines('L. 4151-2', 'Vaccins de la liste, sauf vaccins vivants chez l’immunodéprimé.'),
  },
  'advanced-practice-nurse': {
    ...nurse,
    ...list(
      'Listes de l’arrêté selon le domaine d’intervention ; renouvellement ou adaptation des prescriptions du médecin (annexe 5).',
      `${csp}, art. L. 4301-1 et R. 4301-3 ; arrêté du 18 juillet 2018 modifié le 25 avril 2025`,
      'medicine',
      'biology',
      'compression',
      'dressing',
      'equipment',
      'topical',
      'sport',
      'transport',
      'contraceptive',
    ),
    ...may('renew', 'Renouvellement ou adaptation d’une prescription du médecin.', `${csp}, art. R. 4301-3 ; arrêté du 18 juillet 2018 modifié`, 'nursing', 'physio', 'insole', 'podiatry'),
  },
  nurse,
  'asalee-nurse': nurse,
  physiotherapist: {
    ...list('Liste de l’arrêté, sauf indication contraire du médecin.', `${csp}, art. L. 4321-1 ; arrêté du 9 janvier 2006`, 'compression', 'equipment'),
    ...may('renew', 'Renouvellement ou adaptation d’une prescription du médecin.', `${csp}, art. L. 1172-1`, 'sport'),
    ...nicotine('L. 4321-1'),
  },
  chiropodist: {
    ...list('Liste de l’arrêté.', `${csp}, art. L. 4322-1 ; arrêté du 30 juillet 2008`, 'dressing', 'equipment'),
    ...list('Topiques à usage externe, sauf substances vénéneuses.', `${csp}, art. R. 4322-1`, 'topical'),
    ...youngerThan(36, may('renew', 'Renouvellement ou adaptation d’une ordonnance de moins de trois ans, sauf opposition du médecin, qui en est informé.', `${csp}, art. L. 4322-1 et D. 4322-1-1`, 'insole')),
  },
  'speech-therapist': list('Liste de l’arrêté, sauf indication contraire du médecin.', `${csp}, art. L. 4341-1 ; arrêté du 30 mars 2017`, 'equipment'),
  orthoptist: {
    ...list('Dispositifs d’orthoptie, hors verres et lentilles, sauf indication contraire du médecin.', `${csp}, art. L. 4342-1`, 'equipment'),
    ...may('renew', 'Renouvellement ou adaptation dans les conditions réglementaires, sauf opposition du médecin.', `${csp}, art. L. 4342-1`, 'optical'),
  },
  'occupational-therapist': list('Liste de l’arrêté, dans le cadre d’actes d’ergothérapie prescrits, sauf indication contraire du médecin, qui en est informé.', `${csp}, art. L. 4331-1 et D. 4331-1-1 ; arrêté du 12 juin 2023`, 'equipment', 'compression'),
  pharmacist: vaccines('L. 5125-1-1 A', vaccinesFromEleven),
};

/** Left closed until someone who knows the text opens it here, with its source. */
export const unsure: readonly string[] = [
  'Pharmacien : substituts nicotiniques et médicaments après un test rapide (délivrance sous protocole, non prescription).',
  'Infirmier : prescriptions ouvertes par la loi du 27 juin 2025, dont la liste dépend d’un arrêté.',
  'Chirurgien-dentiste : vaccins. Sage-femme : kinésithérapie, soins infirmiers.',
  'Infirmier en pratique avancée : imagerie.',
  'Masseur-kinésithérapeute : première prescription d’activité physique adaptée.',
  'Orthoptiste : première prescription de verres correcteurs.',
];
export const mayPrescribe = (profession: string, kind: OrderKind): MayPrescribe | undefined => (Object.hasOwn(prescribers, profession) ? prescribers[profession]?.[kind] : undefined);
export const prescribedBy = (profession: string): OrderKind[] => orderKinds.filter((kind) => mayPrescribe(profession, kind) !== undefined);
