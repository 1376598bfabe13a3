import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { draftWords } from '../../../web/drafts.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { useRecord } from '../use-record.ts';
import type { Entry } from './use-entry.ts';

/** The frame of every form of the record: fields, draft, refusal, conflict, one button with its verb. */
export function EntryForm<T>({ entry, title, verb, children, onClose, ready = true }: { entry: Entry<T>; title: string; verb: string; children: ReactNode; onClose: () => void; ready?: boolean }) {
  const { header } = useRecord();
  const id = `form-${title}`;
  return (
    <SidePanel
      title={title}
      subtitle={`${header.patient.name}, ${header.patient.age}`}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} loading={entry.pending} disabled={!ready} rightSection={<Kbd>Ctrl ↵</Kbd>}>
            {verb}
          </Button>
          <span className="dim tiny" role="status">
            {draftWords[entry.draft]}
          </span>
          {entry.draft !== 'none' && (
            <Button variant="subtle" size="compact-xs" onClick={entry.drop}>
              Effacer
            </Button>
          )}
        </>
      }
    >
      <form
        id={id}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) entry.submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) {
            event.preventDefault();
            entry.submit();
          }
        }}
      >
        {entry.conflict && (
          <ConflictPanel who={entry.conflict.current.who?.name ?? 'Une autre personne'} when={entry.conflict.current.recorded} rows={entry.conflict.comparison} onKeepMine={entry.overwrite} onTakeTheirs={() => { entry.drop(); onClose(); }} pending={entry.pending} />
        )}
        {children}
        {entry.refusal && (
          <Note tone="danger" live>
            {entry.refusal.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}
