import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { SendIcon } from '../../../web/ui/icons.ts';
import { ErrorState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { changedLetters } from './words.ts';

/** Writes the letters of a decision and sends them. */
export function NotifyCard({
  edition,
  publisher,
  count,
  replaces,
}: {
  edition: string;
  publisher: string;
  count: number;
  replaces: boolean;
}) {
  const me = useMe();
  const [form, setForm] = useState({ signatory: me.name, role: 'Pour le directeur général', note: '' });
  const notify = useMutation({
    mutationFn: () => call(programmeContract.notify, { params: { edition }, body: form }),
    onSuccess: ({ written }) => {
      changedLetters();
      done(`${sayCount(written, 'courrier écrit', 'courriers écrits')}. L’envoi a commencé.`);
    },
  });
  const fields = notify.error instanceof Refusal ? notify.error.fields : {};
  return (
    <Card title="Notifier les équipes">
      <form
        className={`${css.body} stack`}
        onSubmit={(event) => {
          event.preventDefault();
          notify.mutate();
        }}
      >
        <p className="small dim">
          {count === 0
            ? 'Rien ne change pour les équipes : aucun courrier n’est à écrire.'
            : `Un courrier numéroté pour ${sayCount(count, 'équipe')}${replaces ? ', pour qui la décision change quelque chose' : ''}, avec ses propres motifs.`}{' '}
          Les équipes voient la décision dans leur dossier dès maintenant : on ne la reprend pas, on en prend une autre.
        </p>
        <TextInput
          label="Signataire"
          value={form.signatory}
          error={fields.signatory}
          onChange={(event) => setForm({ ...form, signatory: event.currentTarget.value })}
        />
        <TextInput
          label="Qualité"
          value={form.role}
          error={fields.role}
          onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
          description={publisher}
        />
        <Textarea
          label="Paragraphe ajouté à chaque courrier (facultatif)"
          autosize
          minRows={2}
          value={form.note}
          onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
        />
        {notify.error && !Object.keys(fields).length && <ErrorState compact error={notify.error} />}
        <Button type="submit" leftSection={<SendIcon size={16} />} loading={notify.isPending}>
          {count === 0 ? 'Notifier' : `Écrire et envoyer ${sayCount(count, 'courrier')}`}
        </Button>
      </form>
    </Card>
  );
}
