import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { mayRead } from '../../../web/session.ts';
import { OpinionIcon } from '../../../web/ui/icons.ts';
import type { CoordinationPart } from '../part.ts';
import { useWaitingOpinions } from './use-opinions.ts';

export const opinions: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/avis',
      component: lazyRouteComponent(() => import('./OpinionsPage.tsx')),
    }),
  ],
  tab: {
    to: '/coordination/avis',
    label: 'Avis',
    may: (me) => mayRead(me, 'summary') && mayRead(me, 'exchanges'),
    useCount: useWaitingOpinions,
  },
  recordCards: [
    { id: 'opinions', column: 'second', Component: lazyRouteComponent(() => import('./OpinionsCard.tsx')) },
  ],
  recordPanels: {
    avis: lazy(() => import('./OpinionPanel.tsx')),
    'demander-avis': lazy(() => import('./AskPanel.tsx')),
  },
  recordActs: ({ add, setPanel }) =>
    add.includes('exchanges')
      ? [
          {
            id: 'ask-opinion',
            title: 'Demander un avis ou adresser',
            words: 'question confrère collègue orientation réponse',
            icon: OpinionIcon,
            keys: 'Q',
            short: 'Avis',
            add: true,
            run: () => setPanel('demander-avis'),
          },
        ]
      : [],
};
