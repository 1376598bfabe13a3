import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayCount } from '../../../web/say.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { TreatmentIcon } from '../../../web/ui/icons.ts';
import { Bone, ErrorState, Nothing } from '../../../web/ui/states.tsx';
import { recordContract, type WaitingProposal } from '../../contract.ts';
import day from '../day/day.module.css';
import css from './treatments.module.css';

const shown = 5;
/** «Propositions» of the day: what prescribers are asked to answer, what became of mine. It stays until it is answered. */
export default function ProposalsBlock() {
  const may = mayRead(useMe(), 'treatments');
  const [all, setAll] = useState(false);
  const query = useQuery({ ...reading(recordContract.waitingProposals), enabled: may, refetchInterval: 5 * 60_000 });
  useLive(['proposals'], () => void queries.invalidateQueries({ queryKey: [recordContract.waitingProposals.path] }));
  if (!may) return null;
  if (query.error && !query.data) return <ErrorState compact error={query.error} retry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <Card title="Propositions sur les traitements">
        <div className="pad" role="status" aria-label="Chargement">
          <Bone h={48} />
        </div>
      </Card>
    );
  const { asked, mine, may: rights, more } = query.data;
  if (!rights.answer && !rights.propose) return null;
  const lines = [...asked.map((line) => ({ line, own: false })), ...mine.map((line) => ({ line, own: true }))];
  return (
    <Card title="Propositions sur les traitements" count={asked.length ? `${asked.length}${more ? '+' : ''}` : undefined}>
      {lines.length === 0 && <Nothing>{rights.answer ? 'Aucune proposition n’attend votre réponse.' : 'Aucune de vos propositions n’attend de réponse.'}</Nothing>}
      <ul className="plain">
        {lines.slice(0, all ? undefined : shown).map(({ line, own }) => (
          <ProposalLine key={line.id} line={line} own={own} />
        ))}
      </ul>
      {lines.length > shown && (
        <Button variant="subtle" size="compact-sm" className="touch" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Replier' : `et ${sayCount(lines.length - shown, 'autre')}`}
        </Button>
      )}
    </Card>
  );
}

const since = (days: number): string => (days === 0 ? 'aujourd’hui' : days === 1 ? 'hier' : `${days} j`);
function ProposalLine({ line, own }: { line: WaitingProposal; own: boolean }) {
  const waits = line.state === 'waiting';
  return (
    <li className={day.line}>
      <TreatmentIcon size={18} stroke={1.6} />
      <Link className={`grow ${day.target}`} to={`/patients/${line.patient.id}/traitements${own ? '' : `?proposition=${line.id}`}` as string}>
        <span className="strong">{line.patient.name}</span> <span className="dim small">{line.patient.age}</span>
        <span className={`small ${css.proposed}`}>
          {line.actLabel} : {line.label}
          {line.dosage && `, ${line.dosage}`}
        </span>
        <span className={`small dim ${css.proposed}`}>{own ? (waits ? `à ${line.askedOf?.name ?? 'l’équipe de soins'}` : [line.answeredBy?.name, line.answer].filter(Boolean).join(' : ')) : `${line.who?.name ?? 'Un collègue'} : ${line.reason}`}</span>
      </Link>
      <span className={css.marks}>
        {line.inPlaceOf && <Tag tone="info">pour {line.inPlaceOf.name}</Tag>}
        {!own && !line.inPlaceOf && line.askedOf && !line.askedOf.me && <Tag tone="info">demandé à {line.askedOf.name}</Tag>}
        {own && <Tag tone={waits ? 'neutral' : line.state === 'accepted' ? 'success' : 'warning'}>{line.stateLabel}</Tag>}
        {waits && <span className="tiny num nowrap dim">{since(line.days)}</span>}
      </span>
    </li>
  );
}
