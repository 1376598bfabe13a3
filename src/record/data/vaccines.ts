/**
 * Vaccines of daily practice (ATC codes) and the French calendar as facts for what is due. Source: calendrier des vaccinations et recommandations
 * vaccinales 2025, ministère chargé de la santé. It proposes; the professional decides (pregnancy, immunosuppression and travel are not computed).
 */
export interface Vaccine {
  /** ATC level 5. */
  code: string;
  label: string;
  targets: readonly Target[];
}
export const targets = {
  dtp: 'Diphtérie, tétanos, poliomyélite',
  pertussis: 'Coqueluche',
  hib: 'Haemophilus influenzae b',
  'hepatitis-b': 'Hépatite B',
  pneumococcus: 'Pneumocoque',
  mmr: 'Rougeole, oreillons, rubéole',
  'men-acwy': 'Méningocoques ACWY',
  'men-b': 'Méningocoque B',
  rotavirus: 'Rotavirus',
  hpv: 'Papillomavirus (HPV)',
  influenza: 'Grippe',
  covid: 'Covid-19',
  zoster: 'Zona',
  rsv: 'Virus respiratoire syncytial (VRS)',
  varicella: 'Varicelle',
  'hepatitis-a': 'Hépatite A',
  tuberculosis: 'Tuberculose (BCG)',
  'yellow-fever': 'Fièvre jaune',
  rabies: 'Rage',
  tbe: 'Encéphalite à tiques',
  typhoid: 'Typhoïde',
} as const;
export type Target = keyof typeof targets;
export const atcSystem = 'http://www.whocc.no/atc';

export const vaccines: readonly Vaccine[] = [
  { code: 'J07CA09', label: 'Hexavalent DTCaP-Hib-HépB', targets: ['dtp', 'pertussis', 'hib', 'hepatitis-b'] },
  { code: 'J07CA06', label: 'Pentavalent DTCaP-Hib', targets: ['dtp', 'pertussis', 'hib'] },
  { code: 'J07CA02', label: 'Tétravalent DTCaP / dTcaP', targets: ['dtp', 'pertussis'] },
  { code: 'J07CA01', label: 'dTP (diphtérie-tétanos-polio)', targets: ['dtp'] },
  { code: 'J07AL02', label: 'Pneumocoque conjugué', targets: ['pneumococcus'] },
  { code: 'J07AL01', label: 'Pneumocoque polyosidique 23-valent', targets: ['pneumococcus'] },
  { code: 'J07BD52', label: 'Rougeole-oreillons-rubéole (ROR)', targets: ['mmr'] },
  { code: 'J07AH08', label: 'Méningocoques ACWY conjugué', targets: ['men-acwy'] },
  { code: 'J07AH07', label: 'Méningocoque C conjugué', targets: [] },
  { code: 'J07AH09', label: 'Méningocoque B', targets: ['men-b'] },
  { code: 'J07BH01', label: 'Rotavirus monovalent', targets: ['rotavirus'] },
  { code: 'J07BH02', label: 'Rotavirus pentavalent', targets: ['rotavirus'] },
  { code: 'J07BM03', label: 'Papillomavirus 9-valent', targets: ['hpv'] },
  { code: 'J07BB02', label: 'Grippe inactivé', targets: ['influenza'] },
  { code: 'J07BB03', label: 'Grippe vivant atténué nasal', targets: ['influenza'] },
  { code: 'J07BN01', label: 'Covid-19 à ARN messager', targets: ['covid'] },
  { code: 'J07BK03', label: 'Zona recombinant', targets: ['zoster'] },
  { code: 'J07BK01', label: 'Varicelle', targets: ['varicella'] },
  { code: 'J07BX05', label: 'Virus respiratoire syncytial', targets: ['rsv'] },
  { code: 'J07BC01', label: 'Hépatite B', targets: ['hepatitis-b'] },
  { code: 'J07BC02', label: 'Hépatite A', targets: ['hepatitis-a'] },
  { code: 'J07BC20', label: 'Hépatites A et B', targets: ['hepatitis-a', 'hepatitis-b'] },
  { code: 'J07AN01', label: 'BCG', targets: ['tuberculosis'] },
  { code: 'J07BL01', label: 'Fièvre jaune', targets: ['yellow-fever'] },
  { code: 'J07BG01', label: 'Rage', targets: ['rabies'] },
  { code: 'J07BA01', label: 'Encéphalite à tiques', targets: ['tbe'] },
  { code: 'J07AP03', label: 'Typhoïde', targets: ['typhoid'] },
];
const byCode = new Map(vaccines.map((vaccine) => [vaccine.code, vaccine]));
export const vaccineOf = (code: string): Vaccine | undefined => byCode.get(code);

