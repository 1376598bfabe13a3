import { conflict, forbidden, notFound, type Sql } from '../../platform/index.ts';
import type { Viewer } from '../desk.ts';
import type { AboutTrack } from './contract.ts';

export type TrackState = 'meeting' | 'requested' | 'writing' | 'submitted' | 'returned' | 'validated' | 'stopped';
export type PersonRole = 'writer' | 'consultant' | 'partner';
export interface TrackRow {
  id: string;
  reference: string;
  kind: 'esp' | 'msp';
  practice: string;
  practiceName: string;
  /** Null: a team that does not work with this product. */
  practiceTenant: number | null;
  state: TrackState;
  beforeStop: TrackState | null;
  reason: string;
  about: AboutTrack;
  /** Version of the health project before the commission; 0: none yet. */
  submitted: number;
  validatedOn: string | null;
  version: number;
  openedOn: string;
  at: Date;
  /** The part that was given to the viewer, if any. */
  part: PersonRole | null;
}
const columns = `t.id, t.reference, t.kind, t.practice, t.practice_name as "practiceName", t.practice_tenant as "practiceTenant", t.state, t.before_stop as "beforeStop", t.reason, t.about, t.submitted,
  t.validated_on::text as "validatedOn", t.version, t.opened_on::text as "openedOn", t.at`;

/**
 * The tracks that this viewer may know of, as a condition on the row `t` of programme.track. A practice: its own. ARS and GCS: all. Commission: what was submitted to it. A consultant, a partner: those
 * given to them. A vendor: none.
 */
function withinTrack(viewer: Viewer, param: (value: unknown) => string): string {
  switch (viewer.as) {
    case 'practice':
      return `t.practice = ${param(viewer.practice.id)}`;
    case 'officer':
    case 'gcs':
      return 'true';
    case 'reviewer':
      return 't.submitted > 0';
    case 'consultant':
    case 'partner':
      return `y.role = ${param(viewer.as)}`;
    default:
      return 'false';
  }
}
async function select(sql: Sql, viewer: Viewer, more: string, given: unknown[]): Promise<TrackRow[]> {
  const params = [viewer.region.tenant, viewer.practitioner, ...given];
  const where = withinTrack(viewer, (value) => `$${params.push(value)}`);
  return sql.query<TrackRow>(
    `select ${columns}, y.role as part from programme.track t left join programme.track_person y on y.tenant_id = t.tenant_id and y.track = t.id and y.practitioner = $2 and y.removed_at is null
     where t.tenant_id = $1 and ${where} ${more}`,
    params,
  );
}
const noTrack = () => notFound('Ce parcours');
/** @param lock holds the track until the end of the transaction: its papers, versions and decisions are made one at a time. Errors: 404 */
export async function trackFor(sql: Sql, viewer: Viewer, id: string, lock = false): Promise<TrackRow> {
  const [row] = await select(sql, viewer, `and t.id = $3${lock ? ' for update of t' : ''}`, [id]);
  if (!row) throw noTrack();
  return row;
}
export const tracksFor = (sql: Sql, viewer: Viewer): Promise<TrackRow[]> =>
  select(sql, viewer, 'order by t.at desc, t.id', []);

/**
 * What a viewer who knows of the track may do in it.
 * - `instruct`: ARS. `manage`: who manages it in the practice, and ARS (in the place of a team without accounts). `write`: they, those they chose, the consultant. `meet`: they, the consultant and partners.
 * - `read`: the project as it is written, its comments; `see`: what the team says of itself and its meetings. `judge`: the commission.
 */
export type TrackPart = 'instruct' | 'manage' | 'write' | 'meet' | 'read' | 'see' | 'judge';
export function mayIn(viewer: Viewer, track: Pick<TrackRow, 'part'>, part: TrackPart): boolean {
  const manages = viewer.as === 'officer' || (viewer.as === 'practice' && viewer.manages);
  switch (part) {
    case 'instruct':
      return viewer.as === 'officer';
    case 'manage':
      return manages;
    case 'write':
      return manages || track.part === 'writer' || track.part === 'consultant';
    case 'meet':
      return manages || track.part === 'consultant' || track.part === 'partner';
    case 'read':
      return viewer.as === 'officer' || viewer.as === 'practice' || viewer.as === 'gcs' || track.part === 'consultant';
    case 'see':
      return true;
    case 'judge':
      return viewer.as === 'reviewer';
  }
}
const whoWords: Record<TrackPart, string> = {
  instruct: 'Un instructeur de l’ARS seulement.',
  manage: 'La coordination de l’équipe seulement.',
  write: 'Ceux que l’équipe a choisis pour écrire seulement.',
  meet: 'L’équipe, l’ARS et ceux avec qui le parcours est partagé seulement.',
  read: 'Le projet en cours d’écriture n’est pas partagé avec vous.',
  see: '',
  judge: 'Les membres de la commission seulement.',
};
/** Errors: 403; 409 in a track that is stopped, for whoever would write. */
export function demand(viewer: Viewer, track: TrackRow, part: TrackPart): void {
  if (!mayIn(viewer, track, part)) throw forbidden(whoWords[part]);
  if (part !== 'read' && part !== 'see' && track.state === 'stopped')
    throw conflict('Ce parcours est arrêté : reprenez-le pour y écrire.');
}
/** Errors: 409 when the track changed since it was read. */
export function demandSeen(track: Pick<TrackRow, 'version'>, seen: number): void {
  if (track.version !== seen)
    throw conflict(
      'Ce parcours a changé pendant que vous le lisiez. Il vient d’être relu : recommencez s’il y a lieu.',
      { reason: 'edited-meanwhile' },
    );
}
export const isWritten = (track: Pick<TrackRow, 'state'>): boolean =>
  track.state === 'writing' || track.state === 'returned';
export const phaseOf = (state: TrackState, before: TrackState | null = null): number => {
  const known = state === 'stopped' ? (before ?? 'meeting') : state;
  return known === 'meeting' || known === 'requested' ? 1 : known === 'validated' ? 3 : 2;
};
