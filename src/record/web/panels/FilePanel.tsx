import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayDate, sayNumber } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, DownloadIcon, EditIcon, VersionsIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, ErrorState, Note, Nothing } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import { LineMarks } from '../summary/RecordLine.tsx';
import { usePanel, useRecord, wrote } from '../use-record.ts';
import { EntryPanel } from './EntryPanel.tsx';
import css from './panels.module.css';

/** A document seen in the page: PDF in a frame, image as it is. */
export function FilePanel({ patient, id, onClose }: { patient: string; id: string; onClose: () => void }) {
  const { documents } = useRecord();
  const [, setPanel] = usePanel();
  const line = documents?.find((one) => one.id === id);
  const read = useMutation({
    mutationFn: () => call(recordContract.acknowledge, { params: { patient, type: line!.type, id }, body: { version: line!.version } }),
    onSuccess: (written) => wrote(patient, written, 'Noté : lu par vous.'),
  });
  // An old document is no longer in the summary: its entry still shows.
  if (!line) return <EntryPanel patient={patient} type="DocumentReference" id={id} onClose={onClose} />;
  return (
    <SidePanel
      wide
      title={line.title}
      subtitle={[line.documentType.label, line.at && sayDate(line.at), line.size && `${sayNumber(line.size / 1024, 0)} ko`].filter(Boolean).join(' · ')}
      onClose={onClose}
      footer={
        <>
          {line.toRead && (
            <Button leftSection={<CheckIcon size={16} />} loading={read.isPending} onClick={() => read.mutate()}>
              J’ai lu
            </Button>
          )}
          {line.contentUrl && (
            <Button component="a" variant="default" leftSection={<DownloadIcon size={16} />} href={line.contentUrl} download={line.title}>
              Télécharger
            </Button>
          )}
          {line.canEdit && line.form && (
            <Button variant="subtle" leftSection={<EditIcon size={16} />} onClick={() => setPanel(`corriger:${line.type}:${line.id}`)}>
              Corriger
            </Button>
          )}
          <Button variant="subtle" leftSection={<VersionsIcon size={16} />} onClick={() => setPanel(`entree:${line.type}:${line.id}`)}>
            Détail et versions
          </Button>
        </>
      }
    >
      <div className="stack" style={{ height: '100%' }}>
        <div className="row wrap">
          {line.toRead ? <Tag tone="warning">à lire</Tag> : line.readBy && <Tag tone="success" icon={<CheckIcon size={13} />}>lu par {line.readBy.me ? 'vous' : line.readBy.name}</Tag>}
          <LineMarks line={line} />
          <WhoWhen who={line.who} when={line.recorded} />
        </div>
        {line.note && <p>{line.note}</p>}
        {read.error && <Note tone="danger">{read.error.message}</Note>}
        {line.contentUrl && line.previewable ? <Preview url={line.contentUrl} type={line.contentType} title={line.title} /> : <Nothing>Ce document n’a pas d’aperçu. {line.contentUrl ? 'Téléchargez-le pour le lire.' : 'Son contenu est conservé ailleurs.'}</Nothing>}
      </div>
    </SidePanel>
  );
}

/** Fetched with the session, shown from memory: the page's policy frames nothing else. */
function Preview({ url, type, title }: { url: string; type: string; title: string }) {
  const file = useQuery({
    queryKey: ['file', url],
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { credentials: 'same-origin', signal });
      if (!response.ok) throw new Refusal(response.status, 'Document illisible', 'Le document n’a pas pu être ouvert. Il est toujours conservé ; réessayez.');
      return response.blob();
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const [address, setAddress] = useState('');
  useEffect(() => {
    if (!file.data) return;
    const made = URL.createObjectURL(new Blob([file.data], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file.data, type]);
  if (file.error) return <ErrorState error={file.error} retry={() => void file.refetch()} />;
  if (!address) return <Bone h={480} />;
  if (type.startsWith('image/')) return <img className={css.image} src={address} alt={title} />;
  if (type.startsWith('text/')) return <Text blob={file.data!} />;
  return <iframe className={css.frame} src={address} title={title} />;
}

function Text({ blob }: { blob: Blob }) {
  const [text, setText] = useState('');
  useEffect(() => void blob.text().then(setText), [blob]);
  return <pre className={css.plain}>{text}</pre>;
}
