import { Button } from '@mantine/core';
import { type ComponentType, type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import { type Asked, failureOf, isAway, Refusal } from '../api.ts';
import {
  DangerIcon,
  InfoIcon,
  NoRightIcon,
  OfflineIcon,
  SearchIcon,
  RefreshIcon,
  WarningIcon,
  CheckIcon,
} from './icons.ts';
import css from './states.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

/** Nothing here yet: what it is, and the one thing to do about it. */
export function EmptyState({
  icon: Icon = SearchIcon,
  title,
  children,
  action,
}: {
  icon?: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={css.state}>
      <span className={css.badge}>
        <Icon size={24} stroke={1.6} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div className={css.acts}>{action}</div>}
    </div>
  );
}

/** One quiet line where a card has nothing to show. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className={`${css.quiet} small`}>{children}</p>;

/** A part of the product that this tab asks for and the server no longer has: it was updated meanwhile. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|unable to preload css/i.test(error.message);

/** Where the server or its database is away, the page asks whether it is back and then goes on by itself; what is shown does not flicker meanwhile. */
export function useComeBack(away: boolean, retry: (() => void) | undefined): void {
  const again = useRef(retry);
  again.current = retry;
  const wanted = away && retry !== undefined;
  useEffect(() => {
    if (!wanted) return;
    const asking = setInterval(async () => {
      const answer = document.hidden ? null : await fetch('/api/health').catch(() => null);
      if (answer?.ok) again.current?.();
    }, 4_000);
    return () => clearInterval(asking);
  }, [wanted]);
}

/** What happened, what is kept, what to do. */
export function ErrorState({ error, retry, compact }: { error: unknown; retry?: () => void; compact?: boolean }) {
  const refusal = error instanceof Refusal ? error : null;
  useComeBack(isAway(error), retry);
  if (refusal?.status === 403) return <NoRight detail={refusal.message} />;
  if (isOutdated(error))
    return (
      <EmptyState
        icon={RefreshIcon}
        title="Estran a été mis à jour"
        action={<Button onClick={() => location.reload()}>Recharger la page</Button>}
      >
        Cet onglet date d’avant la mise à jour. Ce qui est enregistré l’est toujours, et vos brouillons vous attendent.
      </EmptyState>
    );
  if (compact)
    return (
      <Note
        tone="danger"
        live
        action={
          retry && (
            <Button size="compact-sm" variant="default" onClick={retry}>
              Réessayer
            </Button>
          )
        }
      >
        {refusal?.message ?? 'Cette partie n’a pas pu s’afficher.'}
      </Note>
    );
  const Icon = refusal?.status === 0 ? OfflineIcon : WarningIcon;
  return (
    <div className={css.state} role="alert">
      <span className={css.badge} data-tone={refusal?.status === 0 ? 'warning' : 'danger'}>
        <Icon size={24} stroke={1.6} />
      </span>
      <h2>{refusal?.title ?? 'Cette page n’a pas pu s’afficher'}</h2>
      <p>
        {refusal?.message ??
          'Rien n’est perdu : ce qui était enregistré l’est toujours. Rechargez la page ; si cela continue, prévenez l’administrateur de la structure.'}
      </p>
      {retry && (
        <div className={css.acts}>
          <Button variant="default" onClick={retry}>
            Réessayer
          </Button>
        </div>
      )}
    </div>
  );
}

/** What was asked for and cannot be shown, if it cannot; «Réessayer» asks again for what is missing. */
export function Failure({ of, compact }: { of: Asked | readonly Asked[]; compact?: boolean }) {
  const asked: readonly Asked[] = 'refetch' in of ? [of] : of;
  const failure = failureOf(...asked);
  if (!failure) return null;
  const again = () => {
    for (const one of asked) if (failureOf(one)) void one.refetch();
  };
  return <ErrorState error={failure} compact={compact} retry={again} />;
}

/** The person's rights do not reach this: said plainly, without blame, with who can open it. */
export function NoRight({ detail, action }: { detail?: string; action?: ReactNode }) {
  return (
    <div className={css.state} role="alert">
      <span className={css.badge} data-tone="warning">
        <NoRightIcon size={24} stroke={1.6} />
      </span>
      <h2>Vos droits n’ouvrent pas cette page</h2>
      <p>{detail ?? 'L’administrateur de la structure peut changer les droits de votre profession.'}</p>
      {action && <div className={css.acts}>{action}</div>}
    </div>
  );
}

const toneIcons = { danger: DangerIcon, warning: WarningIcon, success: CheckIcon, info: InfoIcon };
/** A message in the flow of the page. */
export function Note({
  tone = 'info',
  children,
  action,
  live,
}: {
  tone?: keyof typeof toneIcons;
  children: ReactNode;
  action?: ReactNode;
  live?: boolean;
}) {
  const Icon = toneIcons[tone];
  return (
    <div className={css.note} data-tone={tone} role={live ? 'alert' : undefined}>
      <Icon size={18} />
      <div className={css.body}>{children}</div>
      {action}
    </div>
  );
}

export const Bone = ({ w = '100%', h = 14, style }: { w?: number | string; h?: number; style?: CSSProperties }) => (
  <span className={css.bone} style={{ width: w, height: h, ...style }} aria-hidden />
);

/** Lines in the shape of the list to come. */
export function ListBones({ rows = 6, height = 36 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Chargement">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all the same
        <div key={row} style={{ height, display: 'flex', alignItems: 'center', gap: 16, paddingInline: 16 }}>
          <Bone w={`${26 + ((row * 7) % 14)}%`} />
          <Bone w="12%" />
          <Bone w={`${18 + ((row * 5) % 20)}%`} />
        </div>
      ))}
    </div>
  );
}
