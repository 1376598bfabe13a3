import type { PlanDefinition } from '@medplum/fhirtypes';
import { isProfession, mayCall, type PersonCaller, professions, staffOf } from '../../access/index.ts';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import { normalise, today } from '../../record/index.ts';
import { type ProtocolDetail, type ProtocolLine, protocolStates } from '../contract/protocol-lines.ts';
import { type ProtocolModel, protocolThemes } from '../contract/protocol-model.ts';
import { type Shipped, shippedProtocols } from '../data/protocols/index.ts';
import type { Room } from '../room.ts';
import { ext, extensionOf, shippedSystem, textOf } from './codes.ts';
import { later, nextEdition } from './editions.rules.ts';
import { outdatedOf, runningOf } from './library.store.ts';
import { modelOf } from './plan-definition.rules.ts';
import { giveShippedOnce } from './shipped.ts';

/** One protocol as it stands in the store, with its model. */
export interface Held {
  stored: Stored<'PlanDefinition'>;
  definition: PlanDefinition;
  model: ProtocolModel;
}
/** A person at the shelf: what every read and write of the library needs. */
export interface Shelf {
  room: Room;
  caller: PersonCaller;
  store: FhirStore;
  shipped: readonly Shipped[];
}

/** Opens the library of the caller's practice; the protocols that come with the product are in it. */
export async function shelfOf(
  room: Room,
  caller: PersonCaller,
  shipped: readonly Shipped[] = shippedProtocols,
): Promise<Shelf> {
  await giveShippedOnce(room, caller.tenant, shipped);
  return { room, caller, store: room.fhirFor(caller), shipped };
}

export const draftOf = (definition: PlanDefinition): string | null =>
  extensionOf(definition, ext.draftOf)?.valueReference?.reference?.split('/')[1] ?? null;
export const heldOf = (stored: Stored<'PlanDefinition'>): Held | null => {
  const definition = stored.resource;
  const model = ['draft', 'active', 'retired'].includes(definition.status) ? modelOf(definition) : null;
  return model && { stored, definition, model };
};
/** All of the practice; what another software wrote in a shape of its own is not shown here. */
export async function allProtocols(store: FhirStore): Promise<Held[]> {
  const held: Held[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.search('PlanDefinition', [
      ['_count', '100'],
      ...(cursor ? [['_cursor', cursor] as [string, string]] : []),
    ]);
    held.push(...page.resources.flatMap((stored) => heldOf(stored) ?? []));
    cursor = page.next;
  } while (cursor);
  return held;
}
/** @throws 404. */
export async function protocolOf(store: FhirStore, id: string, version?: number): Promise<Held> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw notFound('Ce protocole');
  const held = heldOf(
    version === undefined
      ? await store.read('PlanDefinition', id)
      : await store.readVersion('PlanDefinition', id, String(version)),
  );
  if (!held) throw notFound('Ce protocole');
  return held;
}

const toReview = (model: ProtocolModel, status: string, day: string): boolean =>
  status !== 'retired' && model.reviewDate !== null && model.reviewDate < day;
export const editionOf = (definition: PlanDefinition): string => definition.version ?? '';

interface Around {
  running: ReadonlyMap<string, number>;
  /** Draft by the protocol that it stands beside. */
  drafts: ReadonlyMap<string, Held>;
  /** Edition in force, by protocol. */
  editions: ReadonlyMap<string, string>;
}
export async function around(shelf: Shelf, all: readonly Held[]): Promise<Around> {
  const drafts = all.flatMap((held): [string, Held][] =>
    draftOf(held.definition) ? [[draftOf(held.definition)!, held]] : [],
  );
  return {
    running: await shelf.store.sql((sql) => runningOf(sql, shelf.caller.tenant)),
    drafts: new Map(drafts),
    editions: new Map(all.map((held) => [held.stored.id, editionOf(held.definition)])),
  };
}
export function lineOf(
  { room, caller, shipped }: Shelf,
  { stored, definition, model }: Held,
  { running, drafts, editions }: Around,
): ProtocolLine {
  const roles = [...new Set(model.steps.flatMap((step) => step.roles))].filter(isProfession);
  const key = definition.identifier?.find((one) => one.system === shippedSystem)?.value;
  const newest = shipped.find((one) => one.key === key);
  const beside = draftOf(definition);
  const draft = drafts.get(stored.id);
  const taken = textOf(draft?.definition, ext.shipped) ?? textOf(definition, ext.shipped) ?? '0';
  const state = definition.status as ProtocolLine['state'];
  return {
    id: stored.id,
    version: stored.version,
    title: model.title,
    theme: model.theme,
    themeLabel: protocolThemes[model.theme],
    summary: model.summary,
    state,
    stateLabel: protocolStates[state],
    edition:
      state === 'draft'
        ? nextEdition(beside ? editions.get(beside) : undefined, beside ? textOf(definition, ext.shipped) : undefined)
        : editionOf(definition),
    reviewDate: model.reviewDate,
    toReview: toReview(model, state, today(room.now())),
    roles: roles.map((code) => ({ code, label: professions[code].fr })),
    steps: model.steps.length,
    shipped: key !== undefined,
    running: running.get(stored.id) ?? 0,
    changed: definition.date ?? stored.updated,
    by: room.directory.who(caller, extensionOf(definition, ext.recorder)?.valueReference, stored.updated),
    offered:
      newest && state === 'active' && later(newest.edition, taken)
        ? { edition: newest.edition, published: newest.published }
        : null,
    draftOf: beside,
    draft: draft?.stored.id ?? null,
  };
}
const may = async ({ room, caller }: Shelf) => ({
  write: await mayCall(room.db, caller, { practice: 'write-protocols' }),
  publish: await mayCall(room.db, caller, { practice: 'publish-protocols' }),
});

