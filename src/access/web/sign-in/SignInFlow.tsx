import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { PasskeyIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { professionLabel } from '../../../web/words.ts';
import { accessContract, type SignInReply } from '../../contract.ts';
import { canPasskey, signInByPasskey } from './passkey.ts';
import { SecondFactor } from './SecondFactor.tsx';
import css from './SignIn.module.css';

/** From nobody to an open session: password, passkey or Pro Santé Connect, then the second factor, then the choice of an account. */
export function SignInFlow({
  start,
  psc,
  onOpen,
  login,
}: {
  start?: SignInReply;
  psc: boolean;
  onOpen: () => void;
  login?: string;
}) {
  const [reply, setReply] = useState<SignInReply | null>(start ?? null);
  const next = (got: SignInReply) => (got.state === 'open' ? onOpen() : setReply(got));
  if (reply?.state === 'pending')
    return <SecondFactor needs={reply.needs ?? 'code'} onReply={next} onBack={() => setReply(null)} />;
  if (reply?.state === 'choose') return <ChooseAccount reply={reply} onReply={next} />;
  return <FirstProof psc={psc} login={login} onReply={next} />;
}

function FirstProof({
  psc,
  login: known,
  onReply,
}: {
  psc: boolean;
  login?: string;
  onReply: (reply: SignInReply) => void;
}) {
  const [login, setLogin] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const byPassword = useMutation({
    mutationFn: () => call(accessContract.signInWithPassword, { body: { login, password } }, { quiet: true }),
    onSuccess: onReply,
  });
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess: onReply });
  const error = byPassword.error ?? byPasskey.error;
  return (
    <div className="stack">
      {psc && (
        <a className={css.psc} href="/api/sign-in/psc">
          <span className={css.pscMark} aria-hidden>
            PSC
          </span>
          S’identifier avec Pro Santé Connect
        </a>
      )}
      {canPasskey() && (
        <Button
          variant="default"
          size="md"
          leftSection={<PasskeyIcon size={19} />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          Se connecter avec une clé d’accès
        </Button>
      )}
      {(psc || canPasskey()) && <div className={css.or}>ou</div>}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          byPassword.mutate();
        }}
      >
        <TextInput
          label="Adresse électronique"
          type="email"
          name="username"
          autoComplete="username webauthn"
          size="md"
          required
          withAsterisk={false}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label="Mot de passe"
          name="password"
          autoComplete="current-password"
          size="md"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Afficher ou masquer le mot de passe' }}
        />
        {error && (
          <Note tone="danger" live>
            {error.message}
          </Note>
        )}
        <Button type="submit" size="md" loading={byPassword.isPending}>
          Se connecter
        </Button>
      </form>
    </div>
  );
}

function ChooseAccount({ reply, onReply }: { reply: SignInReply; onReply: (reply: SignInReply) => void }) {
  const choose = useMutation({
    mutationFn: (account: string) =>
      call(accessContract.chooseAccount, { body: { ticket: reply.ticket!, account } }, { quiet: true }),
    onSuccess: onReply,
  });
  return (
    <div className="stack">
      <h2>Quel compte ouvrir ?</h2>
      <ul className={`plain ${css.accounts}`}>
        {reply.choices?.map((one) => (
          <li key={one.account}>
            <button
              type="button"
              className={css.account}
              disabled={choose.isPending}
              onClick={() => choose.mutate(one.account)}
            >
              <span className="grow">
                <b>{one.practice}</b>
                <small>
                  {professionLabel(one.profession)}
                  {one.kind === 'privileged' && ' · compte d’administration'}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {choose.error && (
        <Note tone="danger" live>
          {choose.error.message}
        </Note>
      )}
    </div>
  );
}
