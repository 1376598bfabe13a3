/**
 * Problems of daily practice for a quick pick: label|ICPC-2|ICD-10. Free text is always possible. Labels are ours; ICPC-2 (CISP-2) and
 * ICD-10 (CIM-10) give the codes.
 */
export const icd10 = 'http://hl7.org/fhir/sid/icd-10';
export const icpc2 = 'http://hl7.org/fhir/sid/icpc-2';
/** Which of the two a code is of, by its system as FHIR and the French lists write it: many codes are written alike in both. Null: another, or not said. */
export const classificationOf = (system: string | undefined): 'icd10' | 'icpc2' | null => (/icpc|cisp|113883\.6\.139/i.test(system ?? '') ? 'icpc2' : /icd-?10|cim-?10|113883\.6\.3$/i.test(system ?? '') ? 'icd10' : null);

const table = `Hypertension artérielle|K86|I10
Hypertension artérielle compliquée|K87|I11.9
Insuffisance cardiaque|K77|I50.9
Fibrillation atriale|K78|I48
Cardiopathie ischémique sans angor|K76|I25.9
Angor|K74|I20.9
Infarctus du myocarde (antécédent)|K76|I25.2
Infarctus aigu du myocarde|K75|I21.9
Accident vasculaire cérébral|K90|I64
Accident ischémique transitoire|K89|G45.9
Artériopathie des membres inférieurs|K92|I73.9
Insuffisance veineuse, varices|K95|I83.9
Thrombose veineuse profonde|K94|I80.2
Embolie pulmonaire|K93|I26.9
Valvulopathie|K83|I38
Rétrécissement aortique|K83|I35.0
Hypotension orthostatique|K88|I95.1
Ulcère de jambe|S97|L97
Palpitations|K04|R00.2
Porteur de stimulateur cardiaque|K28|Z95.0
Diabète de type 2|T90|E11.9
Diabète de type 1|T89|E10.9
Diabète gestationnel|W85|O24.4
Prédiabète|T99|R73.0
Hypercholestérolémie|T93|E78.0
Dyslipidémie mixte|T93|E78.2
Obésité|T82|E66.9
Surpoids|T83|E66.9
Dénutrition|T91|E46
Hypothyroïdie|T86|E03.9
Hyperthyroïdie|T85|E05.9
Nodule thyroïdien|T81|E04.1
Goutte|T92|M10.9
Carence en vitamine D|T91|E55.9
Neuropathie diabétique|N94|G63.2
Rétinopathie diabétique|F83|H36.0
Pied diabétique|T90|E11.5
Néphropathie diabétique|U88|N08.3
Déshydratation|T11|E86
Asthme|R96|J45.9
BPCO|R95|J44.9
Bronchite aiguë|R78|J20.9
Pneumopathie aiguë|R81|J18.9
Rhinite allergique|R97|J30.4
Sinusite|R75|J01.9
Angine|R76|J03.9
Rhinopharyngite|R74|J00
Grippe|R80|J11.1
Covid-19|R83|U07.1
Bronchiolite|R78|J21.9
Toux chronique|R05|R05
Apnées du sommeil|P06|G47.3
Insuffisance respiratoire chronique|R99|J96.1
Tabagisme|P17|F17.2
Cancer bronchique|R84|C34.9
Otite moyenne aiguë|H71|H66.9
Surdité|H84|H91.9
Presbyacousie|H84|H91.1
Acouphènes|H03|H93.1
Vertiges|N17|R42
Bouchon de cérumen|H81|H61.2
Cataracte|F92|H26.9
Glaucome|F93|H40.9
Dégénérescence maculaire|F84|H35.3
Trouble de la réfraction|F91|H52.7
Conjonctivite|F70|H10.9
Strabisme|F95|H50.9
Reflux gastro-œsophagien|D84|K21.9
Ulcère gastroduodénal|D86|K27.9
Gastro-entérite|D73|A09
Constipation|D12|K59.0
Syndrome de l’intestin irritable|D93|K58.9
Maladie de Crohn|D94|K50.9
Rectocolite hémorragique|D94|K51.9
Maladie cœliaque|D99|K90.0
Hémorroïdes|K96|I84.9
Lithiase biliaire|D98|K80.2
Cirrhose|D97|K74.6
Stéatose hépatique|D97|K76.0
Hernie inguinale|D89|K40.9
Cancer colorectal|D75|C18.9
Douleur abdominale|D01|R10.4
Trouble de la déglutition|D21|R13
Lombalgie|L03|M54.5
Lombosciatique|L86|M54.4
Cervicalgie|L01|M54.2
Névralgie cervico-brachiale|L83|M50.1
Gonarthrose|L90|M17.9
Coxarthrose|L89|M16.9
Arthrose (autre)|L91|M19.9
Prothèse de hanche|L28|Z96.6
Prothèse de genou|L28|Z96.6
Tendinopathie de la coiffe|L92|M75.1
Épicondylite|L93|M77.1
Canal carpien|N93|G56.0
Entorse de cheville|L77|S93.4
Fracture du col du fémur|L75|S72.0
Fracture du poignet|L72|S52.5
Ostéoporose|L95|M81.9
Polyarthrite rhumatoïde|L88|M06.9
Spondyloarthrite|L88|M45
Fibromyalgie|L18|M79.7
Scoliose|L85|M41.9
Hallux valgus|L98|M20.1
Ongle incarné|S94|L60.0
Chute à répétition|A29|R29.6
Syndrome de fragilité|A05|R54
Épisode dépressif|P76|F32.9
Trouble anxieux|P74|F41.9
Insomnie|P06|G47.0
Trouble bipolaire|P73|F31.9
Schizophrénie|P72|F20.9
Trouble de l’usage de l’alcool|P15|F10.2
Trouble de l’usage d’opioïdes|P19|F11.2
Trouble de l’usage du cannabis|P19|F12.2
Syndrome de stress post-traumatique|P82|F43.1
Épuisement professionnel|Z05|Z73.0
TDAH|P81|F90.0
Trouble du spectre de l’autisme|P99|F84.0
Trouble des conduites alimentaires|P86|F50.9
Maladie d’Alzheimer|P70|G30.9
Autre démence|P70|F03
Trouble cognitif léger|P20|F06.7
Maladie de Parkinson|N87|G20
Épilepsie|N88|G40.9
Migraine|N89|G43.9
Céphalée de tension|N95|G44.2
Sclérose en plaques|N86|G35
Tremblement essentiel|N99|G25.0
Hémiplégie|N18|G81.9
Aphasie|N19|R47.0
Trouble du langage oral|P24|F80.9
Dyslexie|P24|F81.0
Retard de développement|P24|F89
Trouble de la coordination (dyspraxie)|P24|F82
Bégaiement|P10|F98.5
Insuffisance rénale chronique|U99|N18.9
Cystite|U71|N30.0
Pyélonéphrite|U70|N10
Incontinence urinaire|U04|R32
Colique néphrétique|U95|N23
Hypertrophie bénigne de la prostate|Y85|N40
Cancer de la prostate|Y77|C61
Dysfonction érectile|Y07|N48.4
Cancer du sein|X76|C50.9
Endométriose|X99|N80.9
Ménopause symptomatique|X11|N95.1
Règles douloureuses|X02|N94.6
Syndrome des ovaires polykystiques|T99|E28.2
Grossesse en cours|W78|Z33
Contraception|W14|Z30.9
Suites de couches|W18|Z39.2
Fausse couche|W82|O03.9
Prolapsus génital|X87|N81.9
Eczéma atopique|S87|L20.9
Psoriasis|S91|L40.9
Acné|S96|L70.9
Urticaire|S98|L50.9
Mycose cutanée|S74|B35.9
Zona|S70|B02.9
Escarre|S97|L89.9
Plaie|S18|T14.1
Brûlure|S14|T30.0
Mélanome|S77|C43.9
Carcinome basocellulaire|S77|C44.9
Kératose actinique|S80|L57.0
Anémie ferriprive|B80|D50.9
Anémie (autre)|B82|D64.9
Lymphome|B72|C85.9
Leucémie|B73|C95.9
Infection par le VIH|B90|B24
Hépatite C chronique|D72|B18.2
Hépatite B chronique|D72|B18.1
Maladie de Lyme|A78|A69.2
Varicelle|A72|B01.9
Fatigue|A04|R53
Fièvre|A03|R50.9
Amaigrissement|T08|R63.4
Douleur chronique|A01|R52.2
Soins palliatifs|A99|Z51.5
Carie dentaire|D82|K02.9
Parodontite|D82|K05.3
Isolement social|Z29|Z60.2
Précarité|Z01|Z59.6
Aidant épuisé|Z14|Z63.6`;

export interface Problem {
  label: string;
  icpc2: string;
  icd10: string;
}
export const problems: readonly Problem[] = table.split('\n').map((row) => {
  const [label = '', cisp = '', cim = ''] = row.split('|');
  return { label, icpc2: cisp, icd10: cim };
});
