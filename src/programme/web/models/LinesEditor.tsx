import { ActionIcon, Button, Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { Tag } from '../../../web/ui/bits.tsx';
import { DownIcon, PlusIcon, RemoveIcon, RightIcon, UpIcon } from '../../../web/ui/icons.ts';
import { done } from '../../../web/ui/undo.tsx';
import { type ModelKind, modelKinds, type ModelLine } from '../../contract.ts';
import css from './models.module.css';
import { freshLine } from './words.ts';

/** The lines of a model, one open at a time: written, moved, taken out, added. What a project has filled stays. */
export function LinesEditor({
  kind,
  lines,
  filled = [],
  onChange,
}: {
  kind: ModelKind;
  lines: readonly ModelLine[];
  filled?: readonly string[];
  onChange: (next: ModelLine[]) => void;
}) {
  const [open, setOpen] = useState<string | null>(null);
  const { one: word } = modelKinds[kind];
  const move = (from: number, to: number) => onChange(lines.with(from, lines[to]!).with(to, lines[from]!));
  const add = () => {
    const made = freshLine(kind, lines);
    onChange([...lines, made]);
    setOpen(made.id);
  };
  return (
    <>
      <ol className={css.lines}>
        {lines.map((one, at) => (
          <Line
            key={one.id}
            kind={kind}
            one={one}
            number={at + 1}
            open={open === one.id}
            filled={filled.includes(one.id)}
            onOpen={() => setOpen(open === one.id ? null : one.id)}
            onChange={(patch) => onChange(lines.with(at, { ...one, ...patch }))}
            onUp={at > 0 ? () => move(at, at - 1) : undefined}
            onDown={at < lines.length - 1 ? () => move(at, at + 1) : undefined}
            onRemove={() => {
              onChange(lines.toSpliced(at, 1));
              done(`« ${one.title || `${word} ${at + 1}`} » est retirée.`, () => onChange([...lines]), 'Remise.');
            }}
          />
        ))}
      </ol>
      <div className={css.add}>
        <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={add} disabled={lines.length >= 60}>
          Ajouter une {word}
        </Button>
      </div>
    </>
  );
}

interface LineProps {
  kind: ModelKind;
  one: ModelLine;
  number: number;
  open: boolean;
  filled: boolean;
  onOpen: () => void;
  onChange: (patch: Partial<ModelLine>) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}
function Line({ kind, one, number, open, filled, onOpen, onChange, onUp, onDown, onRemove }: LineProps) {
  const asks = modelKinds[kind];
  const fields = useId();
  const name = one.title || `${asks.one} ${number}`;
  return (
    <li className={css.line}>
      <div className={css.head}>
        <button
          type="button"
          className={`plain-button ${css.name}`}
          aria-expanded={open}
          aria-controls={open ? fields : undefined}
          onClick={onOpen}
        >
          <RightIcon size={15} className={css.arrow} data-open={open || undefined} />
          <span className="dim num small">{number}</span>
          <span className={css.words}>
            {one.title || <span className="dim">Sans titre</span>}
            {one.group && <span className="dim small"> · {one.group}</span>}
          </span>
        </button>
        {asks.weight && <Tag>poids {one.weight}</Tag>}
        {one.must && <Tag tone="accent">{kind === 'clauses' ? 'attendue' : 'obligatoire'}</Tag>}
        {filled && <Tag tone="success">{asks.filled}</Tag>}
        <span className={css.acts}>
          <ActionIcon aria-label={`Monter : ${name}`} disabled={!onUp} onClick={onUp}>
            <UpIcon size={16} />
          </ActionIcon>
          <ActionIcon aria-label={`Descendre : ${name}`} disabled={!onDown} onClick={onDown}>
            <DownIcon size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={`Retirer : ${name}`}
            disabled={filled}
            title={filled ? `${asks.filled} : elle reste` : undefined}
            onClick={onRemove}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </span>
      </div>
      {open && (
        <div id={fields} className={`stack ${css.fields}`}>
          <TextInput
            label="Titre"
            required
            withAsterisk={false}
            maxLength={160}
            value={one.title}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
            data-autofocus
          />
          {asks.group && (
            <TextInput
              label={asks.group}
              maxLength={120}
              value={one.group}
              onChange={(event) => onChange({ group: event.currentTarget.value })}
            />
          )}
          <Textarea
            label={asks.help}
            autosize
            minRows={2}
            maxLength={600}
            value={one.help}
            onChange={(event) => onChange({ help: event.currentTarget.value })}
          />
          {asks.words && (
            <Textarea
              label={asks.words}
              autosize
              minRows={3}
              maxLength={4000}
              value={one.words}
              onChange={(event) => onChange({ words: event.currentTarget.value })}
            />
          )}
          {asks.weight && (
            <NumberInput
              label={asks.weight}
              maw={240}
              min={1}
              max={5}
              allowDecimal={false}
              clampBehavior="strict"
              value={one.weight}
              onChange={(weight) => onChange({ weight: Number(weight) || 1 })}
            />
          )}
          {asks.must && (
            <Checkbox
              label={asks.must}
              checked={one.must}
              onChange={(event) => onChange({ must: event.currentTarget.checked })}
            />
          )}
        </div>
      )}
    </li>
  );
}

/** The lines of a model, to read. */
export function LinesView({ kind, lines }: { kind: ModelKind; lines: readonly ModelLine[] }) {
  const asks = modelKinds[kind];
  return (
    <div className={css.read}>
      {[...Map.groupBy(lines, ({ group }) => group)].map(([group, those]) => (
        <section key={group} aria-label={group || asks.label}>
          {group && <h3>{group}</h3>}
          <ul className="plain">
            {those.map((one) => (
              <li key={one.id}>
                <p className="row wrap">
                  <span className="strong">{one.title}</span>
                  {asks.weight && <Tag>poids {one.weight}</Tag>}
                  {one.must && <Tag tone="accent">{kind === 'clauses' ? 'attendue' : 'obligatoire'}</Tag>}
                </p>
                {one.help && <p className="small dim">{one.help}</p>}
                {one.words && <p className={`small ${css.quote}`}>{one.words}</p>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** What an edition adds, changes and leaves out, in words. */
export function Changes({
  changes: { added, changed, gone },
}: {
  changes: { added: string[]; changed: string[]; gone: string[] };
}) {
  const lines = (
    [
      ['Ajouté', added],
      ['Changé', changed],
      ['Retiré', gone],
    ] as const
  ).filter(([, those]) => those.length > 0);
  if (lines.length === 0) return <p className="small dim">Les mêmes lignes, dans un autre ordre ou sans changement.</p>;
  return (
    <dl className={css.changes}>
      {lines.map(([word, those]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{those.join(', ')}</dd>
        </div>
      ))}
    </dl>
  );
}
