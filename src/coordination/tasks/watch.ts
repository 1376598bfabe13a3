import { professionCodes, rightsOf, staffOf, tellNotice } from '../../access/index.ts';
import { eachInTurn, publish, type Sql } from '../../platform/index.ts';
import { today } from '../../record/index.ts';
import type { Room } from '../room.ts';
import { troubleOf } from './due.rules.ts';
import {
  dueToday,
  holdWatch,
  noteDeaths,
  noteDueTold,
  noteTrouble,
  practicesWithTasks,
  tasksToWatch,
} from './watch.store.ts';

/**
 * Once a minute: what nobody owns, what is late or was refused is shown to the coordinator, once; what is due today is told to its owner.
 * Several processes may look: what was told already is not told again, and a practice is looked at by one of them at a time.
 */
export async function watchTasks(room: Room): Promise<void> {
  const practices = await room.db.owner('practices with open tasks', practicesWithTasks);
  await eachInTurn(practices.map((tenant) => () => watchPractice(room, tenant)));
}
export async function watchPractice(room: Pick<Room, 'db' | 'now'>, tenant: number): Promise<void> {
  // Who sees every task of the practice takes care of nobody in particular, and leaves no team.
  const everywhere: string[] = [];
  for (const profession of professionCodes)
    if ((await rightsOf(room.db, tenant, profession)).tasks.reach === 'practice') everywhere.push(profession);
  await room.db.transaction(tenant, async (sql) => {
    if (!(await holdWatch(sql, tenant))) return;
    await noteDeaths(sql, tenant);
    await escalate(sql, tenant, everywhere, room.now());
    await remindOfToday(sql, tenant, room.now());
  });
}
async function escalate(sql: Sql, tenant: number, everywhere: readonly string[], now: Date): Promise<void> {
  for (const row of await tasksToWatch(sql, tenant, everywhere, now)) {
    const trouble = troubleOf(
      { ...row, handover: row.task_kind === 'handover', ownerIs: row.owner_is, absentUntil: row.absent_until },
      now,
    );
    if (trouble === row.trouble) continue;
    await noteTrouble(sql, tenant, row.id, trouble, now);
    const told = { task: row.id, trouble, patient: row.patient_id };
    await publish(sql, tenant, trouble && !row.trouble ? 'task.escalated' : 'task.eased', told);
  }
}
/** From eight o’clock on, one notice a person for all that is due that day. */
async function remindOfToday(sql: Sql, tenant: number, now: Date): Promise<void> {
  const found = await dueToday(sql, tenant, today(now), now);
  if (found.length === 0) return;
  const open = new Set((await staffOf(sql, tenant)).map((one) => one.practitioner));
  for (const [owner, tasks] of Map.groupBy(found, (one) => one.owner)) {
    await noteDueTold(
      sql,
      tenant,
      tasks.map(({ id }) => id),
    );
    if (!open.has(owner)) continue;
    await tellNotice(sql, tenant, {
      practitioner: owner,
      kind: 'task-due',
      patient: null,
      words:
        tasks.length === 1 ? 'Une tâche est à faire aujourd’hui.' : `${tasks.length} tâches sont à faire aujourd’hui.`,
    });
    await publish(sql, tenant, 'task.due', { owner });
  }
}
