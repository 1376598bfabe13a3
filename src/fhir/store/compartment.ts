import { type KindOfData, sightPredicate } from '../../access/index.ts';
import { auditInsert } from '../../platform/index.ts';
import { keyOf } from './concerns.ts';
import { run, type Session, traceOf } from './engine.ts';
import { kindOfBit } from './prepare.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { CompartmentQuery, ResourceOf, ResourceType, Stored, StoredKey, StoredVersion } from './store.ts';

/** A page has hundreds of these and shows some of each kind: only those are parsed. */
class ShownRow<T extends ResourceType> implements StoredVersion<T> {
  readonly type: T;
  readonly id: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly text: string;
  readonly kind: KindOfData;
  #resource: ResourceOf<T> | undefined;
  #updated: Date | string;
  constructor(row: ResourceRow<T>, kind: KindOfData) {
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
  // As in rows.ts: valid as the type of its row before it was stored.
  get resource(): ResourceOf<T> {
    this.#resource ??= JSON.parse(this.text) as ResourceOf<T>;
    return this.#resource;
  }
}

/** What every statement about one patient begins with: who reads, about whom ($2), what is seen of it (rows `r`), and its trace. */
async function opened(session: Session, patient: string, first: readonly unknown[]) {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const params: unknown[] = [session.caller.tenant, String(keyOf(`Patient/${patient}`)), ...first];
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
  return { params, param, seen, trace };
}
const mostOf = ({ types, each }: Pick<CompartmentQuery, 'types' | 'each'>): unknown[] => [
  [...types],
  typeof each === 'number' ? types.map(() => each) : [...each],
];
/** The newest of each type ($3, $4). */
const newest = (columns: string, seen: string): string =>
  `select x.* from unnest($3::text[], $4::int[]) as t (type, most) cross join lateral (
         select ${columns} from fhir.resource r
         where r.tenant_id = $1::int and r.patient = $2::bigint and r.type = t.type and not r.deleted and ${seen}
         order by r.at desc nulls last, r.rid limit t.most) x`;

/** What a page about one patient is made of, in one statement: the newest of each type, cut to the caller's rights, with its trace. */
export async function compartment<T extends ResourceType>(
  session: Session,
  patient: string,
  query: CompartmentQuery<T>,
): Promise<Stored<T>[]> {
  const { params, param, seen, trace } = await opened(session, patient, mostOf(query));
  const { along } = query;
  const told = along ? `, along (said) as (${along.sql(param)})` : '';
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow<T> & { kind: number }>(
      `with ${trace}${told}
       ${newest(`${rowColumns('r')}, r.kind`, seen)}${
         along
           ? `
       union all select null, null, null, null, null, null, said, null from along`
           : ''
       }`,
      params,
    ),
  );
  if (along) along.said(rows.at(-1)?.type === null ? rows.pop()!.content : null);
  return query.toShow ? rows.map(shown) : rows.map(storedFromRow);
}
const shown = <T extends ResourceType>(row: ResourceRow<T> & { kind: number }): Stored<T> =>
  new ShownRow(row, kindOfBit[row.kind]!);

/** The same, of each its name and version only: for who knows what most of them say. */
export async function compartmentKeys<T extends ResourceType>(
  session: Session,
  patient: string,
  query: Pick<CompartmentQuery<T>, 'types' | 'each'>,
): Promise<StoredKey<T>[]> {
  const { params, seen, trace } = await opened(session, patient, mostOf(query));
  return run(session, (sql) =>
    sql.query<StoredKey<T>>(`with ${trace} ${newest('r.type, r.id, r.version', seen)}`, params),
  );
}

/** Of one patient's entries those that are named, as far as the caller sees them, to be shown; in no order. */
export async function compartmentOf<T extends ResourceType>(
  session: Session,
  patient: string,
  named: readonly Pick<StoredKey<T>, 'type' | 'id'>[],
): Promise<Stored<T>[]> {
  if (named.length === 0) return [];
  const { params, seen, trace } = await opened(session, patient, [
    named.map(({ type }) => type),
    named.map(({ id }) => id),
  ]);
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow<T> & { kind: number }>(
      `with ${trace} select ${rowColumns('r')}, r.kind from unnest($3::text[], $4::text[]) as t (type, id)
       join fhir.resource r on r.tenant_id = $1::int and r.type = t.type and r.id = t.id where r.patient = $2::bigint and not r.deleted and ${seen}`,
      params,
    ),
  );
  return rows.map(shown);
}
