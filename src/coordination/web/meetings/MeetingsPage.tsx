import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DataTable } from '../../../web/ui/DataTable.tsx';
import { MeetingIcon, PatientsIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { Bone, EmptyState, ListBones, Nothing, Failure } from '../../../web/ui/states.tsx';
import { useKeys } from '../../../web/ui/keys.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type MeetingCard, type Proposal } from '../../contract.ts';
import { Frame } from '../Frame.tsx';
import { Figures } from './Figures.tsx';
import css from './meetings.module.css';
import { PlanPanel } from './PlanPanel.tsx';
import { useMeetings, withdraw } from './use-meetings.ts';
import { sayIn, sayPatients, sayShort, sayWhen, toneOf } from './words.ts';
import { useNavigate } from '@tanstack/react-router';

/** `/coordination/reunions`: the next meeting large, the patients who wait for one, those held, and the figures that come out of them. */
export default function MeetingsPage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const query = useMeetings();
  const runs = query.data?.may.run ?? false;
  const plan = () => setUrl({ volet: 'prevoir' });
  useKeys({ c: plan }, runs);
  const sees = mayRead(me, 'agenda');
  const [next, ...later] = query.data?.coming ?? [];
  return (
    <Frame
      title="Réunions"
      action={
        runs && (
          <Button leftSection={<PlusIcon size={16} />} onClick={plan}>
            Prévoir une réunion
          </Button>
        )
      }
    >
      {sees && <Failure of={query} />}
      <div className={css.page} data-alone={!me.acts.includes('coordinate') || undefined}>
        {sees && !failureOf(query) && (
          <div className={css.main}>
            {query.data ? next ? <Next meeting={next} /> : <NoMeeting runs={runs} plan={plan} /> : <NextBones />}
            {later.length > 0 && (
              <Card title="Ensuite" count={later.length}>
                <ul className="plain">
                  {later.map((one) => (
                    <MeetingRow key={one.id} meeting={one} />
                  ))}
                </ul>
              </Card>
            )}
            {query.data && (query.data.may.propose || query.data.waiting.length > 0) && (
              <Waiting proposals={query.data.waiting} />
            )}
            {query.data ? <Past first={query.data.past} more={query.data.more} /> : <ListBones />}
          </div>
        )}
        {me.acts.includes('coordinate') && <Figures />}
      </div>
      {url.volet === 'prevoir' && runs && (
        <PlanPanel waiting={query.data?.waiting ?? []} onClose={() => setUrl({ volet: undefined })} />
      )}
    </Frame>
  );
}

function Next({ meeting }: { meeting: MeetingCard }) {
  return (
    <section
      className={`card ${css.next}`}
      aria-label="Prochaine réunion"
      data-running={meeting.state === 'running' || undefined}
    >
      <div className="grow">
        <p className={css.kicker}>
          {meeting.state === 'running' ? 'En cours' : 'Prochaine réunion'}{' '}
          <Tag tone={toneOf(meeting.state)}>
            {meeting.state === 'proposed'
              ? 'date à fixer'
              : meeting.state === 'running'
                ? 'maintenant'
                : sayIn(meeting.start)}
          </Tag>
        </p>
        <h2 className={css.when}>{sayWhen(meeting.start)}</h2>
        <p>
          {meeting.title}
          {meeting.place && `, ${meeting.place}`}
        </p>
        <p className="dim">
          {sayPatients(meeting)} · {sayCount(meeting.invited, 'invité')} · {sayCount(meeting.professions, 'profession')}
        </p>
      </div>
      <div className={css.nextActs}>
        <Button component={Link} to={`/coordination/reunions/${meeting.id}`} size="md">
          {meeting.state === 'running' ? 'Rejoindre la réunion' : 'Ouvrir'}
        </Button>
        {!meeting.mine && <span className="dim small">Vous n’êtes pas invité</span>}
      </div>
    </section>
  );
}
const NextBones = () => (
  <div className={`card ${css.next}`} role="status" aria-label="Chargement">
    <div className="stack grow">
      <Bone w="22%" />
      <Bone w="46%" h={26} />
      <Bone w="60%" />
    </div>
  </div>
);
function NoMeeting({ runs, plan }: { runs: boolean; plan: () => void }) {
  return (
    <div className="card">
      <EmptyState
        icon={MeetingIcon}
        title="Aucune réunion prévue"
        action={runs && <Button onClick={plan}>Prévoir une réunion</Button>}
      >
        {runs
          ? 'Choisissez les participants : une date commune se cherche dans leurs agendas.'
          : 'Proposez un patient depuis son dossier (touche R) : la coordination fixera une date.'}
      </EmptyState>
    </div>
  );
}
function MeetingRow({ meeting }: { meeting: MeetingCard }) {
  return (
    <li className={css.cardLine}>
      <PatientsIcon size={18} stroke={1.6} />
      <span className="grow">
        <Link to="/coordination/reunions/$id" params={{ id: meeting.id }} className={css.link}>
          {sayWhen(meeting.start)}
        </Link>
        <span className={`dim small ${css.sub}`}>
          {meeting.title} · {sayPatients(meeting)}
        </span>
      </span>
      <Tag tone={toneOf(meeting.state)}>{meeting.state === 'booked' ? sayIn(meeting.start) : meeting.stateLabel}</Tag>
    </li>
  );
}

