/**
 * Narcotics, and medicines to which a part of their rules applies («assimilés»): what a prescription of each must say. Texts as they stood in 2025, each with where it was read; what was not certain is in
 * `unsureOfControlled`, and a prescriber can always say by hand that a medicine is one of them. Nothing here knows doses or indications.
 */
const csp = 'code de la santé publique';
const meddispar = 'Ordre des pharmaciens, Meddispar';
export type ControlledRegime = 'narcotic' | 'assimilated';
export const controlledRegimes: Readonly<Record<ControlledRegime, string>> = { narcotic: 'Stupéfiant', assimilated: 'Assimilé stupéfiant' };
export interface ControlledRule {
  label: string;
  regime: ControlledRegime;
  /** Longest treatment that one prescription covers, renewals of its supply included. */
  most: { value: number; unit: 'd' | 'wk' | 'mo' };
  /** Days of treatment given out at once, unless the prescriber writes «délivrance en une seule fois»; null: no fractions asked. */
  fraction: number | null;
  /** The pharmacy is named, or the health insurance does not pay (code de la sécurité sociale, art. L. 162-4-2; arrêté du 1er avril 2008). */
  pharmacy: boolean;
  /** No new prescription by the same prescriber over a period that one covers already, unless it says so; null: the texts that were read do not say. */
  overlap: 'forbidden' | 'allowed' | null;
  /** Units a take, takes and strength in full letters (art. R. 5132-29). */
  letters: boolean;
  /** Said to the prescriber. */
  note: string;
  source: string;
  /** Substances and brands as they are written, without accents; one of them found in a name makes it a candidate. */
  words: readonly string[];
}
const rule = (label: string, regime: ControlledRegime, most: ControlledRule['most'], words: string, source: string, more: Partial<ControlledRule> = {}): ControlledRule => ({
  label,
  regime,
  most,
  fraction: null,
  pharmacy: false,
  overlap: regime === 'narcotic' ? 'forbidden' : null,
  letters: true,
  note: '',
  source,
  words: words.split('|'),
  ...more,
});
const days = (value: number) => ({ value, unit: 'd' as const });
const weeks = (value: number) => ({ value, unit: 'wk' as const });
const months = (value: number) => ({ value, unit: 'mo' as const });
const narcotic = `${csp}, art. R. 5132-29, R. 5132-30 et R. 5132-33 ; ${meddispar}, conditions de prescription`;
const reduced = `${csp}, art. R. 5132-30 ; arrêté du 20 septembre 1999 (durées réduites)`;
const opioids = 'ANSM, décisions du 26 septembre 2024, applicables le 1er mars 2025';

