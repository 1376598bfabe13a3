import { ActionIcon, NumberInput, TextInput } from '@mantine/core';
import { RemoveIcon } from '../../../../web/ui/icons.ts';
import css from '../editor.module.css';
import { Add, replaced, without } from '../parts.tsx';
import type { Funding, Put } from './Euros.tsx';

export function Payments({ funding, put }: { funding: Funding; put: Put }) {
  const sum = funding.payments.reduce((total, { percent }) => total + percent, 0);
  return (
    <section aria-label="Versements" className={css.item}>
      <b>
        Versements{' '}
        <span className={`num small ${sum === 100 || funding.payments.length === 0 ? 'dim' : 'danger'}`}>
          {funding.payments.length === 0 ? 'en une fois, à la signature' : `${sum} %`}
        </span>
      </b>
      {funding.payments.map((payment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: payments have no name of their own; they are made anew when one comes or goes
        <div key={`${at}-${funding.payments.length}`} className="row wrap" style={{ alignItems: 'end' }}>
          <NumberInput
            label={`Versement ${at + 1}`}
            w={130}
            suffix=" %"
            min={1}
            max={100}
            allowDecimal={false}
            value={payment.percent}
            onChange={(percent) => put({ payments: replaced(funding.payments, at, { percent: Number(percent) || 1 }) })}
          />
          <TextInput
            label="Quand"
            style={{ flex: '1 1 240px' }}
            value={payment.when}
            onChange={(event) => put({ payments: replaced(funding.payments, at, { when: event.currentTarget.value }) })}
          />
          <ActionIcon
            aria-label={`Retirer le versement ${at + 1}`}
            onClick={() => put({ payments: without(funding.payments, at) })}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      <Add
        onClick={() =>
          put({
            payments: [
              ...funding.payments,
              {
                percent: Math.max(1, 100 - sum),
                when:
                  funding.payments.length === 0
                    ? 'À la signature de la convention'
                    : 'Après le procès-verbal d’achèvement et le certificat de service fait',
              },
            ],
          })
        }
      >
        Ajouter un versement
      </Add>
    </section>
  );
}
