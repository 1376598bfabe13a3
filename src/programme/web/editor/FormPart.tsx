import { ActionIcon, Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { memo, useMemo } from 'react';
import { DownIcon, UpIcon } from '../../../web/ui/icons.ts';
import { done } from '../../../web/ui/undo.tsx';
import type { Edition } from '../../contract.ts';
import type { Field } from '../words.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import css from './editor.module.css';
import { Add, type Change, fieldsOf, named, type PartProps, replaced, without, yes } from './parts.tsx';

/** One of a list, moved among the others. */
export const moved = <T,>(list: readonly T[], at: number, by: 1 | -1): T[] => {
  const next = [...list];
  const [one] = next.splice(at, 1);
  next.splice(at + by, 0, one!);
  return next;
};
export function Order({ label, at, of, move }: { label: string; at: number; of: number; move: (by: 1 | -1) => void }) {
  return (
    <span className="row" style={{ gap: 2 }}>
      <ActionIcon aria-label={`Monter ${label}`} disabled={at === 0} onClick={() => move(-1)}>
        <UpIcon size={16} />
      </ActionIcon>
      <ActionIcon aria-label={`Descendre ${label}`} disabled={at === of - 1} onClick={() => move(1)}>
        <DownIcon size={16} />
      </ActionIcon>
    </span>
  );
}
const types: { value: Field['type']; label: string }[] = [
  { value: 'text', label: 'Texte' },
  { value: 'long-text', label: 'Texte long' },
  { value: 'number', label: 'Nombre' },
  { value: 'date', label: 'Date' },
  { value: 'yes-no', label: 'Oui ou non' },
  { value: 'choice', label: 'Un choix' },
  { value: 'choices', label: 'Plusieurs choix' },
];
const newField = (fields: readonly Field[]): Field => ({
  id: named('extra.field', fields),
  label: 'Nouvelle question',
  help: '',
  type: 'yes-no',
  choices: [],
  required: false,
  when: null,
});
export function Form({ edition, change }: PartProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the questions are those of the parts, whatever else changes
  const fields = useMemo(() => fieldsOf(edition), [edition.sections]);
  const put = (sections: Edition['sections']) => change({ sections });
  return (
    <div className="stack">
      {edition.sections.map((section, s) => {
        const set = (list: Field[]) => put(replaced(edition.sections, s, { fields: list }));
        return (
          <details key={section.id} className={css.item}>
            <summary className="strong">
              {section.title} <span className="dim small">({section.fields.length})</span>
            </summary>
            <div className="row" style={{ alignItems: 'end' }}>
              <TextInput
                label="Partie"
                style={{ flex: 1 }}
                value={section.title}
                onChange={(event) => put(replaced(edition.sections, s, { title: event.currentTarget.value }))}
              />
              <Order
                label={`la partie ${section.title}`}
                at={s}
                of={edition.sections.length}
                move={(by) => put(moved(edition.sections, s, by))}
              />
            </div>
            {section.fields.map((field, i) => (
              <Question
                key={field.id}
                field={field}
                section={s}
                at={i}
                of={section.fields.length}
                fields={field.when ? fields : none}
                change={change}
              />
            ))}
            <Add onClick={() => set([...section.fields, newField(fields)])}>Ajouter une question</Add>
            {edition.sections.length > 1 && (
              <div>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  onClick={() => {
                    put(without(edition.sections, s));
                    done(`La partie « ${section.title} » est retirée.`, () => put(edition.sections));
                  }}
                >
                  Retirer cette partie
                </Button>
              </div>
            )}
          </details>
        );
      })}
      <Add
        onClick={() =>
          put([
            ...edition.sections,
            { id: named('section-', edition.sections), title: 'Nouvelle partie', fields: [newField(fields)] },
          ])
        }
      >
        Ajouter une partie
      </Add>
    </div>
  );
}

/** Questions that a condition may name, where there is no condition. */
const none: readonly Field[] = [];
/** One question of a part, drawn again when it changes, not at each key in another. */
const Question = memo(function Question({
  field,
  section,
  at,
  of,
  fields,
  change,
}: {
  field: Field;
  /** Place of its part. */
  section: number;
  /** Its place in the part, among so many. */
  at: number;
  of: number;
  fields: readonly Field[];
  change: Change;
}) {
  const put = (next: (list: readonly Field[], now: Edition) => Field[]) =>
    change((now) => ({
      sections: replaced(now.sections, section, { fields: next(now.sections[section]!.fields, now) }),
    }));
  const set = (patch: Partial<Field>) => put((list) => replaced(list, at, patch));
  return (
    <div className={css.group}>
      <div className={css.pair}>
        <TextInput
          size="xs"
          label="Question"
          value={field.label}
          onChange={(event) => set({ label: event.currentTarget.value })}
        />
        {field.type === 'team' ? (
          <span className="small dim">Personnes par profession</span>
        ) : (
          <Select
            size="xs"
            label="Réponse"
            allowDeselect={false}
            data={types}
            value={field.type}
            onChange={(type) => set({ type: type as Field['type'] })}
          />
        )}
        <Checkbox
          label="Obligatoire"
          checked={field.required}
          onChange={(event) => set({ required: event.currentTarget.checked })}
        />
      </div>
      {(field.type === 'choice' || field.type === 'choices') && (
        <Textarea
          size="xs"
          label="Réponses possibles (une par ligne)"
          autosize
          minRows={2}
          value={field.choices.map(({ label }) => label).join('\n')}
          onChange={(event) =>
            set({
              choices: event.currentTarget.value
                .split('\n')
                .map((label, n) => ({ code: field.choices[n]?.code ?? `choix-${n + 1}`, label })),
            })
          }
        />
      )}
      <TextInput
        size="xs"
        label="Aide"
        value={field.help}
        onChange={(event) => set({ help: event.currentTarget.value })}
      />
      {field.when ? (
        <>
          <ConditionEditor
            label="Demandé quand"
            value={field.when}
            fields={fields.filter(({ id }) => id !== field.id)}
            onChange={(when) => set({ when })}
          />
          <div>
            <Button size="compact-xs" variant="subtle" onClick={() => set({ when: null })}>
              Toujours demander
            </Button>
          </div>
        </>
      ) : null}
      <div className="row wrap">
        <Order label={`la question ${field.label}`} at={at} of={of} move={(by) => put((list) => moved(list, at, by))} />
        {!field.when && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => put((list, now) => replaced(list, at, { when: yes(now) }))}
          >
            Ne demander que si…
          </Button>
        )}
        {of > 1 && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => put((list) => without(list, at))}>
            Retirer
          </Button>
        )}
      </div>
    </div>
  );
});
