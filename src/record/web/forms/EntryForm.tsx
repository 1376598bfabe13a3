import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { useRecord } from '../use-record.ts';
import type { Entry } from './use-entry.ts';

/** The frame of every form of the record: fields, draft, refusal, conflict, one button with its verb. */
export function EntryForm<T>({
  entry,
  title,
  verb,
  children,
  onClose,
  ready = true,
  wide,
}: {
  entry: Entry<T>;
  title: string;
  verb: string;
  children: ReactNode;
  onClose: () => void;
  ready?: boolean;
  wide?: boolean;
}) {
  const { header } = useRecord();
  return (
    <PanelForm
      title={title}
      subtitle={`${header.patient.name}, ${header.patient.age}`}
      verb={verb}
      ready={ready}
      pending={entry.pending}
      draft={entry.draft}
      onDrop={entry.drop}
      refusal={entry.refusal}
      onSubmit={entry.submit}
      onClose={onClose}
      wide={wide}
    >
      {entry.takeEarlier && (
        <Note tone="info">
          Une saisie commencée plus tôt attend ici.{' '}
          <Button variant="subtle" size="compact-sm" onClick={entry.takeEarlier}>
            La reprendre à la place
          </Button>
        </Note>
      )}
      {entry.conflict && (
        <ConflictPanel
          who={entry.conflict.current.who?.name ?? 'Une autre personne'}
          when={entry.conflict.current.recorded}
          rows={entry.conflict.comparison}
          onKeepMine={entry.overwrite}
          onTakeTheirs={() => {
            entry.drop();
            onClose();
          }}
          pending={entry.pending}
        />
      )}
      {children}
    </PanelForm>
  );
}
