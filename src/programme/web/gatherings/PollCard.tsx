import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, sayLongDate, sayTime } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CalendarIcon, CheckIcon, DocumentIcon, EditIcon, MoreIcon, PersonAddIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { inSentence, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { Scrolled } from '../parts.tsx';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { RemindersSwitch } from '../RemindersSwitch.tsx';
import own from './gatherings.module.css';
import { PeopleAsked } from './PeopleAsked.tsx';
import {
  type Answer,
  answerChoices,
  answers,
  changedGatherings,
  type Person,
  type Poll,
  type Polls,
  pollStates,
  saySlot,
  sideLabels,
  standing,
} from './words.ts';

/** One poll: what each date lacks, my answers, the grid of everyone's. */
export function PollCard({
  project,
  poll,
  professions,
  usual,
  may,
}: {
  project: Project;
  poll: Poll;
  professions: string[];
  usual: readonly number[];
  may: Polls['may'];
}) {
  const [, setUrl] = useUrl();
  const [grid, setGrid] = useState(false);
  const params = { project: project.id, poll: poll.id };
  const chosen = poll.slots.find(({ id }) => id === poll.slot);
  const passed = poll.deadline < project.today;
  const cancel = useMutation({
    mutationFn: () => call(programmeContract.cancelPoll, { params, body: { seen: poll.version } }),
    onSuccess: () => {
      void changedGatherings();
      done(
        'Sondage abandonné.',
        () =>
          call(programmeContract.reopenPoll, {
            params,
            body: { seen: poll.version + 1, deadline: passed ? project.today : poll.deadline },
          }).then(changedGatherings),
        'Sondage rouvert.',
      );
    },
    onError: failed,
  });
  const reopen = useMutation({
    mutationFn: () =>
      call(programmeContract.reopenPoll, {
        params,
        body: { seen: poll.version, deadline: inAWeek(project.today, poll.deadline) },
      }),
    onSuccess: () => {
      void changedGatherings();
      done('Sondage rouvert. L’invitation reste valable tant qu’une autre date n’est pas choisie.');
    },
    onError: failed,
  });
  const state = pollStates[poll.state];
  const me = poll.people.find((one) => one.me);
  const answered = poll.people.filter(({ answeredAt }) => answeredAt).length;
  return (
    <Card
      title={poll.title}
      action={
        <span className="row">
          <Tag tone={poll.state === 'open' && !poll.takes ? 'warning' : state.tone}>
            {poll.state === 'open' && !poll.takes ? 'Réponses closes' : state.words}
          </Tag>
          {may.organise && (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon aria-label={`Autres actes : ${poll.title}`}>
                  <MoreIcon size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {poll.state === 'open' && (
                  <Menu.Item
                    leftSection={<EditIcon size={16} />}
                    onClick={() => setUrl({ volet: `sondage:${poll.id}` })}
                  >
                    Changer les dates
                  </Menu.Item>
                )}
                {poll.state === 'open' && <Menu.Item onClick={() => cancel.mutate()}>Abandonner le sondage</Menu.Item>}
                {poll.state !== 'open' && <Menu.Item onClick={() => reopen.mutate()}>Rouvrir le sondage</Menu.Item>}
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      }
    >
      <div className={`${css.body} stack`}>
        {chosen ? (
          <Note tone="success">
            <b>{saySlot(chosen.starts)}</b>, {chosen.minutes} minutes,{' '}
            {[chosen.place, chosen.visio].filter(Boolean).join(' · ')}.
            {poll.reason && <> Motif du choix : {poll.reason}</>}
          </Note>
        ) : (
          <p className="small dim">
            {poll.state === 'open' ? `Réponses jusqu’au ${sayDate(poll.deadline)} inclus. ` : ''}
            {answered} {answered > 1 ? 'réponses' : 'réponse'} sur {poll.people.length}.
            {poll.state === 'cancelled' && poll.reason && ` ${poll.reason}`}
          </p>
        )}
        {poll.takes && (
          <RemindersSwitch
            before={poll.remindBefore}
            usual={usual}
            sent={poll.reminded}
            lastDay={poll.deadline}
            may={may.organise}
            plan={(days) =>
              call(programmeContract.planPollReminders, { params, body: { seen: poll.version, days } }).finally(
                () => void changedGatherings(),
              )
            }
          />
        )}
        {poll.note && <p className="as-typed small">{poll.note}</p>}
        {chosen && (
          <div className="row wrap small">
            {poll.paper && (
              <a
                className="row"
                href={urlOf(programmeContract.paperPdf, { params: { project: project.id, paper: poll.paper } })}
                target="_blank"
                rel="noreferrer"
              >
                <DocumentIcon size={16} /> Invitation (PDF)
              </a>
            )}
            <a className="row" href={urlOf(programmeContract.pollCalendar, { params })} download>
              <CalendarIcon size={16} /> Pour mon agenda (.ics)
            </a>
          </div>
        )}
      </div>
      {poll.state === 'open' && (
        <ol className={own.slots} aria-label="Dates, la meilleure d’abord">
          {poll.slots.map((slot) => (
            <li key={slot.id}>
              <div>
                <span className="row wrap">
                  <b>{saySlot(slot.starts)}</b>
                  {slot.rank === 1 && answered > 0 && <Tag tone="success">la meilleure</Tag>}
                  {slot.complete ? (
                    <Tag tone="success" icon={<CheckIcon size={12} />}>
                      toutes les professions
                    </Tag>
                  ) : (
                    answered > 0 && <Tag tone="warning">{lacks(slot.missing.length, slot.absent.length)}</Tag>
                  )}
                </span>
                <p className="small dim">
                  {slot.minutes} minutes · {[slot.place, slot.visio].filter(Boolean).join(' · ')}
                </p>
                {answered > 0 && <p className="small">{slot.why}</p>}
              </div>
              {may.organise && (
                <Button
                  size="compact-md"
                  variant={slot.rank === 1 && slot.complete ? 'filled' : 'default'}
                  onClick={() => setUrl({ volet: `choisir:${poll.id}:${slot.id}` })}
                  aria-label={`Choisir le ${saySlot(slot.starts)}`}
                >
                  Choisir
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
      {me && poll.state === 'open' && <MyAnswers project={project.id} poll={poll} me={me} />}
      <div className={css.body}>
        <div className="row wrap">
          {may.invite && poll.state !== 'cancelled' && (
            <Button
              size="compact-md"
              variant="default"
              leftSection={<PersonAddIcon size={16} />}
              onClick={() => setUrl({ volet: `inviter:${poll.id}` })}
            >
              Inviter
            </Button>
          )}
          <Button size="compact-md" variant="subtle" aria-expanded={grid} onClick={() => setGrid(!grid)}>
            {grid ? 'Cacher les réponses' : `Toutes les réponses (${poll.people.length})`}
          </Button>
        </div>
      </div>
      {grid && (
        <>
          <Grid poll={poll} professions={professions} />
          <PeopleAsked project={project} poll={poll} may={may} />
        </>
      )}
    </Card>
  );
}
const inAWeek = (today: string, deadline: string): string =>
  deadline >= today ? deadline : new Date(Date.parse(`${today}T12:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
const lacks = (professions: number, sides: number): string =>
  professions > 0
    ? `il manque ${professions} ${professions > 1 ? 'professions' : 'profession'}`
    : `il manque ${sides} ${sides > 1 ? 'parties' : 'partie'}`;

/** My own answers, each saved as it is given. */
function MyAnswers({ project, poll, me }: { project: string; poll: Poll; me: Person }) {
  const save = useMutation({
    mutationFn: (next: Record<string, Answer>) =>
      call(programmeContract.answerPoll, {
        params: { project, poll: poll.id, person: me.id },
        body: { seen: me.version, answers: next },
      }),
    onSettled: changedGatherings,
    onError: failed,
  });
  const shown = (save.isPending ? save.variables : undefined) ?? me.answers;
  const byDay = [...poll.slots].sort((a, b) => a.starts.localeCompare(b.starts));
  return (
    <section className={own.mine} aria-label="Mes réponses">
      <h3>Mes réponses</h3>
      {byDay.map((slot) => (
        <div key={slot.id}>
          <span id={`${poll.id}-${slot.id}`} className="small">
            {saySlot(slot.starts)}
          </span>
          <SegmentedControl
            size="sm"
            aria-labelledby={`${poll.id}-${slot.id}`}
            disabled={!poll.takes || save.isPending}
            value={shown[slot.id] ?? ''}
            data={[{ value: '', label: '?' }, ...answerChoices]}
            onChange={(value) => {
              const { [slot.id]: _, ...rest } = me.answers;
              save.mutate(value === '' ? rest : { ...rest, [slot.id]: value as Answer });
            }}
          />
        </div>
      ))}
      {!poll.takes && <p className="small dim">Le dernier jour pour répondre est passé. Vos réponses sont gardées.</p>}
    </section>
  );
}

/** Who answered what: people by side and profession, dates in order. */
function Grid({ poll, professions }: { poll: Poll; professions: string[] }) {
  const byDay = [...poll.slots].sort((a, b) => a.starts.localeCompare(b.starts));
  const unheard = professions.filter(
    (profession) => !poll.people.some((one) => one.side === 'team' && one.profession === profession),
  );
  return (
    <Scrolled label={`Réponses : ${poll.title}`}>
      <table className={own.grid}>
        <caption className="vh">Réponses au sondage « {poll.title} »</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">Personne</span>
            </th>
            {byDay.map((slot) => (
              <th
                key={slot.id}
                scope="col"
                data-best={slot.rank === 1 || undefined}
                data-chosen={slot.id === poll.slot || undefined}
              >
                <span className="nowrap">{sayLongDate(slot.starts).replace(/ \d{4}$/, '')}</span>
                <br />
                <span className="nowrap">{sayTime(slot.starts)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {poll.people.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.name || one.email || 'Invité sans nom'}
                {one.me && ' (vous)'}
                <br />
                <span className="dim tiny">{standing(one)}</span>
              </th>
              {byDay.map((slot) => {
                const answer = one.answers[slot.id];
                return (
                  <td key={slot.id}>
                    <span className={own.answer} data-answer={answer ?? 'none'}>
                      {answer ? answers[answer].short : '–'}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <b>Il manque</b>
            </th>
            {byDay.map((slot) => (
              <td key={slot.id} className="tiny">
                {slot.complete ? (
                  <span className={own.answer} data-answer="yes">
                    rien
                  </span>
                ) : (
                  [
                    ...slot.missing.map(professionLabel),
                    ...slot.absent.map((side) => sideLabels[side as keyof typeof sideLabels]),
                  ].join(', ')
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {unheard.length > 0 && (
        <p className="small dim" style={{ padding: '8px 16px' }}>
          Personne n’est invité pour : {unheard.map((one) => inSentence(professionLabel(one))).join(', ')}.
        </p>
      )}
    </Scrolled>
  );
}
