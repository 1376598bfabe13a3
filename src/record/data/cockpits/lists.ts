import type { KindOfData } from '../../../access/kinds-of-data.ts';

/** Whom a list is about, beyond being my patients; every part that is there must hold. */
export interface Who {
  /** CIM-10, from the left, of a running problem. */
  problems?: readonly string[];
  /** ATC, from the left, of a running treatment. */
  treatments?: readonly string[];
  /** Years, inclusive. */
  fromAge?: number;
  toAge?: number;
}
export type Rule =
  /** All my patients, those seen last first. */
  | { what: 'team' }
  | { what: 'seen-today' }
  /** Today's appointments, by the hour. */
  | { what: 'today' }
  /** Not opened by me for so many days, and no appointment to come. */
  | { what: 'quiet'; days: number }
  /** Those who have answers to this section not older than `within` days; to be done again after `every` days. */
  | {
      what: 'section';
      section: string;
      within: number;
      every?: number;
      /** The answer that ends it, and the one that puts it first: `linkId=code`. */
      over?: string;
      worse?: string;
    }
  /** Those of `who` for whom the section or the measure (LOINC) is older than `every` days, or was never done. */
  | { what: 'due'; who: Who; section?: string; measure?: string; every: number; words: string }
  | { what: 'who'; who: Who }
  | { what: 'ald' }
  | { what: 'pregnancies' }
  | { what: 'weights' }
  /** Those whom I see in a course of sessions: how many days of mine there are, since a gap of `gap` days. */
  | { what: 'sessions'; gap: number }
  | { what: 'medicines' }
  /** What was dispensed has run out, and no renewal is noted. */
  | { what: 'renewals' }
  | { what: 'vaccines' }
  | { what: 'identities' };

export interface List {
  title: string;
  /** In the choice of lists. */
  short: string;
  /** What an empty list says. */
  empty: string;
  rule: Rule;
  /** Kinds without which the list would say things that are not so: it is not offered. */
  needs: readonly KindOfData[];
  /** What is entered on a line: a panel of the record. */
  enter?: { panel: string; short: string };
}
const section = (key: string, short: string) => ({ panel: `volet:volet-${key}`, short });
const diabetes = { problems: ['E10', 'E11', 'E13', 'E14'] } as const;
const measure = { panel: 'mesure', short: 'Mesure' } as const;
const note = { panel: 'note', short: 'Note' } as const;

