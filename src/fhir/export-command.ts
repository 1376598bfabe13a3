import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { kindsOfData } from '../access/index.ts';
import { type Command, CommandError, type Db, record } from '../platform/index.ts';
import { leaving } from './interactions/outgoing.ts';
import { keyOf } from './store/concerns.ts';

interface Row {
  rid: number;
  type: string;
  content: string;
}

const privateNotes = kindsOfData['private-notes'].bit;
type Rows = (after: number, last: number) => Promise<Row[]>;

/**
 * Gives a practice's data back: one NDJSON file a resource type, and a manifest with counts. A professional's own notes are not the practice's: they are in none of these
 * files; each author's go into one of their own, when asked for, to be handed to that person alone (DOS-9).
 */
export const exportCommand: Command<{
  db: Db;
  practice(id: string): Promise<{ tenant: number; id: string; name: string }>;
}> = {
  name: 'export',
  usage: 'FOLDER --practice ID [--notes-of PRACTITIONER] [--json]',
  describe: 'Writes every resource of a practice as FHIR NDJSON, one file a type, with a manifest; or only the private notes of one person.',
  options: { practice: { type: 'string' }, 'notes-of': { type: 'string' } },
  async run({ db, practice }, { values, positionals, cwd, signal }, out) {
    if (!positionals[0] || typeof values.practice !== 'string')
      throw new CommandError('export needs a folder and --practice ID.');
    const author = values['notes-of'];
    if (author !== undefined && (typeof author !== 'string' || !/^[A-Za-z0-9\-.]{1,64}$/.test(author))) throw new CommandError('--notes-of takes the id of a practitioner.');
    const { tenant, id, name } = await practice(values.practice);
    const folder = resolve(cwd, positionals[0]);
    await mkdir(folder, { recursive: true });
    const kept = author === undefined ? `kind <> ${privateNotes} and $2::bigint is null` : `kind = ${privateNotes} and author = $2::bigint`;
    const key = author === undefined ? null : String(keyOf(`Practitioner/${author}`));
    const [counted] = await db.tenant(tenant, (sql) =>
      sql.query<{ n: number; last: number }>(
        `select count(*) as n, coalesce(max(rid), 0) as last from fhir.resource where tenant_id = $1 and not deleted and ${kept}`,
        [tenant, key],
      ),
    );
    const rowsAfter: Rows = (after, last) =>
      db.tenant(tenant, (sql) => sql.query<Row>(`select rid, type, content from fhir.resource where tenant_id = $1 and not deleted and ${kept} and rid > $3 and rid <= $4 order by rid limit 1000`, [tenant, key, after, last]));
    const total = Number(counted!.n);
    const files = new Map<string, { stream: ReturnType<typeof createWriteStream>; count: number }>();
    let after = 0;
    let done = 0;
    while (!signal.aborted) {
      const rows = await rowsAfter(after, counted!.last);
      if (rows.length === 0) break;
      for (const row of rows) {
        const name = author === undefined ? row.type : `notes-${author}`;
        let file = files.get(name);
        if (!file) files.set(name, (file = { stream: createWriteStream(join(folder, `${name}.ndjson`)), count: 0 }));
        file.count++;
        if (!file.stream.write(`${leaving(row.type, row.content)}\n`)) await once(file.stream, 'drain');
      }
      after = rows.at(-1)!.rid;
      done += rows.length;
      out.progress(done, total, `${done} / ${total} ressources`);
    }
    await Promise.all(
      [...files.values()].map(
        ({ stream }) => new Promise<void>((closed, failed) => stream.on('error', failed).end(closed)),
      ),
    );
    const manifest = {
      practice: { id, name },
      at: new Date().toISOString(),
      resources: done,
      types: Object.fromEntries([...files].map(([type, file]) => [type, file.count]).sort()),
    };
    await writeFile(join(folder, author === undefined ? 'manifest.json' : `notes-${author}.json`), `${JSON.stringify(manifest, null, 2)}\n`);
    await db.tenant(tenant, (sql) =>
      record(sql, tenant, [
        { actor: 'System', actorName: 'export', action: 'export', target: author === undefined ? '*' : `Practitioner/${author}/notes`, details: manifest.types },
      ]),
    );
    if (values.json) out.json(manifest);
    else out.line(`${done} resources of «${name}» written to ${folder}.`);
    return signal.aborted ? 1 : 0;
  },
};
