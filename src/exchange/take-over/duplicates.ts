import { asJson, type Importer } from '../../fhir/index.ts';
import type { Json } from './read-entries.ts';
import { keysOfTraits, shownPatient, traitsOf } from './traits.ts';

export interface Duplicate {
  /** In the files: `fichier, entrée 1`. */
  where: string;
  patient: string;
  /** The other one: in the files or in the practice (then with its id). */
  otherWhere: string;
  other: string;
  otherId: string | null;
  why: 'ins' | 'name';
}

/** Finds patients who are perhaps one person: among the files and against the practice (IDV-1: same INS, or same birth name, first given name and birth date). */
export class Duplicates {
  readonly #importer: Importer;
  /** Pairs that were told, the other way round too. */
  readonly #told = new Set<string>();
  readonly #seen = new Map<string, { where: string; patient: string; key: string }>();
  #found: Duplicate[] = [];
  #waiting: { where: string; id: string; resource: Json }[] = [];
  total = 0;
  constructor(importer: Importer) {
    this.#importer = importer;
  }

  get list(): readonly Duplicate[] {
    return this.#found;
  }
  /** `key`: its identity at the source; `id`: where it goes in the store. */
  async add(resource: Json, where: string, key: string, id: string): Promise<void> {
    const patient = shownPatient(resource);
    for (const trait of keysOfTraits(traitsOf(resource))) {
      const before = this.#seen.get(trait);
      if (!before) {
        if (this.#seen.size < 400_000) this.#seen.set(trait, { where, patient, key });
      } else if (before.key !== key) {
        this.#take({
          where,
          patient,
          otherWhere: before.where,
          other: before.patient,
          otherId: null,
          why: trait.startsWith('ins') ? 'ins' : 'name',
        });
        break;
      }
    }
    this.#waiting.push({ where, id, resource });
    if (this.#waiting.length >= 400) await this.finish();
  }

  /** One who came in: stands in the practice now, like those who came with them. */
  async addTaken(resource: Json & { id: string }): Promise<void> {
    this.#waiting.push({ where: `Patient/${resource.id}`, id: resource.id, resource });
    if (this.#waiting.length >= 400) await this.finish();
  }

  /** Compares those who wait with the practice. */
  async finish(): Promise<void> {
    const all = this.#waiting.map((one) => ({ ...one, traits: traitsOf(one.resource) }));
    this.#waiting = [];
    if (all.length === 0) return;
    const here = await this.#importer.look((look) =>
      look.bornOn([...new Set(all.flatMap((one) => one.traits.birthDate ?? []))]),
    );
    const byKey = new Map<string, { id: string; shown: string }[]>();
    for (const stored of here)
      for (const key of keysOfTraits(traitsOf(asJson(stored.resource))))
        byKey.set(key, [...(byKey.get(key) ?? []), { id: stored.id, shown: shownPatient(asJson(stored.resource)) }]);
    for (const { where, id, resource, traits } of all)
      for (const key of keysOfTraits(traits)) {
        const other = byKey.get(key)?.find((one) => one.id !== id && !this.#told.has(`${one.id} ${id}`));
        if (!other) continue;
        this.#told.add(`${id} ${other.id}`);
        this.#take({
          where,
          patient: shownPatient(resource),
          otherWhere: 'dans la structure',
          other: other.shown,
          otherId: other.id,
          why: key.startsWith('ins') ? 'ins' : 'name',
        });
        break;
      }
  }

  #take(duplicate: Duplicate): void {
    this.total++;
    if (this.#found.length < 200) this.#found.push(duplicate);
  }
}
