import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../../web/session.ts';
import css from './frame.module.css';
import { tabs } from './tabs.ts';

/** The frame of every coordination page: its name, its tabs, and the acts of the page. */
export function Frame({
  title,
  action,
  children,
  wide,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  const me = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <div className={wide ? css.wide : 'page'}>
      <title>{`${title} · Estran`}</title>
      <header className={`page-head ${css.head}`}>
        <h1>{title}</h1>
        {action && <div className={css.acts}>{action}</div>}
      </header>
      <nav className={css.tabs} aria-label="Coordination">
        {tabs
          .filter((tab) => tab.may?.(me) ?? true)
          .map((tab) => (
            <Tab key={tab.to} tab={tab} on={path.startsWith(tab.to)} />
          ))}
      </nav>
      {children}
    </div>
  );
}
const none = () => 0;
function Tab({ tab, on }: { tab: (typeof tabs)[number]; on: boolean }) {
  const count = (tab.useCount ?? none)();
  return (
    <Link to={tab.to} className={css.tab} data-on={on || undefined} aria-current={on ? 'page' : undefined}>
      {tab.label}
      {count > 0 && <span className={css.count}>{count > 99 ? '99+' : count}</span>}
    </Link>
  );
}
