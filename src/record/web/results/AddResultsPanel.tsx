import { Button, Checkbox, MultiSelect, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading } from '../../../web/api.ts';
import { readDate, sayCount, sayDate, sayTime } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, ErrorState, Note } from '../../../web/ui/states.tsx';
import {
  analyteOf,
  labAnalytes,
  lettersOf,
  panels,
  readLabText,
  recordContract,
  type ResultsBody,
  type ResultView,
  unlike,
  unitShown,
} from '../../contract.ts';
import { EntryForm } from '../forms/EntryForm.tsx';
import { useEntry } from '../forms/use-entry.ts';
import { usePanel, useRecord } from '../use-record.ts';
import { EntryRows } from './EntryRows.tsx';
import { ReadPart } from './ReadPart.tsx';
import { computedHere, filled, type Row, rowOf, rowsOfPanel, rowsOfView, rowsRead, valueOf } from './rows.ts';
import css from './results.module.css';
import { refreshResults } from './use-results.ts';

export interface Values {
  panel: string;
  rows: Row[];
  day: string;
  time: string;
  lab: string;
  number: string;
  comment: string;
  partial: boolean;
  reader: string;
  requests: string[];
  source: string;
  ranges: boolean;
  samePatient: boolean;
  confirmed: boolean;
  reason: string;
  /** Report that this number already has: written as its next version. */
  over: { report: string; version: number } | null;
}
const acknowledgers = new Set(['physician', 'midwife', 'dental-surgeon', 'advanced-practice-nurse']);
const empty: Values = {
  panel: 'nfs',
  rows: rowsOfPanel('nfs', []),
  day: '',
  time: '',
  lab: '',
  number: '',
  comment: '',
  partial: false,
  reader: '',
  requests: [],
  source: '',
  ranges: false,
  samePatient: false,
  confirmed: false,
  reason: '',
  over: null,
};

/** A laboratory report, typed by panel, pasted, or read from the laboratory's file; corrected or completed when `report` is given. */
export default function AddResultsPanel({
  patient,
  report,
  onClose,
}: {
  patient: string;
  report?: string;
  onClose: () => void;
}) {
  const view = useQuery({
    ...reading(recordContract.result, { params: { patient, id: report ?? '' } }),
    enabled: report !== undefined,
    staleTime: 'static',
    gcTime: 0,
  });
  if (report && !view.data)
    return (
      <SidePanel title="Corriger des résultats" onClose={onClose} wide>
        {view.error ? <ErrorState error={view.error} retry={() => void view.refetch()} /> : <Bone h={240} />}
      </SidePanel>
    );
  return <Form patient={patient} view={view.data} onClose={onClose} />;
}

const startOf = (view: ResultView): Values => ({
  ...empty,
  panel: panels.find((one) => one.label === view.label)?.id ?? '',
  rows: rowsOfView(view),
  day: view.at?.slice(0, 10) ?? '',
  time: view.at && view.at.length > 10 ? sayTime(view.at).replace(/\s/g, '').replace('h', ':') : '',
  lab: view.lab,
  number: view.number,
  comment: view.comment,
  partial: view.partial,
  requests: view.requests.map((one) => one.id),
  ranges: view.values.some((one) => one.low !== null || one.high !== null),
});

