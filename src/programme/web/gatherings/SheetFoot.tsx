import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { sayAgo } from '../../../web/say.ts';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import own from './gatherings.module.css';
import type { SheetForm } from './use-sheet.ts';

/** A field and, beneath it, where what is typed stands: saving, saved by whom, refused, or two versions to choose from. */
export function SheetFieldFrame({
  form,
  field,
  words,
  children,
}: {
  form: SheetForm;
  field: string;
  /** The value in words, for two versions. */
  words?: (value: never) => string;
  children: ReactNode;
}) {
  const state = form.state(field);
  const stored = form.stored(field);
  return (
    <div>
      {children}
      {state.theirs && (
        <Note
          tone="warning"
          live
          action={
            <span className="row wrap">
              <Button size="compact-sm" variant="default" onClick={() => form.takeTheirs(field)}>
                Garder la sienne
              </Button>
              <Button size="compact-sm" variant="light" onClick={() => form.keepMine(field)}>
                Garder la mienne
              </Button>
            </span>
          }
        >
          <b>{state.theirs.by}</b> a écrit ici {sayAgo(state.theirs.at)} : «{' '}
          {(words ? words(state.theirs.value as never) : String(state.theirs.value ?? '')) || 'vide'} ». Votre saisie
          est conservée au-dessus.
        </Note>
      )}
      <div className={`${own.foot} dim`} aria-live="polite">
        {state.saving ? (
          <span>Enregistrement…</span>
        ) : state.pending && state.error ? (
          <span className="danger">
            {state.error}{' '}
            <button
              type="button"
              className="plain-button"
              style={{ textDecoration: 'underline' }}
              onClick={() => void form.send(field)}
            >
              Réessayer
            </button>
          </span>
        ) : state.pending ? (
          <span>Saisie en cours</span>
        ) : stored && stored.version > 0 && stored.by ? (
          <span className="row" style={{ gap: 4 }}>
            <CheckIcon size={12} aria-hidden /> {stored.by}, <time dateTime={stored.at}>{sayAgo(stored.at)}</time>
          </span>
        ) : null}
      </div>
    </div>
  );
}
