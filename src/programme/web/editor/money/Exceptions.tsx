import { ActionIcon, Select, TextInput } from '@mantine/core';
import { RemoveIcon } from '../../../../web/ui/icons.ts';
import css from '../editor.module.css';
import { Add, replaced, without } from '../parts.tsx';

interface Exception {
  /** Code of the profession, of the kind of expense. */
  of: string;
  words: string;
}

/** What a call leaves out, each once, with the words that the team reads. */
export function Exceptions({
  label,
  title,
  choices,
  exceptions,
  put,
  says,
}: {
  label: string;
  title: string;
  choices: readonly { value: string; label: string }[];
  exceptions: readonly Exception[];
  put: (next: Exception[]) => void;
  says: {
    choice: string;
    words: string;
    /** Before the name of the one that is taken out. */
    remove: string;
    add: string;
    /** Words of a new one. */
    usual: (name: string) => string;
  };
}) {
  const free = choices.filter(({ value }) => !exceptions.some(({ of }) => of === value));
  const nameOf = (code: string) => choices.find(({ value }) => value === code)?.label ?? code;
  return (
    <section aria-label={label} className={css.item}>
      <b>{title}</b>
      {exceptions.map(({ of, words }, at) => (
        <div key={of} className="row wrap" style={{ alignItems: 'end' }}>
          <Select
            label={says.choice}
            w={220}
            allowDeselect={false}
            searchable
            data={[{ value: of, label: nameOf(of) }, ...free]}
            value={of}
            onChange={(next) => put(replaced(exceptions, at, { of: next ?? of }))}
          />
          <TextInput
            label={says.words}
            style={{ flex: '1 1 240px' }}
            value={words}
            onChange={(event) => put(replaced(exceptions, at, { words: event.currentTarget.value }))}
          />
          <ActionIcon aria-label={`${says.remove} : ${nameOf(of)}`} onClick={() => put(without(exceptions, at))}>
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      {free[0] && (
        <Add onClick={() => put([...exceptions, { of: free[0]!.value, words: says.usual(free[0]!.label) }])}>
          {says.add}
        </Add>
      )}
    </section>
  );
}
