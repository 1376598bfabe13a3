import { Textarea, TextInput } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { Edition } from '../../contract.ts';
import type { Field } from '../words.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import { Add, type Change, fieldsOf, Item, named, type PartProps, replaced, without, yes } from './parts.tsx';

/** The conditions that a team must meet. */
export function Conditions({ edition, change }: PartProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the questions are those of the parts, whatever else changes
  const fields = useMemo(() => fieldsOf(edition), [edition.sections]);
  return (
    <div className="stack">
      {edition.eligibility.map((rule, at) => (
        <Rule
          key={rule.id}
          rule={rule}
          at={at}
          alone={edition.eligibility.length === 1}
          fields={fields}
          change={change}
        />
      ))}
      <Add
        onClick={() =>
          change((now) => ({
            eligibility: [
              ...now.eligibility,
              {
                id: named('rule-', now.eligibility),
                title: 'Nouvelle condition',
                source: 'AAP-9',
                test: yes(now),
                fails: '',
                mend: '',
                documents: [],
              },
            ],
          }))
        }
      >
        Ajouter une condition
      </Add>
    </div>
  );
}

/** Drawn again when it changes, not at each key in another. */
const Rule = memo(function Rule({
  rule,
  at,
  alone,
  fields,
  change,
}: {
  rule: Edition['eligibility'][number];
  at: number;
  /** The last one stays. */
  alone: boolean;
  fields: Field[];
  change: Change;
}) {
  const set = (patch: Partial<typeof rule>) =>
    change(({ eligibility }) => ({ eligibility: replaced(eligibility, at, patch) }));
  return (
    <Item
      label="Retirer cette condition"
      remove={alone ? undefined : () => change(({ eligibility }) => ({ eligibility: without(eligibility, at) }))}
    >
      <TextInput label="Condition" value={rule.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <ConditionEditor label="Remplie quand" value={rule.test} fields={fields} onChange={(test) => set({ test })} />
      <Textarea
        label="Sinon, l’équipe lit"
        autosize
        minRows={1}
        value={rule.fails}
        onChange={(event) => set({ fails: event.currentTarget.value })}
      />
      <Textarea
        label="Comment y remédier"
        autosize
        minRows={1}
        value={rule.mend}
        onChange={(event) => set({ mend: event.currentTarget.value })}
      />
    </Item>
  );
});
