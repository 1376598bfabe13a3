import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { coordinationContract, type MeetingDetail } from '../../contract.ts';
import { act } from './use-meetings.ts';
import { wasHeld } from './words.ts';

/** Of a meeting that was not held: why it is cancelled, for those who are invited. */
export function CancelMeeting({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const [reason, setReason] = useState<string | null>(null);
  if (wasHeld(meeting)) return null;
  if (reason === null)
    return (
      <div>
        <Button variant="subtle" color="red" onClick={() => setReason('')}>
          Annuler cette réunion
        </Button>
      </div>
    );
  return (
    <form
      className="card pad stack"
      onSubmit={async (event) => {
        event.preventDefault();
        if (
          await act(
            call(coordinationContract.cancelMeeting, {
              params: { id: meeting.id },
              body: { version: meeting.version, reason },
            }),
            'Réunion annulée ; ses patients attendent la suivante.',
          )
        )
          onClose();
      }}
    >
      <TextInput
        label="Pourquoi l’annuler"
        description="Les invités le liront. Les patients retournent dans la liste d’attente."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <div className="row">
        <Button type="submit" color="red" disabled={!reason.trim()}>
          Annuler la réunion
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setReason(null)}>
          La garder
        </Button>
      </div>
    </form>
  );
}
