import { sayDate } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import type { OpinionLine } from '../../contract.ts';
import css from './opinions.module.css';

/** One question in a list: to whom or from whom, until when, and its answer in one line once it is there. */
export function OpinionRow({
  line,
  withPatient,
  onOpen,
}: {
  line: OpinionLine;
  withPatient?: boolean;
  onOpen: () => void;
}) {
  const fresh = line.answer && !line.answer.read && line.byMe;
  return (
    <li>
      <button type="button" className={css.open} onClick={onOpen}>
        <span className={css.main}>
          <span className={css.question}>
            <span className="strong">
              {fresh && (
                <span className={css.dot}>
                  <span className="vh">Nouvelle réponse : </span>
                </span>
              )}
              {line.question}
            </span>
            {line.kind === 'referral' && <Tag>Adressage</Tag>}
            {line.urgent && !line.answer && <Tag tone="warning">urgent</Tag>}
            {line.late && <Tag tone="danger">en retard</Tag>}
            {line.state === 'rejected' && <Tag tone="danger">refusé</Tag>}
          </span>
          <span className={`dim small ${css.sub}`}>
            {withPatient && line.patient && `${line.patient.name}, ${line.patient.age} · `}
            {line.answer ? (
              <span className={css.answer}>{line.answer.text}</span>
            ) : line.refusal ? (
              line.refusal.text
            ) : line.byMe ? (
              `à ${line.ownerLabel}`
            ) : (
              `de ${line.asker?.name ?? ''}`
            )}
          </span>
        </span>
        <span className={css.end}>
          {line.answer ? (
            <WhoWhen who={line.answer.who} when={line.answer.at} short />
          ) : (
            <WhoWhen who={line.asker} when={line.asked} short />
          )}
          {!line.answer && line.due && <span className="small num nowrap">avant le {sayDate(line.due)}</span>}
        </span>
      </button>
    </li>
  );
}