export const controlledRules = {
  'morphine-oral': rule('Morphine par voie orale', 'narcotic', days(28), 'morphine|skenan|actiskenan|moscontin|sevredol|oramorph', narcotic),
  'morphine-injectable': rule('Morphine injectable', 'narcotic', days(7), 'morphine', reduced, { note: 'Hors système actif de perfusion.' }),
  'morphine-pump': rule('Morphine par système actif de perfusion', 'narcotic', days(28), 'morphine', reduced),
  oxycodone: rule('Oxycodone', 'narcotic', days(28), 'oxycodone|oxycontin|oxynorm|oxynormoro|oxsynia', `${narcotic} ; Le Moniteur des pharmacies no 2817 (2010)`, { note: 'Forme injectable : la durée est plus courte hors système actif de perfusion ; vérifiez.' }),
  hydromorphone: rule('Hydromorphone', 'narcotic', days(28), 'hydromorphone|sophidone', narcotic),
  'fentanyl-patch': rule('Fentanyl transdermique', 'narcotic', days(28), 'fentanyl|durogesic|matrifen', `arrêté du 23 avril 2002 (fractionnement) ; ${meddispar}`, { fraction: 14 }),
  'fentanyl-mucosa': rule('Fentanyl transmuqueux', 'narcotic', days(28), 'fentanyl|abstral|actiq|effentora|instanyl|pecfent|breakyl|recivit', `arrêté du 23 avril 2002 (fractionnement) ; ${meddispar}`, { fraction: 7 }),
  'methadone-syrup': rule('Méthadone, sirop', 'narcotic', days(14), 'methadone', `${reduced} ; arrêté du 1er avril 2008`, { fraction: 7, pharmacy: true, note: 'Commencée en centre spécialisé (CSAPA) ou en établissement de santé ; relais par le médecin qu’ils désignent.' }),
  'methadone-capsule': rule('Méthadone, gélule', 'narcotic', days(28), 'methadone|zoryon', 'Journal officiel du 17 octobre 2014 (gélules : 28 jours, délivrance par 7 jours) ; arrêté du 1er avril 2008', {
    fraction: 7,
    pharmacy: true,
    note: 'Commencée en centre spécialisé (CSAPA) ou en établissement de santé ; relais par le médecin qu’ils désignent.',
  }),
  methylphenidate: rule('Méthylphénidate', 'narcotic', days(28), 'methylphenidate|ritaline|concerta|medikinet|quasym', `${meddispar} (2022) ; arrêté du 1er avril 2008`, {
    pharmacy: true,
    note: 'Prescription initiale, puis chaque année, par un neurologue, un psychiatre ou un pédiatre (depuis le 13 septembre 2021) ; tout médecin renouvelle entre-temps.',
  }),
  ketamine: rule('Kétamine', 'narcotic', days(28), 'ketamine|ketalar', `arrêté du 19 janvier 2017 (classement) ; ${csp}, art. R. 5132-30`, { note: 'Réservée à l’usage hospitalier.' }),
  'other-narcotic': rule('Autre stupéfiant', 'narcotic', days(28), 'pethidine|sufentanil|remifentanil|alfentanil|oxybate|xyrem|dexamfetamine|lisdexamfetamine|dronabinol|nabiximols|sativex|tapentadol', `${csp}, art. R. 5132-30`, { note: 'Durée et fractionnement propres à ce médicament : à vérifier.' }),
  'buprenorphine-high': rule('Buprénorphine, plus de 0,2 mg par prise', 'assimilated', days(28), 'buprenorphine|subutex|suboxone|orobupre|zubsolv', `${meddispar} ; arrêté du 1er avril 2008`, { fraction: 7, pharmacy: true, overlap: 'forbidden' }),
  'buprenorphine-low': rule('Buprénorphine, 0,2 mg par prise au plus', 'assimilated', months(12), 'buprenorphine|temgesic', `${meddispar}, conditions de prescription`),
  tramadol: rule('Tramadol', 'assimilated', weeks(12), 'tramadol|topalgic|contramal|ixprim|zaldiar|zamudol|monocrixo|monoalgic|orozamudol|skudexum|biodalgic', opioids),
  codeine: rule('Codéine', 'assimilated', weeks(12), 'codeine|codoliprane|dafalgan codeine|efferalgan codeine|klipal|prontalgine|lindilane|claradol codeine|neo codion|euphon|polery|paderyl|tussipax|pulmoserum', opioids),
  dihydrocodeine: rule('Dihydrocodéine', 'assimilated', weeks(12), 'dihydrocodeine|dicodin', opioids),
  zolpidem: rule('Zolpidem', 'assimilated', days(28), 'zolpidem|stilnox|edluar', 'arrêté du 7 janvier 2017 ; Ordre des pharmaciens (10 avril 2017)', { overlap: 'forbidden' }),
  tianeptine: rule('Tianeptine', 'assimilated', days(28), 'tianeptine|stablon', 'arrêté du 28 juin 2012', { overlap: 'forbidden' }),
  clonazepam: rule('Clonazépam par voie orale', 'assimilated', weeks(12), 'clonazepam|rivotril', 'arrêté du 24 août 2011 ; Le Moniteur des pharmacies', { overlap: 'forbidden', note: 'Prescription initiale, puis chaque année, par un neurologue ou un pédiatre ; tout médecin renouvelle entre-temps.' }),
  midazolam: rule('Midazolam buccal', 'assimilated', months(12), 'midazolam|buccolam', `${meddispar}, conditions de prescription`),
  pregabalin: rule('Prégabaline', 'assimilated', months(6), 'pregabaline|lyrica', 'arrêté du 12 février 2021 ; ANSM (21 mai 2021)', { overlap: 'allowed', letters: false }),
  'other-assimilated': rule('Autre assimilé stupéfiant', 'assimilated', days(28), 'clorazepate|tranxene|flunitrazepam', `${meddispar}, conditions de prescription`, { note: 'Dosages concernés et durée propres à ce médicament : à vérifier.' }),
} as const satisfies Record<string, ControlledRule>;
export type ControlledId = keyof typeof controlledRules;
export const controlledIds = Object.keys(controlledRules) as [ControlledId, ...ControlledId[]];
export const controlledRule = (id: ControlledId): ControlledRule => controlledRules[id];

/** Who may prescribe one at all (Meddispar, conditions de prescription): nobody else, whatever else they prescribe. */
export const controlledPrescribers: Readonly<Record<string, string>> = { physician: '', 'dental-surgeon': 'Pour l’usage de l’art dentaire.', midwife: 'Dans les limites de la liste réglementaire.' };
/** Not certain to us: said as a note, or left to «autre». */
export const unsureOfControlled: readonly string[] = [
  'Oxycodone injectable : durée hors système actif de perfusion.',
  'Clorazépate (dosages forts), oxybate de sodium, lisdexamfétamine, tapentadol, cannabinoïdes : reconnus, durée générale de 28 jours, à vérifier par le prescripteur.',
  'Tramadol, codéine, dihydrocodéine, Temgésic, Buccolam : chevauchement non dit par les textes lus ; la mention reste possible.',
  'Infirmier en pratique avancée : renouvellement d’un stupéfiant ; fermé.',
];
