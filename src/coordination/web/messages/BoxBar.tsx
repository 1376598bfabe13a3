import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, Refusal, reading } from '../../../web/api.ts';
import { sayAgo } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, DoneIcon, DownIcon, HandOverIcon, InboxIcon, UndoIcon } from '../../../web/ui/icons.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { boxStateLabels, type Conversation, coordinationContract } from '../../contract.ts';
import css from './conversation.module.css';
import { keep, refreshMessages } from './use-messages.ts';

type Act = 'take' | 'hand-over' | 'done' | 'reopen';
const tones = { open: 'warning', taken: 'info', done: 'success' } as const;

/** Who handles a message of a box: one person at a time, and everyone sees who (COO-9). */
export function BoxBar({ thread }: { thread: Conversation }) {
  const box = thread.box!;
  const boxes = useQuery({ ...reading(coordinationContract.boxes), enabled: box.member });
  const act = useMutation({
    mutationFn: ({ act, to }: { act: Act; to?: string }) =>
      call(coordinationContract.handle, { params: { id: thread.id }, body: { act, to } }),
    onSuccess: (conversation, { act }) => {
      keep(conversation);
      if (act === 'done')
        done('Traité.', () =>
          call(coordinationContract.handle, { params: { id: thread.id }, body: { act: 'reopen' } }).then(keep),
        );
    },
    onError: (error) => {
      failed(error);
      if (error instanceof Refusal && error.status === 409) void refreshMessages();
    },
  });
  const mine = box.handler?.me ?? false;
  const members = boxes.data?.boxes.find((one) => one.id === box.id)?.members ?? [];
  return (
    <div className={css.boxBar} data-state={box.state}>
      <InboxIcon size={17} stroke={1.6} />
      <span className="strong nowrap">{box.name}</span>
      <Tag tone={tones[box.state]}>{boxStateLabels[box.state]}</Tag>
      <span className="small grow">
        {box.handler && <>{box.handler.me ? 'par vous' : `par ${box.handler.name}`} </>}
        <span className="dim">{sayAgo(box.since)}</span>
        {box.late && <b className="warning"> · personne depuis plus d’une demi-journée</b>}
      </span>
      {box.member && (
        <span className={css.boxActs}>
          {box.state === 'open' && (
            <Button
              size="compact-md"
              leftSection={<CheckIcon size={16} />}
              loading={act.isPending}
              onClick={() => act.mutate({ act: 'take' })}
            >
              Je m’en occupe
            </Button>
          )}
          {box.state === 'taken' && mine && (
            <Button
              size="compact-md"
              leftSection={<DoneIcon size={16} />}
              loading={act.isPending}
              onClick={() => act.mutate({ act: 'done' })}
            >
              C’est traité
            </Button>
          )}
          {box.state !== 'done' && members.length > 1 && (
            <Menu>
              <Menu.Target>
                <Button
                  size="compact-md"
                  variant="default"
                  rightSection={<DownIcon size={14} />}
                  leftSection={<HandOverIcon size={16} />}
                >
                  Passer à
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {members
                  .filter((one) => one.id && one.id !== box.handler?.id)
                  .map((one) => (
                    <Menu.Item key={one.id} onClick={() => act.mutate({ act: 'hand-over', to: one.id! })}>
                      {one.me ? 'Moi' : one.name} {one.absentUntil && <Tag tone="warning">absent·e</Tag>}
                    </Menu.Item>
                  ))}
                {box.state === 'taken' && mine && (
                  <Menu.Item leftSection={<UndoIcon size={15} />} onClick={() => act.mutate({ act: 'reopen' })}>
                    Laisser à qui voudra
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
          {box.state === 'done' && (
            <Button
              size="compact-md"
              variant="default"
              leftSection={<UndoIcon size={16} />}
              loading={act.isPending}
              onClick={() => act.mutate({ act: 'reopen' })}
            >
              Remettre à traiter
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
