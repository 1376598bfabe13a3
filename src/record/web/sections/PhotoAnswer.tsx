import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Refusal, signals, upload, urlOf } from '../../../web/api.ts';
import { ProgressBar } from '../../../web/ui/bits.tsx';
import { ImageIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { type Answer, recordContract, type Written } from '../../contract.ts';
import css from './sections.module.css';

/** Not a no to this picture: the network, the server or the session. */
const mayPass = (refusal: unknown): boolean =>
  !(refusal instanceof Refusal) ||
  refusal.status === 0 ||
  refusal.status === 401 ||
  refusal.status === 423 ||
  refusal.status >= 500;

/**
 * A photograph: taken with the telephone or chosen, kept as a document of the record at once, tied to the answer. One that could not leave is kept here and leaves
 * when the network is back: what a browser’s camera takes is nowhere else.
 */
export function PhotoAnswer({
  patient,
  label,
  answer,
  onChange,
  waits,
  error,
}: {
  patient: string | null;
  label: string;
  answer: Answer | undefined;
  onChange: (answer: Answer | undefined) => void;
  /** A photograph that is not with the record yet. */
  waits: (on: boolean) => void;
  error: string | undefined;
}) {
  const camera = useRef<HTMLInputElement>(null);
  const library = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [refused, setRefused] = useState<string>();
  const [waiting, setWaiting] = useState<{ file: File; url: string }>();
  const id = answer?.valueAttachment?.url?.split('/')[1];
  // What was answered elsewhere while it was on its way stays.
  const answered = useRef<typeof onChange>(undefined);
  useEffect(() => {
    answered.current = onChange;
    return () => {
      answered.current = undefined;
    };
  }, [onChange]);
  const underway = share !== null || waiting !== undefined;
  const tell = useEffectEvent(waits);
  useEffect(() => {
    if (!underway) return;
    tell(true);
    return () => tell(false);
  }, [underway]);
  const take = async (file: File | undefined) => {
    if (!file || !patient) return;
    setRefused(undefined);
    setWaiting(undefined);
    setShare(0);
    const form = new FormData();
    form.set('documentType', '72170-4');
    form.set('title', label.slice(0, 150));
    form.set('file', file);
    try {
      const { lines } = (await upload(recordContract.uploadDocument, { patient }, form, setShare)) as Written;
      answered.current?.({
        valueAttachment: {
          url: `DocumentReference/${lines[0]!.id}`,
          title: label.slice(0, 150),
          contentType: file.type,
        },
      });
    } catch (refusal) {
      if (mayPass(refusal)) {
        setWaiting({ file, url: URL.createObjectURL(file) });
        setRefused('La photo n’est pas partie. Elle est gardée ici tant que ce volet reste ouvert.');
      } else setRefused((refusal as Refusal).message);
    } finally {
      setShare(null);
    }
  };
  useEffect(() => () => waiting && URL.revokeObjectURL(waiting.url), [waiting]);
  const again = useEffectEvent(() => void take(waiting?.file));
  useEffect(() => {
    window.addEventListener('online', again);
    const deaf = signals.listen((signal) => signal === 'opened' && again());
    return () => {
      window.removeEventListener('online', again);
      deaf();
    };
  }, []);
  const drop = () => {
    setWaiting(undefined);
    setRefused(undefined);
    onChange(undefined);
  };
  const taken = (files: FileList | null) => void take(files?.[0]);
  const shown = waiting?.url ?? (id && patient && urlOf(recordContract.documentContent, { params: { patient, id } }));
  return (
    <div>
      <span className={css.label}>{label}</span>
      <div className={css.photo} style={{ marginTop: 4 }}>
        {shown && <img src={shown} alt={label} />}
        {share === null ? (
          <>
            {waiting && (
              <Button size="compact-md" onClick={() => void take(waiting.file)}>
                Renvoyer la photo
              </Button>
            )}
            <Button
              size="compact-md"
              variant="default"
              className={css.camera}
              leftSection={<ImageIcon size={16} />}
              disabled={!patient}
              onClick={() => camera.current?.click()}
            >
              {shown ? 'Reprendre une photo' : 'Prendre une photo'}
            </Button>
            <Button size="compact-md" variant="default" disabled={!patient} onClick={() => library.current?.click()}>
              {shown ? 'En choisir une autre' : 'Choisir une photo'}
            </Button>
          </>
        ) : (
          <div style={{ width: 200 }}>
            <ProgressBar share={share} label="Envoi de la photo" />
          </div>
        )}
        {shown && share === null && (
          <ActionIcon aria-label={`Retirer la photo : ${label}`} onClick={drop}>
            <RemoveIcon size={16} />
          </ActionIcon>
        )}
        {/* With «capture» a telephone opens its camera and offers nothing else. */}
        <input
          ref={camera}
          type="file"
          accept="image/jpeg,image/png"
          capture="environment"
          hidden
          onChange={(event) => taken(event.currentTarget.files)}
        />
        <input
          ref={library}
          type="file"
          accept="image/jpeg,image/png"
          hidden
          aria-label={`Photo : ${label}`}
          onChange={(event) => taken(event.currentTarget.files)}
        />
      </div>
      {(refused ?? error) && (
        <Note tone="danger" live>
          {refused ?? error}
        </Note>
      )}
    </div>
  );
}
