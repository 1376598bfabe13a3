import type { Access } from '../src/access/index.ts';
import type { Fhir } from '../src/fhir/index.ts';
import {
  type Command,
  dayInFrance,
  type Db,
  inTransaction,
  type Out,
  plainArray,
  tablesOfRooms,
  UsageError,
} from '../src/platform/index.ts';
import type { Programme } from '../src/programme/index.ts';

export interface SeedContext {
  access: Access;
  fhir: Fhir;
  db: Db;
  programme: Programme;
}

/**
 * Fills an installation without practices with the demo region. Returns false when there is a practice already. A first start that was cut off
 * leaves half a region: nobody has signed in to it, so it goes and a whole one is written. Its people and stories are read only then.
 */
export async function seedDemo(
  context: SeedContext,
  out: Out,
  today: string,
  patientsPerPractice?: number[],
): Promise<boolean> {
  if (!(await clearHalf(context.db)) && (await context.access.listPractices()).length > 0) return false;
  const { writeDemo } = await import('./write-demo.ts');
  await writeDemo(context, out, today, patientsPerPractice);
  return true;
}

/** Takes away a region that was begun and is not whole; false when there is none, or when somebody has made a practice of their own beside it. */
async function clearHalf(db: Db): Promise<boolean> {
  return db.owner('demo data: cut off', (sql) =>
    inTransaction(sql, async () => {
      const tenants = await sql.query<{ tenant: number; begun: boolean }>(
        `select tenant_id as tenant, settings ? 'seeding' as begun from platform.tenant`,
      );
      if (tenants.length === 0 || tenants.some(({ begun }) => !begun)) return false;
      for (const { name } of await tablesOfRooms(sql))
        await sql.query(`delete from ${name} where tenant_id = any($1::int[])`, [
          plainArray(tenants.map(({ tenant }) => tenant)),
        ]);
      return true;
    }),
  );
}

export const seedCommand: Command<SeedContext> = {
  name: 'seed',
  usage: '[--patients N] [--json]',
  describe: 'Remplit une installation vide avec la région de démonstration.',
  options: { patients: { type: 'string' } },
  async run(context, { values }, out) {
    if (typeof values.patients === 'string' && !/^\d{1,6}$/.test(values.patients))
      throw new UsageError('--patients prend un nombre.');
    const total = typeof values.patients === 'string' ? Math.max(60, Number(values.patients)) : undefined;
    const done = await seedDemo(
      context,
      out,
      dayInFrance(new Date()),
      total ? [Math.round(total * 0.65), total - Math.round(total * 0.65)] : undefined,
    );
    if (values.json) out.json({ seeded: done });
    else out.line(done ? 'Région de démonstration écrite.' : 'Il y a déjà des structures : rien n’a été modifié.');
    return done ? 0 : 1;
  },
};
