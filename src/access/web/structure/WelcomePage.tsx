import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { lazy } from '../../../web/lazy.ts';
import { useUrl } from '../../../web/routes.tsx';
import { type PracticeAct, useMe } from '../../../web/session.ts';
import { ListBones, NoRight, Note } from '../../../web/ui/states.tsx';
import css from './structure.module.css';

const allSteps = [
  {
    key: 'sites',
    act: 'settings',
    title: 'Les sites',
    words: 'Où travaillez-vous ? Un cabinet suffit pour commencer.',
    page: lazy(() => import('./Sites.tsx')),
  },
  {
    key: 'personnes',
    act: 'people',
    title: 'Les personnes',
    words: 'Invitez votre équipe : chacun reçoit un lien et choisit lui-même son mot de passe.',
    page: lazy(() => import('./People.tsx')),
  },
  {
    key: 'droits',
    act: 'rights',
    title: 'Les droits',
    words: 'Le tableau de départ suit les usages et la loi. Changez-le si votre équipe s’organise autrement.',
    page: lazy(() => import('./RightsTable.tsx')),
  },
  {
    key: 'reglages',
    act: 'settings',
    title: 'Les réglages',
    words: 'Le délai de verrouillage des postes partagés.',
    page: lazy(() => import('./Settings.tsx')),
  },
] as const satisfies readonly { act: PracticeAct; [more: string]: unknown }[];

/** `/bienvenue`: the set-up of a new practice, in the order one thinks of it; every step can wait (SEC-2). */
export default function WelcomePage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const steps = allSteps.filter((one) => me.acts.includes(one.act));
  const at = Math.max(
    0,
    steps.findIndex((one) => one.key === url.etape),
  );
  const step = steps[at];
  const next = steps[at + 1];
  if (!step)
    return (
      <div className="page">
        <NoRight detail="La mise en service se fait par les responsables de la structure. Votre compte, lui, est prêt." />
      </div>
    );
  return (
    <div className="page">
      <title>Bienvenue · Estran</title>
      <header className="page-head">
        <h1>Bienvenue, {me.given || me.name}</h1>
        <Link to="/">Terminer plus tard</Link>
      </header>
      <div className={css.steps}>
        <nav aria-label="Étapes">
          <ol className="plain">
            {steps.map((one, index) => (
              <li key={one.key}>
                <button
                  type="button"
                  className={css.step}
                  aria-current={index === at ? 'step' : undefined}
                  onClick={() => setUrl({ etape: one.key, volet: undefined }, { push: true })}
                >
                  <b>{index + 1}</b>
                  {one.title}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        <section className="stack" aria-label={step.title}>
          <p className="dim">{step.words}</p>
          {step.key === 'personnes' && me.kind === 'privileged' && (
            <Note>
              Vous êtes ici avec un compte d’administration : il règle la structure et n’ouvre aucun dossier. Si vous
              soignez aussi, invitez-vous avec votre profession, à la même adresse : vous aurez un compte de soin.
            </Note>
          )}
          <Suspense fallback={<ListBones rows={6} />}>
            <step.page />
          </Suspense>
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            {next ? (
              <Button onClick={() => setUrl({ etape: next.key, volet: undefined }, { push: true })}>
                Continuer : {next.title.toLowerCase()}
              </Button>
            ) : (
              <Button component={Link} to="/">
                Ouvrir ma journée
              </Button>
            )}
          </div>
        </section>
      </div>
    </div>
  );
}
