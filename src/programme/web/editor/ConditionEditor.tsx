import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import type { Condition, Field } from '../words.ts';
import css from './editor.module.css';

type Leaf = Extract<Condition, { fact: string }>;
const operators = {
  is: 'est',
  known: 'est rempli',
  atLeast: 'au moins',
  atMost: 'au plus',
  by: 'au plus tard',
  within: 'dans les mois qui suivent',
  in: 'parmi',
} as const;
type Operator = keyof typeof operators;
const fits: Record<Field['type'], Operator[]> = {
  text: ['known', 'is'],
  'long-text': ['known'],
  number: ['atLeast', 'atMost', 'is', 'known'],
  date: ['by', 'within', 'known'],
  'yes-no': ['is', 'known'],
  choice: ['is', 'in', 'known'],
  choices: ['known'],
  team: ['atLeast', 'atMost', 'known'],
};
const operatorOf = (leaf: Leaf): Operator =>
  (Object.keys(operators) as Operator[]).find((name) => name in leaf) ?? 'known';
const moments = [
  { value: 'holds', label: 'le jour où la condition compte' },
  { value: 'answer', label: 'le jour de la candidature' },
];

/** A condition that a field of this type may begin with. */
function fresh(field: Field | undefined, operator: Operator): Leaf {
  const fact = field?.id ?? '';
  switch (operator) {
    case 'is':
      return {
        fact,
        is: field?.type === 'yes-no' ? true : field?.type === 'number' ? 1 : (field?.choices[0]?.code ?? ''),
      };
    case 'known':
      return { fact, known: true };
    case 'atLeast':
      return { fact, atLeast: 1 };
    case 'atMost':
      return { fact, atMost: 1 };
    case 'by':
      return { fact, by: 'holds' };
    case 'within':
      return { fact, within: { months: 12, of: 'answer' } };
    case 'in':
      return { fact, in: field?.choices.length ? [field.choices[0]!.code] : [''] };
  }
}
const first = (fields: readonly Field[]): Leaf =>
  fresh(fields.find(({ type }) => type === 'yes-no') ?? fields[0], 'is');

/** A condition as groups and lines: «toutes» or «l’une» of lines that each look at one field of the form. */
export function ConditionEditor({
  value,
  onChange,
  fields,
  label,
}: {
  value: Condition;
  onChange: (next: Condition) => void;
  fields: readonly Field[];
  label: string;
}) {
  return (
    <fieldset className={css.condition}>
      <legend className="small dim">{label}</legend>
      <Node value={value} onChange={onChange} fields={fields} depth={0} />
    </fieldset>
  );
}

function Node({
  value,
  onChange,
  onRemove,
  fields,
  depth,
}: {
  value: Condition;
  onChange: (next: Condition) => void;
  onRemove?: () => void;
  fields: readonly Field[];
  depth: number;
}) {
  if ('all' in value || 'any' in value) {
    const kind = 'all' in value ? 'all' : 'any';
    const parts = 'all' in value ? value.all : value.any;
    const put = (next: Condition[]) =>
      next.length === 1 && depth === 0 ? onChange(next[0]!) : onChange(kind === 'all' ? { all: next } : { any: next });
    return (
      <div className={css.group}>
        <div className="row wrap">
          <Select
            aria-label="Groupe de conditions"
            size="xs"
            w={190}
            allowDeselect={false}
            data={[
              { value: 'all', label: 'Toutes ces conditions' },
              { value: 'any', label: 'L’une de ces conditions' },
            ]}
            value={kind}
            onChange={(next) => onChange(next === 'any' ? { any: parts } : { all: parts })}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<PlusIcon size={13} />}
            onClick={() => put([...parts, first(fields)])}
          >
            Ligne
          </Button>
          {depth < 3 && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<PlusIcon size={13} />}
              onClick={() => put([...parts, { any: [first(fields), first(fields)] }])}
            >
              Groupe
            </Button>
          )}
          {onRemove && <Remove onRemove={onRemove} />}
        </div>
        {parts.map((part, i) => (
          <Node
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own; they are made anew when one comes or goes
            key={`${i}-${parts.length}`}
            value={part}
            fields={fields}
            depth={depth + 1}
            onChange={(next) => put(parts.map((one, at) => (at === i ? next : one)))}
            onRemove={parts.length > 1 ? () => put(parts.filter((_, at) => at !== i)) : undefined}
          />
        ))}
      </div>
    );
  }
  if ('not' in value)
    return (
      <div className={css.group}>
        <div className="row">
          <span className="small strong">Sauf si</span>
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(value.not)}>
            Retirer « sauf »
          </Button>
          {onRemove && <Remove onRemove={onRemove} />}
        </div>
        <Node value={value.not} fields={fields} depth={depth + 1} onChange={(next) => onChange({ not: next })} />
      </div>
    );
  const field = fields.find(({ id }) => id === value.fact);
  const operator = operatorOf(value);
  return (
    <div className={css.line}>
      <Select
        aria-label="Champ du formulaire"
        size="xs"
        searchable
        allowDeselect={false}
        error={field ? undefined : true}
        placeholder={field ? undefined : value.fact}
        data={fields.map(({ id, label }) => ({ value: id, label }))}
        value={field ? value.fact : null}
        onChange={(id) => {
          const next = fields.find((one) => one.id === id);
          if (next) onChange(fresh(next, fits[next.type].includes(operator) ? operator : fits[next.type][0]!));
        }}
      />
      <Select
        aria-label="Comparaison"
        size="xs"
        allowDeselect={false}
        data={(field ? fits[field.type] : [operator]).map((name) => ({ value: name, label: operators[name] }))}
        value={operator}
        onChange={(name) => name && onChange(fresh(field, name as Operator))}
      />
      <Value leaf={value} field={field} onChange={onChange} />
      <span className="row" style={{ gap: 0 }}>
        {depth === 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange({ all: [value, first(fields)] })}>
            et…
          </Button>
        )}
        {onRemove && <Remove onRemove={onRemove} />}
      </span>
    </div>
  );
}
const Remove = ({ onRemove }: { onRemove: () => void }) => (
  <ActionIcon size="md" aria-label="Retirer cette condition" onClick={onRemove}>
    <RemoveIcon size={14} />
  </ActionIcon>
);

