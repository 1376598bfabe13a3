import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../web/lazy.ts';
import { rootRoute, shellRoute } from '../../web/routes.tsx';
import { useMe } from '../../web/session.ts';
import { dayHeads } from '../../web/slots.ts';

export { LockScreen } from './LockScreen.tsx';
export { Notices } from './Notices.tsx';

const FirstSteps = lazy(() => import('./structure/FirstSteps.tsx'));
/** Of a practice that begins: what is left to do, for whoever may do it. */
dayHeads.push(function Beginning() {
  const { acts, practice } = useMe();
  return practice.kind === 'practice' && acts.includes('people') ? <FirstSteps /> : null;
});

/** Pages of whoever is not in yet. */
export const accessBarePages = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/connexion',
    component: lazyRouteComponent(() => import('./sign-in/SignInPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/invitation',
    component: lazyRouteComponent(() => import('./sign-in/InvitationPage.tsx')),
  }),
];

/** The practice, its people and their rights; my own account. */
export const accessPages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/structure',
    component: lazyRouteComponent(() => import('./structure/StructurePage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/bienvenue',
    component: lazyRouteComponent(() => import('./structure/WelcomePage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/compte',
    component: lazyRouteComponent(() => import('./AccountPage.tsx')),
  }),
];
