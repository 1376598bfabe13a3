import { Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useRouterState } from '@tanstack/react-router';
import { type NavEntry, navCounts, useNav } from '../nav.ts';
import { MoreIcon } from '../ui/icons.ts';
import css from './Shell.module.css';

/** Under a thumb: more places than these would slide out of sight. */
const most = { telephone: 6, small: 5 };

/** The places of the product: a rail on a desk, a bar under the thumb on a telephone, where the last ones stand behind «Plus». */
export function Rail() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const nav = useNav();
  const narrow = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false });
  const small = useMediaQuery('(max-width: 379px)', undefined, { getInitialValueInEffect: false });
  // Where one place stands under another, the nearer one is where one is.
  const here = nav
    .filter(({ to }) => (to === '/' ? path === '/' : path.startsWith(to)))
    .sort((a, b) => b.to.length - a.to.length)[0];
  const places = small ? most.small : most.telephone;
  const shown = narrow && nav.length > places ? nav.slice(0, places - 1) : nav;
  const rest = nav.slice(shown.length);
  return (
    <nav data-under-lock data-under-panel className={css.rail} aria-label="Navigation principale">
      <Link to="/" className={css.mark} aria-label="Estran, ma journée" tabIndex={-1}>
        <img src="/estran.svg" alt="" />
      </Link>
      {shown.map((entry) => (
        <Entry key={entry.to} entry={entry} on={entry === here} />
      ))}
      {rest.length > 0 && (
        <Menu position="top-end" width={260}>
          <Menu.Target>
            <button
              type="button"
              className={`plain-button ${css.entry}`}
              data-on={(here && rest.includes(here)) || undefined}
            >
              <span className={css.icon}>
                <MoreIcon size={22} stroke={1.6} />
              </span>
              <span>{here && rest.includes(here) ? (here.short ?? here.label) : 'Plus'}</span>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((entry) => (
              <Menu.Item
                key={entry.to}
                component={Link}
                to={entry.to}
                leftSection={<entry.icon size={18} stroke={1.6} />}
                aria-current={entry === here ? 'page' : undefined}
              >
                {entry.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  );
}
const nothing = () => 0;
function Entry({ entry: { to, label, short, icon: Icon }, on }: { entry: NavEntry; on: boolean }) {
  const count = (navCounts[to] ?? nothing)();
  return (
    <Link
      to={to}
      className={css.entry}
      data-on={on || undefined}
      aria-current={on ? 'page' : undefined}
      aria-label={count > 0 ? `${label}, ${count} en attente` : label}
    >
      <span className={css.icon} data-count={count > 0 ? (count > 99 ? '99+' : count) : undefined}>
        <Icon size={22} stroke={1.6} />
      </span>
      <span>{short ?? label}</span>
    </Link>
  );
}
