import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call, Refusal, upload } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { sayNumber } from '../../../web/say.ts';
import { ProgressBar } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { FileFrame } from '../../../web/ui/FileFrame.tsx';
import { DocumentIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { DraftWords } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { documentTypes, recordContract, type Sensitivity } from '../../contract.ts';
import { FilePreview } from '../documents/FileViewer.tsx';
import { useRecord, wrote } from '../use-record.ts';
import { codesOf } from './choices.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { type Editing, useEntry } from './use-entry.ts';
import { SensitivityField } from './SensitivityField.tsx';
import { ReasonField } from './ReasonField.tsx';

const accepted = ['application/pdf', 'image/png', 'image/jpeg', 'image/tiff'];
const sizeOf = (bytes: number): string =>
  bytes > 900_000 ? `${sayNumber(bytes / 1_048_576, 1)} Mo` : `${sayNumber(bytes / 1024, 0)} ko`;

/** Attaches a PDF or an image: dropped, chosen, pasted or photographed; seen before it is sent. */
export function DocumentForm({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { header } = useRecord();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [refused, setRefused] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const {
    values: form,
    set,
    clear,
    state,
  } = useDraft(
    `document:${patient}`,
    { patient, form: 'document', label: 'Document' },
    {
      title: null as string | null,
      documentType: '34109-9',
      at: '',
      note: '',
      sensitive: null as Sensitivity | null,
      toRead: false,
    },
  );
  // Of the file until one writes another; a file alone is no draft.
  const title = form.title ?? file?.name.replace(/\.\w+$/, '').replace(/[_-]+/g, ' ') ?? '';
  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    if (!accepted.includes(chosen.type))
      return setRefused('Ce format n’est pas accepté. Choisissez un PDF, un PNG, un JPEG ou un TIFF.');
    if (chosen.size > 20 * 1_048_576)
      return setRefused(`Ce fichier fait ${sizeOf(chosen.size)} ; la limite est de 20 Mo.`);
    setRefused('');
    setFile(chosen);
  };
  useWindowEvent('paste', (event) => take(event.clipboardData?.files[0]));
  const send = useMutation({
    mutationFn: () => {
      const data = new FormData();
      // The fields come first: the server knows what the file is before it reads it.
      for (const [name, value] of Object.entries({ ...form, title }))
        if (value !== '' && value !== null) data.set(name, String(value));
      data.set('file', file!, file!.name);
      setShare(0);
      return upload(recordContract.uploadDocument, { patient }, data, setShare);
    },
    onSuccess: (written) => {
      clear();
      wrote(patient, written, 'Document ajouté.');
      onClose();
    },
    onSettled: () => setShare(null),
  });
  const error = (name: string) => (send.error instanceof Refusal ? send.error.fields[name] : undefined);
  return (
    <SidePanel
      title="Ajouter un document"
      subtitle={`${header.patient.name}, ${header.patient.age}`}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} disabled={!file} loading={send.isPending}>
            Ajouter le document
          </Button>
          <DraftWords state={state} drop={clear} />
        </>
      }
    >
      <form
        id={id}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (file) send.mutate();
        }}
      >
        {file ? (
          <>
            <div className={css.file}>
              <DocumentIcon size={20} />
              <span className="grow clip">
                {file.name} <span className="dim small num">{sizeOf(file.size)}</span>
              </span>
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<RemoveIcon size={15} />}
                onClick={() => setFile(null)}
              >
                Retirer
              </Button>
            </div>
            <FilePreview file={file} />
          </>
        ) : (
          <FileFrame
            label="Fichier à ajouter"
            words="Déposez ou collez ici un PDF ou une image"
            hint="PDF, PNG, JPEG ou TIFF, 20 Mo au plus"
            accept={accepted.join(',')}
            take={([chosen]) => take(chosen)}
            autoFocus
          />
        )}
        {refused && (
          <Note tone="danger" live>
            {refused}
          </Note>
        )}
        <TextInput
          label="Titre"
          value={title}
          error={error('title')}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Select
          label="Nature"
          searchable
          allowDeselect={false}
          data={codesOf(documentTypes)}
          value={form.documentType}
          onChange={(type) => type && set({ documentType: type })}
        />
        <DateField
          label="Date du document"
          placeholder="aujourd’hui"
          value={form.at}
          error={error('at')}
          onChange={(at) => set({ at })}
        />
        <Textarea
          label="Remarque"
          autosize
          minRows={2}
          value={form.note}
          error={error('note')}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <SensitivityField value={form.sensitive} onChange={(sensitive) => set({ sensitive })} />
        <Checkbox
          label="À faire lire"
          description="Le document apparaît « à lire » jusqu’à ce qu’un professionnel l’ait vu."
          checked={form.toRead}
          onChange={(event) => set({ toRead: event.currentTarget.checked })}
        />
        {share !== null && <ProgressBar share={share} label="Envoi du fichier" />}
        {send.error && (
          <Note tone="danger" live>
            {send.error instanceof Refusal
              ? send.error.message
              : 'L’envoi n’a pas abouti. Le fichier est toujours choisi : réessayez.'}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}

/** What is said about a document; the file itself never changes. */
export function DocumentCorrection({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing: Editing;
  onClose: () => void;
}) {
  const entry = useEntry({
    patient,
    form: 'document',
    label: 'Document',
    initial: {
      title: '',
      documentType: '34109-9',
      at: '',
      note: '',
      sensitive: null as Sensitivity | null,
      reason: '',
    },
    editing,
    send: (values, version) =>
      call(recordContract.correctDocument, {
        params: { patient, id: editing.id },
        body: {
          ...values,
          at: values.at || null,
          note: values.note || null,
          reason: values.reason || null,
          version: version!,
        },
      }),
    message: 'Document corrigé.',
    onDone: onClose,
  });
  const { values, set, error } = entry;
  return (
    <EntryForm
      entry={entry}
      title="Corriger le document"
      verb="Corriger le document"
      ready={!!values.title.trim()}
      onClose={onClose}
    >
      <TextInput
        label="Titre"
        data-autofocus
        value={values.title}
        error={error('title')}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Select
        label="Nature"
        searchable
        allowDeselect={false}
        data={codesOf(documentTypes)}
        value={values.documentType}
        onChange={(documentType) => documentType && set({ documentType })}
      />
      <DateField label="Date du document" value={values.at ?? ''} onChange={(at) => set({ at })} error={error('at')} />
      <Textarea
        label="Remarque"
        autosize
        minRows={2}
        value={values.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />
      <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />
    </EntryForm>
  );
}
