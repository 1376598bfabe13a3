import type { Measure, MeasureRange } from './measures.ts';

/**
 * What laboratories measure, beyond what measures.ts holds. Codes: LOINC, but those that begin with `x-`, for which no code was sure (system
 * `urn:estran:analyte`). Ranges are the usual ones of adults, to flag a value that came without a range: a laboratory's own range always wins.
 *
 * Each code was read beside its LOINC name and example unit (LOINC 2.67, units by the NLM) and beside the lists of the agence du numérique en santé: value sets of the CI-SIS (October 2025) and analyses of
 * the health data warehouses drawn from «circuit de la biologie» (2025). facts.test.ts keeps that comparison. No biologist has read it.
 */
export const rangeSources = {
  usual: 'valeurs usuelles de l’adulte, indicatives, sans étude citée : à remplacer par celles du laboratoire',
  blood: 'valeurs usuelles de l’adulte, arrondies ; à comparer à Troussard X, GFHC, Ann Biol Clin 2014;72:561-81',
  who: 'OMS, Guideline on haemoglobin cutoffs to define anaemia, 2024',
  kdigo: 'KDIGO, Chronic kidney disease, 2024',
  diabetes: 'HAS, Prévention et dépistage du diabète de type 2, 2014 (à jeun : normale sous 1,10 g/L, diabète dès 1,26)',
  lipids: 'HAS et ESC/EAS 2019 : les cibles dépendent du risque cardiovasculaire',
  none: 'aucune : la méthode et le contexte décident',
} as const;
/**
 * Beyond these someone must act now. The means of 92 centres: Kost GJ, Critical limits for urgent clinician notification at US medical centers, JAMA
 * 1990;263:704-7, rounded to the careful side; INR: HAS, Surdosage en AVK, 2008. Neutrophils under 0.5: the
 * definition of agranulocytosis; estimated filtration: KDIGO. Nothing else has a critical limit here.
 */
export const criticalSources = 'Kost GJ, JAMA 1990;263:704-7 ; INR : HAS 2008 ; neutrophiles sous 0,5 G/L : agranulocytose ; DFG : KDIGO 2024';

export interface Analyte extends Measure {
  /** As laboratories write it, besides `label` and `short`. */
  names: readonly string[];
  from: keyof typeof rangeSources;
  /** Answered in words: a germ, «négatif». */
  words?: true;
  /** Other LOINC codes of the same thing: another property (moles, mass), another method. */
  also?: readonly string[];
  /** Codes that earlier versions wrote: still read, never written. */
  formerly?: readonly string[];
}

type Unit = readonly [ucum: string, shown: string];
const u = {
  giga: ['10*3/uL', 'G/L'],
  tera: ['10*6/uL', 'T/L'],
  percent: ['%', '%'],
  gdl: ['g/dL', 'g/dL'],
  gl: ['g/L', 'g/L'],
  mgl: ['mg/L', 'mg/L'],
  fl: ['fL', 'fL'],
  pg: ['pg', 'pg'],
  mmol: ['mmol/L', 'mmol/L'],
  umol: ['umol/L', 'µmol/L'],
  pmol: ['pmol/L', 'pmol/L'],
  iul: ['U/L', 'UI/L'],
  ugl: ['ug/L', 'µg/L'],
  ngl: ['ng/L', 'ng/L'],
  mm: ['mm/h', 'mm'],
  ratio: ['{ratio}', ''],
  perml: ['/mL', '/mL'],
  miul: ['m[IU]/mL', 'mUI/mL'],
  iuml: ['[IU]/mL', 'UI/mL'],
  clearance: ['mL/min', 'mL/min'],
  none: ['1', ''],
} as const satisfies Record<string, Unit>;

type Bounds = readonly [low?: number | null, high?: number | null, criticalLow?: number | null, criticalHigh?: number | null];
const bounds = ([low, high, criticalLow, criticalHigh]: Bounds, who: Partial<MeasureRange> = { fromAge: 18 }): MeasureRange => ({
  ...who,
  ...(low != null && { low }),
  ...(high != null && { high }),
  ...(criticalLow != null && { criticalLow }),
  ...(criticalHigh != null && { criticalHigh }),
});
/** For everyone of age, or for men and for women. */
const adults = (both: Bounds): MeasureRange[] => [bounds(both)];
const bySex = (male: Bounds, female: Bounds): MeasureRange[] => [bounds(male, { fromAge: 15, sex: 'male' }), bounds(female, { fromAge: 15, sex: 'female' })];

