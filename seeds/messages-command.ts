import { changeBoxState, insertAbsence, noteStep, setRead } from '../src/coordination/index.ts';
import type { FhirStore, Resource } from '../src/fhir/index.ts';
import type { Db } from '../src/platform/index.ts';
import { demoAbsence, demoBoxes, demoThreads } from './messages.ts';
import type { DemoPerson } from './staff.ts';

/** Writes a demo practice's conversations as they were said, then who has read them, who handles what and who is absent. */
export async function writeMessages(
  db: Db,
  store: FhirStore,
  tenant: number,
  people: readonly DemoPerson[],
  today: string,
): Promise<void> {
  const key = people.some((one) => one.login === 'soizic.abgrall') ? 'abers' : 'redon';
  const threads = demoThreads(key, people, today);
  await store.createMany(demoBoxes(people) as unknown as Resource[]);
  // Started before breakfast, the demo has said nothing that is still to come.
  const said = threads.flatMap((one) => one.resources);
  for (const [at, one] of said.entries())
    if (one.resourceType === 'Communication' && Date.parse(one.sent!) > Date.now())
      one.sent = new Date(Date.now() - (said.length - at) * 60_000).toISOString();
  await store.createMany(said as unknown as Resource[]);
  await db.transaction(tenant, async (sql) => {
    for (const { id, read, box, resources } of threads) {
      const messages = resources.filter((one) => one.resourceType === 'Communication') as {
        sent?: string;
        recipient?: { reference?: string }[];
      }[];
      const last = new Date(messages.at(-1)!.sent!);
      for (const practitioner of read)
        await setRead(
          sql,
          tenant,
          id,
          practitioner,
          messages.length,
          new Date(Math.min(last.getTime() + 25 * 60_000, Date.now())),
        );
      const boxId = messages[0]!.recipient?.map((one) => /^Group\/(.+)$/.exec(one.reference ?? '')?.[1]).find(Boolean);
      if (!box?.handler || !boxId) continue;
      const when = new Date(box.at!);
      await changeBoxState(
        sql,
        tenant,
        id,
        { box: boxId, box_state: 'open', handler: null },
        { state: box.state, handler: box.handler },
        when,
      );
      await noteStep(
        sql,
        tenant,
        id,
        { act: 'take', practitioner: box.handler },
        box.state === 'done' ? new Date(when.getTime() - 4 * 60_000) : when,
      );
      if (box.state === 'done') await noteStep(sql, tenant, id, { act: 'done', practitioner: box.handler }, when);
    }
    await insertAbsence(sql, tenant, demoAbsence(key, people, today));
  });
}
