import { Checkbox, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './choice.module.css';
import { Pills } from './parts.tsx';
import { levels, type NeedAnswer, type Question } from './words.ts';

/** One question as it is answered, on a telephone first. `foot`: where the answer is. */
export function QuestionInput({
  question,
  value,
  onChange,
  onLeave,
  disabled,
  foot,
}: {
  question: Question;
  value: NeedAnswer | undefined;
  onChange: (value: NeedAnswer, at: 'once' | 'later') => void;
  onLeave?: () => void;
  disabled?: boolean;
  foot?: ReactNode;
}) {
  const described = `aide-${question.id}`;
  return (
    <fieldset
      className={css.question}
      id={`question-${question.id}`}
      disabled={disabled}
      aria-describedby={question.help ? described : undefined}
    >
      <legend>
        {question.label}
        {question.required && (
          <>
            <span aria-hidden className="danger">
              {' '}
              *
            </span>
            <span className="vh"> (réponse attendue)</span>
          </>
        )}
      </legend>
      {question.help && (
        <p className="small dim" id={described}>
          {question.help}
        </p>
      )}
      {input()}
      {foot}
    </fieldset>
  );
  function input() {
    const label = question.label;
    switch (question.type) {
      case 'single':
        return (
          <Radio.Group
            aria-label={label}
            value={typeof value === 'string' ? value : ''}
            onChange={(next) => onChange(next, 'once')}
          >
            <div className="stack tight">
              {(question.choices ?? []).map((one) => (
                <Radio key={one.code} value={one.code} label={one.label} disabled={disabled} />
              ))}
            </div>
          </Radio.Group>
        );
      case 'multiple':
        return (
          <Checkbox.Group
            aria-label={label}
            value={Array.isArray(value) ? value : []}
            onChange={(next) => onChange(next, 'once')}
          >
            <div className="stack tight">
              {(question.choices ?? []).map((one) => (
                <Checkbox key={one.code} value={one.code} label={one.label} size="sm" disabled={disabled} />
              ))}
            </div>
          </Checkbox.Group>
        );
      case 'scale':
        return (
          <div className={css.ends}>
            {question.low && <span className="small dim">{question.low}</span>}
            <Pills
              hidden
              label={label}
              disabled={disabled}
              options={[1, 2, 3, 4, 5].map((note) => ({ value: note, label: String(note) }))}
              value={typeof value === 'number' ? value : null}
              onChange={(next) => onChange(next, 'once')}
            />
            {question.high && <span className="small dim">{question.high}</span>}
          </div>
        );
      case 'number':
        return (
          <NumberInput
            aria-label={label}
            maw={220}
            min={0}
            max={question.most ?? 10_000_000}
            allowNegative={false}
            decimalSeparator=","
            suffix={question.unit ? ` ${question.unit}` : undefined}
            inputMode="decimal"
            disabled={disabled}
            value={typeof value === 'number' ? value : ''}
            onChange={(next) => onChange(next === '' ? null : Number(next), 'later')}
            onBlur={onLeave}
          />
        );
      case 'matrix': {
        const held = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
        return (
          <div className={css.rows}>
            {(question.rows ?? []).map((row) => (
              <div key={row.code} className={css.matrixRow}>
                <span>{row.label}</span>
                <Pills
                  hidden
                  label={row.label}
                  disabled={disabled}
                  options={levels.map((words, level) => ({ value: level, label: words }))}
                  value={held[row.code] ?? null}
                  onChange={(level) =>
                    onChange(
                      level === null
                        ? Object.fromEntries(Object.entries(held).filter(([code]) => code !== row.code))
                        : { ...held, [row.code]: level },
                      'once',
                    )
                  }
                />
              </div>
            ))}
          </div>
        );
      }
      case 'long-text':
        return (
          <Textarea
            aria-label={label}
            autosize
            minRows={3}
            maxRows={14}
            maxLength={4000}
            disabled={disabled}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => onChange(event.currentTarget.value || null, 'later')}
            onBlur={onLeave}
          />
        );
      default:
        return (
          <TextInput
            aria-label={label}
            maxLength={300}
            autoComplete="off"
            disabled={disabled}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => onChange(event.currentTarget.value || null, 'later')}
            onBlur={onLeave}
          />
        );
    }
  }
}
