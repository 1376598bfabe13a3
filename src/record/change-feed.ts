import { remembered } from '../platform/index.ts';

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
interface Recent {
  change: RecordChange;
  at: number;
}

/** Who listens to which record in this process. Publishing costs nothing when nobody does. */
export class ChangeFeed {
  #listeners = new Map<string, Set<Listener>>();
  #all = new Set<Listener>();
  /** Of each record, the last change of each kind by each actor. */
  #recent = new Map<string, Map<string, Recent>>();
  #swept = 0;

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
    const at = performance.now();
    if (at - this.#swept > remembered) this.#sweep(at);
    for (const patient of change.patients) {
      const key = `${change.tenant} ${patient}`;
      const recent = this.#recent.get(key) ?? new Map<string, Recent>();
      this.#recent.set(key, recent.set(`${change.kind} ${change.actor}`, { change, at }));
      for (const listener of this.#listeners.get(key) ?? []) listener(change);
    }
  }
  /** What changed in one patient's record not longer ago than `remembered`, the last change of each kind by each actor, the newest first. `ago`: ms. */
  recent(tenant: number, patient: string): { change: RecordChange; ago: number }[] {
    const now = performance.now();
    return [...(this.#recent.get(`${tenant} ${patient}`)?.values() ?? [])]
      .map(({ change, at }) => ({ change, ago: Math.round(now - at) }))
      .filter(({ ago }) => ago < remembered)
      .sort((a, b) => a.ago - b.ago);
  }
  #sweep(now: number): void {
    this.#swept = now;
    for (const [key, recent] of this.#recent) {
      for (const [of, { at }] of recent) if (at < now - remembered) recent.delete(of);
      if (recent.size === 0) this.#recent.delete(key);
    }
  }
}
