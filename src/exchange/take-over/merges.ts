import { setTimeout as wait } from 'node:timers/promises';
import { asJson, goneInto, type Importer, type ImportTrace, type TakenMerges } from '../../fhir/index.ts';
import { type Db, sqlState } from '../../platform/index.ts';
import { patientsTouchedBy } from './origin.store.ts';

const page = 400;

/** Patients of a run, created or changed, who say that they have gone into another. */
export async function saidGone(db: Db, tenant: number, run: number, importer: Importer): Promise<string[]> {
  const said: string[] = [];
  for (let after = String(-(2n ** 63n)); ; ) {
    const rows = await db.tenant(tenant, (sql) => patientsTouchedBy(sql, tenant, run, after, page));
    if (rows.length === 0) return said;
    after = rows.at(-1)!.origin;
    const stored = await importer.look((look) =>
      look.versions(rows.map(({ id, version }) => ({ type: 'Patient', id, version }))),
    );
    for (const { id, resource } of stored.values()) if (goneInto(asJson(resource)) !== null) said.push(id);
  }
}

/** Waits for no row that a writer holds, who may be waiting for it: lets go and comes back. */
export async function settleMerges(
  importer: Importer,
  run: number,
  said: readonly string[],
  trace: ImportTrace,
): Promise<TakenMerges> {
  for (let tries = 1; ; tries++) {
    try {
      return await importer.settleMerges(run, said, trace);
    } catch (error) {
      if (sqlState(error) !== '55P03' || tries >= 12) throw error;
      await wait(40 * tries);
    }
  }
}
