import { Card } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { historyRows, kindOfTopic, type RecordPage } from '../../contract.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import css from './history.module.css';
import { LineMarks } from './RecordLine.tsx';

type HistoryLine = NonNullable<RecordPage['history']>[number];

/** History, risk, way of life, social situation: one row a topic, read in five seconds. Known, known to be none, and never asked look different. */
export function HistoryCard({ lines }: { lines: NonNullable<RecordPage['history']> }) {
  const record = useRecord();
  const listed = lines.filter((line) => !line.none).length;
  return (
    <Card
      title="Antécédents et mode de vie"
      count={listed || undefined}
      action={
        <AddButton
          panel="antecedent"
          kind={mayAdd(record, 'history') ? 'history' : 'lifestyle'}
          label="Ajouter un antécédent ou un mode de vie"
        />
      }
    >
      <dl className={css.rows}>
        {historyRows.map(({ topic, label }) => (
          <Row key={topic} topic={topic} label={label} lines={lines.filter((line) => line.topic === topic)} />
        ))}
      </dl>
    </Card>
  );
}

function Row({ topic, label, lines }: { topic: string; label: string; lines: HistoryLine[] }) {
  const [, setPanel] = usePanel();
  const record = useRecord();
  const may = mayAdd(record, kindOfTopic(topic));
  const closed = !record.rights.see.includes(kindOfTopic(topic));
  return (
    <div className={css.row}>
      <dt>{label}</dt>
      <dd>
        {lines.length === 0 &&
          (closed ? (
            <span className="dim">Non accessible avec vos droits</span>
          ) : may ? (
            <button
              type="button"
              className={css.asking}
              onClick={() => setPanel(`antecedent:${topic}`)}
              aria-label={`Non renseigné : ${label}. Renseigner`}
            >
              Non renseigné
            </button>
          ) : (
            <span className="dim">Non renseigné</span>
          ))}
        {lines.map((line) => (
          <Item key={line.id} line={line} onOpen={() => setPanel(`entree:${line.type}:${line.id}`)} />
        ))}
      </dd>
    </div>
  );
}

function Item({ line, onOpen }: { line: HistoryLine; onOpen: () => void }) {
  const own = line.label === line.topicLabel && line.detail;
  // A subject says itself by its answer: «Fumeur», «Vit seul»; what has no subject is named and then detailed.
  const title = own
    ? line.detail
    : line.relative
      ? `${line.relative} : ${line.label}`
      : line.type === 'Observation' && line.detail
        ? line.detail
        : line.label;
  const detail = own || (line.type === 'Observation' && line.detail) ? '' : line.detail;
  return (
    <button
      type="button"
      className={css.item}
      data-flagged={line.flagged || undefined}
      data-none={line.none || undefined}
      onClick={onOpen}
    >
      {line.fresh && <span className="vh">Nouveau : </span>}
      {line.none && <CheckIcon size={14} />}
      {line.type === 'Observation' && !line.none && !own && <span className="vh">{line.label} : </span>}
      <span className={own ? undefined : css.title}>{title}</span>
      {detail && <span className="dim"> {detail}</span>}
      <LineMarks line={line} />
    </button>
  );
}
