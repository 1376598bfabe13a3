import { useState } from 'react';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

type Lines = NonNullable<RecordPage['problems']>;

/** Active problems, with ALD; what is over stays one press away. */
export function ProblemsCard({ lines }: { lines: Lines }) {
  const [past, setPast] = useState(false);
  const active = lines.filter((line) => line.state === 'active');
  const over = lines.filter((line) => line.state !== 'active');
  const [shown, more] = useFolded(active, 8, 'whole');
  return (
    <Card
      title="Problèmes"
      count={active.length || undefined}
      action={<AddButton panel="probleme" kind="history" label="Ajouter un problème" />}
    >
      {!active.length && <Nothing>Aucun problème actif noté.</Nothing>}
      <ul className="plain">
        {shown.map((line) => (
          <ProblemLine key={line.id} line={line} />
        ))}
      </ul>
      {more}
      {over.length > 0 && (
        <>
          <button type="button" className={`${css.fold} no-print`} onClick={() => setPast(!past)} aria-expanded={past}>
            Inactifs et résolus ({over.length})
          </button>
          {past && (
            <ul className="plain">
              {over.map((line) => (
                <ProblemLine key={line.id} line={line} />
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

function ProblemLine({ line }: { line: Lines[number] }) {
  return (
    <RecordLine
      line={line}
      off={line.state === 'resolved'}
      title={line.label}
      marks={
        <>
          {line.ald && (
            <Tag tone={line.ald.running ? 'accent' : 'neutral'} title={line.ald.label}>
              {line.ald.running ? 'ALD' : 'ALD terminée'}
            </Tag>
          )}{' '}
          {line.certainty === 'provisional' && <Tag tone="warning">à confirmer</Tag>}
          {line.certainty === 'refuted' && <Tag>écarté</Tag>}
          {line.state !== 'active' && <Tag>{line.stateLabel}</Tag>}
        </>
      }
      detail={[line.ald?.number && line.ald.label, line.note].filter(Boolean).join(' · ') || undefined}
      end={<span className="dim small num">{line.onsetLabel}</span>}
      when={null}
    />
  );
}
