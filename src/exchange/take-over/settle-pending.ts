import { asJson, cloneExact, exactText, type Importer, type ImportTrace, type Resource } from '../../fhir/index.ts';
import { type Db, hash64 } from '../../platform/index.ts';
import { dropPending, originsOf, type PendingRow, pendingOf, saveOrigins } from './origin.store.ts';
import { inOrder } from './content.ts';
import { isObject, isWhole } from './read-entries.ts';

const page = 400;

/** Tries the references by condition again that met nothing while the files came in. Returns how many are resolved now. */
export async function settlePending(
  db: Db,
  tenant: number,
  run: number,
  importer: Importer,
  trace: ImportTrace,
): Promise<number> {
  let settled = 0;
  let after: PendingRow | null = null;
  for (;;) {
    const rows: PendingRow[] = await db.tenant(tenant, (sql) => pendingOf(sql, tenant, run, after, page));
    if (rows.length === 0) return settled;
    after = rows.at(-1)!;
    const found = await importer.look((look) =>
      look.findByIdentifier(
        rows.map((row) => ({ type: row.target, system: row.system === '*' ? null : row.system, value: row.value })),
      ),
    );
    const byResource = new Map<string, { row: PendingRow; id: string }[]>();
    for (const [i, row] of rows.entries()) {
      const ids = found[i]!;
      if (ids.length !== 1) continue;
      const key = `${row.type}/${row.id}`;
      byResource.set(key, [...(byResource.get(key) ?? []), { row, id: ids[0]! }]);
    }
    if (byResource.size === 0) continue;
    const origins = new Map(
      (
        await db.tenant(tenant, (sql) =>
          originsOf(
            sql,
            tenant,
            [...byResource.values()].map((all) => all[0]!.row.origin),
          ),
        )
      ).map((row) => [`${row.type}/${row.id}`, row]),
    );
    const versions = await importer.look((look) =>
      look.versions(
        [...origins.values()].flatMap(({ type, id, version }) => (version === null ? [] : [{ type, id, version }])),
      ),
    );
    const items = [...byResource].flatMap(([key, all]) => {
      const stored = versions.get(key);
      if (!stored || stored.deleted) return [];
      const resource = cloneExact(asJson(stored.resource));
      for (const { row, id } of all) point(resource, row, id);
      return isWhole(resource) ? [{ resource, expect: stored.version }] : [];
    });
    const ready = await importer.prepare(items);
    await importer.write(ready, { ...trace, reason: `${trace.reason}, références tardives` }, async (sql, written) => {
      const done = written.filter((one) => one.done);
      if (done.length === 0) return;
      await saveOrigins(
        sql,
        tenant,
        done.map((one) => {
          const origin = origins.get(`${one.type}/${one.id}`)!;
          const { resource } = items.find(
            (item) => item.resource.resourceType === one.type && item.resource.id === one.id,
          )!;
          return { ...origin, content: contentOf(resource), version: one.version };
        }),
      );
      const gone = done.flatMap((one) => byResource.get(`${one.type}/${one.id}`)!.map(({ row }) => row));
      await dropPending(sql, tenant, run, gone);
      settled += gone.length;
    });
  }
}

/** The hash that the same content would have if it came again, its conditions met. */
function contentOf(resource: Resource): string {
  const { versionId: _v, lastUpdated: _l, ...meta } = resource.meta ?? {};
  return String(hash64(exactText(inOrder({ ...resource, meta }, resource.id!))));
}

/** Gives the logical reference back its target, in the form in which it came. */
function point(value: unknown, row: PendingRow, id: string): void {
  if (Array.isArray(value)) for (const item of value) point(item, row, id);
  else if (isObject(value)) {
    const { identifier } = value;
    if (
      value.type === row.target &&
      value.reference === undefined &&
      isObject(identifier) &&
      identifier.value === row.value &&
      (row.system === '*' || (identifier.system ?? '') === row.system)
    ) {
      const rest = { ...value };
      for (const name of Object.keys(value)) delete value[name];
      delete rest.type;
      delete rest.identifier;
      Object.assign(value, { reference: `${row.target}/${id}` }, rest);
    } else for (const name in value) point(value[name], row, id);
  }
}
