import type { Span } from './vaccine-calendar.ts';
import type { Situation, Target } from './vaccines.ts';

/**
 * Particular recommendations: what the calendar says of some people and the product does not work out. Shown apart, with the condition that the record fulfils, for the professional to
 * decide. In our own words; each with its source and the year it was read in. Where the text itself could not be read, the source says so.
 */
export interface Advice {
  id: string;
  targets: readonly Target[];
  /** Any of these. Absent: by age alone. */
  situations?: readonly Situation[];
  from?: Span;
  until?: Span;
  /** Only in these months (1 to 12). */
  months?: readonly number[];
  /** Nothing to say any more once a dose against this was given, or given since the year began. */
  once?: 'ever' | 'this-year';
  words: string;
  source: string;
  year: number;
}

const calendar = 'Calendrier des vaccinations, ministère chargé de la santé';
const hcsp = 'HCSP, Vaccination des personnes immunodéprimées ou aspléniques, 2e édition, décembre 2014, et calendrier des vaccinations';
const extract = `${calendar} : lu dans des sources secondaires, à vérifier dans le texte`;

export const vaccineAdvice: readonly Advice[] = [
  {
    id: 'premature-hexavalent',
    targets: ['dtp', 'pertussis', 'hib', 'hepatitis-b'],
    situations: ['premature'],
    until: '11m',
    words: 'Vacciner à l’âge réel, sans corriger du terme. Schéma renforcé de l’hexavalent : trois doses à 2, 3 et 4 mois, puis le rappel à 11 mois ; le calcul ci-dessus garde deux doses et le rappel. Avant 33 SA ou sous 1 500 g avec apnées, bronchodysplasie ou oxygène : première dose sous surveillance de 48 heures.',
    source: extract,
    year: 2026,
  },
  { id: 'premature-influenza', targets: ['influenza'], situations: ['premature'], from: '6m', until: '2y', once: 'this-year', words: 'Grippe chaque automne dès 6 mois pour l’ancien prématuré, surtout avec des séquelles comme la bronchodysplasie ; avant 6 mois, vacciner l’entourage.', source: calendar, year: 2025 },
  {
    id: 'nirsevimab',
    targets: ['rsv'],
    until: '12m',
    months: [9, 10, 11, 12, 1],
    once: 'ever',
    words: 'Nirsévimab (Beyfortus) à l’entrée de la première saison ou à la naissance, si la mère n’a pas reçu Abrysvo pendant la grossesse au moins quatorze jours avant l’accouchement.',
    source: 'HAS, nirsévimab, 2023, et vaccination de la femme enceinte contre le VRS, 2024',
    year: 2024,
  },
  {
    id: 'bcg-child',
    targets: ['tuberculosis'],
    situations: ['tuberculosis-risk'],
    until: '15y',
    once: 'ever',
    words:
      'BCG par voie intradermique. À risque : né dans un pays de forte endémie, parent originaire d’un tel pays, séjour prévu d’un mois d’affilée, tuberculose dans la famille, résidence en Guyane, à Mayotte ou en Île-de-France, logement précaire. Test tuberculinique avant, à partir de 6 ans ou après un séjour en zone d’endémie ; jamais chez l’immunodéprimé.',
    source: calendar,
    year: 2025,
  },
  {
    id: 'immunity-live',
    targets: ['mmr', 'varicella', 'yellow-fever', 'tuberculosis'],
    situations: ['immunity'],
    words: 'Vaccins vivants contre-indiqués tant que dure l’immunodépression ; les mettre à jour avant un traitement qui la provoque, quand le délai le permet. Vacciner l’entourage : grippe, rougeole, varicelle s’il n’est pas immunisé.',
    source: hcsp,
    year: 2014,
  },
  {
    id: 'immunity-series',
    targets: ['pneumococcus', 'hepatitis-b', 'hpv'],
    situations: ['immunity'],
    words: 'Schémas renforcés selon la cause (VIH, greffe, chimiothérapie, biothérapie) : hépatite B avec contrôle des anticorps, HPV toujours en trois doses et dès 9 ans avant ou après une greffe, pneumocoque conjugué. À établir avec le spécialiste : non calculés ici.',
    source: hcsp,
    year: 2014,
  },
  {
    id: 'asplenia',
    targets: ['men-acwy', 'men-b', 'pneumococcus', 'hib', 'influenza'],
    situations: ['asplenia'],
    words: 'Méningocoques ACWY et B avec rappels tous les cinq ans, pneumocoque, Haemophilus b, grippe chaque automne ; si l’ablation est prévue, au moins deux semaines avant, sinon deux semaines après. Rappeler la conduite devant une fièvre.',
    source: hcsp,
    year: 2014,
  },
  { id: 'covid-spring', targets: ['covid'], situations: ['immunity', 'institution'], months: [3, 4, 5, 6], words: 'Covid-19 : une dose de plus au printemps, trois mois au moins après la dernière dose ou infection.', source: calendar, year: 2025 },
  { id: 'covid-spring-80', targets: ['covid'], from: '80y', months: [3, 4, 5, 6], words: 'Covid-19 : une dose de plus au printemps à partir de 80 ans, trois mois au moins après la dernière dose ou infection.', source: calendar, year: 2025 },
  { id: 'liver-hepatitis-a', targets: ['hepatitis-a', 'hepatitis-b'], situations: ['liver'], words: 'Maladie chronique du foie : hépatite A (deux doses à six mois ou plus) si le patient n’est pas immunisé, et hépatite B.', source: calendar, year: 2025 },
  { id: 'kidney-hepatitis-b', targets: ['hepatitis-b'], situations: ['kidney'], words: 'Insuffisance rénale chronique susceptible de conduire à la dialyse : hépatite B sans attendre, schéma renforcé et anticorps contrôlés en dialyse.', source: calendar, year: 2025 },
  { id: 'around-infant', targets: ['influenza', 'mmr'], situations: ['around-infant'], words: 'Entourage d’un nourrisson : grippe s’il a moins de 6 mois et un risque de grippe grave ; deux doses de ROR pour qui est né depuis 1980.', source: calendar, year: 2025 },
  {
    id: 'health-professional',
    targets: ['mmr', 'varicella', 'pertussis', 'influenza', 'hepatitis-a'],
    situations: ['health-professional'],
    words: 'Né avant 1980 sans antécédent de rougeole ni de rubéole : une dose de ROR. Hépatite A pour qui travaille avec des enfants qui ne sont pas propres ou prépare les repas en collectivité. Le BCG n’est plus exigé (décret du 27 février 2019).',
    source: calendar,
    year: 2025,
  },
  {
    id: 'guyane',
    targets: ['yellow-fever', 'tuberculosis', 'dengue'],
    situations: ['guyane'],
    words: 'Fièvre jaune en centre agréé, attestée au carnet international ; une deuxième dose à dix ans pour une femme vaccinée enceinte, une personne vivant avec le VIH ou immunodéprimée. BCG avant la sortie de la maternité. Dengue : voir le texte.',
    source: `${calendar}, tableau propre à la Guyane ; ARS Guyane`,
    year: 2025,
  },
  {
    id: 'dengue',
    targets: ['dengue'],
    situations: ['overseas', 'guyane'],
    from: '6y',
    until: '61y',
    once: 'ever',
    words: 'Dengue (Qdenga, deux doses à trois mois, hors épidémie) : de 6 à 16 ans avec une dengue passée attestée ; de 17 à 60 ans avec une comorbidité (drépanocytose, hypertension compliquée, diabète, obésité, insuffisance rénale, maladie cardiaque ou pulmonaire). Six mois après une dengue récente.',
    source: `HAS, décembre 2024, et ${calendar.toLowerCase()}`,
    year: 2025,
  },
  { id: 'overseas-bcg', targets: ['tuberculosis'], situations: ['overseas'], until: '15y', once: 'ever', words: 'À Mayotte : BCG avant la sortie de la maternité.', source: `${calendar}, tableau propre à Mayotte`, year: 2025 },
  {
    id: 'travel',
    targets: ['hepatitis-a', 'yellow-fever', 'typhoid', 'rabies', 'men-acwy', 'je', 'tbe', 'cholera', 'chikungunya'],
    situations: ['travel'],
    words:
      'Selon le pays, la durée et les conditions : hépatite A, fièvre jaune (certificat, centre agréé, dix jours avant), typhoïde, rage, méningocoques ACWY, encéphalites. Mettre d’abord à jour le calendrier : rougeole dès 6 mois avant un départ en zone de circulation (cette dose ne compte pas), diphtérie, tétanos et poliomyélite.',
    source: 'HCSP, Recommandations sanitaires pour les voyageurs, édition de l’année (BEH hors-série) : non relue ici',
    year: 2025,
  },
  { id: 'men-b-young', targets: ['men-b'], from: '15y', until: '25y', once: 'ever', words: 'Méningocoque B : peut être proposé de 15 à 24 ans révolus, sans être recommandé pour tous.', source: calendar, year: 2025 },
  { id: 'varicella-young', targets: ['varicella'], from: '12y', until: '19y', once: 'ever', words: 'Varicelle : de 12 à 18 ans sans antécédent de maladie, deux doses ; une sérologie peut précéder.', source: calendar, year: 2025 },
  { id: 'influenza-child', targets: ['influenza'], from: '2y', until: '18y', months: [10, 11, 12, 1], once: 'this-year', words: 'Grippe : peut être proposée à tout enfant de 2 à 17 ans, même sans maladie.', source: 'HAS, février 2023, et calendrier des vaccinations', year: 2025 },
];
