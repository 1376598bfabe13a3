import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
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
