import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { mayRead } from '../../../web/session.ts';
import { MeetingIcon } from '../../../web/ui/icons.ts';
import type { CoordinationPart } from '../part.ts';

export const meetings: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/reunions',
      component: lazyRouteComponent(() => import('./MeetingsPage.tsx')),
    }),
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/reunions/$id',
      component: lazyRouteComponent(() => import('./MeetingPage.tsx')),
    }),
  ],
  tab: {
    to: '/coordination/reunions',
    label: 'Réunions',
    may: (me) => mayRead(me, 'agenda') || me.acts.includes('coordinate'),
  },
  dayBlocks: [{ name: 'meetings', Component: lazyRouteComponent(() => import('./MeetingsBlock.tsx')) }],
  recordCards: [{ id: 'meetings', column: 'third', Component: lazyRouteComponent(() => import('./MeetingsCard.tsx')) }],
  recordPanels: { proposer: lazy(() => import('./ProposePanel.tsx')) },
  recordActs: ({ add, setPanel }) =>
    add.includes('coordination')
      ? [
          {
            id: 'propose',
            title: 'Proposer en réunion',
            short: 'Réunion',
            words: 'rcp concertation pluriprofessionnelle staff',
            icon: MeetingIcon,
            keys: 'R',
            add: true,
            run: () => setPanel('proposer'),
          },
        ]
      : [],
};
