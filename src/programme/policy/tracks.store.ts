import { randomUUID } from 'node:crypto';
import { french, hash64, type Sql } from '../../platform/index.ts';
import type { SupportMode } from '../contract/composition.ts';
import type { PersonRole, TrackRow } from './reach.ts';

export interface NewTrack
  extends Pick<TrackRow, 'kind' | 'practice' | 'practiceName' | 'practiceTenant' | 'about' | 'openedOn'> {
  by: string;
  at: Date;
}
/** Opens a track under the next number of its year; the one that is under way when there is one. */
export async function insertTrack(sql: Sql, tenant: number, row: NewTrack): Promise<{ id: string; created: boolean }> {
  await sql.query('select pg_advisory_xact_lock($1::bigint)', [String(hash64(`tracks ${tenant}`))]);
  const [there] = await sql.query<{ id: string }>(
    `select id from programme.track where tenant_id = $1 and practice = $2 and state not in ('validated', 'stopped')`,
    [tenant, row.practice],
  );
  if (there) return { id: there.id, created: false };
  const year = row.openedOn.slice(0, 4);
  const [count] = await sql.query<{ n: number }>(
    `select count(*)::int as n from programme.track where tenant_id = $1 and extract(year from opened_on) = $2::int`,
    [tenant, year],
  );
  const id = randomUUID();
  await sql.query(
    `insert into programme.track (tenant_id, id, reference, kind, practice, practice_name, practice_tenant, state, about, by_name, opened_on, at) values ($1, $2, $3, $4, $5, $6, $7::int, 'meeting', $8::jsonb, $9, $10::date, $11::timestamptz)`,
    [
      tenant,
      id,
      `PAR-${year}-${String(count!.n + 1).padStart(2, '0')}`,
      row.kind,
      row.practice,
      row.practiceName,
      row.practiceTenant,
      JSON.stringify(row.about),
      row.by,
      row.openedOn,
      row.at.toISOString(),
    ],
  );
  return { id, created: true };
}
/** Changes a track; the caller holds its row and has looked at the version. What is not given stays. @returns the new version */
export async function changeTrack(
  sql: Sql,
  tenant: number,
  track: TrackRow,
  change: Partial<Pick<TrackRow, 'kind' | 'state' | 'beforeStop' | 'reason' | 'about' | 'submitted' | 'validatedOn'>>,
  by: string,
  at: Date,
): Promise<number> {
  const next = { ...track, ...change };
  const [row] = await sql.query<{ version: number }>(
    `update programme.track set kind = $3, state = $4, before_stop = $5, reason = $6, about = $7::jsonb, submitted = $8, validated_on = $9::date, version = version + 1, by_name = $10, at = $11::timestamptz
     where tenant_id = $1 and id = $2 returning version`,
    [
      tenant,
      track.id,
      next.kind,
      next.state,
      next.beforeStop,
      next.reason,
      JSON.stringify(next.about),
      next.submitted,
      next.validatedOn,
      by,
      at.toISOString(),
    ],
  );
  return row!.version;
}
/** The MSP status that a practice holds, if any: validated on which day. */
export const mspStatusOf = async (sql: Sql, tenant: number, practice: string): Promise<string | undefined> =>
  (
    await sql.query<{ on: string }>(
      `select validated_on::text as "on" from programme.track where tenant_id = $1 and practice = $2 and kind = 'msp' and state = 'validated' order by validated_on desc limit 1`,
      [tenant, practice],
    )
  )[0]?.on;
/** Other tracks of the region and their territories: two teams may say the same communes. */
export const territoriesBeside = (
  sql: Sql,
  tenant: number,
  track: Pick<TrackRow, 'id' | 'practice'>,
): Promise<{ team: string; territory: string }[]> =>
  sql.query(
    `select practice_name as team, about ->> 'territory' as territory from programme.track where tenant_id = $1 and id <> $2 and practice <> $3 and state <> 'stopped'`,
    [tenant, track.id, track.practice],
  );

export interface PersonRow {
  practitioner: string;
  name: string;
  role: PersonRole;
}
export const peopleOf = (sql: Sql, tenant: number, track: string): Promise<PersonRow[]> =>
  sql.query(
    `select practitioner, name, role from programme.track_person where tenant_id = $1 and track = $2 and removed_at is null order by role, name${french}`,
    [tenant, track],
  );
export const putPerson = (sql: Sql, tenant: number, track: string, row: PersonRow, by: string, at: Date) =>
  sql.query(
    `insert into programme.track_person (tenant_id, track, practitioner, name, role, by_name, at) values ($1, $2, $3, $4, $5, $6, $7::timestamptz)
     on conflict (tenant_id, track, practitioner) do update set name = $4, role = $5, by_name = $6, at = $7::timestamptz, removed_at = null`,
    [tenant, track, row.practitioner, row.name, row.role, by, at.toISOString()],
  );
export const removePerson = async (
  sql: Sql,
  tenant: number,
  track: string,
  practitioner: string,
  at: Date,
): Promise<boolean> =>
  (
    await sql.query(
      'update programme.track_person set removed_at = $4::timestamptz where tenant_id = $1 and track = $2 and practitioner = $3 and removed_at is null returning 1',
      [tenant, track, practitioner, at.toISOString()],
    )
  ).length > 0;

