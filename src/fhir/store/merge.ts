// https://hl7.org/fhir/R4/patient-definitions.html#Patient.link — docs/adr/0017-merge.md
import { endMerge, followMerge, mergedInto } from '../../access/index.ts';
import { record } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { keyOf } from './concerns.ts';
import { changeOf } from './create.ts';
import { inOne, type Session, traceOf } from './engine.ts';
import { handOver } from './hand-over.ts';
import type { Standing } from './look.ts';
import { alone, type Move, moveAll, naming, parsed, rowsOf, type Transaction, versionsOf } from './merge-move.ts';
import { goneInto } from './merge-taken.ts';
import { mark, namesPatient, renamePatient, unmark } from './merge-rewrite.ts';
import { newId } from './new-id.ts';
import { prepare } from './prepare.ts';
import type { MergeDone, MergeStore, JsonResource, Separated } from './store.ts';

interface MergeRow {
  id: string;
  gone: string;
  kept: string;
  gone_before: number;
  at: Date;
  separated_at: Date | null;
}
type Link = { other?: { reference?: string }; type?: string };

export const mergesOf = (session: Session): MergeStore => ({
  mergePatients: (gone, kept, options) => inOne(session, (tx) => merge(house(tx), gone, kept, options)),
  separatePatients: (id, options) => inOne(session, (tx) => separate(house(tx), id, options.reason)),
  handOver: (next, options) => handOver(session, next, options),
  placeAdded: (id, type, one, place) => inOne(session, (tx) => placeAdded(house(tx), id, type, one, place)),
});

/** What is allowed to whom is asked before, of the store as the person sees it. */
function house(tx: Transaction): Transaction {
  if (tx.caller.kind !== 'system')
    throw new FhirProblem(403, 'forbidden', 'Only the house merges records, for someone who may.');
  return tx;
}

async function patientRow(tx: Transaction, id: string): Promise<Standing> {
  const [row] = await tx.sql.query<{ rid: number }>(
    `select rid from fhir.resource where tenant_id = $1::int and type = 'Patient' and id = $2 and not deleted`,
    [tx.caller.tenant, id],
  );
  if (!row) throw new FhirProblem(404, 'not-found', `Patient/${id} is not known.`);
  return (await rowsOf(tx, [Number(row.rid)]))[0]!;
}
const withLink = (patient: JsonResource, link: Link): JsonResource => ({
  ...patient,
  link: [
    ...((patient.link as Link[]) ?? []).filter(
      (one) => one.type !== link.type || one.other?.reference !== link.other?.reference,
    ),
    link,
  ],
});

async function merge(
  tx: Transaction,
  gone: string,
  kept: string,
  options: { reason: string; seen: readonly [number, number] },
): Promise<MergeDone> {
  const { tenant } = tx.caller;
  if (gone === kept) throw new FhirProblem(422, 'invalid', 'A record is not merged with itself.');
  await alone(tx);
  const [leaving, staying] = [await patientRow(tx, gone), await patientRow(tx, kept)];
  if (leaving.version !== options.seen[0] || staying.version !== options.seen[1])
    throw new FhirProblem(
      412,
      'conflict',
      'One of these identities changed meanwhile. Read both again. Nothing was changed.',
    );
  const went = await mergedInto(tx.sql, tenant, [gone, kept]);
  for (const one of [leaving, staying]) {
    const said = goneInto(parsed(one.content)) !== null;
    if (went.has(one.id) || (!said && parsed(one.content).active === false))
      throw new FhirProblem(409, 'conflict', `Patient/${one.id} is no longer active.`);
    // By the software it comes from; lines that stand under its number may follow it, not stay there.
    if (said && one === staying)
      throw new FhirProblem(409, 'conflict', `Patient/${one.id} is said to have gone into another: it cannot stay.`);
  }
  const id = newId();
  const at = tx.engine.now().toISOString();
  const { actor, actorName = '' } = traceOf(tx, { action: 'merge' });
  await followMerge(tx.sql, tenant, { gone, kept });
  await tx.sql.query(
    'insert into fhir.merge (tenant_id, id, gone, kept, gone_before, at, by_whom, by_name, reason) values ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8, $9)',
    [tenant, id, gone, kept, leaving.version, at, actor, actorName, options.reason],
  );
  // The identities first: a Binary or a Provenance finds its patient among those there are.
  const links: Move[] = [
    {
      old: leaving,
      next: {
        ...withLink(parsed(leaving.content), { other: { reference: `Patient/${kept}` }, type: 'replaced-by' }),
        active: false,
      },
    },
    {
      old: staying,
      next: withLink(parsed(staying.content), { other: { reference: `Patient/${gone}` }, type: 'replaces' }),
    },
  ];
  await moveAll(tx, links);
  const rows = (await naming(tx, gone)).filter((row) => row.rid !== staying.rid);
  const moves = rows.map((old): Move => {
    const next = parsed(old.content);
    if (renamePatient(next, gone, kept) === 0) return { old, next: null };
    mark(next, gone);
    return { old, next };
  });
  const after = await moveAll(tx, moves);
  await tx.sql.query(
    'insert into fhir.merge_moved (tenant_id, merge, rid, before, after) select $1, $2, u.* from unnest($3::bigint[], $4::int[], $5::int[]) u',
    [tenant, id, rows.map((row) => row.rid), rows.map((row) => row.version), rows.map((row) => after.get(row.rid)!)],
  );
  const moved: Record<string, number> = {};
  for (const row of rows) moved[row.type] = (moved[row.type] ?? 0) + 1;
  await told(tx, 'merge', links, [kept, gone], options.reason, { merge: id, gone, kept, moved });
  return { id, at, moved };
}

