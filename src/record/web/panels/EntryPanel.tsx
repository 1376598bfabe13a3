import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { Comparison } from '../../../web/ui/ConflictPanel.tsx';
import { CheckIcon, EditIcon, RemoveIcon, VersionsIcon } from '../../../web/ui/icons.ts';
import { DraftWords } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import { LineMarks } from '../summary/RecordLine.tsx';
import { usePanel, useRecord, useSeen, wrote } from '../use-record.ts';
import { onPaper } from './on-paper.ts';
import css from './panels.module.css';

/** One entry: what it says, who wrote it, every version, and what one may do with it (DOS-16). */
export function EntryPanel({
  patient,
  type,
  id,
  onClose,
}: {
  patient: string;
  type: string;
  id: string;
  onClose: () => void;
}) {
  const record = useRecord();
  const [, setPanel] = usePanel();
  const entry = useQuery(reading(recordContract.entry, { params: { patient, type, id } }));
  const [versions, setVersions] = useState(false);
  const [error, setError] = useState(false);
  const toRead = [...(record.documents ?? []), ...(record.results ?? [])].find(
    (line) => line.id === id && line.type === type && line.toRead,
  );
  const read = useMutation({
    mutationFn: () =>
      call(recordContract.acknowledge, { params: { patient, type, id }, body: { version: entry.data!.line.version } }),
    onSuccess: (written) => wrote(patient, written, 'Noté : lu par vous.'),
  });
  const data = entry.data;
  return (
    <SidePanel
      title={data?.title ?? 'Détail'}
      subtitle={data?.line.kindLabel}
      printed={data && onPaper(record.header)}
      onClose={onClose}
      footer={
        data && (
          <>
            {toRead && (
              <Button leftSection={<CheckIcon size={16} />} loading={read.isPending} onClick={() => read.mutate()}>
                J’ai lu
              </Button>
            )}
            {data.line.canEdit && data.line.form && (
              <Button
                variant={toRead ? 'default' : 'filled'}
                leftSection={<EditIcon size={16} />}
                onClick={() => setPanel(`corriger:${type}:${id}`)}
              >
                Corriger
              </Button>
            )}
            {data.line.canEdit && data.line.status !== 'entered-in-error' && data.errorWords === null && (
              <Button
                variant="subtle"
                color="red"
                leftSection={<RemoveIcon size={16} />}
                onClick={() => setError(true)}
              >
                Saisi par erreur
              </Button>
            )}
          </>
        )
      }
    >
      <Failure of={entry} />
      {entry.isPending && (
        <div className="stack">
          <Bone h={90} />
          <Bone h={60} />
        </div>
      )}
      {data && (
        <div className="stack loose">
          <div className="row wrap">
            <LineMarks line={data.line} />
            {data.line.statusLabel === 'Signé' && <Tag tone="success">{data.line.statusLabel}</Tag>}
            <WhoWhen who={data.line.who} when={data.line.recorded} />
          </div>
          {data.details && <p className={css.details}>{data.details}</p>}
          {/* What the title and the text say already is not said twice. */}
          <Fields fields={data.fields.filter(({ value }) => value !== data.title && value !== data.details)} />
          {data.line.canEdit && data.line.status !== 'entered-in-error' && data.errorWords !== null && (
            <p className="dim small">{data.errorWords}</p>
          )}
          {read.error && <Note tone="danger">{read.error.message}</Note>}
          {error && (
            <InError
              patient={patient}
              type={type}
              id={id}
              version={data.line.version}
              onCancel={() => setError(false)}
              onDone={onClose}
            />
          )}
          <div>
            <Button
              variant="subtle"
              size="compact-md"
              leftSection={<VersionsIcon size={16} />}
              aria-expanded={versions}
              onClick={() => setVersions(!versions)}
            >
              {data.line.version > 1 ? `${data.line.version} versions, comparer` : 'Version 1, jamais modifiée'}
            </Button>
          </div>
          {versions && <Versions patient={patient} type={type} id={id} />}
        </div>
      )}
    </SidePanel>
  );
}

export function Fields({ fields }: { fields: readonly { label: string; value: string }[] }) {
  return (
    <dl className={css.fields}>
      {fields.map((field) => (
        <div key={field.label}>
          <dt>{field.label}</dt>
          <dd>{field.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function InError({
  patient,
  type,
  id,
  version: newest,
  onCancel,
  onDone,
}: {
  patient: string;
  type: string;
  id: string;
  version: number;
  onCancel: () => void;
  onDone: () => void;
}) {
  const { values, set, clear, state } = useDraft(
    `erreur:${patient}:${type}:${id}`,
    { patient, form: 'erreur', label: 'Saisi par erreur : la raison' },
    { reason: '' },
  );
  const { reason } = values;
  // What was on screen is what is struck out; what another corrected meanwhile is read first.
  const [version, refused] = useSeen(newest);
  const mark = useMutation({
    mutationFn: () => call(recordContract.enteredInError, { params: { patient, type, id }, body: { version, reason } }),
    onSuccess: (written) => {
      clear();
      wrote(patient, written, 'Marqué comme saisi par erreur. La ligne reste lisible dans l’historique.');
      onDone();
    },
    onError: refused,
  });
  return (
    <form
      className="stack card pad"
      onSubmit={(event) => {
        event.preventDefault();
        mark.mutate();
      }}
    >
      <Textarea
        label="Pourquoi est-ce une erreur ?"
        description="La ligne sera barrée, jamais effacée."
        autosize
        minRows={2}
        autoFocus
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        error={mark.error instanceof Refusal ? mark.error.message : undefined}
      />
      <div className="row">
        <Button type="submit" color="red" loading={mark.isPending} disabled={!reason.trim()}>
          Marquer comme erreur
        </Button>
        <Button
          variant="subtle"
          onClick={() => {
            clear();
            onCancel();
          }}
        >
          Renoncer
        </Button>
        <DraftWords state={state} />
      </div>
    </form>
  );
}

/** Every version, each beside the one before, with who and why. */
export function Versions({ patient, type, id }: { patient: string; type: string; id: string }) {
  const query = useQuery(reading(recordContract.versions, { params: { patient, type, id } }));
  if (failureOf(query)) return <Failure compact of={query} />;
  if (!query.data) return <Bone h={120} />;
  return (
    <ol className={`plain ${css.versions}`}>
      {query.data.versions.map((version) => (
        <li key={version.version}>
          <div className="row wrap">
            <b>Version {version.version}</b>{' '}
            <Tag tone={version.status === 'entered-in-error' ? 'danger' : 'neutral'}>
              {version.deleted ? 'Supprimé' : version.statusLabel}
            </Tag>
            <span className="dim small">
              {version.who ? `${version.who.me ? 'Vous' : version.who.name}, ${version.who.role}, ` : ''}
              {sayDateTime(version.recorded)}
            </span>
          </div>
          {version.reason && <p className="small">Raison : {version.reason}</p>}
          {version.changes.some((row) => row.changed) ? (
            <Comparison rows={version.changes} before="Avant" after="Après" onlyChanged />
          ) : (
            version.version === 1 && <Fields fields={version.fields} />
          )}
        </li>
      ))}
    </ol>
  );
}
