import { Button } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import { Tag } from '../../../web/ui/bits.tsx';
import { CloseIcon, DownIcon, UpIcon } from '../../../web/ui/icons.ts';
import { done } from '../../../web/ui/undo.tsx';
import { type OrderLineBody, orderFamilies, sentenceOf } from '../../contract.ts';
import { ControlledTag } from './ControlledTag.tsx';
import css from './orders.module.css';

const said = (line: OrderLineBody): string =>
  sentenceOf({ ...line, instructions: line.instructions ?? '', repeats: line.repeats ?? 0 });

/** The lines being written: one is open at a time; Alt and an arrow, or the buttons, move one up or down. */
export function LineList({
  label,
  lines,
  setLines,
  open,
  setOpen,
  wrong,
  editor,
}: {
  label: string;
  lines: OrderLineBody[];
  setLines: (lines: OrderLineBody[]) => void;
  open: number | null;
  setOpen: (at: number | null) => void;
  wrong: (at: number) => boolean;
  editor: (line: OrderLineBody, at: number) => ReactNode;
}) {
  const list = useRef<HTMLOListElement>(null);
  if (lines.length === 0) return null;
  const move = (at: number, step: 1 | -1) => {
    const to = at + step;
    if (to < 0 || to >= lines.length) return;
    setLines(lines.map((one, i) => (i === at ? lines[to]! : i === to ? lines[at]! : one)));
    setOpen(open === at ? to : open === to ? at : open);
    // The hand stays on the line that moved.
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-line-head]')[to]?.focus());
  };
  const remove = (at: number) => {
    setLines(lines.filter((_, i) => i !== at));
    setOpen(null);
    done(`« ${lines[at]!.label} » retiré.`, () => setLines(lines));
  };
  return (
    <ol className={css.lines} aria-label={label} ref={list}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <li key={`${at}-${line.kind}`} className={css.item} data-wrong={wrong(at) || undefined}>
          <div className={css.itemHead}>
            <button
              type="button"
              className={css.itemOpen}
              data-line-head
              aria-expanded={open === at}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onClick={() => setOpen(open === at ? null : at)}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                event.preventDefault();
                event.stopPropagation();
                move(at, event.key === 'ArrowUp' ? -1 : 1);
              }}
            >
              <span className="strong">
                <span className="num">{at + 1}.</span> {line.label}
              </span>{' '}
              <Tag>{orderFamilies[line.kind].label}</Tag> {line.renews && <Tag tone="info">renouvellement</Tag>}{' '}
              {line.ald && <Tag tone="accent">ALD</Tag>} <ControlledTag line={line} asking />
              {open !== at && <span className={`small dim ${css.itemWords}`}>{said(line) || 'Sans précision'}</span>}
            </button>
            {lines.length > 1 && (
              <>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  px={4}
                  disabled={at === 0}
                  aria-label={`Monter : ${line.label}`}
                  title="Monter (Alt ↑)"
                  onClick={() => move(at, -1)}
                >
                  <UpIcon size={15} />
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  px={4}
                  disabled={at === lines.length - 1}
                  aria-label={`Descendre : ${line.label}`}
                  title="Descendre (Alt ↓)"
                  onClick={() => move(at, 1)}
                >
                  <DownIcon size={15} />
                </Button>
              </>
            )}
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              px={4}
              aria-label={`Retirer : ${line.label}`}
              onClick={() => remove(at)}
            >
              <CloseIcon size={15} />
            </Button>
          </div>
          {open === at && editor(line, at)}
        </li>
      ))}
    </ol>
  );
}
