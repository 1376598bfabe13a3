import { classificationOf } from './problems.ts';

/** Vaccines by what they are (ATC level 5) with the NUVA concept of the same meaning; products are in vaccine-products.ts, the calendar in vaccine-calendar.ts. */
export interface Vaccine {
  /** ATC. */
  code: string;
  label: string;
  targets: readonly Target[];
  /** NUVA, «sans précision»; the map ATC → NUVA of NUVA's own release (CC BY 4.0). */
  nuva?: string;
  /** Living: not in pregnancy nor in a weak immunity, same day or four weeks apart from another one. */
  live?: true;
}
export const targets = {
  dtp: 'Diphtérie, tétanos, poliomyélite',
  pertussis: 'Coqueluche',
  hib: 'Haemophilus influenzae b',
  'hepatitis-b': 'Hépatite B',
  pneumococcus: 'Pneumocoque',
  'men-acwy': 'Méningocoques ACWY',
  'men-b': 'Méningocoque B',
  'men-c': 'Méningocoque C',
  mmr: 'Rougeole, oreillons, rubéole',
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
  je: 'Encéphalite japonaise',
  dengue: 'Dengue',
  chikungunya: 'Chikungunya',
  cholera: 'Choléra',
  mpox: 'Mpox',
  leptospirosis: 'Leptospirose',
} as const;
export type Target = keyof typeof targets;
export const atcSystem = 'http://www.whocc.no/atc';
/** As the French terminology server names it, and as HL7 Switzerland maps to it. */
export const nuvaSystem = 'http://smt.esante.gouv.fr/terminologie-nuva';
/** National identifiers of a speciality and of a presentation (ANS, CI-SIS). */
export const cisSystem = 'urn:oid:1.2.250.1.213.2.3.1';
export const cipSystem = 'urn:oid:1.2.250.1.213.2.3.2';

