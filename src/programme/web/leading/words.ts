import type { z } from 'zod';
import { queries } from '../../../web/api.ts';
import { programmeContract } from '../../contract.ts';

export type Maturity = z.infer<typeof programmeContract.maturity.reply>;
export type Matrix = Maturity['matrix'];
export type Axis = Matrix['axes'][number];
export type Levels = Record<string, number>;
export type Improvement = Maturity['actions'][number];
export type Conduct = z.infer<typeof programmeContract.conduct.reply>;
export type ProjectTeam = z.infer<typeof programmeContract.projectTeam.reply>;
export type Deployment = z.infer<typeof programmeContract.deployment.reply>;
export type PlanItem = Deployment['items'][number];
export type Session = Deployment['sessions'][number];
export type HelpList = z.infer<typeof programmeContract.helpRequests.reply>;
export type HelpRequest = z.infer<typeof programmeContract.helpRequest.reply>;
export type Demands = z.infer<typeof programmeContract.demands.reply>;
export type Demand = Demands['demands'][number];

const again = (entries: readonly { path: string }[]) => (): void => {
  for (const entry of entries) void queries.invalidateQueries({ queryKey: [entry.path] });
};
/** Reads again what hangs on the organisation of a team; the steps of the project wait for it. */
export const changedMaturity = again([
  programmeContract.maturity,
  programmeContract.projectMaturity,
  programmeContract.project,
]);
export const changedConduct = again([programmeContract.conduct]);
export const changedTeam = again([programmeContract.projectTeam]);
export const changedPlan = again([programmeContract.deployment, programmeContract.papers]);
export const changedHelp = again([programmeContract.helpRequests, programmeContract.helpRequest]);
export const changedDemands = again([programmeContract.demands]);

export const noPatient = 'Aucune donnée de patient dans ce texte.';
export const sayTenths = (tenths: number): string =>
  (tenths / 10).toLocaleString('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** «2 h 30», «45 min». */
export function sayMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}
/** «1h30», «1 h 30», «1,5 h», «90», «45 min» → minutes; null when it cannot be read. */
export function readMinutes(typed: string): number | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, '').replace(',', '.');
  const hours = /^(\d{1,3}(?:\.\d+)?)h(\d{1,2})?(?:min|mn)?$/.exec(text);
  if (hours) return Math.round(Number(hours[1]) * 60 + Number(hours[2] ?? 0));
  const minutes = /^(\d{1,4})(?:min|mn|m)?$/.exec(text);
  return minutes ? Number(minutes[1]) : null;
}
export const urgencyTones = { blocking: 'danger', hindering: 'warning', minor: 'neutral' } as const;
export const helpStates = {
  open: { tone: 'accent', words: 'Ouverte' },
  solved: { tone: 'success', words: 'Résolue' },
  closed: { tone: 'neutral', words: 'Close' },
} as const;
export const helpKinds = { fault: 'Panne', question: 'Question' } as const;
export const outcomes = {
  planned: { tone: 'accent', words: 'Prévue' },
  studied: { tone: 'info', words: 'À l’étude' },
  done: { tone: 'success', words: 'Livrée' },
  refused: { tone: 'warning', words: 'Refusée' },
} as const;
export const lineStates = {
  done: { tone: 'success', words: 'Fait' },
  late: { tone: 'danger', words: 'En retard' },
  current: { tone: 'accent', words: 'En cours' },
  'to-come': { tone: 'neutral', words: 'À venir' },
} as const;
export { equipmentLabels } from '../../contract.ts';
export const equipmentStates = {
  good: { tone: 'success', words: 'Convient' },
  'to-replace': { tone: 'danger', words: 'À remplacer' },
  unknown: { tone: 'neutral', words: 'À vérifier' },
} as const;
