import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { kindsOfData } from '../access/index.ts';
import { type Command, CommandError, type Db, makeFolder, type Out, record, UsageError } from '../platform/index.ts';
import { histories } from './export-history.store.ts';
import { leaving } from './interactions/outgoing.ts';
import { keyOf } from './store/concerns.ts';

interface Row {
  rid: number;
  type: string;
  content: string;
}

const privateNotes = kindsOfData['private-notes'].bit;
/** What goes out: what the practice holds, or one professional's own notes. */
interface Share {
  /** Condition on a row, with its one parameter `key`. */
  kept: (row: string) => string;
  key: string | null;
  manifest: string;
  /** Names of files, without their ending. */
  fileOf: (type: string) => string;
  past: string;
  /** As the ledger names it. */
  target: string;
}
const ofPractice: Share = {
  kept: (row) => `${row}.kind <> ${privateNotes} and $2::bigint is null`,
  key: null,
  manifest: 'manifest.json',
  fileOf: (type) => type,
  past: 'history',
  target: '*',
};
const notesOf = (author: string): Share => ({
  kept: (row) => `${row}.kind = ${privateNotes} and ${row}.author = $2::bigint`,
  key: String(keyOf(`Practitioner/${author}`)),
  manifest: `notes-${author}.json`,
  fileOf: () => `notes-${author}`,
  past: `history-notes-${author}`,
  target: `Practitioner/${author}/notes`,
});

/**
 * Gives a practice's data back: one NDJSON file a resource type, one of what they were before, and, when all is written, a manifest with counts. A professional's own notes are not the
 * practice's: they are in none of these files; each author's go into files of their own, when asked for, to be handed to that person alone (DOS-9).
 * What was deleted does not go out, nor its past.
 */
