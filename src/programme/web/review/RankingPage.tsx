import { Button, Checkbox, NumberInput, Textarea } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayCount } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { RankIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, ListBones, Note, Failure } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract, someOf } from '../../contract.ts';
import { OutcomeTag } from '../file/MyCalls.tsx';
import css from '../programme.module.css';
import { sayInstant } from '../words.ts';
import { CallBar, sayMark, useCall } from './FilesPage.tsx';
import { Renunciations } from '../places/Renunciations.tsx';
import own from './ranking.module.css';
import { reviewChanged } from './ReviewPage.tsx';

type Ranking = z.infer<typeof programmeContract.ranking.reply>;
const outcomes = {
  chosen: { tone: 'success', words: 'retenue' },
  tie: { tone: 'warning', words: 'à départager' },
  waiting: { tone: 'neutral', words: 'liste d’attente' },
} as const;

/** `/programme/dossiers/classement`: the ranking explained, simulated for a number of places, then the decision. */
export default function RankingPage() {
  const { calls, call: chosen, url, setUrl } = useCall();
  const places = url.places ? Number(url.places) : undefined;
  const query = useQuery({
    ...reading(programmeContract.ranking, { params: { edition: chosen?.id ?? '' }, query: places ? { places } : {} }),
    enabled: chosen !== undefined,
    placeholderData: keepPreviousData,
  });
  useLive(['files'], () => {
    void queries.invalidateQueries({ queryKey: [programmeContract.ranking.path] });
    void queries.invalidateQueries({ queryKey: [programmeContract.decisions.path] });
  });
  const ranking = query.data;
  return (
    <div className="page">
      <title>Classement · Estran</title>
      <header className="page-head">
        <h1>Classement et décision</h1>
      </header>
      <CallBar here="dossiers/classement" />
      <Failure of={[calls, query]} />
      {!failureOf(calls, query) && !ranking && (
        <div className="card">
          <ListBones rows={10} />
        </div>
      )}
      {ranking && ranking.ranked.length + ranking.refused.length + ranking.unclear.length === 0 && (
        <div className="card">
          <EmptyState icon={RankIcon} title="Aucune candidature à classer">
            Le classement se calcule dès la première candidature déposée.
          </EmptyState>
        </div>
      )}
      {ranking && ranking.ranked.length + ranking.refused.length + ranking.unclear.length > 0 && (
        <div className={css.two}>
          <div className="stack loose">
            <Card
              title="Classement"
              count={sayCount(ranking.ranked.length, 'équipe éligible', 'équipes éligibles')}
              action={
                <NumberInput
                  size="xs"
                  w={150}
                  aria-label="Simuler un nombre de places"
                  prefix="Avec "
                  suffix={ranking.places > 1 ? ' places' : ' place'}
                  min={1}
                  max={500}
                  allowDecimal={false}
                  allowNegative={false}
                  value={ranking.places}
                  onChange={(value) =>
                    Number(value) > 0 &&
                    setUrl({ places: Number(value) === ranking.placesOfCall ? undefined : String(value) })
                  }
                />
              }
            >
              {ranking.places !== ranking.placesOfCall && (
                <div style={{ padding: '0 16px 8px' }}>
                  <Note tone="info">
                    Simulation avec {sayCount(ranking.places, 'place', 'places')}. L’appel en prévoit{' '}
                    {ranking.placesOfCall}. Rien n’est enregistré.
                  </Note>
                </div>
              )}
              <Table ranking={ranking} />
            </Card>
            {ranking.unclear.length > 0 && (
              <Card title="À préciser avant de décider" count={ranking.unclear.length}>
                <Against lines={ranking.unclear} />
              </Card>
            )}
            {ranking.refused.length > 0 && (
              <Card title="Non éligibles" count={ranking.refused.length}>
                <Against lines={ranking.refused} />
              </Card>
            )}
          </div>
          <aside className={css.side} aria-label="Décision">
            <Renunciations edition={ranking.edition} />
            <Decisions edition={ranking.edition} />
            {ranking.may.decide && <Decide key={`${ranking.edition} ${ranking.places}`} ranking={ranking} />}
          </aside>
        </div>
      )}
    </div>
  );
}

