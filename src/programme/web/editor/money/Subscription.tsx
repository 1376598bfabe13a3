import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { Edition } from '../../../contract.ts';
import { ConditionEditor } from '../ConditionEditor.tsx';
import css from '../editor.module.css';
import { fieldsOf, yes } from '../parts.tsx';
import { Euros, type Funding, type Put } from './Euros.tsx';

export function Subscription({ edition, put }: { edition: Edition; put: Put }) {
  const { subscription } = edition.funding;
  const set = (patch: Partial<NonNullable<Funding['subscription']>>) =>
    put({ subscription: { ...subscription!, ...patch } });
  return (
    <section aria-label="Abonnements" className={css.item}>
      <Switch
        label="Les abonnements sont pris en charge"
        checked={subscription !== null}
        onChange={(event) =>
          put({
            subscription: event.currentTarget.checked
              ? {
                  months: 6,
                  capCents: 3000,
                  professions: 'paramedical',
                  unless: null,
                  words: 'Abonnements, six premiers mois',
                  refused: 'Abonnements non financés.',
                }
              : null,
          })
        }
      />
      {subscription && (
        <>
          <div className={css.pair}>
            <NumberInput
              label="Abonnement, mois pris en charge"
              min={0}
              max={60}
              allowDecimal={false}
              value={subscription.months}
              onChange={(months) => set({ months: Number(months) || 0 })}
            />
            <Euros
              label="Au plus, par mois et par personne"
              cents={subscription.capCents}
              onChange={(capCents) => set({ capCents })}
            />
            <Select
              label="Pour"
              allowDeselect={false}
              data={[
                { value: 'all-but-physicians', label: 'toutes les professions, médecins exceptés' },
                { value: 'paramedical', label: 'les professions paramédicales' },
              ]}
              value={subscription.professions}
              onChange={(professions) => set({ professions: professions as 'paramedical' })}
            />
          </div>
          <TextInput
            label="Ce que la ligne dit"
            value={subscription.words}
            onChange={(event) => set({ words: event.currentTarget.value })}
          />
          <Switch
            label="Sauf dans un cas"
            checked={subscription.unless !== null}
            onChange={(event) => set({ unless: event.currentTarget.checked ? yes(edition) : null })}
          />
          {subscription.unless && (
            <>
              <ConditionEditor
                label="Non pris en charge quand"
                value={subscription.unless}
                fields={fieldsOf(edition)}
                onChange={(unless) => set({ unless })}
              />
              <TextInput
                label="L’équipe lit alors"
                value={subscription.refused}
                onChange={(event) => set({ refused: event.currentTarget.value })}
              />
            </>
          )}
        </>
      )}
    </section>
  );
}