/** Proposed, without a meeting yet; the pressing ones first. */
function Waiting({ proposals }: { proposals: readonly Proposal[] }) {
  return (
    <Card title="Patients à programmer" count={proposals.length || undefined}>
      {proposals.length === 0 && (
        <Nothing>Aucun patient n’attend de réunion. Proposez-en un depuis son dossier, avec la touche R.</Nothing>
      )}
      <ul className="plain">
        {proposals.map((one) => (
          <li key={one.id} className={css.cardLine}>
            <span className="grow">
              <Link to="/patients/$patient" params={{ patient: one.patient.id }} className={css.link}>
                {one.patient.name}
              </Link>{' '}
              <span className="dim small nowrap">{one.patient.age}</span>{' '}
              {one.urgent && <Tag tone="warning">urgent</Tag>}
              <span className={css.sub}>{one.reason}</span>
              <span className={css.sub}>
                <WhoWhen who={one.proposer} when={one.proposed} />
                {one.wished.length > 0 && (
                  <span className="dim tiny">
                    {' '}
                    · souhaité : {one.wished.map((each) => each.label.toLowerCase()).join(', ')}
                  </span>
                )}
              </span>
            </span>
            {one.canEdit && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                onClick={() => void withdraw(one)}
                aria-label={`Retirer ${one.patient.name} de la liste`}
              >
                Retirer
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Past({ first, more: hasMore }: { first: readonly MeetingCard[]; more: boolean }) {
  const go = useNavigate();
  const [older, setOlder] = useState<readonly MeetingCard[]>([]);
  const [more, setMore] = useState(hasMore);
  const rows = [...first, ...older];
  if (rows.length === 0) return null;
  return (
    <Card title="Réunions passées" count={more ? undefined : rows.length}>
      <DataTable
        caption="Réunions passées"
        rows={rows}
        rowKey={(one) => one.id}
        onOpen={(one) => void go({ to: '/coordination/reunions/$id', params: { id: one.id } })}
        mark={(one) => (one.state === 'cancelled' ? 'off' : undefined)}
        columns={[
          {
            key: 'when',
            title: 'Date',
            width: 150,
            render: (one) => (
              <Link to="/coordination/reunions/$id" params={{ id: one.id }} className={`${css.link} num nowrap`}>
                {sayShort(one.start)}
              </Link>
            ),
          },
          { key: 'title', title: 'Réunion', render: (one) => one.title, wide: true },
          { key: 'patients', title: 'Patients', render: (one) => sayPatients(one) },
          {
            key: 'professions',
            title: 'Professions',
            align: 'right',
            render: (one) => <span className="num">{one.state === 'closed' ? one.professions : ''}</span>,
            wide: true,
          },
          {
            key: 'state',
            title: 'État',
            render: (one) => (
              <Tag tone={one.state === 'booked' ? 'warning' : toneOf(one.state)}>
                {one.state === 'booked' ? 'non tenue' : one.stateLabel}
              </Tag>
            ),
          },
        ]}
      />
      {more && (
        <div className="pad">
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              void call(coordinationContract.meetings, { query: { before: rows.at(-1)!.start ?? undefined } }).then(
                (page) => {
                  setOlder([...older, ...page.past]);
                  setMore(page.more);
                },
                failed,
              )
            }
          >
            Voir les réunions d’avant le {sayDate(rows.at(-1)!.start)}
          </Button>
        </div>
      )}
    </Card>
  );
}
