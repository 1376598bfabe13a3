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
