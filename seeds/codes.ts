/** Measures and laboratory tests: LOINC, French name, UCUM unit, display unit, decimals, reference range. */
export interface Measure {
  loinc: string;
  fr: string;
  ucum: string;
  unit: string;
  decimals: number;
  low?: number;
  high?: number;
}
const m = (
  loinc: string,
  fr: string,
  ucum: string,
  unit: string,
  decimals: number,
  low?: number,
  high?: number,
): Measure => ({
  loinc,
  fr,
  ucum,
  unit,
  decimals,
  ...(low !== undefined ? { low } : {}),
  ...(high !== undefined ? { high } : {}),
});

export const vital = {
  weight: m('29463-7', 'Poids', 'kg', 'kg', 1),
  height: m('8302-2', 'Taille', 'cm', 'cm', 0),
  bmi: m('39156-5', 'Indice de masse corporelle', 'kg/m2', 'kg/m²', 1),
  pulse: m('8867-4', 'Fréquence cardiaque', '/min', '/min', 0),
  temperature: m('8310-5', 'Température', 'Cel', '°C', 1),
  saturation: m('59408-5', 'Saturation en oxygène', '%', '%', 0),
  head: m('9843-4', 'Périmètre crânien', 'cm', 'cm', 1),
  pain: m('72514-3', 'Douleur (échelle 0–10)', '{score}', '/10', 0),
  peakFlow: m('33452-4', 'Débit expiratoire de pointe', 'L/min', 'L/min', 0),
  capillaryGlucose: m('41653-7', 'Glycémie capillaire', 'mg/dL', 'mg/dL', 0),
  waist: m('8280-0', 'Tour de taille', 'cm', 'cm', 0),
} as const;

export const test = {
  hba1c: m('4548-4', 'HbA1c', '%', '%', 1, 4, 6),
  glucose: m('2345-7', 'Glycémie à jeun', 'mg/dL', 'mg/dL', 0, 70, 110),
  creatinine: m('14682-9', 'Créatinine', 'umol/L', 'µmol/L', 0, 45, 104),
  egfr: m('62238-1', 'DFG estimé (CKD-EPI)', 'mL/min/{1.73_m2}', 'mL/min/1,73 m²', 0, 60),
  ldl: m('2089-1', 'Cholestérol LDL', 'g/L', 'g/L', 2, undefined, 1.6),
  hdl: m('2085-9', 'Cholestérol HDL', 'g/L', 'g/L', 2, 0.4),
  triglycerides: m('2571-8', 'Triglycérides', 'g/L', 'g/L', 2, undefined, 1.5),
  inr: m('6301-6', 'INR', '{INR}', '', 1, 2, 3),
  crp: m('1988-5', 'CRP', 'mg/L', 'mg/L', 1, undefined, 5),
  haemoglobin: m('718-7', 'Hémoglobine', 'g/dL', 'g/dL', 1, 12, 17),
  platelets: m('777-3', 'Plaquettes', '10*3/uL', 'G/L', 0, 150, 400),
  leukocytes: m('6690-2', 'Leucocytes', '10*3/uL', 'G/L', 1, 4, 10),
  tsh: m('3016-3', 'TSH', 'm[IU]/L', 'mUI/L', 2, 0.4, 4),
  potassium: m('2823-3', 'Potassium', 'mmol/L', 'mmol/L', 1, 3.5, 5),
  sodium: m('2951-2', 'Sodium', 'mmol/L', 'mmol/L', 0, 136, 145),
  albuminuria: m('9318-7', 'Rapport albumine/créatinine urinaire', 'mg/g', 'mg/g', 0, undefined, 30),
  ferritin: m('2276-4', 'Ferritine', 'ug/L', 'µg/L', 0, 20, 200),
  ntProBnp: m('33762-6', 'NT-proBNP', 'ng/L', 'ng/L', 0, undefined, 450),
  psa: m('2857-1', 'PSA', 'ug/L', 'µg/L', 2, undefined, 4),
  vitaminD: m('62292-8', 'Vitamine D (25-OH)', 'ug/L', 'µg/L', 0, 30, 100),
  toxoplasmosis: m('5388-4', 'IgG anti-toxoplasme', '[IU]/mL', 'UI/mL', 0, undefined, 8),
} as const;

