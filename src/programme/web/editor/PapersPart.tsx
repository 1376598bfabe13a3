import { Checkbox, TextInput } from '@mantine/core';
import type { Edition } from '../../contract.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import { Add, fieldsOf, Item, named, type PartProps, replaced, without } from './parts.tsx';

/** The papers that are asked for. */
export function Papers({ edition, change }: PartProps) {
  const put = (documents: Edition['documents']) => change({ documents });
  return (
    <div className="stack">
      {edition.documents.map((one, i) => (
        <Item key={one.id} label="Retirer cette pièce" remove={() => put(without(edition.documents, i))}>
          <TextInput
            label="Pièce"
            value={one.label}
            onChange={(event) => put(replaced(edition.documents, i, { label: event.currentTarget.value }))}
          />
          <Checkbox
            label="Obligatoire"
            checked={one.required}
            onChange={(event) => put(replaced(edition.documents, i, { required: event.currentTarget.checked }))}
          />
          {one.when && (
            <ConditionEditor
              label="Demandée quand"
              value={one.when}
              fields={fieldsOf(edition)}
              onChange={(when) => put(replaced(edition.documents, i, { when }))}
            />
          )}
        </Item>
      ))}
      <Add
        onClick={() =>
          put([
            ...edition.documents,
            { id: named('document-', edition.documents), label: 'Nouvelle pièce', required: true, when: null },
          ])
        }
      >
        Ajouter une pièce
      </Add>
    </div>
  );
}
