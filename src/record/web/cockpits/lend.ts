import { lazy } from '../../../web/lazy.ts';
import { structureParts } from '../../../web/slots.ts';

structureParts.push({
  value: 'journees',
  label: 'Journées',
  act: 'arrange-cockpits',
  page: lazy(() => import('./PracticeDaysPart.tsx')),
});