export interface Problem {
  fr: string;
  icd: string;
  icpc: string;
  security?: 'PSY' | 'ETH' | 'SEX';
}
const p = (fr: string, icd: string, icpc: string, security?: Problem['security']): Problem => ({
  fr,
  icd,
  icpc,
  ...(security ? { security } : {}),
});

export const problem = {
  hypertension: p('Hypertension artérielle', 'I10', 'K86'),
  diabetes2: p('Diabète de type 2', 'E11.9', 'T90'),
  neuropathy: p('Neuropathie périphérique diabétique', 'E11.4', 'N94'),
  lipids: p('Hypercholestérolémie', 'E78.0', 'T93'),
  hypothyroidism: p('Hypothyroïdie', 'E03.9', 'T86'),
  asthma: p('Asthme', 'J45.9', 'R96'),
  copd: p('BPCO', 'J44.9', 'R95'),
  smoking: p('Tabagisme', 'F17.2', 'P17'),
  depression: p('Épisode dépressif', 'F32.1', 'P76', 'PSY'),
  anxiety: p('Trouble anxieux', 'F41.1', 'P74', 'PSY'),
  alcohol: p('Consommation d’alcool à risque', 'F10.1', 'P15', 'ETH'),
  fibrillation: p('Fibrillation atriale', 'I48.9', 'K78'),
  heartFailure: p('Insuffisance cardiaque', 'I50.9', 'K77'),
  coronary: p('Cardiopathie ischémique', 'I25.9', 'K76'),
  ckd: p('Maladie rénale chronique', 'N18.3', 'U99'),
  kneeOsteoarthritis: p('Gonarthrose', 'M17.9', 'L90'),
  hipOsteoarthritis: p('Coxarthrose', 'M16.9', 'L89'),
  backPain: p('Lombalgie', 'M54.5', 'L03'),
  osteoporosis: p('Ostéoporose', 'M81.9', 'L95'),
  dementia: p('Maladie d’Alzheimer', 'G30.9', 'P70'),
  parkinson: p('Maladie de Parkinson', 'G20', 'N87'),
  legUlcer: p('Ulcère veineux de jambe', 'I83.0', 'S97'),
  varicose: p('Insuffisance veineuse', 'I87.2', 'K95'),
  migraine: p('Migraine', 'G43.9', 'N89'),
  obesity: p('Obésité', 'E66.9', 'T82'),
  reflux: p('Reflux gastro-œsophagien', 'K21.9', 'D84'),
  breastCancer: p('Cancer du sein', 'C50.9', 'X76'),
  prostateCancer: p('Cancer de la prostate', 'C61', 'Y77'),
  pancreasCancer: p('Cancer du pancréas', 'C25.9', 'D76'),
  prostate: p('Hypertrophie bénigne de la prostate', 'N40', 'Y85'),
  fall: p('Chute à domicile', 'W19', 'A88'),
  frailty: p('Fragilité de la personne âgée', 'R54', 'P05'),
  eczema: p('Dermatite atopique', 'L20.9', 'S87'),
  rhinitis: p('Rhinite allergique', 'J30.1', 'R97'),
  languageDelay: p('Retard de langage', 'F80.9', 'P24'),
  dyslexia: p('Dyslexie', 'F81.0', 'P24'),
  pregnancy: p('Grossesse', 'Z34.9', 'W78', 'SEX'),
  contraception: p('Contraception', 'Z30.4', 'W11', 'SEX'),
  gestational: p('Diabète gestationnel', 'O24.4', 'W85', 'SEX'),
  anaemia: p('Anémie par carence en fer', 'D50.9', 'B80'),
  epilepsy: p('Épilepsie', 'G40.9', 'N88'),
  appendicectomy: p('Appendicectomie', 'Z90.4', 'D88'),
  cholecystectomy: p('Cholécystectomie', 'Z90.4', 'D98'),
  wristFracture: p('Fracture du poignet', 'S52.5', 'L72'),
  tonsils: p('Amygdalectomie', 'Z90.8', 'R90'),
  cataract: p('Cataracte opérée', 'H26.9', 'F92'),
  kneeProsthesis: p('Prothèse totale de genou', 'Z96.6', 'L90'),
  cold: p('Rhinopharyngite', 'J00', 'R74'),
  bronchitis: p('Bronchite aiguë', 'J20.9', 'R78'),
  otitis: p('Otite moyenne aiguë', 'H66.9', 'H71'),
  gastroenteritis: p('Gastro-entérite', 'A09', 'D73'),
  cystitis: p('Cystite aiguë', 'N30.0', 'U71'),
  ankleSprain: p('Entorse de cheville', 'S93.4', 'L77'),
  influenza: p('Grippe', 'J11.1', 'R80'),
  angina: p('Angine', 'J03.9', 'R76'),
  caries: p('Carie dentaire', 'K02.9', 'D82'),
  shoulder: p('Tendinopathie de l’épaule', 'M75.1', 'L92'),
  bronchiolitis: p('Bronchiolite', 'J21.9', 'R78'),
} as const satisfies Record<string, Problem>;

