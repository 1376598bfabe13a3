import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../web/lazy.ts';
import { shellRoute } from '../../web/routes.tsx';

export const exchangePages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/reprise',
    component: lazyRouteComponent(() => import('./TakeOversPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/reprise/$run',
    component: lazyRouteComponent(() => import('./TakeOverPage.tsx')),
  }),
];
