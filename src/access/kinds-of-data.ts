/**
 * The kinds of data that rights are given on (SEC-3). A kind's number is stored beside each resource and used as a bit in masks
 * (`1 << number`): numbers are never reused nor changed.
 */
export const kindsOfData = {
  /** Not about one patient: organisations, professionals, places, definitions. Read by everyone in the practice. */
  directory: { bit: 0, fr: 'Annuaire et modèles' },
  identity: { bit: 1, fr: 'Identité' },
  administrative: { bit: 2, fr: 'Administratif' },
  summary: { bit: 3, fr: 'Synthèse' },
  history: { bit: 4, fr: 'Antécédents et problèmes' },
  allergies: { bit: 5, fr: 'Allergies' },
  treatments: { bit: 6, fr: 'Traitements' },
  results: { bit: 7, fr: 'Résultats' },
  documents: { bit: 8, fr: 'Courriers et documents' },
  measures: { bit: 9, fr: 'Mesures' },
  vaccines: { bit: 10, fr: 'Vaccins' },
  'mental-health': { bit: 11, fr: 'Santé mentale et addictions' },
  'sexual-health': { bit: 12, fr: 'Santé sexuelle et reproductive' },
  sections: { bit: 13, fr: 'Volets de profession' },
  'private-notes': { bit: 14, fr: 'Notes personnelles' },
  coordination: { bit: 15, fr: 'Coordination' },
  agenda: { bit: 16, fr: 'Agenda' },
  billing: { bit: 17, fr: 'Facturation' },
  /** What professionals say among themselves about the practice: reached by the members of each conversation (Group), patients are not in it. */
  messages: { bit: 18, fr: 'Échanges de l’équipe' },
  /** That something is to be done, by whom and until when, without a word of what: the words are of another kind. */
  tasks: { bit: 19, fr: 'Tâches, sans leur contenu' },
  /** What carers say among themselves about a patient: messages, handovers, words of tasks, questions and answers. */
  exchanges: { bit: 20, fr: 'Échanges de soins' },
  /** Tobacco, alcohol, activity, diet, housing, who is around, helps: what every carer sees and notes, apart from diagnoses. */
  lifestyle: { bit: 21, fr: 'Mode de vie et situation sociale' },
} as const;

export type KindOfData = keyof typeof kindsOfData;
export const kindCodes = Object.keys(kindsOfData) as KindOfData[];
/** Bit mask of a list of kinds. */
export const maskOf = (kinds: Iterable<KindOfData>): number => {
  let mask = 0;
  for (const kind of kinds) mask |= 1 << kindsOfData[kind].bit;
  return mask;
};
