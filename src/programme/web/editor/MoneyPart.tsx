import { SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { DateField } from '../../../web/ui/DateField.tsx';
import css from './editor.module.css';
import { Euros, type Funding, type Put } from './money/Euros.tsx';
import { Excluded } from './money/Excluded.tsx';
import { NotPaid } from './money/NotPaid.tsx';
import { Payments } from './money/Payments.tsx';
import { PerPerson } from './money/PerPerson.tsx';
import { Subscription } from './money/Subscription.tsx';
import type { PartProps } from './parts.tsx';

/** The amounts of a call: base, fixed part, amounts a person, who is never counted, subscriptions, payments, what is never paid for. */
export function Money({ edition, change }: PartProps) {
  const { funding } = edition;
  const put: Put = (patch) => change({ funding: { ...funding, ...patch } });
  return (
    <div className="stack">
      <SegmentedControl
        aria-label="Base du calcul"
        size="sm"
        value={funding.basis}
        onChange={(basis) => put({ basis: basis as Funding['basis'] })}
        data={[
          { value: 'flat', label: 'Forfait' },
          { value: 'cost', label: 'Coût réel, plafonné' },
        ]}
      />
      <Switch
        label="Une part fixe"
        checked={funding.fixed !== null}
        onChange={(event) => put({ fixed: event.currentTarget.checked ? { cents: 0, words: 'Part fixe' } : null })}
      />
      {funding.fixed && (
        <div className={css.pair}>
          <Euros
            label="Part fixe"
            cents={funding.fixed.cents}
            onChange={(cents) => put({ fixed: { ...funding.fixed!, cents } })}
          />
          <TextInput
            label="Pour"
            value={funding.fixed.words}
            onChange={(event) => put({ fixed: { ...funding.fixed!, words: event.currentTarget.value } })}
          />
        </div>
      )}
      <PerPerson funding={funding} put={put} />
      <Excluded funding={funding} put={put} />
      <Subscription edition={edition} put={put} />
      <Payments funding={funding} put={put} />
      <NotPaid funding={funding} put={put} />
      <DateField
        label="Aucune dépense avant le"
        value={funding.notBefore}
        onChange={(notBefore) => notBefore && put({ notBefore })}
      />
      <Textarea
        label="À savoir sur ces montants (une remarque par ligne)"
        autosize
        minRows={2}
        value={funding.notes.join('\n')}
        onChange={(event) => put({ notes: event.currentTarget.value.split('\n') })}
        onBlur={() => put({ notes: funding.notes.filter((one) => one.trim()) })}
      />
    </div>
  );
}
