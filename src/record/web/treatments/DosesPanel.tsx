import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { sayDateTime } from '../../../web/say.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { recordContract, type TreatmentLine } from '../../contract.ts';
import css from './treatments.module.css';

/** From which lists a reconciliation was made. */
export const saySources = (sources: readonly { title: string; fromLabel: string }[]): string =>
  sources.length === 0
    ? 'D’après le dossier'
    : `D’après ${sources.map(({ title, fromLabel }) => (fromLabel ? `${title} (${fromLabel.toLowerCase()})` : title)).join(', ')}`;
/** Every dose a treatment had, and what reconciliations decided of it, newest first. */
export function DosesPanel({ patient, line, onClose }: { patient: string; line: TreatmentLine; onClose: () => void }) {
  const query = useQuery(
    reading(recordContract.doseHistory, { params: { patient, type: line.type as 'MedicationRequest', id: line.id } }),
  );
  return (
    <SidePanel title="Doses dans le temps" subtitle={line.label} onClose={onClose}>
      {failureOf(query) ? (
        <Failure compact of={query} />
      ) : !query.data ? (
        <Bone h={160} />
      ) : (
        <>
          <ol className={`plain ${css.doses}`}>
            {query.data.doses.map((dose) => (
              <li key={`${dose.at}${dose.dosage}${dose.stateLabel}`}>
                <span className="strong">{dose.dosage || 'Posologie non notée'}</span>
                <span className="small">
                  {dose.stateLabel}, le {sayDateTime(dose.at)}
                  {dose.who && `, ${dose.who.me ? 'vous' : dose.who.name}`}
                </span>
                {dose.reason && <span className="small dim">{dose.reason}</span>}
              </li>
            ))}
          </ol>
          {query.data.reconciled.length > 0 && (
            <>
              <h3 className={css.subhead}>Conciliations</h3>
              <ol className={`plain ${css.doses}`}>
                {query.data.reconciled.map((one) => (
                  <li key={`${one.at}${one.decisionLabel}`}>
                    <span className="strong">{one.decisionLabel}</span>
                    <span className="small">
                      le {sayDateTime(one.at)}
                      {one.who && `, par ${one.who.me ? 'vous' : one.who.name}`}
                    </span>
                    <span className="small dim">{saySources(one.sources)}</span>
                    {one.reason && <span className="small dim">{one.reason}</span>}
                  </li>
                ))}
              </ol>
            </>
          )}
        </>
      )}
    </SidePanel>
  );
}