function Form({ patient, view, onClose }: { patient: string; view: ResultView | undefined; onClose: () => void }) {
  const record = useRecord();
  const [, setPanel] = usePanel();
  const { birthDate, sex } = record.header.patient;
  const [way, setWay] = useState<'type' | 'read'>('type');
  const entry = useEntry<Values>({
    patient,
    form: 'results',
    label: 'Résultats de biologie',
    initial: empty,
    ...(view && {
      editing: {
        type: 'DiagnosticReport',
        id: view.id,
        version: view.version,
        title: view.label,
        values: startOf(view) as unknown as Record<string, unknown>,
      },
    }),
    send: (values, version) => {
      const body: ResultsBody = {
        panel: values.panel || null,
        title: view && !values.panel ? view.label : '',
        at: values.day
          ? `${sayDate(values.day)}${values.time ? ` ${values.time}` : ''}`
          : values.time
            ? `auj ${values.time}`
            : null,
        lab: values.lab,
        number: values.number,
        specimen: view?.specimen ?? '',
        status: values.partial ? 'preliminary' : 'final',
        comment: values.comment,
        reader: values.reader || null,
        requests: values.requests,
        values: filled(values.rows).map(valueOf),
        source: values.source || null,
        samePatient: values.samePatient,
        confirmed: values.confirmed,
        sensitive: view ? undefined : null,
      };
      if (view && version !== undefined)
        return call(recordContract.correctResults, {
          params: { patient, id: view.id },
          body: { ...body, version, reason: values.reason },
        });
      if (values.over)
        return call(recordContract.correctResults, {
          params: { patient, id: values.over.report },
          body: { ...body, version: values.over.version, reason: 'Nouvelle version du laboratoire' },
        });
      return call(recordContract.addResults, { params: { patient }, body });
    },
    message: (values) =>
      view
        ? 'Résultat corrigé.'
        : `${sayCount(filled(values.rows).length, 'valeur enregistrée', 'valeurs enregistrées')}.`,
    onDone: () => {
      void refreshResults([]);
      onClose();
    },
  });
  const { values, set } = entry;
  const orders = useQuery({
    ...reading(recordContract.orders, { params: { patient } }),
    enabled: record.rights.see.includes('exchanges'),
  });
  const asked = (orders.data?.prescriptions ?? []).flatMap((one) =>
    one.lines
      .filter(
        (line) =>
          line.type === 'ServiceRequest' &&
          line.kind === 'biology' &&
          (['to-do', 'sampled', 'in-progress'].includes(line.status?.state ?? '') || values.requests.includes(line.id)),
      )
      .map((line) => ({ value: line.id, label: `${line.label}, du ${sayDate(one.at)}` })),
  );
  const age = birthDate
    ? Math.floor((Date.parse(values.day || new Date().toISOString()) - Date.parse(birthDate)) / 31_557_600_000)
    : null;
  const person = { age, sex };
  const given = filled(values.rows);
  const computed = computedHere(values.rows, person);
  const readers = [
    ...record.header.team.members
      .filter((one) => one.inside && one.id && acknowledgers.has(one.profession ?? ''))
      .map((one) => ({ value: one.id!, label: one.name })),
  ];
  const code = entry.refusal?.extra.code;
  const onlyUnits = Object.keys(entry.refusal?.fields ?? {}).every((field) => field.endsWith('.unit'));
  const { name, birthName } = record.header.patient;

  const read = (text: string) => {
    const found = readLabText(text);
    const [family = ''] = name.split(/ (?=[^ ]*[a-zà-ÿ])/);
    // The name as the record shows it: capitals, then the given name.
    const givens = name.slice(family.length).trim();
    const differs = unlike(found.traits, {
      names: [family, birthName?.replace(/^née? /, '') ?? ''].filter(Boolean),
      givens: givens ? [givens] : [],
      birthDate: birthDate ?? null,
      sex,
    });
    set({
      source: text,
      rows: rowsRead(found),
      panel: '',
      samePatient: false,
      ...(found.lab && { lab: found.lab }),
      ...(found.number && { number: found.number }),
      ...(found.at && { day: found.at.slice(0, 10), time: found.at.slice(11, 16) }),
      comment: found.comments.join('\n').slice(0, 10_000),
      ranges: found.values.some((one) => one.low !== null || one.high !== null),
      partial: found.values.some((one) => one.status === 'preliminary'),
      over: null,
    });
    return { found, differs };
  };
  const readFile = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return read(lettersOf(bytes));
  };
  return (
    <EntryForm
      entry={entry}
      wide
      title={view ? 'Corriger ou compléter' : 'Saisir des résultats'}
      verb={
        view
          ? 'Enregistrer la correction'
          : values.over
            ? 'Enregistrer la nouvelle version'
            : given.length > 1
              ? `Enregistrer ${given.length} valeurs`
              : 'Enregistrer'
      }
      ready={(given.length > 0 || values.comment.trim() !== '') && (!view || values.reason.trim().length >= 3)}
      onClose={onClose}
    >
      {!view && (
        <SegmentedControl
          fullWidth
          aria-label="Comment saisir"
          value={way}
          onChange={(next) => setWay(next as 'type' | 'read')}
          data={[
            { value: 'type', label: 'Taper un bilan' },
            { value: 'read', label: 'Coller ou choisir un fichier' },
          ]}
        />
      )}
      {view && (
        <TextInput
          label="Raison de la correction"
          placeholder="résultat complet, erreur du laboratoire…"
          required
          data-autofocus
          value={values.reason}
          error={entry.error('reason')}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      )}
      {way === 'read' && !view && <ReadPart read={read} readFile={readFile} source={values.source} />}
      {(way === 'type' || view) && (
        <Select
          label="Bilan"
          searchable
          allowDeselect={false}
          data-autofocus={!view || undefined}
          value={values.panel || null}
          placeholder={view ? view.label : 'Choisir un bilan'}
          data={panels.map((one) => ({ value: one.id, label: one.label }))}
          onChange={(panel) => panel && set({ panel, rows: rowsOfPanel(panel, values.rows) })}
        />
      )}
      {code === 'other-patient' && (
        <Checkbox
          label="C’est bien le compte rendu de ce patient, malgré ce qui diffère."
          checked={values.samePatient}
          onChange={(event) => set({ samePatient: event.currentTarget.checked })}
        />
      )}
      {code === 'implausible' && (
        <Checkbox
          label={
            onlyUnits
              ? 'Ces unités sont bien celles du laboratoire, je les confirme.'
              : 'Ces valeurs sont inhabituelles, je les confirme.'
          }
          checked={values.confirmed}
          onChange={(event) => set({ confirmed: event.currentTarget.checked })}
        />
      )}
      {code === 'already-here' && !values.over && (
        <Note
          tone="warning"
          action={
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                set({
                  over: { report: String(entry.refusal!.extra.report), version: Number(entry.refusal!.extra.version) },
                })
              }
            >
              Nouvelle version
            </Button>
          }
        >
          <button
            type="button"
            className="plain-button"
            onClick={() => setPanel(`resultat:${String(entry.refusal!.extra.report)}`)}
          >
            Voir celui qui est au dossier
          </button>
        </Note>
      )}
      {(way === 'type' || view || values.rows.some((row) => row.read)) && (
        <EntryRows
          rows={values.rows}
          ranges={values.ranges}
          person={person}
          error={entry.error}
          onChange={(rows) => set({ rows })}
        />
      )}
      {computed.length > 0 && (
        <p className="small dim">
          À l’enregistrement, calculé :{' '}
          {computed
            .map(
              (one) =>
                `${analyteOf(one.code)!.label} ${String(one.value).replace('.', ',')} ${unitShown(analyteOf(one.code)!.unit)} (${one.formula})`,
            )
            .join(', ')}
          .
        </p>
      )}
      <div className="row wrap">
        <Select
          aria-label="Ajouter une analyse"
          placeholder="Autre analyse…"
          searchable
          clearable
          value={null}
          data={labAnalytes
            .filter((one) => !values.rows.some((row) => row.code === one.code))
            .map((one) => ({ value: one.code, label: one.label }))}
          onChange={(one) => one && set({ rows: [...values.rows, rowOf(analyteOf(one)!)] })}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() =>
            set({
              rows: [
                ...values.rows,
                {
                  key: `own-${values.rows.length}-${Date.now()}`,
                  code: null,
                  label: '',
                  typed: '',
                  unit: '',
                  low: '',
                  high: '',
                  flag: null,
                  observation: null,
                  read: false,
                  left: '',
                },
              ],
            })
          }
        >
          Analyse libre
        </Button>
        <Checkbox
          label="Normes du laboratoire"
          checked={values.ranges}
          onChange={(event) => set({ ranges: event.currentTarget.checked })}
        />
      </div>
      <div className={css.about}>
        <DateField
          label="Prélevé le"
          description="Vide : maintenant"
          value={values.day}
          onChange={(day) => set({ day })}
          max={readDate('auj')!}
          error={entry.error('at')}
        />
        <TextInput
          label="Heure"
          placeholder="hh:mm"
          inputMode="numeric"
          value={values.time}
          onChange={(event) => set({ time: event.currentTarget.value })}
        />
        <TextInput
          label="Laboratoire"
          value={values.lab}
          maxLength={150}
          onChange={(event) => set({ lab: event.currentTarget.value })}
        />
        <TextInput
          label="N° du compte rendu"
          value={values.number}
          maxLength={60}
          onChange={(event) => set({ number: event.currentTarget.value })}
        />
        <Select
          label="À valider par"
          placeholder="Prescripteur ou médecin traitant"
          clearable
          value={values.reader || null}
          data={readers}
          error={entry.error('reader')}
          onChange={(reader) => set({ reader: reader ?? '' })}
        />
        {asked.length > 0 && (
          <MultiSelect
            label="Répond à la prescription"
            placeholder={values.requests.length ? undefined : 'Choisir'}
            clearable
            value={values.requests}
            data={asked}
            error={entry.error('requests')}
            onChange={(requests) => set({ requests })}
          />
        )}
        <Checkbox
          label="Résultat partiel, la suite viendra"
          checked={values.partial}
          onChange={(event) => set({ partial: event.currentTarget.checked })}
        />
      </div>
      <Textarea
        label="Commentaire du laboratoire"
        autosize
        minRows={1}
        maxLength={10_000}
        value={values.comment}
        onChange={(event) => set({ comment: event.currentTarget.value })}
      />
    </EntryForm>
  );
}