/**
 * - `ages`: one dose at each age (months); the latest age passed asks for a dose given since then, less `early` months.
 * - `course`: so many doses in all between two ages.
 * - `season`: one dose each autumn from an age.
 */
export type CalendarRule =
  | { target: Target; kind: 'ages'; until?: number; ages: readonly { months: number; label: string; early: number; grace: number }[] }
  | { target: Target; kind: 'course'; from: number; until: number; doses: number; label: string; grace: number }
  | { target: Target; kind: 'season'; from: number; label: string };

const years = (n: number): number => n * 12;
const infant = (months: number, label: string) => ({ months, label, early: 1, grace: 1 });
export const calendar: readonly CalendarRule[] = [
  {
    target: 'dtp',
    kind: 'ages',
    ages: [
      infant(2, 'première dose à 2 mois'),
      infant(4, 'deuxième dose à 4 mois'),
      { months: 11, label: 'rappel à 11 mois', early: 2, grace: 2 },
      { months: years(6), label: 'rappel à 6 ans', early: 12, grace: 12 },
      { months: years(11), label: 'rappel entre 11 et 13 ans', early: 18, grace: 24 },
      { months: years(25), label: 'rappel à 25 ans, avec la coqueluche', early: 60, grace: 12 },
      { months: years(45), label: 'rappel à 45 ans', early: 120, grace: 12 },
      { months: years(65), label: 'rappel à 65 ans', early: 120, grace: 12 },
      { months: years(75), label: 'rappel à 75 ans', early: 60, grace: 12 },
      { months: years(85), label: 'rappel à 85 ans', early: 60, grace: 12 },
      { months: years(95), label: 'rappel à 95 ans', early: 60, grace: 12 },
    ],
  },
  {
    target: 'hepatitis-b',
    kind: 'course',
    from: 2,
    until: years(16),
    doses: 3,
    label: 'trois doses (2, 4 et 11 mois), rattrapage jusqu’à 15 ans',
    grace: 12,
  },
  {
    target: 'pneumococcus',
    kind: 'ages',
    ages: [
      infant(2, 'première dose à 2 mois'),
      infant(4, 'deuxième dose à 4 mois'),
      { months: 11, label: 'rappel à 11 mois', early: 2, grace: 2 },
    ],
  },
  {
    target: 'pneumococcus',
    kind: 'course',
    from: years(65),
    until: years(130),
    doses: 1,
    label: 'une dose de vaccin conjugué à partir de 65 ans',
    grace: 12,
  },
  {
    target: 'men-b',
    kind: 'ages',
    ages: [
      infant(3, 'première dose à 3 mois'),
      infant(5, 'deuxième dose à 5 mois'),
      { months: 12, label: 'rappel à 12 mois', early: 2, grace: 2 },
    ],
  },
  {
    target: 'men-acwy',
    kind: 'ages',
    until: years(25),
    ages: [
      { months: 6, label: 'première dose à 6 mois', early: 1, grace: 1 },
      { months: 12, label: 'rappel à 12 mois', early: 1, grace: 2 },
      { months: years(11), label: 'une dose entre 11 et 14 ans', early: 12, grace: 48 },
    ],
  },
  {
    target: 'mmr',
    kind: 'ages',
    ages: [
      { months: 12, label: 'première dose à 12 mois', early: 1, grace: 1 },
      { months: 16, label: 'deuxième dose entre 16 et 18 mois', early: 2, grace: 2 },
    ],
  },
  {
    target: 'hpv',
    kind: 'course',
    from: years(11),
    until: years(27),
    doses: 2,
    label: 'deux doses entre 11 et 14 ans, rattrapage jusqu’à 26 ans révolus',
    grace: 48,
  },
  { target: 'influenza', kind: 'season', from: years(65), label: 'chaque automne à partir de 65 ans' },
  { target: 'covid', kind: 'season', from: years(65), label: 'chaque automne à partir de 65 ans' },
  {
    target: 'zoster',
    kind: 'course',
    from: years(65),
    until: years(130),
    doses: 2,
    label: 'deux doses à partir de 65 ans',
    grace: 24,
  },
  {
    target: 'rsv',
    kind: 'course',
    from: years(75),
    until: years(130),
    doses: 1,
    label: 'une dose à partir de 75 ans',
    grace: 24,
  },
];

export const vaccineSites = [
  'Deltoïde gauche',
  'Deltoïde droit',
  'Cuisse gauche',
  'Cuisse droite',
  'Avant-bras',
  'Voie nasale',
  'Voie orale',
] as const;
export const vaccineRoutes = ['Intramusculaire', 'Sous-cutanée', 'Intradermique', 'Orale', 'Nasale'] as const;
