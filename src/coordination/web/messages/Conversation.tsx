import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { call, queries, reading, failureOf } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import {
  BackIcon,
  CheckIcon,
  DoneIcon,
  HiddenIcon,
  MoreIcon,
  PatientsIcon,
  ReminderIcon,
} from '../../../web/ui/icons.ts';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type Conversation as Shape, coordinationContract, type Message } from '../../contract.ts';
import { BoxBar } from './BoxBar.tsx';
import { Composer, kept, type Written } from './Composer.tsx';
import { MessageLines } from './MessageLines.tsx';
import css from './conversation.module.css';
import { type Outgoing, outbox, useOutgoing } from './sending.ts';
import { keep, refreshMessages, threadQuery } from './use-messages.ts';

const blank: Written = { text: '', urgent: false, mentions: [] };

/** One conversation: who takes part, what was said, where one answers. */
export function Conversation({ id, onBack, inRecord }: { id: string; onBack?: () => void; inRecord?: boolean }) {
  const query = useQuery({ ...threadQuery(id), staleTime: 0 });
  if (failureOf(query))
    return (
      <div className={css.conversation}>
        {onBack && <Back onBack={onBack} />}
        <Failure of={query} />
      </div>
    );
  if (!query.data)
    return (
      <div className={css.conversation} role="status" aria-label="Chargement">
        <div className="pad stack">
          <Bone w="46%" h={20} />
          <Bone w="70%" />
          <Bone w="58%" />
        </div>
      </div>
    );
  return <Shown key={id} thread={query.data} onBack={onBack} inRecord={inRecord} />;
}
const Back = ({ onBack }: { onBack: () => void }) => (
  <ActionIcon aria-label="Revenir à la liste" className={css.back} onClick={onBack}>
    <BackIcon size={20} />
  </ActionIcon>
);

function Shown({
  thread,
  onBack,
  inRecord,
}: {
  thread: Shape;
  onBack: (() => void) | undefined;
  inRecord: boolean | undefined;
}) {
  // What was unread when one came in stays marked while one reads.
  const [readTo] = useState(thread.readTo);
  // An answer that was lost on the way: what the conversation holds did arrive, whatever the browser was told.
  const arrived = new Set(thread.messages.map((one) => one.id));
  const all = useOutgoing(thread.id);
  const outgoing = all.filter((one) => !arrived.has(one.key));
  const twice = all.find((one) => arrived.has(one.key))?.key;
  useEffect(() => {
    if (twice) outbox.take(twice);
  }, [twice]);
  const earlier = useEarlier(thread);
  const shown = { ...thread, messages: [...earlier.messages, ...thread.messages] };
  useRead(thread);
  const end = useScrolled(thread.messages.at(-1)?.n ?? 0, outgoing.length);
  const { values, set, clear, state } = useDraft<Written>(
    `message:${thread.id}`,
    { patient: inRecord ? (thread.patient?.id ?? null) : null, form: 'message', label: `Message : ${thread.topic}` },
    blank,
  );
  const [files, setFiles] = useState<File[]>([]);
  const [standIns, setStandIns] = useState(true);
  const covered = thread.absent.filter((one) => one.standIn && !one.standIn.here);
  const send = () => {
    outbox.send({
      thread: thread.id,
      text: values.text.trim(),
      urgent: values.urgent,
      mentions: kept(values.mentions, values.text),
      files,
      letIn: false,
      standIns,
    });
    clear();
    setFiles([]);
  };
  const rewrite = ({ key }: Outgoing) => {
    const back = outbox.take(key);
    if (back)
      set({
        text: values.text ? `${back.text}\n${values.text}` : back.text,
        urgent: back.urgent,
        mentions: back.mentions,
      });
    if (back) setFiles(back.files);
  };
  const withdraw = useMutation({
    mutationFn: (message: Message) =>
      call(coordinationContract.withdraw, {
        params: { id: thread.id, message: message.id },
        body: { version: message.version },
      }),
    onSuccess: keep,
    onError: failed,
  });
  return (
    <section className={css.conversation} aria-label={thread.topic}>
      <Head thread={thread} onBack={onBack} inRecord={inRecord} />
      {thread.box && <BoxBar thread={thread} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard */}
      <div className={css.scroll} ref={end} tabIndex={0} role="log" aria-label="Messages" aria-live="polite">
        {(earlier.older ?? null) !== null && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={earlier.pending}
            onClick={earlier.more}
            className={css.earlier}
          >
            Voir les messages précédents
          </Button>
        )}
        <MessageLines
          thread={shown}
          readTo={readTo}
          outgoing={outgoing}
          onWithdraw={(message) => withdraw.mutate(message)}
          onRewrite={rewrite}
        />
      </div>
      {thread.mayWrite ? (
        <Composer
          values={values}
          set={set}
          files={files}
          setFiles={setFiles}
          onSend={send}
          patient={thread.patient?.id}
          status={draftWords[state]}
        >
          {thread.absent.length > 0 && <Absent thread={thread} />}
          {covered.length > 0 && !thread.patient && !thread.everyone && (
            <Checkbox
              size="sm"
              className={css.inset}
              label={`Faire entrer ${covered.map((one) => one.standIn!.name).join(', ')} dans cette conversation, pour l’absence`}
              checked={standIns}
              onChange={(event) => setStandIns(event.currentTarget.checked)}
            />
          )}
          {thread.administrative && (
            <p className={`dim tiny ${css.inset}`}>Lu par le secrétariat : rien de clinique ici.</p>
          )}
        </Composer>
      ) : (
        <p className="dim small pad">Vos droits permettent de lire cet échange, pas d’y écrire.</p>
      )}
    </section>
  );
}

