import type { z } from 'zod';
import { euros } from '../words.ts';
import { practiceStatusLabels, type programmeContract, spendingOf, useOf } from '../../contract.ts';

export type Region = z.infer<typeof programmeContract.regionPractices.reply>;
export type Practice = Region['practices'][number];
export { practiceStatusLabels as statusWords };
export const statusTones = {
  project: 'accent',
  closed: 'success',
  stopped: 'warning',
  chosen: 'success',
  waiting: 'info',
  refused: 'neutral',
  renounced: 'neutral',
  applied: 'info',
  none: 'neutral',
} as const;
export const spendingWords = { none: 'Rien d’engagé', engaged: 'Engagé', paid: 'Payé, au moins en partie' } as const;
export const useWords = {
  shared: 'Plusieurs professions',
  some: 'Une profession au plus',
  unknown: 'Trop peu pour le dire',
  none: 'Pas de chiffres',
} as const;

export const sayLate = (days: number): string => (days > 0 ? `${days} j de retard` : 'à temps');

/** How the map is coloured: each class has a colour and a shape, in this order. */
export interface Mode {
  id: string;
  label: string;
  classOf: (one: Practice) => string;
  classes: readonly { id: string; label: string }[];
}
const listed = (words: Record<string, string>) => Object.entries(words).map(([id, label]) => ({ id, label }));
export const modesOf = (region: Pick<Region, 'steps' | 'columns'>): Mode[] => [
  { id: 'etat', label: 'État', classOf: (one) => one.status, classes: listed(practiceStatusLabels) },
  {
    id: 'etape',
    label: 'Étape',
    classOf: (one) => one.step?.id ?? 'none',
    classes: [...region.steps.map(({ id, title }) => ({ id, label: title })), { id: 'none', label: 'Hors projet' }],
  },
  {
    id: 'retard',
    label: 'Retard',
    classOf: (one) =>
      one.step === null ? 'none' : one.lateDays === 0 ? 'on-time' : one.lateDays <= 30 ? 'month' : 'more',
    classes: [
      { id: 'on-time', label: 'À temps' },
      { id: 'month', label: 'Jusqu’à 30 jours' },
      { id: 'more', label: 'Plus de 30 jours' },
      { id: 'none', label: 'Hors projet' },
    ],
  },
  ...(region.columns.spending
    ? [{ id: 'depense', label: 'Dépense', classOf: spendingOf, classes: listed(spendingWords) }]
    : []),
  ...(region.columns.use ? [{ id: 'usage', label: 'Usage', classOf: useOf, classes: listed(useWords) }] : []),
];
export const saySpending = ({ spending }: Practice): string =>
  spending ? `${euros(spending.paidCents)} payés sur ${euros(spending.engagedCents)}` : '';