/** The library: what is in force first, by theme and title; drafts beside a protocol are told by it, and shown to who may write. */
export async function listProtocols(shelf: Shelf, query: { q?: string | undefined; state?: string | undefined }) {
  const { store, room } = shelf;
  const all = await allProtocols(store);
  await room.directory.learn(
    store,
    all.map((one) => one.stored),
  );
  const rights = await may(shelf);
  const near = await around(shelf, all);
  const words = normalise(query.q ?? '')
    .split(' ')
    .filter(Boolean);
  const order = ['active', 'draft', 'retired'];
  const protocols = all
    .filter(
      ({ definition }) =>
        (query.state ? definition.status === query.state : definition.status !== 'retired') &&
        (rights.write || definition.status !== 'draft'),
    )
    .filter(({ model }) => {
      const text = normalise([model.title, protocolThemes[model.theme], model.summary, model.patients.words].join(' '));
      return words.every((word) => text.includes(word));
    })
    .map((held) => lineOf(shelf, held, near))
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        a.themeLabel.localeCompare(b.themeLabel, 'fr') ||
        a.title.localeCompare(b.title, 'fr'),
    );
  return { protocols, mayWrite: rights.write, mayPublish: rights.publish };
}

/** One protocol, whole; an older version of it on demand. */
export async function protocolDetail(shelf: Shelf, id: string, version?: number): Promise<ProtocolDetail> {
  const { store, room, caller } = shelf;
  const current = await protocolOf(store, id);
  const held =
    version === undefined || version === current.stored.version ? current : await protocolOf(store, id, version);
  const rights = await may(shelf);
  if (held.definition.status === 'draft' && !rights.write) throw notFound('Ce protocole');
  const { versions } = await store.history('PlanDefinition', id, { count: 100 });
  await room.directory.learn(store, [held.stored, ...versions]);
  const line = lineOf(shelf, held, await around(shelf, await allProtocols(store)));
  const published = new Map<string, Stored<'PlanDefinition'>>();
  // The first version of an edition is the one that was put in force; versions come newest first.
  for (const one of versions)
    if (!one.deleted && one.resource.status === 'active') published.set(editionOf(one.resource), one);
  const sight = await store.sight('read');
  // Taken out of use and put back, an edition is the same under another version.
  const inForce = published.get(editionOf(current.definition))?.version ?? current.stored.version;
  return {
    ...line,
    model: held.model,
    mayEdit: rights.write && held.definition.status !== 'retired' && held === current,
    mayPublish: rights.publish && held === current,
    editions: [...published].map(([edition, one]) => {
      const definition = one.resource;
      return {
        edition,
        version: one.version,
        from: definition.approvalDate ?? one.updated,
        by: room.directory.who(caller, extensionOf(definition, ext.recorder)?.valueReference, one.updated),
        note: textOf(definition, ext.note) ?? '',
      };
    }),
    outdated:
      current.definition.status === 'active'
        ? await store.sql((sql) => outdatedOf(sql, caller.tenant, sight, id, inForce))
        : 0,
  };
}

/** Professions that someone in the practice has. */
export const heldProfessions = async (shelf: Shelf): Promise<Set<string>> =>
  new Set(
    (await shelf.store.sql((sql) => staffOf(sql, shelf.caller.tenant)))
      .filter((one) => one.kind === 'care')
      .map((one) => one.profession),
  );
