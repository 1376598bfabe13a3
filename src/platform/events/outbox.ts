import type { Db, Sql } from '../db/db.ts';
import { every } from '../jobs.ts';

/** Something that happened, told to other rooms. `payload` holds identifiers, never content: who reads it asks for its rights again. */
export interface OutboxEvent<P = Record<string, unknown>> {
  seq: number;
  topic: string;
  payload: P;
  /** When it happened. */
  at: Date;
}
export interface Consumer {
  name: string;
  topics: readonly string[];
  /**
   * Runs in the transaction that ends the event. What it returns runs after the commit: what cannot be rolled back (a hint to a browser, a
   * mail) and may then be lost if the process dies in between.
   */
  handle(sql: Sql, tenant: number, event: OutboxEvent): Promise<void | (() => void | Promise<void>)>;
}

/** Tells an event in the caller's transaction: the change and the event stand or fall together. */
export async function publish(
  sql: Sql,
  tenant: number,
  topic: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await sql.query('insert into platform.outbox (tenant_id, topic, payload) values ($1, $2, $3::jsonb)', [
    tenant,
    topic,
    JSON.stringify(payload),
  ]);
}
/** The same for many events of one topic, in one statement. */
export async function publishAll(
  sql: Sql,
  tenant: number,
  topic: string,
  payloads: readonly Record<string, unknown>[],
): Promise<void> {
  if (payloads.length > 0)
    await sql.query(
      'insert into platform.outbox (tenant_id, topic, payload) select $1, $2, one from jsonb_array_elements($3::jsonb) with ordinality e (one, at) order by at',
      [tenant, topic, JSON.stringify(payloads)],
    );
}
/** Does the same event, with the same payload, wait behind this one? What both ask for need then be done once. */
export async function sameWaits(sql: Sql, tenant: number, { seq, topic, payload }: OutboxEvent): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from platform.outbox where tenant_id = $1 and seq > $2::bigint and topic = $3 and payload = $4::jsonb and attempts < $5 limit 1',
    [tenant, String(seq), topic, JSON.stringify(payload), mostAttempts],
  );
  return rows.length > 0;
}

interface Row {
  seq: number;
  topic: string;
  payload: Record<string, unknown> | string;
  at: Date;
}
const batch = 50;
/** After that many failures an event is left where it is, with its failure, for someone to look at. */
const mostAttempts = 8;

export interface Outbox {
  /** Delivers what waits, now; after a commit, so that a hint takes milliseconds. */
  poke(tenant: number): void;
  /** Resolves when nothing that could be delivered is waiting. */
  drained(): Promise<void>;
  stop(): Promise<void>;
}

type Told = () => void | Promise<void>;
const eventOf = ({ seq, topic, payload, at }: Row): OutboxEvent => ({
  seq: Number(seq),
  topic,
  payload: typeof payload === 'string' ? JSON.parse(payload) : payload,
  at,
});
/** The oldest events of a practice; none when another process holds its queue. */
async function waitingFor(sql: Sql, tenant: number): Promise<Row[]> {
  const [held] = await sql.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1::int, 7077) as held', [
    tenant,
  ]);
  if (!held?.held) return [];
  return sql.query<Row>(
    'select seq, topic, payload, at from platform.outbox where tenant_id = $1 and attempts < $2 and not_before <= now() order by seq limit $3',
    [tenant, mostAttempts, batch],
  );
}
const removeEvents = (sql: Sql, tenant: number, rows: readonly Row[]) =>
  sql.query('delete from platform.outbox where tenant_id = $1 and seq = any($2::bigint[])', [
    tenant,
    rows.map((row) => String(row.seq)),
  ]);
/** The event that failed waits longer each time; those behind it go on. */
const putOff = (sql: Sql, tenant: number, row: Row, error: unknown) =>
  sql.query(
    `update platform.outbox set attempts = attempts + 1, failure = $3, not_before = now() + interval '1 second' * power(2, attempts) where tenant_id = $1 and seq = $2::bigint`,
    [tenant, String(row.seq), String((error as Error)?.message ?? error).slice(0, 500)],
  );

/**
 * Delivers events one after the other within a practice. Several processes may run: a practice's queue is held by one of them at a time.
 * @param interval milliseconds between two looks for what nobody poked for (a process that died, an event that waits for its next try)
 */
export function openOutbox(
  db: Db,
  consumers: readonly Consumer[],
  failed: (error: unknown) => void,
  interval = 1_000,
): Outbox {
  const running = new Map<number, Promise<void>>();
  const again = new Set<number>();
  let stopped = false;

  /** @returns whether more may wait */
  async function deliverBatch(tenant: number): Promise<boolean> {
    let current: Row | undefined;
    try {
      const { after, more } = await db.transaction(tenant, async (sql) => {
        const after: Told[] = [];
        const rows = await waitingFor(sql, tenant);
        for (const row of rows) {
          current = row;
          const event = eventOf(row);
          for (const consumer of consumers) {
            const told = consumer.topics.includes(row.topic) && (await consumer.handle(sql, tenant, event));
            if (told) after.push(told);
          }
        }
        if (rows.length > 0) await removeEvents(sql, tenant, rows);
        return { after, more: rows.length === batch };
      });
      // The events are over: what fails now is told, and holds up neither the others nor the queue.
      for (const act of after) await Promise.resolve().then(act).catch(failed);
      return more;
    } catch (error) {
      failed(error);
      if (!current || stopped) return false;
      const row = current;
      await db.tenant(tenant, (sql) => putOff(sql, tenant, row, error));
      return true;
    }
  }
  async function drain(tenant: number): Promise<void> {
    do {
      again.delete(tenant);
      while (!stopped && (await deliverBatch(tenant)));
    } while (again.has(tenant) && !stopped);
  }
  function poke(tenant: number): void {
    if (stopped) return;
    if (running.has(tenant)) {
      again.add(tenant);
      return;
    }
    const run = drain(tenant)
      .catch(failed)
      .finally(() => running.delete(tenant));
    running.set(tenant, run);
  }
  const waiting = () =>
    db.owner('events that wait', (sql) =>
      sql.query<{ tenant_id: number }>(
        'select distinct tenant_id from platform.outbox where attempts < $1 and not_before <= now()',
        [mostAttempts],
      ),
    );
  const look = async () => {
    for (const { tenant_id } of await waiting()) poke(tenant_id);
  };
  const job = every(interval, look, failed);
  return {
    poke,
    async drained() {
      for (;;) {
        await look();
        if (running.size === 0) return;
        await Promise.all(running.values());
      }
    },
    async stop() {
      stopped = true;
      await job.stop();
      await Promise.allSettled(running.values());
    },
  };
}
