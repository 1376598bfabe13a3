import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { GoalIcon } from '../../../web/ui/icons.ts';
import type { CoordinationPart } from '../part.ts';

export const plans: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/patients/$patient/pps',
      component: lazyRouteComponent(() => import('./CarePlanSheet.tsx')),
    }),
  ],
  recordCards: [{ id: 'pps', column: 'third', Component: lazyRouteComponent(() => import('./CarePlanCard.tsx')) }],
  recordPanels: { pps: lazy(() => import('./CarePlanPanel.tsx')) },
  recordActs: ({ patient, add, setPanel, go }) =>
    add.includes('summary')
      ? [
          {
            id: 'pps',
            title: 'Écrire le plan personnalisé de santé',
            words: 'pps objectifs buts besoins',
            icon: GoalIcon,
            keys: 'B',
            short: 'Plan (PPS)',
            add: true,
            run: () => setPanel('pps'),
          },
          {
            id: 'pps-sheet',
            title: 'Imprimer le plan personnalisé de santé',
            words: 'pps page patient a4',
            icon: GoalIcon,
            run: () => go(`/patients/${patient}/pps`),
          },
        ]
      : [],
};
