import type { Resource } from '../src/fhir/index.ts';
import type { Access } from '../src/access/index.ts';
import type { Db, Out } from '../src/platform/index.ts';
import { writeDocuments } from './documents.ts';
import { demoRegion } from './index.ts';
import { writeMessages } from './messages-command.ts';
import { type DemoTeam, writeProgramme } from './programme.ts';
import { writePlans } from './protocols.ts';
import { correctDispenses } from './rarer.ts';
import type { SeedContext } from './seed-command.ts';
import { practiceTasks } from './tasks.ts';

const chunk = 400;
/** After so many chunks the tables are like what they will be: plans made while they were empty are made again. */
const chunksUntilPlanned = 3;

/** Writes the whole demo region; what is begun carries a mark until all of it is there. */
export async function writeDemo(
  { access: house, fhir, db, programme }: SeedContext,
  out: Out,
  today: string,
  patientsPerPractice?: number[],
): Promise<void> {
  const access = marking(house, db);
  const practices: DemoTeam[] = [];
  let chunks = 0;
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
      if (++chunks === chunksUntilPlanned) await db.owner('demo data: statistics', (sql) => sql.query('analyze'));
      writing = store.transaction((tx) => tx.createMany(ready));
      writing.catch(() => undefined);
      done += ready.length;
      out.progress(patients, demo.patients, `${demo.name} : ${patients} patients, ${done} ressources`);
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
