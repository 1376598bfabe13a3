import { Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { DateField } from '../../../web/ui/DateField.tsx';
import { relatives, subjectOfHistory } from '../../contract.ts';
import { codesOf } from './choices.ts';
import css from './forms.module.css';
import { shown, whatLabels } from './history-topics.ts';
import { type HistoryValues, isCoded } from './history-values.ts';
import { SubjectAnswers } from './SubjectAnswers.tsx';
import { SubjectField } from './SubjectField.tsx';
import { TermField } from './TermField.tsx';

/** A subject that was just picked takes the place of the field: the focus goes on to its answers. */
function useFocusOnAnswers(subject: string | null) {
  const answers = useRef<HTMLDivElement>(null);
  const shownFor = useRef(subject);
  useEffect(() => {
    if (subject && shownFor.current !== subject)
      answers.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
    shownFor.current = subject;
  }, [subject]);
  return answers;
}

/** What is known: of whom, what, since when. */
export function HistoryFields({
  values,
  set,
  error,
  fixed,
}: {
  values: HistoryValues;
  set: (patch: Partial<HistoryValues>) => void;
  error: (field: string) => string | undefined;
  /** The subject is not changed any more. */
  fixed: boolean;
}) {
  const answers = useFocusOnAnswers(values.subject);
  const subject = subjectOfHistory(values.subject);
  const coded = isCoded(values.topic);
  return (
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
        <SubjectAnswers box={answers} subject={subject} values={values} set={set} error={error} fixed={fixed} />
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
  );
}
