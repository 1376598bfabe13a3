import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { changedGatherings, type Poll, type Slot, saySlot } from './words.ts';

/** Chooses a date: the invitation is issued and sent. One that a profession cannot keep needs a reason. */
export function ChoosePanel({
  project,
  poll,
  slot,
  onClose,
}: {
  project: string;
  poll: Poll;
  slot: Slot;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const choose = useMutation({
    mutationFn: () =>
      call(programmeContract.chooseSlot, {
        params: { project, poll: poll.id },
        body: { seen: poll.version, slot: slot.id, reason },
      }),
    onSuccess: () => {
      void changedGatherings();
      done('Date choisie. L’invitation part à toutes les personnes du sondage.');
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedGatherings(),
  });
  const refusal = choose.error instanceof Refusal ? choose.error : null;
  return (
    <PanelForm
      title="Choisir cette date"
      subtitle={saySlot(slot.starts)}
      verb="Choisir et inviter"
      pending={choose.isPending}
      refusal={refusal}
      onSubmit={() => choose.mutate()}
      onClose={onClose}
    >
      <Note tone={slot.complete ? 'success' : 'warning'}>{slot.why}</Note>
      <p className="small dim">
        L’invitation est produite en PDF, avec la réunion pour l’agenda, et part une fois à chacune des{' '}
        {poll.people.length} personnes du sondage qui ont une adresse.
        {poll.paper && ' Elle annule et remplace la précédente.'}
      </p>
      {!slot.complete && (
        <Textarea
          label="Motif"
          description="Une date sans chaque profession se choisit avec un motif, gardé sur l’invitation."
          autosize
          minRows={3}
          value={reason}
          error={refusal?.fields.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </PanelForm>
  );
}
