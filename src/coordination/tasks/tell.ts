import { carersOf, type Staff, staffOf, tellNotice } from '../../access/index.ts';
import type { Consumer, Sql } from '../../platform/index.ts';
import type { Room } from '../room.ts';
import { letIn } from './watch.store.ts';

/** Whom a hint about a task reaches: those it is of, the patient's carers, and those who see every task of the practice. */
async function concerned(sql: Sql, tenant: number, payload: Record<string, unknown>): Promise<Set<string>> {
  const staff = await staffOf(sql, tenant);
  const people = new Set<string>();
  for (const key of ['owner', 'before', 'requester', 'by'])
    if (typeof payload[key] === 'string') people.add(payload[key]);
  if (typeof payload.patient === 'string') {
    for (const one of await carersOf(sql, tenant, payload.patient)) people.add(one.practitioner);
    for (const one of staff)
      if (one.roles.includes('coordinator') || practiceWide.has(one.profession)) people.add(one.practitioner);
  } else for (const one of staff) people.add(one.practitioner);
  return people;
}
/** Professions to whom the ready-made table shows every task; a hint too many is read under one's own rights. */
const practiceWide = new Set(['medical-secretary', 'coordinator', 'medical-assistant']);

/** Whom something is asked of: its owner, or those it is offered to. */
async function askedOf(
  sql: Sql,
  tenant: number,
  payload: Record<string, unknown>,
  staff: readonly Staff[],
): Promise<string[]> {
  const asked = async (): Promise<string[]> => {
    if (typeof payload.owner === 'string') return [payload.owner];
    if (typeof payload.offered !== 'string') return [];
    const people = typeof payload.patient === 'string' ? await carersOf(sql, tenant, payload.patient) : staff;
    return people
      .filter((one) => payload.offered === 'team' || one.profession === payload.offered)
      .map((one) => one.practitioner);
  };
  return letIn(sql, tenant, String(payload.task), await asked());
}

export function taskConsumers(room: Room): Consumer[] {
  /** `notice`: one was left too. */
  const hint = async (sql: Sql, tenant: number, payload: Record<string, unknown>, notice = false) => {
    const people = await concerned(sql, tenant, payload);
    return () => {
      for (const one of people)
        room.live.tell(tenant, one, {
          topic: 'tasks',
          task: text(payload.task),
          patient: text(payload.patient),
          notice,
        });
    };
  };
  return [
    {
      name: 'hints of tasks',
      topics: ['task.changed', 'task.eased', 'task.due'],
      handle: (sql, tenant, event) => hint(sql, tenant, event.payload, event.topic === 'task.due'),
    },
    {
      name: 'reminders of tasks',
      topics: ['task.reminded'],
      async handle(sql, tenant, { payload }) {
        const staff = await staffOf(sql, tenant);
        const by = staff.find((one) => one.practitioner === payload.by)?.name ?? 'Quelqu’un';
        const words = `${by} vous relance : une tâche attend${payload.patient ? ' pour ce patient' : ''}.`;
        for (const one of await askedOf(sql, tenant, payload, staff))
          if (one !== payload.by)
            await tellNotice(sql, tenant, {
              practitioner: one,
              kind: 'task-reminder',
              patient: text(payload.patient),
              words,
            });
        return hint(sql, tenant, payload, true);
      },
    },
    {
      name: 'escalations of tasks',
      topics: ['task.escalated'],
      async handle(sql, tenant, { payload }) {
        // One notice at a time: what is shown is the list, which says how many.
        for (const one of await staffOf(sql, tenant))
          if (one.roles.includes('coordinator'))
            await tellNotice(
              sql,
              tenant,
              {
                practitioner: one.practitioner,
                kind: 'task-escalated',
                patient: null,
                words:
                  'Des tâches n’ont pas de responsable, ont été refusées ou sont en retard : voyez « Sans responsable » dans les tâches.',
              },
              { once: true },
            );
        return hint(sql, tenant, payload, true);
      },
    },
  ];
}
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
