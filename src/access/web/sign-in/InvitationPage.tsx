import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, failureOf, isOutage } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDateTime } from '../../../web/say.ts';
import { forgetEverything } from '../../../web/session.ts';
import { Bone, EmptyState, Note, Failure } from '../../../web/ui/states.tsx';
import { MailIcon } from '../../../web/ui/icons.ts';
import { professionLabel } from '../../../web/words.ts';
import { accessContract, type SignInReply } from '../../contract.ts';
import { Frame } from './Frame.tsx';
import { SecondFactor } from './SecondFactor.tsx';

/** `/invitation?token=…` (or `#token`): chooses a password, then a second factor. */
export default function InvitationPage() {
  const [url] = useUrl();
  const token = url.token ?? url.jeton ?? location.hash.slice(1);
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [reply, setReply] = useState<SignInReply | null>(null);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => call(accessContract.invitation, { body: { token } }, { quiet: true }),
    retry: false,
  });
  const next = (got: SignInReply) => {
    if (got.state !== 'open') return setReply(got);
    forgetEverything();
    void navigate({ to: '/', replace: true });
  };
  const accept = useMutation({
    mutationFn: () => call(accessContract.acceptInvitation, { body: { token, password } }, { quiet: true }),
    onSuccess: next,
  });
  const failure = failureOf(invitation);
  if (failure && isOutage(failure))
    return (
      <Frame title="Invitation">
        <Failure of={invitation} />
      </Frame>
    );
  if (failure)
    return (
      <Frame title="Invitation">
        <EmptyState
          icon={MailIcon}
          title="Cette invitation n’est plus valable"
          action={<a href="/connexion">Aller à la connexion</a>}
        >
          {failure.message}
        </EmptyState>
      </Frame>
    );
  if (!invitation.data)
    return (
      <Frame title="Invitation">
        <Bone h={120} />
      </Frame>
    );
  const { name, login, practice, profession, expiresAt } = invitation.data;
  if (reply)
    return (
      <Frame title={`Bienvenue, ${name}`}>
        <SecondFactor needs={reply.needs ?? 'enrol'} onReply={next} onBack={() => setReply(null)} />
      </Frame>
    );
  const differs = again !== '' && again !== password;
  return (
    <Frame title={`Bienvenue, ${name}`} lead={`${practice} vous ouvre un compte : ${professionLabel(profession)}.`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (password === again) accept.mutate();
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={login} readOnly />
        <PasswordInput
          label="Choisissez un mot de passe"
          description="Douze caractères au moins ; une phrase se retient mieux."
          autoComplete="new-password"
          size="md"
          autoFocus
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Afficher ou masquer le mot de passe' }}
        />
        <PasswordInput
          label="Saisissez-le encore"
          autoComplete="new-password"
          size="md"
          required
          withAsterisk={false}
          value={again}
          error={differs ? 'Les deux saisies diffèrent.' : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Afficher ou masquer le mot de passe' }}
        />
        {accept.error && (
          <Note tone="danger" live>
            {accept.error.message}
          </Note>
        )}
        <Button type="submit" size="md" loading={accept.isPending} disabled={!password || password !== again}>
          Ouvrir mon compte
        </Button>
        <p className="dim small">
          Votre adresse de connexion : {login}. Invitation valable jusqu’au {sayDateTime(expiresAt)}.
        </p>
      </form>
    </Frame>
  );
}
