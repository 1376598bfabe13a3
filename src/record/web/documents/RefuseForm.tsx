import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';

/** Not ours: nobody's record, with the reason. */
export function RefuseForm({
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
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onRefuse(reason);
      }}
    >
      <TextInput
        label="Pourquoi ce document n’est pas de chez nous"
        autoFocus
        placeholder="patient inconnu, erreur de destinataire…"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
      <div className="row">
        <Button type="submit" color="red" variant="light" disabled={!reason.trim()} loading={pending}>
          Écarter ce document
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
