import { ActionIcon, Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { Refusal, upload, urlOf } from '../../../web/api.ts';
import { ProgressBar } from '../../../web/ui/bits.tsx';
import { ImageIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { type Answer, recordContract, type Written } from '../../contract.ts';
import css from './sections.module.css';

/** A photograph: taken with the telephone or chosen, kept as a document of the record at once, tied to the answer. */
export function PhotoAnswer({
  patient,
  label,
  answer,
  onChange,
  error,
}: {
  patient: string | null;
  label: string;
  answer: Answer | undefined;
  onChange: (answer: Answer | undefined) => void;
  error: string | undefined;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [refused, setRefused] = useState<string>();
  const id = answer?.valueAttachment?.url?.split('/')[1];
  const take = async (file: File | undefined) => {
    if (!file || !patient) return;
    setRefused(undefined);
    setShare(0);
    const form = new FormData();
    form.set('documentType', '72170-4');
    form.set('title', label.slice(0, 150));
    form.set('file', file);
    try {
      const { lines } = (await upload(recordContract.uploadDocument, { patient }, form, setShare)) as Written;
      onChange({
        valueAttachment: {
          url: `DocumentReference/${lines[0]!.id}`,
          title: label.slice(0, 150),
          contentType: file.type,
        },
      });
    } catch (refusal) {
      setRefused(refusal instanceof Refusal ? refusal.message : 'La photo n’a pas pu être envoyée. Réessayez.');
    } finally {
      setShare(null);
    }
  };
  return (
    <div>
      <span className={css.label}>{label}</span>
      <div className={css.photo} style={{ marginTop: 4 }}>
        {id && patient && <img src={urlOf(recordContract.documentContent, { params: { patient, id } })} alt={label} />}
        {share === null ? (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<ImageIcon size={16} />}
            disabled={!patient}
            onClick={() => input.current?.click()}
          >
            {id ? 'Remplacer la photo' : 'Prendre ou choisir une photo'}
          </Button>
        ) : (
          <div style={{ width: 200 }}>
            <ProgressBar share={share} label="Envoi de la photo" />
          </div>
        )}
        {id && (
          <ActionIcon aria-label={`Retirer la photo : ${label}`} onClick={() => onChange(undefined)}>
            <RemoveIcon size={16} />
          </ActionIcon>
        )}
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png"
          capture="environment"
          hidden
          aria-label={`Photo : ${label}`}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
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
