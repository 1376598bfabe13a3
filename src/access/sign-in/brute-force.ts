import { type Db, Problem } from '../../platform/index.ts';
import { sha256 } from './secrets.ts';

/** Tries that cost nothing, then the wait doubles at each failure up to `most` seconds: slowed, never locked out for good (SEC-1). */
const pace = { account: { free: 4, most: 300 }, address: { free: 30, most: 600 } } as const;
type Subject = { kind: keyof typeof pace; value: string };

export const accountSubject = (value: string): Subject => ({ kind: 'account', value });
export const addressSubject = (value: string): Subject => ({ kind: 'address', value });

// While tries are free there is nothing to wait for: two that arrive in the same millisecond must not slow one another.
// A try is counted before the proof is checked: a hundred at once are a hundred failures, not one.
// A wait longer than any that is given comes from a clock that was ahead and was set right: it would keep people out for as long as the clock was wrong.
const reserve = `insert into access.attempt as a (tenant_id, subject, failures, last_at, next_at) values (0, $1, 1, $2::timestamptz, '-infinity')
  on conflict (tenant_id, subject) do update set last_at = $2::timestamptz,
    failures = case when a.last_at < $2::timestamptz - interval '1 day' then 1 else a.failures + 1 end,
    next_at = case when a.last_at < $2::timestamptz - interval '1 day' or a.failures + 1 <= $3 then '-infinity'::timestamptz
              else $2::timestamptz + least($4::int, power(2, least(20, a.failures + 1 - $3))::int) * interval '1 second' end
  where a.next_at <= $2::timestamptz or a.last_at < $2::timestamptz - interval '1 day' or a.next_at > $2::timestamptz + $4::int * interval '1 second' + interval '1 minute'
  returning failures`;

const key = (subject: Subject) => `${subject.kind}:${sha256(subject.value)}`;

export interface BruteForce {
  /** Counts a try for each subject, or refuses it (429) while one of them must wait. */
  attempt(subjects: readonly Subject[]): Promise<void>;
  /** The proof was right: the account starts afresh, the address gets its try back. */
  succeeded(subjects: readonly Subject[]): Promise<void>;
}

export function createBruteForce(db: Db, clock: () => Date): BruteForce {
  return {
    async attempt(subjects) {
      const now = clock().toISOString();
      await db.tenant(0, async (sql) => {
        for (const subject of subjects) {
          const { free, most } = pace[subject.kind];
          const rows = await sql.query(reserve, [key(subject), now, free, most]);
          if (rows.length > 0) continue;
          const [row] = await sql.query<{ wait: number }>(
            'select ceil(extract(epoch from next_at - $2::timestamptz))::int as wait from access.attempt where tenant_id = 0 and subject = $1',
            [key(subject), now],
          );
          const wait = Math.max(1, row?.wait ?? 1);
          throw new Problem(
            429,
            'Trop d’essais',
            `Trop d’essais se sont suivis. Patientez ${wait < 60 ? `${wait} s` : `${Math.ceil(wait / 60)} min`} puis réessayez.`,
            { headers: { 'retry-after': String(wait) }, extra: { retryAfter: wait } },
          );
        }
      });
    },
    async succeeded(subjects) {
      await db.tenant(0, async (sql) => {
        for (const subject of subjects) {
          if (subject.kind === 'account')
            await sql.query('delete from access.attempt where tenant_id = 0 and subject = $1', [key(subject)]);
          else
            await sql.query(
              'update access.attempt set failures = greatest(0, failures - 1) where tenant_id = 0 and subject = $1',
              [key(subject)],
            );
        }
      });
    },
  };
}
