import { isUnavailable } from '../../platform/index.ts';

/**
 * Gathers what comes in while the database is busy into one call: under load one round trip, one plan and one commit serve many
 * requests; alone, a request goes out at once. `run` gets at most `most` items and answers each in order.
 */
export class Gather<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #most: number;
  readonly #lanes: number;
  #waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  #busy = 0;
  #scheduled = false;
  constructor(run: (items: Item[]) => Promise<Result[]>, options: { most: number; lanes: number }) {
    this.#run = run;
    this.#most = options.most;
    this.#lanes = options.lanes;
  }

  push(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      // Everything the sockets delivered in this turn of the loop goes together.
      setImmediate(() => {
        this.#scheduled = false;
        this.#drain();
      });
    });
  }

  #drain(): void {
    while (this.#busy < this.#lanes && this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      this.#busy++;
      this.#go(batch).finally(() => {
        this.#busy--;
        this.#drain();
      });
    }
  }

  async #go(
    batch: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[],
  ): Promise<void> {
    try {
      const results = await this.#run(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, i) => {
        waiting.resolve(results[i]!);
      });
    } catch (error) {
      // Asked again of a database that went away, what was done would be refused as there already.
      if (batch.length === 1 || isUnavailable(error)) {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      // One bad item must not fail its neighbours: each gets its own call and its own error.
      for (const waiting of batch)
        await this.#run([waiting.item]).then(
          ([result]) => waiting.resolve(result!),
          (alone) => waiting.reject(alone),
        );
    }
  }
}
