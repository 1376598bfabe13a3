import { theCall } from '../calls/the-call.ts';
import type { Outcome } from '../review/decisions.store.ts';

/** What a letter says, by outcome. The tone is that of an administration: who decided what, under which text, why, and what can be done. */
export interface LetterFacts {
  region: string;
  publisher: string;
  call: string;
  version: number;
  team: string;
  receipt: string;
  submittedOn: string;
  decidedOn: string;
  writtenOn: string;
  outcome: Outcome;
  rank: number | null;
  waiting: number | null;
  places: number;
  /** Criteria or reasons of refusal. */
  words: string[];
  note: string;
  signatory: string;
  role: string;
  reference: string;
  letterVersion: number;
  to: string;
}
export const subjectOf = ({ call, outcome }: Pick<LetterFacts, 'call' | 'outcome'>): string =>
  `${call} : ${outcome === 'chosen' ? 'candidature retenue' : outcome === 'waiting' ? 'candidature inscrite sur liste d’attente' : 'candidature non retenue'}`;

const decisionOf = (one: LetterFacts): string => {
  if (one.outcome === 'chosen')
    return `Par décision du ${one.decidedOn}, j’ai l’honneur de vous informer que cette candidature est retenue, au rang ${one.rank} pour ${one.places} ${one.places > 1 ? 'places' : 'place'}.`;
  if (one.outcome === 'waiting')
    return `Par décision du ${one.decidedOn}, cette candidature est reconnue éligible. Le nombre de places (${one.places}) ne permet pas de la retenir à ce jour : elle est inscrite à la place n° ${one.waiting} de la liste d’attente, au rang ${one.rank} du classement.`;
  return `Par décision du ${one.decidedOn}, j’ai le regret de vous informer que cette candidature n’est pas retenue : elle ne remplit pas toutes les conditions de l’appel.`;
};
const followsOf = ({ outcome, version }: LetterFacts): string[] => [
  outcome === 'chosen'
    ? `L’accompagnement et le financement s’exercent dans les conditions de l’appel, dans sa version ${version}. Vous serez contactés pour fixer la réunion de lancement ; une convention vous sera ensuite proposée.`
    : outcome === 'waiting'
      ? 'Si une place se libère, elle est proposée dans l’ordre de la liste d’attente ; des équipes à la même place sont départagées par une décision motivée. Aucune démarche n’est à faire de votre part.'
      : 'Votre dossier reste à votre disposition. Il pourra servir pour un prochain appel, une fois ces points levés.',
  ...(outcome === 'chosen'
    ? []
    : [
        'Cette décision peut faire l’objet, dans les deux mois qui suivent sa notification, d’un recours gracieux auprès de son auteur ou d’un recours contentieux devant le tribunal administratif compétent.',
      ]),
];

/** Data of the paper (letters/papers.ts). */
export const paperOf = (one: LetterFacts): Record<string, unknown> => ({
  title: 'Notification de décision',
  region: one.region,
  right: [
    `Réf. ${one.reference}${one.letterVersion > 1 ? `, version ${one.letterVersion}` : ''}`,
    `Le ${one.writtenOn}`,
  ],
  foot: `${one.reference} · version ${one.letterVersion} · ${one.call}`,
  addressee: [one.team, ...(one.to ? [`À l’attention de ${one.to}`] : [])],
  subject: subjectOf(one),
  paragraphs: [
    'Madame, Monsieur,',
    `Vous avez déposé le ${one.submittedOn}, sous le numéro ${one.receipt}, la candidature de « ${one.team} » à ${theCall(one.call)}.`,
    decisionOf(one),
    ...(one.note ? [one.note] : []),
  ],
  pointsTitle: one.outcome === 'refused' ? 'Motifs' : 'Éléments du classement',
  points: one.words,
  after: [...followsOf(one), 'Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.'],
  signature: [one.signatory, one.role, one.publisher],
});
/** The mail that brings the letter. */
export const mailOf = (one: LetterFacts): string =>
  `Madame, Monsieur,\n\n${decisionOf(one)}\n\nLe courrier de notification (${one.reference}) est joint à ce message. Il est aussi dans le dossier de votre équipe, avec les éléments de la décision.\n\n${one.signatory}\n${one.role}\n${one.publisher}\n`;
