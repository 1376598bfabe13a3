import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { DownIcon, EyeIcon, HiddenIcon, UpIcon } from '../../../web/ui/icons.ts';
import css from './cockpits.module.css';

export interface Arranged {
  name: string;
  label: string;
}
export interface Group {
  /** Words above a column; none when there is one list. */
  title?: string;
  items: readonly Arranged[];
}
/**
 * Lists whose names are ordered and hidden. Buttons only: the keyboard does what the mouse does. An item at the end of its group goes on into
 * the next one.
 */
export function ArrangeLists({
  title,
  groups,
  hidden,
  onChange,
}: {
  title: string;
  groups: readonly Group[];
  hidden: readonly Arranged[];
  onChange: (groups: string[][], hidden: string[]) => void;
}) {
  const [moved, setMoved] = useState('');
  const names = groups.map(({ items }) => items.map(({ name }) => name));
  const off = hidden.map(({ name }) => name);
  const move = (group: number, at: number, by: -1 | 1) => {
    const next = names.map((one) => [...one]);
    const [name] = next[group]!.splice(at, 1);
    const inside = at + by >= 0 && at + by <= next[group]!.length;
    if (inside) next[group]!.splice(at + by, 0, name!);
    else if (by > 0) next[group + 1]!.unshift(name!);
    else next[group - 1]!.push(name!);
    setMoved(name!);
    onChange(next, off);
  };
  return (
    <>
      {groups.map(({ title: words, items }, group) => (
        <section key={words ?? ''} aria-label={words ?? title}>
          {words && <h3 className="small dim">{words}</h3>}
          {items.length === 0 && <p className="small dim">Tout est masqué : rien ne s’affichera ici.</p>}
          {items.length > 0 && (
            <ol className={css.arranged}>
              {items.map(({ name, label }, at) => (
                <li key={name} data-moved={name === moved || undefined}>
                  <span className="grow">{label}</span>
                  <ActionIcon
                    aria-label={`Monter « ${label} »`}
                    disabled={at === 0 && group === 0}
                    onClick={() => move(group, at, -1)}
                  >
                    <UpIcon size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Descendre « ${label} »`}
                    disabled={at === items.length - 1 && group === groups.length - 1}
                    onClick={() => move(group, at, 1)}
                  >
                    <DownIcon size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Masquer « ${label} »`}
                    onClick={() =>
                      onChange(
                        names.map((one) => one.filter((other) => other !== name)),
                        [...off, name],
                      )
                    }
                  >
                    <HiddenIcon size={16} />
                  </ActionIcon>
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
      {hidden.length > 0 && (
        <section aria-label="Masqués">
          <h3 className="small dim">Masqués</h3>
          <ol className={css.arranged}>
            {hidden.map(({ name, label }) => (
              <li key={name}>
                <span className="grow dim">{label}</span>
                <ActionIcon
                  aria-label={`Montrer « ${label} »`}
                  onClick={() =>
                    onChange(
                      names.map((one, at) => (at === names.length - 1 ? [...one, name] : one)),
                      off.filter((other) => other !== name),
                    )
                  }
                >
                  <EyeIcon size={16} />
                </ActionIcon>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
