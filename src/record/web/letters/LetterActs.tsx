import { Button } from '@mantine/core';
import { type DraftState, draftWords } from '../../../web/drafts.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import type { Act } from './use-send-letter.ts';

/** What is done with a letter that is being written, and what it lacks for that. */
export function LetterActs({
  state,
  missing,
  open,
  amends,
  next,
  sending,
  clear,
  keep,
  sign,
}: {
  state: DraftState;
  /** Without which it is neither kept nor signed. */
  missing: readonly string[];
  /** What waits in the text: it is not signed with it. */
  open: readonly string[];
  /** It replaces one that was signed. */
  amends: boolean;
  /** Sign it oneself, hand it to whoever signs, or only keep it. */
  next: 'sign' | 'hand' | 'keep';
  sending: Act | null;
  clear: () => void;
  keep: () => void;
  sign: () => void;
}) {
  const unsigned = [...missing, ...open];
  return (
    <div className="row wrap">
      <span className="dim tiny" role="status">
        {missing.length > 0 && <span className="strong">À compléter : {missing.join(', ')}. </span>}
        {draftWords[state]}
      </span>
      {state !== 'none' && (
        <Button variant="subtle" size="compact-sm" onClick={clear}>
          Revenir au texte du départ
        </Button>
      )}
      {!amends && (
        <Button
          variant={next === 'sign' ? 'default' : 'filled'}
          disabled={missing.length > 0}
          loading={sending === 'keep'}
          onClick={keep}
        >
          {next === 'hand' ? 'Confier à la signature' : 'Garder en préparation'}
        </Button>
      )}
      {next === 'sign' && (
        <Button
          leftSection={<CheckIcon size={16} />}
          disabled={unsigned.length > 0}
          title={unsigned.length > 0 ? `À compléter d’abord : ${unsigned.join(', ')}` : undefined}
          loading={sending === 'sign'}
          rightSection={<Kbd>Ctrl ↵</Kbd>}
          onClick={sign}
        >
          {amends ? 'Signer et remplacer' : 'Signer'}
        </Button>
      )}
    </div>
  );
}
