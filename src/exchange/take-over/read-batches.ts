import { stat } from 'node:fs/promises';
import type { Bunzip2Thread } from './bunzip2-thread.ts';
import { stampOf } from './find-files.ts';
import { type Limits, UnreadableFile } from './limits.ts';
import { type Manifest, manifestOf, missingFrom, unpackedName } from './manifest.ts';
import { openFile } from './open-file.ts';
import { identify } from './prepare-batch.ts';
import { type RawEntry, readEntries } from './read-entries.ts';
import type { RunFile } from './run.store.ts';

/** What comes out of the files, in order. */
export type Step =
  | { kind: 'batch'; file: RunFile; raws: RawEntry[]; keys: Set<string>; read: number }
  | { kind: 'end'; file: RunFile }
  | { kind: 'refused'; file: RunFile; reason: string; foreign: boolean };

/** Entries of one statement: enough to make the round trip cheap, few enough to keep the memory and the locks small. */
const batchEntries = 1_000;

/** Reads the files in batches in which no identity comes twice; goes on where a file was left. */
export async function* readBatches(
  files: readonly RunFile[],
  thread: Bunzip2Thread,
  limits: Limits,
  source: string,
  fresh: boolean,
): AsyncGenerator<Step> {
  /** Lines of the files that were read to their end. */
  const lines = new Map<string, number>();
  const manifests: { manifest: Manifest; file: RunFile }[] = [];
  for (const original of files) {
    if (!fresh && original.state !== 'waiting' && original.state !== 'reading') {
      if (original.state === 'done') lines.set(unpackedName(original.name), original.done);
      continue;
    }
    const file = { ...original };
    try {
      const info = await stat(file.path).catch(() => {
        throw new UnreadableFile('Le fichier n’est plus là.');
      });
      const stamp = stampOf(info);
      // Another content under the name: from the beginning; what is already in is recognised.
      if (fresh || stamp !== file.stamp) Object.assign(file, { done: 0, atByte: 0, stamp });
      const canSkip = file.atByte > 0;
      const opened = await openFile(file.path, thread, limits, file.atByte);
      const skipped = canSkip && opened.wrapping === 'plain';
      let raws: RawEntry[] = [];
      let keys = new Set<string>();
      const cut = (): Step => {
        const step: Step = { kind: 'batch', file, raws, keys, read: Math.min(opened.read(), file.bytes) };
        raws = [];
        keys = new Set();
        return step;
      };
      let manifest: Manifest | null = null;
      const onManifest = (value: unknown) => {
        manifest = manifestOf(value);
        return manifest !== null;
      };
      let last = file.done;
      const from = { place: file.done, at: file.atByte, skipped };
      for await (const raw of readEntries(opened, limits, from, onManifest)) {
        const key = identify(raw, source)?.key;
        last = raw.place;
        if (key !== undefined && keys.has(key)) yield cut();
        raws.push(raw);
        if (key !== undefined) keys.add(key);
        if (raws.length >= batchEntries) yield cut();
      }
      if (raws.length > 0) yield cut();
      // What it announces is counted once the others are read.
      if (manifest !== null) manifests.push({ manifest, file });
      else {
        lines.set(unpackedName(file.name), last);
        yield { kind: 'end', file };
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { kind: 'refused', file, reason: error.message, foreign: error.foreign };
    }
  }
  for (const { manifest, file } of manifests) {
    const reason = missingFrom(manifest, file, files, lines);
    yield reason === null ? { kind: 'end', file } : { kind: 'refused', file, reason, foreign: false };
  }
}

/** Runs one step ahead of the reader: files are read and parsed while the database works. */
export async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  next.catch(() => undefined);
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = source.next();
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await source.return(undefined).catch(() => undefined);
  }
}
