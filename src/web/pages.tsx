import { type AnyRoute, createRouter, parseSearchWith, stringifySearchWith } from '@tanstack/react-router';
import { accessBarePages, accessPages, LockScreen, Notices } from '../access/web/pages.tsx';
import { coordinationPages, lendCoordination, listen } from '../coordination/web/pages.tsx';
import { lendProgramme, programmeBarePages, programmePages } from '../programme/web/pages.tsx';
import { patientSource, recordDrafts, recordPages, termParts } from '../record/web/pages.tsx';
import { keepDraftsIn } from './drafts.ts';
import { plugged } from './nav.ts';
import { sources } from './palette.ts';
import { rootRoute, shellRoute } from './routes.tsx';
import { slots } from './shell/slots.ts';
import { structureParts } from './slots.ts';

/** The site map: every room hangs its pages here. A new room adds one import and one line. */
// The take-over's screens come with their room: the route and the rail's entry appear when exchange/web/pages.tsx exports `exchangePages`.
const exchange = Object.values(
  import.meta.glob<{ exchangePages: AnyRoute[] }>('../exchange/web/pages.tsx', { eager: true }),
)[0];
if (exchange) plugged.add('exchange');
const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([
    ...recordPages,
    ...coordinationPages,
    ...programmePages,
    ...accessPages,
    ...(exchange?.exchangePages ?? []),
  ]),
  ...accessBarePages,
  ...programmeBarePages,
]);

slots.lock = LockScreen;
slots.notices = Notices;
slots.entered = listen;
sources.push(patientSource);
lendCoordination();
structureParts.push(...termParts);
lendProgramme();
keepDraftsIn(recordDrafts);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith((value) => String(value)),
});
