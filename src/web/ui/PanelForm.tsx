import { Button } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Refusal } from '../api.ts';
import { type DraftState, draftWords } from '../drafts.ts';
import { Kbd } from './bits.tsx';
import { SidePanel } from './SidePanel.tsx';
import { Note } from './states.tsx';
import css from './SidePanel.module.css';

const wrong = '[aria-invalid="true"], [data-error="true"]';
/** The first field that was refused, under the hand; false when none is marked. */
function showWhatWasRefused(form: HTMLFormElement | null): boolean {
  const field = [...(form?.querySelectorAll<HTMLElement>(wrong) ?? [])].find((one) => one.checkVisibility());
  if (!field) return false;
  const within =
    field.querySelector<HTMLElement>('[tabindex="0"]') ?? field.querySelector<HTMLElement>('button, input');
  (within ?? field).focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center' });
  return true;
}

/** Where the hand is needed before the form can go: what is marked wrong, what is required and empty, else where it begins. */
function showWhatIsMissing(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLElement>('input, textarea, select')].filter((one) =>
    one.checkVisibility(),
  );
  (
    fields.find((one) => one.matches(wrong)) ??
    fields.find((one) => one.matches(':invalid')) ??
    fields.find((one) => one.matches('[data-autofocus]'))
  )?.focus();
}

/** Of a double click the second comes before the page knows that something is on its way. */
const doubled = 400;

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
  const sent = useRef(Number.NEGATIVE_INFINITY);
  const form = useRef<HTMLFormElement>(null);
  const words = useRef<HTMLDivElement>(null);
  // A refusal comes under the fields, where a long form hides it; what it is about stands anywhere in it.
  useEffect(() => {
    if (!refusal) return;
    if (Object.keys(refusal.fields).length === 0 || !showWhatWasRefused(form.current))
      words.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  // It came back, or something was changed since: what is pressed now is meant.
  useEffect(() => {
    if (!pending) sent.current = Number.NEGATIVE_INFINITY;
  }, [pending]);
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
        ref={form}
        className="stack"
        noValidate
        aria-busy={pending}
        // What is on its way does not change under the hand.
        onKeyDownCapture={(event) => pending && event.key !== 'Tab' && event.key !== 'Escape' && event.preventDefault()}
        onInputCapture={() => {
          sent.current = Number.NEGATIVE_INFINITY;
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (!act || pending || event.timeStamp - sent.current < doubled) return;
          if (!ready) return showWhatIsMissing(event.currentTarget);
          sent.current = event.timeStamp;
          onSubmit();
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
          <div ref={words}>
            <Note tone="danger" live>
              {refusal.message}
            </Note>
          </div>
        )}
      </form>
    </SidePanel>
  );
}

/** Where what is typed is kept, and how it is given up. */
export function DraftWords({ state, drop }: { state: DraftState; drop?: () => void }) {
  return (
    <span className={css.draft}>
      <span className="dim tiny" role="status">
        {draftWords[state]}
      </span>
      {drop && state !== 'none' && (
        <Button variant="subtle" size="compact-xs" onClick={drop}>
          Effacer
        </Button>
      )}
    </span>
  );
}
