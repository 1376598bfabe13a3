import { Button } from '@mantine/core';
import { useState } from 'react';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { EditIcon, VersionsIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import type { Dispensed, DispenseLine, TreatmentLine } from '../../contract.ts';
import { Versions } from '../panels/EntryPanel.tsx';
import css from './treatments.module.css';

/** «30 comprimés, pour 30 jours». */
export const sayDispense = (line: DispenseLine): string =>
  [line.quantity, line.days !== null && `pour ${sayCount(line.days, 'jour')}`].filter(Boolean).join(', ');

/** Under a treatment: the last dispense and how far it goes; a renewal that is expected is said, without a judgement. */
export function LastDispense({ of, label }: { of: Dispensed; label: string }) {
  const last = of.lines[0]!;
  return (
    <span className={`small ${css.dispensed}`}>
      <span>
        Délivré le {sayDate(last.at)}
        {last.product !== label && ` : ${last.product}`}
        {sayDispense(last) && `, ${sayDispense(last)}`}
        {of.until && of.late === null && (
          <>
            {' · '}
            <span className="nowrap">couvre jusqu’au {sayDate(of.until)}</span>
          </>
        )}
      </span>
      {of.until && of.late !== null && (
        <span>
          <Tag tone="warning">Renouvellement attendu</Tag> depuis le {sayDate(of.until)}, à voir avec le patient
        </span>
      )}
    </span>
  );
}

/** Everything that was dispensed of one treatment, newest first; put right by who may, with its versions. */
export function DispensesPanel({
  patient,
  of,
  line,
  correct,
  onClose,
}: {
  patient: string;
  of: Dispensed;
  line: TreatmentLine;
  correct: (dispense: string) => void;
  onClose: () => void;
}) {
  return (
    <SidePanel title="Délivrances" subtitle={line.label} onClose={onClose}>
      {of.until && (
        <p className={`small ${css.until}`}>
          {of.late === null
            ? `Ce qui est noté couvre jusqu’au ${sayDate(of.until)}.`
            : `Ce qui est noté couvrait jusqu’au ${sayDate(of.until)}. Le patient peut être allé dans une autre pharmacie : demandez-lui.`}
        </p>
      )}
      <ol className={`plain ${css.doses}`}>
        {of.lines.map((one) => (
          <DispenseItem key={one.id} patient={patient} one={one} correct={correct} />
        ))}
      </ol>
    </SidePanel>
  );
}
function DispenseItem({
  patient,
  one,
  correct,
}: {
  patient: string;
  one: DispenseLine;
  correct: (dispense: string) => void;
}) {
  const [versions, setVersions] = useState(false);
  const day = sayDate(one.at);
  return (
    <li>
      <span>
        <span className="strong">
          {day} : {sayDispense(one) || 'quantité non notée'}
        </span>{' '}
        {one.corrected && <Tag>Corrigée</Tag>}
      </span>
      <span className="small">{one.product}</span>
      {one.substitution && <span className="small">Substitution : {one.substitution}</span>}
      <span className="small dim">
        {[
          one.who && (one.who.me ? 'Vous' : one.who.name),
          one.workedOut && 'durée calculée d’après la posologie',
          one.note,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {(one.canEdit || one.version > 1) && (
        <span className="row wrap">
          {one.canEdit && (
            <Button
              size="compact-sm"
              variant="default"
              className="touch"
              leftSection={<EditIcon size={14} />}
              aria-label={`Corriger la délivrance du ${day}`}
              onClick={() => correct(one.id)}
            >
              Corriger
            </Button>
          )}
          {one.version > 1 && (
            <Button
              size="compact-sm"
              variant="subtle"
              className="touch"
              leftSection={<VersionsIcon size={14} />}
              aria-expanded={versions}
              aria-label={`${one.version} versions de la délivrance du ${day}, comparer`}
              onClick={() => setVersions(!versions)}
            >
              {one.version} versions, comparer
            </Button>
          )}
        </span>
      )}
      {versions && <Versions patient={patient} type="MedicationDispense" id={one.id} />}
    </li>
  );
}