export const exportCommand: Command<{
  db: Db;
  practice(id: string): Promise<{ tenant: number; id: string; name: string }>;
}> = {
  name: 'export',
  usage: 'DOSSIER --practice ID [--notes-of PROFESSIONNEL] [--json]',
  describe:
    'Rend toutes les données d’une structure en FHIR NDJSON, un fichier par type, leurs éditions antérieures (history.ndjson) et un manifeste ; ou les seules notes personnelles d’un professionnel.',
  takes: 1,
  options: { practice: { type: 'string' }, 'notes-of': { type: 'string' } },
  async run({ db, practice }, { values, positionals, cwd, signal }, out) {
    if (!positionals[0] || typeof values.practice !== 'string')
      throw new UsageError('export demande un dossier et --practice ID.');
    const author = values['notes-of'];
    if (author !== undefined && (typeof author !== 'string' || !/^[A-Za-z0-9\-.]{1,64}$/.test(author)))
      throw new CommandError('--notes-of prend l’identifiant d’un professionnel.');
    const share = author === undefined ? ofPractice : notesOf(author);
    const { tenant, id, name } = await practice(values.practice);
    const folder = resolve(cwd, positionals[0]);
    await makeFolder(folder);
    const manifestFile = join(folder, share.manifest);
    const former = await formerTypes(manifestFile);
    // Without its manifest a folder is no export: one that is cut off cannot be taken for a whole one.
    await rm(manifestFile, { force: true });
    const files = new Files(folder);
    const { resources, editions } = await writeOut(db, tenant, share, files, signal, out);
    if (signal.aborted)
      throw new CommandError(
        `Arrêté : ${folder} contient une partie de la structure, sans son manifeste. Relancez l’export pour l’avoir entière.`,
      );
    const manifest = {
      practice: { id, name },
      at: new Date().toISOString(),
      resources,
      types: typesIn(files, share),
      editions: sorted(editions),
    };
    for (const one of [share.past, ...former])
      if (!files.counts.has(one)) await rm(join(folder, `${one}.ndjson`), { force: true });
    await writeFile(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
    if (values.json) out.json(manifest);
    else {
      const before = [...editions.values()].reduce((sum, n) => sum + n, 0);
      out.line(`${resources} ressources de « ${name} » écrites dans ${folder}, avec ${before} éditions antérieures.`);
    }
    return 0;
  },
};

type Counts = ReadonlyMap<string, number>;
const sorted = (counts: Counts) => Object.fromEntries([...counts].sort());
const typesIn = (files: Files, { past }: Share) => sorted(new Map([...files.counts].filter(([name]) => name !== past)));

/** Writes what there is and what it was before. It is in the ledger whether it came to its end or not. */
async function writeOut(
  db: Db,
  tenant: number,
  share: Share,
  files: Files,
  signal: AbortSignal,
  out: Out,
): Promise<{ resources: number; editions: Counts }> {
  const { kept, key } = share;
  const [counted] = await db.tenant(tenant, (sql) =>
    sql.query<{ n: number; last: number }>(
      `select count(*) as n, coalesce(max(rid), 0) as last from fhir.resource r where tenant_id = $1 and not deleted and ${kept('r')}`,
      [tenant, key],
    ),
  );
  const { last } = counted!;
  const total = Number(counted!.n);
  const editions = new Map<string, number>();
  const counts = () => ({
    ...typesIn(files, share),
    ...(editions.size > 0 && { editions: sorted(editions) }),
  });
  let [after, resources] = [0, 0];
  try {
    while (!signal.aborted) {
      const rows = await db.tenant(tenant, (sql) =>
        sql.query<Row>(
          `select rid, type, content from fhir.resource r where tenant_id = $1 and not deleted and ${kept('r')} and rid > $3 and rid <= $4 order by rid limit 1000`,
          [tenant, key, after, last],
        ),
      );
      if (rows.length === 0) break;
      for (const row of rows) await files.write(share.fileOf(row.type), leaving(row.type, row.content));
      after = rows.at(-1)!.rid;
      resources += rows.length;
      out.progress(resources, total, `${resources} / ${total} ressources`);
    }
    for await (const one of histories(db, tenant, { kept, key, last })) {
      if (signal.aborted) break;
      await files.write(share.past, one.line);
      editions.set(one.type, (editions.get(one.type) ?? 0) + one.editions);
    }
    await files.close();
  } catch (error) {
    await trace(db, tenant, share, { ...counts(), complete: false });
    throw error;
  } finally {
    files.drop();
  }
  await trace(db, tenant, share, { ...counts(), ...(signal.aborted && { complete: false }) });
  return { resources, editions };
}
const trace = (db: Db, tenant: number, { target }: Share, details: Record<string, unknown>) =>
  db.tenant(tenant, (sql) =>
    record(sql, tenant, [{ actor: 'System', actorName: 'export', action: 'export', target, details }]),
  );

/** The NDJSON files of a folder, one a name; what the disk refuses rejects the write at hand. */
class Files {
  readonly counts = new Map<string, number>();
  readonly #folder: string;
  readonly #streams = new Map<string, WriteStream>();
  #failed: Error | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(name: string, line: string): Promise<void> {
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = createWriteStream(join(this.#folder, `${name}.ndjson`));
      // Unheard, it would end the whole server.
      stream.on('error', (error) => (this.#failed ??= error));
      this.#streams.set(name, stream);
    }
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (!stream.write(`${line}\n`) && !this.#failed) await once(stream, 'drain');
    if (this.#failed) throw this.#failed;
  }

  /** Resolves when everything is on its way to the disk. */
  async close(): Promise<void> {
    for (const stream of this.#streams.values()) {
      if (!this.#failed) await new Promise<void>((closed) => stream.once('close', closed).end());
      if (this.#failed) throw this.#failed;
    }
  }

  drop(): void {
    for (const stream of this.#streams.values()) stream.destroy();
  }
}

/** The types that the export before wrote here: a file of a type that is no more would be taken for today's. */
async function formerTypes(manifest: string): Promise<string[]> {
  try {
    const { types } = JSON.parse(await readFile(manifest, 'utf8')) as { types?: Record<string, number> };
    return Object.keys(types ?? {}).filter((type) => /^[A-Za-z]+$/.test(type));
  } catch {
    return [];
  }
}
