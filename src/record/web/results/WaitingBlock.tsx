import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sayCount } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { ResultIcon } from '../../../web/ui/icons.ts';
import { isCritical, isOutOfRange, type WaitingLine } from '../../contract.ts';
import day from '../day/day.module.css';
import { WaitingCard } from '../day/WaitingCard.tsx';
import css from './results.module.css';
import { waitingQuery } from './use-results.ts';

/** «Résultats à valider» of the day: critical ones first, with how long they have been waiting. */
export default function WaitingBlock() {
  const query = useQuery(waitingQuery());
  if (query.data && !query.data.canAcknowledge) return null;
  const { lines = [], more = false } = query.data ?? {};
  return (
    <WaitingCard
      title="Résultats à valider"
      query={query}
      lines={lines}
      waiting={lines.length}
      more={more}
      nothing="Aucun résultat ne vous attend."
      shown={8}
      to="/resultats"
    >
      {(line) => (
        <li key={line.id} className={day.line}>
          <ResultIcon size={18} stroke={1.6} />
          <Link className={`grow ${day.target}`} to={`/resultats?resultat=${line.id}` as string}>
            <span className="strong">{line.patient.name}</span>{' '}
            <span className="dim small nowrap">{line.patient.age}</span>
            <ValuesInShort line={line} />
          </Link>
          <WaitingTags line={line} />
        </li>
      )}
    </WaitingCard>
  );
}

export function WaitingTags({ line }: { line: WaitingLine }) {
  return (
    <span className={css.tags}>
      {line.critical && <Tag tone="danger">Critique</Tag>}
      {line.inPlaceOf && <Tag tone="info">pour {line.inPlaceOf.name}</Tag>}
      {line.escalated && <Tag tone="warning">équipe prévenue</Tag>}
      {line.partial && <Tag>Partiel</Tag>}
      {line.corrected && <Tag tone="info">Corrigé</Tag>}
      <span className={`tiny num nowrap ${line.critical ? 'danger' : 'dim'}`}>
        {line.hours < 1
          ? 'moins d’une heure'
          : line.hours < 48
            ? `${line.hours} h`
            : `${Math.floor(line.hours / 24)} j`}
      </span>
    </span>
  );
}
/** What a result says, in one line: what is out of range first. */
export function ValuesInShort({ line, most = 3 }: { line: WaitingLine; most?: number }) {
  const sorted = [...line.values].sort(
    (a, b) =>
      Number(isCritical(b.flag)) - Number(isCritical(a.flag)) ||
      Number(isOutOfRange(b.flag)) - Number(isOutOfRange(a.flag)),
  );
  return (
    <span className={`small ${css.short}`}>
      {/* «INR INR 2,0»: an analysis asked for alone is named once. */}
      {sorted.length === 1 && sorted[0]!.label === line.label ? null : <span className="dim">{line.label}</span>}
      {sorted.slice(0, most).map((value) => (
        <span key={value.code + value.label} className="nowrap">
          {value.label}{' '}
          <b className="num" data-off={isOutOfRange(value.flag) || undefined}>
            {value.text}
            {value.unit && ` ${value.unit}`}
          </b>
          {isOutOfRange(value.flag) && <span className="vh"> {value.flagLabel}</span>}
        </span>
      ))}
      {sorted.length > most && <span className="dim nowrap">et {sayCount(sorted.length - most, 'autre')}</span>}
    </span>
  );
}
