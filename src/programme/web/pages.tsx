import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../web/lazy.ts';
import { navCounts, navHidden } from '../../web/nav.ts';
import { rootRoute, shellRoute } from '../../web/routes.tsx';
import { homes } from '../../web/slots.ts';
import { useWaitingHelp } from './leading/use-waiting.ts';
import { useNothingOfMine } from './use-mine.ts';

/** Open to all, without an account. */
export const programmeBarePages = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/programme/simulateur',
    component: lazyRouteComponent(() => import('./SimulatorPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/programme/resultats/$region/$edition',
    component: lazyRouteComponent(() => import('./letters/ResultsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/programme/sondage/$token',
    component: lazyRouteComponent(() => import('./gatherings/PollPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/programme/questionnaire/$token',
    component: lazyRouteComponent(() => import('./choice/QuestionnairePage.tsx')),
  }),
];

const page = (path: string, load: () => Promise<{ default: React.ComponentType }>) =>
  createRoute({ getParentRoute: () => shellRoute, path, component: lazyRouteComponent(load) });
export const programmePages = [
  page('/region', () => import('./RegionHome.tsx')),
  page('/programme', () => import('./file/MyCalls.tsx')),
  page('/programme/dossier/$application', () => import('./file/FilePage.tsx')),
  page('/programme/appels', () => import('./calls/CallsPage.tsx')),
  page('/programme/appels/$edition', () => import('./calls/CallPage.tsx')),
  page('/programme/appels/$edition/modifier', () => import('./editor/EditPage.tsx')),
  page('/programme/dossiers', () => import('./review/FilesPage.tsx')),
  page('/programme/dossiers/$application', () => import('./review/ReviewPage.tsx')),
  page('/programme/dossiers/classement', () => import('./review/RankingPage.tsx')),
  page('/programme/dossiers/courriers', () => import('./letters/LettersPage.tsx')),
  page('/programme/parcours', () => import('./policy/TracksPage.tsx')),
  page('/programme/parcours/$track', () => import('./policy/TrackPage.tsx')),
  page('/programme/modeles', () => import('./models/ModelsPage.tsx')),
  page('/programme/modeles/$kind', () => import('./models/ModelPage.tsx')),
  page('/programme/maturite', () => import('./leading/MaturityPage.tsx')),
  page('/programme/aide', () => import('./leading/DeskPage.tsx')),
  page('/programme/demandes', () => import('./leading/DeskPage.tsx')),
  page('/programme/projets', () => import('./projects/ProjectsPage.tsx')),
  page('/programme/envois', () => import('./outbox/OutboxPage.tsx')),
  page('/programme/carte', () => import('./region/RegionPage.tsx')),
  page('/programme/budget', () => import('./money/BudgetPage.tsx')),
  page('/programme/devis', () => import('./money/VendorPage.tsx')),
  page('/programme/cahier', () => import('./choice/AskedPage.tsx')),
  page('/programme/cahier/$project', () => import('./choice/AskedPage.tsx')),
  page('/programme/projets/$project', () => import('./projects/ProjectPage.tsx')),
];

/** Lends the room's parts to the shell; called once by the site map. */
export function lendProgramme(): void {
  homes.push((me) => (me.practice.kind === 'region' ? '/region' : undefined));
  navHidden.of = useNothingOfMine;
  navCounts['/programme/demandes'] = useWaitingHelp;
}
