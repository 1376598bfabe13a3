import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { forgetEverything, sessionQuery } from '../../../web/session.ts';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { accessContract } from '../../contract.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { Frame } from './Frame.tsx';
import { SetUp } from './SetUp.tsx';
import { SignInFlow } from './SignInFlow.tsx';
import { Unlock } from './Unlock.tsx';

/** `/connexion`: whatever stands between this browser and an open session. Keeps the page that was asked for. */
export default function SignInPage() {
  const [url] = useUrl();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery);
  const choice = useQuery({
    queryKey: ['choices', url.choix],
    queryFn: () => call(accessContract.choices, { body: { ticket: url.choix! } }, { quiet: true }),
    enabled: !!url.choix,
  });
  const back =
    url.retour?.startsWith('/') && !url.retour.startsWith('//') && !url.retour.startsWith('/connexion')
      ? url.retour
      : '/';
  const open = () => {
    forgetEverything();
    void navigate({ to: back, replace: true });
  };
  if (failureOf(session)) return <Failure of={session} />;
  if (!session.data || (url.choix && choice.isPending))
    return (
      <Frame title="Connexion">
        <div className="stack" role="status" aria-label="Chargement">
          <Bone h={42} />
          <Bone h={42} />
          <Bone h={42} />
        </div>
      </Frame>
    );
  const { state, setup, demo, psc, needs, name } = session.data;
  if (setup) return <SetUp onOpen={() => void navigate({ to: '/bienvenue', replace: true })} />;
  if (state === 'locked')
    return (
      <Frame title="Poste verrouillé">
        <Unlock session={session.data} onOpen={open} onSwitch={() => void session.refetch()} />
      </Frame>
    );
  const start = choice.data ?? (state === 'pending' ? { state: 'pending' as const, needs } : undefined);
  return (
    <Frame
      title="Connexion"
      lead={state === 'pending' && name ? `${name}, encore une étape.` : 'Un dossier partagé, chacun à sa place.'}
      beside={demo ? <DemoAccounts onOpen={open} /> : undefined}
    >
      {url.erreur && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="danger" live>
            {pscErrors[url.erreur] ??
              'La connexion par Pro Santé Connect n’a pas abouti. Recommencez, ou utilisez un autre moyen.'}
          </Note>
        </div>
      )}
      <Failure compact of={choice} />
      <SignInFlow key={start?.state ?? 'start'} start={start} psc={psc} onOpen={open} />
    </Frame>
  );
}

const pscErrors: Record<string, string> = {
  'psc-inconnu':
    'Pro Santé Connect vous a reconnu, mais aucun compte de cette structure ne porte votre numéro RPPS. Demandez une invitation à l’administrateur.',
  'psc-refuse': 'Pro Santé Connect n’a pas confirmé votre identité. Recommencez, ou utilisez un autre moyen.',
  'psc-niveau': 'Pro Santé Connect vous a identifié avec un niveau trop faible. Utilisez votre carte CPS ou e-CPS.',
  'psc-sans-rpps': 'Pro Santé Connect n’a pas transmis de numéro RPPS. Utilisez un autre moyen de connexion.',
  expire: 'La connexion a pris trop de temps. Recommencez.',
  'psc-indisponible': 'Pro Santé Connect ne répond pas. Utilisez votre mot de passe ou votre clé d’accès.',
};
