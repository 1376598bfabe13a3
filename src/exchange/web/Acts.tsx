import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../web/api.ts';
import { Note } from '../../web/ui/states.tsx';
import { done, failed } from '../../web/ui/undo.tsx';
import { exchangeContract, type TakeOver } from '../contract.ts';
import { atWork } from './say.ts';

/** What can be done with a take-over in its state. */
export function Acts({ run, checked, onDone }: { run: TakeOver; checked: boolean; onDone: () => void }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const params = { run: run.id };
  const act = useMutation({
    mutationFn: (what: 'check' | 'start' | 'stop' | 'undo') =>
      call(
        {
          check: exchangeContract.checkTakeOver,
          start: exchangeContract.startTakeOver,
          stop: exchangeContract.stopTakeOver,
          undo: exchangeContract.undoTakeOver,
        }[what],
        { params },
      ),
    onSettled: () => {
      setAsking(false);
      onDone();
    },
    onError: failed,
  });
  const drop = useMutation({
    mutationFn: () => call(exchangeContract.dropTakeOver, { params }),
    onSuccess: () => {
      done('Reprise retirée, ses fichiers aussi.');
      void navigate({ to: '/reprise' });
    },
    onError: failed,
  });
  const { state } = run;
  const busy = act.isPending || drop.isPending;
  const can = { undo: ['done', 'stopped', 'failed'].includes(state) || (state === 'undoing' && !atWork(run)) };
  if (asking)
    return (
      <Note
        tone="warning"
        live
        action={
          <span className="row wrap">
            <Button size="compact-sm" color="red" loading={busy} onClick={() => act.mutate('undo')} data-autofocus>
              Annuler la reprise
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
              La garder
            </Button>
          </span>
        }
      >
        Tout ce que cette reprise a apporté sera retiré des dossiers. Ce que vos équipes ont modifié depuis sera gardé
        et listé, comme les patients sur qui elles ont écrit. Pour le remettre, il faudra déposer les fichiers de
        nouveau.
      </Note>
    );
  return (
    <span className="row wrap">
      {atWork(run) && state !== 'checking' && (
        <Button variant="default" loading={busy} onClick={() => act.mutate('stop')}>
          Arrêter
        </Button>
      )}
      {state === 'checking' && (
        <Button variant="default" loading={busy} onClick={() => act.mutate('stop')}>
          Arrêter l’essai
        </Button>
      )}
      {(state === 'ready' || state === 'receiving') && (
        <Button variant="subtle" color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
          Retirer
        </Button>
      )}
      {can.undo && (
        <Button variant="default" onClick={() => (state === 'undoing' ? act.mutate('undo') : setAsking(true))}>
          {state === 'undoing' ? 'Terminer l’annulation' : 'Annuler la reprise…'}
        </Button>
      )}
      {state === 'ready' && (
        <Button variant={checked ? 'default' : 'filled'} loading={busy} onClick={() => act.mutate('check')}>
          {checked ? 'Refaire l’essai à blanc' : 'Faire un essai à blanc'}
        </Button>
      )}
      {state === 'ready' && checked && (
        <Button loading={busy} onClick={() => act.mutate('start')}>
          Lancer la reprise
        </Button>
      )}
      {(state === 'stopped' || state === 'failed') && (
        <Button loading={busy} onClick={() => act.mutate('start')}>
          Reprendre
        </Button>
      )}
    </span>
  );
}