export type Side = 'team' | 'elected' | 'ars' | 'geco' | 'essort' | 'consultant' | 'other';
export interface MeetingFacts {
  phase: 1 | 2;
  day: string;
  place: string;
  present: { name: string; side: Side; profession: string | null }[];
  minutes: string;
  halfDays: number;
}
export interface MeetingRow extends MeetingFacts {
  id: string;
  paper: string | null;
  version: number;
  practitioner: string;
  by: string;
  at: Date;
  removed: boolean;
}
const meeting = `id, phase, day::text as day, place, present, minutes, half_days as "halfDays", paper, version, by as practitioner, by_name as by, at, removed_at is not null as removed`;
export const meetingsOf = (sql: Sql, tenant: number, track: string): Promise<MeetingRow[]> =>
  sql.query(
    `select ${meeting} from programme.track_meeting where tenant_id = $1 and track = $2 and removed_at is null order by day desc, id`,
    [tenant, track],
  );
export const meetingOf = async (sql: Sql, tenant: number, track: string, id: string): Promise<MeetingRow | undefined> =>
  (
    await sql.query<MeetingRow>(
      `select ${meeting} from programme.track_meeting where tenant_id = $1 and track = $2 and id = $3`,
      [tenant, track, id],
    )
  )[0];
export async function insertMeeting(
  sql: Sql,
  tenant: number,
  track: string,
  facts: MeetingFacts,
  who: { practitioner: string; name: string },
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.track_meeting (tenant_id, id, track, phase, day, place, present, minutes, half_days, version, by, by_name, at) values ($1, $2, $3, $4, $5::date, $6, $7::jsonb, $8, $9, 1, $10, $11, $12::timestamptz)`,
    [
      tenant,
      id,
      track,
      facts.phase,
      facts.day,
      facts.place,
      JSON.stringify(facts.present),
      facts.minutes,
      facts.halfDays,
      who.practitioner,
      who.name,
      at.toISOString(),
    ],
  );
  return id;
}
/** Writes over a meeting; the caller holds the track's row and has looked at the version. */
export const updateMeeting = (sql: Sql, tenant: number, id: string, facts: MeetingFacts, by: string, at: Date) =>
  sql.query(
    'update programme.track_meeting set phase = $3, day = $4::date, place = $5, present = $6::jsonb, minutes = $7, half_days = $8, version = version + 1, by_name = $9, at = $10::timestamptz where tenant_id = $1 and id = $2',
    [
      tenant,
      id,
      facts.phase,
      facts.day,
      facts.place,
      JSON.stringify(facts.present),
      facts.minutes,
      facts.halfDays,
      by,
      at.toISOString(),
    ],
  );
export const setMeetingRemoved = (sql: Sql, tenant: number, id: string, at: Date | null) =>
  sql.query('update programme.track_meeting set removed_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at?.toISOString() ?? null,
  ]);
export const setMeetingPaper = (sql: Sql, tenant: number, id: string, paper: string) =>
  sql.query('update programme.track_meeting set paper = $3 where tenant_id = $1 and id = $2', [tenant, id, paper]);

export interface CheckRow {
  subject: 'professions' | 'territory';
  answer: boolean;
  note: string;
  version: number;
  by: string;
  at: Date;
}
export const checksOf = (sql: Sql, tenant: number, track: string): Promise<CheckRow[]> =>
  sql.query(
    'select subject, answer, note, version, by_name as by, at from programme.track_check where tenant_id = $1 and track = $2',
    [tenant, track],
  );
export const putCheck = (sql: Sql, tenant: number, track: string, row: Omit<CheckRow, 'version'>) =>
  sql.query(
    `insert into programme.track_check (tenant_id, track, subject, answer, note, version, by_name, at) values ($1, $2, $3, $4, $5, 1, $6, $7::timestamptz)
     on conflict (tenant_id, track, subject) do update set answer = $4, note = $5, version = programme.track_check.version + 1, by_name = $6, at = $7::timestamptz`,
    [tenant, track, row.subject, row.answer, row.note, row.by, row.at.toISOString()],
  );

export interface SupportRow {
  mode: SupportMode;
  amount: number | null;
  provider: string;
  consultant: string | null;
  coordinator: string;
  coordinatorSince: string | null;
  pacte: boolean;
  version: number;
  by: string;
  at: Date;
}
export const supportOf = async (sql: Sql, tenant: number, track: string): Promise<SupportRow | undefined> =>
  (
    await sql.query<SupportRow>(
      `select mode, amount, provider, consultant, coordinator, coordinator_since::text as "coordinatorSince", pacte, version, by_name as by, at from programme.track_support where tenant_id = $1 and track = $2`,
      [tenant, track],
    )
  )[0];
export const putSupport = (sql: Sql, tenant: number, track: string, row: Omit<SupportRow, 'version'>) =>
  sql.query(
    `insert into programme.track_support (tenant_id, track, mode, amount, provider, consultant, coordinator, coordinator_since, pacte, version, by_name, at) values ($1, $2, $3, $4::int, $5, $6, $7, $8::date, $9, 1, $10, $11::timestamptz)
     on conflict (tenant_id, track) do update set mode = $3, amount = $4::int, provider = $5, consultant = $6, coordinator = $7, coordinator_since = $8::date, pacte = $9, version = programme.track_support.version + 1, by_name = $10, at = $11::timestamptz`,
    [
      tenant,
      track,
      row.mode,
      row.amount,
      row.provider,
      row.consultant,
      row.coordinator,
      row.coordinatorSince,
      row.pacte,
      row.by,
      row.at.toISOString(),
    ],
  );
