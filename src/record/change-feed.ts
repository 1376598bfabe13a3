/** What became of the store, told after the commit: a hint, nothing of the content. */
export interface RecordChange {
  tenant: number;
  type: string;
  id: string;
  version: number;
  patients: readonly string[];
  /** Code of access/kinds-of-data.ts. */
  kind: string;
  /** 'Practitioner/…', 'Client/…', 'System'. */
  actor: string;
  actorName: string;
  deleted: boolean;
}
type Listener = (change: RecordChange) => void;

/** Who listens to which record in this process. Publishing costs nothing when nobody does. */
export class ChangeFeed {
  #listeners = new Map<string, Set<Listener>>();
  #all = new Set<Listener>();

  /** Hears of one patient's record until the returned function is called. */
  listen(tenant: number, patient: string, listener: Listener): () => void {
    const key = `${tenant} ${patient}`;
    const set = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.#listeners.get(key) === set) this.#listeners.delete(key);
    };
  }
  /** Hears of everything; for the room's own memory. */
  listenToAll(listener: Listener): void {
    this.#all.add(listener);
  }
  publish(change: RecordChange): void {
    for (const listener of this.#all) listener(change);
    for (const patient of change.patients)
      for (const listener of this.#listeners.get(`${change.tenant} ${patient}`) ?? []) listener(change);
  }
}
