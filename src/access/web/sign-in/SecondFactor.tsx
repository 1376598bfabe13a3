import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { call } from '../../../web/api.ts';
import { lazy } from '../../../web/lazy.ts';
import { BackIcon, PasskeyIcon } from '../../../web/ui/icons.ts';
import { ListBones, Note } from '../../../web/ui/states.tsx';
import { accessContract, type SignInReply } from '../../contract.ts';
import { CodeInput } from './CodeInput.tsx';
import { canPasskey, deviceName, registerPasskey, signInByPasskey } from './passkey.ts';

/** Once in an account's life: it does not come with every first page. */
const EnrolCode = lazy(() => import('./EnrolCode.tsx').then((file) => ({ default: file.EnrolCode })));

/** The second proof; when there is none yet, the choice of one: this device's passkey first, a one-time code otherwise. */
export function SecondFactor({
  needs,
  onReply,
  onBack,
}: {
  needs: 'enrol' | 'code' | 'passkey';
  onReply: (reply: SignInReply) => void;
  onBack: () => void;
}) {
  const [way, setWay] = useState<'passkey' | 'code' | null>(needs === 'enrol' ? (canPasskey() ? null : 'code') : needs);
  const register = useMutation({ mutationFn: () => registerPasskey(deviceName()), onSuccess: onReply });
  const prove = useMutation({ mutationFn: signInByPasskey, onSuccess: onReply });
  const back = (
    <Button
      variant="subtle"
      size="compact-md"
      leftSection={<BackIcon size={16} />}
      onClick={() => (needs === 'enrol' && way && canPasskey() ? setWay(null) : onBack())}
    >
      Revenir
    </Button>
  );
  if (needs === 'enrol' && way === 'code')
    return (
      <div className="stack">
        <Suspense fallback={<ListBones />}>
          <EnrolCode onReply={onReply} />
        </Suspense>
        <div>{back}</div>
      </div>
    );
  if (needs === 'enrol')
    return (
      <div className="stack">
        <div>
          <h2>Protégez votre compte</h2>
          <p className="dim">Un dossier de santé demande une seconde preuve. Choisissez-la une fois pour toutes.</p>
        </div>
        <Button
          size="md"
          leftSection={<PasskeyIcon size={19} />}
          loading={register.isPending}
          onClick={() => register.mutate()}
          data-autofocus
        >
          Utiliser cet appareil (clé d’accès)
        </Button>
        <p className="dim small">
          Empreinte, visage, code de l’appareil ou clé USB : c’est le plus rapide au quotidien.
        </p>
        <Button size="md" variant="default" onClick={() => setWay('code')}>
          Utiliser une application de codes
        </Button>
        {register.error && (
          <Note tone="danger" live>
            {register.error.message}
          </Note>
        )}
        <div>{back}</div>
      </div>
    );
  if (way === 'passkey')
    return (
      <div className="stack">
        <h2>Confirmez avec votre clé d’accès</h2>
        <Button
          size="md"
          leftSection={<PasskeyIcon size={19} />}
          loading={prove.isPending}
          onClick={() => prove.mutate()}
        >
          Utiliser ma clé d’accès
        </Button>
        <Button variant="subtle" onClick={() => setWay('code')}>
          Saisir plutôt un code
        </Button>
        {prove.error && (
          <Note tone="danger" live>
            {prove.error.message}
          </Note>
        )}
        <div>{back}</div>
      </div>
    );
  return <CodeForm onReply={onReply} back={back} />;
}

function CodeForm({ onReply, back }: { onReply: (reply: SignInReply) => void; back: React.ReactNode }) {
  const [code, setCode] = useState('');
  const verify = useMutation({
    mutationFn: (typed: string) => call(accessContract.verifyCode, { body: { code: typed } }, { quiet: true }),
    onSuccess: onReply,
    onError: () => setCode(''),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate(code);
      }}
    >
      <CodeInput
        value={code}
        onChange={(typed) => {
          setCode(typed);
          if (/^\d{6}$/.test(typed)) verify.mutate(typed);
        }}
        error={verify.error?.message}
      />
      <Button type="submit" size="md" loading={verify.isPending} disabled={code.length < 6}>
        Vérifier le code
      </Button>
      <p className="dim small">Application indisponible ? Saisissez un de vos codes de secours.</p>
      <div>{back}</div>
    </form>
  );
}