const outcome = ({ outcome }: Ranking['ranked'][number]) => (
  <Tag tone={outcomes[outcome].tone}>{outcomes[outcome].words}</Tag>
);
function Table({ ranking }: { ranking: Ranking }) {
  const titles = ranking.ranked.find((one) => one.figures)?.figures?.scores.map(({ title }) => title) ?? [];
  return (
    <div className={css.scroll}>
      <table className={own.table}>
        <caption className="vh">Classement des équipes éligibles</caption>
        <thead>
          <tr>
            <th scope="col">Rang</th>
            <th scope="col">Équipe</th>
            {titles.map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
            {ranking.reviewed && <th scope="col">Note</th>}
            <th scope="col" className={own.last}>
              Issue
            </th>
          </tr>
        </thead>
        <tbody>
          {ranking.ranked.map((one, i) => (
            <tr key={one.id} data-cut={(i > 0 && ranking.ranked[i - 1]!.outcome !== one.outcome) || undefined}>
              <td className="num strong">{one.rank}</td>
              <th scope="row">
                <Link to={`/programme/dossiers/${one.id}` as string}>{one.team}</Link>
                <div className={own.outcome}>{outcome(one)}</div>
                <span className="dim small">
                  {one.figures
                    ? one.figures.because
                    : 'Vous avez déclaré un lien : ses chiffres ne vous sont pas montrés.'}
                </span>
              </th>
              {titles.map((title, at) => (
                <td key={title} className="num" title={one.figures?.scores[at]?.words.join(', ')}>
                  {one.figures ? one.figures.scores[at]?.points : '·'}
                </td>
              ))}
              {ranking.reviewed && (
                <td className="num">
                  {one.figures?.mark == null ? <span className="dim">—</span> : sayMark(one.figures.mark)}
                </td>
              )}
              <td className={own.last}>{outcome(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
const Against = ({ lines }: { lines: Ranking['refused'] }) => (
  <ul className={`plain ${css.rules}`}>
    {lines.map((one) => (
      <li key={one.id}>
        <Link to={`/programme/dossiers/${one.id}` as string} className="strong">
          {one.team}
        </Link>
        {one.reasons.map((reason) => (
          <p key={reason} className="small">
            {reason}
          </p>
        ))}
      </li>
    ))}
  </ul>
);

/** The officer's act. Equals at the last place are settled here, with a reason. */
function Decide({ ranking }: { ranking: Ranking }) {
  const decisions = useQuery(reading(programmeContract.decisions, { params: { edition: ranking.edition } }));
  const [settled, setSettled] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const ties = ranking.ranked.filter(({ outcome }) => outcome === 'tie');
  const left = ranking.places - ranking.ranked.filter(({ outcome }) => outcome === 'chosen').length;
  const again = (decisions.data?.decisions.length ?? 0) > 0;
  const chosen = Math.min(ranking.places, ranking.ranked.length);
  const decide = useMutation({
    mutationFn: () =>
      call(programmeContract.decide, {
        params: { edition: ranking.edition },
        body: { places: ranking.places, reason, settled, seen: ranking.seen },
      }),
    onSuccess: () => {
      reviewChanged();
      void queries.invalidateQueries({ queryKey: [programmeContract.decisions.path] });
      void queries.invalidateQueries({ queryKey: [programmeContract.regionCalls.path] });
      setReason('');
      done('Décision enregistrée. Les équipes ne l’apprennent qu’à la notification.');
    },
    onError: () => void queries.invalidateQueries({ queryKey: [programmeContract.ranking.path] }),
  });
  return (
    <Card title={again ? 'Prendre une nouvelle décision' : 'Décider'}>
      <div className={`${css.body} stack`}>
        <ul className={css.steps}>
          <li>
            {chosen} {chosen > 1 ? 'équipes retenues' : 'équipe retenue'} pour{' '}
            {sayCount(ranking.places, 'place', 'places')}
          </li>
          <li>{sayCount(Math.max(0, ranking.ranked.length - chosen), 'équipe', 'équipes')} sur liste d’attente</li>
          <li>
            {sayCount(ranking.refused.length, 'équipe non retenue', 'équipes non retenues')}
            {ranking.refused.length > 0 && ', avec ses motifs'}
          </li>
        </ul>
        {ranking.open && <Note tone="info">L’appel est ouvert : on décide après la date limite.</Note>}
        {ranking.unclear.length > 0 && (
          <Note tone="warning">
            {someOf(ranking.unclear.map(({ team }) => team))} : tranchez d’abord les règles restées sans réponse.
          </Note>
        )}
        {ranking.reviewed && ranking.unmarked > 0 && (
          <Note tone="warning">
            {sayCount(ranking.unmarked, 'équipe n’a pas encore de note', 'équipes n’ont pas encore de note')} : entre
            équipes à égalité, la note ne compte que si toutes en ont une.
          </Note>
        )}
        {ties.length > 0 && (
          <Checkbox.Group
            label={left === 1 ? 'Qui prend la dernière place ?' : `Qui prend les ${left} dernières places ?`}
            description="Ces équipes sont à égalité."
            value={settled}
            onChange={setSettled}
          >
            <div className="stack tight" style={{ gap: 8, marginTop: 6 }}>
              {ties.map((one) => (
                <Checkbox
                  key={one.id}
                  value={one.id}
                  label={one.team}
                  disabled={settled.length >= left && !settled.includes(one.id)}
                />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {(ties.length > 0 || again) && (
          <Textarea
            label={again ? 'Motif de la nouvelle décision' : 'Motif'}
            description="Conservé avec la décision."
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {decide.error && <ErrorState compact error={decide.error} />}
        <Button
          loading={decide.isPending}
          disabled={
            ranking.open ||
            ranking.unclear.length > 0 ||
            (ties.length > 0 && settled.length !== left) ||
            ((ties.length > 0 || again) && reason.trim().length < 10)
          }
          onClick={() => decide.mutate()}
        >
          Enregistrer la décision
        </Button>
        <p className="dim small">Prise sous la version {ranking.version} de l’appel. Chaque rang garde ses motifs.</p>
      </div>
    </Card>
  );
}

/** The decision in force, and those before. */
function Decisions({ edition }: { edition: string }) {
  const query = useQuery(reading(programmeContract.decisions, { params: { edition } }));
  const navigate = useNavigate();
  const [last, ...before] = query.data?.decisions ?? [];
  if (!query.data || !last) return null;
  return (
    <Card
      title={`Décision n° ${last.number}`}
      action={last.notifiedAt ? <Tag tone="success">notifiée</Tag> : <Tag tone="warning">à notifier</Tag>}
    >
      <div className={`${css.body} stack`}>
        <p className="small dim">
          {last.by}, le {sayInstant(last.at)} · {sayCount(last.places, 'place', 'places')} · version {last.version} de
          l’appel
        </p>
        {last.reason && <p className="small">{last.reason}</p>}
        <details>
          <summary>{sayCount(query.data.lines.length, 'équipe', 'équipes')}, avec les motifs</summary>
          <ul className={`plain ${css.rules}`} style={{ padding: 0 }}>
            {query.data.lines.map((line) => (
              <li key={line.application}>
                <div className="row between">
                  <b>{line.team}</b>
                  <OutcomeTag outcome={line.outcome} />
                </div>
                {line.words.map((words) => (
                  <p key={words} className="small dim">
                    {words}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </details>
        {query.data.may.decide && (
          <Button
            variant="light"
            onClick={() =>
              void navigate({ to: '/programme/dossiers/courriers' as string, search: { appel: edition } as never })
            }
          >
            {last.notifiedAt ? 'Voir les courriers' : 'Notifier les équipes'}
          </Button>
        )}
        {before.map((one) => (
          <p key={one.number} className="small dim">
            Décision n° {one.number}, {one.by}, le {sayInstant(one.at)}, {sayCount(one.places, 'place', 'places')}
          </p>
        ))}
      </div>
    </Card>
  );
}
