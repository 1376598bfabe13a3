import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { TreatmentIcon } from '../../../web/ui/icons.ts';
import { recordContract, type WaitingProposal } from '../../contract.ts';
import day from '../day/day.module.css';
import { WaitingCard } from '../day/WaitingCard.tsx';
import css from './treatments.module.css';

/** «Propositions» of the day: what prescribers are asked to answer, what became of mine. It stays until it is answered. */
export default function ProposalsBlock() {
  const may = mayRead(useMe(), 'treatments');
  const query = useQuery({ ...reading(recordContract.waitingProposals), enabled: may, refetchInterval: 5 * 60_000 });
  useLive(['proposals'], () => void queries.invalidateQueries({ queryKey: [recordContract.waitingProposals.path] }));
  if (!may || (query.data && !query.data.may.answer && !query.data.may.propose)) return null;
  const { asked = [], mine = [], more = false } = query.data ?? {};
  const lines = [...asked.map((line) => ({ line, own: false })), ...mine.map((line) => ({ line, own: true }))];
  return (
    <WaitingCard
      title="Propositions sur les traitements"
      query={query}
      lines={lines}
      waiting={asked.length}
      more={more}
      shown={5}
      nothing={
        query.data?.may.answer
          ? 'Aucune proposition n’attend votre réponse.'
          : 'Aucune de vos propositions n’attend de réponse.'
      }
    >
      {({ line, own }) => <ProposalLine key={line.id} line={line} own={own} />}
    </WaitingCard>
  );
}

const since = (days: number): string => (days === 0 ? 'aujourd’hui' : days === 1 ? 'hier' : `${days} j`);
function ProposalLine({ line, own }: { line: WaitingProposal; own: boolean }) {
  const waits = line.state === 'waiting';
  return (
    <li className={day.line}>
      <TreatmentIcon size={18} stroke={1.6} />
      <Link
        className={`grow ${day.target}`}
        to={`/patients/${line.patient.id}/traitements${own ? '' : `?proposition=${line.id}`}` as string}
      >
        <span className="strong">{line.patient.name}</span> <span className="dim small nowrap">{line.patient.age}</span>
        <span className={`small ${css.proposed}`}>
          {line.actLabel} : {line.label}
          {line.dosage && `, ${line.dosage}`}
        </span>
        <span className={`small dim ${css.proposed}`}>
          {own
            ? waits
              ? `à ${line.askedOf?.name ?? 'l’équipe de soins'}`
              : [line.answeredBy?.name, line.answer].filter(Boolean).join(' : ')
            : `${line.who?.name ?? 'Un collègue'} : ${line.reason}`}
        </span>
      </Link>
      <span className={css.marks}>
        {line.inPlaceOf && <Tag tone="info">pour {line.inPlaceOf.name}</Tag>}
        {!own && !line.inPlaceOf && line.askedOf && !line.askedOf.me && (
          <Tag tone="info">demandé à {line.askedOf.name}</Tag>
        )}
        {own && (
          <Tag tone={waits ? 'neutral' : line.state === 'accepted' ? 'success' : 'warning'}>{line.stateLabel}</Tag>
        )}
        {waits && <span className="tiny num nowrap dim">{since(line.days)}</span>}
      </span>
    </li>
  );
}
