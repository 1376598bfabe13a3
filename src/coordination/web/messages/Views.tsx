import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { ActionIcon } from '@mantine/core';
import { sayAgo, sayCount } from '../../../web/say.ts';
import {
  DoneIcon,
  InboxIcon,
  MessagesIcon,
  PatientsIcon,
  ReminderIcon,
  SettingsIcon,
  TeamIcon,
} from '../../../web/ui/icons.ts';
import type { Box } from '../../contract.ts';
import css from './messages.module.css';
import { useCounts } from './use-messages.ts';

export const views = [
  {
    view: 'recus',
    asked: 'mine',
    label: 'Mes échanges',
    icon: MessagesIcon,
    empty: 'Aucun échange',
    more: 'Les échanges où l’on vous écrit s’afficheront ici.',
  },
  {
    view: 'non-lus',
    asked: 'unread',
    label: 'Non lus',
    icon: ReminderIcon,
    empty: 'Tout est lu',
    more: 'Les messages que vous n’avez pas encore ouverts s’afficheront ici.',
  },
  {
    view: 'mentions',
    asked: 'mentions',
    label: 'On me nomme',
    icon: TeamIcon,
    empty: 'Personne ne vous a nommé',
    more: 'Un collègue qui écrit @ puis votre nom dans un message vous le signale ici.',
  },
  {
    view: 'patients',
    asked: 'patients',
    label: 'Mes patients',
    icon: PatientsIcon,
    empty: 'Aucun échange sur vos patients',
    more: 'Les échanges qui portent sur un patient dont vous vous occupez s’afficheront ici. La touche J d’un dossier en ouvre un.',
  },
  {
    view: 'classes',
    asked: 'archived',
    label: 'Classés',
    icon: DoneIcon,
    empty: 'Rien n’est classé',
    more: 'Un échange fini se classe : il quitte vos listes et reste ici, où la recherche le trouve.',
  },
] as const;

/** The left pane: what one looks at, and the boxes with what waits in them. */
export function Views({
  current,
  boxes,
  onSettings,
}: {
  current: string;
  boxes: readonly Box[];
  onSettings: (box: string) => void;
}) {
  const counts = useCounts();
  const shown: Record<string, number> = { 'non-lus': counts.unread, mentions: counts.mentions };
  return (
    <nav className={css.views} aria-label="Échanges et boîtes">
      <ul className="plain">
        {views.map((one) => (
          <li key={one.view}>
            <View
              vue={one.view}
              on={current === one.view}
              label={one.label}
              icon={one.icon}
              count={shown[one.view] ?? 0}
            />
          </li>
        ))}
      </ul>
      {boxes.length > 0 && <h2 className={css.boxesTitle}>Boîtes</h2>}
      <ul className="plain">
        {boxes.map((box) => (
          <li key={box.id} className={css.boxRow}>
            {box.member ? (
              <View
                vue={`boite:${box.id}`}
                on={current === `boite:${box.id}`}
                label={box.name}
                icon={InboxIcon}
                count={box.todo}
                title={membersWords(box)}
              />
            ) : (
              <span className={css.view} title={membersWords(box)}>
                <InboxIcon size={17} stroke={1.6} />
                <span className="grow clip dim">{box.name}</span>
              </span>
            )}
            {box.mayManage && (
              <ActionIcon size="sm" aria-label={`Régler la boîte ${box.name}`} onClick={() => onSettings(box.id)}>
                <SettingsIcon size={15} stroke={1.7} />
              </ActionIcon>
            )}
            {box.waiting && box.waiting.count > 0 && (
              <p className={`tiny ${css.waiting}`}>
                {sayCount(box.waiting.count, 'message')} sans personne, {sayAgo(box.waiting.since)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
const membersWords = (box: Box): string =>
  `${box.members.map((one) => `${one.name}${one.absentUntil ? ' (absent·e)' : ''}${one.standsInFor ? ` (remplace ${one.standsInFor})` : ''}`).join(', ')}`;

function View({
  vue,
  on,
  label,
  icon: Icon,
  count,
  title,
}: {
  vue: string;
  on: boolean;
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  count: number;
  title?: string;
}) {
  return (
    <Link
      to="/coordination/messages"
      search={{ vue: vue === 'recus' ? undefined : vue } as never}
      className={css.view}
      data-on={on || undefined}
      aria-current={on ? 'page' : undefined}
      title={title}
    >
      <Icon size={17} stroke={1.6} />
      <span className="grow clip">{label}</span>
      {count > 0 && <span className={css.count}>{count > 99 ? '99+' : count}</span>}
    </Link>
  );
}
