import type { OrderLineBody } from '../../contract/orders/line.ts';
import type { OrderKind } from './families.ts';

/**
 * Usual prescriptions that come with the product: a beginning, changed before each signature. Contents follow the recommendations named; what a patient needs is the prescriber's.
 */
export interface ShippedTemplate {
  id: string;
  title: string;
  lines: OrderLineBody[];
  note: string;
}
const line = (kind: OrderKind, label: string, more: Partial<OrderLineBody> = {}): OrderLineBody => ({ kind, label, instructions: '', repeats: 0, ald: false, urgent: false, home: false, follow: false, ...more });
const loinc = 'http://loinc.org';
const test = (label: string, code?: string, more: Partial<OrderLineBody> = {}): OrderLineBody => line('biology', label, { ...(code && { code, system: loinc }), ...more });

export const shippedTemplates: readonly ShippedTemplate[] = [
  // HAS, guide du parcours de soins, diabète de type 2 de l'adulte (2014).
  { id: 'diabete-trimestre', title: 'Bilan du diabète, trimestriel', note: '', lines: [test('HbA1c', '4548-4', { ald: true })] },
  {
    id: 'diabete-annee',
    title: 'Bilan du diabète, annuel',
    note: 'Prélèvement à jeun. Recueil des urines du matin.',
    lines: [
      test('HbA1c', '4548-4', { ald: true }),
      test('Exploration d’une anomalie lipidique (EAL)', undefined, { ald: true }),
      test('Créatininémie avec estimation du débit de filtration glomérulaire (CKD-EPI)', '2160-0', { ald: true }),
      test('Rapport albumine/créatinine sur échantillon d’urine', '9318-7', { ald: true }),
      test('Kaliémie', '2823-3', { ald: true }),
    ],
  },
  {
    id: 'hta-bilan',
    title: 'Bilan d’une hypertension artérielle',
    note: '',
    lines: [test('Créatininémie avec estimation du débit de filtration glomérulaire (CKD-EPI)', '2160-0'), test('Kaliémie', '2823-3'), test('Glycémie à jeun', '1558-6'), test('Exploration d’une anomalie lipidique (EAL)'), test('Rapport albumine/créatinine sur échantillon d’urine', '9318-7')],
  },
  { id: 'avk-inr', title: 'Surveillance d’un antivitamine K', note: '', lines: [test('INR', '6301-6', { instructions: 'une fois par mois, et après chaque changement de dose', duration: { value: 6, unit: 'mo' } })] },
  {
    id: 'pansement',
    title: 'Pansement par infirmier',
    note: '',
    lines: [
      line('nursing', 'Réfection de pansement', { instructions: 'tous les deux jours, y compris dimanches et jours fériés si nécessaire', quantity: 15, duration: { value: 30, unit: 'd' }, home: true }),
      line('dressing', 'Pansements hydrocellulaires 10 × 10 cm', { instructions: 'à adapter à l’évolution de la plaie', quantity: 2 }),
    ],
  },
  { id: 'prise-de-sang-domicile', title: 'Prélèvement sanguin à domicile', note: '', lines: [line('nursing', 'Prélèvement de sang veineux', { quantity: 1, home: true })] },
  { id: 'pilulier', title: 'Préparation du pilulier et surveillance', note: '', lines: [line('nursing', 'Préparation hebdomadaire du pilulier et surveillance de la prise', { instructions: 'une fois par semaine', quantity: 12, duration: { value: 3, unit: 'mo' }, home: true, follow: true })] },
  { id: 'kine-lombalgie', title: 'Kinésithérapie, lombalgie', note: '', lines: [line('physio', 'Rééducation du rachis lombaire', { instructions: 'bilan, exercices actifs, apprentissage de l’autoentretien', quantity: 10, reason: 'lombalgie' })] },
  { id: 'kine-equilibre', title: 'Kinésithérapie, équilibre et prévention des chutes', note: '', lines: [line('physio', 'Rééducation de l’équilibre et de la marche', { instructions: 'prévention des chutes, apprentissage du relever du sol', quantity: 15, home: true })] },
  { id: 'orthophonie-bilan', title: 'Bilan orthophonique', note: '', lines: [line('speech', 'Bilan orthophonique avec rééducation si nécessaire', { quantity: 1 })] },
  { id: 'pied-diabetique', title: 'Prévention du pied diabétique', note: '', lines: [line('podiatry', 'Soins de prévention et éducation, pied à risque', { instructions: 'selon la gradation', quantity: 5, ald: true, reason: 'diabète' })] },
  { id: 'compression', title: 'Compression veineuse', note: '', lines: [line('compression', 'Bas de compression, classe 2', { instructions: 'à mettre le matin au lever', quantity: 2, unit: 'paire' })] },
  {
    id: 'sevrage-tabac',
    title: 'Sevrage tabagique',
    note: '',
    lines: [
      line('nicotine', 'Nicotine 21 mg/24 h, dispositif transdermique', { instructions: 'un dispositif par jour', duration: { value: 28, unit: 'd' }, follow: true }),
      line('nicotine', 'Nicotine 2 mg, gomme à mâcher', { instructions: 'une gomme lors des envies, sans dépasser quinze par jour', duration: { value: 28, unit: 'd' } }),
    ],
  },
  { id: 'vaccin-grippe', title: 'Vaccin contre la grippe', note: '', lines: [line('vaccine', 'Vaccin contre la grippe saisonnière', { quantity: 1 })] },
  { id: 'deambulateur', title: 'Aide à la marche', note: '', lines: [line('equipment', 'Déambulateur', { quantity: 1 })] },
];
