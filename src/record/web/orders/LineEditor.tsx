import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { DateField } from '../../../web/ui/DateField.tsx';
import {
  notSubstitutable,
  type OrderLineBody,
  type OrdersPage,
  orderFamilies,
  ruleOf,
  unitOfLabel,
} from '../../contract.ts';
import { PosologyFields } from '../treatments/PosologyFields.tsx';
import { ControlledFields } from './ControlledFields.tsx';
import css from './orders.module.css';
import { TransportFields } from './TransportFields.tsx';

const lengths = [
  { value: 'd', label: 'jours' },
  { value: 'wk', label: 'semaines' },
  { value: 'mo', label: 'mois' },
];
const whys = Object.entries(notSubstitutable).map(([value, label]) => ({ value, label: `${value} : ${label}` }));
const number = (value: string | number): number | null =>
  typeof value === 'number' && value >= 1 ? Math.trunc(value) : null;

/** What one line says, in the order in which it is said: how, how much, how long, then what is rarer. */
export function LineEditor({
  line,
  change,
  error,
  page,
  model,
}: {
  line: OrderLineBody;
  change: (patch: Partial<OrderLineBody>) => void;
  error: (field: string) => string | undefined;
  page: Pick<OrdersPage, 'team'>;
  /** Of a usual prescription: no date of one day. */
  model?: boolean;
}) {
  const family = orderFamilies[line.kind];
  const medicine = family.group === 'medicines';
  const counts = family.way === 'supply' || family.way === 'sessions';
  const fit = page.team.filter(({ profession }) => family.doneBy.includes(profession));
  return (
    <div className={css.editor} data-line>
      {line.kind === 'transport' && <TransportFields line={line} change={change} error={error} />}
      {medicine ? (
        <PosologyFields
          value={line.instructions ?? ''}
          unit={unitOfLabel(line.label)}
          onChange={(instructions) => change({ instructions })}
          error={error('instructions')}
        />
      ) : (
        <Textarea
          label={
            family.way === 'sessions'
              ? 'Comment, à quelle fréquence'
              : family.group === 'tests'
                ? 'Précisions'
                : line.kind === 'transport'
                  ? 'Éléments médicaux, précisions'
                  : 'Mode d’emploi'
          }
          autosize
          minRows={1}
          maxLength={1000}
          value={line.instructions ?? ''}
          error={error('instructions')}
          onChange={(event) => change({ instructions: event.currentTarget.value })}
        />
      )}
      <div className={css.fields}>
        {counts && (
          <NumberInput
            label={family.way === 'sessions' ? `Nombre de ${family.unit}s` : `Quantité (${line.unit || family.unit})`}
            min={1}
            max={500}
            allowDecimal={false}
            value={line.quantity ?? ''}
            error={error('quantity')}
            onChange={(value) => change({ quantity: number(value) })}
          />
        )}
        <NumberInput
          label="Pendant"
          min={1}
          max={400}
          allowDecimal={false}
          value={line.duration?.value ?? ''}
          error={error('duration')}
          onChange={(value) =>
            change({
              duration: number(value)
                ? { value: number(value)!, unit: line.duration?.unit ?? (medicine ? 'mo' : 'd') }
                : null,
            })
          }
        />
        <Select
          label="Unité de durée"
          data={lengths}
          allowDeselect={false}
          value={line.duration?.unit ?? (medicine ? 'mo' : 'd')}
          disabled={!line.duration}
          onChange={(unit) =>
            line.duration && change({ duration: { ...line.duration, unit: unit as 'd' | 'wk' | 'mo' } })
          }
        />
        {counts && (ruleOf(line)?.regime !== 'narcotic' || (line.repeats ?? 0) > 0) && (
          <NumberInput
            label="À renouveler (fois)"
            min={0}
            max={12}
            allowDecimal={false}
            value={line.repeats ?? 0}
            error={error('repeats')}
            onChange={(value) => change({ repeats: number(value) ?? 0 })}
          />
        )}
      </div>
      <div className={css.checks}>
        <Checkbox
          label="En rapport avec l’ALD"
          checked={line.ald ?? false}
          onChange={(event) => change({ ald: event.currentTarget.checked })}
        />
        {family.group === 'care' && (
          <Checkbox
            label="À domicile"
            checked={line.home ?? false}
            onChange={(event) => change({ home: event.currentTarget.checked })}
          />
        )}
        {!medicine && (
          <Checkbox
            label="Urgent"
            checked={line.urgent ?? false}
            onChange={(event) => change({ urgent: event.currentTarget.checked })}
          />
        )}
        {counts && (
          <Checkbox
            label="Me prévenir avant la fin"
            checked={line.follow ?? false}
            onChange={(event) => change({ follow: event.currentTarget.checked })}
          />
        )}
      </div>
      {line.kind === 'medicine' && <ControlledFields line={line} change={change} error={error} model={model} />}
      <details className={css.more}>
        <summary>
          Motif{model ? '' : ', dates'}
          {fit.length > 0 ? ', à qui' : ''}
          {medicine ? ', non substituable' : ''}
        </summary>
        <div className="stack">
          <TextInput
            label="Motif, imprimé"
            maxLength={300}
            value={line.reason ?? ''}
            onChange={(event) => change({ reason: event.currentTarget.value || null })}
          />
          {!model && (
            <div className={css.fields}>
              <DateField
                label="À partir du"
                placeholder="aujourd’hui"
                value={line.from ?? ''}
                error={error('from')}
                onChange={(from) => change({ from: from || null })}
              />
              <DateField
                label="À faire avant le"
                value={line.due ?? ''}
                error={error('due')}
                onChange={(due) => change({ due: due || null })}
              />
            </div>
          )}
          {fit.length > 0 && (
            <Select
              label="Demandé à"
              placeholder="Toute la profession"
              clearable
              data={fit.map(({ practitioner, name }) => ({ value: practitioner, label: name }))}
              value={line.performer ?? null}
              error={error('performer')}
              onChange={(performer) => change({ performer })}
            />
          )}
          {(line.kind === 'medicine' || line.kind === 'contraceptive') && (
            <Select
              label="Non substituable"
              placeholder="Substituable"
              clearable
              data={whys}
              value={line.notSubstitutable ?? null}
              error={error('notSubstitutable')}
              onChange={(value) => change({ notSubstitutable: value as OrderLineBody['notSubstitutable'] })}
            />
          )}
        </div>
      </details>
    </div>
  );
}
