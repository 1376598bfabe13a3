import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { mayRead } from '../../../web/session.ts';
import { MessagesIcon, SendIcon } from '../../../web/ui/icons.ts';
import type { CoordinationPart } from '../part.ts';
import { messageSource, useWaiting } from './use-messages.ts';

export const messages: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/messages',
      component: lazyRouteComponent(() => import('./MessagesPage.tsx')),
    }),
  ],
  tab: { to: '/coordination/messages', label: 'Messages', may: (me) => mayRead(me, 'messages'), useCount: useWaiting },
  dayBlocks: [{ name: 'messages', Component: lazyRouteComponent(() => import('./MessagesBlock.tsx')) }],
  recordCards: [{ id: 'messages', column: 'third', Component: lazyRouteComponent(() => import('./ThreadsCard.tsx')) }],
  recordPanels: { echange: lazy(() => import('./ThreadPanel.tsx')), ecrire: lazy(() => import('./WritePanel.tsx')) },
  recordActs: ({ add, setPanel }) =>
    add.includes('exchanges') || add.includes('administrative')
      ? [
          {
            id: 'write-team',
            title: 'Écrire à l’équipe',
            words: 'message échange conversation joindre secrétariat boîte',
            icon: add.includes('exchanges') ? MessagesIcon : SendIcon,
            keys: 'J',
            short: 'Message',
            add: true,
            run: () => setPanel('ecrire'),
          },
        ]
      : [],
  sources: [messageSource],
};
