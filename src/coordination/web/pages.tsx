import { createRoute, redirect } from '@tanstack/react-router';
import { urlOf } from '../../web/api.ts';
import { startLive } from '../../web/live.ts';
import { navCounts } from '../../web/nav.ts';
import { sources } from '../../web/palette.ts';
import { shellRoute } from '../../web/routes.tsx';
import { dayBlocks, recordActs, recordCards, recordPanels } from '../../web/slots.ts';
import { coordinationContract } from '../contract.ts';
import { changes } from './changes/index.tsx';
import { meetings } from './meetings/index.tsx';
import { messages } from './messages/index.tsx';
import { opinions } from './opinions/index.tsx';
import type { CoordinationPart } from './part.ts';
import { plans } from './plans/index.tsx';
import { protocols } from './protocols/index.tsx';
import { tabs } from './tabs.ts';
import { tasks } from './tasks/index.tsx';

/** In the order in which one reads them on the day's page and in the tabs. */
const parts: CoordinationPart[] = [messages, tasks, changes, meetings, opinions, protocols, plans];

export const coordinationPages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/coordination',
    beforeLoad: () => {
      throw redirect({ to: tabs[0]?.to ?? '/' });
    },
  }),
  ...parts.flatMap((part) => part.pages ?? []),
];

/** Lends the room's parts to the pages of others; called once by the site map. */
export function lendCoordination(): void {
  for (const part of parts) {
    if (part.tab) tabs.push(part.tab);
    dayBlocks.push(...(part.dayBlocks ?? []));
    recordCards.push(...(part.recordCards ?? []));
    Object.assign(recordPanels, part.recordPanels);
    if (part.recordActs) recordActs.push(part.recordActs);
    sources.push(...(part.sources ?? []));
  }
  // The tabs are what they are from here on: their hooks run in one order.
  navCounts['/coordination'] = () => tabs.reduce((sum, tab) => sum + (tab.useCount?.() ?? 0), 0);
}
export const listen = (): void => startLive(urlOf(coordinationContract.live));
