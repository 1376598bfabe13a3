import { actorOf, type Bounds, saidIfMany, saidOf } from '../access/index.ts';
import { dayInFrance, type Db, forbidden, record } from '../platform/index.ts';
import { addShare, lastShare, rawMonths, type ShareRow } from './use-figures.store.ts';
import type { PersonCaller } from './room.ts';

/** What is said of a month: counts, nothing about fewer than eleven patients, nobody's name. */
export interface UseMonth {
  /** `2025-03`. */
  month: string;
  /** Patients in whose record somebody wrote, and those for whom two professions at least did. */
  records: Bounds;
  shared: Bounds;
  /** Who wrote; null in a month of fewer than eleven records. */
  professionals: number | null;
  professions: number | null;
  /** Of the structure, not of patients: meetings held, protocols that somebody follows. */
  meetings: number;
  protocols: number;
  /** About patients; null when they are fewer than eleven. */
  messages: number | null;
  tasks: number | null;
}

/**
 * The practice's figures of use, for a project of the regional programme (docs/adr/0016): main.ts hands them to the programme, which cannot reach a record by itself.
 * The practice says whether it shows them, in its own tenant; without it `read` refuses, whoever asks.
 */
export function openUseFigures(db: Db, now: () => Date = () => new Date()) {
  return {
    shareOf: (practice: number, project: string): Promise<ShareRow | undefined> =>
      db.tenant(practice, (sql) => lastShare(sql, practice, project)),
    /** Shows the figures, or takes them back. Errors: 403 for anyone who is not of this practice. */
    async share(
      practice: number,
      project: string,
      shared: boolean,
      caller: PersonCaller,
      at: Date = now(),
    ): Promise<void> {
      if (caller.tenant !== practice || caller.region)
        throw forbidden('Une structure ouvre elle-même ses chiffres d’usage.');
      await db.transaction(practice, async (sql) => {
        if (((await lastShare(sql, practice, project))?.shared ?? false) === shared) return;
        await addShare(sql, practice, { project, shared, by: caller.practitioner, byName: caller.name, at });
        await record(sql, practice, [
          { ...actorOf(caller), action: shared ? 'share-figures' : 'withdraw-figures', target: `Project/${project}` },
        ]);
      });
    },
    /** Months that are over. Errors: 403 unless the practice shows them to this project */
    async read(practice: number, project: string, months: readonly string[]): Promise<UseMonth[]> {
      return db.transaction(practice, async (sql) => {
        if (!(await lastShare(sql, practice, project))?.shared)
          throw forbidden('La structure n’a pas ouvert ses chiffres d’usage à ce projet.');
        const current = dayInFrance(now()).slice(0, 7);
        const over = months.filter((month) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month < current);
        const raw = over.length > 0 ? await rawMonths(sql, practice, over) : [];
        await record(sql, practice, [
          { actor: 'System', action: 'read-figures', target: `Project/${project}`, details: { months: over } },
        ]);
        return raw.map((one) => {
          const { whole, part } = saidOf(one.records, one.shared);
          return {
            month: one.month,
            records: whole,
            shared: part,
            professionals: saidIfMany(one.professionals, one.records),
            professions: saidIfMany(one.professions, one.records),
            meetings: one.meetings,
            protocols: one.protocols,
            messages: saidIfMany(one.messages, one.messagesOf),
            tasks: saidIfMany(one.tasks, one.tasksOf),
          };
        });
      });
    },
  };
}
