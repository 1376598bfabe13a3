import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { RecordPage } from '../../contract.ts';
import { TreatmentTags } from '../treatments/TreatmentRow.tsx';
import { useRecord } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import { useFolded } from './Summary.tsx';
import css from './summary.module.css';

type Lines = NonNullable<RecordPage['treatments']>;

/** Current treatments, long ones first, who prescribed, where it comes from; past ones one press away. «Aucun traitement» and «non renseigné» are two things. */
export function TreatmentsCard({ lines }: { lines: Lines }) {
  const { header, treatmentsState } = useRecord();
  const navigate = useNavigate();
  const [past, setPast] = useState(false);
  const current = lines.filter((line) => line.state !== 'past').sort((a, b) => Number(b.longTerm) - Number(a.longTerm));
  const over = lines.filter((line) => line.state === 'past');
  const [shown, more] = useFolded(current, 10, 'whole');
  return (
    <Card
      title="Traitements"
      count={current.length || undefined}
      action={
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label="Ouvrir les traitements"
            onClick={() => void navigate({ to: `/patients/${header.patient.id}/traitements` as string })}
            className="no-print"
          >
            Ouvrir
          </Button>
          <AddButton panel="traitement" kind="treatments" label="Ajouter un traitement" />
        </>
      }
    >
      {!current.length && <Nothing>{treatmentsState?.label ?? 'Traitements : non renseigné'}.</Nothing>}
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
          {line.source !== 'prescription' && <Tag>{line.sourceLabel}</Tag>}{' '}
          {!line.longTerm && line.state === 'current' && <Tag>Courte durée</Tag>}{' '}
          <TreatmentTags line={{ ...line, structured: true }} />
        </>
      }
      detail={
        [line.dosage, line.reason, line.stopReason && `arrêt : ${line.stopReason}`].filter(Boolean).join(' · ') ||
        undefined
      }
    />
  );
}
