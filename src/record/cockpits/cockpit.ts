import type { z } from 'zod';
import { conflict } from '../../platform/index.ts';
import type { cockpitBody, CockpitReply } from '../contract/wire-cockpits.ts';
import { cockpitOf, placedBlocks, sectionShorts } from '../data/cockpits/cockpits.ts';
import type { PersonCaller, Room } from '../room.ts';
import { listSections, type Shelf } from '../sections/library.ts';
import { arrangementOf, dropArrangement, keepArrangement } from './arrangement.store.ts';
import { listsOf } from './patient-lists.ts';

const sectionOf = (entry: string): string | undefined => (entry.startsWith('volet:') ? `volet-${entry.slice('volet:'.length)}` : undefined);
const each = (names: readonly string[]): string[] => [...new Set(names)];
/** My order first, then what I did not place; what is hidden leaves the order. */
function ordered(own: { order: readonly string[]; hidden: readonly string[] } | undefined, names: readonly string[]) {
  const hidden = each(own?.hidden ?? []).filter((name) => names.includes(name) || own?.order.includes(name));
  const order = each([...(own?.order ?? []), ...names]).filter((name) => !hidden.includes(name));
  return { order, hidden: each(own?.hidden ?? []) };
}
function inColumns(own: { columns: readonly (readonly string[])[]; hidden: readonly string[] } | undefined, columns: readonly (readonly string[])[]): CockpitReply['cards'] {
  const hidden = each(own?.hidden ?? []);
  const placed = new Set(own?.columns.flat() ?? []);
  const out = columns.map((names, at) => each([...(own?.columns[at] ?? []), ...names.filter((name) => !placed.has(name))]).filter((name) => !hidden.includes(name)));
  return { columns: out, hidden };
}

/** The blocks of my day in my order, without the lists that my rights leave empty. */
export async function dayOrder(room: Room, caller: PersonCaller): Promise<CockpitReply['day']> {
  const { choices } = await room.db.tenant(caller.tenant, (sql) => arrangementOf(sql, caller.tenant, caller.practitioner));
  const offered = new Set((await listsOf(room, caller, 'day')).map(({ name }) => `liste:${name}`));
  return ordered(choices.day, cockpitOf(caller.profession).day.filter((name) => !name.startsWith('liste:') || offered.has(name)));
}

/** What this profession finds here, as this person arranged it. Names only: what each shows is decided under the rights of the moment. */
export async function readCockpit(shelf: Shelf): Promise<CockpitReply> {
  const { room, caller } = shelf;
  const { entries, cards, views } = cockpitOf(caller.profession);
  const { version, choices } = await room.db.tenant(caller.tenant, (sql) => arrangementOf(sql, caller.tenant, caller.practitioner));
  // Whoever enters nothing (the people of a region, administration) has no section to be given.
  const { sections } = entries.length > 0 ? await listSections(shelf) : { sections: [] };
  const inUse = new Map(sections.filter(({ status }) => status === 'active').map((one) => [one.id, one]));
  const named = entries.map((entry) => ((id) => (id ? `volet:${id}` : entry))(sectionOf(entry))).filter((entry) => !entry.startsWith('volet:') || inUse.has(entry.slice('volet:'.length)));
  const own = [...inUse.values()].filter(({ id, mine, shipped, draftOf }) => mine && !shipped && draftOf === null && !named.includes(`volet:${id}`));
  const all = [...named, ...own.map(({ id }) => `volet:${id}`)];
  const lists = await listsOf(room, caller);
  return {
    profession: caller.profession, version, day: await dayOrder(room, caller), entries: ordered(choices.entries, all), cards: inColumns(choices.cards, cards),
    sections: all.flatMap((entry) => ((one) => (one ? [{ id: one.id, title: one.title, short: sectionShorts[one.id.replace(/^volet-/, '')] ?? one.title }] : []))(inUse.get(entry.replace(/^volet:/, '')))),
    lists: lists.map(({ name, list }) => ({ name, label: list.short, title: list.title })), views: views.map(({ label, kinds }) => ({ label, kinds: [...kinds] })), placed: [...placedBlocks],
  };
}

/** Keeps my own order. Errors: 409 when it was changed meanwhile, on another screen. */
export async function arrangeCockpit(shelf: Shelf, { version, ...choices }: z.infer<typeof cockpitBody>): Promise<CockpitReply> {
  const { room, caller } = shelf;
  const kept = await room.db.tenant(caller.tenant, async (sql) => {
    const before = await arrangementOf(sql, caller.tenant, caller.practitioner);
    return before.version === version && (await keepArrangement(sql, caller.tenant, caller.practitioner, version, { ...before.choices, ...choices }));
  });
  if (!kept) throw conflict('Votre présentation a été changée sur un autre écran. Rechargez la page pour la voir ; rien n’a été modifié ici.', { code: 'edited-meanwhile', theirs: await readCockpit(shelf) });
  return readCockpit(shelf);
}
export async function resetCockpit(shelf: Shelf): Promise<CockpitReply> {
  const { room, caller } = shelf;
  await room.db.tenant(caller.tenant, (sql) => dropArrangement(sql, caller.tenant, caller.practitioner));
  return readCockpit(shelf);
}
