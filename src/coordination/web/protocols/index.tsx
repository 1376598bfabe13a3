import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { ProtocolIcon } from '../../../web/ui/icons.ts';
import type { CoordinationPart } from '../part.ts';

export const protocols: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/protocoles',
      component: lazyRouteComponent(() => import('./LibraryPage.tsx')),
    }),
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/protocoles/$id',
      component: lazyRouteComponent(() => import('./ProtocolPage.tsx')),
    }),
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/protocoles/$id/modifier',
      component: lazyRouteComponent(() => import('./editor/EditorPage.tsx')),
    }),
  ],
  tab: { to: '/coordination/protocoles', label: 'Protocoles' },
  recordCards: [
    { id: 'protocoles', column: 'first', Component: lazyRouteComponent(() => import('./patient/PlansCard.tsx')) },
  ],
  recordPanels: {
    protocole: lazy(() => import('./patient/PlanPanel.tsx')),
    inclure: lazy(() => import('./patient/EnterPanel.tsx')),
  },
  recordActs: ({ add, setPanel }) =>
    add.includes('coordination')
      ? [
          {
            id: 'enter-protocol',
            title: 'Inclure dans un protocole',
            words: 'parcours suivi plan diabète avk bpco',
            icon: ProtocolIcon,
            keys: 'U',
            short: 'Protocole',
            add: true,
            run: () => setPanel('inclure'),
          },
        ]
      : [],
};
