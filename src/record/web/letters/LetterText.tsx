import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Kbd } from '../../../web/ui/bits.tsx';
import { signsOf } from '../../contract.ts';
import css from './letters.module.css';

/** The words of a letter or of a template: bold, titles, bullets by their signs, the same on paper. */
export function LetterText({
  label,
  value,
  set,
  area,
  error,
  children,
  rows = 18,
  description,
}: {
  label: string;
  value: string;
  set: (text: string) => void;
  area: RefObject<HTMLTextAreaElement | null>;
  error?: string | undefined;
  children?: ReactNode;
  rows?: number;
  description?: string;
}) {
  const bold = () => put(area, value, set, (chosen) => `**${chosen || 'gras'}**`);
  const lines = (mark: string) =>
    put(
      area,
      value,
      set,
      (chosen) =>
        (chosen || 'texte')
          .split('\n')
          .map((line) => `${mark}${line}`)
          .join('\n'),
      true,
    );
  return (
    <div className="stack">
      <div className={css.tools} role="toolbar" aria-label="Mise en forme">
        <Button size="compact-sm" variant="default" onClick={bold} aria-keyshortcuts="Control+B">
          <b>Gras</b>
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => lines('## ')}>
          Titre
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => lines('- ')}>
          Puces
        </Button>
        {children}
      </div>
      <Textarea
        ref={area}
        className={css.text}
        inputContainer={(input) => (
          <Marked value={value} area={area}>
            {input}
          </Marked>
        )}
        label={label}
        description={description}
        autosize
        minRows={rows}
        maxRows={60}
        value={value}
        error={error}
        onChange={(event) => set(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() !== 'b' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          bold();
        }}
      />
      <p className="tiny dim">
        <Kbd>**gras**</Kbd> <Kbd>- puce</Kbd> <Kbd>## titre</Kbd>, une ligne vide entre deux paragraphes.
      </p>
    </div>
  );
}
/** What will be bold or a title on paper is so while one types, over a text area that stays a plain one for keyboards and screen readers. */
function Marked({
  value,
  area,
  children,
}: {
  value: string;
  area: RefObject<HTMLTextAreaElement | null>;
  children: ReactNode;
}) {
  const marks = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const typed = area.current;
    const follow = () => {
      if (!typed || !marks.current) return;
      const { padding, fontFamily, fontSize, fontWeight, fontFeatureSettings, letterSpacing, lineHeight } =
        getComputedStyle(typed);
      Object.assign(marks.current.style, {
        padding,
        fontFamily,
        fontSize,
        fontWeight,
        fontFeatureSettings,
        letterSpacing,
        lineHeight,
      });
      marks.current.style.width = `${typed.clientWidth}px`;
      marks.current.style.height = `${typed.clientHeight}px`;
      marks.current.scrollTop = typed.scrollTop;
    };
    follow();
    if (!typed) return;
    const size = new ResizeObserver(follow);
    size.observe(typed);
    typed.addEventListener('scroll', follow);
    return () => {
      size.disconnect();
      typed.removeEventListener('scroll', follow);
    };
  }, [area]);
  return (
    <div className={css.marked}>
      {children}
      <div className={css.marks} ref={marks} aria-hidden>
        {signsOf(value).map((one, at) =>
          one.is === 'words' ? (
            one.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order
            <span key={at} data-is={one.is}>
              {one.text}
            </span>
          ),
        )}
        {'\n'}
      </div>
    </div>
  );
}

/** On a telephone: the words or the page, one at a time. */
export function useWriteOrSee() {
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false });
  const [shows, setShows] = useState<'text' | 'page'>('text');
  const one = narrow ? shows : undefined;
  const choice = narrow && (
    <SegmentedControl
      fullWidth
      aria-label="Ce qui est montré"
      data={[
        { value: 'text', label: 'Écrire' },
        { value: 'page', label: 'Voir la page' },
      ]}
      value={shows}
      onChange={(next) => setShows(next as 'text' | 'page')}
      style={{ marginBottom: 12 }}
    />
  );
  return { shows: one, choice };
}

/** Writes at the caret, or around what is chosen; the caret goes after. */
export function put(
  area: RefObject<HTMLTextAreaElement | null>,
  value: string,
  set: (text: string) => void,
  made: (chosen: string) => string,
  ownLine = false,
): string {
  const element = area.current;
  const [from, to] = element ? [element.selectionStart, element.selectionEnd] : [value.length, value.length];
  const words = made(value.slice(from, to));
  const before = ownLine && from > 0 && value[from - 1] !== '\n' ? '\n' : '';
  const next = value.slice(0, from) + before + words + value.slice(to);
  set(next);
  const caret = from + before.length + words.length;
  requestAnimationFrame(() => {
    element?.focus();
    element?.setSelectionRange(caret, caret);
  });
  return next;
}
/** A text area that one writes into. */
export const useArea = () => useRef<HTMLTextAreaElement>(null);
