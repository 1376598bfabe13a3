import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, upload, urlOf } from '../../../web/api.ts';
import { programmeContract } from '../../contract.ts';
import { AttachPdf } from '../AttachPdf.tsx';
import { MailsCard } from '../MailsCard.tsx';
import { FilesCard, PapersCard } from '../PapersAndFiles.tsx';
import { changedTrack, fileLabels, paperLabels, type Track } from './words.ts';

/** Official papers, numbered and versioned; files that were joined; mails that left. */
export default function DocumentsTab({ track }: { track: Track }) {
  const [kind, setKind] = useState('other');
  const { papers, files } = track;
  const turn = (file: string, on: boolean) =>
    call(on ? programmeContract.restoreTrackFile : programmeContract.removeTrackFile, {
      params: { track: track.id, file },
    }).then(changedTrack);
  const writes = track.may.meet && track.state !== 'stopped';
  return (
    <div className="stack loose">
      <PapersCard
        papers={papers}
        href={(paper) => urlOf(programmeContract.trackPaper, { params: { track: track.id, paper } })}
        sayKind={(one) => paperLabels[one] ?? ''}
      >
        Statuts, comptes rendus, demande, projet de santé, décision, convention : chacun est produit des données du
        parcours, numéroté et gardé avec ses versions.
      </PapersCard>
      <FilesCard
        files={files}
        href={(file) => urlOf(programmeContract.trackFile, { params: { track: track.id, file } })}
        sayKind={(one) => fileLabels[one] ?? ''}
        mayRemove={({ mine }) => writes && (mine || track.may.manage)}
        turn={turn}
        nothing="Aucun fichier joint. PDF, 10 Mo au plus."
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
      />
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
