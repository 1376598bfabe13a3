import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notFound, renderPdf } from '../../platform/index.ts';
import { type Ctx, dateLabel, enter, sendFile } from '../../record/index.ts';
import type { Discussion, MeetingDetail } from '../contract/meeting-shapes.ts';
import type { PersonCaller, Room } from '../room.ts';
import { calendarFile } from './calendar.rules.ts';
import { filedOf, meetingDetail } from './detail.ts';
import { openMeeting } from './read.ts';
import { printedPractice } from './practice.store.ts';

const template = readFileSync(join(import.meta.dirname, 'minutes.typ'), 'utf8');
const moment = (instant: string | null): string => (instant ? dateLabel(instant, true) : '');
type Filed = NonNullable<Discussion['minutesFiled']>;

const decisionsOf = (filed: Filed | null) =>
  (filed?.decisions ?? []).map((one) => ({
    words: one.words,
    who: one.ownerLabel,
    due: one.due ? dateLabel(one.due.slice(0, 10)) : '',
  }));
/** Decisions stand in the table of what follows; without any, the words say so. */
const sectionsOf = (filed: Filed | null) =>
  (filed?.sections ?? []).filter((one) => one.title !== 'Décisions' || filed!.decisions.length === 0);
const partOf = (one: Discussion) => ({
  name: `${one.patient.name}, ${one.patient.age}`,
  about: [
    one.patient.birthDateLabel && `né${one.patient.sex === 'female' ? 'e' : ''} le ${one.patient.birthDateLabel}`,
    one.proposer && `proposé par ${one.proposer.name}`,
    one.minutesFiled?.status === 'amended' && `corrigé : ${one.minutesFiled.reason ?? ''}`,
  ]
    .filter(Boolean)
    .join(' · '),
  reason: one.reason,
  sections: sectionsOf(one.minutesFiled),
  decisions: decisionsOf(one.minutesFiled),
});
const others = (count: number): string =>
  count === 0
    ? ''
    : count === 1
      ? '1 autre patient, que vos droits ne vous permettent pas de lire.'
      : `${count} autres patients, que vos droits ne vous permettent pas de lire.`;
const presentOf = (detail: MeetingDetail) =>
  detail.participants.map((one) => ({
    name: one.name,
    role: one.role,
    words:
      one.attendance === null
        ? detail.state === 'closed'
          ? 'Absent'
          : one.replyLabel
        : one.attendance === 'present' || one.attendance === 'remote'
          ? `${one.attendance === 'remote' ? 'À distance, ' : ''}${one.signed ? 'présence signée' : `présence portée par ${one.markedBy ?? 'la coordination'}`} le ${moment(one.attendanceAt)}`
          : one.attendanceLabel,
  }));

async function paper(room: Room, caller: PersonCaller, date: string | null) {
  const { name, lines } = await room.db.tenant(caller.tenant, (sql) => printedPractice(sql, caller.tenant));
  const now = room.now();
  return {
    now,
    letter: {
      practice: name,
      details: lines,
      right: [date ? dateLabel(date.slice(0, 10)) : '', 'Confidentiel'].filter(Boolean),
      foot: `Imprimé par ${caller.name} le ${moment(now.toISOString())}. Données de santé : à remettre aux seules personnes qui prennent part aux soins.`,
    },
  };
}

/** The meeting on paper, cut to what the person who asks may see. */
export async function meetingPdf(room: Room, ctx: Ctx, id: string): Promise<undefined> {
  const { caller } = ctx;
  const detail = await meetingDetail(room, caller, id);
  const { now, letter } = await paper(room, caller, detail.start);
  const facts = [
    ['Quand', detail.start ? `${moment(detail.start)}, ${detail.minutes} minutes` : 'date à fixer'],
    ['Où', detail.place ?? ''],
    ['Organisée par', detail.organiser?.name ?? ''],
    [
      'État',
      detail.closedAt
        ? `close le ${moment(detail.closedAt)} par ${detail.closedBy?.name ?? ''}`
        : detail.stateLabel.toLowerCase(),
    ],
  ];
  const pdf = renderPdf(
    template,
    {
      ...letter,
      title: detail.title,
      facts: facts.filter(([, value]) => value).map(([name, value]) => ({ name, value })),
      single: false,
      parts: detail.discussions.map(partOf),
      others: others(detail.others),
      present: presentOf(detail),
      presentTitle: detail.state === 'closed' || detail.state === 'running' ? 'Présences' : 'Invités',
    },
    now,
  );
  return sendFile(ctx, pdf, 'application/pdf', `${detail.title} ${detail.start?.slice(0, 10) ?? ''}`);
}

/** The minutes of one patient, as they stand in the record. */
export async function minutesPdf(room: Room, ctx: Ctx, patient: string, id: string): Promise<undefined> {
  const { caller } = ctx;
  const { store } = await enter(room, caller, patient);
  const stored = await store.read('Composition', id);
  const composition = stored.resource;
  const encounter = composition.encounter?.reference?.split('/')[1];
  if (composition.subject?.reference !== `Patient/${patient}` || !encounter) throw notFound('Ce compte rendu');
  const filed = (await filedOf(room, store, caller, [encounter])).get(encounter);
  if (filed?.id !== id) throw notFound('Ce compte rendu');
  const { now, letter } = await paper(room, caller, composition.date ?? null);
  const pdf = renderPdf(
    template,
    {
      ...letter,
      title: `${composition.title}`,
      single: true,
      others: '',
      facts: [
        { name: 'Patient', value: composition.subject?.display ?? '' },
        {
          name: 'État',
          value: filed.status === 'amended' ? `corrigé${filed.reason ? ` : ${filed.reason}` : ''}` : 'signé',
        },
      ],
      parts: [{ name: '', about: '', reason: '', sections: sectionsOf(filed), decisions: decisionsOf(filed) }],
      present: filed.attesters.map((one) => ({
        name: one.who?.name ?? '',
        role: one.who?.role ?? '',
        words: `présence le ${moment(one.at)}`,
      })),
      presentTitle: 'Ont pris part à la discussion',
    },
    now,
  );
  return sendFile(ctx, pdf, 'application/pdf', composition.title ?? 'Compte rendu');
}

export async function meetingCalendar(room: Room, ctx: Ctx, id: string): Promise<undefined> {
  const { meeting } = await openMeeting(room, ctx.caller, id);
  if (!meeting.start) throw notFound('La date de cette réunion');
  const { name } = await room.db.tenant(ctx.caller.tenant, (sql) => printedPractice(sql, ctx.caller.tenant));
  await ctx.reply
    .header('Content-Type', 'text/calendar; charset=utf-8')
    .header('Content-Disposition', 'attachment; filename="reunion.ics"')
    .header('Cache-Control', 'private, no-store')
    .send(calendarFile(meeting, `${room.publicUrl}/coordination/reunions/${id}`, name));
  return undefined;
}
