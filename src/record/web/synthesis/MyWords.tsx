import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type DraftState, draftWords } from '../../../web/drafts.ts';
import type { SummarySection } from '../../contract.ts';
import type { Send } from './SynthesisSection.tsx';
import css from './synthesis.module.css';

/** What I add to a section, signed with my name. */
export function MyWords({
  section,
  send,
  typing,
  type,
  state,
}: {
  section: SummarySection;
  send: Send;
  typing: string;
  type: (words: string | undefined) => void;
  /** Where my words are. */
  state: DraftState;
}) {
  const before = section.words.find((one) => one.by.me)?.text ?? '';
  const [sending, setSending] = useState(false);
  const keep = async () => {
    const words = typing.trim();
    if (words === before) return type(undefined);
    setSending(true);
    const kept = await send(
      { act: 'words', section: section.code, words },
      words ? 'Complément enregistré.' : 'Complément retiré.',
      { act: 'words', section: section.code, words: before },
    );
    setSending(false);
    // What could not be sent stays under the hand.
    if (kept) type(undefined);
  };
  return (
    <form
      className={`stack ${css.typing}`}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Textarea
        label={`Votre complément : ${section.title}`}
        description="Signé de votre nom. Effacez tout pour le retirer."
        autosize
        minRows={2}
        maxLength={4000}
        autoFocus
        value={typing}
        readOnly={sending}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" size="compact-md" loading={sending}>
          Enregistrer le complément
        </Button>
        <Button size="compact-md" variant="subtle" disabled={sending} onClick={() => type(undefined)}>
          Renoncer
        </Button>
        <span className="dim tiny" role="status">
          {draftWords[state]}
        </span>
      </div>
    </form>
  );
}
