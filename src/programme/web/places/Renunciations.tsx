import { Button, Checkbox, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { ErrorState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';

const changed = () => {
  for (const entry of [
    programmeContract.renunciations,
    programmeContract.decisions,
    programmeContract.ranking,
    programmeContract.letters,
    programmeContract.regionCalls,
  ])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};
/** Teams that gave up their place, and the next of the waiting list; nothing while there are none. */
export function Renunciations({ edition }: { edition: string }) {
  const query = useQuery(reading(programmeContract.renunciations, { params: { edition } }));
  useLive(['files', 'letters'], changed);
  const found = query.data;
  if (!found || found.lines.length === 0) return null;
  return (
    <Card title="Désistements" count={found.lines.length}>
      <ul className={`plain ${css.rules}`}>
        {found.lines.map((one) => (
          <li key={one.application}>
            <Link to={`/programme/dossiers/${one.application}` as string} className="strong">
              {one.team}
            </Link>
            <p className="small">{one.reason}</p>
            <p className="dim small">
              {one.by}, le {sayDate(one.at.slice(0, 10))} ·{' '}
              {one.outcome === 'chosen' ? `place de la décision n° ${one.decision}` : 'rang sur la liste d’attente'}
            </p>
          </li>
        ))}
      </ul>
      {found.free > 0 && <Offer key={found.decision} edition={edition} found={found} />}
    </Card>
  );
}
interface Waiting {
  application: string;
  team: string;
  waiting: number;
}
function Offer({
  edition,
  found,
}: {
  edition: string;
  found: {
    free: number;
    next: readonly Waiting[];
    equals: readonly Waiting[];
    left: number;
    decision: number | null;
    may: { offer: boolean };
  };
}) {
  const [reason, setReason] = useState(found.equals.length > 0 ? '' : 'Place libérée par un désistement.');
  const [settled, setSettled] = useState<string[]>([]);
  const offer = useMutation({
    mutationFn: () =>
      call(programmeContract.offerPlace, {
        params: { edition },
        body: { reason, decision: found.decision!, settled },
      }),
    onSuccess: ({ number }) => {
      changed();
      done(`Décision n° ${number} prise. Il reste à la notifier.`);
    },
  });
  if (found.next.length + found.equals.length === 0)
    return (
      <p className={`${css.body} small`}>
        {sayCount(found.free, 'place libre', 'places libres')}. Plus aucune équipe n’attend.
      </p>
    );
  return (
    <div className={`${css.body} stack`}>
      <p className="small">
        {sayCount(found.free, 'place libre', 'places libres')}.
        {found.next.length > 0 && (
          <>
            {' '}
            Sur la liste d’attente : <b>{found.next.map(({ team }) => team).join(', ')}</b>.
          </>
        )}
      </p>
      {found.equals.length > 0 && !found.may.offer && (
        <p className="small">
          À égalité pour {found.left === 1 ? 'la place libre' : `${found.left} places libres`} :{' '}
          {found.equals.map(({ team }) => team).join(', ')}.
        </p>
      )}
      {found.may.offer && (
        <>
          {found.equals.length > 0 && (
            <Checkbox.Group
              label={found.left === 1 ? 'Qui prend la place libre ?' : `Qui prend ${found.left} places libres ?`}
              description="Ces équipes sont à égalité sur la liste d’attente."
              value={settled}
              onChange={setSettled}
            >
              <div className="stack tight" style={{ gap: 8, marginTop: 6 }}>
                {found.equals.map((one) => (
                  <Checkbox
                    key={one.application}
                    value={one.application}
                    label={one.team}
                    disabled={settled.length >= found.left && !settled.includes(one.application)}
                  />
                ))}
              </div>
            </Checkbox.Group>
          )}
          <p className="small dim">
            La décision suivante leur donne la place. Les autres gardent la leur, personne n’est classé de nouveau ;
            seules ces équipes reçoivent un courrier, depuis la page « Courriers ».
          </p>
          <Textarea
            label="Motif de la décision"
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {offer.error && <ErrorState compact error={offer.error} />}
          <Button
            loading={offer.isPending}
            disabled={reason.trim().length < 10 || settled.length !== found.left}
            onClick={() => offer.mutate()}
          >
            Proposer la place
          </Button>
        </>
      )}
    </div>
  );
}
