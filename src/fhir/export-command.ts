import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, CommandError, type Db, record } from '../platform/index.ts';

interface Row {
  rid: number;
  type: string;
  content: string;
}

/** Gives a practice's data back: one NDJSON file a resource type, and a manifest with counts. */
export const exportCommand: Command<{
  db: Db;
  practice(id: string): Promise<{ tenant: number; id: string; name: string }>;
}> = {
  name: 'export',
  usage: 'FOLDER --practice ID [--json]',
  describe: 'Writes every resource of a practice as FHIR NDJSON, one file a type, with a manifest.',
  options: { practice: { type: 'string' } },
  async run({ db, practice }, { values, positionals, cwd, signal }, out) {
    if (!positionals[0] || typeof values.practice !== 'string')
      throw new CommandError('export needs a folder and --practice ID.');
    const { tenant, id, name } = await practice(values.practice);
    const folder = resolve(cwd, positionals[0]);
    await mkdir(folder, { recursive: true });
    const [counted] = await db.tenant(tenant, (sql) =>
      sql.query<{ n: number; last: number }>(
        'select count(*) as n, coalesce(max(rid), 0) as last from fhir.resource where tenant_id = $1 and not deleted',
        [tenant],
      ),
    );
    const total = Number(counted!.n);
    const files = new Map<string, { stream: ReturnType<typeof createWriteStream>; count: number }>();
    let after = 0;
    let done = 0;
    while (!signal.aborted) {
      const rows = await db.tenant(tenant, (sql) =>
        sql.query<Row>(
          'select rid, type, content from fhir.resource where tenant_id = $1 and not deleted and rid > $2 and rid <= $3 order by rid limit 1000',
          [tenant, after, counted!.last],
        ),
      );
      if (rows.length === 0) break;
      for (const row of rows) {
        let file = files.get(row.type);
        if (!file)
          files.set(row.type, (file = { stream: createWriteStream(join(folder, `${row.type}.ndjson`)), count: 0 }));
        file.count++;
        if (!file.stream.write(`${row.content}\n`)) await once(file.stream, 'drain');
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
    await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await db.tenant(tenant, (sql) =>
      record(sql, tenant, [
        { actor: 'System', actorName: 'export', action: 'export', target: '*', details: manifest.types },
      ]),
    );
    if (values.json) out.json(manifest);
    else out.line(`${done} resources of «${name}» written to ${folder}.`);
    return signal.aborted ? 1 : 0;
  },
};
