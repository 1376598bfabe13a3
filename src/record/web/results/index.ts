import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { dayBlocks } from '../../../web/slots.ts';

dayBlocks.push({ name: 'results', Component: lazyRouteComponent(() => import('./WaitingBlock.tsx')) });

export const resultPages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/resultats',
    component: lazyRouteComponent(() => import('./ResultsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/resultats',
    component: lazyRouteComponent(() => import('./WaitingPage.tsx')),
  }),
];
