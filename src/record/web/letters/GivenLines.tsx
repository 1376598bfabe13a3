import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import type { LetterGiven } from '../../contract.ts';
import css from './letters.module.css';

const states = {
  done: '',
  waiting: 'en attente',
  sending: 'en cours',
  failed: 'refusé',
  unsure: 'à vérifier',
} as const;

/** Where a signed paper went, and who said so. */
export function GivenLines({ given }: { given: readonly LetterGiven[] }) {
  if (given.length === 0) return <p className="small dim">Rien n’a encore été noté.</p>;
  return (
    <ul className={css.lines}>
      {given.map((one) => (
        <li key={`${one.at} ${one.way} ${one.to}`} className={css.line}>
          <span className={css.words}>
            <span className="strong">{one.wayLabel}</span>
            {one.to && `, ${one.to}`}{' '}
            {one.state !== 'done' && <Tag tone={one.state === 'failed' ? 'danger' : 'info'}>{states[one.state]}</Tag>}
            {one.failure && <span className="small dim"> {one.failure}</span>}
          </span>
          <WhoWhen who={one.by} when={one.at} short />
        </li>
      ))}
    </ul>
  );
}
