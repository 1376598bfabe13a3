import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import {
  agreementOf,
  cautionsOf,
  type OrderLineBody,
  type TransportBody,
  transportModes,
  transportReasons,
  type TransportState,
  transportStates,
  transportWays,
} from '../../contract.ts';
import css from './orders.module.css';

const choices = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }));
const whole = (value: string | number): number | null =>
  typeof value === 'number' && value >= 1 ? Math.trunc(value) : null;
/** What a label of our own list says already. */
export const startTransport = (label: string): TransportBody => ({
  reason: 'hospital',
  mode: /ambulance/i.test(label) ? 'ambulance' : /personnel|commun/i.test(label) ? 'individual' : 'seated',
  states: [],
  accompanied: false,
  alone: false,
  from: 'domicile',
  to: '',
  way: 'both',
  times: 1,
  km: null,
  accident: '',
});

/** Why, by what, from where to where: what the national form asks, and whether an agreement comes first. */
export function TransportFields({
  line,
  change,
  error,
}: {
  line: OrderLineBody;
  change: (patch: Partial<OrderLineBody>) => void;
  error: (field: string) => string | undefined;
}) {
  const asked = line.transport ?? startTransport(line.label);
  const set = (patch: Partial<TransportBody>) => change({ transport: { ...asked, ...patch } });
  const states = (Object.keys(transportStates) as TransportState[]).filter(
    (state) => transportStates[state].mode === asked.mode,
  );
  const now = { kind: line.kind, duration: line.duration, urgent: line.urgent ?? false, transport: asked };
  const agreement = agreementOf(now);
  return (
    <div className={`stack ${css.transport}`}>
      <Select
        label="Motif de prise en charge"
        allowDeselect={false}
        data={choices(transportReasons)}
        value={asked.reason}
        error={error('transport')}
        onChange={(reason) => reason && set({ reason: reason as TransportBody['reason'] })}
      />
      {asked.reason === 'work' && (
        <DateField
          label="Date de l’accident ou de la première constatation"
          value={asked.accident}
          error={error('transport.accident')}
          onChange={(accident) => set({ accident })}
        />
      )}
      <Select
        label="Mode de transport"
        description="Le moins coûteux que permet l’état du patient."
        allowDeselect={false}
        data={choices(transportModes)}
        value={asked.mode}
        onChange={(mode) => mode && set({ mode: mode as TransportBody['mode'], states: [] })}
      />
      {states.length > 0 && (
        <Checkbox.Group
          label="L’état du patient demande"
          value={asked.states}
          error={error('transport.states')}
          onChange={(values) => set({ states: values as TransportState[] })}
        >
          <div className={`stack tight ${css.states}`}>
            {states.map((state) => (
              <Checkbox key={state} value={state} label={transportStates[state].label} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <div className={css.places}>
        <TextInput
          label="De"
          maxLength={200}
          value={asked.from}
          error={error('transport.from')}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          label="À"
          placeholder="Centre hospitalier, service"
          maxLength={200}
          value={asked.to}
          error={error('transport.to')}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
      </div>
      <div className={css.fields}>
        <Select
          label="Trajet"
          allowDeselect={false}
          data={choices(transportWays)}
          value={asked.way}
          onChange={(way) => way && set({ way: way as TransportBody['way'] })}
        />
        <NumberInput
          label="Nombre de transports"
          description="Aller et retour : un."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={200}
          allowDecimal={false}
          value={asked.times}
          onChange={(value) => set({ times: whole(value) ?? 1 })}
        />
        <NumberInput
          label="Distance aller (km)"
          min={1}
          max={3000}
          allowDecimal={false}
          value={asked.km ?? ''}
          onChange={(value) => set({ km: whole(value) })}
        />
      </div>
      <div className={css.checks}>
        <Checkbox
          label="Le patient doit être accompagné"
          checked={asked.accompanied}
          onChange={(event) => set({ accompanied: event.currentTarget.checked })}
        />
        {asked.mode === 'seated' && (
          <Checkbox
            label="Non compatible avec un transport partagé"
            checked={asked.alone}
            onChange={(event) => set({ alone: event.currentTarget.checked })}
          />
        )}
      </div>
      {agreement.needed && <Note tone="warning">{agreement.words}</Note>}
      {cautionsOf(now).map((words) => (
        <p key={words} className="small dim">
          {words}
        </p>
      ))}
      <p className="small dim">
        La feuille imprimée ne remplace ni le formulaire S 3138 ni la prescription en ligne de l’assurance maladie,
        nécessaires à la prise en charge.
      </p>
    </div>
  );
}
