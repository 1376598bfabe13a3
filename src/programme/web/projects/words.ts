import { queries } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { programmeContract } from '../../contract.ts';
import type { Project } from './tabs.ts';

export type Step = Project['steps'][number];
export const whoLabels: Record<Step['who'][number], string> = {
  officer: 'ARS',
  gcs: 'GCS',
  consultant: 'consultant',
  team: 'équipe',
  vendor: 'éditeur',
};
/** «Consultant, éditeur». */
export const sayWho = (who: Step['who']): string => {
  const said = who.map((one) => whoLabels[one]).join(', ');
  return said.charAt(0).toUpperCase() + said.slice(1);
};
export const stepStates = {
  done: { tone: 'success', words: 'Close' },
  skipped: { tone: 'neutral', words: 'Passée' },
  late: { tone: 'danger', words: 'En retard' },
  current: { tone: 'accent', words: 'En cours' },
  'to-come': { tone: 'neutral', words: 'À venir' },
} as const;
export const projectStates = {
  open: { tone: 'accent', words: 'En cours' },
  closed: { tone: 'success', words: 'Clos' },
  stopped: { tone: 'warning', words: 'Arrêté' },
} as const;
export const partyLabels = { consultant: 'Consultant', vendor: 'Éditeur', partner: 'Partenaire' } as const;
export const shareLabels = {
  steps: 'Étapes',
  needs: 'Besoins et choix',
  maturity: 'Maturité et organisation',
  papers: 'Documents',
} as const;
export const sayDays = (days: number): string => (days > 1 ? `${days} jours` : '1 jour');
export const sayPeriod = (from: string, to: string): string =>
  from === to ? `le ${sayDate(from)}` : `du ${sayDate(from)} au ${sayDate(to)}`;
/** Reads the project again, and what hangs on it. */
export const changedProject = (): void => {
  for (const entry of [
    programmeContract.project,
    programmeContract.projects,
    programmeContract.papers,
    programmeContract.projectMails,
    programmeContract.money,
  ])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};
