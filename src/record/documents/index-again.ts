import type { Command, Db } from '../../platform/index.ts';
import type { Fhir, Resource } from '../../fhir/index.ts';
import { onWritten, TextReader, wordTypes } from './index-words.ts';

const batch = 200;
/**
 * Gives their words to documents and notes that have none: those of before there was an index, those of a take-over that was cut short. `everything`: forgets the words of all
 * first. Returns how many were looked at; texts of files are read afterwards (TextReader).
 */
export async function indexAgain(db: Db, everything = false): Promise<number> {
  const tenants = await db.owner('words of documents', (sql) => sql.query<{ tenant_id: number }>('select tenant_id from platform.tenant'));
  let done = 0;
  for (const { tenant_id: tenant } of tenants) {
    if (everything) await db.tenant(tenant, (sql) => sql.query('delete from record.text where tenant_id = $1', [tenant]));
    for (const type of wordTypes) {
      const hook = onWritten(type);
      for (let last = '0'; ; ) {
        const rows = await db.transaction(tenant, async (sql) => {
          const found = await sql.query<{ rid: string; id: string; content: string }>(
            `select r.rid::text as rid, r.id, r.content from fhir.resource r where r.tenant_id = $1::int and r.type = $2 and r.rid > $3::bigint and not r.deleted
               and not exists (select 1 from record.text t where t.tenant_id = r.tenant_id and t.rid = r.rid) order by r.rid limit ${batch}`,
            [tenant, type, last],
          );
          for (const { id, content } of found) await hook(sql, tenant, id, JSON.parse(content) as Resource);
          return found;
        });
        done += rows.length;
        if (rows.length < batch) break;
        last = rows.at(-1)!.rid;
      }
    }
  }
  return done;
}

export const wordsCommand: Command<{ db: Db; fhir: Fhir }> = {
  name: 'documents words',
  usage: '[--json]',
  describe: 'Reads every document and note again and makes the index of their words anew.',
  options: {},
  async run({ db, fhir }, { values }, out) {
    const documents = await indexAgain(db, true);
    await new TextReader(db, fhir.asSystem, () => new Date()).run();
    if (values.json) out.json({ documents });
    else out.line(`${documents} documents and notes: their words are indexed anew.`);
    return 0;
  },
};