/** Medicines: French name, ATC code, usual posology. */
export interface Drug {
  fr: string;
  atc: string;
  dose: string;
}
const d = (fr: string, atc: string, dose: string): Drug => ({ fr, atc, dose });
export const drug = {
  metformin: d('Metformine 1000 mg, comprimé', 'A10BA02', '1 comprimé matin et soir, au cours du repas'),
  gliclazide: d('Gliclazide 60 mg LM, comprimé', 'A10BB09', '1 comprimé le matin'),
  sitagliptin: d('Sitagliptine 100 mg, comprimé', 'A10BH01', '1 comprimé le matin'),
  empagliflozin: d('Empagliflozine 10 mg, comprimé', 'A10BK03', '1 comprimé le matin'),
  glargine: d('Insuline glargine 100 U/mL, stylo', 'A10AE04', '14 unités le soir, à adapter à la glycémie du matin'),
  ramipril: d('Ramipril 5 mg, comprimé', 'C09AA05', '1 comprimé le matin'),
  perindopril: d('Périndopril 4 mg, comprimé', 'C09AA04', '1 comprimé le matin'),
  irbesartan: d('Irbésartan 150 mg, comprimé', 'C09CA04', '1 comprimé le matin'),
  amlodipine: d('Amlodipine 5 mg, gélule', 'C08CA01', '1 gélule le matin'),
  hydrochlorothiazide: d('Hydrochlorothiazide 12,5 mg, comprimé', 'C03AA03', '1 comprimé le matin'),
  bisoprolol: d('Bisoprolol 2,5 mg, comprimé', 'C07AB07', '1 comprimé le matin'),
  diltiazem: d('Diltiazem 200 mg LP, gélule', 'C08DB01', '1 gélule le matin'),
  furosemide: d('Furosémide 40 mg, comprimé', 'C03CA01', '1 comprimé le matin'),
  atorvastatin: d('Atorvastatine 20 mg, comprimé', 'C10AA05', '1 comprimé le soir'),
  aspirin: d('Acide acétylsalicylique 75 mg, poudre', 'B01AC06', '1 sachet par jour'),
  warfarin: d('Warfarine 5 mg, comprimé', 'B01AA03', '1 comprimé le soir, selon l’INR'),
  apixaban: d('Apixaban 5 mg, comprimé', 'B01AF02', '1 comprimé matin et soir'),
  levothyroxine: d('Lévothyroxine 75 µg, comprimé', 'H03AA01', '1 comprimé le matin à jeun'),
  salbutamol: d('Salbutamol 100 µg/dose, suspension pour inhalation', 'R03AC02', '1 à 2 bouffées en cas de gêne'),
  beclometasone: d(
    'Béclométasone 100 µg/dose, inhalation',
    'R03BA01',
    '1 bouffée matin et soir, avec la chambre d’inhalation',
  ),
  formoterol: d('Budésonide/formotérol 200/6 µg, inhalation', 'R03AK07', '1 inhalation matin et soir'),
  tiotropium: d('Tiotropium 18 µg, poudre pour inhalation', 'R03BB04', '1 inhalation le matin'),
  paracetamol: d('Paracétamol 1 g, comprimé', 'N02BE01', '1 comprimé si douleur, 3 par jour au plus'),
  ibuprofen: d('Ibuprofène 400 mg, comprimé', 'M01AE01', '1 comprimé 3 fois par jour au repas, 5 jours'),
  amoxicillin: d('Amoxicilline 1 g, comprimé', 'J01CA04', '1 comprimé matin et soir pendant 6 jours'),
  fosfomycin: d('Fosfomycine trométamol 3 g, sachet', 'J01XX01', '1 sachet en prise unique'),
  omeprazole: d('Oméprazole 20 mg, gélule', 'A02BC01', '1 gélule le soir'),
  sertraline: d('Sertraline 50 mg, gélule', 'N06AB06', '1 gélule le matin'),
  escitalopram: d('Escitalopram 10 mg, comprimé', 'N06AB10', '1 comprimé le matin'),
  oxazepam: d('Oxazépam 10 mg, comprimé', 'N05BA04', '1 comprimé au coucher, 4 semaines au plus'),
  morphine: d('Sulfate de morphine LP 20 mg, gélule', 'N02AA01', '1 gélule matin et soir'),
  morphineFast: d(
    'Sulfate de morphine 5 mg, gélule',
    'N02AA01',
    '1 gélule en cas d’accès douloureux, à noter sur la feuille de suivi',
  ),
  macrogol: d('Macrogol 4000 10 g, sachet', 'A06AD15', '1 à 2 sachets le matin'),
  haloperidol: d('Halopéridol 2 mg/mL, gouttes', 'N05AD01', '5 gouttes le soir contre les nausées'),
  vitaminD: d('Colécalciférol 100 000 UI, ampoule', 'A11CC05', '1 ampoule tous les trois mois'),
  vitaminDDrops: d('Colécalciférol 10 000 UI/mL, gouttes', 'A11CC05', '2 gouttes par jour'),
  alendronate: d('Alendronate 70 mg, comprimé', 'M05BA04', '1 comprimé par semaine, le même jour, à jeun'),
  iron: d('Sulfate ferreux 80 mg, comprimé', 'B03AA07', '1 comprimé par jour, à distance des repas'),
  folicAcid: d('Acide folique 0,4 mg, comprimé', 'B03BB01', '1 comprimé par jour'),
  levonorgestrel: d('Lévonorgestrel/éthinylestradiol 150/30 µg', 'G03AA07', '1 comprimé par jour, 21 jours sur 28'),
  tamsulosin: d('Tamsulosine 0,4 mg LP, gélule', 'G04CA02', '1 gélule le matin'),
  donepezil: d('Donépézil 10 mg, comprimé', 'N06DA02', '1 comprimé le soir'),
  levodopa: d('Lévodopa/bensérazide 125 mg, gélule', 'N04BA02', '1 gélule 4 fois par jour'),
  sumatriptan: d('Sumatriptan 50 mg, comprimé', 'N02CC01', '1 comprimé dès le début de la crise'),
  cetirizine: d('Cétirizine 10 mg, comprimé', 'R06AE07', '1 comprimé le soir en saison'),
  tamoxifen: d('Tamoxifène 20 mg, comprimé', 'L02BA01', '1 comprimé par jour pendant 5 ans'),
  levetiracetam: d('Lévétiracétam 500 mg, comprimé', 'N03AX14', '1 comprimé matin et soir'),
  nicotine: d(
    'Nicotine 21 mg/24 h, dispositif transdermique',
    'N07BA01',
    '1 dispositif par jour pendant 4 semaines, puis décroissance',
  ),
  dressing: d('Pansement hydrocellulaire 15 × 15 cm', 'D09A', '1 pansement tous les deux jours'),
} as const satisfies Record<string, Drug>;
