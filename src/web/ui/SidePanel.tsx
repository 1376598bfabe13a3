import { ActionIcon } from '@mantine/core';
import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { usePanelSlot } from '../shell/panel-slot.ts';
import { CloseIcon } from './icons.ts';
import { Kbd, OnEachSheet } from './bits.tsx';
import css from './SidePanel.module.css';

/**
 * A quick act beside the page, which stays readable: never a second layer. Escape closes it and gives the focus back.
 * It lives in the shell's last column; on a telephone it covers the screen.
 */
export function SidePanel({
  title,
  subtitle,
  onClose,
  children,
  footer,
  wide,
  printed,
}: {
  title: ReactNode;
  subtitle?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  /** Of what is read there: it is printed instead of the page, and says on each sheet whose it is. */
  printed?: { name: string; about: string } | undefined;
}) {
  const slot = usePanelSlot();
  const panel = useRef<HTMLElement>(null);
  const heading = useId();
  const close = useRef(onClose);
  close.current = onClose;
  const used = useRef(false);
  useCovering(slot, panel);
  // With the first paint: what is typed as the panel appears goes into it.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const element = panel.current;
    if (!slot || !element) return;
    const first =
      element.querySelector<HTMLElement>('[data-autofocus]') ??
      element.querySelector<HTMLElement>(
        '[data-panel-body] input:not([type=hidden], [aria-haspopup]), [data-panel-body] textarea, [data-panel-body] [role=radio][tabindex="0"]',
      );
    (first ?? element).focus({ preventScroll: true });
    return () => {
      // Once what closes is gone: the one it was laid over is shown again, and takes it.
      const under = opened.at(-1);
      if (under) queueMicrotask(() => under.contains(document.activeElement) || under.focus({ preventScroll: true }));
      else if (before?.isConnected) before.focus({ preventScroll: true });
    };
  }, [slot]);
  if (!slot) return null;
  return createPortal(
    <aside
      ref={panel}
      className={css.panel}
      data-wide={wide || undefined}
      data-printed={printed ? true : undefined}
      aria-labelledby={heading}
      tabIndex={-1}
      onPointerDownCapture={() => {
        used.current = true;
      }}
      onKeyDownCapture={({ key }) => {
        used.current ||= key !== 'Escape';
      }}
      onKeyDown={(event) => {
        // A list or a menu that is open closes first, the panel next; one that opened by itself, with the panel, is no step of its own.
        const inList = used.current && (event.target as Element).closest('[data-mantine-stop-propagation]') !== null;
        if (event.key !== 'Escape' || event.defaultPrevented || inList) return;
        event.stopPropagation();
        close.current();
      }}
    >
      {printed && <OnEachSheet {...printed} />}
      <header className={css.head}>
        <div className="grow">
          <h2 id={heading}>{title}</h2>
          {subtitle && <div className="dim small">{subtitle}</div>}
        </div>
        <span className={css.esc}>
          <Kbd>Échap</Kbd>
        </span>
        <ActionIcon aria-label="Fermer le panneau" onClick={onClose}>
          <CloseIcon size={18} />
        </ActionIcon>
      </header>
      <div className={css.body} data-panel-body>
        {children}
      </div>
      {footer && <footer className={css.foot}>{footer}</footer>}
    </aside>,
    slot,
  );
}

/** The panels that are open, the newest last: it alone is shown. */
const opened: HTMLElement[] = [];

/** On a telephone, or at twice the size, it covers the whole page: what is under it cannot take the focus. Given back before the focus is, when none is left. */
function useCovering(slot: HTMLElement | null, panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = panel.current;
    if (!slot || !element) return;
    const whole = matchMedia('(max-width: 720px)');
    const cover = () => {
      for (const one of opened) one.hidden = one !== opened.at(-1);
      for (const under of document.querySelectorAll<HTMLElement>('[data-under-panel]'))
        under.inert = opened.length > 0 && whole.matches;
    };
    opened.push(element);
    cover();
    whole.addEventListener('change', cover);
    return () => {
      whole.removeEventListener('change', cover);
      opened.splice(opened.indexOf(element), 1);
      cover();
    };
  }, [slot, panel]);
}
