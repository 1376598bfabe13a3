import type { z } from 'zod';
import { conflict } from '../../platform/index.ts';
import type { cockpitBody, CockpitPart, CockpitReply } from '../contract/wire-cockpits.ts';
import { cockpitOf, placedBlocks, sectionShorts } from '../data/cockpits/cockpits.ts';
import type { PersonCaller, Room } from '../room.ts';
import { listSections, type Shelf } from '../sections/library.ts';
import { arrangementOf, dropArrangement, keepArrangement } from './arrangement.store.ts';
import { each, laidOver } from './order.rules.ts';
import { listsOf } from './patient-lists.ts';
import { practiceOrderOf } from './practice-day.store.ts';

const sectionOf = (entry: string): string | undefined =>
  entry.startsWith('volet:') ? `volet-${entry.slice('volet:'.length)}` : undefined;
function inColumns(
  own: { columns: readonly (readonly string[])[]; hidden: readonly string[] } | undefined,
  columns: readonly (readonly string[])[],
): CockpitReply['cards'] {
  const hidden = each(own?.hidden ?? []);
  const placed = new Set(own?.columns.flat() ?? []);
  const out = columns.map((names, at) =>
    each([...(own?.columns[at] ?? []), ...names.filter((name) => !placed.has(name))]).filter(
      (name) => !hidden.includes(name),
    ),
  );
  return { columns: out, hidden };
}

/** The blocks of my day: my order over the practice's, over the product's; without the lists that my rights leave empty. */
export async function dayOrder(
  room: Room,
  caller: PersonCaller,
): Promise<CockpitReply['day'] & { ofPractice: boolean }> {
  const { choices, practice } = await room.db.tenant(caller.tenant, async (sql) => ({
    ...(await arrangementOf(sql, caller.tenant, caller.practitioner)),
    practice: await practiceOrderOf(sql, caller.tenant, caller.profession),
  }));
  const lists = new Set((await listsOf(room, caller, 'day')).map(({ name }) => `liste:${name}`));
  const offered = (name: string) => !name.startsWith('liste:') || lists.has(name);
  const { order, hidden } = laidOver(
    choices.day,
    laidOver(practice?.day, { order: cockpitOf(caller.profession).day, hidden: [] }),
  );
  return { order: order.filter(offered), hidden: hidden.filter(offered), ofPractice: practice !== undefined };
}

/** What this profession finds here, as this person arranged it. Names only: what each shows is decided under the rights of the moment. */
export async function readCockpit(shelf: Shelf): Promise<CockpitReply> {
  const { room, caller } = shelf;
  const { entries, cards, views } = cockpitOf(caller.profession);
  const { version, choices } = await room.db.tenant(caller.tenant, (sql) =>
    arrangementOf(sql, caller.tenant, caller.practitioner),
  );
  // Whoever enters nothing (the people of a region, administration) has no section to be given.
  const { sections } = entries.length > 0 ? await listSections(shelf) : { sections: [] };
  const inUse = new Map(sections.filter(({ status }) => status === 'active').map((one) => [one.id, one]));
  const named = entries
    .map((entry) => ((id) => (id ? `volet:${id}` : entry))(sectionOf(entry)))
    .filter((entry) => !entry.startsWith('volet:') || inUse.has(entry.slice('volet:'.length)));
  const own = [...inUse.values()].filter(
    ({ id, mine, shipped, draftOf }) => mine && !shipped && draftOf === null && !named.includes(`volet:${id}`),
  );
  const all = [...named, ...own.map(({ id }) => `volet:${id}`)];
  const lists = await listsOf(room, caller);
  const { ofPractice: practiceDay, ...day } = await dayOrder(room, caller);
  return {
    profession: caller.profession,
    version,
    day,
    practiceDay,
    own: (['day', 'entries', 'cards'] as const).filter((part) => choices[part] !== undefined),
    entries: laidOver(choices.entries, { order: all, hidden: [] }),
    cards: inColumns(choices.cards, cards),
    sections: all.flatMap((entry) =>
      ((one) =>
        one
          ? [{ id: one.id, title: one.title, short: sectionShorts[one.id.replace(/^volet-/, '')] ?? one.title }]
          : [])(inUse.get(entry.replace(/^volet:/, ''))),
    ),
    lists: lists.map(({ name, list }) => ({ name, label: list.short, title: list.title })),
    views: views.map(({ label, kinds }) => ({ label, kinds: [...kinds] })),
    placed: [...placedBlocks],
  };
}

/** Keeps my own order. Errors: 409 when it was changed meanwhile, on another screen. */
export async function arrangeCockpit(
  shelf: Shelf,
  { version, ...choices }: z.infer<typeof cockpitBody>,
): Promise<CockpitReply> {
  const { room, caller } = shelf;
  const kept = await room.db.tenant(caller.tenant, async (sql) => {
    const before = await arrangementOf(sql, caller.tenant, caller.practitioner);
    return (
      before.version === version &&
      (await keepArrangement(sql, caller.tenant, caller.practitioner, version, { ...before.choices, ...choices }))
    );
  });
  if (!kept)
    throw conflict(
      'Votre présentation a été changée sur un autre écran. Rechargez la page pour la voir ; rien n’a été modifié ici.',
      { code: 'edited-meanwhile', theirs: await readCockpit(shelf) },
    );
  return readCockpit(shelf);
}
/** One part, or all of it, as it comes for my profession here. */
export async function resetCockpit(shelf: Shelf, part?: CockpitPart): Promise<CockpitReply> {
  const { room, caller } = shelf;
  await room.db.tenant(caller.tenant, async (sql) => {
    const { version, choices } = await arrangementOf(sql, caller.tenant, caller.practitioner);
    const { [part ?? 'day']: _, ...rest } = choices;
    if (part === undefined || Object.keys(rest).length === 0)
      return dropArrangement(sql, caller.tenant, caller.practitioner);
    if (!(await keepArrangement(sql, caller.tenant, caller.practitioner, version, rest)))
      throw conflict(
        'Votre présentation a été changée sur un autre écran. Rechargez la page pour la voir ; rien n’a été modifié ici.',
        { code: 'edited-meanwhile' },
      );
  });
  return readCockpit(shelf);
}
