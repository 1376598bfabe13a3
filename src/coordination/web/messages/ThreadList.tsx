import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { call, queries, reading, failureOf } from '../../../web/api.ts';
import { sayAgo, sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { ClipIcon, HiddenIcon, InboxIcon, MessagesIcon, WarningIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { boxStateLabels, coordinationContract, type ThreadLine } from '../../contract.ts';
import css from './messages.module.css';
import { threadQuery } from './use-messages.ts';

export interface ThreadsAsked {
  view: 'mine' | 'unread' | 'mentions' | 'patients' | 'archived' | 'box';
  box?: string | undefined;
  state?: 'todo' | 'mine' | 'done' | undefined;
  q?: string | undefined;
}

/** Conversations of a view, newest first; arrows go from one to the next. */
export function ThreadList({
  asked,
  open,
  onOpen,
  empty,
  hint,
}: {
  asked: ThreadsAsked;
  open: string | undefined;
  onOpen: (id: string) => void;
  empty: string;
  /** What will be here, and how it comes. */
  hint: string;
}) {
  const query = useQuery({
    ...reading(coordinationContract.threads, { query: asked }),
    placeholderData: (before) => before,
  });
  const [more, setMore] = useState<{ key: string; threads: ThreadLine[]; next: string | null } | null>(null);
  const key = JSON.stringify(asked);
  const list = useRef<HTMLUListElement>(null);
  const further = more?.key === key ? more : null;
  const first = query.data?.threads ?? [];
  const threads = [...first, ...(further?.threads ?? []).filter((one) => !first.some((other) => other.id === one.id))];
  const next = further ? further.next : (query.data?.next ?? null);
  useEffect(() => {
    if (open) list.current?.querySelector(`[data-id="${CSS.escape(open)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} height={64} />;
  if (threads.length === 0)
    return (
      <EmptyState icon={asked.view === 'box' ? InboxIcon : MessagesIcon} title={asked.q ? 'Rien ne correspond' : empty}>
        {asked.q
          ? 'La recherche porte sur les échanges auxquels vous prenez part et que vos droits vous laissent lire.'
          : hint}
      </EmptyState>
    );
  return (
    <>
      <ul
        ref={list}
        className={`plain ${css.threads}`}
        aria-label="Conversations"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
          const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
          const to = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
          if (!to) return;
          event.preventDefault();
          to.focus();
        }}
      >
        {threads.map((thread) => (
          <li key={thread.id} data-id={thread.id}>
            <Row
              thread={thread}
              on={thread.id === open}
              onOpen={() => onOpen(thread.id)}
              inBox={asked.view === 'box'}
            />
          </li>
        ))}
      </ul>
      {next && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={css.earlier}
          onClick={() =>
            call(coordinationContract.threads, { query: { ...asked, cursor: next } }).then(
              (page) => setMore({ key, threads: [...(further?.threads ?? []), ...page.threads], next: page.next }),
              failed,
            )
          }
        >
          Voir la suite
        </Button>
      )}
    </>
  );
}

const tones = { open: 'warning', taken: 'info', done: 'success' } as const;
export function Row({
  thread,
  on,
  onOpen,
  inBox,
  inRecord,
}: {
  thread: ThreadLine;
  on?: boolean;
  onOpen: () => void;
  inBox?: boolean;
  inRecord?: boolean;
}) {
  const { last } = thread;
  const from = last.who?.me ? 'Vous' : last.who?.name.replace(/^(Dr) /, '$1 ');
  return (
    <button
      type="button"
      className={css.thread}
      data-on={on || undefined}
      data-unread={thread.unread > 0 || undefined}
      aria-current={on || undefined}
      onClick={onOpen}
      onMouseEnter={() => void queries.prefetchQuery({ ...threadQuery(thread.id), staleTime: 5_000 })}
    >
      <span className={css.top}>
        <span className={`clip ${css.subject}`}>{thread.topic}</span>
        {thread.unread > 0 && (
          <span className={css.count} data-urgent={thread.urgent || undefined}>
            {thread.unread}
            <span className="vh"> non {thread.unread > 1 ? 'lus' : 'lu'}</span>
          </span>
        )}
        <time className="dim tiny nowrap" dateTime={last.at} title={sayDateTime(last.at)}>
          {sayAgo(last.at)}
        </time>
      </span>
      {((thread.patient && !inRecord) ||
        thread.administrative ||
        thread.box ||
        thread.everyone ||
        (thread.urgent && thread.unread > 0) ||
        thread.mentioned ||
        thread.muted) && (
        <span className={css.marks}>
          {thread.urgent && thread.unread > 0 && (
            <Tag tone="danger" icon={<WarningIcon size={12} />}>
              Urgent
            </Tag>
          )}
          {thread.mentioned && <Tag tone="accent">@ vous</Tag>}
          {thread.patient && !inRecord && <span className={css.patient}>{thread.patient.name}</span>}
          {thread.administrative && <span className="dim tiny">administratif</span>}
          {thread.everyone && <span className="dim tiny">toute la structure</span>}
          {thread.box && (
            <>
              {!inBox && <span className="dim tiny">{thread.box.name}</span>}
              <Tag tone={thread.box.late ? 'danger' : tones[thread.box.state]}>
                {thread.box.late ? 'En attente' : boxStateLabels[thread.box.state]}
              </Tag>
              {thread.box.handler && (
                <span className="dim tiny clip">{thread.box.handler.me ? 'vous' : thread.box.handler.name}</span>
              )}
            </>
          )}
          {thread.muted && <HiddenIcon size={14} aria-label="en sourdine" />}
        </span>
      )}
      <span className={`small clip ${css.preview}`}>
        {from && <span>{from} : </span>}
        {thread.found ? thread.found.excerpt : last.text}
        {last.files > 0 && (
          <>
            {' '}
            <ClipIcon size={13} aria-label="avec un fichier" style={{ verticalAlign: -2 }} />
          </>
        )}
      </span>
    </button>
  );
}
