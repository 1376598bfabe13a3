import { Button, CopyButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, failureOf } from '../../../web/api.ts';
import { CheckIcon, CopyIcon, DownloadIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { qr } from '../../../web/ui/qr.ts';
import { accessContract, type SignInReply } from '../../contract.ts';
import { CodeInput } from './CodeInput.tsx';
import css from './SignIn.module.css';

/** A one-time code application: QR or key, first code, then the recovery codes, shown once. `present`: the code of the former application. */
export function EnrolCode({ onReply, present }: { onReply: (reply: SignInReply) => void; present?: string }) {
  const [code, setCode] = useState('');
  const secret = useQuery({
    queryKey: ['enrol-code', present],
    queryFn: () => call(accessContract.enrolCode, { body: present ? { code: present } : {} }, { quiet: true }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const confirm = useMutation({
    mutationFn: (typed: string) => call(accessContract.confirmCode, { body: { code: typed } }, { quiet: true }),
    onError: () => setCode(''),
  });
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={() => onReply(confirm.data)} />;
  if (failureOf(secret)) return <Failure compact of={secret} />;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate(code);
      }}
    >
      <h2>Reliez votre application de codes</h2>
      <ol className={css.steps}>
        <li>Ouvrez une application de codes (FreeOTP, Aegis, 2FAS…) sur votre téléphone.</li>
        <li>Ajoutez un compte en visant ce dessin, ou en recopiant la clé.</li>
      </ol>
      <div className={css.qr}>{secret.data ? <Qr text={secret.data.uri} /> : <Bone w={176} h={176} />}</div>
      <div className={css.key}>
        <code>{secret.data?.secret.replace(/(.{4})/g, '$1 ').trim() ?? '…'}</code>
        {secret.data && (
          <CopyButton value={secret.data.secret}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={copy}
                leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
              >
                {copied ? 'Clé copiée' : 'Copier la clé'}
              </Button>
            )}
          </CopyButton>
        )}
      </div>
      <CodeInput
        label="Code affiché par l’application"
        value={code}
        onChange={(typed) => {
          setCode(typed);
          if (/^\d{6}$/.test(typed)) confirm.mutate(typed);
        }}
        error={confirm.error?.message}
      />
      <Button type="submit" size="md" loading={confirm.isPending} disabled={code.length < 6}>
        Relier l’application
      </Button>
    </form>
  );
}

/** The way back in when the telephone is lost: shown once, to print or keep. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = `Estran, codes de secours\nChaque code sert une fois.\n\n${codes.join('\n')}\n`;
  return (
    <div className="stack">
      <h2>Gardez vos codes de secours</h2>
      <Note tone="warning">
        Ils ne seront plus affichés. Chacun ouvre votre compte une fois si votre téléphone est perdu.
      </Note>
      <ul className={`plain ${css.codes}`}>
        {codes.map((one) => (
          <li key={one}>
            <code>{one}</code>
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <Button
          component="a"
          variant="default"
          leftSection={<DownloadIcon size={16} />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="estran-codes-de-secours.txt"
        >
          Enregistrer le fichier
        </Button>
        <Button onClick={onDone} data-autofocus>
          J’ai gardé mes codes, continuer
        </Button>
      </div>
    </div>
  );
}

function Qr({ text }: { text: string }) {
  const cells = qr(text);
  if (!cells) return null;
  const path = cells.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return (
    <svg
      viewBox={`-3 -3 ${cells.length + 6} ${cells.length + 6}`}
      width={190}
      height={190}
      role="img"
      aria-label="Dessin à viser avec l’application de codes ; la clé est écrite dessous"
      shapeRendering="crispEdges"
    >
      <rect x={-3} y={-3} width={cells.length + 6} height={cells.length + 6} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
