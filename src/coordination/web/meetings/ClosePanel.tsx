import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import * as Y from 'yjs';
import { call, reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { coordinationContract, type Discussion, type MeetingDetail } from '../../contract.ts';
import { DecisionList, understood, useCandidates } from './Decisions.tsx';
import meetingCss from './meeting.module.css';
import { act } from './use-meetings.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Before the close: what will be filed, which tasks come out of it, what is still unclear. */
export function ClosePanel({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const [, setUrl] = useUrl();
  const [busy, setBusy] = useState(false);
  const minutes = useQueries({
    queries: meeting.discussions.map((one) => ({
      ...reading(coordinationContract.liveMinutes, { params: { id: meeting.id, discussion: one.id }, query: {} }),
      staleTime: 0,
    })),
  });
  const there = meeting.participants.filter((one) => one.attendance === 'present' || one.attendance === 'remote');
  const texts = meeting.discussions.map((_, at) => {
    const doc = new Y.Doc();
    for (const update of minutes[at]?.data?.updates ?? []) Y.applyUpdate(doc, bytesOf(update));
    return {
      situation: doc.getText('situation').toString().trim(),
      discussion: doc.getText('discussion').toString().trim(),
      decisions: doc.getText('decisions').toString().trim(),
    };
  });
  const ready = minutes.every((one) => one.data);
  return (
    <SidePanel
      title="Clore la réunion"
      subtitle="Chaque compte rendu rejoint le dossier de son patient, chaque décision devient une tâche."
      onClose={onClose}
      footer={
        <Button
          loading={busy}
          disabled={!ready || there.length === 0}
          onClick={async () => {
            setBusy(true);
            const after = await act(
              call(coordinationContract.closeMeeting, {
                params: { id: meeting.id },
                body: { version: meeting.version },
              }),
              'Réunion close. Les comptes rendus sont dans les dossiers.',
            );
            setBusy(false);
            if (after) setUrl({ volet: undefined, mode: undefined, patient: undefined });
          }}
        >
          Clore et classer les comptes rendus
        </Button>
      }
    >
      <div className="stack">
        {there.length === 0 ? (
          <Note
            tone="warning"
            action={
              <Button size="compact-sm" variant="default" onClick={() => setUrl({ volet: 'presences' })}>
                Présences
              </Button>
            }
          >
            Aucune présence n’est signée. Faites signer les présents, ou portez leur présence.
          </Note>
        ) : (
          <p className="small">
            {sayCount(there.length, 'présent')} : {there.map((one) => one.name).join(', ')}.
          </p>
        )}
        <ul className="plain stack">
          {meeting.discussions.map((one, at) => (
            <ToFile key={one.id} discussion={one} texts={texts[at]!} />
          ))}
        </ul>
        {meeting.others > 0 && (
          <p className="dim small">
            {meeting.others === 1 ? '1 autre patient' : `${meeting.others} autres patients`} : leurs comptes rendus
            seront classés de même, sans que vous les lisiez.
          </p>
        )}
        <p className="dim small">
          Une réunion close se rouvre, avec le motif : la correction sera une nouvelle version.
        </p>
      </div>
    </SidePanel>
  );
}
function ToFile({
  discussion,
  texts,
}: {
  discussion: Discussion;
  texts: { situation: string; discussion: string; decisions: string };
}) {
  const decisions = understood(texts.decisions, useCandidates(discussion));
  const said = texts.situation || texts.discussion || texts.decisions || discussion.began;
  return (
    <li className={meetingCss.toFile}>
      <p>
        <b>{discussion.patient.name}</b>{' '}
        {said ? <Tag tone="success">discuté</Tag> : <Tag tone="neutral">non discuté : attend la prochaine réunion</Tag>}
      </p>
      {said && !texts.discussion && !texts.situation && (
        <p className="dim small">Rien n’est écrit sous « Situation » ni « Discussion ».</p>
      )}
      <DecisionList decisions={decisions} />
      {said && decisions.length === 0 && <p className="dim small">Aucune décision.</p>}
    </li>
  );
}
