import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import type { RecordPage } from '../../contract.ts';
import { usePanel } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

/** The last answers to each section, with their scores: what is read again before it is filled anew. */
export function FormsCard({ lines }: { lines: NonNullable<RecordPage['forms']> }) {
  const [, setPanel] = usePanel();
  const [shown, more] = useFolded(lines, 5);
  return (
    <Card
      title="Volets remplis"
      count={lines.length}
      action={<AddButton panel="volets" kind="sections" label="Remplir un volet" />}
    >
      <ul className="plain">
        {shown.map((line) => (
          <li key={line.id} className={css.line}>
            <button type="button" className={css.form} onClick={() => setPanel(`entree:${line.type}:${line.id}`)}>
              {line.fresh && <span className={css.fresh} />}
              <span>
                <span className="strong">{line.title}</span>
                {line.count > 1 && <span className="dim small"> {line.count} fois</span>}{' '}
                {line.status === 'draft' && <Tag tone="warning">brouillon</Tag>}
              </span>
              {line.result && <span className="small">{line.result}</span>}
              <WhoWhen who={line.who} when={line.at} short />
            </button>
          </li>
        ))}
      </ul>
      {more}
    </Card>
  );
}
