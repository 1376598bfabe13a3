import { sayDate, sayDateTime } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { ReportedList, TreatmentsPage as Page } from '../../contract.ts';
import css from './treatments.module.css';
import { reconciledAt } from './use-treatments.ts';

/** What the patient, a letter or a pharmacy say is taken: beside the record until it is reconciled. */
export function Reported({ page }: { page: Page }) {
  return (
    <Card title="Relevés des autres sources" count={page.reported.length || undefined}>
      {page.reported.length === 0 && (
        <Nothing>
          Aucun relevé : ce que disent le patient, un courrier ou la pharmacie se note ici, sans entrer au dossier avant
          la conciliation.
        </Nothing>
      )}
      <ul className="plain">
        {page.reported.map((list) => (
          <li key={list.id} className={css.row}>
            <div className={css.what}>
              <span className="strong">{list.title}</span> <Tag>{list.fromLabel}</Tag>{' '}
              <Looked page={page} list={list} />
              <ul className={`plain ${css.told}`}>
                {list.lines.map((line) => (
                  <li key={line.key} className="small">
                    {line.label}
                    {line.dosage && <span className="dim">, {line.dosage}</span>}
                  </li>
                ))}
              </ul>
            </div>
            <div className={`${css.from} small`}>
              <span>{sayDateTime(list.at)}</span>
              {list.who && <span className="dim">{list.who.me ? 'Vous' : list.who.name}</span>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Whether what was reported has been reconciled; what a pharmacy dispensed is only shown. */
function Looked({ page, list }: { page: Page; list: ReportedList }) {
  if (!list.own) return null;
  const at = reconciledAt(page, list.id);
  return at ? <Tag tone="success">Concilié le {sayDate(at)}</Tag> : <Tag tone="warning">À concilier</Tag>;
}
