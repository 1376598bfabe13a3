import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import type { CoordinationPart } from '../part.ts';

const ChangesBlock = lazyRouteComponent(() => import('./ChangesBlock.tsx'));

export const changes: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/nouveautes',
      component: lazyRouteComponent(() => import('./ChangesPage.tsx')),
    }),
  ],
  tab: { to: '/coordination/nouveautes', label: 'Nouveautés', may: (me) => me.rights.summary?.reach !== 'none' },
  dayBlocks: [{ name: 'changes', Component: ChangesBlock }],
};
