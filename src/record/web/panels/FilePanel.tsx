import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { sayDate, sayNumber } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, EditIcon, HandOverIcon, SignIcon, SwitchIcon, VersionsIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import { DocumentValues } from '../documents/DocumentValues.tsx';
import { FileViewer } from '../documents/FileViewer.tsx';
import { CommentField, HandForm } from '../documents/HandForm.tsx';
import { MoveForm } from '../documents/MoveForm.tsx';
import { Marks, readAgain } from '../documents/ReadView.tsx';
import { LineMarks } from '../summary/RecordLine.tsx';
import { usePanel, useRecord, wrote } from '../use-record.ts';
import { EntryPanel } from './EntryPanel.tsx';

/** A document seen in the page, read, signed, handed over, corrected, or moved when it is another patient's. */
export function FilePanel({ patient, id, onClose }: { patient: string; id: string; onClose: () => void }) {
  const { documents, rights } = useRecord();
  const [, setPanel] = usePanel();
  const [asking, setAsking] = useState<'hand' | 'move' | 'sign' | null>(null);
  const [comment, setComment] = useState('');
  const line = documents?.find((one) => one.id === id);
  const mark = useMutation({
    mutationFn: (sign: boolean) =>
      call(recordContract.markRead, {
        params: { patient, id },
        body: { version: line!.version, sign, comment: comment || null },
      }),
    onSuccess: (written, sign) => {
      wrote(patient, written, sign ? 'Signé.' : 'Noté : lu par vous.');
      setAsking(null);
      setComment('');
      void readAgain();
    },
  });
  // An old document is no longer in the summary: its entry still shows.
  if (!line) return <EntryPanel patient={patient} type="DocumentReference" id={id} onClose={onClose} />;
  const writes = rights.add.includes(line.kind) && line.status !== 'entered-in-error';
  // A letter that is being prepared is taken up again on its own page: here there is nothing to read yet.
  const begun = line.letter && line.status === 'draft';
  const signed = line.marks.some((one) => one.signed && one.who.me);
  return (
    <SidePanel
      wide
      title={line.title}
      subtitle={[
        line.documentType.label,
        line.at && sayDate(line.at),
        line.author,
        line.size && `${sayNumber(line.size / 1024, 0)} ko`,
      ]
        .filter(Boolean)
        .join(' · ')}
      onClose={onClose}
      footer={
        <>
          {line.toRead && (
            <Button
              leftSection={<CheckIcon size={16} />}
              loading={mark.isPending && !mark.variables}
              onClick={() => mark.mutate(false)}
            >
              J’ai lu
            </Button>
          )}
          {!signed && !line.replaced && !begun && (
            <Button
              variant="default"
              leftSection={<SignIcon size={16} />}
              onClick={() => setAsking(asking === 'sign' ? null : 'sign')}
            >
              Signer
            </Button>
          )}
          {line.letter && (
            <Button
              component={Link}
              to={`/patients/${patient}/courriers/${id}`}
              variant={begun ? 'filled' : 'subtle'}
              leftSection={<EditIcon size={16} />}
            >
              {begun ? 'Reprendre le courrier' : 'Ouvrir le courrier'}
            </Button>
          )}
          {writes && !line.replaced && !begun && (
            <Button
              variant="subtle"
              leftSection={<HandOverIcon size={16} />}
              onClick={() => setAsking(asking === 'hand' ? null : 'hand')}
            >
              Confier
            </Button>
          )}
          {line.canEdit && line.form && !line.letter && (
            <Button
              variant="subtle"
              leftSection={<EditIcon size={16} />}
              onClick={() => setPanel(`corriger:${line.type}:${line.id}`)}
            >
              Corriger
            </Button>
          )}
          {writes && !line.letter && (
            <Button
              variant="subtle"
              leftSection={<SwitchIcon size={16} />}
              onClick={() => setAsking(asking === 'move' ? null : 'move')}
            >
              Pas ce patient
            </Button>
          )}
          <Button
            variant="subtle"
            leftSection={<VersionsIcon size={16} />}
            onClick={() => setPanel(`entree:${line.type}:${line.id}`)}
          >
            Détail et versions
          </Button>
        </>
      }
    >
      <div className="stack" style={{ height: '100%' }}>
        <div className="row wrap">
          {line.toRead && <Tag tone="warning">à lire</Tag>}
          {line.replaced && <Tag>remplacé par une version plus récente</Tag>}
          <LineMarks line={line} />
          <WhoWhen who={line.who} when={line.recorded} />
        </div>
        <Marks line={line} />
        {line.note && <p>{line.note}</p>}
        {mark.error && <Note tone="danger">{mark.error.message}</Note>}
        {asking === 'sign' && (
          <div className="card pad stack tight">
            <CommentField value={comment} onChange={setComment} />
            <div className="row">
              <Button leftSection={<SignIcon size={16} />} loading={mark.isPending} onClick={() => mark.mutate(true)}>
                Signer ce document
              </Button>
              <Button variant="subtle" onClick={() => setAsking(null)}>
                Renoncer
              </Button>
            </div>
          </div>
        )}
        {asking === 'hand' && (
          <div className="card pad">
            <HandForm
              line={{ id, version: line.version, patient: { id: patient } }}
              onClose={() => setAsking(null)}
              onDone={(written) => {
                wrote(patient, written, 'Confié.');
                setAsking(null);
                void readAgain();
              }}
            />
          </div>
        )}
        {asking === 'move' && (
          <MoveForm
            patient={patient}
            document={{ id, version: line.version }}
            onClose={() => setAsking(null)}
            onDone={onClose}
          />
        )}
        {line.contentUrl && !/^(?:application\/pdf|image\/)/.test(line.contentType) && !line.letter && (
          <DocumentValues patient={patient} document={{ id, version: line.version, url: line.contentUrl }} />
        )}
        {line.contentUrl && line.previewable ? (
          <FileViewer url={line.contentUrl} type={line.contentType} title={line.title} fill />
        ) : begun ? (
          <Nothing>Ce courrier est en préparation : il n’a pas encore de page.</Nothing>
        ) : (
          <Nothing>
            Ce document n’a pas d’aperçu.{' '}
            {line.contentUrl ? 'Téléchargez-le pour le lire.' : 'Son contenu est conservé ailleurs.'}
          </Nothing>
        )}
      </div>
    </SidePanel>
  );
}
