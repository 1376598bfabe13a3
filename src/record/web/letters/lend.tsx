import { createRoute } from '@tanstack/react-router';
import { queries } from '../../../web/api.ts';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { meQuery } from '../../../web/session.ts';
import { dayBlocks, recordActs, recordPanels } from '../../../web/slots.ts';
import { MailIcon } from '../../../web/ui/icons.ts';

export const letterPages = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/courriers',
    component: lazyRouteComponent(() => import('./LettersPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/courriers/nouveau',
    component: lazyRouteComponent(() => import('./NewLetterPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/patients/$patient/courriers/$letter',
    component: lazyRouteComponent(() => import('./LetterPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/modeles',
    component: lazyRouteComponent(() => import('./TemplatesPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/modeles/en-tete',
    component: lazyRouteComponent(() => import('./LetterheadPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/modeles/$template',
    component: lazyRouteComponent(() => import('./TemplateEditorPage.tsx')),
  }),
];
dayBlocks.push({ name: 'letters', Component: lazyRouteComponent(() => import('./LettersToSign.tsx')) });
recordPanels.courrier = lazy(() => import('./TemplateChoice.tsx'));
/** Who writes for the secretariat only writes letters too. */
const writes = (add: readonly string[]): boolean =>
  add.includes('documents') ||
  (add.includes('administrative') && queries.getQueryData(meQuery.queryKey)?.profession === 'medical-secretary');
recordActs.push(({ patient, add, setPanel, go }) => [
  ...(writes(add)
    ? [
        {
          id: 'add-courrier',
          title: 'Écrire un courrier',
          short: 'Courrier',
          words: 'lettre modèle adressage compte rendu bilan certificat attestation confrère hôpital',
          icon: MailIcon,
          keys: 'C',
          add: true,
          run: () => setPanel('courrier'),
        },
      ]
    : []),
  {
    id: 'letters',
    title: 'Ouvrir les courriers',
    words: 'lettres signés en préparation à signer imprimer envoyer',
    icon: MailIcon,
    run: () => go(`/patients/${patient}/courriers`),
  },
]);
