import type { z } from 'zod';
import type { Sql } from '../../platform/index.ts';
import type { told } from '../applications/contract.ts';
import { renouncedIn } from '../places/places.store.ts';
import { notifiedOutcome } from './decisions.store.ts';

/** What a team is told of the decision on its file: nothing before the officer notifies. */
export async function toldOf(
  sql: Sql,
  tenant: number,
  { id, edition }: { id: string; edition: string },
): Promise<z.infer<typeof told> | null> {
  const row = await notifiedOutcome(sql, tenant, edition, id);
  const renounced = row ? (await renouncedIn(sql, tenant, edition)).get(id) : undefined;
  return row
    ? {
        outcome: row.outcome,
        rank: row.rank,
        waiting: row.waiting,
        words: row.because.words,
        at: row.notifiedAt.toISOString(),
        letter: row.letter,
        renouncedAt: renounced?.toISOString() ?? null,
      }
    : null;
}
