import { Link, useRouterState } from '@tanstack/react-router';
import { type NavEntry, navCounts, useNav } from '../nav.ts';
import css from './Shell.module.css';

/** The places of the product: a rail on a desk, a bar under the thumb on a telephone. */
export function Rail() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const nav = useNav();
  // Where one place stands under another, the nearer one is where one is.
  const here = nav.filter(({ to }) => (to === '/' ? path === '/' : path.startsWith(to))).sort((a, b) => b.to.length - a.to.length)[0];
  return (
    <nav data-under-lock className={css.rail} aria-label="Navigation principale">
      <Link to="/" className={css.mark} aria-label="Estran, ma journée" tabIndex={-1}>
        <img src="/estran.svg" alt="" />
      </Link>
      {nav.map((entry) => (
        <Entry key={entry.to} entry={entry} on={entry === here} />
      ))}
    </nav>
  );
}
const nothing = () => 0;
function Entry({ entry: { to, label, short, icon: Icon }, on }: { entry: NavEntry; on: boolean }) {
  const count = (navCounts[to] ?? nothing)();
  return (
    <Link to={to} className={css.entry} data-on={on || undefined} aria-current={on ? 'page' : undefined} aria-label={count > 0 ? `${label}, ${count} en attente` : label}>
      <span className={css.icon} data-count={count > 0 ? (count > 99 ? '99+' : count) : undefined}>
        <Icon size={22} stroke={1.6} />
      </span>
      <span>{short ?? label}</span>
    </Link>
  );
}
