import { Link } from '@tanstack/react-router';
import { urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { mayRead, mayWrite, useMe } from '../../../web/session.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { MailIcon, PrintIcon } from '../../../web/ui/icons.ts';
import { coordinationContract } from '../../contract.ts';
import css from './meetings.module.css';
import { usePatientMeetings } from './use-meetings.ts';

/** In a record: the meetings in which this patient was, is or waits to be discussed. */
export default function MeetingsCard({ patient }: { patient: string }) {
  const me = useMe();
  const { data } = usePatientMeetings(patient, mayRead(me, 'coordination'));
  const [, setUrl] = useUrl();
  const lines = data?.meetings ?? [];
  if (lines.length === 0) return null;
  return (
    <Card title="Concertations" count={lines.length}>
      <ul className="plain">
        {lines.slice(0, 6).map((one) => (
          <li key={one.id} className={css.cardLine}>
            <span className="grow">
              {one.composition ? (
                <button
                  type="button"
                  className={css.link}
                  onClick={() => setUrl({ volet: `entree:Composition:${one.composition}` })}
                >
                  {one.reason}
                </button>
              ) : (
                <span className="strong">{one.reason}</span>
              )}{' '}
              {one.urgent && one.state !== 'finished' && <Tag tone="warning">urgent</Tag>}
              <span className={`dim small ${css.sub}`}>
                {one.meeting ? (
                  <Link
                    className="touch"
                    to="/coordination/reunions/$id"
                    params={{ id: one.meeting.id }}
                    search={{ patient: one.id }}
                  >
                    réunion du {sayDate(one.meeting.start)}
                  </Link>
                ) : (
                  'attend une réunion'
                )}
                {one.decisions > 0 && ` · ${sayCount(one.decisions, 'décision')}`}
              </span>
            </span>
            {one.composition && mayWrite(me, 'documents') && (
              <Link
                className={css.pdf}
                to="/patients/$patient/courriers/nouveau"
                params={{ patient }}
                search={{ concertation: one.composition }}
                aria-label={`Écrire un courrier avec le compte rendu du ${sayDate(one.meeting?.start)}`}
              >
                <MailIcon size={15} /> Courrier
              </Link>
            )}
            {one.composition ? (
              <a
                href={urlOf(coordinationContract.minutesPdf, { params: { patient, id: one.composition } })}
                target="_blank"
                rel="noreferrer"
                className={css.pdf}
                aria-label={`Compte rendu du ${sayDate(one.meeting?.start)} en PDF`}
              >
                <PrintIcon size={15} /> PDF
              </a>
            ) : (
              <Tag tone={one.meeting ? 'accent' : 'neutral'}>{one.meeting ? one.stateLabel : 'proposé'}</Tag>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
