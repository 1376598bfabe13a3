import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { tellTabs } from '../../../web/session.ts';
import { Face } from '../../../web/ui/bits.tsx';
import { PasskeyIcon, SwitchIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { accessContract, type SessionReply } from '../../contract.ts';
import { canPasskey, unlockByPasskey } from './passkey.ts';
import css from './SignIn.module.css';

/** Quick unlock of a session that was opened with both factors, or the place to someone else. */
export function Unlock({
  session,
  onOpen,
  onSwitch,
}: {
  session: SessionReply;
  onOpen: () => void;
  onSwitch: () => void;
}) {
  const [password, setPassword] = useState('');
  const byPassword = useMutation({
    mutationFn: () => call(accessContract.unlockWithPassword, { body: { password } }, { quiet: true }),
    onSuccess: onOpen,
    onError: () => setPassword(''),
  });
  const byPasskey = useMutation({ mutationFn: unlockByPasskey, onSuccess: onOpen });
  const change = useMutation({
    mutationFn: () => call(accessContract.signOut, {}, { quiet: true }),
    onSettled: () => {
      tellTabs('lost');
      onSwitch();
    },
  });
  const ways = session.unlock ?? ['password'];
  const error = byPassword.error ?? byPasskey.error;
  return (
    <div className="stack">
      <div className={css.locked}>
        <Face name={session.name ?? '?'} size={52} quiet />
        <div>
          <div className="strong" style={{ fontSize: '1.0625rem' }}>
            {session.name}
          </div>
          <div className="dim small">{session.practice}</div>
        </div>
      </div>
      {ways.includes('passkey') && canPasskey() && (
        <Button
          size="md"
          leftSection={<PasskeyIcon size={19} />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
          data-autofocus
        >
          Déverrouiller avec ma clé d’accès
        </Button>
      )}
      {ways.includes('password') && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            byPassword.mutate();
          }}
        >
          <PasswordInput
            label="Mot de passe"
            description={session.demo ? 'Compte de démonstration : le mot de passe est « demo ».' : undefined}
            size="md"
            autoFocus
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Afficher ou masquer le mot de passe' }}
          />
          <Button type="submit" size="md" loading={byPassword.isPending} disabled={!password}>
            Déverrouiller
          </Button>
        </form>
      )}
      {ways.includes('psc') && (
        <a className={css.psc} href="/api/sign-in/psc">
          <span className={css.pscMark} aria-hidden>
            PSC
          </span>
          Déverrouiller avec Pro Santé Connect
        </a>
      )}
      {error && (
        <Note tone="danger" live>
          {error.message}
        </Note>
      )}
      <div className={css.or}>ou</div>
      <Button
        variant="default"
        size="md"
        leftSection={<SwitchIcon size={18} />}
        loading={change.isPending}
        onClick={() => change.mutate()}
      >
        Changer d’utilisateur
      </Button>
    </div>
  );
}
