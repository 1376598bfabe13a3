import { Button, Checkbox, MultiSelect, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { Kbd, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { CheckIcon, CloseIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { Note } from '../../../web/ui/states.tsx';
import {
  documentTypes,
  type PatientBrief,
  type ReceivedLine,
  recordContract,
  type Sensitivity,
} from '../../contract.ts';
import { codesOf } from '../forms/choices.ts';
import css from './documents.module.css';
import { LabPart, writesResults } from './LabPart.tsx';
import { PatientChoice } from './PatientChoice.tsx';
import { SensitivityField } from '../forms/SensitivityField.tsx';

const tones = { sure: 'success', likely: 'info', possible: 'warning' } as const;

/** Of a file of many pages: how many are recognised by now, or at all. */
function howFar(line: ReceivedLine, { done, pages, running }: NonNullable<ReceivedLine['recognition']>): string {
  if (running) return ` (${done} page${done > 1 ? 's' : ''} sur ${pages})`;
  return (line.pages ?? 1) > pages ? ` (les ${pages} premières pages)` : '';
}
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
  const professionals = useQuery({ ...reading(recordContract.professionals), staleTime: 5 * 60_000 });
  const [other, setOther] = useState<PatientBrief | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [refusing, setRefusing] = useState<string | null>(null);
  const [form, setForm] = useState({
    ...line.guess,
    readers: line.guess.reader ? [line.guess.reader] : ([] as string[]),
    sign: false,
    team: false,
    sensitive: null as Sensitivity | null,
    replace: true,
    results: writesResults(line.lab),
    samePatient: false,
  });
  const touched = useRef(false);
  const set = (patch: Partial<typeof form>) => {
    touched.current = true;
    setForm((now) => ({ ...now, ...patch }));
  };
  // The text was read after the form was opened: what it says fills what nobody has touched.
  const guess = JSON.stringify(line.guess);
  const taken = useRef(guess);
  const take = useEffectEvent(() =>
    setForm((now) => ({ ...now, ...line.guess, readers: line.guess.reader ? [line.guess.reader] : [] })),
  );
  useEffect(() => {
    if (touched.current || taken.current === guess) return;
    taken.current = guess;
    take();
  }, [guess]);
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
  const { recognition } = line;
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
  useKeys({ a: accept, p: () => search.current?.focus(), x: () => setRefusing((now) => now ?? '') });
  const error = sort.error ?? refuse.error;
  const people = (professionals.data?.professionals ?? [])
    .filter((one) => one.care)
    .map((one) => ({ value: one.id, label: `${one.name}, ${one.role.toLowerCase()}` }));
  const fields = error instanceof Refusal ? error.fields : {};
  const another = error instanceof Refusal && error.extra.code === 'other-patient';
  return (
    <section className={`card pad stack ${css.side}`} aria-label="Classer ce document">
      <div className="stack tight">
        <h2>Patient</h2>
        {line.reading && (
          <p className="dim small">
            {line.recognition ? 'Reconnaissance du texte en cours…' : 'Lecture du texte en cours…'}
          </p>
        )}
        {recognition && recognition.confidence !== null && (
          <Note tone="info">
            Texte reconnu sur l’image, fiable à {recognition.confidence} %{howFar(line, recognition)} : vérifiez le
            patient et chaque champ sur le document.
          </Note>
        )}
        {line.unreadable && (
          <Note tone="warning">
            Le texte de ce fichier n’a pas pu être lu (abîmé, protégé ou trop lourd). Il est conservé tel qu’il est
            arrivé.
          </Note>
        )}
        {line.proposals.length > 0 && (
          <div role="radiogroup" aria-label="Patients proposés" className="stack tight">
            {line.proposals.map((one) => (
              <button
                key={one.patient.id}
                type="button"
                role="radio"
                aria-checked={patient?.id === one.patient.id}
                className={css.proposal}
                onClick={() => {
                  setOther(null);
                  setChosen(one.patient.id);
                  set({ samePatient: false });
                }}
              >
                <span className="row between">
                  <span className="strong">{one.patient.name}</span>
                  <Tag tone={tones[one.confidence]}>{one.confidenceLabel}</Tag>
                </span>
                <span className="dim small">
                  {[one.patient.birthName, `${one.patient.birthDateLabel}, ${one.patient.age}`, one.patient.place]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <span className="tiny dim">{one.reasons.join(' · ')}</span>
              </button>
            ))}
          </div>
        )}
        {!line.reading && line.proposals.length === 0 && (
          <p className="dim small">
            Aucun patient de la structure ne correspond
            {line.contentType.startsWith('image/') && !recognition?.confidence
              ? ' au nom de ce fichier ; une image ne dit rien d’autre.'
              : ' à ce texte.'}
          </p>
        )}
        {other && (
          <p className="row">
            <Tag tone="accent">Choisi</Tag> <span className="strong">{other.name}</span>{' '}
            <span className="dim small">{other.birthDateLabel}</span>
          </p>
        )}
        <PatientChoice
          label="Chercher un autre patient"
          inputRef={search}
          onChoose={(one) => {
            setOther(one);
            set({ samePatient: false });
          }}
        />
      </div>
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
      <TextInput
        label="Titre"
        value={form.title}
        error={fields.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Select
        label="Nature"
        searchable
        allowDeselect={false}
        data={codesOf(documentTypes)}
        value={form.documentType}
        error={fields.documentType}
        onChange={(documentType) => documentType && set({ documentType })}
      />
      <DateField
        label="Date de l’acte"
        placeholder="aujourd’hui"
        value={form.at}
        error={fields.at}
        onChange={(at) => set({ at })}
      />
      <TextInput
        label="Auteur"
        value={form.author}
        error={fields.author}
        onChange={(event) => set({ author: event.currentTarget.value })}
      />
      <MultiSelect
        label="À lire par"
        placeholder={form.readers.length ? undefined : 'Personne en particulier'}
        data={people}
        value={form.readers}
        searchable
        clearable
        error={fields.readers}
        onChange={(readers) => set({ readers })}
      />
      {form.readers.length > 0 ? (
        <Radio.Group
          aria-label="Ce qui est demandé"
          value={form.sign ? 'sign' : 'read'}
          onChange={(what) => set({ sign: what === 'sign' })}
        >
          <div className="row">
            <Radio value="read" label="À lire" />
            <Radio value="sign" label="À signer" />
          </div>
        </Radio.Group>
      ) : (
        <Checkbox
          label="À lire par l’équipe de soins du patient"
          checked={form.team}
          onChange={(event) => set({ team: event.currentTarget.checked })}
        />
      )}
      <SensitivityField value={form.sensitive} onChange={(sensitive) => set({ sensitive })} />
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
      {refusing === null ? (
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
            onClick={() => setRefusing('')}
            rightSection={<Kbd>X</Kbd>}
          >
            Pas de chez nous
          </Button>
        </div>
      ) : (
        <form
          className="stack tight"
          onSubmit={(event) => {
            event.preventDefault();
            if (refusing.trim()) refuse.mutate(refusing);
          }}
        >
          <TextInput
            label="Pourquoi ce document n’est pas de chez nous"
            autoFocus
            placeholder="patient inconnu, erreur de destinataire…"
            value={refusing}
            onChange={(event) => setRefusing(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setRefusing(null)}
          />
          <div className="row">
            <Button type="submit" color="red" variant="light" disabled={!refusing.trim()} loading={refuse.isPending}>
              Écarter ce document
            </Button>
            <Button variant="subtle" onClick={() => setRefusing(null)}>
              Renoncer
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
