import { Tooltip } from '@mantine/core';
import { isCritical, isOutOfRange, rangeSourceOf, type ResultCell, type ResultReport } from '../../contract.ts';
import { ofName, sayAgo, sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Flag, flagSigns } from '../summary/Flag.tsx';
import css from './results.module.css';

/** A value as it stands in the table: sign, weight and colour say that it is out of range; the word is there for who listens. */
export function Cell({ cell }: { cell: ResultCell | null }) {
  if (!cell) return null;
  const more = [
    cell.given && `Rendu : ${cell.given}`,
    cell.computed && `Calculé : ${cell.computed}`,
    cell.before && `Corrigé, avant : ${cell.before}`,
    cell.reference && `Norme : ${cell.reference} ${cell.unit} (${rangeWords(cell)})`,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <Tooltip label={more} disabled={!more} multiline maw={280}>
      <span
        className={css.cell}
        data-off={isOutOfRange(cell.flag) || undefined}
        data-critical={isCritical(cell.flag) || undefined}
      >
        <span className={css.amount}>{cell.text}</span>
        {isOutOfRange(cell.flag) && (
          <span className={css.sign}>
            <span aria-hidden>{cell.value === null ? '●' : flagSigns[cell.flag]}</span>
            <span className="vh">{cell.flagLabel}</span>
          </span>
        )}
        {cell.computed && <small className={css.mark}>calc.</small>}
        {cell.before && <small className={css.mark}>corr.</small>}
        {cell.status === 'draft' && <small className={css.mark}>prov.</small>}
      </span>
    </Tooltip>
  );
}

/** Whose range it is; ours with where it was read, since nobody with a licence has checked it. */
export const rangeWords = ({ code, referenceFrom }: Pick<ResultCell, 'code' | 'referenceFrom'>): string =>
  referenceFrom === 'report' ? 'du laboratoire' : `usuelle, le laboratoire n’en donne pas : ${rangeSourceOf(code)}`;
export const statusWords = (report: Pick<ResultReport, 'partial' | 'corrected'>): string =>
  report.partial ? 'Partiel' : report.corrected ? 'Corrigé' : '';
/** What of this report needs someone. */
export function ReportTags({ report }: { report: ResultReport }) {
  return (
    <>
      {report.critical && <Tag tone="danger">Critique</Tag>}
      {report.acknowledgement.waiting && <Tag tone="warning">À valider</Tag>}
      {statusWords(report) && <Tag tone="info">{statusWords(report)}</Tag>}
    </>
  );
}
/** Who must acknowledge, or who did and what they decided. */
export function Acknowledged({ report }: { report: ResultReport }) {
  const { done, waiting, by } = report.acknowledgement;
  if (done.length === 0)
    return waiting ? (
      <p className="small dim">
        À valider par{' '}
        {by
          ? by.me
            ? 'vous'
            : `${by.name}, ${by.role.toLowerCase()}`
          : 'un professionnel de l’équipe de soins qui le peut'}
        .
      </p>
    ) : (
      <p className="small dim">Personne n’a validé ce résultat dans Estran.</p>
    );
  return (
    <ul className="plain stack tight">
      {done.map((one) => (
        <li key={one.who.name + one.at} className="small">
          Validé par <b>{one.who.me ? 'vous' : one.who.name}</b>
          {one.who.role && <span className="dim">, {one.who.role}</span>}
          {one.inPlaceOf && <span> à la place {ofName(one.inPlaceOf.name)}</span>}{' '}
          <Tooltip label={sayDateTime(one.at)}>
            <span className="dim">{sayAgo(one.at)}</span>
          </Tooltip>
          {one.decision && <span className={css.decision}>{one.decision}</span>}
        </li>
      ))}
    </ul>
  );
}
export { Flag };
