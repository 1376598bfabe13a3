import { createRoute } from '@tanstack/react-router';
import { queries } from '../../../web/api.ts';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { dayBlocks, recordActs, recordCards, recordPanels } from '../../../web/slots.ts';
import { meQuery } from '../../../web/session.ts';
import { DocumentIcon, OrderIcon } from '../../../web/ui/icons.ts';
import { orderFamilies, prescribedBy } from '../../contract.ts';

export const orderPages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/ordonnances',
    component: lazyRouteComponent(() => import('./OrdersPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/ordonnances/types',
    component: lazyRouteComponent(() => import('./TemplatesPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/ordonnances',
    component: lazyRouteComponent(() => import('./WaitingPage.tsx')),
  }),
];
const OrderPanel = lazy(() => import('./OrderPanel.tsx'));
dayBlocks.push({ name: 'orders', Component: lazyRouteComponent(() => import('./DayBlock.tsx')) });
recordCards.push({ id: 'orders', column: 'third', Component: lazyRouteComponent(() => import('./OrdersCard.tsx')) });
recordPanels.prescrire = OrderPanel;
recordPanels.seance = lazy(() => import('./SessionPanel.tsx'));
/** Whether my profession prescribes anything: who I am has been read by the shell. */
const prescribes = (): boolean => prescribedBy(queries.getQueryData(meQuery.queryKey)?.profession ?? '').length > 0;
/** Whether my profession does care that is prescribed in sessions. */
const treats = (): boolean =>
  ((mine) => Object.values(orderFamilies).some(({ way, doneBy }) => way === 'sessions' && doneBy.includes(mine)))(
    queries.getQueryData(meQuery.queryKey)?.profession ?? '',
  );
recordActs.push(({ patient, add, setPanel, go }) => [
  ...(prescribes() && add.includes('documents')
    ? [
        {
          id: 'add-prescrire',
          title: 'Prescrire',
          short: 'Prescrire',
          words: 'ordonnance médicament soins biologie imagerie kiné pansement matériel renouveler',
          icon: OrderIcon,
          keys: 'S',
          add: true,
          run: () => setPanel('prescrire'),
        },
      ]
    : []),
  ...(treats()
    ? [
        {
          id: 'seance',
          title: 'Séance faite',
          words: 'compter séances série kiné orthophonie passage reste fin renouvellement',
          icon: OrderIcon,
          keys: 'W',
          run: () => setPanel('seance'),
        },
      ]
    : []),
  {
    id: 'orders',
    title: 'Ouvrir les ordonnances',
    words: 'prescription renouveler imprimer suivi',
    icon: DocumentIcon,
    run: () => go(`/patients/${patient}/ordonnances`),
  },
]);
