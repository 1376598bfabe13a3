import { FhirProblem, type FhirStore, newId, type Resource, type ResourceOf, type Stored } from '../../fhir/index.ts';
import { conflict, notFound, Problem } from '../../platform/index.ts';
import type { PersonCaller, Room } from '../room.ts';

/** Where what the team writes for everyone is kept (sections, letter templates): drafts beside what is in use, editions over one id. */
export interface Shelved {
  room: Room;
  caller: PersonCaller;
  store: FhirStore;
}
export type Edited = 'Questionnaire' | 'Library';
export interface OnShelf<T extends Edited = Edited> {
  stored: Stored<T>;
}
export interface KindOfEdition<S extends Shelved, T extends Edited, H extends OnShelf<T>> {
  type: T;
  /** How its addresses begin, without the last «:»: `urn:estran:volet`. */
  address: string;
  /** In the trace («volet»), in what is told («volet», «modèle»; masculine), and where it is not found («Ce modèle de courrier»). */
  words: { trace: string; noun: string; missing: string };
  /** Marks of ours: the draft of what; which edition of the product it is, `key|edition`. */
  marks: { draftOf: string; shipped: string };
  held: (stored: Stored<T>) => H;
  /** What comes with the product, as it is put into a practice. */
  shipped: (shelf: S) => readonly { key: string; edition: string; resource: () => Resource }[];
}
export interface EditionFlaw {
  words: string;
  severity: 'error' | 'warning';
}
/** `1.0` → `1.1`; nothing → `1.0`. */
const nextEdition = (edition: string | undefined): string => {
  const [major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(edition ?? '')?.slice(1) ?? [];
  return edition ? `${major}.${Number(minor) + 1}` : '1.0';
};
const edited = ({ stored }: OnShelf): ResourceOf<Edited> => stored.resource;

const asHouse =
  ({ words }: { words: { trace: string } }) =>
  (store: FhirStore, what: string): FhirStore =>
    store.asHouse(`${words.trace} : ${what}`);

/** What is on the shelf of a practice, of one kind. */
function shelvesOf<S extends Shelved, T extends Edited, H extends OnShelf & OnShelf<T>>(kind: KindOfEdition<S, T, H>) {
  const { type, address, words, marks } = kind;
  const house = asHouse(kind);
  const missing = () => notFound(words.missing);
  const ours = (one: H): boolean => edited(one).url?.startsWith(`${address}:`) ?? false;
  const mark = (one: H, url: string): string | null =>
    edited(one).extension?.find((each) => each.url === url)?.valueString ?? null;
  const draftOf = (one: H): string | null => mark(one, marks.draftOf);

  const given = new WeakMap<Room, Set<number>>();
  /** Puts what comes with the product into a practice that has not had it; what the practice made of one stays. */
  async function give(shelf: S): Promise<void> {
    const done = given.get(shelf.room) ?? new Set<number>();
    given.set(shelf.room, done);
    if (done.has(shelf.caller.tenant)) return;
    const store = house(shelf.store, 'livrés avec le produit');
    const there = new Set((await stored(store)).map((one) => one.stored.id));
    const lacking = kind
      .shipped(shelf)
      .map(({ resource }) => resource())
      .filter(({ id }) => !there.has(id!));
    // Another process may give them at the same moment: then they are there.
    if (lacking.length > 0)
      await store.createMany(lacking).catch((error: unknown) => {
        if (!(error instanceof FhirProblem) || ![409, 410, 412].includes(error.status)) throw error;
      });
    done.add(shelf.caller.tenant);
  }
  async function stored(store: FhirStore): Promise<H[]> {
    const { resources } = await store.search(type, [
      ['url:below', address],
      ['_count', '500'],
    ]);
    return resources.map(kind.held).filter(ours);
  }
  async function all(shelf: S): Promise<H[]> {
    await give(shelf);
    return stored(shelf.store);
  }
  /** Errors: 404. */
  async function one(shelf: S, id: string): Promise<H> {
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw missing();
    await give(shelf);
    const found = await shelf.store.read(type, id).then(kind.held, (error: unknown) => {
      if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return undefined;
      throw error;
    });
    if (!found || !ours(found)) throw missing();
    return found;
  }
  return {
    all,
    one,
    missing,
    mark,
    draftOf,
    /** What every line of a list says of one. */
    standing(shelf: S, held: H, among: readonly H[]) {
      const { version, status } = edited(held);
      const own = mark(held, marks.shipped);
      const from = kind.shipped(shelf).find(({ key }) => own?.startsWith(`${key}|`));
      return {
        id: held.stored.id,
        edition: version ?? '',
        version: held.stored.version,
        status: status as 'draft' | 'active' | 'retired',
        shipped: from !== undefined && own === `${from.key}|${version}`,
        newer: from !== undefined && own !== `${from.key}|${from.edition}`,
        draft: among.find((other) => draftOf(other) === held.stored.id)?.stored.id ?? null,
        draftOf: draftOf(held),
      };
    },
  };
}

/** The acts of one kind; the contract has said who writes it: it is of the practice, in nobody's record. */
export function editionsOf<S extends Shelved, T extends Edited, H extends OnShelf & OnShelf<T>>(
  kind: KindOfEdition<S, T, H>,
) {
  const { type, words, marks } = kind;
  const shelves = shelvesOf(kind);
  const { all, one, mark, draftOf } = shelves;
  const house = asHouse(kind);
  const editedMeanwhile = () =>
    conflict(
      `Ce ${words.noun} a été modifié par quelqu’un d’autre depuis que vous l’avez ouvert. Rechargez-le pour voir sa version ; la vôtre reste sur cet écran.`,
      { code: 'edited-meanwhile' },
    );
  async function seen(shelf: S, id: string, version: number): Promise<H> {
    const found = await one(shelf, id);
    if (found.stored.version !== version) throw editedMeanwhile();
    return found;
  }
  async function replace(store: FhirStore, resource: Resource, version: number): Promise<void> {
    try {
      await house(store, 'écriture').update(resource, { ifMatch: `W/"${version}"` });
    } catch (error) {
      if (error instanceof FhirProblem && error.status === 412) throw editedMeanwhile();
      throw error;
    }
  }
  const begin = async (shelf: S, resource: Resource): Promise<void> =>
    void (await house(shelf.store, 'brouillon').create(resource));

  return {
    ...shelves,
    begin,
    /** A draft is changed in place; one in use gets a draft beside it. Gives the id of the draft. */
    async change(
      shelf: S,
      id: string,
      version: number,
      made: (to: {
        id: string;
        draftOf: string | null;
        edition: string | undefined;
        shipped: string | null;
      }) => Resource,
    ): Promise<string> {
      const held = await seen(shelf, id, version);
      const { status, version: edition } = edited(held);
      if (status === 'retired')
        throw conflict(`Ce ${words.noun} est retiré : remettez-le en service, ou copiez-le. Rien n’a été modifié.`);
      const shipped = mark(held, marks.shipped);
      if (status === 'draft') {
        await replace(shelf.store, made({ id, draftOf: draftOf(held), edition, shipped }), version);
        return id;
      }
      const other = (await all(shelf)).find((each) => draftOf(each) === id);
      if (other)
        throw conflict(
          `Ce ${words.noun} a déjà un brouillon : continuez-le, ou jetez-le d’abord. Rien n’a été modifié.`,
          { code: 'draft-exists', draft: other.stored.id },
        );
      const draft = newId();
      await begin(shelf, made({ id: draft, draftOf: id, edition, shipped }));
      return draft;
    },
    /** Writes a draft as the next edition over the id of what it changes, so that the history of the resource holds every edition. Gives that id. */
    async publish<F extends EditionFlaw>(
      shelf: S,
      id: string,
      version: number,
      flaws: { of: (draft: H) => readonly F[]; told: (errors: readonly F[]) => object },
      made: (draft: H, to: { id: string; edition: string; date: string }) => Resource,
    ): Promise<string> {
      const draft = await seen(shelf, id, version);
      if (edited(draft).status !== 'draft')
        throw conflict(`Ce ${words.noun} n’est pas un brouillon : modifiez-le pour préparer une nouvelle édition.`);
      const errors = flaws.of(draft).filter(({ severity }) => severity === 'error');
      if (errors.length > 0) {
        const title = `${words.noun[0]!.toUpperCase()}${words.noun.slice(1)} à corriger`;
        throw new Problem(
          422,
          title,
          `${errors.length > 1 ? `${errors.length} points empêchent` : 'Un point empêche'} sa mise en service : ${errors[0]!.words} Le brouillon est conservé.`,
          { extra: { code: 'not-ready', ...flaws.told(errors) } },
        );
      }
      const base = draftOf(draft);
      return shelf.store.transaction(async (tx) => {
        const current = base === null ? undefined : await one({ ...shelf, store: tx }, base);
        await replace(
          tx,
          made(draft, {
            id: base ?? id,
            edition: nextEdition(current && edited(current).version),
            date: shelf.room.now().toISOString(),
          }),
          current?.stored.version ?? version,
        );
        if (current) await house(tx, 'mise en service').delete(type, id, { ifMatch: `W/"${version}"` });
        return base ?? id;
      });
    },
    async retire(shelf: S, id: string, { version, back }: { version: number; back: boolean }): Promise<void> {
      const held = await seen(shelf, id, version);
      if (edited(held).status !== (back ? 'retired' : 'active'))
        throw conflict(
          back
            ? `Ce ${words.noun} n’est pas retiré.`
            : `Seul un ${words.noun} en service se retire ; un brouillon se jette.`,
        );
      const next: ResourceOf<Edited> = { ...edited(held), status: back ? 'active' : 'retired' };
      await replace(shelf.store, next, version);
    },
    async drop(shelf: S, id: string, { version }: { version: number }): Promise<void> {
      const held = await seen(shelf, id, version);
      if (edited(held).status !== 'draft')
        throw conflict(`Seul un brouillon se jette ; un ${words.noun} en service se retire.`);
      await house(shelf.store, 'brouillon jeté').delete(type, id, { ifMatch: `W/"${version}"` });
    },
  };
}
