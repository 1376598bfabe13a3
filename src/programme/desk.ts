import { actorOf, type Ctx, mayCall, type PersonCaller, type Profession, regionOf } from '../access/index.ts';
import { type AuditEntry, type Db, forbidden, type Hint, Problem, record, type Sql } from '../platform/index.ts';
import type { UsePort } from './gatherings/use-port.ts';

/** What the acts of this room need. */
export interface Desk {
  db: Db;
  now(): Date;
  /** Tells the browsers of a practice or region that something of the programme changed; without content. */
  tell(tenant: number, hint: Hint): void;
  /** Figures of use of the practices, which this room cannot count by itself: it reaches no record. */
  use: UsePort;
}

/**
 * Who looks at the programme of one region, and from where. Every function of a store that reaches applications demands one and puts `within` of it in its SQL:
 * there is no other limit to forget.
 * - `practice`: people of a practice, their own file only; `manages`: all of it, else as a member of the file.
 * - `officer`, `reviewer`: what was submitted and not withdrawn.
 * - the others (GCS, consultants, vendors, partners): no application; their projects are in projects/reach.ts.
 */
export type Viewer = {
  region: { tenant: number; id: string; name: string };
  practitioner: string;
  name: string;
  caller: PersonCaller;
} & (
  | {
      as: 'practice';
      practice: { id: string; name: string };
      manages: boolean;
      /** Where to write to, of a team without accounts here. */
      mail?: string;
    }
  | { as: RegionalPart }
);
export type PracticeViewer = Extract<Viewer, { as: 'practice' }>;
export type RegionalViewer = Exclude<Viewer, PracticeViewer>;
/** What a person of the region is in the programme. `other`: keeps the accounts. */
export type RegionalPart = 'officer' | 'reviewer' | 'gcs' | 'consultant' | 'vendor' | 'partner' | 'other';
const parts: Partial<Record<Profession, RegionalPart>> = {
  'ars-officer': 'officer',
  'commission-member': 'reviewer',
  'gcs-officer': 'gcs',
  consultant: 'consultant',
  vendor: 'vendor',
  partner: 'partner',
};
export const partOf = (profession: Profession): RegionalPart => parts[profession] ?? 'other';

const noRegion = () =>
  new Problem(
    404,
    'Aucune région',
    'Votre structure n’appartient à aucune région : le programme régional n’a rien pour elle. Si votre région s’en sert, la personne qui administre le serveur l’y rattache.',
  );

/** The viewer behind a session; 404 for a practice that belongs to no region. */
export async function viewerOf({ db }: Pick<Desk, 'db'>, { caller, session }: Ctx): Promise<Viewer> {
  const me = { practitioner: caller.practitioner, name: caller.name, caller };
  if (caller.region) {
    const region = { tenant: caller.tenant, id: session!.practice_id, name: session!.practice };
    return { ...me, region, as: partOf(caller.profession) };
  }
  const region = await regionOf(db, session!.practice_id);
  if (!region) throw noRegion();
  return {
    ...me,
    region,
    as: 'practice',
    practice: { id: session!.practice_id, name: session!.practice },
    manages: await mayCall(db, caller, { practice: 'apply' }),
  };
}
/** A person of a practice, or 403. */
export async function practiceViewer(desk: Pick<Desk, 'db'>, ctx: Ctx): Promise<PracticeViewer> {
  const viewer = await viewerOf(desk, ctx);
  if (viewer.as !== 'practice') throw forbidden('Seule l’équipe qui candidate écrit dans son dossier.');
  return viewer;
}
/** A person of a region, or 403. */
export async function regionalViewer(desk: Pick<Desk, 'db'>, ctx: Ctx): Promise<RegionalViewer> {
  const viewer = await viewerOf(desk, ctx);
  if (viewer.as === 'practice') throw forbidden('Cette page est celle des personnes de la région.');
  return viewer;
}

/** The applications that this viewer may know of, as a condition on the row `a` of programme.application. */
export function within(viewer: Viewer, param: (value: unknown) => string): string {
  switch (viewer.as) {
    case 'practice': {
      const own = `a.practice = ${param(viewer.practice.id)}`;
      return viewer.manages
        ? own
        : `${own} and exists (select 1 from programme.member m where m.tenant_id = a.tenant_id and m.application = a.id and m.practitioner = ${param(viewer.practitioner)})`;
    }
    case 'officer':
    case 'reviewer':
      return `a.state = 'submitted'`;
    default:
      return 'false';
  }
}

/** A line of the region's ledger, in the transaction of the act. */
export const trace = (
  sql: Sql,
  viewer: Viewer,
  action: string,
  target: string,
  more: Pick<AuditEntry, 'details' | 'reason'> = {},
): Promise<void> => record(sql, viewer.region.tenant, [{ ...actorOf(viewer.caller), action, target, ...more }]);

export { dayInFrance } from '../platform/index.ts';
