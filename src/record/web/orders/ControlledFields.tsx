import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Note } from '../../../web/ui/states.tsx';
import {
  type ControlledBody,
  controlledFor,
  type ControlledId,
  controlledIds,
  controlledRegimes,
  controlledRule,
  dosagesFromText,
  type OrderLineBody,
  sayDosages,
  sayMost,
  sentenceOf,
  strengthIn,
  unitOfLabel,
} from '../../contract.ts';
import css from './orders.module.css';

const started = (line: OrderLineBody, id: ControlledId): ControlledBody => ({
  rule: id,
  strength: strengthIn(line.label),
  fraction: controlledRule(id).fraction,
  once: false,
  overlap: false,
  pharmacy: '',
});
const none: ControlledBody = { rule: 'none', strength: '', fraction: null, once: false, overlap: false, pharmacy: '' };
const all = Object.entries(controlledRegimes).map(([regime, group]) => ({
  group,
  items: controlledIds
    .filter((id) => controlledRule(id).regime === regime)
    .map((id) => ({ value: id as string, label: controlledRule(id).label })),
}));

/** The posology as it is kept and printed: «1-0-1» is told in words before its numbers are. */
const asKept = ({ instructions, label }: OrderLineBody): string =>
  sayDosages(dosagesFromText(instructions ?? '', unitOfLabel(label)));

/** A narcotic, or what follows its rules: recognised by its name, said by the prescriber, then what the law wants beside the posology. */
export function ControlledFields(given: Parameters<typeof Fields>[0]) {
  const box = useRef<HTMLDivElement>(null);
  const rule = given.line.controlled?.rule;
  const before = useRef(rule);
  // What was pressed is gone: the hand goes on with what took its place.
  useEffect(() => {
    if (before.current !== rule)
      (box.current?.querySelector<HTMLElement>('input') ?? box.current?.querySelector<HTMLElement>('button'))?.focus();
    before.current = rule;
  }, [rule]);
  return (
    <div ref={box}>
      <Fields {...given} />
    </div>
  );
}
function Fields({
  line,
  change,
  error,
  model,
}: {
  line: OrderLineBody;
  change: (patch: Partial<OrderLineBody>) => void;
  error: (field: string) => string | undefined;
  model?: boolean | undefined;
}): ReactNode {
  const said = line.controlled;
  const found = controlledFor(line.label);
  const fault = error('controlled');
  const choose = (value: string | null) =>
    change({ controlled: value ? started(line, value as ControlledId) : found.length > 0 ? none : null });
  const select = (
    <Select
      label="Stupéfiant ou assimilé"
      placeholder="Non"
      clearable
      searchable
      data={all}
      value={said && said.rule !== 'none' ? said.rule : null}
      error={said ? undefined : fault}
      onChange={choose}
    />
  );
  if (!said)
    return found.length > 0 ? (
      <Note tone="warning">
        <div className="stack">
          <span>
            Reconnu dans le nom :{' '}
            {found
              .map(
                (id) => `${controlledRule(id).label} (${controlledRegimes[controlledRule(id).regime].toLowerCase()})`,
              )
              .join(', ')}
            . À vous de dire ce qu’il en est.
          </span>
          <div className="row wrap">
            {found.map((id) => (
              <Button key={id} size="compact-md" variant="default" onClick={() => choose(id)}>
                {controlledRule(id).label}
              </Button>
            ))}
            <Button size="compact-md" variant="subtle" onClick={() => change({ controlled: none })}>
              Ce n’en est pas un
            </Button>
          </div>
          {fault && <span role="alert">{fault}</span>}
        </div>
      </Note>
    ) : fault ? (
      <div className="stack">
        {select}
        <Button
          size="compact-md"
          variant="subtle"
          style={{ justifySelf: 'start' }}
          onClick={() => change({ controlled: none })}
        >
          Ce n’en est pas un
        </Button>
      </div>
    ) : (
      <details className={css.more}>
        <summary>Stupéfiant ou assimilé</summary>
        {select}
      </details>
    );
  if (said.rule === 'none')
    return (
      <p className="small dim row wrap">
        Ni stupéfiant ni assimilé, selon vous.
        <Button size="compact-sm" variant="subtle" onClick={() => change({ controlled: null })}>
          Changer
        </Button>
      </p>
    );
  const rule = controlledRule(said.rule);
  const set = (patch: Partial<ControlledBody>) => change({ controlled: { ...said, ...patch } });
  return (
    <fieldset className={css.controlled}>
      <legend className="strong">
        {rule.label}, {controlledRegimes[rule.regime].toLowerCase()}
      </legend>
      <p className="small">
        Ordonnance sécurisée : Estran imprime le contenu, sur une feuille à part ; le papier sécurisé est le vôtre.{' '}
        {sayMost(rule.most)} au plus
        {rule.regime === 'narcotic' ? ', sans renouvellement, à présenter dans les trois jours' : ''}. {rule.note}{' '}
        <span className="tiny dim">({rule.source})</span>
        <Button size="compact-sm" variant="subtle" onClick={() => change({ controlled: null })}>
          Changer
        </Button>
      </p>
      <div className={css.fields}>
        {rule.letters && (
          <TextInput
            label="Dosage d’une unité"
            placeholder="10 mg"
            maxLength={60}
            value={said.strength}
            error={error('controlled.strength')}
            onChange={(event) => set({ strength: event.currentTarget.value })}
          />
        )}
        {(rule.fraction !== null || said.fraction) && (
          <NumberInput
            label="Par fractions de (jours)"
            min={1}
            max={28}
            allowDecimal={false}
            disabled={said.once}
            value={said.fraction ?? ''}
            error={error('controlled.fraction')}
            onChange={(value) => set({ fraction: typeof value === 'number' && value >= 1 ? Math.trunc(value) : null })}
          />
        )}
        {rule.pharmacy && !model && (
          <TextInput
            label="Pharmacie choisie par le patient"
            maxLength={120}
            value={said.pharmacy}
            error={error('controlled.pharmacy')}
            onChange={(event) => set({ pharmacy: event.currentTarget.value })}
          />
        )}
      </div>
      <div className={css.checks}>
        {rule.fraction !== null && (
          <Checkbox
            label="Délivrance en une seule fois"
            checked={said.once}
            onChange={(event) =>
              set({ once: event.currentTarget.checked, fraction: event.currentTarget.checked ? null : rule.fraction })
            }
          />
        )}
        {rule.overlap !== 'allowed' && !model && (
          <Checkbox
            label="Chevauchement autorisé"
            checked={said.overlap}
            error={error('controlled.overlap')}
            onChange={(event) => set({ overlap: event.currentTarget.checked })}
          />
        )}
      </div>
      <p className="small" aria-live="polite">
        <span className="dim">Sera imprimé :</span>{' '}
        {sentenceOf({ ...line, instructions: asKept(line), repeats: line.repeats ?? 0 })}
      </p>
    </fieldset>
  );
}
