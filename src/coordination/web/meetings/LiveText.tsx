import { useEffect, useId, useRef } from 'react';
import { type Section, sections } from '../../contract.ts';
import runCss from './run.module.css';
import { bind, type LiveMinutes } from './y-minutes.ts';

/** One part of the minutes that several people write at once. */
export function LiveText({ minutes, section, hint, readOnly, typing, onTyping, rows = 3 }: { minutes: LiveMinutes; section: Section; hint?: string; readOnly: boolean; typing: readonly string[]; onTyping: (section: Section | null) => void; rows?: number }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => (field.current ? bind(field.current, minutes, section) : undefined), [minutes, section]);
  return (
    <div className={runCss.live}>
      <label htmlFor={id}>
        {sections[section]}
        <span className={runCss.typing} role="status">
          {typing.length > 0 && `${typing.join(', ')} ${typing.length > 1 ? 'écrivent' : 'écrit'}…`}
        </span>
      </label>
      <textarea
        ref={field}
        id={id}
        rows={rows}
        readOnly={readOnly}
        placeholder={hint}
        onInput={() => onTyping(section)}
        onFocus={() => onTyping(section)}
        onBlur={() => onTyping(null)}
        spellCheck
        lang="fr"
      />
    </div>
  );
}