export const vaccines: readonly Vaccine[] = [
  { code: 'J07CA09', label: 'Hexavalent DTCaP-Hib-HépB', targets: ['dtp', 'pertussis', 'hib', 'hepatitis-b'], nuva: 'VAC0552' },
  { code: 'J07CA06', label: 'Pentavalent DTCaP-Hib', targets: ['dtp', 'pertussis', 'hib'], nuva: 'VAC0880' },
  { code: 'J07CA02', label: 'Tétravalent DTCaP / dTcaP', targets: ['dtp', 'pertussis'], nuva: 'VAC0585' },
  { code: 'J07CA01', label: 'dTP (diphtérie-tétanos-polio)', targets: ['dtp'], nuva: 'VAC0855' },
  { code: 'J07BF03', label: 'Poliomyélite seul', targets: [], nuva: 'VAC0270' },
  { code: 'J07AG01', label: 'Haemophilus influenzae b seul', targets: ['hib'], nuva: 'VAC0143' },
  { code: 'J07AL02', label: 'Pneumocoque conjugué', targets: ['pneumococcus'], nuva: 'VAC0814' },
  { code: 'J07AL01', label: 'Pneumocoque polyosidique 23-valent', targets: ['pneumococcus'], nuva: 'VAC0813' },
  { code: 'J07BD52', label: 'Rougeole-oreillons-rubéole (ROR)', targets: ['mmr'], nuva: 'VAC0130', live: true },
  { code: 'J07BD54', label: 'Rougeole-oreillons-rubéole-varicelle', targets: ['mmr', 'varicella'], nuva: 'VAC0827', live: true },
  { code: 'J07AH08', label: 'Méningocoques ACWY conjugué', targets: ['men-acwy', 'men-c'], nuva: 'VAC0643' },
  { code: 'J07AH07', label: 'Méningocoque C conjugué', targets: ['men-c'], nuva: 'VAC0150' },
  { code: 'J07AH09', label: 'Méningocoque B', targets: ['men-b'], nuva: 'VAC0861' },
  { code: 'J07BH01', label: 'Rotavirus monovalent', targets: ['rotavirus'], nuva: 'VAC0158' },
  { code: 'J07BH02', label: 'Rotavirus pentavalent', targets: ['rotavirus'], nuva: 'VAC0828' },
  { code: 'J07BM03', label: 'Papillomavirus 9-valent', targets: ['hpv'], nuva: 'VAC0860' },
  { code: 'J07BM01', label: 'Papillomavirus 4-valent', targets: ['hpv'], nuva: 'VAC0859' },
  { code: 'J07BM02', label: 'Papillomavirus 2-valent', targets: ['hpv'], nuva: 'VAC0858' },
  { code: 'J07BB02', label: 'Grippe inactivé', targets: ['influenza'], nuva: 'VAC0821' },
  { code: 'J07BB03', label: 'Grippe vivant atténué nasal', targets: ['influenza'], nuva: 'VAC0822', live: true },
  { code: 'J07BN01', label: 'Covid-19 à ARN messager', targets: ['covid'], nuva: 'VAC1041' },
  { code: 'J07BN02', label: 'Covid-19 à vecteur viral', targets: ['covid'], nuva: 'VAC1042' },
  { code: 'J07BN04', label: 'Covid-19 à protéine', targets: ['covid'], nuva: 'VAC1043' },
  { code: 'J07BK03', label: 'Zona recombinant', targets: ['zoster'], nuva: 'VAC0830' },
  { code: 'J07BK02', label: 'Zona vivant', targets: ['zoster'], nuva: 'VAC0160', live: true },
  { code: 'J07BK01', label: 'Varicelle', targets: ['varicella'], nuva: 'VAC0159', live: true },
  { code: 'J07BX05', label: 'Virus respiratoire syncytial', targets: ['rsv'] },
  { code: 'J06BD08', label: 'Nirsévimab (anticorps contre le VRS)', targets: ['rsv'] },
  { code: 'J07BC01', label: 'Hépatite B', targets: ['hepatitis-b'], nuva: 'VAC0101' },
  { code: 'J07BC02', label: 'Hépatite A', targets: ['hepatitis-a'], nuva: 'VAC0102' },
  { code: 'J07BC20', label: 'Hépatites A et B', targets: ['hepatitis-a', 'hepatitis-b'], nuva: 'VAC0825' },
  { code: 'J07AN01', label: 'BCG', targets: ['tuberculosis'], nuva: 'VAC0134', live: true },
  { code: 'J07BL01', label: 'Fièvre jaune', targets: ['yellow-fever'], nuva: 'VAC0111', live: true },
  { code: 'J07BG01', label: 'Rage', targets: ['rabies'], nuva: 'VAC0131' },
  { code: 'J07BA01', label: 'Encéphalite à tiques', targets: ['tbe'], nuva: 'VAC0145' },
  { code: 'J07BA02', label: 'Encéphalite japonaise', targets: ['je'], nuva: 'VAC0819' },
  { code: 'J07AP03', label: 'Typhoïde', targets: ['typhoid'], nuva: 'VAC0713' },
  { code: 'J07CA10', label: 'Hépatite A et typhoïde', targets: ['hepatitis-a', 'typhoid'], nuva: 'VAC0712' },
  { code: 'J07BX04', label: 'Dengue', targets: ['dengue'], nuva: 'VAC0155', live: true },
  { code: 'J07BP01', label: 'Chikungunya vivant', targets: ['chikungunya'], nuva: 'VAC1198', live: true },
  { code: 'J07BP02', label: 'Chikungunya recombinant', targets: ['chikungunya'], nuva: 'VAC1419' },
  { code: 'J07AE01', label: 'Choléra inactivé', targets: ['cholera'], nuva: 'VAC1107' },
  { code: 'J07AE02', label: 'Choléra vivant', targets: ['cholera'], nuva: 'VAC0806', live: true },
  { code: 'J07BX01', label: 'Variole et mpox', targets: ['mpox'], nuva: 'VAC0133' },
  { code: 'J07AX', label: 'Leptospirose', targets: ['leptospirosis'] },
];
const byCode = new Map(vaccines.flatMap((vaccine) => [[vaccine.code, vaccine] as const, ...(vaccine.nuva ? [[vaccine.nuva, vaccine] as const] : [])]));
/** By its ATC code or by the NUVA concept of the same meaning. */
export const vaccineOf = (code: string): Vaccine | undefined => byCode.get(code);

