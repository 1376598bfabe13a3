import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import type { Edition } from '../../contract.ts';
import type { Field } from '../words.ts';
import css from './editor.module.css';

export interface PartProps {
  edition: Edition;
  change: Change;
}
/** A patch, or what makes one of the call as it stands when it is applied: a part that is drawn only when it changes knows no other. Always the same function. */
export type Change = (patch: Partial<Edition> | ((now: Edition) => Partial<Edition>)) => void;
export const fieldsOf = (edition: Edition): Field[] => edition.sections.flatMap((section) => section.fields);
export const named = (prefix: string, taken: readonly { id: string }[]): string => {
  for (let n = taken.length + 1; ; n++) if (!taken.some(({ id }) => id === `${prefix}${n}`)) return `${prefix}${n}`;
};
export const yes = (edition: Edition) => ({
  fact: fieldsOf(edition).find(({ type }) => type === 'yes-no')?.id ?? fieldsOf(edition)[0]!.id,
  is: true as const,
});
/** One of a list, with what takes it out. */
export function Item({
  children,
  remove,
  label,
}: {
  children: ReactNode;
  remove?: (() => void) | undefined;
  label: string;
}) {
  return (
    <div className={css.item}>
      {children}
      {remove && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<RemoveIcon size={14} />}
            onClick={remove}
          >
            {label}
          </Button>
        </div>
      )}
    </div>
  );
}
export const Add = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <div>
    <Button variant="default" size="compact-md" leftSection={<PlusIcon size={15} />} onClick={onClick}>
      {children}
    </Button>
  </div>
);
export const replaced = <T,>(list: readonly T[], at: number, patch: Partial<T>): T[] =>
  list.map((one, i) => (i === at ? { ...one, ...patch } : one));
export const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);