/** One line of the ledger for both patients; both records' readers look again. */
async function told(
  tx: Transaction,
  action: string,
  patients: readonly Move[],
  ids: string[],
  reason: string,
  details: object,
): Promise<void> {
  await record(tx.sql, tx.caller.tenant, [
    traceOf(tx, { action, target: `Patient/${ids[0]}`, patients: ids, reason: reason || undefined, details }),
  ]);
  for (const { old, next } of patients) {
    const made = prepare(
      next!,
      { rid: old.rid, id: old.id, version: old.version + 1, updated: tx.engine.now().toISOString() },
      tx.caller,
    );
    tx.told.push({ ...changeOf(tx, made), patients: ids });
  }
}

async function mergeRow(tx: Transaction, id: string): Promise<MergeRow> {
  const [row] = await tx.sql.query<MergeRow>(
    'select id, gone, kept, gone_before, at, separated_at from fhir.merge where tenant_id = $1 and id = $2 for update',
    [tx.caller.tenant, id],
  );
  if (!row) throw new FhirProblem(404, 'not-found', 'This merge is not known.');
  return row;
}

async function separate(tx: Transaction, id: string, reason: string): Promise<Separated> {
  const { tenant } = tx.caller;
  await alone(tx);
  const row = await mergeRow(tx, id);
  const { gone, kept } = row;
  if (row.separated_at) throw new FhirProblem(409, 'conflict', 'These records are separated already.');
  const [later] = await tx.sql.query<{ gone: string }>(
    `select m.gone from fhir.merge m where m.tenant_id = $1 and m.separated_at is null and m.at >= $3::timestamptz and m.id <> $2
       and (m.gone = $4 or exists (select 1 from fhir.merge_moved a join fhir.merge_moved b on b.tenant_id = a.tenant_id and b.rid = a.rid and b.merge = m.id where a.tenant_id = $1 and a.merge = $2)) limit 1`,
    [tenant, id, row.at.toISOString(), kept],
  );
  if (later)
    throw new FhirProblem(
      409,
      'business-rule',
      `A later merge stands on this one (Patient/${later.gone}): separate that one first.`,
    );
  await endMerge(tx.sql, tenant, { gone, kept });
  const [left, stayed] = [await patientRow(tx, gone), await patientRow(tx, kept)];
  const { link, ...rest } = parsed(stayed.content);
  const links = ((link as Link[]) ?? []).filter(
    (one) => !(one.type === 'replaces' && one.other?.reference === `Patient/${gone}`),
  );
  const identities: Move[] = [
    { old: left, next: parsed((await versionsOf(tx, [{ rid: left.rid, version: row.gone_before }])).get(left.rid)!) },
    { old: stayed, next: { ...rest, ...(links.length > 0 && { link: links }) } as JsonResource },
  ];
  await moveAll(tx, identities);
  const moved = await tx.sql.query<{ rid: number; before: number; after: number }>(
    'select rid, before, after from fhir.merge_moved where tenant_id = $1 and merge = $2',
    [tenant, id],
  );
  const places = new Map(moved.map((one) => [Number(one.rid), one]));
  const texts = await versionsOf(
    tx,
    moved.map((one) => ({ rid: Number(one.rid), version: one.before })),
  );
  const unclear: number[] = [];
  const moves = (await rowsOf(tx, [...places.keys()])).flatMap((old): Move[] => {
    const place = places.get(old.rid)!;
    if (old.deleted) return [];
    const original = parsed(texts.get(old.rid)!);
    if (place.before === place.after && !namesPatient(original, gone)) return [{ old, next: null }];
    if (old.version === place.after) return [{ old, next: original }];
    // Corrected since: the words of today, and the patient of before. What named both then is for a person to sort.
    const next = parsed(old.content);
    if (namesPatient(original, kept)) unclear.push(old.rid);
    else renamePatient(next, kept, gone);
    unmark(next);
    return [{ old, next }];
  });
  await moveAll(tx, moves);
  const added = await addedSince(tx, row, places);
  const unsorted = [...added, ...unclear];
  await tx.sql.query(
    'insert into fhir.merge_added (tenant_id, merge, rid) select $1, $2, u from unnest($3::bigint[]) u',
    [tenant, id, unsorted],
  );
  const by = traceOf(tx, { action: 'separate' });
  await tx.sql.query(
    'update fhir.merge set separated_at = $3::timestamptz, separated_name = $4 where tenant_id = $1 and id = $2',
    [tenant, id, tx.engine.now().toISOString(), by.actorName ?? ''],
  );
  await told(tx, 'separate', identities, [kept, gone], reason, {
    merge: id,
    gone,
    kept,
    back: moves.length,
    toSort: unsorted.length,
  });
  return { id, back: moves.length, toSort: unsorted.length };
}