/** Who is away and who receives their messages: said before one writes. */
function Absent({ thread }: { thread: Shape }) {
  return (
    <div className={css.inset}>
      {thread.absent.map((one) => (
        <p key={one.id} className="small">
          <Tag tone="warning">absent·e</Tag> {one.name} jusqu’au {sayDate(one.until)}
          {one.standIn
            ? one.standIn.here
              ? ` ; ${one.standIn.name} reçoit les messages.`
              : thread.patient
                ? ` ; ${one.standIn.name} remplace, mais n’a pas accès aux échanges de ce patient.`
                : ` ; ${one.standIn.name} remplace.`
            : ' ; personne n’est désigné.'}
        </p>
      ))}
    </div>
  );
}

function Head({
  thread,
  onBack,
  inRecord,
}: {
  thread: Shape;
  onBack: (() => void) | undefined;
  inRecord: boolean | undefined;
}) {
  const others = thread.people.filter((one) => !one.me);
  const settings = useMutation({
    mutationFn: (body: { muted?: boolean; archived?: boolean; following?: boolean }) =>
      call(coordinationContract.threadSettings, { params: { id: thread.id }, body }),
    onSuccess: keep,
    onError: failed,
  });
  const unread = useMutation({
    mutationFn: () =>
      call(coordinationContract.markRead, {
        params: { id: thread.id },
        body: { upTo: Math.max(0, (thread.messages.findLast((one) => !one.who?.me)?.n ?? 1) - 1) },
      }),
    onSuccess: () => {
      onBack?.();
      void refreshMessages();
      done('Marqué comme non lu.');
    },
    onError: failed,
  });
  const archive = () =>
    settings.mutate(
      { archived: !thread.archived },
      {
        onSuccess: () =>
          thread.archived ||
          done('Conversation classée. Un nouveau message la fera revenir.', () =>
            call(coordinationContract.threadSettings, { params: { id: thread.id }, body: { archived: false } }).then(
              keep,
            ),
          ),
      },
    );
  return (
    <header className={css.head}>
      {onBack && <Back onBack={onBack} />}
      <div className="grow">
        <h2>{thread.topic}</h2>
        <div className={`small ${css.sub}`}>
          {thread.patient && !inRecord && (
            <Link to="/patients/$patient" params={{ patient: thread.patient.id }} className="nowrap touch">
              {thread.patient.name}, {thread.patient.age}
            </Link>
          )}
          {thread.administrative && <Tag tone="info">administratif</Tag>}
          {thread.everyone ? (
            <span className="dim row" style={{ gap: 4 }}>
              <PatientsIcon size={14} /> Toute la structure
            </span>
          ) : (
            <span
              className={css.faces}
              role="group"
              aria-label={`${sayCount(thread.people.length, 'participant')} : ${thread.people.map((one) => one.name).join(', ')}`}
            >
              {others.slice(0, 6).map((one) => (
                <Face key={one.id} name={one.name} role={one.role} profession={one.profession} size={24} />
              ))}
              <span className="dim clip">
                {others.length === 0
                  ? 'Vous seul·e'
                  : others.length <= 3
                    ? others.map((one) => one.name).join(', ')
                    : sayCount(others.length + 1, 'participant')}
              </span>
            </span>
          )}
        </div>
      </div>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="Agir sur cette conversation">
            <MoreIcon size={19} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!thread.following && (
            <Menu.Item leftSection={<CheckIcon size={16} />} onClick={() => settings.mutate({ following: true })}>
              Suivre cette conversation
            </Menu.Item>
          )}
          {thread.following && (
            <>
              <Menu.Item leftSection={<ReminderIcon size={16} />} onClick={() => unread.mutate()}>
                Marquer comme non lu
              </Menu.Item>
              <Menu.Item leftSection={<DoneIcon size={16} />} onClick={archive}>
                {thread.archived ? 'Remettre dans mes messages' : 'Classer'}
              </Menu.Item>
              <Menu.Item
                leftSection={<HiddenIcon size={16} />}
                onClick={() => settings.mutate({ muted: !thread.muted })}
              >
                {thread.muted ? 'Ne plus mettre en sourdine' : 'Mettre en sourdine'}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

/** What is on screen has been read, while someone looks at it. */
function useRead(thread: Shape) {
  const newest = thread.messages.at(-1)?.n ?? 0;
  const waits = thread.following && newest > thread.readTo;
  useEffect(() => {
    if (!waits) return;
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      call(coordinationContract.markRead, { params: { id: thread.id }, body: { upTo: newest } }).then(
        (counts) => {
          queries.setQueryData(reading(coordinationContract.messageCounts).queryKey, counts);
          void refreshMessages();
        },
        () => undefined,
      );
    };
    const timer = setTimeout(mark, 600);
    document.addEventListener('visibilitychange', mark);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [thread.id, newest, waits]);
}

/** Older pages, asked for one by one. */
function useEarlier(thread: Shape): { messages: Message[]; older: number | null; pending: boolean; more: () => void } {
  const [pages, setPages] = useState<{ messages: Message[]; older: number | null } | null>(null);
  const older = pages ? pages.older : thread.older;
  const load = useMutation({
    mutationFn: () =>
      call(coordinationContract.thread, { params: { id: thread.id }, query: { before: older ?? undefined } }),
    onSuccess: (page) =>
      setPages((now) => ({ messages: [...page.messages, ...(now?.messages ?? [])], older: page.older })),
    onError: failed,
  });
  const first = thread.messages[0]?.n ?? 0;
  return {
    messages: (pages?.messages ?? []).filter((one) => one.n < first),
    older,
    pending: load.isPending,
    more: () => load.mutate(),
  };
}

/** The newest message is in view: at once when one comes in, and when something arrives while one is at the end. */
function useScrolled(newest: number, outgoing: number) {
  const element = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const line = box.querySelector('#non-lus');
    if (line && atEnd.current) line.scrollIntoView({ block: 'start' });
    else box.scrollTop = box.scrollHeight;
    const listen = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    };
    box.addEventListener('scroll', listen, { passive: true });
    return () => box.removeEventListener('scroll', listen);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes in or goes out makes it longer
  useLayoutEffect(() => {
    if (atEnd.current && element.current) element.current.scrollTop = element.current.scrollHeight;
  }, [newest, outgoing]);
  return element;
}
