import { ActionIcon, Select, TextInput } from '@mantine/core';
import { RemoveIcon } from '../../../../web/ui/icons.ts';
import { kindCodes, quoteKinds } from '../../../contract.ts';
import css from '../editor.module.css';
import { Add, replaced, without } from '../parts.tsx';
import type { Funding, Put } from './Euros.tsx';

const kinds = kindCodes.map((value) => ({ value, label: quoteKinds[value] }));

/** Kinds of expense that are never paid for. */
export function NotPaid({ funding, put }: { funding: Funding; put: Put }) {
  const set = (at: number, patch: Partial<Funding['notPaid'][number]>) =>
    put({ notPaid: replaced(funding.notPaid, at, patch) });
  const free = kinds.filter(({ value }) => !funding.notPaid.some(({ kind }) => kind === value));
  return (
    <section aria-label="Dépenses jamais payées" className={css.item}>
      <b>Dépenses jamais payées</b>
      {funding.notPaid.map((one, at) => (
        <div key={one.kind} className="row wrap" style={{ alignItems: 'end' }}>
          <Select
            label="Genre de dépense"
            w={220}
            allowDeselect={false}
            data={[
              { value: one.kind, label: kinds.find(({ value }) => value === one.kind)?.label ?? one.kind },
              ...free,
            ]}
            value={one.kind}
            onChange={(kind) => set(at, { kind: kind ?? one.kind })}
          />
          <TextInput
            label="Motif montré à l’équipe"
            style={{ flex: '1 1 240px' }}
            value={one.words}
            onChange={(event) => set(at, { words: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Payer de nouveau : ${kinds.find(({ value }) => value === one.kind)?.label ?? one.kind}`}
            onClick={() => put({ notPaid: without(funding.notPaid, at) })}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      {free[0] && (
        <Add
          onClick={() =>
            put({
              notPaid: [
                ...funding.notPaid,
                { kind: free[0]!.value, words: `${free[0]!.label} : non financé par cet appel.` },
              ],
            })
          }
        >
          Ajouter une dépense jamais payée
        </Add>
      )}
    </section>
  );
}
