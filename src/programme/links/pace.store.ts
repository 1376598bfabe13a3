import type { Sql } from '../../platform/index.ts';

/** Counts a try in the window that runs; true while there are no more than `most` of them. Under tenant 0: whoever asks is of no practice. */
export async function countTry(sql: Sql, subject: string, most: number, seconds: number, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ count: number }>(
    `insert into programme.pace as p (tenant_id, subject, since, count) values (0, $1, $2::timestamptz, 1)
     on conflict (tenant_id, subject) do update set count = case when p.since < $2::timestamptz - make_interval(secs => $3) then 1 else p.count + 1 end, since = case when p.since < $2::timestamptz - make_interval(secs => $3) then $2::timestamptz else p.since end
     returning count`,
    [subject, now.toISOString(), seconds],
  );
  if (row!.count === 1)
    await sql.query(`delete from programme.pace where tenant_id = 0 and since < $1::timestamptz - interval '1 day'`, [
      now.toISOString(),
    ]);
  return row!.count <= most;
}
