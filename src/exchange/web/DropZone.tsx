import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, queries, upload } from '../../web/api.ts';
import { sayCount } from '../../web/say.ts';
import { Card, ProgressBar } from '../../web/ui/bits.tsx';
import { FileFrame } from '../../web/ui/FileFrame.tsx';
import { ErrorState } from '../../web/ui/states.tsx';
import { exchangeContract } from '../contract.ts';
import { filesOfDrop, filesOfInput, groupsOf, type PickedFile } from './dropped-files.ts';
import css from './exchange.module.css';
import { sayBytes } from './say.ts';

/** Where files and folders are put down. They are sent, put in order and tried; nothing enters the record before one says so. */
export function DropZone() {
  const navigate = useNavigate();
  const [source, setSource] = useState('');
  const [sending, setSending] = useState<{ share: number; words: string } | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function send(picked: PickedFile[]) {
    setError(null);
    if (picked.length === 0) return setError(new Error('empty'));
    const total = picked.reduce((sum, one) => sum + one.file.size, 0) || 1;
    let run: number | undefined;
    try {
      setSending({ share: 0, words: 'Préparation' });
      run = (await call(exchangeContract.prepareTakeOver, { body: { source } })).id;
      let sent = 0;
      for (const group of groupsOf(picked)) {
        const form = new FormData();
        const size = group.reduce((sum, one) => sum + one.file.size, 0);
        for (const { file, path } of group) {
          form.append('name', path);
          form.append('file', file);
        }
        await upload(exchangeContract.addFiles, { run }, form, (share) =>
          setSending({
            share: (sent + share * size) / total,
            words: `Envoi de ${sayCount(picked.length, 'fichier')} (${sayBytes(total)})`,
          }),
        );
        sent += size;
      }
      setSending({ share: 1, words: 'Mise en ordre des fichiers' });
      await call(exchangeContract.filesComplete, { params: { run } });
      await call(exchangeContract.checkTakeOver, { params: { run } });
      void queries.invalidateQueries({ queryKey: [exchangeContract.takeOvers.path] });
      void navigate({ to: '/reprise/$run', params: { run: String(run) } });
    } catch (problem) {
      setError(problem);
      setSending(null);
      // What was sent in part is of no use.
      if (run !== undefined) void call(exchangeContract.dropTakeOver, { params: { run } }).catch(() => undefined);
    }
  }

  return (
    <Card title="Nouvelle reprise">
      <div className={css.drop}>
        <FileFrame
          label="Fichiers à reprendre"
          folder="Dossier à reprendre"
          multiple
          words={<span className="strong">Déposez ici des fichiers ou un dossier</span>}
          hint="Bundles FHIR et NDJSON, tels quels ou compressés (gzip, bzip2). Un essai à blanc suit : rien n’entre dans les dossiers sans votre accord."
          take={(files) => void send(filesOfInput(files))}
          takeDrop={(dropped) => void filesOfDrop(dropped.items).then(send, setError)}
          busy={
            sending && (
              <>
                <ProgressBar share={sending.share} label={sending.words} />
                <p className="dim small">Gardez cette page ouverte pendant l’envoi.</p>
              </>
            )
          }
        />
        <TextInput
          label="Logiciel d’origine (facultatif)"
          description="À remplir si les fichiers viennent de plusieurs logiciels : leurs numéros de dossiers ne seront pas confondus."
          value={source}
          maxLength={60}
          disabled={sending !== null}
          onChange={(event) => setSource(event.currentTarget.value.replaceAll('|', ''))}
        />
        {error !== null &&
          (error instanceof Error && error.message === 'empty' ? (
            <p className="small warning">Il n’y a aucun fichier dans ce que vous avez choisi.</p>
          ) : (
            <ErrorState error={error} compact />
          ))}
      </div>
    </Card>
  );
}
