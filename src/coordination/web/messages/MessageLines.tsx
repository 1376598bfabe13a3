import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import { sayAgo, sayDateTime, sayLongDate, sayTime } from '../../../web/say.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import {
  CheckIcon,
  DocumentIcon,
  EyeIcon,
  ImageIcon,
  MoreIcon,
  RefreshIcon,
  UndoIcon,
  WarningIcon,
} from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import type { Conversation, Message } from '../../contract.ts';
import { sizeOf } from './Composer.tsx';
import css from './conversation.module.css';
import { type Outgoing, outbox } from './sending.ts';

const dayOf = (at: string) => new Date(at).toDateString();
const dayLabel = (at: string): string => {
  const days = Math.round((new Date(new Date().toDateString()).getTime() - new Date(dayOf(at)).getTime()) / 86_400_000);
  return days === 0 ? 'Aujourd’hui' : days === 1 ? 'Hier' : sayLongDate(new Date(at).toISOString());
};
const stepWords = { take: 's’en occupe', 'hand-over': 'passe à', done: 'a traité', reopen: 'remet à traiter' } as const;

/** Everything that was said, oldest first: days, who speaks in one group, what is new, who read. */
export function MessageLines({
  thread,
  readTo,
  outgoing,
  onWithdraw,
  onRewrite,
}: {
  thread: Conversation;
  readTo: number;
  outgoing: readonly Outgoing[];
  onWithdraw: (message: Message) => void;
  onRewrite: (one: Outgoing) => void;
}) {
  const rows = [
    ...thread.messages.map((message) => ({ at: message.at, message, step: null })),
    ...thread.steps.map((step) => ({ at: step.at, message: null, step })),
  ].sort((a, b) => (a.message && b.message ? a.message.n - b.message.n : Date.parse(a.at) - Date.parse(b.at)));
  const last = thread.messages.findLast((one) => one.who?.me && one.text !== null);
  let unreadShown = false;
  return (
    <div className={css.lines}>
      {rows.map((row, index) => {
        const before = rows[index - 1];
        const newDay = !before || dayOf(before.at) !== dayOf(row.at);
        const fresh = row.message && !row.message.who?.me && row.message.n > readTo && !unreadShown;
        if (fresh) unreadShown = true;
        const grouped =
          !newDay &&
          !fresh &&
          before?.message &&
          row.message &&
          before.message.who?.id === row.message.who?.id &&
          Date.parse(row.at) - Date.parse(before.at) < 10 * 60_000;
        return (
          <Fragment key={row.message?.id ?? `${row.step!.act}${row.at}`}>
            {newDay && (
              <div className={css.day}>
                <span>{dayLabel(row.at)}</span>
              </div>
            )}
            {fresh && (
              <div className={css.fresh} id="non-lus">
                <span>Non lus</span>
              </div>
            )}
            {row.message ? (
              <Line
                message={row.message}
                grouped={!!grouped}
                receipts={row.message.id === last?.id}
                onWithdraw={onWithdraw}
              />
            ) : (
              <p className={css.step}>
                <b>{row.step!.who?.me ? 'Vous' : row.step!.who?.name}</b> {stepWords[row.step!.act]}
                {row.step!.whom && <b> {row.step!.whom.me ? 'vous' : row.step!.whom.name}</b>} · {sayTime(row.at)}
              </p>
            )}
          </Fragment>
        );
      })}
      {outgoing.map((one) => (
        <Pending key={one.key} one={one} onRewrite={onRewrite} />
      ))}
    </div>
  );
}

