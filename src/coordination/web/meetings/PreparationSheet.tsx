import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading, failureOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { WhoWhen } from '../../../web/ui/bits.tsx';
import { DangerIcon, DownIcon, ExternalIcon, RightIcon, UpIcon, WarningIcon } from '../../../web/ui/icons.ts';
import { Sparkline } from '../../../web/ui/Sparkline.tsx';
import { Failure, ListBones } from '../../../web/ui/states.tsx';
import { coordinationContract } from '../../contract.ts';
import sheetCss from './sheet.module.css';

interface Line {
  label: string;
  detail: string;
  at: string | null;
  tone: 'neutral' | 'warning' | 'danger';
}

/** What the record says of this patient, gathered by the reader's own rights. */
export function PreparationSheet({ meeting, discussion }: { meeting: string; discussion: string }) {
  const query = useQuery(reading(coordinationContract.preparation, { params: { id: meeting, discussion } }));
  if (failureOf(query)) return <Failure compact of={query} />;
  const sheet = query.data;
  if (!sheet) return <ListBones rows={8} />;
  const empty = [
    sheet.alerts,
    sheet.problems,
    sheet.treatments,
    sheet.measures,
    sheet.notes,
    sheet.protocols,
    sheet.tasks,
  ].every((list) => !list?.length);
  return (
    <div className={sheetCss.sheet}>
      <header className="row between">
        <h3>Fiche de préparation</h3>
        <Link className="small nowrap touch" to="/patients/$patient" params={{ patient: sheet.patient.id }}>
          Ouvrir le dossier <ExternalIcon size={13} style={{ verticalAlign: -2 }} />
        </Link>
      </header>
      <Part title="Alertes" lines={sheet.alerts} />
      <Part title="Problèmes en cours" lines={sheet.problems} />
      {sheet.measures && sheet.measures.length > 0 && (
        <section aria-label="Dernières mesures">
          <h4>Dernières mesures</h4>
          <ul className="plain">
            {sheet.measures.map((one) => {
              const [value = '', ...change] = one.detail.split(' · ');
              const Way = one.direction === 'up' ? UpIcon : one.direction === 'down' ? DownIcon : RightIcon;
              return (
                <li key={one.label} className={sheetCss.measure} data-tone={one.tone}>
                  <span>{one.label}</span>
                  <b className="num">
                    {value}{' '}
                    {one.tone !== 'neutral' && (
                      <WarningIcon size={13} aria-label="hors des valeurs attendues" style={{ verticalAlign: -1 }} />
                    )}
                  </b>
                  <span className={sheetCss.trend}>{one.trend.length > 1 && <Sparkline points={one.trend} />}</span>
                  <span className={`dim tiny ${sheetCss.change}`} title={one.at ? `le ${sayDate(one.at)}` : undefined}>
                    {change.length > 0 ? (
                      <>
                        <Way size={12} style={{ verticalAlign: -2 }} /> {change.join(' · ')}
                      </>
                    ) : (
                      one.at && `le ${sayDate(one.at)}`
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <Part title="Traitements" lines={sheet.treatments} />
      <Part title="Protocoles en cours" lines={sheet.protocols} />
      <Part title="Demandes en cours" lines={sheet.tasks} />
      {sheet.notes && sheet.notes.length > 0 && (
        <section aria-label="Dernières notes">
          <h4>Dernières notes</h4>
          <ul className="plain">
            {sheet.notes.map((one) => (
              <li key={`${one.at}${one.label}`} className={sheetCss.note}>
                <span className="row between">
                  <b className="small">{one.label}</b>
                  <WhoWhen who={one.who} when={one.at} short />
                </span>
                <span className={sheetCss.noteText}>{one.detail}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {empty && <p className="dim small">Rien à montrer ici.</p>}
      {sheet.hidden.length > 0 && <p className="dim small">Votre profession ne lit pas : {sheet.hidden.join(', ')}.</p>}
    </div>
  );
}
function Part({ title, lines }: { title: string; lines: readonly Line[] | null }) {
  if (!lines?.length) return null;
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul className="plain">
        {lines.map((one) => (
          <li key={`${one.label}${one.detail}`} className={sheetCss.fact} data-tone={one.tone}>
            {one.tone === 'danger' && <DangerIcon size={14} aria-label="Danger" />}
            {one.tone === 'warning' && <WarningIcon size={14} aria-label="Attention" />}
            <span className="strong">{one.label}</span>
            {one.detail && <span className="dim small"> {one.detail}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
