import { Autocomplete, SegmentedControl, Select, TextInput } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { useMe } from '../../../web/session.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { recordContract, type Term, unitOfLabel } from '../../contract.ts';
import { EntryForm } from '../forms/EntryForm.tsx';
import css from '../forms/forms.module.css';
import { TermField } from '../forms/TermField.tsx';
import { type Editing, useEntry } from '../forms/use-entry.ts';
import { useRecord } from '../use-record.ts';
import { PosologyFields } from './PosologyFields.tsx';
import { ReasonField } from '../forms/ReasonField.tsx';

type State = 'current' | 'past' | 'planned' | 'suspended';
type Source = 'elsewhere' | 'patient' | 'self' | 'document' | 'dispense';
const sourceChoices: { value: Source; label: string }[] = [
  { value: 'elsewhere', label: 'Prescrit ailleurs' },
  { value: 'patient', label: 'Dit par le patient' },
  { value: 'self', label: 'Automédication' },
  { value: 'document', label: 'Lu dans un document' },
  { value: 'dispense', label: 'Délivré en pharmacie' },
];
const usualSource = (profession: string): Source =>
  profession === 'pharmacist'
    ? 'dispense'
    : ['physician', 'dental-surgeon', 'midwife', 'advanced-practice-nurse'].includes(profession)
      ? 'elsewhere'
      : 'patient';
const initial = {
  label: '',
  code: null as string | null,
  system: null as string | null,
  atc: null as string | null,
  substances: [] as string[],
  dosage: '',
  state: 'current' as State,
  from: '',
  until: '',
  course: null as 'continuous' | 'acute' | null,
  source: 'patient' as Source,
  prescriber: '',
  why: '',
  problem: null as string | null,
  note: '',
  reason: '',
};
/** What a chosen medicine brings: its code, its ATC code, its substances. */
const broughtBy = (term: Term | null) => ({
  code: term?.code ?? null,
  system: term?.system ?? null,
  atc: term?.medicine?.atc ?? null,
  substances: term?.medicine?.substances.map(({ label }) => label) ?? [],
});

/** What is taken, from whomever it comes: medicine, posology as it is said; the rest has its defaults. What is prescribed here is written by «Prescrire». */
export function TreatmentForm({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const me = useMe();
  const record = useRecord();
  const problems = (record.problems ?? []).filter(({ state }) => state === 'active');
  const entry = useEntry({
    patient,
    form: 'treatment',
    label: 'Traitement',
    initial: { ...initial, source: usualSource(me.profession) },
    editing,
    send: (values, version, sending) => {
      const problem =
        problems.find(({ label }) => label === values.why)?.id ??
        (values.problem && !values.why ? values.problem : null);
      const body = {
        ...values,
        problem,
        from: values.from || null,
        until: values.until || null,
        prescriber: values.prescriber || null,
        why: problem ? null : values.why || null,
        note: values.note || null,
        reason: values.reason || null,
        version,
      };
      return editing
        ? call(recordContract.correctTreatment, { params: { patient, id: editing.id }, body })
        : call(recordContract.addTreatment, { params: { patient }, body }, sending);
    },
    message: (values) => (editing ? 'Traitement corrigé.' : `Traitement ajouté : ${values.label}.`),
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const why = values.why || problems.find(({ id }) => id === values.problem)?.label || '';
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger le traitement' : 'Ajouter un traitement'}
      verb={editing ? 'Corriger le traitement' : 'Ajouter le traitement'}
      ready={!!values.label.trim()}
      onClose={onClose}
    >
      <TermField
        list="medicines"
        label="Médicament ou traitement"
        data-autofocus
        placeholder="Metformine 1 000 mg"
        value={values.label}
        coded={values.code !== null}
        error={error('label')}
        onChange={(label, term) => set({ label, ...broughtBy(term) })}
      />
      <PosologyFields
        value={values.dosage}
        onChange={(dosage) => set({ dosage })}
        unit={unitOfLabel(values.label)}
        error={error('dosage')}
      />
      <Select
        label="Source"
        allowDeselect={false}
        data={sourceChoices}
        value={values.source}
        onChange={(source) => source && set({ source: source as Source })}
        error={error('source')}
      />
      {(values.source === 'elsewhere' || values.prescriber) && (
        <TextInput
          label="Prescripteur"
          placeholder="Dr Salou, cardiologue"
          value={values.prescriber ?? ''}
          onChange={(event) => set({ prescriber: event.currentTarget.value })}
        />
      )}
      <Autocomplete
        label="Pour"
        placeholder="problème du dossier ou quelques mots"
        data={problems.map(({ label }) => label).filter((label, at, all) => all.indexOf(label) === at)}
        limit={8}
        value={why}
        onChange={(next) => set({ why: next, problem: null })}
        error={error('problem') ?? error('why')}
      />
      <div className={css.pair}>
        <DateField
          label="Depuis"
          partial
          past
          value={values.from ?? ''}
          onChange={(from) => set({ from })}
          error={error('from')}
        />
        <DateField
          label="Jusqu’au"
          value={values.until ?? ''}
          onChange={(until) => set({ until })}
          error={error('until')}
        />
      </div>
      <SegmentedControl
        aria-label="Durée"
        fullWidth
        size="xs"
        value={values.course ?? 'auto'}
        onChange={(course) => set({ course: course === 'auto' ? null : (course as 'continuous' | 'acute') })}
        data={[
          { value: 'auto', label: 'Selon les dates' },
          { value: 'continuous', label: 'Au long cours' },
          { value: 'acute', label: 'Courte durée' },
        ]}
      />
      {editing && (
        <Select
          label="État"
          allowDeselect={false}
          data={[
            { value: 'current', label: 'En cours' },
            { value: 'suspended', label: 'Suspendu' },
            { value: 'planned', label: 'Prévu' },
            { value: 'past', label: 'Terminé' },
          ]}
          value={values.state}
          onChange={(state) => state && set({ state: state as State })}
        />
      )}
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
