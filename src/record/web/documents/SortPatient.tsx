import { Radio } from '@mantine/core';
import type { RefObject } from 'react';
import { Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import type { PatientBrief, ReceivedLine } from '../../contract.ts';
import css from './documents.module.css';
import { PatientChoice } from './PatientChoice.tsx';

const tones = { sure: 'success', likely: 'info', possible: 'warning' } as const;

/** Of a file of many pages: how many are recognised by now, or at all. */
function howFar(line: ReceivedLine, { done, pages, running }: NonNullable<ReceivedLine['recognition']>): string {
  if (running) return ` (${done} page${done > 1 ? 's' : ''} sur ${pages})`;
  return (line.pages ?? 1) > pages ? ` (les ${pages} premières pages)` : '';
}
/** Whose document it is: what its text says, how surely, and any other patient by search. */
export function SortPatient({
  line,
  patient,
  other,
  search,
  onPropose,
  onOther,
}: {
  line: ReceivedLine;
  /** Who is chosen by now. */
  patient: PatientBrief | undefined;
  /** Set when it is none of the proposed. */
  other: PatientBrief | null;
  search: RefObject<HTMLInputElement | null>;
  onPropose: (id: string) => void;
  onOther: (patient: PatientBrief) => void;
}) {
  const { recognition } = line;
  const proposed = line.proposals.find((one) => one.patient.id === patient?.id);
  return (
    <div className="stack tight">
      <h2>Patient</h2>
      {line.reading && (
        <p className="dim small">
          {line.recognition ? 'Reconnaissance du texte en cours…' : 'Lecture du texte en cours…'}
        </p>
      )}
      {recognition && recognition.confidence !== null && (
        <Note tone="info">
          Texte reconnu sur l’image, fiable à {recognition.confidence} %{howFar(line, recognition)} : vérifiez le
          patient et chaque champ sur le document.
        </Note>
      )}
      {line.unreadable && (
        <Note tone="warning">
          Le texte de ce fichier n’a pas pu être lu (abîmé, protégé ou trop lourd). Il est conservé tel qu’il est
          arrivé.
        </Note>
      )}
      {line.proposals.length > 0 && (
        <Radio.Group
          label="Patients proposés"
          labelProps={{ className: 'vh' }}
          value={proposed?.patient.id ?? null}
          onChange={onPropose}
        >
          <div className="stack tight">
            {line.proposals.map((one) => (
              <Radio.Card
                key={one.patient.id}
                value={one.patient.id}
                // One stop of the Tab key for the group: arrows choose within.
                tabIndex={one === (proposed ?? line.proposals[0]) ? 0 : -1}
                withBorder={false}
                className={css.proposal}
              >
                <span className="row between">
                  <span className="strong">{one.patient.name}</span>
                  <Tag tone={tones[one.confidence]}>{one.confidenceLabel}</Tag>
                </span>
                <span className="dim small">
                  {[one.patient.birthName, `${one.patient.birthDateLabel}, ${one.patient.age}`, one.patient.place]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <span className="tiny dim">{one.reasons.join(' · ')}</span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
      {!line.reading && line.proposals.length === 0 && (
        <p className="dim small">
          Aucun patient de la structure ne correspond
          {line.contentType.startsWith('image/') && !recognition?.confidence
            ? ' au nom de ce fichier ; une image ne dit rien d’autre.'
            : ' à ce texte.'}
        </p>
      )}
      {other && (
        <p className="row">
          <Tag tone="accent">Choisi</Tag> <span className="strong">{other.name}</span>{' '}
          <span className="dim small">{other.birthDateLabel}</span>
        </p>
      )}
      <PatientChoice label="Chercher un autre patient" inputRef={search} onChoose={onOther} />
    </div>
  );
}
