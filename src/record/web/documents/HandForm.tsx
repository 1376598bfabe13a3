import { Button, Checkbox, Radio, Select, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { recordContract, type Written } from '../../contract.ts';

export const CommentField = ({ value, onChange }: { value: string; onChange: (words: string) => void }) => (
  <Textarea
    label="Commentaire"
    placeholder="Visible de l’équipe de soins, avec votre lecture"
    autosize
    minRows={1}
    maxRows={5}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

/** Asks a colleague to read or sign this document, in my place or as well. */
export function HandForm({
  line,
  onClose,
  onDone,
}: {
  line: {
    id: string;
    version: number;
    patient: { id: string };
    sign?: boolean;
    forWhom?: { id: string | null } | null;
  };
  onClose: () => void;
  onDone: (written: Written) => void;
}) {
  const professionals = useQuery({ ...reading(recordContract.professionals), staleTime: 5 * 60_000 });
  const [form, setForm] = useState({
    to: null as string | null,
    sign: line.sign ?? false,
    instead: true,
    due: '',
    words: '',
  });
  const hand = useMutation({
    mutationFn: (to: string) =>
      call(recordContract.handDocument, {
        params: { patient: line.patient.id, id: line.id },
        body: {
          version: line.version,
          to,
          sign: form.sign,
          instead: form.instead,
          due: form.due || null,
          words: form.words || null,
          for: line.forWhom?.id ?? null,
        },
      }),
    onSuccess: onDone,
  });
  return (
    <form
      className="stack tight"
      aria-label="Confier ce document"
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onClose()}
      onSubmit={(event) => {
        event.preventDefault();
        if (form.to) hand.mutate(form.to);
      }}
    >
      <Select
        label="Confier à"
        searchable
        autoFocus
        data={(professionals.data?.professionals ?? [])
          .filter((one) => one.care && !one.me)
          .map((one) => ({ value: one.id, label: `${one.name}, ${one.role.toLowerCase()}` }))}
        value={form.to}
        onChange={(to) => setForm({ ...form, to })}
      />
      <Radio.Group
        aria-label="Ce qui est demandé"
        value={form.sign ? 'sign' : 'read'}
        onChange={(what) => setForm({ ...form, sign: what === 'sign' })}
      >
        <div className="row">
          <Radio value="read" label="À lire" />
          <Radio value="sign" label="À signer" />
        </div>
      </Radio.Group>
      <Checkbox
        label="À ma place"
        checked={form.instead}
        onChange={(event) => setForm({ ...form, instead: event.currentTarget.checked })}
      />
      <DateField
        label="Pour le"
        placeholder="sans date"
        description="Une tâche suit ce document jusqu’à sa lecture."
        value={form.due}
        error={hand.error instanceof Refusal ? hand.error.fields.due : undefined}
        onChange={(due) => setForm({ ...form, due })}
      />
      <Textarea
        label="Mot pour cette personne"
        autosize
        minRows={1}
        value={form.words}
        onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
      />
      {hand.error && (
        <Note tone="danger" live>
          {hand.error instanceof Refusal
            ? hand.error.message
            : 'L’envoi n’a pas abouti. Rien n’a été modifié : réessayez.'}
        </Note>
      )}
      <div className="row">
        <Button type="submit" disabled={!form.to} loading={hand.isPending}>
          Confier ce document
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
