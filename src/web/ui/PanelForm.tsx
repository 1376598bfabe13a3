import { Button } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { Refusal } from '../api.ts';
import { type DraftState, draftWords } from '../drafts.ts';
import { Kbd } from './bits.tsx';
import { SidePanel } from './SidePanel.tsx';
import { Note } from './states.tsx';

/** The frame of a form in the side panel: fields, one button with its verb (Ctrl+Enter), where the draft is, and the refusal in words. */
export function PanelForm({
  title,
  subtitle,
  verb,
  ready = true,
  pending,
  draft = 'none',
  onDrop,
  refusal,
  onSubmit,
  onClose,
  wide,
  act = true,
  beside,
  children,
}: {
  title: ReactNode;
  subtitle?: ReactNode;
  verb: string;
  ready?: boolean;
  pending: boolean;
  draft?: DraftState;
  /** Gives the draft up. */
  onDrop?: () => void;
  refusal?: Refusal | null;
  onSubmit: () => void;
  onClose: () => void;
  wide?: boolean;
  /** Whether the person may send it; the fields then stay for reading. */
  act?: boolean;
  /** At the end of the foot. */
  beside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const submit = () => act && ready && !pending && onSubmit();
  return (
    <SidePanel
      title={title}
      subtitle={subtitle}
      onClose={onClose}
      wide={wide}
      footer={
        act && (
          <>
            <Button type="submit" form={id} loading={pending} disabled={!ready} rightSection={<Kbd>Ctrl ↵</Kbd>}>
              {verb}
            </Button>
            <DraftWords state={draft} drop={onDrop} />
            {beside}
          </>
        )
      }
    >
      <form
        id={id}
        className="stack"
        noValidate
        aria-busy={pending}
        // What is on its way does not change under the hand.
        onKeyDownCapture={(event) => pending && event.key !== 'Tab' && event.key !== 'Escape' && event.preventDefault()}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.currentTarget.requestSubmit();
          }
        }}
      >
        {children}
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}

/** Where what is typed is kept, and how it is given up. */
export function DraftWords({ state, drop }: { state: DraftState; drop?: () => void }) {
  return (
    <>
      <span className="dim tiny" role="status">
        {draftWords[state]}
      </span>
      {drop && state !== 'none' && (
        <Button variant="subtle" size="compact-xs" onClick={drop}>
          Effacer
        </Button>
      )}
    </>
  );
}
