import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { lazy } from 'react';
import { queries } from '../../../web/api.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { dayBlocks, recordActs, recordCards, recordPanels } from '../../../web/slots.ts';
import { meQuery } from '../../../web/session.ts';
import { DocumentIcon, OrderIcon } from '../../../web/ui/icons.ts';
import { prescribedBy } from '../../contract.ts';

export const orderPages = [
  createRoute({ getParentRoute: () => shellRoute, path: '/patients/$patient/ordonnances', component: lazyRouteComponent(() => import('./OrdersPage.tsx')) }),
  createRoute({ getParentRoute: () => shellRoute, path: '/ordonnances/types', component: lazyRouteComponent(() => import('./TemplatesPage.tsx')) }),
  createRoute({ getParentRoute: () => shellRoute, path: '/ordonnances', component: lazyRouteComponent(() => import('./WaitingPage.tsx')) }),
];
const OrderPanel = lazy(() => import('./OrderPanel.tsx'));
dayBlocks.push({ name: 'orders', Component: lazy(() => import('./DayBlock.tsx')) });
recordCards.push({ id: 'orders', column: 'third', Component: lazy(() => import('./OrdersCard.tsx')) });
recordPanels.prescrire = OrderPanel;
/** Whether my profession prescribes anything: who I am has been read by the shell. */
const prescribes = (): boolean => prescribedBy(queries.getQueryData(meQuery.queryKey)?.profession ?? '').length > 0;
recordActs.push(({ patient, add, setPanel, go }) => [
  ...(prescribes() && add.includes('documents') ? [{ id: 'add-prescrire', title: 'Prescrire', short: 'Prescrire', words: 'ordonnance médicament soins biologie imagerie kiné pansement matériel renouveler', icon: OrderIcon, keys: 'S', add: true, run: () => setPanel('prescrire') }] : []),
  { id: 'orders', title: 'Ouvrir les ordonnances', words: 'prescription renouveler imprimer suivi', icon: DocumentIcon, run: () => go(`/patients/${patient}/ordonnances`) },
]);
