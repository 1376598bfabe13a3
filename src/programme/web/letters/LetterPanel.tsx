import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { DownloadIcon, SendIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { changedLetters, type Letter, letterStates } from './words.ts';

/** A letter: how far it is, its words, and its next version. */
export function LetterPanel({
  letter,
  newest,
  may,
  onClose,
}: {
  letter: Letter;
  newest: boolean;
  may: boolean;
  onClose: () => void;
}) {
  const [form, setForm] = useState({ mail: letter.mail, note: '' });
  const [correcting, setCorrecting] = useState(false);
  const again = useMutation({
    mutationFn: () => call(programmeContract.sendAgain, { params: { letter: letter.id } }),
    onSuccess: () => {
      changedLetters();
      done('Le courrier repart.');
    },
    onError: failed,
  });
  const correct = useMutation({
    mutationFn: () => call(programmeContract.correctLetter, { params: { letter: letter.id }, body: form }),
    onSuccess: () => {
      changedLetters();
      done(`Version ${letter.version + 1} écrite. L’envoi a commencé.`);
      onClose();
    },
  });
  const fields = correct.error instanceof Refusal ? correct.error.fields : {};
  const still = !['waiting', 'sending'].includes(letter.state);
  return (
    <SidePanel title={letter.team} subtitle={`${letter.reference}, version ${letter.version}`} onClose={onClose}>
      <div className="stack loose">
        <Note
          tone={
            letter.state === 'failed'
              ? 'danger'
              : letter.state === 'unsure'
                ? 'warning'
                : letter.state === 'sent'
                  ? 'success'
                  : 'info'
          }
        >
          {letterStates[letter.state].tells}
          {letter.failure && <span className="dim"> {letter.failure}</span>}
        </Note>
        <div className="row wrap">
          <Button
            component="a"
            href={urlOf(programmeContract.letterPdf, { params: { letter: letter.id } })}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<DownloadIcon size={16} />}
          >
            Courrier (PDF)
          </Button>
          {may && newest && still && letter.state !== 'sent' && (
            <Button
              variant="default"
              leftSection={<SendIcon size={16} />}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              Envoyer de nouveau
            </Button>
          )}
        </div>
        <section aria-label="Message">
          <dl className={css.lines}>
            <dt>À</dt>
            <dd>{letter.mail || 'aucune adresse'}</dd>
            <dt>Objet</dt>
            <dd>{letter.subject}</dd>
          </dl>
          <p style={{ whiteSpace: 'pre-line', marginTop: 12 }}>{letter.words}</p>
        </section>
        {may && newest && still && !correcting && (
          <div>
            <Button variant="subtle" onClick={() => setCorrecting(true)}>
              Corriger et envoyer la version {letter.version + 1}
            </Button>
          </div>
        )}
        {correcting && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              correct.mutate();
            }}
          >
            <TextInput
              label="Adresse"
              type="email"
              value={form.mail}
              error={fields.mail}
              onChange={(event) => setForm({ ...form, mail: event.currentTarget.value })}
            />
            <Textarea
              label="Paragraphe ajouté"
              autosize
              minRows={2}
              value={form.note}
              onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
            />
            {correct.error && !Object.keys(fields).length && <ErrorState compact error={correct.error} />}
            <Button type="submit" loading={correct.isPending}>
              Écrire et envoyer la version {letter.version + 1}
            </Button>
          </form>
        )}
      </div>
    </SidePanel>
  );
}
