import type { Handlers } from '../platform/index.ts';
import type { patientEntries } from './contract/wire-patients.ts';
import { draftOf, draftsOf, dropDraft, keepDraft } from './drafts.store.ts';
import { patientsByKey } from './identity/patient-index.store.ts';
import type { Ctx, Room } from './room.ts';

/** Of one person, what is begun and not sent; of one patient, or of all. */
export const draftsFor = async (room: Room, { caller }: Ctx, patient: string | undefined) => ({
  drafts: await named(
    room,
    caller,
    await room.db.tenant(caller.tenant, (sql) => draftsOf(sql, caller.tenant, caller.practitioner, patient)),
  ),
});

export type Drafts = Pick<typeof patientEntries, 'drafts' | 'draft' | 'keepDraft' | 'dropDraft'>;
export const draftHandlers = (room: Room): Handlers<Drafts, Ctx> => ({
  drafts: ({ query }, ctx) => draftsFor(room, ctx, query.patient),
  draft: async ({ params }, { caller }) => {
    const draft = await room.db.tenant(caller.tenant, (sql) =>
      draftOf(sql, caller.tenant, caller.practitioner, params.key),
    );
    return draft && (await named(room, caller, [draft]))[0]!;
  },
  keepDraft: async ({ params, body }, { caller }) => {
    const { tenant, practitioner } = caller;
    const kept = await room.db.tenant(tenant, (sql) =>
      keepDraft(sql, tenant, practitioner, { ...body, key: params.key, patient: body.patient ?? null }),
    );
    return (await named(room, caller, [kept]))[0]!;
  },
  dropDraft: ({ params }, { caller }) =>
    room.db.tenant(caller.tenant, (sql) => dropDraft(sql, caller.tenant, caller.practitioner, params.key)),
});

async function named<D extends { patient: string | null }>(
  room: Room,
  caller: Ctx['caller'],
  drafts: readonly D[],
): Promise<(D & { patientName: string | null })[]> {
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  const found = await store.sql((sql) =>
    patientsByKey(sql, caller.tenant, sight, [
      ...new Set(drafts.map((draft) => draft.patient).filter((id) => id !== null)),
    ]),
  );
  return drafts.map((draft) => ({
    ...draft,
    patientName: draft.patient ? (found.get(draft.patient)?.brief.name ?? null) : null,
  }));
}
