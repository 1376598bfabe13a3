import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Refusal } from '../api.ts';
import { CheckIcon, DangerIcon } from './icons.ts';
import { Kbd } from './bits.tsx';

let last: { id: string; undo: () => void } | null = null;

/** Says that it is done, and for ten seconds how to take it back (button, or Ctrl/Cmd-Z outside a field). */
export function done(message: string, undo?: () => Promise<unknown> | unknown, undone = 'Annulé.') {
  const id = `done-${Date.now()}`;
  const back = undo
    ? () => {
        last = null;
        notifications.hide(id);
        void Promise.resolve(undo()).then(
          () =>
            notifications.show({
              message: undone,
              autoClose: 3000,
              icon: <CheckIcon size={16} />,
              withCloseButton: false,
            }),
          (error) => failed(error),
        );
      }
    : undefined;
  if (back) last = { id, undo: back };
  notifications.show({
    id,
    autoClose: back ? 10_000 : 4000,
    icon: <CheckIcon size={16} />,
    onClose: () => {
      if (last?.id === id) last = null;
    },
    message: (
      <span className="row between">
        <span>{message}</span>
        {back && (
          <Button size="compact-sm" variant="subtle" flex="none" onClick={back} rightSection={<Kbd>Ctrl Z</Kbd>}>
            Annuler
          </Button>
        )}
      </span>
    ),
  });
}

/** Ctrl/Cmd-Z: takes back the last act that can be. @returns whether there was one */
export function undoLast(): boolean {
  if (!last) return false;
  last.undo();
  return true;
}

/** Says what was refused, in the server's words. */
export function failed(error: unknown) {
  const refusal = error instanceof Refusal ? error : null;
  notifications.show({
    title: refusal?.title ?? 'Non enregistré',
    message: refusal?.message ?? 'L’action n’a pas abouti. Rien n’a été modifié ; réessayez.',
    color: 'red',
    icon: <DangerIcon size={16} />,
    autoClose: 8000,
  });
}
