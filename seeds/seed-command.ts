import type { Access } from '../src/access/index.ts';
import type { Fhir, Resource } from '../src/fhir/index.ts';
import { type Command, type Db, inTransaction, type Out, plainArray, tablesOfRooms } from '../src/platform/index.ts';
import type { Programme } from '../src/programme/index.ts';
import { writeDocuments } from './documents.ts';
import { demoRegion } from './index.ts';
import { writeMessages } from './messages-command.ts';
import { type DemoTeam, writeProgramme } from './programme.ts';
import { writePlans } from './protocols.ts';
import { correctDispenses } from './rarer.ts';
import { practiceTasks } from './tasks.ts';

export interface SeedContext {
  access: Access;
  fhir: Fhir;
  db: Db;
  programme: Programme;
}

const chunk = 400;

/**
 * Fills an installation without practices with the demo region. Returns false when there is a practice already. A first start that was cut off
 * leaves half a region: nobody has signed in to it, so it goes and a whole one is written.
 */
export async function seedDemo(
  { access: house, fhir, db, programme }: SeedContext,
  out: Out,
  today: string,
  patientsPerPractice?: number[],
): Promise<boolean> {
  if (!(await clearHalf(db)) && (await house.listPractices()).length > 0) return false;
  const access = marking(house, db);
  const practices: DemoTeam[] = [];
  for (const demo of demoRegion({ today, patientsPerPractice })) {
    const practice = await access.createPractice(demo.name);
    const store = fhir.asSystem(practice.tenant, 'demo data');
    let batch: Resource[] = [];
    let done = 0;
    let patients = 0;
    // The next resources are made while the engine's thread writes these.
    let writing: Promise<unknown> = Promise.resolve();
    const write = async () => {
      const ready = batch;
      batch = [];
      await writing;
      writing = store.transaction((tx) => tx.createMany(ready));
      writing.catch(() => undefined);
      done += ready.length;
      out.progress(patients, demo.patients, `${demo.name}: ${patients} patients, ${done} resources`);
    };
    for (const resource of demo.resources()) {
      // The practice's own Organization was written when the practice was created.
      if (resource.resourceType === 'Organization' && resource.id === practice.id) continue;
      batch.push(resource as unknown as Resource);
      if (resource.resourceType === 'Patient') patients++;
      if (batch.length >= chunk) await write();
    }
    await write();
    await writing;
    for (const site of demo.sites)
      await access.addSite(practice.tenant, {
        id: site.id,
        name: site.name,
        address: `${site.line}, ${site.town.postalCode} ${site.town.name}`,
      });
    for (const person of demo.people)
      await access.createUser(practice.tenant, {
        login: person.login,
        family: person.family,
        given: person.given,
        profession: person.profession,
        roles:
          person.profession === 'administrator'
            ? ['owner', 'administrator']
            : person.profession === 'coordinator'
              ? ['coordinator']
              : [],
        kind: person.kind,
        practitioner: person.practitionerId,
        demo: true,
        ...(person.rpps && { rpps: person.rpps }),
      });
    await store.createMany(practiceTasks(demo.people, today) as unknown as Resource[]);
    await writeMessages(db, store, practice.tenant, demo.people, today);
    await writePlans(store, demo.people, today);
    await writeDocuments(db, store, practice.tenant, demo.people, today);
    await correctDispenses(store);
    practices.push({ ...practice, people: demo.people });
  }
  await writeProgramme({ access, programme }, practices, today);
  await db.owner('demo data: whole', (sql) =>
    sql.query(`update platform.tenant set settings = settings - 'seeding' where settings ? 'seeding'`),
  );
  return true;
}

/** What it creates carries a mark until all is written. */
function marking(access: Access, db: Db): Access {
  const mark = async <P extends { tenant: number }>(making: Promise<P>): Promise<P> => {
    const made = await making;
    await db.owner('demo data: begun', (sql) =>
      sql.query(`update platform.tenant set settings = settings || '{"seeding": true}' where tenant_id = $1`, [
        made.tenant,
      ]),
    );
    return made;
  };
  return {
    ...access,
    createPractice: (...asked) => mark(access.createPractice(...asked)),
    createRegion: (...asked) => mark(access.createRegion(...asked)),
  };
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
  describe: 'Fills an empty installation with the demo region.',
  options: { patients: { type: 'string' } },
  async run(context, { values }, out) {
    const total = typeof values.patients === 'string' ? Math.max(60, Number(values.patients) || 400) : undefined;
    const done = await seedDemo(
      context,
      out,
      new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }),
      total ? [Math.round(total * 0.65), total - Math.round(total * 0.65)] : undefined,
    );
    if (values.json) out.json({ seeded: done });
    else out.line(done ? 'Demo region written.' : 'There are practices already: nothing was changed.');
    return done ? 0 : 1;
  },
};
