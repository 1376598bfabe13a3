import { Textarea, TextInput } from '@mantine/core';
import type { Edition } from '../../contract.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import { Add, fieldsOf, Item, named, type PartProps, replaced, without, yes } from './parts.tsx';

/** The conditions that a team must meet. */
export function Conditions({ edition, change }: PartProps) {
  const fields = fieldsOf(edition);
  const put = (eligibility: Edition['eligibility']) => change({ eligibility });
  return (
    <div className="stack">
      {edition.eligibility.map((rule, i) => (
        <Item
          key={rule.id}
          label="Retirer cette condition"
          remove={edition.eligibility.length > 1 ? () => put(without(edition.eligibility, i)) : undefined}
        >
          <TextInput
            label="Condition"
            value={rule.title}
            onChange={(event) => put(replaced(edition.eligibility, i, { title: event.currentTarget.value }))}
          />
          <ConditionEditor
            label="Remplie quand"
            value={rule.test}
            fields={fields}
            onChange={(test) => put(replaced(edition.eligibility, i, { test }))}
          />
          <Textarea
            label="Sinon, l’équipe lit"
            autosize
            minRows={1}
            value={rule.fails}
            onChange={(event) => put(replaced(edition.eligibility, i, { fails: event.currentTarget.value }))}
          />
          <Textarea
            label="Comment y remédier"
            autosize
            minRows={1}
            value={rule.mend}
            onChange={(event) => put(replaced(edition.eligibility, i, { mend: event.currentTarget.value }))}
          />
        </Item>
      ))}
      <Add
        onClick={() =>
          put([
            ...edition.eligibility,
            {
              id: named('rule-', edition.eligibility),
              title: 'Nouvelle condition',
              source: 'AAP-9',
              test: yes(edition),
              fails: '',
              mend: '',
              documents: [],
            },
          ])
        }
      >
        Ajouter une condition
      </Add>
    </div>
  );
}
