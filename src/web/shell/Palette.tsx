import { Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { failureOf } from '../api.ts';
import {
  fold,
  palette,
  sources,
  usePageGroups,
  usePaletteOpen,
  type PaletteGroup,
  type PaletteItem,
} from '../palette.ts';
import { useNav } from '../nav.ts';
import { useMe } from '../session.ts';
import { Kbd } from '../ui/bits.tsx';
import { RightIcon, SearchIcon } from '../ui/icons.ts';
import css from './Palette.module.css';

/**
 * Ctrl/Cmd-K: patients as one types, pages, acts; on a patient page the acts of that patient come first.
 * A native modal dialog: the page behind is inert, so that nothing which loads there can take the focus from the field.
 */
export function Palette() {
  const open = usePaletteOpen();
  const dialog = useRef<HTMLDialogElement>(null);
  const back = useRef<() => void>(undefined);
  useLayoutEffect(() => {
    const element = dialog.current!;
    if (!open) {
      element.close();
      return back.current?.();
    }
    back.current = caretOf(document.activeElement);
    element.showModal();
    element.querySelector('input')?.focus();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-label="Rechercher"
      // Told late: by then it may be open again.
      onClose={(event) => {
        if (!event.currentTarget.open) palette.set(false);
      }}
      onCancel={(event) => {
        event.preventDefault();
        palette.set(false);
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) palette.set(false);
      }}
    >
      {open && <Search close={() => palette.set(false)} />}
    </dialog>
  );
}

/** Puts the focus back with its caret: a browser that closes a dialog gives back the one and leaves the other in the field that is gone. */
function caretOf(element: Element | null): () => void {
  const field = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element : null;
  const [start, end] = [field?.selectionStart, field?.selectionEnd];
  return () => {
    if (!field?.isConnected) return;
    field.blur();
    field.focus({ preventScroll: true });
    if (start != null && end != null) field.setSelectionRange(start, end);
  };
}

function Search({ close }: { close: () => void }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 120);
  const [at, setAt] = useState(0);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const pageGroups = usePageGroups();
  const nav = useNav();
  // Nobody of a region looks for a patient.
  const mine = useMe().practice.kind === 'region' ? [] : sources;
  const go = useCallback((to: string) => void navigate({ to }), [navigate]);

  const found = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) =>
      Promise.all(
        mine.map(async (source) => ({
          title: asked ? source.title : `${source.title} vus récemment`,
          items: await source.search(asked, signal, go),
        })),
      ),
    placeholderData: (before) => before,
    staleTime: 5000,
  });

  const stale = found.isPending || found.isPlaceholderData || asked !== typed.trim();
  const groups = useMemo(() => {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const keep = (item: PaletteItem) =>
      words.every((word) => fold(`${item.title} ${item.detail ?? ''} ${item.words ?? ''}`).includes(word));
    const pages: PaletteGroup = {
      title: 'Aller à',
      items: nav.map((entry) => ({
        id: `nav-${entry.to}`,
        title: entry.label,
        icon: entry.icon,
        words: entry.words,
        run: () => go(entry.to),
      })),
    };
    const local = [...pageGroups, pages].map((group) => ({ ...group, items: group.items.filter(keep) }));
    // Answers to what was typed before are kept on screen only where they still fit: Enter must never open another patient.
    const distant = (found.data ?? []).map((group) => (stale ? { ...group, items: group.items.filter(keep) } : group));
    const all = typed.trim() ? [...distant, ...local] : [...local.slice(0, -1), ...distant, pages];
    return all.filter((group) => group.items.length);
  }, [typed, found.data, stale, pageGroups, nav, go]);
  const items = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  const index = Math.min(at, items.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen may have moved
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index, groups]);

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    close();
    item.run();
  };
  // A name typed and sent in one go opens when it is answered: nobody presses Enter twice.
  const [wanted, setWanted] = useState<string>();
  const open = useEffectEvent(choose);
  useEffect(() => {
    if (wanted === undefined) return;
    if (wanted !== typed) return setWanted(undefined);
    if (stale && !items.length) return;
    setWanted(undefined);
    open(items[index]);
  }, [wanted, typed, stale, items, index]);
  let count = -1;
  return (
    <div className={css.palette}>
      <div className={css.search}>
        <SearchIcon size={20} />
        <input
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={items[index] ? `${list}-${index}` : undefined}
          aria-label={mine.length ? 'Rechercher un patient, une page, une action' : 'Rechercher une page, une action'}
          placeholder={mine.length ? 'Nom, date de naissance, téléphone, INS… ou une action' : 'Une page, une action'}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const to = {
              ArrowDown: index + 1,
              ArrowUp: index - 1,
              Home: event.ctrlKey ? 0 : undefined,
              End: event.ctrlKey ? items.length - 1 : undefined,
            }[event.key];
            if (to !== undefined) {
              setAt((to + items.length) % Math.max(items.length, 1));
              event.preventDefault();
            } else if (event.key === 'Enter') {
              event.preventDefault();
              if (items.length) choose(items[index]);
              else setWanted(typed);
            }
          }}
        />
        {found.isFetching && <Loader size="xs" />}
      </div>
      <div className={css.list} role="listbox" id={list} ref={box} aria-label="Résultats">
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={css.group} aria-hidden>
              {group.title}
            </div>
            {group.items.map((item) => {
              count += 1;
              const mine = count;
              const Icon = item.icon ?? RightIcon;
              return (
                <div
                  key={item.id}
                  id={`${list}-${mine}`}
                  role="option"
                  aria-selected={mine === index}
                  tabIndex={-1}
                  className={css.item}
                  onMouseMove={() => setAt(mine)}
                  onClick={() => choose(item)}
                  onKeyDown={() => undefined}
                >
                  <Icon size={18} stroke={1.6} />
                  <span className={css.text}>
                    <span className="strong clip">{marked(item.title, item.marks)}</span>
                    {item.detail && <span className="dim small clip">{item.detail}</span>}
                  </span>
                  {item.keys && <Kbd>{item.keys}</Kbd>}
                </div>
              );
            })}
          </div>
        ))}
        {!items.length && !found.isFetching && (
          <p className={css.none}>
            {mine.length
              ? 'Rien de ce nom. Essayez une date de naissance (12/03/1948) ou les premières lettres du nom et du prénom.'
              : 'Rien de ce nom.'}
          </p>
        )}
        {failureOf(found) && (
          <p className={css.none}>
            La recherche de patients ne répond pas. Les pages et les actions restent disponibles.
          </p>
        )}
      </div>
      <footer className={css.foot}>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> choisir
        </span>
        <span>
          <Kbd>Entrée</Kbd> ouvrir
        </span>
        <span>
          <Kbd>Échap</Kbd> fermer
        </span>
      </footer>
    </div>
  );
}

/** Text with the ranges that matched set strong. */
export function marked(text: string, ranges: readonly (readonly [number, number])[] = []): ReactNode {
  if (!ranges.length) return text;
  const parts: ReactNode[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>);
    from = end;
  }
  return [...parts, text.slice(from)];
}
