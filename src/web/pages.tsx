import { createRouter, parseSearchWith, stringifySearchWith } from '@tanstack/react-router';
import { accessBarePages, accessPages, LockScreen, Notices } from '../access/web/pages.tsx';
import { patientSource, recordDrafts, recordPages } from '../record/web/pages.tsx';
import { keepDraftsIn } from './drafts.ts';
import { sources } from './palette.ts';
import { rootRoute, shellRoute } from './routes.tsx';
import { slots } from './shell/slots.ts';

/** The site map: every room hangs its pages here. A new room adds one import and one line. */
const routeTree = rootRoute.addChildren([shellRoute.addChildren([...recordPages, ...accessPages]), ...accessBarePages]);

slots.lock = LockScreen;
slots.notices = Notices;
sources.push(patientSource);
keepDraftsIn(recordDrafts);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith((value) => String(value)),
});
