import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { palette } from '../palette.ts';
import { useKeys } from '../ui/keys.ts';
import { ListBones } from '../ui/states.tsx';
import { undoLast } from '../ui/undo.tsx';
import { NetworkBanner } from './NetworkBanner.tsx';
import { Palette } from './Palette.tsx';
import { panelSlot } from './panel-slot.ts';
import { Rail } from './Rail.tsx';
import { slots } from './slots.ts';
import { TopBar } from './TopBar.tsx';
import css from './Shell.module.css';

/** The one frame around every page of a signed-in person. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const before = useRef(path);
  // A new page is announced and starts from its top; the first one leaves the focus to the browser.
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  useEffect(() => slots.entered?.(), []);
  useKeys({ 'mod+k': () => palette.set(true), '/': () => palette.set(true), 'mod+z': () => void undoLast() });
  return (
    <div className={css.shell}>
      <a className="skip" href="#contenu" data-under-panel>
        Aller au contenu
      </a>
      <Rail />
      <div className={css.column} data-under-lock>
        <TopBar />
        <NetworkBanner />
        <main id="contenu" data-under-panel ref={main} tabIndex={-1} className={css.main}>
          <Suspense
            fallback={
              <div className="page">
                <ListBones rows={10} />
              </div>
            }
          >
            <Outlet />
          </Suspense>
        </main>
      </div>
      <div ref={panelSlot} className={css.slot} data-under-lock />
      <Palette />
      {slots.lock && <slots.lock />}
    </div>
  );
}
