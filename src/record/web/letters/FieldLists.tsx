import { Button } from '@mantine/core';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CopyIcon, HiddenIcon, RemoveIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { copy } from '../../../web/ui/copy.ts';
import type { LetterDetail } from '../../contract.ts';
import css from './letters.module.css';

export interface OpenLine {
  key: string;
  label: string;
  state: 'missing' | 'hidden' | 'late' | 'unknown' | 'ready';
  words: string;
}
/** What a letter still waits for: nothing leaves silently empty. */
export function OpenFields({
  lines,
  write,
  remove,
  goTo,
  fill,
  filling,
}: {
  lines: readonly OpenLine[];
  write: (line: OpenLine) => void;
  remove: (line: OpenLine) => void;
  goTo: (line: OpenLine) => void;
  fill: () => void;
  filling: boolean;
}) {
  if (lines.length === 0) return null;
  return (
    <Card
      title="À compléter avant de signer"
      count={lines.length}
      action={
        <Button size="compact-sm" variant="default" loading={filling} onClick={fill}>
          Reprendre du dossier
        </Button>
      }
    >
      <ul className={css.lines} style={{ padding: '0 16px 10px' }}>
        {lines.map((one) => (
          <li key={one.key} className={css.line}>
            <span className={css.words}>
              <span className="strong">{one.label}</span> <span className="small dim">{one.words}</span>{' '}
              {one.state === 'hidden' && <Tag icon={<HiddenIcon size={13} />}>hors de vos droits</Tag>}
            </span>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<SearchIcon size={14} />}
              aria-label={`Aller à : ${one.label}`}
              onClick={() => goTo(one)}
            >
              Aller
            </Button>
            {one.state === 'missing' && (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={`Écrire « ${one.words} »`}
                onClick={() => write(one)}
              >
                Écrire tel quel
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={`Retirer : ${one.label}`}
              onClick={() => remove(one)}
            >
              <RemoveIcon size={15} />
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was taken from the record, and what the record says since. */
export function FrozenFields({ fields, at }: { fields: LetterDetail['fields']; at: string }) {
  if (fields.length === 0) return null;
  const changed = fields.filter(({ now }) => now !== null);
  return (
    <Card title="Repris du dossier" count={fields.length} action={<span className="dim tiny">{at}</span>}>
      <div className={css.body}>
        {changed.length > 0 && (
          <Note tone="warning">
            Le dossier a changé depuis : {changed.map(({ label }) => label.toLowerCase()).join(', ')}. Le courrier garde
            ce qui a été repris ; changez son texte s’il le faut.
          </Note>
        )}
        <ul className={css.lines}>
          {fields.map((one) => (
            <li key={one.key} className={css.line}>
              <span className={css.words}>
                <span className="small dim">{one.label}</span>
                <span className={`${css.value} small`} style={{ display: 'block' }}>
                  {one.value}
                </span>
                {one.now !== null && (
                  <span className={`${css.value} small`} style={{ display: 'block' }}>
                    <Tag tone="warning">aujourd’hui</Tag> {one.now}
                  </span>
                )}
              </span>
              {one.now !== null && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  leftSection={<CopyIcon size={14} />}
                  aria-label={`Copier : ${one.label}`}
                  onClick={() => void copy(one.now!, 'Copié.')}
                >
                  Copier
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
