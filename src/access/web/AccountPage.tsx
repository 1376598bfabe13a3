import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../web/api.ts';
import { sayAgo, sayDate, sayDateTime } from '../../web/say.ts';
import { useMe } from '../../web/session.ts';
import { Card } from '../../web/ui/bits.tsx';
import { PasskeyIcon, PlusIcon } from '../../web/ui/icons.ts';
import { Failure, ListBones, Note, Nothing } from '../../web/ui/states.tsx';
import { done, failed } from '../../web/ui/undo.tsx';
import { accessContract } from '../contract.ts';
import { EnrolCode, RecoveryCodes } from './sign-in/EnrolCode.tsx';
import { canPasskey, deviceName, registerPasskey } from './sign-in/passkey.ts';
import { CodeInput } from './sign-in/CodeInput.tsx';
import css from './structure/structure.module.css';

/** `/compte`: my ways in. Demo accounts have none to keep. */
export default function AccountPage() {
  const me = useMe();
  return (
    <div className="page narrow" style={{ marginInline: 0 }}>
      <title>Mes moyens de connexion · Estran</title>
      <header className="page-head">
        <h1>Mes moyens de connexion</h1>
      </header>
      {me.method === 'demo' ? (
        <Note tone="info">
          Ce compte de démonstration s’ouvre d’un clic : il n’a ni mot de passe ni clé d’accès à gérer.
        </Note>
      ) : (
        <div className="stack loose">
          <Passkeys />
          <Password />
          <Codes />
          <Log />
        </div>
      )}
    </div>
  );
}

function Passkeys() {
  const query = useQuery(reading(accessContract.passkeys));
  const add = useMutation({
    mutationFn: () => registerPasskey(deviceName()),
    onSuccess: () => {
      void query.refetch();
      done('Clé d’accès ajoutée.');
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: (id: string) => call(accessContract.removePasskey, { params: { id } }),
    onSuccess: () => {
      void query.refetch();
      done('Clé d’accès retirée.');
    },
    onError: failed,
  });
  return (
    <Card
      title="Clés d’accès"
      action={
        canPasskey() && (
          <Button
            size="compact-md"
            variant="light"
            leftSection={<PlusIcon size={16} />}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            Ajouter cet appareil
          </Button>
        )
      }
    >
      <Failure compact of={query} />
      {query.isPending && <ListBones rows={2} height={48} />}
      {query.data?.length === 0 && (
        <Nothing>Aucune clé d’accès. Un appareil enregistré ouvre votre compte par empreinte, visage ou code.</Nothing>
      )}
      <ul className="plain">
        {query.data?.map((key) => (
          <li key={key.id} className={css.item}>
            <PasskeyIcon size={20} stroke={1.6} />
            <div className="grow">
              <div className="strong">{key.name}</div>
              <div className="dim small">
                ajoutée le {sayDate(key.createdAt)}
                {key.lastUsedAt && `, utilisée ${sayAgo(key.lastUsedAt)}`}
              </div>
            </div>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              onClick={() => remove.mutate(key.id)}
              aria-label={`Retirer ${key.name}`}
            >
              Retirer
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Password() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => call(accessContract.changePassword, { body: { current, next } }, { quiet: true }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      done('Mot de passe changé. Vos autres sessions sont terminées.');
    },
  });
  const fields = change.error instanceof Refusal ? change.error.fields : {};
  const eye = { visibilityToggleButtonProps: { 'aria-label': 'Afficher ou masquer le mot de passe' } };
  return (
    <Card title="Mot de passe">
      <form
        className="stack pad"
        style={{ paddingTop: 0 }}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <PasswordInput
          label="Mot de passe actuel"
          autoComplete="current-password"
          value={current}
          error={fields.current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          {...eye}
        />
        <PasswordInput
          label="Nouveau mot de passe"
          description="Douze caractères au moins."
          autoComplete="new-password"
          value={next}
          error={fields.next}
          onChange={(event) => setNext(event.currentTarget.value)}
          {...eye}
        />
        {change.error && (
          <Note tone="danger" live>
            {change.error.message}
          </Note>
        )}
        <div>
          <Button type="submit" loading={change.isPending} disabled={!current || !next}>
            Changer le mot de passe
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** The code application and its recovery codes: the present code is asked before anything changes. */
function Codes() {
  const [act, setAct] = useState<'renew' | 'replace' | null>(null);
  const [code, setCode] = useState('');
  const [present, setPresent] = useState('');
  const close = () => {
    setAct(null);
    setCode('');
    setPresent('');
    renew.reset();
  };
  const renew = useMutation({
    mutationFn: () => call(accessContract.renewRecoveryCodes, { body: { code } }, { quiet: true }),
  });
  return (
    <Card title="Application de codes">
      <div className="stack pad" style={{ paddingTop: 0 }}>
        {renew.data ? (
          <RecoveryCodes codes={renew.data.recoveryCodes} onDone={close} />
        ) : present ? (
          <EnrolCode
            present={present}
            onReply={() => {
              close();
              done('Nouvelle application reliée.');
            }}
          />
        ) : act ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (act === 'renew') renew.mutate();
              else setPresent(code);
            }}
          >
            <CodeInput
              label="Code actuel de votre application"
              value={code}
              onChange={setCode}
              error={renew.error?.message}
            />
            <div className="row">
              <Button type="submit" loading={renew.isPending} disabled={code.length < 6}>
                {act === 'renew' ? 'Donner de nouveaux codes de secours' : 'Relier une autre application'}
              </Button>
              <Button variant="subtle" onClick={close}>
                Renoncer
              </Button>
            </div>
          </form>
        ) : (
          <div className="row wrap">
            <Button variant="default" onClick={() => setAct('replace')}>
              Relier une application
            </Button>
            <Button variant="default" onClick={() => setAct('renew')}>
              Renouveler les codes de secours
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** What one did not do oneself is seen here: a connection, an account that another reset. */
function Log() {
  const query = useQuery(reading(accessContract.accountLog));
  return (
    <Card title="Journal de votre compte">
      <Failure compact of={query} />
      {query.isPending && <ListBones rows={3} height={40} />}
      {query.data?.length === 0 && <Nothing>Rien encore.</Nothing>}
      {query.data && query.data.length > 0 && (
        <>
          <p className="small dim pad" style={{ paddingBlock: 0 }}>
            Une ligne que vous ne reconnaissez pas ? Changez votre mot de passe et dites-le à un responsable.
          </p>
          <ul className="plain" aria-label="Journal de votre compte">
            {query.data.map((line) => (
              <li key={`${line.at} ${line.words}`} className={css.item}>
                <div className="grow">
                  <div className={line.byOther ? 'strong' : undefined}>{line.words}</div>
                  <div className="dim small">
                    {sayDateTime(line.at)}
                    {line.address && `, depuis ${line.address}`}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
