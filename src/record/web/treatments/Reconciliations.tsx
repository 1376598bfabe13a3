import { sayDateTime } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import type { TreatmentsPage as Page } from '../../contract.ts';
import { saySources } from './DosesPanel.tsx';
import css from './treatments.module.css';

/** Who reconciled, from what, and what was decided of each line. */
export function Reconciliations({ page }: { page: Page }) {
  if (page.reconciliations.length === 0) return null;
  return (
    <Card title="Conciliations" count={page.reconciliations.length}>
      <ul className="plain">
        {page.reconciliations.map((one) => (
          <li key={one.id} className={css.row}>
            <div className={css.what}>
              <span className="strong">
                {sayDateTime(one.at)}, {one.who?.me ? 'vous' : one.who?.name}
              </span>
              <span className="small dim">{saySources(one.sources)}</span>
              {one.note && <span className="small">{one.note}</span>}
              <span className="small dim">
                {one.lines
                  .map((line) => [`${line.decisionLabel} : ${line.label}`, line.reason].filter(Boolean).join(', '))
                  .join(' · ')}
                {one.hidden > 0 && ` · ${one.hidden} ${one.hidden > 1 ? 'lignes non affichées' : 'ligne non affichée'}`}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
