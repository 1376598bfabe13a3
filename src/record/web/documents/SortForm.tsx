import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { CheckIcon, CloseIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { Note } from '../../../web/ui/states.tsx';
import { type PatientBrief, type ReceivedLine, recordContract } from '../../contract.ts';
import css from './documents.module.css';
import { LabPart } from './LabPart.tsx';
import { RefuseForm } from './RefuseForm.tsx';
import { SortFields } from './SortFields.tsx';
import { SortPatient } from './SortPatient.tsx';
import { useSorting } from './use-sorting.ts';

/** What the file is and where it goes: everything is filled from its text, one looks and presses once. */
export function SortForm({
  line,
  url,
  onDone,
  onAgain,
}: {
  line: ReceivedLine;
  url: string;
  onDone: (line: ReceivedLine, words: string) => void;
  onAgain: () => void;
}) {
  const [other, setOther] = useState<PatientBrief | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [refusing, setRefusing] = useState(false);
  const [form, set] = useSorting(line);
  const search = useRef<HTMLInputElement>(null);
  const proposed = line.proposals.map(({ patient }) => patient);
  const patient =
    other ??
    proposed.find(({ id }) => id === chosen) ??
    (chosen === null && line.proposals[0] && line.proposals[0].confidence !== 'possible' ? proposed[0] : undefined);
  const against = useQuery({
    ...reading(recordContract.received, { params: { document: line.document }, query: { patient: patient?.id } }),
    enabled: !!patient && !line.reading,
  });
  const alike = against.data?.alike ?? line.alike;
  const lab = line.lab && { ...line.lab, known: against.data?.lab?.known ?? null };
  const earlier = alike.find(({ kind }) => kind === 'earlier');
  const sort = useMutation({
    mutationFn: (to: PatientBrief) =>
      call(recordContract.sortDocument, {
        params: { document: line.document },
        body: {
          version: line.version,
          patient: to.id,
          title: form.title,
          documentType: form.documentType,
          at: form.at || null,
          author: form.author,
          readers: form.readers.map((practitioner) => ({ practitioner, sign: form.sign })),
          team: form.team && form.readers.length === 0,
          sensitive: form.sensitive,
          replaces: earlier && form.replace ? earlier.document : null,
          results: form.results && lab !== null && lab.values > 0 && !lab.several,
          samePatient: form.samePatient,
        },
      }),
    onSuccess: (sorted, to) => onDone(sorted, `Classé dans le dossier de ${to.name}.`),
    onError: (error) => {
      if (error instanceof Refusal && error.status === 409) onAgain();
    },
  });
  const refuse = useMutation({
    mutationFn: (reason: string) =>
      call(recordContract.refuseDocument, {
        params: { document: line.document },
        body: { version: line.version, reason },
      }),
    onSuccess: (refused) => onDone(refused, 'Écarté : pas de chez nous.'),
    onError: (error) => {
      if (error instanceof Refusal && error.status === 409) onAgain();
    },
  });
  const accept = () => {
    if (patient && !sort.isPending) sort.mutate(patient);
  };
  useKeys({ a: accept, p: () => search.current?.focus(), x: () => setRefusing(true) });
  const error = sort.error ?? refuse.error;
  const fields = error instanceof Refusal ? error.fields : {};
  const another = error instanceof Refusal && error.extra.code === 'other-patient';
  return (
    <section className={`card pad stack ${css.side}`} aria-label="Classer ce document">
      <SortPatient
        line={line}
        patient={patient}
        other={other}
        search={search}
        onPropose={(id) => {
          setOther(null);
          setChosen(id);
          set({ samePatient: false });
        }}
        onOther={(one) => {
          setOther(one);
          set({ samePatient: false });
        }}
      />
      {alike.map((one) => (
        <Note key={one.document} tone="warning">
          {one.words}
          {one.patient && one.patient.id !== patient?.id && <> ({one.patient.name})</>}
        </Note>
      ))}
      {earlier && (
        <Checkbox
          label="Ce document le remplace ; l’ancien reste lisible"
          checked={form.replace}
          onChange={(event) => set({ replace: event.currentTarget.checked })}
        />
      )}
      {lab && (
        <LabPart
          lab={lab}
          url={url}
          patient={patient}
          write={{ checked: form.results, error: fields.results, onChange: (results) => set({ results }) }}
        />
      )}
      <SortFields form={form} set={set} errors={fields} />
      {error && (
        <Note tone="danger" live>
          {error instanceof Refusal ? error.message : 'Le classement n’a pas abouti. Rien n’est perdu : réessayez.'}
        </Note>
      )}
      {another && (
        <Checkbox
          label={`C’est bien ${patient?.name ?? 'ce patient'} : j’ai vérifié son identité`}
          checked={form.samePatient}
          onChange={(event) => set({ samePatient: event.currentTarget.checked })}
        />
      )}
      {refusing ? (
        <RefuseForm
          pending={refuse.isPending}
          onRefuse={(reason) => refuse.mutate(reason)}
          onClose={() => setRefusing(false)}
        />
      ) : (
        <div className={css.acts}>
          <Button
            leftSection={<CheckIcon size={16} />}
            disabled={!patient}
            loading={sort.isPending}
            onClick={accept}
            rightSection={<Kbd>A</Kbd>}
          >
            {patient ? `Classer chez ${patient.name}` : 'Choisissez le patient'}
          </Button>
          <Button
            variant="subtle"
            leftSection={<CloseIcon size={16} />}
            onClick={() => setRefusing(true)}
            rightSection={<Kbd>X</Kbd>}
          >
            Pas de chez nous
          </Button>
        </div>
      )}
    </section>
  );
}
