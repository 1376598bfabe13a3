import { Button, Textarea } from '@mantine/core';
import { type ReactNode, type RefObject, useRef } from 'react';
import { Kbd } from '../../../web/ui/bits.tsx';
import css from './letters.module.css';

/** The words of a letter or of a template: bold, titles, bullets by their signs, the same on paper. */
export function LetterText({ label, value, set, area, error, children, rows = 18, description }: { label: string; value: string; set: (text: string) => void; area: RefObject<HTMLTextAreaElement | null>; error?: string | undefined; children?: ReactNode; rows?: number; description?: string }) {
  const bold = () => put(area, value, set, (chosen) => `**${chosen || 'gras'}**`);
  const lines = (mark: string) => put(area, value, set, (chosen) => (chosen || 'texte').split('\n').map((line) => `${mark}${line}`).join('\n'), true);
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
        ref={area} className={css.text} label={label} description={description} autosize minRows={rows} maxRows={60} value={value} error={error} onChange={(event) => set(event.currentTarget.value)}
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
/** Writes at the caret, or around what is chosen; the caret goes after. */
export function put(area: RefObject<HTMLTextAreaElement | null>, value: string, set: (text: string) => void, made: (chosen: string) => string, ownLine = false): string {
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
