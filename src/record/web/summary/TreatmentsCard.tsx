import { useState } from 'react';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

type Lines = NonNullable<RecordPage['treatments']>;

/** Current treatments, who prescribed, where it comes from; past ones one press away. */
export function TreatmentsCard({ lines }: { lines: Lines }) {
  const [past, setPast] = useState(false);
  const current = lines.filter((line) => line.state !== 'past');
  const over = lines.filter((line) => line.state === 'past');
  const [shown, more] = useFolded(current, 10);
  return (
    <Card title="Traitements" count={current.length || undefined} action={<AddButton panel="traitement" kind="treatments" label="Ajouter un traitement" />}>
      {!current.length && <Nothing>Aucun traitement en cours noté.</Nothing>}
      <ul className="plain">
        {shown.map((line) => (
          <Treatment key={line.id} line={line} />
        ))}
      </ul>
      {more}
      {over.length > 0 && (
        <>
          <button type="button" className={`${css.fold} no-print`} onClick={() => setPast(!past)} aria-expanded={past}>
            Passés ({over.length})
          </button>
          {past && (
            <ul className="plain">
              {over.slice(0, 40).map((line) => (
                <Treatment key={line.id} line={line} />
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

function Treatment({ line }: { line: Lines[number] }) {
  return (
    <RecordLine
      line={{ ...line, who: line.prescriber ?? line.who }}
      off={line.state === 'past'}
      title={line.label}
      marks={
        <>
          {line.source !== 'prescription' && <Tag>{line.sourceLabel}</Tag>} {line.state !== 'current' && line.state !== 'past' && <Tag tone="warning">{line.stateLabel}</Tag>}
        </>
      }
      detail={[line.dosage, line.reason].filter(Boolean).join(' · ') || undefined}
    />
  );
}
