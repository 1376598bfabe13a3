import { isUtf8 } from 'node:buffer';
import { isResourceType, type JsonResource, parseExact } from '../../fhir/index.ts';
import { partsOf, type Scope, scopeOf } from './identity.ts';
import { type Limits, UnreadableFile } from './limits.ts';
import type { OpenedFile } from './open-file.ts';
import { size } from './open-file.ts';

export type Json = Record<string, unknown>;
/** With its type and its id, as the store takes it in. */
export const isWhole = (value: Json): value is JsonResource & { id: string } =>
  typeof value.id === 'string' && typeof value.resourceType === 'string' && isResourceType(value.resourceType);
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One resource as it lies in a file. */
export interface RawEntry {
  unit: 'entry' | 'line';
  /** 1 is the first. */
  place: number;
  /** Of the decompressed text, after this line. */
  endByte: number;
  /** Absent when it could not be read: then `problem` says why and `text` is what was there. */
  resource?: Json;
  text?: string;
  problem?: string;
  fullUrl?: string;
  request?: { method: string; url: string; ifNoneExist?: string };
  /** The other entries of the same bundle. */
  scope?: Scope;
  /** Not last of its place: the checkpoint waits (a bundle on one line). */
  more?: boolean;
  /** What it was before, out of a history: newest first. */
  earlier?: Json[];
}

const newline = 0x0a;

