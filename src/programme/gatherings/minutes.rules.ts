import { inSentence } from '../../access/index.ts';

/** Items of the agenda by kind of meeting; the texts of the launch follow PRJ-3: the SIP, its stakes, the solutions, the money, the calendar. */
export interface AgendaItem {
  id: string;
  title: string;
}
export const agendas: Readonly<Record<'launch' | 'follow-up', readonly AgendaItem[]>> = {
  launch: [
    { id: 'welcome', title: 'Tour de table' },
    { id: 'sip', title: 'Le système d’information partagé' },
    { id: 'stakes', title: 'Les enjeux pour l’équipe' },
    { id: 'solutions', title: 'Les solutions' },
    { id: 'funding', title: 'Le financement' },
    { id: 'calendar', title: 'Le calendrier' },
    { id: 'questions', title: 'Questions et suites' },
  ],
  'follow-up': [
    { id: 'former', title: 'Suites de la réunion précédente' },
    { id: 'progress', title: 'Avancement et calendrier' },
    { id: 'settings', title: 'Réglages et reprise des données' },
    { id: 'training', title: 'Formation, par profession' },
    { id: 'use', title: 'Usages et difficultés' },
    { id: 'next', title: 'Prochaine réunion' },
  ],
};
export type MinutesKind = 'launch-minutes' | 'follow-up-minutes';
export const purposeOf = (kind: MinutesKind): 'launch' | 'follow-up' =>
  kind === 'launch-minutes' ? 'launch' : 'follow-up';
export interface Presence {
  name: string;
  profession: string;
  side: 'officer' | 'gcs' | 'consultant' | 'team' | 'other';
  there: boolean;
}
/** Professions of the project of which nobody was there. */
export const missingAt = (present: readonly Presence[], professions: readonly string[]): string[] =>
  professions.filter(
    (profession) => !present.some((one) => one.there && one.side === 'team' && one.profession === profession),
  );

export interface ModelFacts {
  team: string;
  professions: string[];
  present: string;
  envisaged: string;
  basis: 'flat' | 'cost';
  payments: { percent: number; when: string }[];
  steps: { title: string; from: string; to: string; state: string }[];
  actions: { words: string; owner: string; due: string; state: string }[];
}
const line = (words: string, said: string): string => (said ? `${words}${said}` : '');
/** What the minutes hold when they are begun: what the project knows already, for whoever writes to keep, change or strike out. */
export function modelTexts(kind: MinutesKind, facts: ModelFacts): Record<string, string> {
  const calendar = facts.steps.map(({ title, from, to }) => `${title} : du ${from} au ${to}`).join('\n');
  if (kind === 'launch-minutes')
    return {
      welcome: '',
      sip: 'Le système d’information partagé (SIP) est l’outil commun de l’équipe : un dossier par patient, ouvert aux professionnels qui le soignent, la messagerie, les protocoles, l’agenda et le pilotage de la structure.',
      stakes: `Pour l’équipe « ${facts.team} », qui réunit ${facts.professions.map(inSentence).join(', ') || 'plusieurs professions'} : écrire à plusieurs dans un même dossier, suivre ensemble les situations complexes, tenir les protocoles, compter sans ressaisie ce que demande l’ACI.`,
      solutions: [
        line('Outils d’aujourd’hui : ', facts.present),
        line('Logiciel envisagé : ', facts.envisaged),
        'Le choix final se fait avec tous les professionnels, après le recueil des besoins et la comparaison des solutions.',
      ]
        .filter(Boolean)
        .join('\n'),
      funding: [
        facts.basis === 'cost'
          ? 'Le financement suit les dépenses réelles, sur devis validés par le consultant, dans la limite du plafond de l’équipe.'
          : 'Le financement est forfaitaire, selon le nombre de personnes du projet.',
        ...facts.payments.map(({ percent, when }) => `${percent} % : ${when.charAt(0).toLowerCase()}${when.slice(1)}.`),
      ].join('\n'),
      calendar,
      questions: '',
    };
  const progress = facts.steps.map(({ title, to, state }) => `${title} : ${state}, prévu pour le ${to}`).join('\n');
  return {
    former: facts.actions
      .map(({ words, owner, due, state }) => `${words} (${owner}${due ? `, pour le ${due}` : ''}) : ${state}`)
      .join('\n'),
    progress,
    settings: '',
    training: '',
    use: '',
    next: '',
  };
}
/** What minutes lack to be issued, in words. */
export function minutesBlockers(
  values: Readonly<Record<string, unknown>>,
  agenda: readonly AgendaItem[],
  today: string,
): string[] {
  const held = values.heldOn;
  const present = (values.present ?? []) as Presence[];
  return [
    ...(typeof held !== 'string' || held === ''
      ? ['Dites quel jour la réunion s’est tenue.']
      : held > today
        ? ['La réunion est datée d’un jour à venir.']
        : []),
    ...(present.some(({ there }) => there) ? [] : ['Dites qui était là.']),
    ...(agenda.some(
      ({ id }) => typeof values[`item.${id}`] === 'string' && (values[`item.${id}`] as string).trim() !== '',
    )
      ? []
      : ['Écrivez au moins un point de l’ordre du jour.']),
  ];
}