function Line({
  message,
  grouped,
  receipts,
  onWithdraw,
}: {
  message: Message;
  grouped: boolean;
  receipts: boolean;
  onWithdraw: (message: Message) => void;
}) {
  const { who, text } = message;
  const readers = message.readBy.filter((one) => one.id !== who?.id);
  return (
    <article
      className={css.line}
      data-grouped={grouped || undefined}
      data-mine={who?.me || undefined}
      data-urgent={message.urgent || undefined}
      aria-label={`${who?.me ? 'Vous' : (who?.name ?? 'Inconnu')}, ${sayDateTime(message.at)}`}
    >
      <span>{!grouped && <Face name={who?.name ?? '?'} profession={who?.profession} size={30} quiet />}</span>
      <div className={css.said}>
        {!grouped && (
          <header>
            <b>{who?.me ? 'Vous' : (who?.name ?? 'Inconnu')}</b> <span className="dim small">{who?.role}</span>
            <time className="dim tiny nowrap" dateTime={message.at} title={sayDateTime(message.at)}>
              {sayTime(message.at)}
            </time>
          </header>
        )}
        {message.urgent && text !== null && (
          <Tag tone="danger" icon={<WarningIcon size={12} />}>
            Urgent
          </Tag>
        )}
        {text === null ? (
          <p className={`dim ${css.gone}`}>Message retiré par son auteur.</p>
        ) : (
          text && <p className={css.text}>{strong(text, message.mentions)}</p>
        )}
        {message.files.length > 0 && (
          <ul className={`plain ${css.files}`}>
            {message.files.map((file) => (
              <li key={file.id}>
                <a href={file.url} target="_blank" rel="noopener" className={css.fileLink}>
                  {file.contentType.startsWith('image/') ? (
                    <ImageIcon size={16} stroke={1.6} />
                  ) : (
                    <DocumentIcon size={16} stroke={1.6} />
                  )}
                  <span className="clip">{file.title}</span>{' '}
                  <span className="dim tiny num nowrap">{sizeOf(file.size)}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
        {receipts && readers.length > 0 && (
          <p
            className={`dim tiny ${css.readBy}`}
            title={readers.map((one) => `${one.name}, ${sayAgo(one.at)}`).join('\n')}
          >
            <EyeIcon size={13} stroke={1.7} /> Lu par{' '}
            {readers.length > 3
              ? `${readers
                  .slice(0, 2)
                  .map((one) => one.name)
                  .join(', ')} et ${readers.length - 2} autres`
              : readers.map((one) => one.name).join(', ')}
            {readers.length === 1 && `, ${sayAgo(readers[0]!.at)}`}
          </p>
        )}
      </div>
      {who?.me && text !== null && (
        <Menu>
          <Menu.Target>
            <ActionIcon size="sm" className={css.more} aria-label={`Agir sur votre message de ${sayTime(message.at)}`}>
              <MoreIcon size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {readers.length > 0 && (
              <Menu.Label>Lu par {readers.map((one) => `${one.name} (${sayAgo(one.at)})`).join(', ')}</Menu.Label>
            )}
            <Menu.Item leftSection={<UndoIcon size={16} />} onClick={() => onWithdraw(message)}>
              Retirer ce message
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </article>
  );
}

/** Names written «@…» stand out; one's own more. */
function strong(text: string, mentions: Message['mentions']): ReactNode {
  const names = [...mentions].sort((a, b) => b.name.length - a.name.length);
  if (!text.includes('@')) return text;
  const pattern = new RegExp(
    `(@(?:${[...names.map((one) => one.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), '[\\p{L}][\\p{L}’-]*'].join('|')}))`,
    'gu',
  );
  return text.split(pattern).map((piece, index) => {
    const named = piece.startsWith('@') ? names.find((one) => `@${one.name}` === piece) : undefined;
    return piece.startsWith('@') && piece.length > 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order
      <span key={index} className={css.mention} data-me={named?.me || undefined}>
        {piece}
      </span>
    ) : (
      piece
    );
  });
}

/** A message that left and is not acknowledged, or that was refused: what is kept, what to do. */
function Pending({ one, onRewrite }: { one: Outgoing; onRewrite: (one: Outgoing) => void }) {
  const [agreed, setAgreed] = useState(false);
  const outside =
    one.refusal?.extra.code === 'outside'
      ? (one.refusal.extra as { where: 'team' | 'conversation'; people: { name: string }[] })
      : null;
  return (
    <article className={css.line} data-mine data-pending={one.state} aria-label="Votre message, pas encore envoyé">
      <span />
      <div className={css.said}>
        <p className={css.text}>{one.text}</p>
        {one.files.length > 0 && <p className="dim small">{one.files.map((file) => file.name).join(', ')}</p>}
        {one.state === 'sending' ? (
          <p className="dim tiny" role="status">
            Envoi en cours{one.share !== null && one.share < 1 ? `, ${Math.round(one.share * 100)} %` : '…'}
          </p>
        ) : (
          <Note
            tone={outside ? 'warning' : 'danger'}
            live
            action={
              <span className="row wrap">
                {outside ? (
                  <Button
                    size="compact-sm"
                    disabled={!agreed}
                    leftSection={<CheckIcon size={15} />}
                    onClick={() => outbox.again(one.key, { letIn: true })}
                  >
                    Envoyer
                  </Button>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<RefreshIcon size={15} />}
                    onClick={() => outbox.again(one.key)}
                  >
                    Réessayer
                  </Button>
                )}
                <Button size="compact-sm" variant="subtle" onClick={() => onRewrite(one)}>
                  Reprendre le texte
                </Button>
              </span>
            }
          >
            {one.refusal?.message ??
              'Ce message n’est pas confirmé. Réessayez : s’il était déjà parti, il n’arrivera pas deux fois.'}
            {outside && (
              <Checkbox
                mt={8}
                size="sm"
                label={
                  outside.where === 'team'
                    ? 'Le patient est d’accord pour élargir son équipe de soins'
                    : `Faire entrer ${outside.people.map((person) => person.name).join(', ')}, qui lira tout le fil`
                }
                checked={agreed}
                onChange={(event) => setAgreed(event.currentTarget.checked)}
              />
            )}
          </Note>
        )}
      </div>
    </article>
  );
}
