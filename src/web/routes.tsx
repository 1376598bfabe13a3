import {
  createRootRoute,
  createRoute,
  Outlet,
  redirect,
  type NavigateOptions,
  useNavigate,
  useRouter,
  useRouterState,
} from '@tanstack/react-router';
import { useCallback } from 'react';
import { queries, Refusal } from './api.ts';
import { meQuery, sessionQuery } from './session.ts';
import { Shell } from './shell/Shell.tsx';
import { homes } from './slots.ts';
import { EmptyState, ErrorState } from './ui/states.tsx';

/** A search string without types: every value is text, so that addresses stay readable. */
export type Search = Record<string, string | undefined>;

const NotFound = () => (
  <EmptyState
    title="Cette page n’existe pas"
    action={
      <a href="/" className="touch">
        Revenir à ma journée
      </a>
    }
  >
    L’adresse a peut-être changé. Rien n’est perdu.
  </EmptyState>
);
/** What the page needed before it could be drawn is asked for anew, not only drawn again. */
function Failed({ error }: { error: unknown }) {
  const router = useRouter();
  return <ErrorState error={error} retry={() => void router.invalidate()} />;
}

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Failed,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

/** Pages of a signed-in person, inside the frame. A room hangs its pages here. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  errorComponent: Failed,
  beforeLoad: async ({ location }) => {
    let home: string | undefined;
    try {
      const me = await queries.ensureQueryData(meQuery);
      if (location.pathname === '/') home = homes.map((one) => one(me)).find(Boolean);
    } catch (error) {
      if (!(error instanceof Refusal) || (error.status !== 401 && error.status !== 403 && error.status !== 423))
        throw error;
      await queries.fetchQuery(sessionQuery).catch(() => undefined);
      throw redirect({ to: '/connexion', search: location.href === '/' ? {} : { retour: location.href } });
    }
    if (home) throw redirect({ to: home, replace: true });
  },
});

/** The part of the address after «?», read and changed: the address is the state of a view. An empty value leaves it. */
export function useUrl(): [Search, (patch: Search, options?: { push?: boolean }) => void] {
  const search = useRouterState({ select: (state) => state.location.search }) as unknown as Search;
  const navigate = useNavigate();
  const set = useCallback(
    (patch: Search, options?: { push?: boolean }) =>
      void navigate({
        to: '.',
        search: (before: Search) =>
          Object.fromEntries(
            Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined && value !== ''),
          ),
        replace: !options?.push,
        resetScroll: false,
      } as NavigateOptions),
    [navigate],
  );
  return [search, set];
}