interface More {
  also?: readonly string[];
  formerly?: readonly string[];
  from?: Analyte['from'];
  better?: 'down' | 'up';
  computed?: true;
}
const a = (code: string, label: string, short: string, [unit, shown]: Unit, decimals: number, plausible: readonly [number, number], ranges: MeasureRange[], names: readonly string[], more: More = {}): Analyte => ({
  code,
  label,
  short,
  group: 'laboratory',
  category: 'laboratory',
  unit,
  shown,
  decimals,
  plausible,
  ranges,
  names,
  from: more.from ?? (ranges.length ? 'usual' : 'none'),
  ...(more.also && { also: more.also }),
  ...(more.formerly && { formerly: more.formerly }),
  ...(more.better && { better: more.better }),
  ...(more.computed && { computed: true as const }),
});
const inWords = (code: string, label: string, names: readonly string[] = [], more: More = {}): Analyte => ({ ...a(code, label, label, u.none, 0, [0, 0], [], names, more), words: true });

export const analytes: readonly Analyte[] = [
  // Hémogramme
  a('789-8', 'Hématies', 'Hématies', u.tera, 2, [0.5, 10], bySex([4.3, 5.7], [3.9, 5.2]), ['globules rouges', 'erythrocytes', 'gr'], { from: 'blood' }),
  a('4544-3', 'Hématocrite', 'Hte', u.percent, 1, [5, 80], bySex([39, 50], [35, 46]), ['hematocrite', 'ht'], { from: 'blood', also: ['20570-8'] }),
  a('787-2', 'VGM', 'VGM', u.fl, 0, [40, 160], adults([80, 100]), ['volume globulaire moyen', 'vgm', 'mcv'], { from: 'blood', also: ['30428-7'] }),
  a('785-6', 'TCMH', 'TCMH', u.pg, 1, [10, 60], adults([27, 33]), ['teneur corpusculaire moyenne en hemoglobine', 'teneur corpusculaire moyenne', 'tgmh'], { from: 'blood', also: ['28539-5'] }),
  a('786-4', 'CCMH', 'CCMH', u.gdl, 1, [15, 50], adults([31.5, 36]), ['concentration corpusculaire moyenne en hemoglobine', 'concentration corpusculaire moyenne', 'ccmh'], { from: 'blood', also: ['28540-3'] }),
  a('788-0', 'IDR', 'IDR', u.percent, 1, [5, 50], adults([null, 15]), ['indice de distribution des rouges', 'indice de distribution', 'rdw'], { from: 'blood' }),
  a('6690-2', 'Leucocytes', 'Leuco', u.giga, 2, [0.05, 500], adults([4, 10, 2, null]), ['globules blancs', 'gb', 'leuco'], { from: 'blood' }),
  a('751-8', 'Polynucléaires neutrophiles', 'PNN', u.giga, 2, [0, 200], adults([1.8, 7.5, 0.5, null]), ['neutrophiles', 'pn neutrophiles', 'poly neutrophiles', 'pnn', 'granulocytes neutrophiles'], { from: 'blood', also: ['26499-4'] }),
  a('711-2', 'Polynucléaires éosinophiles', 'PNE', u.giga, 2, [0, 100], adults([null, 0.5]), ['eosinophiles', 'pn eosinophiles', 'poly eosinophiles', 'pne'], { from: 'blood', also: ['26449-9'] }),
  a('704-7', 'Polynucléaires basophiles', 'PNB', u.giga, 2, [0, 20], adults([null, 0.1]), ['basophiles', 'pn basophiles', 'poly basophiles', 'pnb'], { from: 'blood', also: ['26444-0'] }),
  a('731-0', 'Lymphocytes', 'Lympho', u.giga, 2, [0, 400], adults([1, 4]), ['lymphocytes'], { from: 'blood', also: ['26474-7'] }),
  a('742-7', 'Monocytes', 'Mono', u.giga, 2, [0, 100], adults([0.2, 1]), ['monocytes'], { from: 'blood', also: ['26484-6'] }),
  a('777-3', 'Plaquettes', 'Plaq', u.giga, 0, [1, 3000], adults([150, 400, 40, 900]), ['thrombocytes', 'numeration plaquettaire', 'plaq'], { from: 'blood', also: ['26515-7'] }),
  a('60474-4', 'Réticulocytes', 'Rétic', u.giga, 0, [0, 1000], adults([20, 120]), ['reticulocytes'], { from: 'blood' }),
  a('30341-2', 'Vitesse de sédimentation', 'VS', u.mm, 0, [0, 200], [], ['vs', 'vs 1ere heure', 'vitesse de sedimentation 1ere heure'], { also: ['4537-7'], better: 'down' }),
  // Ionogramme et rein
  a('2075-0', 'Chlore', 'Cl⁻', u.mmol, 0, [50, 160], adults([98, 107]), ['chlorures', 'chlore', 'chloremie', 'cl']),
  a('1963-8', 'Bicarbonates', 'HCO₃⁻', u.mmol, 0, [2, 60], adults([22, 29, 11, 40]), ['bicarbonates', 'reserve alcaline', 'co2 total', 'hco3'], { also: ['2028-9'] }),
  a('22664-7', 'Urée', 'Urée', u.mmol, 1, [0.5, 100], adults([2.5, 7.5, null, 37]), ['uree', 'uremie', 'uree sanguine'], { also: ['3091-6'], better: 'down' }),
  a('35591-7', 'Clairance de la créatinine (Cockcroft)', 'Cockcroft', u.clearance, 0, [1, 300], [], ['cockcroft', 'clairance cockcroft', 'clairance de la creatinine', 'cockcroft et gault'], { computed: true, better: 'up' }),
  a('2000-8', 'Calcium', 'Ca', u.mmol, 2, [0.5, 6], adults([2.2, 2.6, 1.65, 3.2]), ['calcemie', 'calcium total', 'calcium'], { also: ['17861-6'] }),
  a('29265-6', 'Calcium corrigé', 'Ca corrigé', u.mmol, 2, [0.5, 6], adults([2.2, 2.6, 1.65, 3.2]), ['calcium corrige', 'calcemie corrigee']),
  a('14879-1', 'Phosphore', 'Phosphore', u.mmol, 2, [0.1, 6], adults([0.8, 1.45, 0.4, null]), ['phosphates', 'phosphoremie', 'phosphore'], { also: ['2777-1'] }),
  a('2601-3', 'Magnésium', 'Mg', u.mmol, 2, [0.1, 5], adults([0.7, 1.05, 0.41, 2]), ['magnesemie', 'magnesium'], { also: ['19123-9'] }),
  a('14933-6', 'Acide urique', 'Acide urique', u.umol, 0, [20, 1500], bySex([200, 420], [140, 360]), ['uricemie', 'acide urique', 'urates'], { also: ['3084-1'], better: 'down' }),
  a('2885-2', 'Protéines totales', 'Protéines', u.gl, 0, [20, 150], adults([64, 83]), ['proteines', 'protides', 'protidemie', 'proteines totales', 'protides totaux']),
  a('1751-7', 'Albumine', 'Albumine', u.gl, 1, [5, 80], adults([35, 50]), ['albuminemie', 'albumine serique', 'albumine'], { better: 'up' }),
  // Sucre
  a('1558-6', 'Glycémie à jeun', 'Glycémie à jeun', u.gl, 2, [0.1, 15], adults([0.7, 1.1, 0.46, 4.8]), ['glycemie a jeun', 'glucose a jeun', 'glycemie veineuse a jeun'], { from: 'diabetes', also: ['53049-3', '14771-0', '76629-5'] }),
  a('2345-7', 'Glycémie', 'Glycémie', u.gl, 2, [0.1, 15], adults([0.7, 1.4, 0.46, 4.8]), ['glycemie', 'glucose', 'glycemie veineuse'], { from: 'diabetes', also: ['14749-6', '15074-8'] }),
  a('1507-3', 'Glycémie 1 h après 75 g de glucose', 'HGPO 1 h', u.gl, 2, [0.1, 15], [], ['glycemie 1h', 'glycemie t60', 'hgpo t60', 'hgpo 1h', 'glycemie apres 1 heure', 'glucose t60']),
  a('1518-0', 'Glycémie 2 h après 75 g de glucose', 'HGPO 2 h', u.gl, 2, [0.1, 15], [], ['glycemie 2h', 'glycemie t120', 'hgpo t120', 'hgpo 2h', 'glycemie apres 2 heures', 'glucose t120']),
  // Lipides
  a('2093-3', 'Cholestérol total', 'CT', u.gl, 2, [0.3, 15], [], ['cholesterol total', 'cholesterol'], { from: 'lipids', also: ['14647-2'], better: 'down' }),
  a('2085-9', 'HDL-cholestérol', 'HDL', u.gl, 2, [0.05, 5], bySex([0.4], [0.5]), ['cholesterol hdl', 'hdl cholesterol', 'hdl'], { from: 'lipids', also: ['14646-4'], better: 'up' }),
  a('43396-1', 'Cholestérol non HDL', 'Non-HDL', u.gl, 2, [0.1, 15], [], ['cholesterol non hdl', 'non hdl cholesterol', 'non hdl'], { from: 'lipids', better: 'down' }),
  a('2571-8', 'Triglycérides', 'TG', u.gl, 2, [0.1, 100], adults([null, 1.5]), ['triglycerides', 'tg'], { from: 'lipids', also: ['14927-8', '1644-4'], better: 'down' }),
  // Foie, pancréas, muscle
  a('1920-8', 'ASAT (TGO)', 'ASAT', u.iul, 0, [1, 30000], bySex([null, 40], [null, 35]), ['asat', 'tgo', 'sgot', 'transaminases asat', 'transaminases tgo', 'tgo asat', 'aspartate aminotransferase', 'asat tgo'], { also: ['30239-8'], better: 'down' }),
  a('1742-6', 'ALAT (TGP)', 'ALAT', u.iul, 0, [1, 30000], bySex([null, 45], [null, 35]), ['alat', 'tgp', 'sgpt', 'transaminases alat', 'transaminases tgp', 'tgp alat', 'alanine aminotransferase', 'alat tgp'], { also: ['1743-4'], better: 'down' }),
  a('2324-2', 'Gamma GT', 'GGT', u.iul, 0, [1, 10000], bySex([null, 55], [null, 40]), ['gamma gt', 'ggt', 'gamma glutamyl transferase', 'gammagt', 'gamma glutamyl transpeptidase'], { better: 'down' }),
  a('6768-6', 'Phosphatases alcalines', 'PAL', u.iul, 0, [5, 10000], adults([30, 120]), ['pal', 'phosphatases alcalines', 'phosphatase alcaline']),
  a('14631-6', 'Bilirubine totale', 'Bili T', u.umol, 0, [0, 1000], adults([null, 21, null, 257]), ['bilirubine', 'bilirubine totale'], { also: ['1975-2'] }),
  a('14629-0', 'Bilirubine conjuguée', 'Bili C', u.umol, 0, [0, 1000], adults([null, 5]), ['bilirubine conjuguee', 'bilirubine directe'], { also: ['29760-6', '1968-7'] }),
  a('2532-0', 'LDH', 'LDH', u.iul, 0, [10, 30000], adults([null, 250]), ['ldh', 'lactate deshydrogenase'], { also: ['14804-9'] }),
  a('3040-3', 'Lipase', 'Lipase', u.iul, 0, [1, 30000], adults([null, 60]), ['lipase', 'lipasemie']),
  a('2157-6', 'CPK', 'CPK', u.iul, 0, [1, 200000], bySex([null, 200], [null, 170]), ['cpk', 'creatine kinase', 'creatine phosphokinase', 'ck']),
  // Thyroïde
  a('14920-3', 'T4 libre', 'T4L', u.pmol, 1, [0.5, 150], adults([11, 23]), ['t4 libre', 'ft4', 't4l', 'thyroxine libre'], { also: ['3024-7'] }),
  a('14928-6', 'T3 libre', 'T3L', u.pmol, 1, [0.5, 80], adults([3.5, 6.5]), ['t3 libre', 'ft3', 't3l', 'triiodothyronine libre'], { also: ['3051-0'] }),
  // Hémostase
  a('5894-1', 'Taux de prothrombine', 'TP', u.percent, 0, [1, 160], adults([70]), ['tp', 'taux de prothrombine', 'temps de quick taux de prothrombine', 'quick']),
  a('63561-5', 'TCA (ratio malade/témoin)', 'TCA', u.ratio, 2, [0.3, 10], adults([0.8, 1.2]), ['tca', 'tca ratio', 'ratio tca', 'tca malade temoin', 'rapport tca'], { formerly: ['x-tca'] }),
  a('3255-7', 'Fibrinogène', 'Fibrinogène', u.gl, 1, [0.1, 15], adults([2, 4, 0.9, null]), ['fibrinogene']),
  a('48065-7', 'D-dimères', 'D-dimères', u.ugl, 0, [1, 200000], [], ['d dimeres', 'ddimeres', 'dimeres']),
  // Inflammation, cœur
  a('1988-5', 'CRP', 'CRP', u.mgl, 1, [0, 1000], adults([null, 5]), ['crp', 'proteine c reactive', 'c reactive proteine'], { better: 'down' }),
  a('33762-6', 'NT-proBNP', 'NT-proBNP', u.ngl, 0, [1, 200000], [], ['nt probnp', 'nt pro bnp', 'ntprobnp'], { better: 'down' }),
  a('30934-4', 'BNP', 'BNP', u.ngl, 0, [1, 100000], [], ['bnp'], { better: 'down' }),
  a('67151-1', 'Troponine T hypersensible', 'Troponine T', u.ngl, 0, [0, 100000], [], ['troponine t', 'troponine t hs', 'troponine t hypersensible', 'troponine ths']),
  a('89579-7', 'Troponine I hypersensible', 'Troponine I', u.ngl, 0, [0, 1000000], [], ['troponine i', 'troponine i hs', 'troponine i hypersensible', 'troponine ihs', 'troponine']),
  // Fer, vitamines
  a('14798-3', 'Fer', 'Fer', u.umol, 1, [0.5, 200], adults([10, 30]), ['fer serique', 'fer', 'sideremie'], { also: ['2498-4'] }),
  a('3034-6', 'Transferrine', 'Transferrine', u.gl, 2, [0.2, 8], adults([2, 3.6]), ['transferrine', 'siderophiline']),
  a('2502-3', 'Coefficient de saturation de la transferrine', 'CST', u.percent, 0, [1, 150], adults([20, 45]), ['cst', 'coefficient de saturation', 'coefficient de saturation de la transferrine', 'saturation de la transferrine', 'coefficient de saturation en fer']),
  a('62292-8', 'Vitamine D (25-OH)', 'Vit. D', u.ugl, 0, [1, 400], adults([30, 100]), ['vitamine d', '25 oh vitamine d', '25 oh d', '25 hydroxy vitamine d', 'vitamine d 25 oh', '25 oh vitamine d2 d3', '25 hydroxyvitamine d'], { also: ['83070-3', '1989-3', '68438-1', '14635-7'], better: 'up' }),
  a('2132-9', 'Vitamine B12', 'B12', u.ngl, 0, [20, 10000], adults([200, 900]), ['vitamine b12', 'b12', 'cobalamine'], { also: ['14685-2'] }),
  a('2284-8', 'Folates', 'Folates', u.ugl, 1, [0.5, 60], adults([4]), ['folates', 'vitamine b9', 'acide folique', 'folates seriques'], { also: ['14732-2'] }),
  // Prostate
  a('2857-1', 'PSA', 'PSA', u.ugl, 2, [0, 10000], [bounds([null, 4], { fromAge: 18, sex: 'male' })], ['psa', 'psa total', 'antigene prostatique specifique'], { better: 'down' }),
  a('12841-3', 'PSA libre / PSA total', 'PSA libre', u.percent, 0, [0, 100], [], ['rapport psa', 'psa libre psa total', 'rapport psa libre psa total']),
  // Urines
  a('30405-5', 'Leucocytes urinaires', 'Leuco U', u.perml, 0, [0, 1e8], adults([null, 10_000]), ['leucocytes urinaires', 'leucocyturie', 'leucocytes urines']),
  a('30391-7', 'Hématies urinaires', 'Hématies U', u.perml, 0, [0, 1e8], adults([null, 10_000]), ['hematies urinaires', 'hematurie', 'hematies urines']),
  inWords('630-4', 'Culture d’urine', ['culture', 'culture urinaire', 'uroculture', 'germe', 'germe identifie', 'germe isole', 'bacterie identifiee', 'identification', 'bacteriologie']),
  inWords('x-ecbu-count', 'Numération des germes', ['numeration des germes', 'bacteriurie', 'denombrement', 'numeration', 'ufc']),
  inWords('x-antibiogram', 'Antibiogramme', ['antibiogramme', 'sensibilite', 'antibiotiques']),
  inWords('5799-2', 'Leucocytes (bandelette)', ['bu leucocytes', 'bandelette leucocytes']),
  inWords('5802-4', 'Nitrites (bandelette)', ['nitrites', 'bu nitrites', 'bandelette nitrites']),
  inWords('20454-5', 'Protéines (bandelette)', ['bu proteines', 'bandelette proteines', 'albumine bandelette', 'proteinurie bandelette']),
  inWords('5794-3', 'Sang (bandelette)', ['bu sang', 'bandelette sang', 'bu hematies']),
  inWords('25428-4', 'Glucose (bandelette)', ['bu glucose', 'bandelette glucose', 'glycosurie']),
  inWords('2514-8', 'Corps cétoniques (bandelette)', ['bu cetones', 'corps cetoniques', 'cetonurie', 'bandelette cetones']),
  a('5803-2', 'pH urinaire (bandelette)', 'pH U', u.none, 1, [4, 9.5], [], ['bu ph', 'ph urinaire', 'bandelette ph']),
  // Grossesse
  a('21198-7', 'β-HCG', 'HCG', u.miul, 0, [0, 1e6], [], ['hcg', 'beta hcg', 'bhcg', 'b hcg', 'hcg totale', 'hcg beta']),
  a('5388-4', 'Toxoplasmose IgG', 'Toxo IgG', u.iuml, 0, [0, 10000], [], ['toxoplasmose igg', 'toxo igg', 'ac toxoplasme igg', 'igg anti toxoplasme', 'igg toxoplasmose'], { formerly: ['11598-2'] }),
  inWords('25542-2', 'Toxoplasmose IgM', ['toxo igm', 'igm anti toxoplasme', 'igm toxoplasmose', 'ac toxoplasme igm'], { formerly: ['x-toxo-igm'] }),
  a('5334-8', 'Rubéole IgG', 'Rubéole IgG', u.iuml, 0, [0, 10000], [], ['rubeole igg', 'ac rubeole igg', 'igg anti rubeole', 'igg rubeole', 'rubeole']),
  inWords('5196-1', 'Antigène HBs', ['ag hbs', 'antigene hbs', 'aghbs']),
  inWords('16128-1', 'Anticorps anti-VHC', ['ac anti vhc', 'vhc', 'hepatite c', 'serologie hepatite c']),
  inWords('56888-1', 'VIH (antigène et anticorps)', ['vih', 'hiv', 'serologie vih', 'vih 1 2', 'depistage vih']),
  inWords('22587-0', 'Syphilis', ['serologie syphilis', 'tpha', 'treponemes', 'test treponemique'], { also: ['24312-1'], formerly: ['x-syphilis'] }),
  inWords('882-1', 'Groupe sanguin ABO RhD', ['groupe sanguin', 'groupe abo', 'groupe abo rhd', 'abo rh']),
  inWords('890-4', 'RAI', ['rai', 'recherche d agglutinines irregulieres', 'agglutinines irregulieres']),
];

