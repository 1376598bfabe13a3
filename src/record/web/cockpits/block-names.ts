import type { CockpitReply } from '../../contract.ts';

/** What the blocks of a day are called where they are arranged. */
const names: Record<string, string> = {
  messages: 'Messages',
  appointments: 'Rendez-vous du jour',
  tasks: 'Mes tâches',
  teamDay: 'La journée de l’équipe',
  changes: 'Nouveautés',
  meetings: 'Réunions',
  toRead: 'À lire',
  toSort: 'Documents à classer',
  recent: 'Vus récemment',
  toComplete: 'Identités à compléter',
  figures: 'La structure en chiffres',
  results: 'Résultats à valider',
  proposals: 'Propositions sur les traitements',
  orders: 'Prescriptions',
  letters: 'Courriers à signer',
};
export const blockName = (name: string, { lists }: Pick<CockpitReply, 'lists'>): string =>
  names[name] ?? lists.find((one) => `liste:${one.name}` === name)?.title ?? name;
