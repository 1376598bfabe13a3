/**
 * What a line of a prescription may ask for: how it is followed, which profession does it, on which sheet it is printed. One sheet a receiver: médicaments, examens, actes and
 * matériel are prescribed on separate sheets (code de la sécurité sociale, art. R. 161-45; convention médicale).
 */
export const orderKinds = ['medicine', 'nicotine', 'vaccine', 'contraceptive', 'topical', 'biology', 'imaging', 'nursing', 'physio', 'speech', 'orthoptics', 'podiatry', 'sport', 'other-care', 'dressing', 'compression', 'equipment', 'insole', 'optical', 'transport'] as const;
export type OrderKind = (typeof orderKinds)[number];
/** How far a line can go: given out, sampled then told, done then told, in sessions, once. */
export type OrderWay = 'supply' | 'test' | 'imaging' | 'sessions' | 'once';
export type OrderGroup = 'medicines' | 'tests' | 'care' | 'devices' | 'transport';
export const orderGroups: Record<OrderGroup, string> = { medicines: 'Médicaments', tests: 'Examens', care: 'Soins', devices: 'Dispositifs et matériel', transport: 'Transport' };
export interface OrderFamily {
  label: string;
  group: OrderGroup;
  way: OrderWay;
  /** Title of its sheet. */
  sheet: string;
  /** Professions of a team that do it or give it out. */
  doneBy: readonly string[];
  /** What is counted. */
  unit: string;
  /** Days after which the prescriber is told that it waits; ours, changed line by line. */
  dueDays: number;
  /** Months after which what was not begun is no longer to be done: three for a first supply of medicines (code de la santé publique, art. R. 5123-2); elsewhere a year, ours. */
  validMonths: number;
  example: string;
}
const family = (label: string, group: OrderGroup, way: OrderWay, sheet: string, doneBy: string, unit: string, dueDays: number, example: string, validMonths = 12): OrderFamily => ({ label, group, way, sheet, doneBy: doneBy.split(' ').filter(Boolean), unit, dueDays, validMonths, example });
const nurses = 'nurse advanced-practice-nurse asalee-nurse';

export const orderFamilies: Readonly<Record<OrderKind, OrderFamily>> = {
  medicine: family('Médicament', 'medicines', 'supply', 'Médicaments', 'pharmacist', 'boîte', 7, 'Metformine 1 000 mg, comprimé', 3),
  nicotine: family('Substitut nicotinique', 'medicines', 'supply', 'Médicaments', 'pharmacist', 'boîte', 7, 'Nicotine 21 mg/24 h, dispositif transdermique', 3),
  vaccine: family('Vaccin', 'medicines', 'supply', 'Médicaments', `pharmacist ${nurses} midwife`, 'dose', 30, 'Vaccin contre la grippe saisonnière', 3),
  contraceptive: family('Contraceptif', 'medicines', 'supply', 'Médicaments', 'pharmacist', 'boîte', 7, 'Lévonorgestrel/éthinylestradiol 150/30 µg', 3),
  topical: family('Topique ou antiseptique', 'medicines', 'supply', 'Médicaments', 'pharmacist', 'unité', 7, 'Chlorhexidine aqueuse 0,05 %', 3),
  biology: family('Biologie', 'tests', 'test', 'Examens de biologie médicale', `laboratory-technician ${nurses}`, 'examen', 30, 'HbA1c'),
  imaging: family('Imagerie', 'tests', 'imaging', 'Examens d’imagerie', 'radiographer', 'examen', 60, 'Radiographie du genou droit, face et profil'),
  nursing: family('Soins infirmiers', 'care', 'sessions', 'Soins infirmiers', nurses, 'passage', 3, 'Pansement de plaie de jambe'),
  physio: family('Kinésithérapie', 'care', 'sessions', 'Masso-kinésithérapie', 'physiotherapist', 'séance', 30, 'Rééducation du rachis lombaire'),
  speech: family('Orthophonie', 'care', 'sessions', 'Orthophonie', 'speech-therapist', 'séance', 90, 'Bilan orthophonique avec rééducation si nécessaire'),
  orthoptics: family('Orthoptie', 'care', 'sessions', 'Orthoptie', 'orthoptist', 'séance', 90, 'Bilan orthoptique'),
  podiatry: family('Pédicurie-podologie', 'care', 'sessions', 'Pédicurie-podologie', 'chiropodist', 'séance', 60, 'Soins de prévention du pied diabétique, grade 2'),
  sport: family('Activité physique adaptée', 'care', 'sessions', 'Activité physique adaptée', 'physiotherapist', 'séance', 60, 'Programme d’activité physique adaptée'),
  'other-care': family('Autre soin ou bilan', 'care', 'sessions', 'Autres soins', 'dietician occupational-therapist psychomotor-therapist psychologist', 'séance', 60, 'Bilan diététique'),
  dressing: family('Pansements', 'devices', 'supply', 'Dispositifs médicaux et matériel', 'pharmacist', 'boîte', 7, 'Pansements hydrocellulaires 10 × 10 cm'),
  compression: family('Contention, orthèses', 'devices', 'supply', 'Dispositifs médicaux et matériel', 'pharmacist', 'paire', 14, 'Bas de compression, classe 2'),
  equipment: family('Matériel', 'devices', 'supply', 'Dispositifs médicaux et matériel', 'pharmacist', 'unité', 14, 'Déambulateur avec roulettes'),
  insole: family('Orthèses plantaires', 'devices', 'supply', 'Dispositifs médicaux et matériel', 'chiropodist', 'paire', 60, 'Orthèses plantaires sur mesure'),
  optical: family('Verres et lentilles', 'devices', 'supply', 'Verres correcteurs et lentilles', '', 'équipement', 60, 'Verres correcteurs, vision de loin'),
  transport: family('Transport', 'transport', 'once', 'Transport', '', 'trajet', 14, 'Transport assis professionnalisé, domicile vers le centre hospitalier'),
};
export const isOrderKind = (value: string): value is OrderKind => Object.hasOwn(orderFamilies, value);

/** Why a medicine is not replaced by its generic (arrêté du 12 novembre 2019). */
export const notSubstitutable = { MTE: 'marge thérapeutique étroite', EFG: 'chez l’enfant, aucun générique n’a de forme adaptée', CIF: 'contre-indication formelle à un excipient' } as const;
/** A prescription of medicines covers twelve months at most, renewals included (code de la santé publique, art. R. 5123-2). */
export const mostMonths = 12;
