import { ActionIcon, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, upload, urlOf } from '../../../web/api.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { AttachPdf } from '../AttachPdf.tsx';
import { MailsCard } from '../MailsCard.tsx';
import css from '../programme.module.css';
import { changedTrack, fileLabels, paperLabels, type Track } from './words.ts';

/** Official papers, numbered and versioned; files that were joined; mails that left. */
export default function DocumentsTab({ track }: { track: Track }) {
  const [kind, setKind] = useState('other');
  const { papers, files } = track;
  const newest = (reference: string) =>
    Math.max(...papers.filter((one) => one.reference === reference).map(({ version }) => version));
  const turn = (file: string, on: boolean) =>
    call(on ? programmeContract.restoreTrackFile : programmeContract.removeTrackFile, {
      params: { track: track.id, file },
    }).then(changedTrack);
  const writes = track.may.meet && track.state !== 'stopped';
  return (
    <div className="stack loose">
      <Card title="Documents produits" count={papers.length || undefined}>
        {papers.length === 0 && (
          <EmptyState icon={DocumentIcon} title="Aucun document encore">
            Statuts, comptes rendus, demande, projet de santé, décision, convention : chacun est produit des données du
            parcours, numéroté et gardé avec ses versions.
          </EmptyState>
        )}
        <div className={css.body}>
          {papers.map((paper) => (
            <div key={paper.id} className={css.file} style={{ minHeight: 36, flexWrap: 'wrap' }}>
              <DocumentIcon size={16} />
              <a
                href={urlOf(programmeContract.trackPaper, { params: { track: track.id, paper: paper.id } })}
                target="_blank"
                rel="noreferrer"
              >
                {paper.title}
              </a>
              <span className="dim small">{paperLabels[paper.kind] ?? ''}</span>
              <span className="dim small num nowrap">{paper.reference}</span>
              {paper.version > 1 && <Tag>version {paper.version}</Tag>}
              {paper.version < newest(paper.reference) && <Tag tone="warning">remplacée</Tag>}
              <span className="grow" />
              <WhoWhen who={{ name: paper.by, role: '' }} when={paper.at} short />
            </div>
          ))}
        </div>
      </Card>
      <Card
        title="Fichiers joints"
        count={files.length || undefined}
        action={
          writes && (
            <span className="row wrap" style={{ justifyContent: 'flex-end' }}>
              <Select
                size="xs"
                w={170}
                aria-label="Genre du fichier"
                allowDeselect={false}
                data={Object.entries(fileLabels).map(([value, label]) => ({ value, label }))}
                value={kind}
                onChange={(value) => setKind(value ?? 'other')}
              />
              <AddFile track={track.id} kind={kind} label={fileLabels[kind] ?? ''} words="Joindre un PDF" />
            </span>
          )
        }
      >
        {files.length === 0 && <Nothing>Aucun fichier joint. PDF, 10 Mo au plus.</Nothing>}
        <div className={css.body}>
          {files.map((file) => (
            <div key={file.id} className={css.file} style={{ minHeight: 36, flexWrap: 'wrap' }}>
              <DocumentIcon size={16} />
              <a
                href={urlOf(programmeContract.trackFile, { params: { track: track.id, file: file.id } })}
                target="_blank"
                rel="noreferrer"
              >
                {file.name}
              </a>
              <span className="dim small">{fileLabels[file.kind] ?? ''}</span>
              <span className="grow" />
              <WhoWhen who={{ name: file.by, role: '' }} when={file.at} short />
              {writes && (file.mine || track.may.manage) && (
                <ActionIcon
                  size="md"
                  aria-label={`Retirer ${file.name}`}
                  onClick={() =>
                    void turn(file.id, false).then(
                      () => done('Fichier retiré.', () => turn(file.id, true), 'Fichier remis.'),
                      failed,
                    )
                  }
                >
                  <RemoveIcon size={16} />
                </ActionIcon>
              )}
            </div>
          ))}
        </div>
      </Card>
      {track.may.instruct && <Mails track={track} />}
    </div>
  );
}

export const AddFile = ({
  track,
  kind,
  label,
  words,
}: {
  track: string;
  kind: string;
  label: string;
  words: string;
}) => (
  <AttachPdf
    plain
    document={kind}
    label={label}
    words={words}
    send={(form, progress) => upload(programmeContract.addTrackFile, { track }, form, progress)}
    after={changedTrack}
  />
);
function Mails({ track }: { track: Track }) {
  const query = useQuery(reading(programmeContract.trackMails, { params: { track: track.id } }));
  return (
    <MailsCard
      query={query}
      send={(mail) => call(programmeContract.sendTrackMail, { params: { track: track.id, mail } })}
      changed={changedTrack}
    />
  );
}
