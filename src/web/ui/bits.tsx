import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { sayAgo, sayDateTime } from '../say.ts';
import css from './bits.module.css';

export const Kbd = ({ children }: { children: ReactNode }) => <kbd className="kbd">{children}</kbd>;

/** Initials of «LE GOFF Marie» or «Marie Le Goff»: two letters. */
export const initials = (name: string): string => {
  const words = name
    .replace(/^(Dr|Mme|M\.)\s+/i, '')
    .split(/[\s-]+/)
    .filter((word) => !/^(le|la|de|du|des|l|d)$/i.test(word));
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? words.at(-1)![0] : ''}`.toUpperCase();
};

/** A face: initials on a calm ground; the hue says the family of professions, the label says the rest. */
export function Face({
  name,
  role,
  profession,
  size = 28,
  quiet,
}: {
  name: string;
  role?: string;
  profession?: string | null;
  size?: number;
  /** The name is written beside. */
  quiet?: boolean;
}) {
  const family = familyOf(profession);
  return (
    <Tooltip label={role ? `${name} · ${role}` : name}>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has a name only where it is an image */}
      <span
        className={css.face}
        data-family={family}
        data-initials={initials(name)}
        style={{ width: size, height: size, fontSize: size * 0.38 }}
        role={quiet ? undefined : 'img'}
        aria-hidden={quiet}
        aria-label={quiet ? undefined : role ? `${name}, ${role}` : name}
      />
    </Tooltip>
  );
}
const familyOf = (profession?: string | null): string => {
  if (!profession) return 'other';
  if (/physician|surgeon|midwife/.test(profession)) return 'medical';
  if (/nurse/.test(profession)) return 'nursing';
  if (/pharmac|laborat/.test(profession)) return 'pharmacy';
  if (/therapist|physio|chiro|orthopt|diet|psycho|radio/.test(profession)) return 'rehab';
  return 'staff';
};

/** Who, in which role, when: the same line everywhere. */
export function WhoWhen({
  who,
  when,
  short,
}: {
  who: { name: string; role: string; me?: boolean } | null | undefined;
  when?: string | null;
  short?: boolean;
}) {
  return (
    <span className={`${css.who} dim tiny`}>
      {who && (
        <span>
          {who.me ? 'Vous' : who.name}
          {!short && who.role && `, ${who.role}`}
        </span>
      )}
      {who && when && <span aria-hidden>·</span>}
      {when && (
        <Tooltip label={sayDateTime(when)}>
          <time dateTime={when} className="nowrap">
            {sayAgo(when)}
          </time>
        </Tooltip>
      )}
    </span>
  );
}

/** A word with a meaning colour; the word carries the meaning, the colour only repeats it. */
export function Tag({
  tone = 'neutral',
  icon,
  children,
  title,
}: {
  tone?: 'neutral' | 'accent' | 'danger' | 'warning' | 'success' | 'info';
  icon?: ReactNode;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={css.tag} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  );
}

/** A card with its title, count and act. */
export function Card({
  title,
  count,
  action,
  children,
  id,
  tone,
  className,
}: {
  title: ReactNode;
  count?: number | string;
  action?: ReactNode;
  children: ReactNode;
  id?: string;
  tone?: 'danger';
  className?: string;
}) {
  return (
    <section
      className={`card ${css.card} ${className ?? ''}`}
      aria-label={typeof title === 'string' ? title : undefined}
      id={id}
      data-tone={tone}
    >
      <header className={css.cardHead}>
        <h2>{title}</h2>
        {count !== undefined && <span className="dim small num">{count}</span>}
        <span className="grow" />
        {action}
      </header>
      {children}
    </section>
  );
}

/** How far a long job is: a bar, and words. `share` 0–1; null: not known yet. */
export function ProgressBar({ share, label }: { share: number | null; label: string }) {
  return (
    <div className={css.progress}>
      <div className="row between small">
        <span>{label}</span>
        {share !== null && <span className="num dim">{Math.round(share * 100)} %</span>}
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      >
        <span
          style={{ width: share === null ? '30%' : `${share * 100}%` }}
          data-unknown={share === null || undefined}
        />
      </div>
    </div>
  );
}

/** On paper, at the head of each sheet: whose it is. The first in what it is the head of. */
export const OnEachSheet = ({ name, about }: { name: string; about: ReactNode }) => (
  <p className="print-only each-sheet small">
    <b>{name}</b>, {about}
  </p>
);
