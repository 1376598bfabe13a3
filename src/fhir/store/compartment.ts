import { type KindOfData, sightPredicate } from '../../access/index.ts';
import { auditInsert } from '../../platform/index.ts';
import { keyOf } from './concerns.ts';
import { run, type Session, traceOf } from './engine.ts';
import { kindOfBit } from './prepare.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { CompartmentQuery, Resource, Stored } from './store.ts';

/** A page has hundreds of these and shows some of each kind: only those are parsed. */
class ShownRow implements Stored {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly text: string;
  readonly kind: KindOfData;
  #resource: Resource | undefined;
  #updated: Date | string;
  constructor(row: ResourceRow, kind: KindOfData) {
    this.type = row.type;
    this.id = row.id;
    this.version = row.version;
    this.deleted = row.deleted;
    this.text = row.content;
    this.kind = kind;
    this.#updated = row.updated;
    this.#resource = undefined;
  }
  get updated(): string {
    if (typeof this.#updated !== 'string') this.#updated = this.#updated.toISOString();
    return this.#updated;
  }
  get resource(): Resource {
    this.#resource ??= JSON.parse(this.text) as Resource;
    return this.#resource;
  }
}

/** What a page about one patient is made of, in one statement: the newest of each type, cut to the caller's rights, with its trace. */
export async function compartment(session: Session, patient: string, query: CompartmentQuery): Promise<Stored[]> {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const { types, each, toShow } = query;
  const params: unknown[] = [
    session.caller.tenant,
    String(keyOf(`Patient/${patient}`)),
    [...types],
    typeof each === 'number' ? types.map(() => each) : [...each],
  ];
  const param = (value: unknown) => `$${params.push(value)}`;
  const seen = sightPredicate(sight, 'r', param, '$2');
  // An address that someone made up leaves nothing behind.
  const known =
    'join (select 1 from fhir.resource p where p.tenant_id = $1::int and p.key = $2::bigint and not p.deleted limit 1) known on true';
  const trace = auditInsert(
    [traceOf(session, { action: 'read', target: `Patient/${patient}/record`, patients: [patient] })],
    param,
    session.caller.tenant,
    undefined,
    known,
  );
  const { along } = query;
  const told = along ? `, along (said) as (${along.sql(param)})` : '';
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow & { kind: number }>(
      `with ${trace}${told}
       select x.* from unnest($3::text[], $4::int[]) as t (type, most) cross join lateral (
         select ${rowColumns('r')}, r.kind from fhir.resource r
         where r.tenant_id = $1::int and r.patient = $2::bigint and r.type = t.type and not r.deleted and ${seen}
         order by r.at desc nulls last, r.rid limit t.most) x${
           along
             ? `
       union all select null, null, null, null, null, null, said, null from along`
             : ''
         }`,
      params,
    ),
  );
  if (along) along.said(rows.at(-1)?.type === null ? rows.pop()!.content : null);
  return toShow ? rows.map((row) => new ShownRow(row, kindOfBit[row.kind]!)) : rows.map(storedFromRow);
}
