import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { dayBlocks, recordActs } from '../../../web/slots.ts';
import { TreatmentIcon } from '../../../web/ui/icons.ts';

export const treatmentPages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/traitements',
    component: lazyRouteComponent(() => import('./TreatmentsPage.tsx')),
  }),
];
dayBlocks.push({ name: 'proposals', Component: lazyRouteComponent(() => import('./ProposalsBlock.tsx')) });
recordActs.push(({ patient, go }) => [
  {
    id: 'treatments',
    title: 'Ouvrir les traitements',
    words: 'médicaments posologie conciliation relevé arrêter changer dose proposition feuille patient',
    icon: TreatmentIcon,
    run: () => go(`/patients/${patient}/traitements`),
  },
]);
