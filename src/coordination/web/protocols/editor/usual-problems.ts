/** Chronic problems that protocols are most often written for, with their CIM-10 code; any other code can be typed. */
export const cim10 = 'http://hl7.org/fhir/sid/icd-10';
export const cisp2 = 'http://hl7.org/fhir/sid/icpc-2';

export const usualProblems: readonly { label: string; code: string }[] = `Diabète de type 2|E11.9
Diabète de type 1|E10.9
Diabète gestationnel|O24.4
Hypertension artérielle|I10
Insuffisance cardiaque|I50.9
Fibrillation atriale|I48.9
Cardiopathie ischémique|I25.9
Artériopathie des membres inférieurs|I73.9
Accident vasculaire cérébral|I64
Dyslipidémie|E78.5
Obésité|E66.9
Dénutrition|E46
Insuffisance rénale chronique|N18.9
BPCO|J44.9
Asthme|J45.9
Apnées du sommeil|G47.3
Ulcère de jambe|L97
Escarre|L89
Insuffisance veineuse|I83.9
Fragilité de la personne âgée|R54
Chutes à répétition|R29.6
Maladie d’Alzheimer|G30.9
Maladie de Parkinson|G20
Dépression|F32.9
Trouble anxieux|F41.9
Dépendance au tabac|F17.2
Dépendance à l’alcool|F10.2
Lombalgie|M54.5
Gonarthrose|M17.9
Ostéoporose|M81.9
Soins palliatifs|Z51.5
Grossesse|Z34.9`
  .split('\n')
  .map((line) => line.split('|') as [string, string])
  .map(([label, code]) => ({ label, code }));
