import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { ErrorState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';

/** The team gives up its place. Nothing brings it back: the written reason is the confirmation. */
export function Renounce({
  application,
  outcome,
  again,
}: {
  application: string;
  outcome: 'chosen' | 'waiting';
  again: () => void;
}) {
  const [reason, setReason] = useState('');
  const renounce = useMutation({
    mutationFn: () => call(programmeContract.renounce, { params: { application }, body: { reason } }),
    onSuccess: () => {
      again();
      done('Le désistement est enregistré. L’ARS en est prévenue.');
    },
  });
  const fields = renounce.error instanceof Refusal ? renounce.error.fields : {};
  return (
    <details>
      <summary className="small">
        {outcome === 'chosen' ? 'Renoncer à la place' : 'Renoncer au rang sur la liste d’attente'}
      </summary>
      <form
        className="stack"
        style={{ marginTop: 8 }}
        onSubmit={(event) => {
          event.preventDefault();
          renounce.mutate();
        }}
      >
        <p className="small dim">
          {outcome === 'chosen'
            ? 'Le projet s’arrête et la place est proposée à l’équipe suivante.'
            : 'Votre équipe n’est plus sur la liste d’attente.'}{' '}
          Rien ne rend {outcome === 'chosen' ? 'la place' : 'le rang'} ensuite. La candidature et la décision restent
          ici.
        </p>
        <Textarea
          label="Motif du désistement"
          description="L’ARS le lit."
          autosize
          minRows={2}
          value={reason}
          error={fields.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {renounce.error && !fields.reason && <ErrorState compact error={renounce.error} />}
        <div>
          <Button
            type="submit"
            color="red"
            variant="light"
            loading={renounce.isPending}
            disabled={reason.trim().length < 10}
          >
            Déclarer le désistement
          </Button>
        </div>
      </form>
    </details>
  );
}
