import type { ReactNode } from 'react';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { HiddenIcon } from '../../../web/ui/icons.ts';
import { type Line, sensitivityLabels } from '../../contract.ts';
import { usePanel } from '../use-record.ts';
import css from './summary.module.css';

/** One line of the record: what, then who and when. Opens its detail, versions and acts in the side panel. */
export function RecordLine({
  line,
  title,
  detail,
  marks,
  end,
  when,
  panel,
  off,
}: {
  line: Line;
  title: ReactNode;
  detail?: ReactNode;
  marks?: ReactNode;
  end?: ReactNode;
  when?: string | null;
  panel?: string;
  off?: boolean;
}) {
  const [, setPanel] = usePanel();
  return (
    <li className={css.line} data-off={off || line.status === 'entered-in-error' || undefined}>
      <button type="button" className={css.open} onClick={() => setPanel(panel ?? `entree:${line.type}:${line.id}`)}>
        {line.fresh && (
          <span className={css.fresh}>
            <span className="vh">Nouveau : </span>
          </span>
        )}
        <span className={css.main}>
          <span className={css.title}>
            {title} {marks}
            <LineMarks line={line} />
          </span>
          {detail && <span className={css.detail}>{detail}</span>}
        </span>
        <span className={css.end}>
          {end}
          <WhoWhen who={line.who} when={when === undefined ? (line.at ?? line.recorded) : when} short />
        </span>
      </button>
    </li>
  );
}

/** What sets a line apart: draft, amended, in error, sensitive, mine alone. */
export function LineMarks({ line }: { line: Line }) {
  return (
    <>
      {(line.status !== 'final' || line.statusLabel !== 'Signé') && (
        <>
          {' '}
          <Tag tone={line.status === 'draft' ? 'warning' : line.status === 'entered-in-error' ? 'danger' : 'neutral'}>
            {line.statusLabel}
          </Tag>
        </>
      )}
      {line.sensitive && (
        <>
          {' '}
          <Tag tone="info" icon={<HiddenIcon size={12} />}>
            {sensitivityLabels[line.sensitive]}
          </Tag>
        </>
      )}
      {line.personal && (
        <>
          {' '}
          <Tag tone="info" icon={<HiddenIcon size={12} />}>
            Note personnelle
          </Tag>
        </>
      )}
    </>
  );
}
