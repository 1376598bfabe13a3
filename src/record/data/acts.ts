/**
 * Tests and acts of daily practice for a quick pick, in our own words: label|group|LOINC|other words. Group: L laboratory, I imaging, N nursing,
 * R rehabilitation, O other. LOINC only where the code is that of the test as it is asked for.
 */
const actGroups = { L: 'laboratory', I: 'imaging', N: 'nursing', R: 'rehabilitation', O: 'other' } as const;
export const actGroupLabels: Readonly<Record<string, string>> = { laboratory: 'Biologie', imaging: 'Imagerie', nursing: 'Soins infirmiers', rehabilitation: 'Rééducation', other: 'Autre acte' };

const table = `Numération formule sanguine, plaquettes|L|58410-2|nfs hémogramme
Hémoglobine glyquée (HbA1c)|L|4548-4|diabète
Glycémie à jeun|L|1558-6|glucose sucre
Glycémie|L|2345-7|glucose sucre
Créatinine et débit de filtration glomérulaire|L|2160-0|dfg rein fonction rénale
Ionogramme sanguin (sodium, potassium, chlore)|L|24326-1|kaliémie natrémie
Potassium|L|2823-3|kaliémie
Sodium|L|2951-2|natrémie
Calcium|L|17861-6|calcémie
Urée|L|3091-6|
Exploration d’une anomalie lipidique|L|24331-1|cholestérol ldl hdl triglycérides bilan lipidique
LDL cholestérol|L|2089-1|lipides
Triglycérides|L|2571-8|lipides
Transaminases (ASAT, ALAT)|L||bilan hépatique foie
Gamma-GT|L|2324-2|foie alcool
Phosphatases alcalines|L|6768-6|foie
Bilirubine totale|L|1975-2|foie
TSH|L|3016-3|thyroïde
T4 libre|L|3024-7|thyroïde
CRP|L|1988-5|inflammation protéine c réactive
Vitesse de sédimentation|L|30341-2|vs inflammation
Ferritine|L|2276-4|fer martial
Fer sérique et saturation de la transferrine|L||martial
Vitamine B12|L|2132-9|
Folates|L|2284-8|vitamine b9
Vitamine D (25-OH)|L|62292-8|
INR|L|6301-6|tp avk coagulation
TP, TCA|L||coagulation
D-dimères|L|48065-7|phlébite embolie
Troponine|L|6598-7|infarctus
NT-proBNP|L|33762-6|insuffisance cardiaque
Albumine|L|1751-7|dénutrition
Électrophorèse des protéines sériques|L|24351-9|epp gammapathie
Acide urique|L|3084-1|uricémie goutte
PSA total|L|2857-1|prostate
Groupe sanguin, rhésus|L|882-1|
RAI (agglutinines irrégulières)|L|890-4|grossesse
Bêta-hCG plasmatique|L|21198-7|grossesse
Sérologie toxoplasmose|L||grossesse
Sérologie rubéole|L||grossesse
Sérologie VIH 1 et 2|L|56888-1|sida
Sérologie hépatite B (Ag HBs, Ac anti-HBs, Ac anti-HBc)|L||
Sérologie hépatite C|L|16128-1|
Sérologie syphilis|L||ist
PCR Chlamydia et gonocoque|L||ist
ECBU|L|630-4|urine infection urinaire cystite
Rapport albumine sur créatinine urinaires|L|9318-7|microalbuminurie néphropathie
Protéinurie des 24 heures|L|2889-4|urine
Coproculture|L|625-4|selles diarrhée
Recherche de sang dans les selles (test immunologique)|L|29771-3|dépistage colorectal
Frottis cervico-utérin, test HPV|L||dépistage col
Anticorps anti-transglutaminase|L|31017-7|cœliaque
Facteur rhumatoïde, anti-CCP|L||polyarthrite
Lithiémie|L|14334-7|lithium
Digoxinémie|L|10535-3|digoxine
Radiographie du thorax|I|30745-4|poumon radio
Radiographie du rachis lombaire|I||dos radio
Radiographie du rachis cervical|I||cou radio
Radiographie du genou|I||radio gonarthrose
Radiographie de la hanche et du bassin|I||radio coxarthrose
Radiographie de l’épaule|I||radio
Radiographie du poignet et de la main|I||radio
Radiographie de la cheville et du pied|I||radio
Radiographie de l’abdomen sans préparation|I||asp radio
Panoramique dentaire|I||
Mammographie de dépistage|I||sein dépistage
Échographie abdominale|I||foie vésicule
Échographie rénale et vésicale|I||rein vessie prostate
Échographie pelvienne|I||utérus ovaires gynécologie
Échographie obstétricale du premier trimestre|I||grossesse datation
Échographie obstétricale du deuxième trimestre|I||grossesse
Échographie obstétricale du troisième trimestre|I||grossesse
Échographie de la thyroïde|I||nodule
Échographie mammaire|I||sein
Échographie testiculaire|I||
Échographie des parties molles|I||tendon épaule
Échographie cardiaque transthoracique|I||cœur ett
Écho-doppler veineux des membres inférieurs|I||phlébite
Écho-doppler artériel des membres inférieurs|I||aomi artérite
Écho-doppler des troncs supra-aortiques|I||carotides avc
Ostéodensitométrie|I||ostéoporose
Scanner thoracique|I||tdm poumon
Scanner abdomino-pelvien|I||tdm
Scanner cérébral|I||tdm tête
Scanner lombaire|I||tdm dos
IRM cérébrale|I||tête
IRM lombaire|I||dos hernie
IRM du genou|I||ménisque
IRM de l’épaule|I||coiffe
Électrocardiogramme|O|11524-6|ecg cœur
Holter ECG de 24 heures|O||palpitations
Mesure ambulatoire de la pression artérielle (MAPA)|O||tension hta
Épreuve d’effort|O||cœur
Explorations fonctionnelles respiratoires|O||efr spirométrie asthme bpco
Polygraphie ventilatoire nocturne|O||apnée sommeil
Électromyogramme|O||emg canal carpien
Audiogramme|O||surdité audition
Fond d’œil|O||rétinopathie diabète
Rétinographie|O||rétinopathie diabète
Champ visuel|O||glaucome
Bilan orthoptique|O||strabisme
Bilan orthophonique|O||langage
Coloscopie|O||côlon dépistage
Gastroscopie|O||estomac fibroscopie
Biopsie cutanée|O||peau
Pose de dispositif intra-utérin|O||diu stérilet contraception
Pose d’implant contraceptif|O||contraception
Prélèvement sanguin|N||prise de sang
Pansement simple|N||plaie
Pansement lourd et complexe|N||ulcère escarre plaie
Pansement d’ulcère avec compression|N||ulcère jambe bandes
Ablation de fils ou d’agrafes|N||suture
Injection sous-cutanée|N||anticoagulant insuline
Injection intramusculaire|N||piqûre
Injection intraveineuse|N||perfusion
Perfusion|N||
Surveillance de la glycémie capillaire et insuline|N||diabète dextro
Surveillance de la pression artérielle|N||tension
Surveillance du poids|N||insuffisance cardiaque
Préparation et distribution des médicaments|N||pilulier
Toilette et aide à l’hygiène|N||dépendance
Soins de nursing (bilan de soins infirmiers)|N||bsi dépendance
Soins de stomie|N||poche
Sondage urinaire, changement de sonde|N||vessie
Soins de trachéotomie|N||aspiration
Bas de contention, mise en place|N||bandes
Lavement évacuateur|N||constipation fécalome
Vaccination par l’infirmière|N||vaccin
Accompagnement à la prise du traitement|N||psychiatrie observance
Surveillance après chirurgie ambulatoire|N||retour à domicile
Visite de surveillance d’un patient insuffisant cardiaque|N||prado
Rééducation du rachis lombaire|R||kiné lombalgie dos
Rééducation du rachis cervical|R||kiné cervicalgie
Rééducation du genou|R||kiné prothèse ligament
Rééducation de la hanche|R||kiné prothèse
Rééducation de l’épaule|R||kiné coiffe
Rééducation de la cheville et du pied|R||kiné entorse
Rééducation du poignet et de la main|R||kiné fracture
Rééducation de la marche et de l’équilibre|R||kiné chute personne âgée
Rééducation respiratoire|R||kiné bpco bronchiolite
Réadaptation à l’effort|R||kiné cœur
Rééducation neurologique|R||kiné hémiplégie avc parkinson
Rééducation périnéale|R||post-partum incontinence
Rééducation vestibulaire|R||kiné vertiges
Rééducation maxillo-faciale|R||kiné mâchoire
Drainage lymphatique manuel|R||kiné lymphœdème
Rééducation orthophonique du langage|R||orthophonie
Rééducation de la déglutition|R||orthophonie fausse route
Rééducation orthoptique|R||orthoptie
Ergothérapie, aménagement du domicile|R||ergothérapeute
Bilan psychomoteur|R||psychomotricité
Soins de pédicurie-podologie du pied diabétique|R||podologue diabète
Semelles orthopédiques|R||podologue
Consultation diététique|O||poids nutrition`;

export interface Act {
  label: string;
  group: string;
  loinc: string;
  words: string;
}
export const usualActs: readonly Act[] = table.split('\n').map((row) => {
  const [label = '', group = 'O', loinc = '', words = ''] = row.split('|');
  return { label, group: actGroups[group as keyof typeof actGroups], loinc, words };
});