/** What was written for the first time while the two were one. What only points to something else follows it. */
async function addedSince(tx: Transaction, merge: MergeRow, moved: ReadonlyMap<number, unknown>): Promise<number[]> {
  const rows = await tx.sql.query<{ rid: number }>(
    `select r.rid from fhir.resource r where r.tenant_id = $1::int and (r.patient = $2::bigint or (r.patients is not null and $2::bigint = any(r.patients))) and not r.deleted and r.type not in ('Patient', 'Provenance', 'Binary')
       and (case when r.version = 1 then r.updated else (select h.updated from fhir.history h where h.tenant_id = r.tenant_id and h.rid = r.rid and h.version = 1) end) > $3::timestamptz`,
    [tx.caller.tenant, String(keyOf(`Patient/${merge.kept}`)), merge.at.toISOString()],
  );
  return rows.map((row) => Number(row.rid)).filter((rid) => !moved.has(rid));
}

/** Puts one of those lines where it belongs, with what hangs on it. */
async function placeAdded(
  tx: Transaction,
  id: string,
  type: string,
  one: string,
  place: 'kept' | 'gone',
): Promise<void> {
  const { tenant } = tx.caller;
  const row = await mergeRow(tx, id);
  const [found] = await tx.sql.query<{ rid: number }>(
    `select a.rid from fhir.merge_added a join fhir.resource r on r.tenant_id = a.tenant_id and r.rid = a.rid where a.tenant_id = $1 and a.merge = $2 and r.type = $3 and r.id = $4 and not r.deleted`,
    [tenant, id, type, one],
  );
  if (!found || !row.separated_at) throw new FhirProblem(404, 'not-found', 'This line is not one to be sorted.');
  const [from, to] = place === 'gone' ? [row.kept, row.gone] : [row.gone, row.kept];
  const [old] = await rowsOf(tx, [Number(found.rid)]);
  const next = parsed(old!.content);
  if (renamePatient(next, from, to) > 0) {
    await moveAll(tx, [{ old: old!, next }]);
    const hanging = await tx.sql.query<{ rid: number }>(
      `select r.rid from fhir.resource r where r.tenant_id = $1::int and not r.deleted and r.patient = $2::bigint and r.type in ('Provenance', 'Binary') and strpos(r.content, $3) > 0`,
      [tenant, String(keyOf(`Patient/${from}`)), `"${type}/${one}"`],
    );
    await moveAll(
      tx,
      (
        await rowsOf(
          tx,
          hanging.map((each) => Number(each.rid)),
        )
      ).map((each) => ({ old: each, next: null })),
    );
    await record(tx.sql, tenant, [
      traceOf(tx, { action: 'sort', target: `${type}/${one}`, patients: [to, from], details: { merge: id, to } }),
    ]);
    const made = prepare(
      next,
      { rid: old!.rid, id: one, version: old!.version + 1, updated: tx.engine.now().toISOString() },
      tx.caller,
    );
    tx.told.push({ ...changeOf(tx, made), patients: [from, to] });
  }
  await tx.sql.query(
    'update fhir.merge_added set place = $4 where tenant_id = $1 and merge = $2 and rid = $3::bigint',
    [tenant, id, found.rid, place],
  );
}
