import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { call } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import {
  historyTopics,
  kindOfTopic,
  mayBeNone,
  noneKnownWords,
  recordContract,
  relatives,
  type Sensitivity,
  subjectOfHistory,
} from '../../contract.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';
import { codesOf } from './choices.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { TermField } from './TermField.tsx';
import { type Editing, useEntry } from './use-entry.ts';
import { SubjectAnswers } from './SubjectAnswers.tsx';
import { SubjectField } from './SubjectField.tsx';
import { numberTyped, shown, type Topic, whatLabels } from './history-topics.ts';
import { SensitivityField } from './SensitivityField.tsx';
import { ReasonField } from './ReasonField.tsx';

const isTopic = (word: string | undefined): word is Topic => historyTopics.some((one) => one.code === word);

/** History and risk (DOS-2): picked in a few keys, coded where a code says it, free words always. `antecedent:social` opens it on a topic. */
export function HistoryForm({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const [panel] = usePanel();
  const asked = panel?.split(':')[1];
  const record = useRecord();
  // A nurse notes how someone lives, and reads the rest.
  const topics = historyTopics.filter(({ code }) => mayAdd(record, kindOfTopic(code)));
  const figures =
    editing &&
    Object.fromEntries(
      ['perDay', 'years', 'packYears', 'glasses', 'age'].map((name) => [name, shown(editing.values[name])]),
    );
  const entry = useEntry({
    patient,
    form: isTopic(asked) && !editing ? `history:${asked}` : 'history',
    label: 'Antécédent',
    initial: {
      topic: (isTopic(asked) ? asked : (topics[0]?.code ?? 'lifestyle')) as Topic,
      noneKnown: false,
      label: '',
      code: null as string | null,
      system: null as string | null,
      also: [] as { system: string; code: string }[],
      subject: null as string | null,
      answers: [] as string[],
      perDay: '',
      years: '',
      packYears: '',
      stopped: '',
      glasses: '',
      relative: null as string | null,
      age: '',
      died: false,
      at: '',
      note: '',
      sensitive: null as Sensitivity | null,
      reason: '',
    },
    editing: editing && { ...editing, values: { ...editing.values, ...figures } },
    send: (values, version, sending) => {
      const family = values.topic === 'family';
      const body = {
        ...values,
        relative: family ? values.relative : null,
        died: family && values.died,
        age: family || values.topic === 'personal' ? numberTyped(values.age) : null,
        perDay: numberTyped(values.perDay),
        years: numberTyped(values.years),
        packYears: numberTyped(values.packYears),
        glasses: numberTyped(values.glasses),
        stopped: values.stopped || null,
        at: values.at || null,
        note: values.note || null,
        reason: values.reason || null,
        version,
      };
      return editing
        ? call(recordContract.correctHistory, { params: { patient, type: editing.type, id: editing.id }, body })
        : call(recordContract.addHistory, { params: { patient }, body }, sending);
    },
    message: (values) =>
      editing
        ? 'Antécédent corrigé.'
        : values.noneKnown && mayBeNone(values.topic)
          ? `Noté : ${noneKnownWords[values.topic].toLowerCase()}.`
          : `Ajouté : ${values.label || subjectOfHistory(values.subject)?.label}.`,
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const subject = subjectOfHistory(values.subject);
  const coded = values.topic === 'personal' || values.topic === 'family' || values.topic === 'procedure';
  const answered = useRef<HTMLDivElement>(null);
  const shownFor = useRef<string | null>(values.subject);
  // A subject that was just picked takes the place of the field: the focus goes on to its answers.
  useEffect(() => {
    if (values.subject && shownFor.current !== values.subject)
      answered.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
    shownFor.current = values.subject;
  }, [values.subject]);
  const ready = values.noneKnown || !!values.label.trim() || (!!subject && values.answers.length > 0);
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger l’antécédent' : 'Ajouter un antécédent'}
      verb={
        values.noneKnown
          ? 'Noter « aucun connu »'
          : editing
            ? 'Corriger l’antécédent'
            : coded
              ? 'Ajouter l’antécédent'
              : 'Ajouter au dossier'
      }
      ready={ready}
      onClose={onClose}
    >
      <Select
        label="Genre"
        allowDeselect={false}
        data={codesOf(editing ? historyTopics : topics)}
        value={values.topic}
        disabled={!!editing}
        onChange={(topic) =>
          topic &&
          set({
            topic: topic as Topic,
            noneKnown: false,
            subject: null,
            answers: [],
            code: null,
            system: null,
            also: [],
          })
        }
      />
      {!editing && mayBeNone(values.topic) && (
        <Checkbox
          label={noneKnownWords[values.topic]}
          checked={values.noneKnown}
          onChange={(event) => set({ noneKnown: event.currentTarget.checked })}
        />
      )}
      {values.noneKnown ? (
        <Note tone="info">
          Vous notez que la question a été posée aujourd’hui et que rien n’est connu. Ce n’est pas la même chose que «
          non renseigné ».
        </Note>
      ) : (
        <>
          {values.topic === 'family' && (
            <div className={css.pair}>
              <Select
                label="Qui"
                data={codesOf(relatives)}
                value={values.relative}
                onChange={(relative) => set({ relative })}
                error={error('relative')}
              />
              <TextInput
                label="À quel âge"
                inputMode="numeric"
                rightSection={<span className="dim small">ans</span>}
                value={shown(values.age)}
                onChange={(event) => set({ age: event.currentTarget.value })}
                error={error('age')}
              />
            </div>
          )}
          {coded && (
            <TermField
              list={values.topic === 'procedure' ? 'acts' : 'problems'}
              label={whatLabels[values.topic]}
              description={values.code ? `Code ${values.code}` : values.label ? 'Texte libre, sans code' : undefined}
              data-autofocus
              value={values.label}
              coded={!!values.code}
              onChange={(label, term) =>
                set({ label, code: term?.code ?? null, system: term?.system ?? null, also: term?.also ?? [] })
              }
              error={error('label')}
            />
          )}
          {!coded && !subject && (
            <SubjectField
              topic={values.topic}
              label={values.label}
              error={error('label')}
              onWords={(label) => set({ label })}
              onPick={(code, answer) => set({ subject: code, answers: [answer], label: '' })}
            />
          )}
          {subject && (
            <SubjectAnswers
              box={answered}
              subject={subject}
              values={values}
              set={set}
              error={error}
              fixed={!!editing}
            />
          )}
          {values.topic === 'family' && (
            <Checkbox
              label="En est décédé"
              checked={values.died}
              onChange={(event) => set({ died: event.currentTarget.checked })}
            />
          )}
          {values.topic !== 'family' && (
            <DateField
              label={coded ? 'Quand' : 'Constaté le'}
              partial
              past
              placeholder={coded ? '1998, 03/2019…' : 'aujourd’hui'}
              value={values.at ?? ''}
              onChange={(at) => set({ at })}
              error={error('at')}
            />
          )}
        </>
      )}
      <Textarea
        label="Précisions"
        autosize
        minRows={2}
        value={values.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {!values.noneKnown && <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />}
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
