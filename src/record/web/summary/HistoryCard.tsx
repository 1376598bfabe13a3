import { Card } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import css from './summary.module.css';

/** History, risk, way of life, social situation, by topic. */
export function HistoryCard({ lines }: { lines: NonNullable<RecordPage['history']> }) {
  const topics = Map.groupBy(lines, (line) => line.topicLabel);
  return (
    <Card title="Antécédents et mode de vie" count={lines.length || undefined} action={<AddButton panel="antecedent" kind="history" label="Ajouter un antécédent" />}>
      {!lines.length && <Nothing>Rien de noté : antécédents, famille, tabac, situation sociale.</Nothing>}
      {[...topics].map(([topic, items]) => (
        <div key={topic}>
          <h3 className={css.topic}>{topic}</h3>
          <ul className="plain">
            {items.slice(0, 8).map((line) => (
              <RecordLine key={line.id} line={line} title={line.relative ? `${line.relative} : ${line.label}` : line.label} detail={line.detail || undefined} />
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}
