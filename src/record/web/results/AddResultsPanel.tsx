import { SegmentedControl, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import {
  analyteOf,
  lettersOf,
  panels,
  readLabText,
  recordContract,
  type ResultView,
  unlike,
  unitShown,
} from '../../contract.ts';
import { EntryForm } from '../forms/EntryForm.tsx';
import { useEntry } from '../forms/use-entry.ts';
import { useRecord } from '../use-record.ts';
import { EntryRows } from './EntryRows.tsx';
import { ReadPart } from './ReadPart.tsx';
import { computedHere, filled, rowsOfPanel, rowsRead } from './rows.ts';
import { refreshResults } from './use-results.ts';
import { AboutReport } from './AboutReport.tsx';
import { MoreRows } from './MoreRows.tsx';
import { ReportDoubts } from './ReportDoubts.tsx';
import { bodyOf, empty, startOf, type Values } from './report-values.ts';
import { ReasonField } from '../forms/ReasonField.tsx';

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
        {failureOf(view) ? <Failure of={view} /> : <Bone h={240} />}
      </SidePanel>
    );
  return <Form patient={patient} view={view.data} onClose={onClose} />;
}

function Form({ patient, view, onClose }: { patient: string; view: ResultView | undefined; onClose: () => void }) {
  const record = useRecord();
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
      const body = bodyOf(values, view);
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
  const age = birthDate
    ? Math.floor((Date.parse(values.day || new Date().toISOString()) - Date.parse(birthDate)) / 31_557_600_000)
    : null;
  const person = { age, sex };
  const given = filled(values.rows);
  const computed = computedHere(values.rows, person);
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
        <ReasonField
          placeholder="résultat complet, erreur du laboratoire…"
          required
          data-autofocus
          value={values.reason}
          error={entry.error('reason')}
          onChange={(reason) => set({ reason })}
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
      <ReportDoubts entry={entry} />
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
      <MoreRows values={values} set={set} />
      <AboutReport entry={entry} />
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
