import { ActionIcon, Select, TextInput } from '@mantine/core';
import { RemoveIcon } from '../../../../web/ui/icons.ts';
import { professionLabel } from '../../../../web/words.ts';
import css from '../editor.module.css';
import { Add, replaced, without } from '../parts.tsx';
import type { Funding, Put } from './Euros.tsx';
import { people } from './people.ts';

/** Professions that are never counted. */
export function Excluded({ funding, put }: { funding: Funding; put: Put }) {
  const set = (at: number, patch: Partial<Funding['excluded'][number]>) =>
    put({ excluded: replaced(funding.excluded, at, patch) });
  const free = people.filter(({ value }) => !funding.excluded.some(({ profession }) => profession === value));
  return (
    <section aria-label="Professions jamais comptées" className={css.item}>
      <b>Jamais comptées ni financées</b>
      {funding.excluded.map((one, at) => (
        <div key={one.profession} className="row wrap" style={{ alignItems: 'end' }}>
          <Select
            label="Profession"
            w={220}
            allowDeselect={false}
            searchable
            data={[{ value: one.profession, label: professionLabel(one.profession) }, ...free]}
            value={one.profession}
            onChange={(profession) => set(at, { profession: profession ?? one.profession })}
          />
          <TextInput
            label="L’équipe lit"
            style={{ flex: '1 1 240px' }}
            value={one.words}
            onChange={(event) => set(at, { words: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Compter de nouveau : ${professionLabel(one.profession)}`}
            onClick={() => put({ excluded: without(funding.excluded, at) })}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      {free[0] && (
        <Add
          onClick={() =>
            put({
              excluded: [
                ...funding.excluded,
                { profession: free[0]!.value, words: `${free[0]!.label} : non compté, financé par ailleurs.` },
              ],
            })
          }
        >
          Ne pas compter une profession
        </Add>
      )}
    </section>
  );
}
