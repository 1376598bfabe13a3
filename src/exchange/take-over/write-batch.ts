import { type Edition, exactText, FhirProblem, type Importer, type ImportTrace } from '../../fhir/index.ts';
import { mergedState } from '../../access/index.ts';
import { type Sql, sqlState } from '../../platform/index.ts';
import { type ChangeRow, saveChanges, saveOrigins, savePending } from './origin.store.ts';
import type { Known, Origins } from './origins.ts';
import type { Batch, Decided } from './prepare-batch.ts';
import { closeLines, type Reject, saveRejects } from './quarantine.store.ts';
import type { Step } from './read-batches.ts';
import { beat, type Counts, markFile, type Run } from './run.store.ts';
import { kindOfSetAside } from './masking.ts';
import { count, type Tally } from './tally.ts';
import { wordsOfMerge } from './words.ts';

export type ReadyItem = Awaited<ReturnType<Importer['prepare']>>[number];
type Written = Awaited<ReturnType<Importer['write']>>[number];

/** Writes batches, each in one transaction with the room's own rows and its checkpoint. */
export class BatchWriter {
  readonly tenant: number;
  readonly run: Run;
  readonly importer: Importer;
  readonly trace: ImportTrace;
  readonly origins: Origins;
  readonly tally: Tally;
  /** Origins of lines of the quarantine that wait. */
  readonly waiting = new Set<string>();
  /** Rows, so far. */
  written = 0;

  constructor(given: Pick<BatchWriter, 'tenant' | 'run' | 'importer' | 'trace' | 'origins' | 'tally'>) {
    this.tenant = given.tenant;
    this.run = given.run;
    this.importer = given.importer;
    this.trace = given.trace;
    this.origins = given.origins;
    this.tally = given.tally;
  }

  /** @param turn the write before: this one ends after it, so that the checkpoint never runs ahead of what is in. */
  async write(step: Step & { kind: 'batch' }, batch: Batch, ready: ReadyItem[], turn?: Promise<void>): Promise<void> {
    const prepared = new Map(ready.map((item) => [`${item.prepared.type}/${item.prepared.id}`, item]));
    const touched = new Set<Known>(this.origins.takeUnsaved());
    for (const one of batch.decided)
      if (one.known && (one.item || (one.outcome === 'existing' && !one.older))) touched.add(one.known);
    await this.#writeSome(step, batch.decided, prepared, [...touched], batch, true, turn);
    this.origins.saved([...touched]);
  }