/** Of those that measures.ts holds: as laboratories write them, and codes that mean the same. */
export const knownBefore: Readonly<Record<string, { names: readonly string[]; also?: readonly string[]; from: Analyte['from'] }>> = {
  '718-7': { names: ['hemoglobine', 'hb', 'hgb'], from: 'who' },
  '2951-2': { names: ['sodium', 'natremie', 'na'], from: 'usual' },
  '2823-3': { names: ['potassium', 'kaliemie', 'k'], from: 'usual' },
  '14682-9': { names: ['creatinine', 'creatininemie', 'creatinine serique', 'creatinine plasmatique'], also: ['2160-0'], from: 'usual' },
  '62238-1': { names: ['dfg', 'dfg estime', 'ckd epi', 'dfg ckd epi', 'debit de filtration glomerulaire', 'debit de filtration glomerulaire estime', 'dfg estime ckd epi', 'clairance ckd epi', 'estimation du dfg', 'dfge'], also: ['98979-8', '88294-4'], from: 'kdigo' },
  '4548-4': { names: ['hba1c', 'hemoglobine glyquee', 'hemoglobine glyquee hba1c', 'hemoglobine a1c', 'hb a1c'], also: ['59261-8'], from: 'diabetes' },
  '2089-1': { names: ['cholesterol ldl', 'ldl cholesterol', 'ldl', 'ldl calcule', 'ldl cholesterol calcule', 'cholesterol ldl calcule'], also: ['13457-7', '18262-6', '22748-8', '39469-2'], from: 'lipids' },
  '3016-3': { names: ['tsh', 'tsh us', 'thyreostimuline', 'tsh ultra sensible'], also: ['11580-8'], from: 'usual' },
  '6301-6': { names: ['inr', 'international normalized ratio'], from: 'none' },
  '2276-4': { names: ['ferritine', 'ferritinemie'], from: 'usual' },
  '9318-7': { names: ['rac', 'rapport albumine creatinine', 'albumine creatinine', 'albuminurie creatininurie', 'rapport albuminurie creatininurie', 'microalbuminurie creatininurie'], also: ['14959-1', '32294-1', '30000-4'], from: 'kdigo' },
};
