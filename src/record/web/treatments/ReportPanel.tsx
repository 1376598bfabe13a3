import { Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { sayCount } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import {
  readLines,
  readPosology,
  recordContract,
  reportSources,
  sayPosology,
  unitOfLabel,
  type Written,
} from '../../contract.ts';
import { wrote } from '../use-record.ts';
import css from './treatments.module.css';

type From = keyof typeof reportSources;

/** What a patient, a letter or a pharmacy says is taken: one medicine a line, pasted or typed. */
export function ReportPanel({
  patient,
  patientName,
  first,
  onClose,
}: {
  patient: string;
  patientName: string;
  first: From;
  onClose: () => void;
}) {
  const { values, set, clear, state } = useDraft(
    `releve:${patient}`,
    { patient, form: 'releve', label: 'Relevé de traitements' },
    { from: first, title: '', at: '', text: '' },
  );
  const lines = readLines(values.text);
  const mutation = useMutation<Written, Error>({
    mutationFn: () =>
      call(recordContract.reportTreatments, {
        params: { patient },
        body: { from: values.from, title: values.title, at: values.at || null, lines },
      }),
    onSuccess: (written) => {
      clear();
      wrote(patient, written, 'Relevé noté : il attend la conciliation.');
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
    },
  });
  const refusal = mutation.error instanceof Refusal ? mutation.error : null;
  return (
    <PanelForm
      title="Noter un relevé de traitements"
      subtitle={patientName}
      verb={`Noter ${sayCount(lines.length, 'ligne', 'lignes')}`}
      ready={lines.length > 0}
      pending={mutation.isPending}
      draft={state}
      onDrop={clear}
      refusal={refusal}
      onSubmit={() => mutation.mutate()}
      onClose={onClose}
      wide
    >
      <Select
        label="D’où vient ce relevé"
        allowDeselect={false}
        data={Object.entries(reportSources).map(([value, label]) => ({ value, label }))}
        value={values.from}
        onChange={(from) => from && set({ from: from as From })}
      />
      <TextInput
        label="Titre"
        placeholder="Sortie de cardiologie, CH de Lannion"
        maxLength={200}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <DateField
        label="Date"
        placeholder="aujourd’hui"
        past
        value={values.at}
        onChange={(at) => set({ at })}
        error={refusal?.fields.at}
      />
      <Textarea
        label="Un médicament par ligne"
        description="Collez ou tapez : le médicament, puis comment il est pris."
        placeholder={'Metformine 1 000 mg 1-0-1\nKardégic 75 mg : 1 sachet le midi'}
        autosize
        minRows={5}
        maxRows={16}
        data-autofocus
        value={values.text}
        error={refusal?.fields.lines}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <ul className={`plain ${css.preview}`} aria-label="Lignes comprises">
        {lines.map((line, at) => {
          const { posology } = readPosology(line.dosage, unitOfLabel(line.label));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text, in its order
            <li key={at}>
              <span className="strong">{line.label}</span>
              <span className="small dim">
                {posology ? sayPosology(posology) : line.dosage ? `${line.dosage} (texte libre)` : 'posologie non dite'}
              </span>
            </li>
          );
        })}
      </ul>
    </PanelForm>
  );
}
