import { MultiSelect, TextInput } from '@mantine/core';
import css from '../editor.module.css';
import { Add, Item, replaced, without } from '../parts.tsx';
import { Euros, type Funding, type Put } from './Euros.tsx';
import { people } from './people.ts';

/** Amounts a person, by profession. */
export function PerPerson({ funding, put }: { funding: Funding; put: Put }) {
  const set = (at: number, patch: Partial<Funding['perPerson'][number]>) =>
    put({ perPerson: replaced(funding.perPerson, at, patch) });
  const hasOthers = funding.perPerson.some(({ professions }) => professions === 'others');
  const taken = new Set(funding.perPerson.flatMap(({ professions }) => (professions === 'others' ? [] : professions)));
  return (
    <section aria-label="Montants par personne" className={css.item}>
      <b>Montants par personne</b>
      {funding.perPerson.map((rule, at) => (
        <Item
          // biome-ignore lint/suspicious/noArrayIndexKey: amounts have no name of their own; they are made anew when one comes or goes
          key={`${at}-${funding.perPerson.length}`}
          label="Retirer ce montant"
          remove={funding.perPerson.length > 1 ? () => put({ perPerson: without(funding.perPerson, at) }) : undefined}
        >
          {rule.professions === 'others' ? (
            <p className="small">Toutes les professions qui n’ont pas leur montant</p>
          ) : (
            <MultiSelect
              label={`Professions, montant ${at + 1}`}
              searchable
              data={people.filter(({ value }) => !taken.has(value) || rule.professions.includes(value))}
              value={rule.professions}
              onChange={(professions) => set(at, { professions })}
            />
          )}
          <div className={css.pair}>
            <Euros
              label={rule.professions === 'others' ? 'Par autre personne' : `Par personne, montant ${at + 1}`}
              cents={rule.cents}
              onChange={(cents) => set(at, { cents })}
            />
            <TextInput
              label="Ce que la ligne dit"
              value={rule.words}
              onChange={(event) => set(at, { words: event.currentTarget.value })}
            />
          </div>
        </Item>
      ))}
      <div className="row wrap">
        <Add
          onClick={() =>
            put({
              perPerson: [
                ...funding.perPerson.filter(({ professions }) => professions !== 'others'),
                { professions: [], cents: 0, words: 'Nouveau montant' },
                ...funding.perPerson.filter(({ professions }) => professions === 'others'),
              ],
            })
          }
        >
          Ajouter un montant par profession
        </Add>
        {!hasOthers && (
          <Add
            onClick={() =>
              put({ perPerson: [...funding.perPerson, { professions: 'others', cents: 0, words: 'Autres personnes' }] })
            }
          >
            Ajouter un montant pour les autres
          </Add>
        )}
      </div>
    </section>
  );
}