/** Lists of patients that a profession works through; each can stand on the page of the day (its first lines) and in Patients (all). */
export const lists = {
  miens: { title: 'Mes patients', short: 'Mes patients', empty: 'Vous n’êtes dans aucune équipe de soins pour l’instant. On y entre en créant un dossier, ou quand un collègue vous y ajoute.', rule: { what: 'team' }, needs: [] },
  vus: { title: 'Vus aujourd’hui', short: 'Vus aujourd’hui', empty: 'Les dossiers que vous ouvrez aujourd’hui s’afficheront ici.', rule: { what: 'seen-today' }, needs: [] },
  jour: { title: 'Patients du jour', short: 'Du jour', empty: 'Aucun rendez-vous avec un patient aujourd’hui.', rule: { what: 'today' }, needs: ['agenda'] },
  revoir: { title: 'À revoir', short: 'À revoir', empty: 'Tous vos patients ont été vus depuis six mois, ou ont un rendez-vous.', rule: { what: 'quiet', days: 182 }, needs: ['agenda'] },
  'revoir-mois': { title: 'À revoir', short: 'À revoir', empty: 'Tous vos patients ont été vus depuis un mois, ou ont un rendez-vous.', rule: { what: 'quiet', days: 31 }, needs: ['agenda'] },
  ald: { title: 'Patients en ALD', short: 'ALD', empty: 'Aucun de vos patients n’a d’ALD en cours.', rule: { what: 'ald' }, needs: ['history'] },
  diabete: { title: 'Diabète : HbA1c à faire', short: 'HbA1c à faire', empty: 'Tous vos patients diabétiques ont une HbA1c de moins de six mois.', rule: { what: 'due', who: diabetes, measure: '4548-4', every: 182, words: 'HbA1c' }, needs: ['history', 'results'], enter: { panel: 'mesure:4548-4', short: 'HbA1c' } },
  'suivi-asalee': {
    title: 'Diabète : consultation à prévoir',
    short: 'Diabète',
    empty: 'Tous vos patients diabétiques ont été vus depuis six mois.',
    rule: { what: 'due', who: diabetes, section: 'suivi-asalee', every: 182, words: 'consultation Asalée' },
    needs: ['history', 'sections'],
    enter: section('suivi-asalee', 'Consultation'),
  },
  'suivi-ipa': {
    title: 'Suivi partagé à prévoir',
    short: 'Suivi partagé',
    empty: 'Tous vos patients chroniques ont été vus depuis trois mois.',
    rule: { what: 'due', who: { problems: [...diabetes.problems, 'I10', 'I11', 'I25', 'I48', 'I50', 'J44', 'N18'] }, section: 'suivi-ipa', every: 92, words: 'suivi IPA' },
    needs: ['history', 'sections'],
    enter: section('suivi-ipa', 'Suivi'),
  },
  hta: {
    title: 'Hypertension : tension à reprendre',
    short: 'Tension',
    empty: 'Tous vos patients hypertendus ont une tension de moins de trois mois.',
    rule: { what: 'due', who: { problems: ['I10', 'I11', 'I12', 'I13', 'I15'] }, measure: '85354-9', every: 92, words: 'tension' },
    needs: ['history', 'measures'],
    enter: measure,
  },
  plaies: { title: 'Plaies en cours', short: 'Plaies', empty: 'Aucun suivi de plaie en cours. Le volet « Suivi de plaie » en ouvre un.', rule: { what: 'section', section: 'plaie', within: 120, every: 7, over: 'evolution=cicatrisee', worse: 'evolution=pire' }, needs: ['sections'], enter: section('plaie', 'Plaie') },
  avk: { title: 'Sous AVK : INR', short: 'INR', empty: 'Tous vos patients sous AVK ont un INR de moins d’un mois.', rule: { what: 'due', who: { treatments: ['B01AA'] }, measure: '6301-6', every: 31, words: 'INR' }, needs: ['treatments', 'results'], enter: { panel: 'mesure:6301-6', short: 'INR' } },
  grossesses: { title: 'Grossesses suivies', short: 'Grossesses', empty: 'Aucune grossesse en cours. Le volet « Suivi de grossesse » en ouvre le suivi.', rule: { what: 'pregnancies' }, needs: ['sections', 'sexual-health'], enter: section('grossesse', 'Consultation') },
  nourrissons: { title: 'Enfants de moins de deux ans', short: 'Tout-petits', empty: 'Aucun enfant de moins de deux ans parmi vos patients.', rule: { what: 'who', who: { toAge: 1 } }, needs: [], enter: measure },
  medicaments: { title: 'Bilans de médication à proposer', short: 'Bilans à proposer', empty: 'Aucun de vos patients de 65 ans et plus n’a cinq traitements en cours sans bilan dans l’année.', rule: { what: 'medicines' }, needs: ['treatments', 'sections'], enter: section('bilan-medication', 'Bilan') },
  renouvellements: { title: 'Renouvellements attendus', short: 'Renouvellements', empty: 'D’après les délivrances notées, aucun renouvellement n’est attendu.', rule: { what: 'renewals' }, needs: ['treatments'] },
  vaccins: { title: 'Vaccins à faire', short: 'Vaccins', empty: 'Aucun vaccin à faire parmi vos patients, d’après le calendrier et ce qui est noté.', rule: { what: 'vaccines' }, needs: ['vaccines'], enter: { panel: 'vaccin', short: 'Vaccin' } },
  seances: { title: 'Séances en cours', short: 'Séances', empty: 'Aucune série de séances en cours. Une note dans un dossier compte pour une séance.', rule: { what: 'sessions', gap: 90 }, needs: [], enter: note },
  suivis: { title: 'Suivis en cours', short: 'Suivis', empty: 'Aucun suivi en cours. Une note dans un dossier compte pour une rencontre.', rule: { what: 'sessions', gap: 182 }, needs: [], enter: note },
  chute: { title: 'Risque de chute à évaluer', short: 'Chutes', empty: 'Tous vos patients de 75 ans et plus ont une évaluation de moins d’un an.', rule: { what: 'due', who: { fromAge: 75 }, section: 'chute', every: 365, words: 'évaluation' }, needs: ['sections'], enter: section('chute', 'Chute') },
  domicile: {
    title: 'Domiciles à évaluer',
    short: 'Domiciles',
    empty: 'Tous vos patients de 75 ans et plus ont une évaluation à domicile de moins d’un an.',
    rule: { what: 'due', who: { fromAge: 75 }, section: 'evaluation-ergotherapie', every: 365, words: 'évaluation à domicile' },
    needs: ['sections'],
    enter: section('evaluation-ergotherapie', 'Évaluation'),
  },
  pieds: { title: 'Pieds diabétiques à grader', short: 'Grades', empty: 'Tous vos patients diabétiques ont un grade de moins d’un an.', rule: { what: 'due', who: diabetes, section: 'pied-diabetique', every: 365, words: 'grade' }, needs: ['history', 'sections'], enter: section('pied-diabetique', 'Grade') },
  retines: {
    title: 'Rétinographies à faire',
    short: 'Rétinographies',
    empty: 'Tous vos patients diabétiques ont une rétinographie de moins d’un an.',
    rule: { what: 'due', who: diabetes, section: 'retinographie', every: 365, words: 'rétinographie' },
    needs: ['history', 'sections'],
    enter: section('retinographie', 'Rétino'),
  },
  bouches: {
    title: 'Diabétiques : bouche à examiner',
    short: 'Diabétiques',
    empty: 'Tous vos patients diabétiques ont un bilan bucco-dentaire de moins d’un an.',
    rule: { what: 'due', who: diabetes, section: 'bilan-buccodentaire', every: 365, words: 'bilan' },
    needs: ['history', 'sections'],
    enter: section('bilan-buccodentaire', 'Bilan'),
  },
  enfants: { title: 'Enfants', short: 'Enfants', empty: 'Aucun enfant parmi vos patients.', rule: { what: 'who', who: { toAge: 15 } }, needs: [] },
  deglutition: { title: 'Déglutition : à réévaluer', short: 'Déglutition', empty: 'Aucun bilan de déglutition à refaire.', rule: { what: 'section', section: 'deglutition', within: 730, every: 92 }, needs: ['sections'], enter: section('deglutition', 'Déglutition') },
  poids: { title: 'Poids qui changent', short: 'Poids', empty: 'Aucun poids n’a changé de cinq pour cent ou plus en six mois.', rule: { what: 'weights' }, needs: ['measures'], enter: { panel: 'mesure:29463-7', short: 'Poids' } },
  dietetique: { title: 'Bilans diététiques à refaire', short: 'Bilans', empty: 'Aucun bilan diététique de plus de six mois.', rule: { what: 'section', section: 'bilan-dietetique', within: 1095, every: 182 }, needs: ['sections'], enter: section('bilan-dietetique', 'Bilan') },
  humeur: { title: 'PHQ-9 suivis', short: 'PHQ-9', empty: 'Aucun PHQ-9 depuis un an parmi vos patients.', rule: { what: 'section', section: 'phq-9', within: 365, every: 28 }, needs: ['mental-health'], enter: section('phq-9', 'PHQ-9') },
  prelevements: { title: 'Prélèvements de la semaine', short: 'Prélèvements', empty: 'Aucun prélèvement décrit depuis sept jours.', rule: { what: 'section', section: 'prelevement', within: 7 }, needs: ['sections'], enter: section('prelevement', 'Prélèvement') },
  imagerie: { title: 'Examens préparés', short: 'Examens', empty: 'Aucune fiche de sécurité remplie depuis un mois.', rule: { what: 'section', section: 'imagerie-securite', within: 31 }, needs: ['sections'], enter: section('imagerie-securite', 'Sécurité') },
  identites: { title: 'Identités à compléter', short: 'Identités', empty: 'Toutes les identités sont complètes.', rule: { what: 'identities' }, needs: ['identity'] },
} as const satisfies Record<string, List>;
export type ListName = keyof typeof lists;
export const listOf = (name: string): List | undefined => (Object.hasOwn(lists, name) ? lists[name as ListName] : undefined);
