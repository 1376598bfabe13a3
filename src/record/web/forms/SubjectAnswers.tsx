import { Button, Chip, TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { DateField } from '../../../web/ui/DateField.tsx';
import { glassesBenchmark, packYearsOf, type subjectOfHistory } from '../../contract.ts';
import css from './forms.module.css';
import { numberTyped, shown } from './history-topics.ts';

interface Typed {
  subject: string | null;
  answers: string[];
  perDay: string;
  years: string;
  packYears: string;
  stopped: string;
  glasses: string;
}
/** The answers of a subject to press, and the figures of tobacco and alcohol. */
export function SubjectAnswers({
  box,
  subject,
  values,
  set,
  error,
  fixed,
}: {
  box: RefObject<HTMLDivElement | null>;
  subject: NonNullable<ReturnType<typeof subjectOfHistory>>;
  values: Typed;
  set: (patch: Partial<Typed>) => void;
  error: (field: string) => string | undefined;
  /** The subject is not changed any more. */
  fixed: boolean;
}) {
  return (
    <div ref={box} className={css.subject}>
      <div className="row between">
        <span className="strong" id="history-subject">
          {subject.label}
        </span>
        {!fixed && (
          <Button size="compact-sm" variant="subtle" onClick={() => set({ subject: null, answers: [] })}>
            Autre sujet
          </Button>
        )}
      </div>
      <div className="row wrap" role="group" aria-labelledby="history-subject">
        {subject.many ? (
          <Chip.Group multiple value={values.answers} onChange={(answers) => set({ answers })}>
            {subject.answers.map((one) => (
              <Chip key={one.code} value={one.code} size="sm">
                {one.label}
              </Chip>
            ))}
          </Chip.Group>
        ) : (
          <Chip.Group value={values.answers[0] ?? ''} onChange={(answer) => set({ answers: answer ? [answer] : [] })}>
            {subject.answers.map((one) => (
              <Chip key={one.code} value={one.code} size="sm">
                {one.label}
              </Chip>
            ))}
          </Chip.Group>
        )}
      </div>
      {error('answers') && <p className="small danger">{error('answers')}</p>}
      {subject.code === 'tobacco' && (
        <>
          <div className={css.pair}>
            <TextInput
              label="Cigarettes par jour"
              inputMode="decimal"
              value={shown(values.perDay)}
              onChange={(event) => set({ perDay: event.currentTarget.value })}
              error={error('perDay')}
            />
            <TextInput
              label="Pendant"
              inputMode="decimal"
              rightSection={<span className="dim small">ans</span>}
              value={shown(values.years)}
              onChange={(event) => set({ years: event.currentTarget.value })}
              error={error('years')}
            />
          </div>
          <div className={css.pair}>
            <TextInput
              label="Paquets-années"
              inputMode="decimal"
              placeholder={shown(packYearsOf(numberTyped(values.perDay), numberTyped(values.years)))}
              description="Calculés si vous laissez vide"
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={shown(values.packYears)}
              onChange={(event) => set({ packYears: event.currentTarget.value })}
              error={error('packYears')}
            />
            <DateField
              label="Arrêt"
              partial
              past
              placeholder="2019, 03/2019…"
              value={values.stopped ?? ''}
              onChange={(stopped) => set({ stopped })}
              error={error('stopped')}
            />
          </div>
        </>
      )}
      {subject.code === 'alcohol' && (
        <TextInput
          label="Verres par semaine"
          description={`Verres de 10 g d’alcool pur. Repère : ${glassesBenchmark} par semaine au plus.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          inputMode="decimal"
          value={shown(values.glasses)}
          onChange={(event) => set({ glasses: event.currentTarget.value })}
          error={error('glasses')}
        />
      )}
    </div>
  );
}
