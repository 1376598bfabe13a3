import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMe } from '../../../../web/session.ts';
import type { ProtocolStep } from '../../../contract.ts';
import { type Asked, askedOf, comparisons, expressionOf, measures, sayAsked } from './condition.rules.ts';
import css from './editor.module.css';

type Value = NonNullable<ProtocolStep['condition']>;
const first: Asked = { code: '4548-4', comparison: '>', value: 8 };

/** Only for some patients: in words, and where a computer can tell, put together without a formula. */
export function Condition({
  value,
  onChange,
  error,
  onBlur,
}: {
  value: ProtocolStep['condition'];
  onChange: (condition: ProtocolStep['condition']) => void;
  error?: string | undefined;
  onBlur?: () => void;
}) {
  const me = useMe();
  const cares = me.acts.includes('emergency-access');
  return (
    <div className="stack tight">
      <Checkbox
        label="Seulement pour certains patients"
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { words: '', expression: null } : null)}
      />
      {value && (
        <div className={`${css.block} stack tight`}>
          <TextInput
            label="Seulement si…"
            maxLength={400}
            placeholder="le pied est à risque de grade 2 ou 3"
            value={value.words}
            error={error}
            onBlur={onBlur}
            onChange={(event) => onChange({ ...value, words: event.currentTarget.value })}
          />
          <Checkbox
            label="L’ordinateur peut le vérifier dans le dossier"
            description={
              cares || value.expression
                ? undefined
                : 'Une condition calculée sur les données des patients est écrite par un soignant.'
            }
            disabled={!cares && !value.expression}
            checked={value.expression !== null}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? { words: value.words || sayAsked(first), expression: expressionOf(first) }
                  : { ...value, expression: null },
              )
            }
          />
          {value.expression !== null && <Computed value={value} locked={!cares} onChange={onChange} />}
        </div>
      )}
    </div>
  );
}

function Computed({
  value,
  locked,
  onChange,
}: {
  value: Value;
  locked: boolean;
  onChange: (condition: Value) => void;
}) {
  const asked = askedOf(value.expression ?? '');
  if (!asked)
    return (
      <TextInput
        label="Expression FHIRPath"
        description="Demandée au patient et aux entrées les plus récentes de son dossier."
        ff="monospace"
        disabled={locked}
        maxLength={1000}
        value={value.expression ?? ''}
        onChange={(event) => onChange({ ...value, expression: event.currentTarget.value })}
      />
    );
  const put = (patch: Partial<Asked>) => {
    const next = { ...asked, ...patch };
    // Words that only said the former comparison say the new one.
    onChange({
      words: !value.words.trim() || value.words === sayAsked(asked) ? sayAsked(next) : value.words,
      expression: expressionOf(next),
    });
  };
  const unit = measures.find((one) => one.code === asked.code)?.unit;
  return (
    <div className="row wrap" style={{ alignItems: 'flex-end' }}>
      <Select
        label="Dernière valeur de"
        allowDeselect={false}
        searchable
        disabled={locked}
        data={measures.map(({ code, label }) => ({ value: code, label }))}
        value={asked.code}
        onChange={(code) => code && put({ code })}
        w={210}
      />
      <Select
        aria-label="Comparaison"
        allowDeselect={false}
        disabled={locked}
        data={[...comparisons]}
        value={asked.comparison}
        onChange={(comparison) => comparison && put({ comparison })}
        w={180}
      />
      <NumberInput
        aria-label="Valeur"
        decimalSeparator=","
        disabled={locked}
        suffix={unit ? ` ${unit}` : undefined}
        value={asked.value}
        onChange={(next) => typeof next === 'number' && put({ value: next })}
        w={130}
      />
    </div>
  );
}
