import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, sayDateTime } from '../../../web/say.ts';
import { Card, Face, OnEachSheet, Tag } from '../../../web/ui/bits.tsx';
import { mayWrite, useMe } from '../../../web/session.ts';
import { MailIcon, PrintIcon } from '../../../web/ui/icons.ts';
import { Nothing, Note } from '../../../web/ui/states.tsx';
import { coordinationContract, type Discussion, type MeetingDetail } from '../../contract.ts';
import meetingCss from './meeting.module.css';
import css from './meetings.module.css';
import { act } from './use-meetings.ts';

const taskTone = (state: string, late: boolean) =>
  late
    ? ('danger' as const)
    : state === 'completed'
      ? ('success' as const)
      : state === 'rejected' || state === 'cancelled'
        ? ('neutral' as const)
        : ('accent' as const);

/** After the meeting: minutes as they stand in the records, signatures, what became of the decisions. */
export function Review({ meeting }: { meeting: MeetingDetail }) {
  return (
    <div className={meetingCss.review}>
      <div className={css.main}>
        {meeting.discussions.length === 0 && meeting.others === 0 && (
          <div className="card">
            <Nothing>Aucun patient n’a été discuté.</Nothing>
          </div>
        )}
        {meeting.discussions.map((one) => (
          <Filed key={one.id} discussion={one} />
        ))}
        {meeting.others > 0 && (
          <p className={css.others}>
            {meeting.others === 1 ? '1 autre patient' : `${meeting.others} autres patients`}, d’équipes dont vous n’êtes
            pas.
          </p>
        )}
      </div>
      <div className={css.aside}>
        <Card
          title="Présences"
          count={
            meeting.participants.filter((one) => one.attendance === 'present' || one.attendance === 'remote').length ||
            undefined
          }
        >
          <ul className="plain">
            {meeting.participants.map((one) => (
              <li key={one.id ?? one.name} className={css.person}>
                <Face name={one.name} profession={one.profession} size={28} quiet />
                <div className="grow">
                  <div className="strong">{one.name}</div>
                  <div className="dim small">{one.role}</div>
                  {one.attendanceAt && (
                    <div className="dim tiny">
                      {one.signed ? 'signé le' : `porté par ${one.markedBy ?? 'la coordination'} le`}{' '}
                      {sayDateTime(one.attendanceAt)}
                    </div>
                  )}
                </div>
                <Tag tone={one.attendance === 'present' || one.attendance === 'remote' ? 'success' : 'neutral'}>
                  {one.attendance ? one.attendanceLabel : 'Absent'}
                </Tag>
              </li>
            ))}
          </ul>
        </Card>
        {meeting.closedAt && (
          <p className="dim small">
            Close le {sayDateTime(meeting.closedAt)}
            {meeting.closedBy && ` par ${meeting.closedBy.name}`}.
          </p>
        )}
        {meeting.may.run && meeting.state === 'closed' && <Reopen meeting={meeting} />}
      </div>
    </div>
  );
}
function Filed({ discussion }: { discussion: Discussion }) {
  const { minutesFiled: filed, patient } = discussion;
  const me = useMe();
  return (
    <article className={`card ${meetingCss.filed}`} aria-label={patient.name}>
      <OnEachSheet name={patient.name} about={`${patient.birthDateLabel} (${patient.age})`} />
      <header className={meetingCss.filedHead}>
        <h2>
          <Link to="/patients/$patient" params={{ patient: patient.id }}>
            {patient.name}
          </Link>{' '}
          <span className="dim small">{patient.age}</span>
        </h2>
        {filed?.status === 'amended' && (
          <Tag tone="info" title={filed.reason ?? undefined}>
            {filed.statusLabel}
          </Tag>
        )}
        <span className="grow" />
        {filed && mayWrite(me, 'documents') && (
          <Link
            className={css.pdf}
            to="/patients/$patient/courriers/nouveau"
            params={{ patient: patient.id }}
            search={{ concertation: filed.id }}
          >
            <MailIcon size={15} /> Courrier
          </Link>
        )}
        {filed && (
          <a
            href={urlOf(coordinationContract.minutesPdf, { params: { patient: patient.id, id: filed.id } })}
            target="_blank"
            rel="noreferrer"
            className={css.pdf}
          >
            <PrintIcon size={15} /> PDF
          </a>
        )}
      </header>
      {filed?.status === 'amended' && filed.reason && <Note tone="info">Corrigé : {filed.reason}</Note>}
      {!filed && <p className="dim">{discussion.reason}</p>}
      {filed?.sections.map((section) => (
        <section key={section.title}>
          <h3>{section.title}</h3>
          {/* Decisions are shown as the tasks they became. */}
          {!(section.title === 'Décisions' && filed.decisions.length > 0) && (
            <p className={meetingCss.words}>{section.text}</p>
          )}
        </section>
      ))}
      {filed && filed.decisions.length > 0 && (
        <ul className={`plain ${css.decisions}`} aria-label="Tâches">
          {filed.decisions.map((one) => (
            <li key={one.id}>
              <span className="grow">{one.words}</span>
              <span className="small">{one.ownerLabel}</span>
              {one.due && <span className={`small num nowrap ${css.due}`}>avant le {sayDate(one.due)}</span>}
              <Tag tone={taskTone(one.state, one.late)}>{one.late ? 'en retard' : one.stateLabel.toLowerCase()}</Tag>
            </li>
          ))}
        </ul>
      )}
      {filed && filed.attesters.length > 0 && (
        <p className="dim small">
          Présents à la discussion :{' '}
          {filed.attesters
            .map((one) => one.who?.name)
            .filter(Boolean)
            .join(', ')}
          .
        </p>
      )}
    </article>
  );
}
function Reopen({ meeting }: { meeting: MeetingDetail }) {
  const [reason, setReason] = useState<string | null>(null);
  const [, setUrl] = useUrl();
  if (reason === null)
    return (
      <div>
        <Button variant="subtle" onClick={() => setReason('')}>
          Rouvrir pour corriger
        </Button>
      </div>
    );
  return (
    <form
      className="card pad stack"
      onSubmit={async (event) => {
        event.preventDefault();
        if (
          await act(
            call(coordinationContract.reopenMeeting, {
              params: { id: meeting.id },
              body: { version: meeting.version, reason },
            }),
            'Réunion rouverte.',
          )
        )
          setUrl({ mode: undefined });
      }}
    >
      <TextInput
        label="Pourquoi la rouvrir"
        description="Le motif accompagnera la version corrigée des comptes rendus."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <div className="row">
        <Button type="submit" disabled={reason.trim().length < 3}>
          Rouvrir
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setReason(null)}>
          Annuler
        </Button>
      </div>
    </form>
  );
}
