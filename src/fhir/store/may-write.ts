import { type Sight, sightPredicate } from '../../access/index.ts';
import { FhirProblem } from '../outcome.ts';
import { run, type Session } from './engine.ts';
import { kindBit, type Prepared } from './prepare.ts';

/** Refuses with 403 unless the caller may write each of these, as they stand or as they will be. */
export async function mustBeAllowed(session: Session, sight: Sight, writes: readonly Prepared[]): Promise<void> {
  if (sight.everything || writes.length === 0) return;
  const refused =
    sight.caller.kind === 'client'
      ? writes.find((write) => !clientMay(sight, write))
      : // Who is in a conversation or a box is decided by its own acts, which check more than a right on the kind of data.
        (writes.find((write) => write.type === 'Group' && write.kind === 'messages') ??
        (await personMayNot(session, sight, writes)));
  if (!refused) return;
  const where = { expression: refused.type, about: `${refused.type}/${refused.id}` };
  // Whose and of which kind what it points to is, is not for who does not reach it.
  if (refused.indirect.length > 0)
    throw new FhirProblem(
      403,
      'forbidden',
      `You may not write ${refused.type}: your rights do not reach what it points to.`,
      where,
    );
  const about = refused.patients.length > 0 ? ` about Patient/${refused.patients[0]}` : '';
  throw new FhirProblem(
    403,
    'forbidden',
    `You may not write ${refused.type} (${refused.kind})${about}: it needs the right of your profession or scope and, for a patient's data, a place in the care team.`,
    where,
  );
}

function clientMay(sight: Sight, write: Prepared): boolean {
  if (sight.types && !sight.types.has(write.type)) return false;
  if (write.kind === 'private-notes' || write.kind === 'messages') return false;
  if (sight.onlyPatient === null) return true;
  return write.patientKeys.length === 1 && write.patientKeys[0] === sight.onlyPatient;
}

async function personMayNot(
  session: Session,
  sight: Sight,
  writes: readonly Prepared[],
): Promise<Prepared | undefined> {
  const params: unknown[] = [];
  const param = (value: unknown) => `$${params.push(value)}`;
  const from = `unnest(${param(writes.map((w) => w.type))}::text[], ${param(writes.map((w) => kindBit(w.kind)))}::int[], ${param(writes.map((w) => w.patientKeys[0]?.toString() ?? null))}::bigint[],
    ${param(writes.map((w) => (w.patientKeys.length > 1 ? `{${w.patientKeys.join(',')}}` : null)))}::text[], ${param(writes.map((w) => w.author?.toString() ?? null))}::bigint[], ${param(writes.map((w) => w.id))}::text[])
    with ordinality as w (type, kind, patient, patients, author, id, ord)`;
  // Whom a patient's choice keeps out may not unmake the choice.
  const denied = `r.type = 'Consent' and exists (select 1 from access.opposition k where k.tenant_id = platform.tenant() and k.source = 'Consent/' || r.id
    and (k.practitioner_key = ${param(String(sight.practitionerKey))}::bigint or k.profession = ${param(sight.profession)}::text))`;
  const rows = await run(session, (sql) =>
    sql.query<{ ord: number }>(
      `select r.ord::int as ord from (select w.type, w.kind, w.patient, w.patients::bigint[] as patients, w.author, w.id, w.ord from ${from}) r where not (${sightPredicate(sight, 'r', param)}) or (${denied}) order by r.ord limit 1`,
      params,
    ),
  );
  return rows[0] ? writes[rows[0].ord - 1] : undefined;
}
