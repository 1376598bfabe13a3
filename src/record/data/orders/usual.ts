import type { OrderKind } from './families.ts';

/** What is prescribed most, by kind: chosen as one types, free words always possible. Codes are LOINC, where the test is one value. */
export interface UsualOrder {
  label: string;
  code?: string;
  system?: string;
}
const loinc = 'http://loinc.org';
const test = (label: string, code?: string): UsualOrder => ({ label, ...(code && { code, system: loinc }) });
const words = (...labels: string[]): UsualOrder[] => labels.map((label) => ({ label }));

export const usualOrders: Partial<Record<OrderKind, readonly UsualOrder[]>> = {
  biology: [
    test('HbA1c', '4548-4'), test('Glycémie à jeun', '1558-6'), test('Créatininémie avec estimation du débit de filtration glomérulaire (CKD-EPI)', '2160-0'), test('Ionogramme sanguin'), test('Kaliémie', '2823-3'), test('Numération formule sanguine (NFS)'), test('CRP', '1988-5'),
    test('Exploration d’une anomalie lipidique (EAL)'), test('TSH', '3016-3'), test('Ferritinémie', '2276-4'), test('ASAT, ALAT'), test('Gamma-GT', '2324-2'), test('Rapport albumine/créatinine sur échantillon d’urine', '9318-7'), test('INR', '6301-6'), test('ECBU'), test('25-OH vitamine D', '62292-8'),
    test('Vitamine B12', '2132-9'), test('Folates sériques'), test('PSA total', '2857-1'), test('NT-proBNP', '33762-6'), test('Uricémie', '3084-1'), test('Calcémie', '17861-6'), test('Albuminémie', '1751-7'), test('Sérologie VIH (test combiné)'), test('Sérologies hépatites B et C'), test('Groupe sanguin, RAI'),
    test('Sérologie toxoplasmose, rubéole'), test('Bêta-hCG plasmatique'), test('Coproculture'), test('Test immunologique de recherche de sang dans les selles'),
  ],
  imaging: words('Radiographie du thorax, face', 'Radiographie du genou, face et profil', 'Radiographie de la cheville, face et profil', 'Radiographie du rachis lombaire, face et profil', 'Radiographie du bassin, face', 'Échographie abdominale', 'Échographie rénale et vésicale', 'Échographie thyroïdienne', 'Échographie obstétricale', 'Écho-Doppler veineux des membres inférieurs', 'Écho-Doppler des troncs supra-aortiques', 'Mammographie bilatérale', 'Ostéodensitométrie', 'Scanner thoracique', 'IRM lombaire', 'IRM du genou'),
  nursing: words('Réfection de pansement', 'Pansement d’ulcère de jambe ou d’escarre', 'Prélèvement de sang veineux', 'Injection sous-cutanée', 'Injection intramusculaire', 'Surveillance de la glycémie et injection d’insuline', 'Préparation hebdomadaire du pilulier et surveillance de la prise', 'Aide à la toilette et surveillance', 'Surveillance de la tension, du poids et des œdèmes', 'Ablation de fils ou d’agrafes', 'Pose et dépose de bas de compression', 'Soins de sonde urinaire', 'Bilan de soins infirmiers'),
  physio: words('Rééducation du rachis lombaire', 'Rééducation du rachis cervical', 'Rééducation de l’épaule', 'Rééducation du genou', 'Rééducation de la cheville', 'Rééducation de l’équilibre et de la marche', 'Rééducation respiratoire', 'Rééducation périnéale', 'Rééducation après prothèse de hanche', 'Drainage lymphatique', 'Rééducation vestibulaire'),
  speech: words('Bilan orthophonique avec rééducation si nécessaire', 'Bilan du langage oral', 'Bilan du langage écrit', 'Bilan de la déglutition', 'Bilan de la voix', 'Rééducation orthophonique'),
  orthoptics: words('Bilan orthoptique', 'Rééducation orthoptique', 'Dépistage de l’amblyopie', 'Dépistage de la rétinopathie diabétique'),
  podiatry: words('Soins de prévention et éducation, pied à risque', 'Soins de pédicurie', 'Bilan podologique'),
  sport: words('Programme d’activité physique adaptée'),
  'other-care': words('Bilan diététique', 'Consultation diététique', 'Bilan d’ergothérapie', 'Bilan psychomoteur', 'Séances d’accompagnement psychologique'),
  dressing: words('Pansements hydrocellulaires 10 × 10 cm', 'Pansements hydrocolloïdes', 'Pansements à l’alginate', 'Pansements à l’argent', 'Compresses stériles 10 × 10 cm', 'Bandes de fixation', 'Set de pansement pour plaie chronique', 'Sérum physiologique en unidoses'),
  compression: words('Bas de compression, classe 2', 'Chaussettes de compression, classe 2', 'Bandes de compression à allongement court', 'Ceinture lombaire de série', 'Attelle de poignet', 'Attelle de cheville', 'Collier cervical souple'),
  equipment: words('Déambulateur', 'Canne simple', 'Cannes anglaises', 'Lit médicalisé', 'Matelas anti-escarres, classe 1', 'Coussin anti-escarres', 'Fauteuil roulant manuel', 'Chaise percée', 'Lecteur de glycémie', 'Bandelettes pour lecteur de glycémie', 'Autotensiomètre', 'Débitmètre de pointe', 'Chambre d’inhalation', 'Protections pour incontinence'),
  insole: words('Orthèses plantaires sur mesure'),
  optical: words('Verres correcteurs', 'Lentilles de contact'),
  transport: words('Véhicule sanitaire léger, aller et retour', 'Taxi conventionné, aller et retour', 'Ambulance', 'Véhicule personnel ou transport en commun'),
  vaccine: words('Vaccin contre la grippe saisonnière', 'Vaccin dTcaP', 'Vaccin dTP', 'Vaccin contre le pneumocoque', 'Vaccin contre le zona', 'Vaccin contre le Covid-19', 'Vaccin ROR', 'Vaccin contre les papillomavirus'),
  nicotine: words('Nicotine 21 mg/24 h, dispositif transdermique', 'Nicotine 14 mg/24 h, dispositif transdermique', 'Nicotine 7 mg/24 h, dispositif transdermique', 'Nicotine 2 mg, gomme à mâcher', 'Nicotine 4 mg, gomme à mâcher', 'Nicotine 1,5 mg, comprimé à sucer'),
  topical: words('Chlorhexidine aqueuse 0,05 %', 'Povidone iodée 10 %, solution cutanée', 'Sérum physiologique, unidoses', 'Vaseline stérile'),
  contraceptive: words('Lévonorgestrel/éthinylestradiol 150/30 µg', 'Désogestrel 75 µg', 'Lévonorgestrel 1,5 mg, contraception d’urgence'),
};
