import { createRoute } from '@tanstack/react-router';
import { call, queries, reading } from '../../web/api.ts';
import type { DraftStore } from '../../web/drafts.ts';
import { lazyRouteComponent } from '../../web/lazy.ts';
import type { PaletteSource } from '../../web/palette.ts';
import { shellRoute } from '../../web/routes.tsx';
import { bring, dayBlocks, recordCards } from '../../web/slots.ts';
import { PersonIcon } from '../../web/ui/icons.ts';
import { recordContract } from '../contract.ts';
import { RecordPage } from './ahead.ts';
import { dayQuery } from './day/day-query.ts';
import { resultPages } from './results/index.ts';
import { orderPages } from './orders/lend.tsx';
import { treatmentPages } from './treatments/lend.tsx';
import { letterPages } from './letters/lend.tsx';
import './cockpits/lend.ts';
import { cockpitQuery } from './cockpits/use-cockpit.ts';

export { termParts } from './terms/lend.ts';

export const recordPages = [
  ...resultPages,
  ...orderPages,
  ...treatmentPages,
  ...letterPages,
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/',
    loader: () => {
      bring(dayBlocks);
      void queries.prefetchQuery(dayQuery);
    },
    component: lazyRouteComponent(() => import('./day/DayPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients',
    component: lazyRouteComponent(() => import('./patients/PatientsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/nouveau',
    component: lazyRouteComponent(() => import('./patients/NewPatientPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/doublons',
    component: lazyRouteComponent(() => import('./patients/DuplicatesPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/fusions/$merge',
    component: lazyRouteComponent(() => import('./patients/SortPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient',
    loader: ({ params, preload }) => {
      bring(recordCards);
      void queries.prefetchQuery(cockpitQuery);
      // A name under the pointer is not a record opened: reading it would be written in the patient's log, and be this person's last visit.
      if (!preload) void queries.prefetchQuery(reading(recordContract.record, { params: { patient: params.patient } }));
    },
    component: RecordPage,
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/identite',
    component: lazyRouteComponent(() => import('./patients/IdentityPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/vaccins',
    component: lazyRouteComponent(() => import('./vaccines/VaccinesPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/vaccins',
    component: lazyRouteComponent(() => import('./vaccines/ToDoPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/synthese',
    component: lazyRouteComponent(() => import('./synthesis/SynthesisPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/documents',
    component: lazyRouteComponent(() => import('./documents/DocumentsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/volets',
    component: lazyRouteComponent(() => import('./sections/SectionsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/volets/$section',
    component: lazyRouteComponent(() => import('./sections/SectionEditorPage.tsx')),
  }),
];

/** Patients in the command palette, as one types. */
export const patientSource: PaletteSource = {
  title: 'Patients',
  async search(typed, signal, go) {
    const { patients } = await call(recordContract.searchPatients, { query: { q: typed } }, { signal });
    return patients.slice(0, typed ? 12 : 6).map((hit) => ({
      id: `patient-${hit.id}`,
      title: hit.name,
      detail: [hit.birthName, `${hit.birthDateLabel} (${hit.age})`, hit.place].filter(Boolean).join(' · '),
      marks: hit.highlights.name,
      icon: PersonIcon,
      run: () => go(`/patients/${hit.id}`),
    }));
  },
};

export const recordDrafts: DraftStore = {
  get: (key) => call(recordContract.draft, { params: { key } }).then((draft) => draft?.data ?? null),
  keep: (key, info, data, leaving) =>
    call(recordContract.keepDraft, { params: { key }, body: { ...info, data } }, { leaving }),
  drop: (key) => call(recordContract.dropDraft, { params: { key } }),
};
