import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type OpinionLine } from '../../contract.ts';
import { OpinionAnswer } from './OpinionAnswer.tsx';
import { opinionsChanged } from './use-opinions.ts';

/** What one may do with a question: read its answer, answer, refuse with a reason, take it on, call it off. */
export function OpinionActs({ line }: { line: OpinionLine }) {
  const [refusing, setRefusing] = useState(false);
  const patient = line.patient?.id;
  const params = { id: line.id };
  const { version } = line;
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => void opinionsChanged(patient),
    onError: (error) => {
      failed(error);
      void opinionsChanged(patient);
    },
  });
  const acknowledge = () => call(coordinationContract.acknowledgeAnswer, { params, body: { version } });
  const accept = () => call(coordinationContract.acceptTask, { params, body: { version } });
  const cancel = async () => {
    await call(coordinationContract.changeTask, { params, body: { version, cancel: true } });
    done('Demande annulée.');
  };
  const refuse = async (reason: string) => {
    await call(coordinationContract.refuseTask, { params, body: { version, reason } });
    setRefusing(false);
  };
  return (
    <>
      {line.may.acknowledge && !line.answer?.read && (
        <div>
          <Button loading={act.isPending} onClick={() => act.mutate(acknowledge)}>
            J’ai lu la réponse
          </Button>
        </div>
      )}
      {line.may.answer && !refusing && <OpinionAnswer line={line} />}
      {refusing && (
        <Refuse
          pending={act.isPending}
          onRefuse={(reason) => act.mutate(() => refuse(reason))}
          onClose={() => setRefusing(false)}
        />
      )}
      <div className="row wrap">
        {line.may.accept && (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate(accept)}>
            Je m’en charge
          </Button>
        )}
        {line.may.refuse && !refusing && (
          <Button variant="subtle" color="gray" onClick={() => setRefusing(true)}>
            Refuser…
          </Button>
        )}
        {line.may.cancel && (
          <Button variant="subtle" color="gray" loading={act.isPending} onClick={() => act.mutate(cancel)}>
            Annuler la demande
          </Button>
        )}
      </div>
    </>
  );
}

function Refuse({
  pending,
  onRefuse,
  onClose,
}: {
  pending: boolean;
  onRefuse: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <div className="stack">
      <Textarea
        label="Pourquoi"
        data-autofocus
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="row">
        <Button variant="light" disabled={!reason.trim()} loading={pending} onClick={() => onRefuse(reason)}>
          Refuser la demande
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Renoncer
        </Button>
      </div>
    </div>
  );
}
