import { keyOf } from '../../fhir/index.ts';
import { invalid, record } from '../../platform/index.ts';
import { actorOf } from '../../access/index.ts';
import { needsPatientId } from '../../record/index.ts';
import type { changeEntries } from '../contract/changes.ts';
import type { Part } from '../part.ts';
import type { Ctx, Room } from '../room.ts';
import { mark, unmark } from './changes.store.ts';
import { listChanges } from './list-changes.ts';

/** COO-10: what others did to my patients since I last looked. */
export function openChanges(room: Room): Part<typeof changeEntries> {
  const keyOfCaller = (ctx: Ctx) => String(keyOf(`Practitioner/${ctx.caller.practitioner}`));
  return {
    handlers: {
      changes: ({ query }, ctx) => listChanges(room, ctx.caller, query),
      markSeen: async ({ body }, ctx) => {
        const until = new Date(body.until);
        if (Number.isNaN(until.getTime()) || until.getTime() > room.now().getTime() + 60_000)
          throw invalid('Ce moment n’est pas lisible, ou il est à venir. Rien n’a été modifié.', {
            until: 'Rechargez la page puis recommencez.',
          });
        if (body.patient !== null) {
          needsPatientId(body.patient);
          await room.fhirFor(ctx.caller).read('Patient', body.patient);
        }
        await room.db.transaction(ctx.tenant, async (sql) => {
          await mark(sql, ctx.tenant, keyOfCaller(ctx), body.patient, until.toISOString());
          await record(sql, ctx.tenant, [
            {
              ...actorOf(ctx.caller),
              action: 'mark-seen',
              target: body.patient ? `Patient/${body.patient}` : '*',
              ...(body.patient && { patients: [body.patient] }),
            },
          ]);
        });
        return { undo: true };
      },
      unmarkSeen: async ({ body }, ctx) => {
        await room.db.transaction(ctx.tenant, (sql) => unmark(sql, ctx.tenant, keyOfCaller(ctx), body.patient));
      },
    },
  };
}