/** A text read line by line, or, from where one stands, whole. */
class Lines {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #most: number;
  #piece: Buffer = Buffer.alloc(0);
  #from = 0;
  /** Bytes of the text up to the end of the last line given. */
  end = 0;
  constructor(pieces: AsyncIterable<Uint8Array>, most: number) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#most = most;
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#pieces.next();
    if (done) return false;
    this.#piece = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    this.#from = 0;
    return true;
  }

  /** The next line without its end; null after the last. */
  async next(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const at = this.#piece.indexOf(newline, this.#from);
      const part = this.#piece.subarray(this.#from, at < 0 ? undefined : at);
      parts.push(part);
      length += part.length;
      if (length > this.#most)
        throw new UnreadableFile(`Une ligne ou un bundle dépasse ${size(this.#most)} : découpez le fichier.`);
      if (at >= 0) {
        this.#from = at + 1;
        this.end += length + 1;
        return parts.length === 1 ? part : Buffer.concat(parts);
      }
      this.#from = this.#piece.length;
      if (!(await this.#more())) {
        if (length === 0) return null;
        this.end += length;
        return Buffer.concat(parts);
      }
    }
  }

  /** Everything that is left. */
  async *rest(): AsyncGenerator<Buffer> {
    do yield this.#piece.subarray(this.#from);
    while (await this.#more());
    this.#piece = Buffer.alloc(0);
  }
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

const blank = (line: Buffer): boolean => {
  for (const byte of line) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
};
const withoutBom = (line: Buffer): Buffer =>
  line.length >= 3 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? line.subarray(3) : line;

function parse(bytes: Buffer): { value?: unknown; problem?: string } {
  if (!isUtf8(bytes)) return { problem: 'Le texte n’est pas en UTF-8 : enregistrez le fichier en UTF-8.' };
  try {
    return { value: parseExact(bytes.toString('utf8')) };
  } catch (error) {
    const at = error instanceof Error ? / at position (\d+)/.exec(error.message)?.[1] : undefined;
    return {
      problem: `Ce n’est pas du JSON lisible (${at === undefined ? 'le texte s’arrête trop tôt' : `erreur au caractère ${Number(at) + 1}`}).`,
    };
  }
}

/**
 * Resources of a file, in order. Read line by line when its first line is a whole JSON object that others follow; held whole otherwise.
 * @param done lines already dealt with (`at` bytes of text): passed over
 * @param onOther is given what is JSON and nothing of FHIR; true when it knows what it is
 */
export async function* readEntries(
  file: OpenedFile,
  limits: Limits,
  done: { place: number; at: number; skipped: boolean } = { place: 0, at: 0, skipped: false },
  onOther?: (value: unknown) => boolean,
): AsyncGenerator<RawEntry> {
  const lines = new Lines(file.pieces, Math.max(limits.whole, limits.line));
  try {
    // A plain file starts right after the lines that are done; a compressed one is read again up to there.
    const base = done.skipped ? done.at : 0;
    const firsts: { line: Buffer; end: number; place: number }[] = [];
    let place = done.skipped ? done.place : 0;
    while (firsts.length < 2) {
      const next = await lines.next();
      if (next === null) break;
      place++;
      const line = place === 1 ? withoutBom(next) : next;
      if (!blank(line)) firsts.push({ line, end: base + lines.end, place });
    }
    if (firsts.length === 0) {
      if (done.place > 0) return;
      throw new UnreadableFile('Le fichier est vide.', true);
    }
    const start = firsts[0]!.line.toString('latin1', 0, 4096).trimStart()[0];
    if (!done.skipped && start !== '{' && start !== '[')
      throw new UnreadableFile('Ce n’est pas du FHIR en JSON.', true);
    if (done.skipped || looksLikeLines(firsts)) {
      for (const first of firsts)
        if (first.place > done.place) yield* ofLine(first.line, first.place, first.end, limits);
      for (;;) {
        const line = await lines.next();
        if (line === null) return;
        place++;
        if (place > done.place && !blank(line)) yield* ofLine(line, place, base + lines.end, limits);
      }
    }
    const parts = firsts.flatMap((first) => [first.line, Buffer.from('\n')]);
    let length = parts.reduce((sum, part) => sum + part.length, 0);
    for await (const part of lines.rest()) {
      parts.push(part);
      length += part.length;
      if (length > limits.whole)
        throw new UnreadableFile(
          `Le bundle dépasse ${size(limits.whole)} : découpez-le, ou donnez les ressources ligne par ligne (NDJSON).`,
        );
    }
    const { value, problem } = parse(Buffer.concat(parts));
    if (problem !== undefined) throw new UnreadableFile(problem);
    const all = entriesOf(value);
    if (all === null && onOther?.(value)) return;
    if (all === null) throw new UnreadableFile('Ce n’est pas du FHIR : il n’y a pas de « resourceType ».', true);
    for (const [i, entry] of all.entries())
      if (i + 1 > done.place) yield { unit: 'entry', place: i + 1, endByte: 0, ...entry };
  } finally {
    await lines.close();
  }
}

/** One resource a line: the first line is a whole object and another follows; or the first is broken and the second is whole. */
function looksLikeLines(firsts: readonly { line: Buffer }[]): boolean {
  const [first, second] = firsts.map(({ line }) => parse(line).value);
  if (isObject(first))
    return firsts.length > 1 || (first.resourceType !== 'Bundle' && first.resourceType !== undefined);
  return isObject(second) && typeof second.resourceType === 'string';
}

function* ofLine(line: Buffer, place: number, endByte: number, limits: Limits): Generator<RawEntry> {
  const where = { unit: 'line' as const, place, endByte };
  if (line.length > limits.line) {
    yield { ...where, problem: `La ligne dépasse ${size(limits.line)}.`, text: line.toString('utf8', 0, 2000) };
    return;
  }
  const { value, problem } = parse(line);
  if (problem !== undefined) {
    yield { ...where, problem, text: line.toString('utf8', 0, 1_000_000) };
    return;
  }
  const all = entriesOf(value);
  if (all === null)
    yield {
      ...where,
      problem: 'Ce n’est pas une ressource FHIR : il n’y a pas de « resourceType ».',
      text: line.toString('utf8', 0, 1_000_000),
    };
  else for (const [i, entry] of all.entries()) yield { ...where, ...entry, more: i < all.length - 1 };
}

type Inside = Omit<RawEntry, 'unit' | 'place' | 'endByte'>;

/** What a JSON value holds: a bundle's entries, an array's items, or itself. Null when it is nothing of FHIR. */
function entriesOf(value: unknown): Inside[] | null {
  if (Array.isArray(value))
    return value.flatMap(
      (item): Inside[] => entriesOf(item) ?? [{ problem: 'Ce n’est pas une ressource FHIR.', text: short(item) }],
    );
  if (!isObject(value) || typeof value.resourceType !== 'string') return null;
  if (value.resourceType !== 'Bundle') return [{ resource: value }];
  if (!Array.isArray(value.entry)) return [];
  const entries = value.entry.filter(isObject);
  const scope = scopeOf(entries);
  const seen = value.type === 'history' ? new Map<string, Json[]>() : undefined;
  return entries.flatMap((entry): Inside[] => {
    const request =
      isObject(entry.request) && typeof entry.request.method === 'string' && typeof entry.request.url === 'string'
        ? {
            method: entry.request.method.toUpperCase(),
            url: entry.request.url,
            ...(typeof entry.request.ifNoneExist === 'string' && { ifNoneExist: entry.request.ifNoneExist }),
          }
        : undefined;
    const { resource } = entry;
    const removed = resource === undefined && request?.method === 'DELETE' ? partsOf(request.url) : null;
    // Deleted at its source: its versions before are no data any more.
    if (seen && removed && !seen.has(`${removed.type}/${removed.id}`)) seen.set(`${removed.type}/${removed.id}`, []);
    if (resource === undefined) {
      if (request?.method === 'DELETE' || request?.method === 'PATCH')
        return [
          {
            request,
            problem: `L’entrée demande ${request.method === 'DELETE' ? 'une suppression' : 'une modification partielle'} : une reprise n’en fait pas.`,
            text: short(entry),
          },
        ];
      return [];
    }
    // What a search says of itself is not data.
    if (isObject(entry.search) && entry.search.mode === 'outcome') return [];
    if (!isObject(resource)) return [{ problem: 'L’entrée ne contient pas de ressource.', text: short(entry) }];
    if (resource.resourceType === 'OperationOutcome') return [];
    const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl : undefined;
    if (seen) {
      // A history gives the newest version first: the others are the past.
      const key = `${resource.resourceType}/${String(resource.id)}`;
      const before = seen.get(key);
      before?.push(resource);
      if (before) return [];
      const earlier: Json[] = [];
      seen.set(key, earlier);
      return [{ resource, fullUrl, request, scope, earlier }];
    }
    return [{ resource, fullUrl, request, scope }];
  });
}

const short = (value: unknown): string => {
  try {
    return JSON.stringify(value)?.slice(0, 1_000_000) ?? '';
  } catch {
    return '';
  }
};
