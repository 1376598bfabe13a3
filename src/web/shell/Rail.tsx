import { Link, useRouterState } from '@tanstack/react-router';
import { useNav } from '../nav.ts';
import css from './Shell.module.css';

/** The places of the product: a rail on a desk, a bar under the thumb on a telephone. */
export function Rail() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav data-under-lock className={css.rail} aria-label="Navigation principale">
      <Link to="/" className={css.mark} aria-label="Estran, ma journée" tabIndex={-1}>
        <img src="/estran.svg" alt="" />
      </Link>
      {useNav().map(({ to, label, short, icon: Icon }) => {
        const on = to === '/' ? path === '/' : path.startsWith(to);
        return (
          <Link key={to} to={to} className={css.entry} data-on={on || undefined} aria-current={on ? 'page' : undefined} aria-label={label}>
            <Icon size={22} stroke={1.6} />
            <span>{short ?? label}</span>
          </Link>
        );
      })}
    </nav>
  );
}
