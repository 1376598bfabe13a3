import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { programmeContract } from '../../contract.ts';
import { lazy } from '../../../web/lazy.ts';

export type Project = z.infer<typeof programmeContract.project.reply>;
export interface ProjectTab {
  /** In the address: `?onglet=`. */
  id: string;
  label: string;
  Component: ComponentType<{ project: Project }>;
  /** Shown to those who are shown this part; to all who know of the project when absent. */
  shows?: (project: Project) => boolean;
}
const tab = (
  id: string,
  label: string,
  load: () => Promise<{ default: ComponentType<{ project: Project }> }>,
  shows?: ProjectTab['shows'],
): ProjectTab => ({ id, label, Component: lazy(load), ...(shows && { shows }) });

/** The tabs of a project, in the order of its life. A sub-room adds its line. */
export const projectTabs: readonly ProjectTab[] = [
  tab(
    'etapes',
    'Étapes',
    () => import('./StepsTab.tsx'),
    ({ sees }) => sees.includes('steps'),
  ),
  tab(
    'reunions',
    'Réunions',
    () => import('../gatherings/MeetingsTab.tsx'),
    ({ may }) => may.read,
  ),
  tab(
    'maturite',
    'Maturité',
    () => import('../leading/MaturityTab.tsx'),
    ({ sees }) => sees.includes('maturity'),
  ),
  tab(
    'equipe',
    'Équipe et temps',
    () => import('../leading/TimeTab.tsx'),
    ({ may }) => may.read,
  ),
  tab(
    'besoins',
    'Besoins',
    () => import('../choice/NeedsTab.tsx'),
    ({ sees }) => sees.includes('needs'),
  ),
  tab(
    'choix',
    'Choix',
    () => import('../choice/ChoiceTab.tsx'),
    ({ sees }) => sees.includes('needs'),
  ),
  tab(
    'argent',
    'Argent',
    () => import('../money/MoneyTab.tsx'),
    ({ as }) => as !== 'reviewer' && as !== 'partner',
  ),
  tab(
    'deploiement',
    'Déploiement',
    () => import('../leading/DeployTab.tsx'),
    ({ may }) => may.read,
  ),
  tab(
    'usage',
    'Usage et clôture',
    () => import('../gatherings/UseTab.tsx'),
    ({ may }) => may.read,
  ),
  tab(
    'documents',
    'Documents',
    () => import('./DocumentsTab.tsx'),
    ({ sees }) => sees.includes('papers'),
  ),
  tab(
    'personnes',
    'Personnes',
    () => import('./PeopleTab.tsx'),
    ({ may }) => may.read,
  ),
];
