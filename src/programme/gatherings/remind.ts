import { record } from '../../platform/index.ts';
import { dayInFrance, type Desk } from '../desk.ts';
import type { Signing } from '../mails/reminders.ts';
import { plannedFor } from '../mails/reminders.rules.ts';
import { projectHeld } from '../projects/reach.ts';
import { mailPeople } from './invite.ts';
import { type PollRow, pollRow, pollsToRemind, silentSince } from './polls.store.ts';
import { takes } from './read-polls.ts';

/** The reminders of date polls that were planned for today, each poll by itself. What was queued tells that it was: a reminder has the day it was planned for in its key. */
export async function remindPollsPlanned(desk: Desk, region: Signing, failed: (error: unknown) => void): Promise<void> {
  const { tenant } = region;
  const today = dayInFrance(desk.now());
  const due = (poll: PollRow | undefined) => (poll ? plannedFor(poll.remindBefore, poll.deadline, today) : undefined);
  for (const { id, project, ...poll } of await desk.db.tenant(tenant, (sql) => pollsToRemind(sql, tenant, today))) {
    const planned = due({ id, project, ...poll });
    if (
      planned === undefined ||
      (await desk.db.tenant(tenant, (sql) => silentSince(sql, tenant, project, id, planned))).length === 0
    )
      continue;
    const reminded = await desk.db
      .transaction(tenant, async (sql) => {
        const held = await projectHeld(sql, tenant, project);
        const row = await pollRow(sql, tenant, project, id);
        const day = due(row);
        if (!held || !row || day === undefined || !takes(row, held, today)) return false;
        const people = await silentSince(sql, tenant, project, id, day);
        if (people.length === 0) return false;
        await mailPeople(sql, { region }, held, row, people, 'reminder', desk.now(), day);
        await record(sql, tenant, [
          {
            actor: 'System',
            action: 'remind',
            target: `Poll/${id}`,
            details: { project, planned: day, mails: people.length },
          },
        ]);
        return true;
      })
      .catch(failed);
    if (reminded) desk.tell(tenant, { topic: 'projects', project });
  }
}