function Value({ leaf, field, onChange }: { leaf: Leaf; field: Field | undefined; onChange: (next: Leaf) => void }) {
  if ('is' in leaf) {
    if (typeof leaf.is === 'boolean')
      return (
        <Select
          aria-label="Réponse attendue"
          size="xs"
          allowDeselect={false}
          data={[
            { value: 'oui', label: 'oui' },
            { value: 'non', label: 'non' },
          ]}
          value={leaf.is ? 'oui' : 'non'}
          onChange={(next) => onChange({ ...leaf, is: next === 'oui' })}
        />
      );
    if (typeof leaf.is === 'number')
      return (
        <NumberInput
          aria-label="Valeur"
          size="xs"
          allowDecimal={false}
          value={leaf.is}
          onChange={(next) => onChange({ ...leaf, is: Number(next) || 0 })}
        />
      );
    if (field?.choices.length)
      return (
        <Select
          aria-label="Réponse attendue"
          size="xs"
          allowDeselect={false}
          data={field.choices.map(({ code, label }) => ({ value: code, label }))}
          value={leaf.is}
          onChange={(next) => next && onChange({ ...leaf, is: next })}
        />
      );
    return (
      <TextInput
        aria-label="Valeur"
        size="xs"
        value={leaf.is}
        onChange={(event) => onChange({ ...leaf, is: event.currentTarget.value })}
      />
    );
  }
  if ('atLeast' in leaf)
    return (
      <NumberInput
        aria-label="Valeur"
        size="xs"
        allowDecimal={false}
        value={leaf.atLeast}
        onChange={(next) => onChange({ ...leaf, atLeast: Number(next) || 0 })}
      />
    );
  if ('atMost' in leaf)
    return (
      <NumberInput
        aria-label="Valeur"
        size="xs"
        allowDecimal={false}
        value={leaf.atMost}
        onChange={(next) => onChange({ ...leaf, atMost: Number(next) || 0 })}
      />
    );
  if ('known' in leaf)
    return (
      <Select
        aria-label="Rempli ou non"
        size="xs"
        allowDeselect={false}
        data={[
          { value: 'oui', label: 'oui' },
          { value: 'non', label: 'non' },
        ]}
        value={leaf.known ? 'oui' : 'non'}
        onChange={(next) => onChange({ ...leaf, known: next === 'oui' })}
      />
    );
  if ('by' in leaf)
    return (
      <Select
        aria-label="Jour"
        size="xs"
        allowDeselect={false}
        data={
          moments.some(({ value }) => value === leaf.by) ? moments : [...moments, { value: leaf.by, label: leaf.by }]
        }
        value={leaf.by}
        onChange={(next) => next && onChange({ ...leaf, by: next })}
      />
    );
  if ('within' in leaf)
    return (
      <span className="row" style={{ gap: 4 }}>
        <NumberInput
          aria-label="Nombre de mois"
          size="xs"
          w={80}
          min={1}
          max={120}
          allowDecimal={false}
          suffix=" mois"
          value={leaf.within.months}
          onChange={(next) => onChange({ ...leaf, within: { ...leaf.within, months: Math.max(1, Number(next) || 1) } })}
        />
        <Select
          aria-label="Après quel jour"
          size="xs"
          allowDeselect={false}
          data={moments}
          value={leaf.within.of}
          onChange={(next) => next && onChange({ ...leaf, within: { ...leaf.within, of: next } })}
        />
      </span>
    );
  return (
    <TextInput
      aria-label="Réponses attendues, séparées par des virgules"
      size="xs"
      value={'in' in leaf ? leaf.in.join(', ') : ''}
      onChange={(event) =>
        onChange({ fact: leaf.fact, in: event.currentTarget.value.split(',').map((one) => one.trim()) })
      }
    />
  );
}
