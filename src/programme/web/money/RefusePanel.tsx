import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { euros } from '../words.ts';
import { changedMoney, type Quote } from './words.ts';

/** A line is refused with a reason that the team, the vendor and the file will read. */
export function RefusePanel({
  project,
  quote,
  line: id,
  onClose,
}: {
  project: string;
  quote: Quote;
  line: string;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const line = quote.lines.find((one) => one.id === id);
  const send = (decision: 'refused' | 'pending', seen: number, why: string) =>
    call(programmeContract.decideLines, {
      params: { project, quote: quote.id },
      body: { seen, lines: [{ line: id, decision, reason: why }] },
    }).then(changedMoney);
  const refuse = useMutation({
    mutationFn: () => send('refused', quote.revision, reason),
    onSuccess: () => {
      done('Ligne refusée.', () => send('pending', quote.revision + 1, ''), 'Refus annulé.');
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedMoney(),
  });
  const refusal = refuse.error instanceof Refusal ? refuse.error : null;
  if (!line) return null;
  return (
    <PanelForm
      title={line.label}
      subtitle={`${quote.vendor}, ${quote.number} · ${euros(line.totalCents)}`}
      verb="Refuser la ligne"
      pending={refuse.isPending}
      ready={reason.trim().length >= 10}
      refusal={refusal}
      onSubmit={() => refuse.mutate()}
      onClose={onClose}
    >
      <p className="small dim">
        La ligne reste dans le devis et ne sera pas financée. Le motif est montré à l’équipe et à l’éditeur.
      </p>
      <Textarea
        label="Motif du refus"
        autosize
        minRows={3}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </PanelForm>
  );
}
