import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../web/routes.tsx';

/** Open to all, without an account. */
export const programmeBarePages = [createRoute({ getParentRoute: () => rootRoute, path: '/programme/simulateur', component: lazyRouteComponent(() => import('./SimulatorPage.tsx')) })];