export const vaccineSites = ['Deltoïde gauche', 'Deltoïde droit', 'Cuisse gauche', 'Cuisse droite', 'Avant-bras', 'Voie nasale', 'Voie orale'] as const;
export const vaccineRoutes = ['Intramusculaire', 'Sous-cutanée', 'Intradermique', 'Orale', 'Nasale'] as const;
/** Body sites and routes of HL7 (v3-ActSite, v3-RouteOfAdministration) behind those words. */
export const siteCodes: Readonly<Record<string, string>> = { 'Deltoïde gauche': 'LD', 'Deltoïde droit': 'RD', 'Cuisse gauche': 'LT', 'Cuisse droite': 'RT' };
export const routeCodes: Readonly<Record<string, string>> = { Intramusculaire: 'IM', 'Sous-cutanée': 'SQ', Intradermique: 'IDINJ', Orale: 'PO', Nasale: 'NASINHLC' };

interface SituationKind {
  label: string;
  /** Codes of problems that say it, each in its own classification: many are written alike and mean something else (K74 is a cirrhosis in CIM-10, an angina in CISP-2). Without any: said by the team. */
  icd10?: RegExp;
  icpc2?: RegExp;
}
/** What makes more vaccines due than age alone. Some are read in the problems (CIM-10, CISP-2), the others are said by the team. */
export const situations = {
  pregnancy: { label: 'Grossesse' },
  immunity: { label: 'Immunodépression', icd10: /^(B2[0-4]|C8[1-9]|C9[0-6]|D8[0-4]|Z94)/, icpc2: /^B(72|73|90)/ },
  asplenia: { label: 'Absence de rate, ou rate qui ne fonctionne pas', icd10: /^(D73\.0|Q89\.0|D57)/ },
  heart: { label: 'Maladie cardiaque', icd10: /^(I0[5-9]|I2[0-5]|I27|I34|I35|I4[289]|I50|I51)/, icpc2: /^K(7[4-7]|83)/ },
  lung: { label: 'Maladie respiratoire', icd10: /^(J4[1-7]|J84|E84)/, icpc2: /^R(79|95|96)/ },
  diabetes: { label: 'Diabète', icd10: /^E1[0-4]/, icpc2: /^T(89|90)/ },
  kidney: { label: 'Insuffisance rénale, syndrome néphrotique', icd10: /^(N04|N18)/, icpc2: /^U(88|99)/ },
  liver: { label: 'Maladie chronique du foie', icd10: /^(K70|K7[34]|B18)/, icpc2: /^D97/ },
  nervous: { label: 'Maladie neurologique, AVC', icd10: /^(G1[0-2]|G20|G35|G7[0-3]|I6[0-469])/, icpc2: /^(K90|N8[67])/ },
  'health-professional': { label: 'Professionnel de santé' },
  'around-infant': { label: 'Entourage d’un nourrisson' },
  institution: { label: 'En établissement (Ehpad, USLD)' },
  premature: { label: 'Naissance prématurée (avant 37 SA)', icd10: /^P07\.[23]/ },
  'tuberculosis-risk': { label: 'Enfant à risque élevé de tuberculose' },
  guyane: { label: 'Réside ou séjourne en Guyane' },
  overseas: { label: 'Réside aux Antilles, à Mayotte ou à La Réunion' },
  travel: { label: 'Voyage prévu' },
} as const satisfies Readonly<Record<string, SituationKind>>;
export type Situation = keyof typeof situations;
/** Situations that a code of a problem says, in its own classification. */
export function situationsOfCode(system: string | undefined, code: string): Situation[] {
  const which = classificationOf(system);
  return which ? (Object.entries(situations) as [Situation, SituationKind][]).filter(([, kind]) => kind[which]?.test(code)).map(([situation]) => situation) : [];
}