  /** Writes some of a batch; when the database refuses, finds the culprit by halves and sets it aside. */
  async #writeSome(
    step: Step & { kind: 'batch' },
    decided: readonly Decided[],
    ready: ReadonlyMap<string, ReadyItem>,
    touched: readonly Known[],
    batch: Batch,
    last: boolean,
    turn?: Promise<void>,
  ): Promise<void> {
    const items = decided.flatMap((one) => (one.item ? [ready.get(`${one.type}/${one.item.resource.id}`)!] : []));
    const past = { run: this.run.id, editions: await this.importer.prepareEditions(decided.flatMap(takenBack)) };
    let counts: Counts = {};
    let written: Written[] = [];
    let editions: readonly Edition[] = [];
    try {
      written = await this.importer.write(
        items,
        this.trace,
        async (sql, result, taken) => {
          editions = taken;
          counts = structuredClone(this.tally.counts);
          await this.#also(
            sql,
            step,
            decided,
            result,
            last ? touched : decided.flatMap((one) => (one.known && one.item ? [one.known] : [])),
            batch,
            counts,
            last,
          );
        },
        turn,
        past,
      );
    } catch (error) {
      const state = sqlState(error) ?? '';
      const taken = error instanceof FhirProblem && error.status === 409;
      const merged = state === mergedState;
      if (!taken && !merged && !/^(22|23|54)/.test(state)) throw error;
      const doubtful = items.some((item) => item.expect === 'new');
      if (taken && doubtful) {
        // Somebody took one of the ids meanwhile: look before writing.
        for (const item of items) if (item.expect === 'new') item.expect = 'absent';
        return this.#writeSome(step, decided, ready, touched, batch, last, turn);
      }
      if (decided.length > 1) {
        const half = decided.length >> 1;
        await this.#writeSome(step, decided.slice(0, half), ready, touched, batch, false, turn);
        return this.#writeSome(step, decided.slice(half), ready, touched, batch, last, turn);
      }
      const one = decided[0];
      if (!one?.item || !one.known) throw error;
      if (merged) this.#setAside(one, 'merged', wordsOfMerge(error));
      else
        this.#setAside(
          one,
          'refused',
          'La base de données ne peut pas enregistrer cette ressource (une valeur est hors limites ou trop longue).',
        );
      return this.#writeSome(step, decided, ready, touched, batch, last, turn);
    }
    const results = byPlace(written);
    for (const { item, type, known } of decided) {
      const result = item && results.get(`${type}/${known!.id}`);
      if (result?.done) known!.version = result.version;
    }
    for (const one of decided) if (one.known) one.known.edition = editionNow(one, results.get(placeOf(one)));
    this.tally.editionsOf(decided, editions);
    this.tally.counts = counts;
    this.written += written.length;
  }

  #setAside(one: Decided, cause: Reject['cause'], words: string): void {
    const { known, item } = one;
    known!.content = one.before?.beforeContent ?? null;
    known!.saidAt = one.saidBefore ?? null;
    one.outcome = 'rejected';
    one.reject = {
      unit: one.raw.unit,
      place: one.raw.place,
      type: one.type,
      origin: known!.hash,
      originKey: known!.key,
      targetId: known!.id,
      kind: kindOfSetAside(item!.resource),
      contentHash: one.contentHash,
      cause,
      issues: [{ path: '', words }],
      content: exactText(item!.resource),
    };
    delete one.item;
    delete one.before;
  }

  /** The room's own rows, in the transaction of the batch. */
  async #also(
    sql: Sql,
    step: Step & { kind: 'batch' },
    decided: readonly Decided[],
    written: readonly Written[],
    touched: readonly Known[],
    batch: Batch,
    counts: Counts,
    last: boolean,
  ): Promise<void> {
    const { tenant, run } = this;
    const results = byPlace(written);
    const changes: ChangeRow[] = [];
    for (const one of decided) {
      const result = one.item && results.get(`${one.type}/${one.known!.id}`);
      if (result && !result.done)
        this.#setAside(
          one,
          result.why,
          result.why === 'exists'
            ? 'Une ressource de même identifiant existe déjà dans la structure : elle n’a pas été remplacée.'
            : result.deleted
              ? 'Cette ressource a été supprimée ici depuis la reprise précédente : elle n’a pas été remise.'
              : 'Cette ressource a été modifiée ici depuis la reprise précédente : votre version est gardée, celle du fichier est mise de côté.',
        );
      else if (result?.done && one.before)
        changes.push({ origin: one.known!.hash, type: one.type, id: one.known!.id, ...one.before });
      count(counts, one.type, one.outcome);
    }
    const entered = decided.flatMap(({ known, outcome, older }) =>
      known && outcome !== 'rejected' && !older && this.waiting.has(known.hash) ? [known.hash] : [],
    );
    if (entered.length > 0) await closeLines(sql, tenant, entered, `reprise n° ${run.id}`);
    const rejects = decided.flatMap((one) => (one.reject ? [{ ...one.reject, file: step.file.name }] : []));
    for (const reject of rejects) this.tally.note(step.file, reject);
    const ofKnown = new Map(decided.flatMap((one) => (one.known ? [[one.known, one] as const] : [])));
    const rows = touched.map((known) => {
      const result = results.get(`${known.type}/${known.id}`);
      const edition = ofKnown.has(known) ? editionNow(ofKnown.get(known)!, result) : known.edition;
      return { ...this.origins.rowOf(known), version: result?.done ? result.version : known.version, edition };
    });
    if (rows.length > 0) await saveOrigins(sql, tenant, rows);
    if (changes.length > 0) await saveChanges(sql, tenant, run.id, changes);
    if (rejects.length > 0) await saveRejects(sql, tenant, run.id, rejects);
    if (!last) return;
    if (batch.pending.length > 0) await savePending(sql, tenant, run.id, batch.pending);
    const end = step.raws.findLast((raw) => !raw.more);
    if (end) Object.assign(step.file, { done: end.place, atByte: end.endByte });
    await markFile(sql, tenant, run.id, { ...step.file, state: 'reading', reason: null });
    this.tally.advance(step, step.raws.length);
    await beat(sql, tenant, run.id, this.tally.progress, counts);
  }
}

const placeOf = ({ type, known }: Decided): string => `${type}/${known?.id}`;
const takenBack = ({ past, outcome }: Decided) => (outcome === 'rejected' ? [] : (past?.take ?? []));

/** A number that something else bore here meanwhile is not the source's: what it says of editions ends where it did. */
function editionNow({ item, known, editionBefore = null }: Decided, result: Written | undefined): number | null {
  if (!item?.version || !result?.done) return known!.edition;
  const goesOn = result.before === null || result.before === editionBefore;
  return goesOn && result.version === item.version ? item.version : editionBefore;
}

const byPlace = (written: readonly Written[]) =>
  new Map(written.map((result) => [`${result.type}/${result.id}`, result]));
