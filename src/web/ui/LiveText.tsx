import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { useLive } from '../live.ts';
import { bind, type Kept, LiveDocument, type TextWire } from '../live-document.ts';
import { OfflineIcon, WarningIcon } from './icons.ts';
import css from './LiveText.module.css';

/**
 * A text that several people write at once, for as long as it is on screen. Null until it is open.
 * @param mine whether a hint is of this text; hints of `topics` with a `seq` say how far it is
 */
export function useLiveDocument(
  key: string,
  parts: readonly string[],
  wire: TextWire,
  topics: readonly string[],
  mine: (hint: Record<string, unknown>) => boolean,
): LiveDocument | null {
  const [live, setLive] = useState<LiveDocument | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the text, its parts and its way to the server
  useEffect(() => {
    const one = new LiveDocument(key, parts, wire);
    setLive(one);
    return () => one.end();
  }, [key]);
  useLive(topics, (hint) => {
    if (hint.topic !== 'reopened' && !mine(hint)) return;
    void live?.pull(typeof hint.seq === 'number' ? hint.seq : undefined);
  });
  useChanges(live);
  return live;
}
/** Draws again with each change of the words or of where they are kept. */
export const useChanges = (live: LiveDocument | null): number =>
  useSyncExternalStore(live?.listen ?? noListen, live?.version ?? zero);
const noListen = () => () => undefined;
const zero = () => 0;

/** One part of a text that several people write at once. `typing`: who else writes in it. */
export function LiveText({
  live,
  part,
  label,
  hint,
  readOnly,
  typing = [],
  onTyping,
  rows = 3,
  describedBy,
}: {
  live: LiveDocument;
  part: string;
  label: string;
  hint?: string;
  readOnly: boolean;
  typing?: readonly string[];
  onTyping?: (on: boolean) => void;
  rows?: number;
  describedBy?: string;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => (field.current ? bind(field.current, live, part) : undefined), [live, part]);
  return (
    <div className={css.live}>
      <label htmlFor={id}>
        {label}
        <span className={css.typing} role="status">
          {typing.length > 0 && `${typing.join(', ')} ${typing.length > 1 ? 'écrivent' : 'écrit'}…`}
        </span>
      </label>
      <textarea
        ref={field}
        id={id}
        rows={rows}
        readOnly={readOnly}
        placeholder={hint}
        aria-describedby={describedBy}
        onInput={() => onTyping?.(true)}
        onFocus={() => onTyping?.(true)}
        onBlur={() => onTyping?.(false)}
        spellCheck
        lang="fr"
      />
    </div>
  );
}

const keptWords: Record<Kept, string> = {
  loading: '',
  kept: 'Enregistré',
  sending: 'Enregistrement…',
  'here-only': 'Réseau coupé : gardé sur ce poste, envoyé dès son retour',
  closed: '',
  gone: '',
  refused: 'Cette saisie n’a pas été acceptée ; elle reste sur cet écran',
};
/** Where what is typed is. @param closed what is said when the text can no longer be written */
export function KeptWords({ kept, closed }: { kept: Kept; closed: string }) {
  return (
    <span className="small dim" role="status" data-kept={kept}>
      {kept === 'here-only' && <OfflineIcon size={14} style={{ verticalAlign: -2 }} />}
      {kept === 'refused' && <WarningIcon size={14} style={{ verticalAlign: -2 }} />}{' '}
      {kept === 'closed' ? closed : keptWords[kept]}
    </span>
  );
}
