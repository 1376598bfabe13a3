import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Kbd, OnEachSheet, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, ClockIcon, PatientsIcon, PlayIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { KeptWords, LiveText } from '../../../web/ui/LiveText.tsx';
import { EmptyState, ListBones, Note } from '../../../web/ui/states.tsx';
import { coordinationContract, type Discussion, type MeetingDetail, type Section, sections } from '../../contract.ts';
import { LiveDecisions, Mentions } from './Decisions.tsx';
import meetingCss from './meeting.module.css';
import css from './meetings.module.css';
import runCss from './run.module.css';
import { Outside } from './Outside.tsx';
import { PreparationSheet } from './PreparationSheet.tsx';
import { useMinutes, useTyping } from './use-minutes.ts';
import { act } from './use-meetings.ts';
import { sayMinutes } from './words.ts';

/** During the meeting: one patient at a time, minutes written by all who may, what the record says beside. */
export function Run({ meeting }: { meeting: MeetingDetail }) {
  const [url, setUrl] = useUrl();
  const lines = meeting.discussions;
  const running = meeting.state === 'running';
  const at = Math.max(
    0,
    lines.findIndex((one) => one.id === (url.patient ?? meeting.current ?? lines[0]?.id)),
  );
  const shown = lines[at];
  const track = useRef<HTMLOListElement>(null);
  // On a telephone the list of patients is wider than the screen.
  useEffect(() => {
    track.current?.children[at]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  const drives = meeting.may.run && running;
  const go = (to: number) => {
    const next = lines[to];
    if (!next) return;
    setUrl({ patient: next.id });
    if (drives && next.id !== meeting.current)
      void act(call(coordinationContract.discuss, { params: { id: meeting.id, discussion: next.id } }));
  };
  useKeys({
    s: () => go(at + 1),
    p: () => go(at - 1),
    'alt+ArrowDown': () => go(at + 1),
    'alt+ArrowUp': () => go(at - 1),
  });
  if (!shown)
    return (
      <div className="card">
        <EmptyState
          icon={PatientsIcon}
          title={meeting.others > 0 ? 'Aucun patient de vos équipes' : 'Aucun patient à l’ordre du jour'}
        >
          {meeting.others > 0
            ? `La réunion parle de ${meeting.others === 1 ? '1 patient' : `${meeting.others} patients`} d’autres équipes. Sortez pendant ces discussions, ou faites recueillir l’accord des patients.`
            : 'Ajoutez des patients dans « Préparer ».'}
        </EmptyState>
      </div>
    );
  return (
    <div className={runCss.run}>
      <OnEachSheet name={shown.patient.name} about={`${shown.patient.birthDateLabel} (${shown.patient.age})`} />
      <ol ref={track} className={`plain no-print ${runCss.track}`} aria-label="Patients de la réunion">
        {lines.map((one, rank) => (
          <li key={one.id}>
            <button
              type="button"
              data-on={rank === at || undefined}
              data-now={one.id === meeting.current || undefined}
              data-done={(one.ended !== null && one.id !== meeting.current) || undefined}
              onClick={() => go(rank)}
              aria-current={rank === at ? 'true' : undefined}
            >
              <span className={css.rank}>
                {one.ended && one.id !== meeting.current ? <CheckIcon size={14} aria-label="discuté" /> : rank + 1}
              </span>
              {one.patient.name}
            </button>
          </li>
        ))}
        {meeting.others > 0 && (
          <li className="dim small">
            + {meeting.others === 1 ? '1 autre patient' : `${meeting.others} autres patients`}
          </li>
        )}
      </ol>
      {meeting.current && meeting.current !== shown.id && (
        <Note
          tone="info"
          action={
            <Button size="compact-sm" variant="default" onClick={() => setUrl({ patient: undefined })}>
              Y revenir
            </Button>
          }
        >
          La réunion parle de {lines.find((one) => one.id === meeting.current)?.patient.name}.
        </Note>
      )}
      <header className={runCss.current}>
        <div className="grow">
          <h2>
            {shown.patient.name} <span className="dim">{shown.patient.age}</span>{' '}
            {shown.urgent && <Tag tone="warning">urgent</Tag>}
          </h2>
          <p className={runCss.reason}>{shown.reason}</p>
          <p className="dim small">
            {[
              shown.proposer && `Proposé par ${shown.proposer.name}`,
              shown.team.length > 0 && `équipe : ${shown.team.map((one) => one.name).join(', ')}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <Timer discussion={shown} now={meeting.current === shown.id} />
        {drives && (
          <div className={runCss.steps}>
            {meeting.current !== shown.id && (
              <Button
                leftSection={<PlayIcon size={16} />}
                onClick={() =>
                  void act(call(coordinationContract.discuss, { params: { id: meeting.id, discussion: shown.id } }))
                }
              >
                En parler maintenant
              </Button>
            )}
            <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)} rightSection={<Kbd>P</Kbd>}>
              Précédent
            </Button>
            <Button
              variant={meeting.current === shown.id ? 'filled' : 'default'}
              disabled={at === lines.length - 1}
              onClick={() => go(at + 1)}
              rightSection={<Kbd>S</Kbd>}
            >
              Suivant
            </Button>
          </div>
        )}
      </header>
      {running && <Outside meeting={meeting} discussion={shown} present />}
      {!running && <Note tone="info">La réunion n’est pas ouverte. On peut déjà écrire : tout sera là.</Note>}
      <div className={runCss.desk}>
        <Minutes key={shown.id} meeting={meeting} discussion={shown} />
        <aside className={`card ${meetingCss.side}`} aria-label={`Fiche de ${shown.patient.name}`}>
          <PreparationSheet key={shown.id} meeting={meeting.id} discussion={shown.id} />
        </aside>
      </div>
    </div>
  );
}

const hints = {
  situation: 'Ce qui s’est passé, ce qui inquiète',
  discussion: 'Ce que chacun apporte',
  decisions: '@Soizic pansement tous les 2 jours avant le 12/12',
} as const;
function Minutes({ meeting, discussion }: { meeting: MeetingDetail; discussion: Discussion }) {
  const minutes = useMinutes(meeting.id, discussion.id);
  const { where, tell } = useTyping(meeting.id, discussion.id);
  const names = new Map([
    ...meeting.participants.map((one) => [one.id, one.name] as const),
    ...discussion.team.map((one) => [one.id, one.name] as const),
  ]);
  const typing = (section: string) =>
    [...where].filter(([, at]) => at === section).map(([who]) => names.get(who)?.split(' ')[0] ?? 'Quelqu’un');
  if (!minutes || minutes.kept === 'loading')
    return (
      <div className="card">
        <ListBones rows={8} />
      </div>
    );
  if (minutes.kept === 'gone')
    return (
      <Note tone="warning">
        Ce patient ne vous est plus accessible. Ce que vous aviez déjà envoyé est gardé dans le compte rendu.
      </Note>
    );
  const readOnly = !meeting.may.write || !meeting.may.sign || minutes.kept === 'closed';
  const of = (section: Section) => ({
    live: minutes,
    part: section,
    label: sections[section],
    hint: hints[section],
    readOnly,
    typing: typing(section),
    onTyping: (on: boolean) => tell(on ? section : null),
  });
  return (
    <section className={`card ${runCss.minutes}`} aria-label="Compte rendu">
      <header className="row between">
        <h3>Compte rendu</h3>
        <KeptWords kept={minutes.kept} closed="Réunion close : le compte rendu est dans le dossier" />
      </header>
      <LiveText {...of('situation')} />
      <LiveText {...of('discussion')} rows={6} />
      <div data-section="decisions">
        <LiveText {...of('decisions')} />
        <p className={runCss.help}>
          Une décision par ligne. « @ » dit qui, « avant le JJ/MM » dit quand : chaque ligne devient une tâche à la
          clôture.
        </p>
        {!readOnly && <Mentions minutes={minutes} discussion={discussion} />}
        <LiveDecisions minutes={minutes} discussion={discussion} />
      </div>
    </section>
  );
}
/** Time spent on this patient against the minutes set aside. */
function Timer({ discussion, now }: { discussion: Discussion; now: boolean }) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!now) return;
    const timer = setInterval(() => tick((one) => one + 1), 1000);
    return () => clearInterval(timer);
  }, [now]);
  if (!discussion.began)
    return (
      <span className={runCss.timer}>
        <ClockIcon size={16} /> {discussion.minutes} min prévues
      </span>
    );
  const spent = Math.max(
    0,
    ((now || !discussion.ended ? Date.now() : Date.parse(discussion.ended)) - Date.parse(discussion.began)) / 1000,
  );
  return (
    <span
      className={runCss.timer}
      data-over={spent > discussion.minutes * 60 || undefined}
      role="timer"
      aria-label="Temps passé"
    >
      <ClockIcon size={16} /> <b className="num">{sayMinutes(spent)}</b>{' '}
      <span className="dim small">sur {discussion.minutes} min</span>
    </span>
  );
}
