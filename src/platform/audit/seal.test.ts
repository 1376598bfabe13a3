import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { platformCommands } from '../commands.ts';
import { type Db, migrate, openPglite, record, seal, verify } from '../index.ts';

// On the embedded engine: what someone with the database in their hands may do to a ledger.
describe('the ledger', () => {
  let db: Db;
  let tenant = 0;
  let count = 0;
  before(async () => {
    db = await openPglite('memory://');
    await migrate(db);
  });
  after(() => db.close());
  /** Three blocks of two entries. */
  async function ledger(): Promise<number[]> {
    count++;
    tenant = (
      await db.owner('test', (sql) =>
        sql.query<{ tenant_id: number }>('insert into platform.tenant (id, name) values ($1, $2) returning tenant_id', [
          `t${count}`,
          `Maison ${count}`,
        ]),
      )
    )[0]!.tenant_id;
    for (let block = 0; block < 3; block++) {
      await db.transaction(tenant, (sql) =>
        record(sql, tenant, [
          { actor: 'Practitioner/a', action: 'read', target: 'Observation/o', patients: ['p1', 'p2'] },
          { actor: 'Practitioner/b', action: 'update', patients: ['p1'], reason: 'x' },
        ]),
      );
      assert.equal(await seal(db, tenant), 2);
    }
    return (
      await db.tenant(tenant, (sql) =>
        sql.query<{ seq: number }>('select seq::int as seq from audit.entry where tenant_id = $1 order by seq', [
          tenant,
        ]),
      )
    ).map(({ seq }) => seq);
  }
  const tamper = (text: string, ...params: unknown[]) => db.owner('test', (sql) => sql.query(text, params));
  const said = async (...args: string[]) => {
    const lines: string[] = [];
    const command = platformCommands.find(({ name }) => name === 'audit verify')!;
    const out = { line: (text: string) => lines.push(text), json: () => undefined, progress: () => undefined };
    const code = await command.run(
      { db, config: { data: '' }, keyFits: async () => true },
      { values: { ...(args[0] && { head: args[0] }) }, positionals: [], cwd: '.' } as never,
      out as never,
    );
    return {
      code,
      text: lines
        .filter((line) => line.startsWith(`Maison ${count} :`) || line.startsWith('Aucune structure'))
        .join('\n'),
    };
  };

  test('SEC-8 a ledger that nobody touched is sound', async () => {
    await ledger();
    const report = await verify(db, tenant);
    assert.deepEqual([report.blocks, report.entries, report.brokenAt, report.unlisted], [3, 6, undefined, undefined]);
    assert.match((await said()).text, /6 lignes en 3 blocs, chaîne intacte, bloc 3 [0-9a-f]{64}\.$/);
  });

  for (const [what, text, found] of [
    ['an entry changed', `update audit.entry set actor = 'Practitioner/c' where seq = $1`, 2],
    ['a reason rewritten', `update audit.entry set reason = 'y' where seq = $1`, 2],
    ['an entry taken away', 'delete from audit.entry where seq = $1', 1],
    [
      'an entry slipped in',
      `insert into audit.entry (tenant_id, txid, actor, action) select tenant_id, txid, 'Practitioner/c', 'read' from audit.entry where seq = $1`,
      3,
    ],
    [
      'an access moved out of its patient’s log, letter for letter',
      `update audit.entry set target = target || '|' || patient, patient = null where seq = $1`,
      2,
    ],
    [
      'a word moved to its neighbour',
      `update audit.entry set address = reason, reason = null where seq = $1 and reason is not null`,
      2,
    ],
    ['an entry moved in time', `update audit.entry set at = at - interval '1 hour' where seq = $1`, 2],
  ] as const)
    test(`SEC-8 ${what}: the verification fails and says in which block`, async () => {
      const seqs = await ledger();
      await tamper(text, seqs[3]);
      const report = await verify(db, tenant);
      assert.deepEqual([report.brokenAt, report.broken?.sealed, report.broken?.found], [2, 2, found]);
      assert.ok(report.broken!.seqs![0] >= seqs[2]! && Date.parse(report.broken!.sealedAt) > 0);
      const { code, text: words } = await said();
      assert.equal(code, 1);
      assert.match(
        words,
        found === 2
          ? /ROMPUE au bloc 2, fermé le .* : une de ses 2 lignes a été modifiée/
          : new RegExp(`${found} lignes là où 2 ont été scellées`),
      );
    });

  test('SEC-8 what was sealed in the form of before stands, and is found when it changes; nobody passes a block of today for one', async () => {
    const seqs = await ledger();
    await tamper(`delete from audit.seal where tenant_id = $1`, tenant);
    const text = `concat_ws('|', e.seq, extract(epoch from e.at), e.actor, e.actor_name, e.role, e.action, e.target, e.patient, array_to_string(e.patients, ','), e.version, e.reason, e.address, e.details::text)`;
    await tamper(
      `insert into audit.seal (tenant_id, block, last_txid, entries, hash)
       select $1, 1, max(e.txid), count(*), sha256(sha256(convert_to(string_agg(${text}, E'\n' order by e.txid, e.seq), 'UTF8'))) from audit.entry e where e.tenant_id = $1`,
      tenant,
    );
    await db.transaction(tenant, (sql) => record(sql, tenant, [{ actor: 'Practitioner/a', action: 'read' }]));
    assert.equal(await seal(db, tenant), 1);
    assert.deepEqual([(await verify(db, tenant)).blocks, (await verify(db, tenant)).brokenAt], [2, undefined]);
    await tamper('update audit.seal set form = 1 where tenant_id = $1 and block = 2', tenant);
    assert.equal((await verify(db, tenant)).brokenAt, 2);
    await tamper('update audit.seal set form = 2 where tenant_id = $1 and block = 2', tenant);
    await tamper(`update audit.entry set reason = 'y' where seq = $1`, seqs[3]);
    assert.equal((await verify(db, tenant)).brokenAt, 1);
    await tamper(`delete from audit.seal where tenant_id = $1`, tenant);
    await seal(db, tenant);
  });

  test('SEC-8 an access taken out of the log of one of its patients is found, though the entry itself is whole', async () => {
    const seqs = await ledger();
    await tamper('delete from audit.entry_patient where tenant_id = $1 and seq = $2', tenant, seqs[2]);
    const report = await verify(db, tenant);
    assert.deepEqual([report.brokenAt, report.unlisted], [undefined, [seqs[2]]]);
    assert.match((await said()).text, new RegExp(`CACHÉES du journal d’un patient : audit.entry ${seqs[2]}\\.`));
    await tamper(`insert into audit.entry_patient values ($1, 'p2', $2)`, tenant, seqs[2]);
  });

  test('SEC-8 a chain cut short, or written anew from its beginning, is told by a hash noted before', async () => {
    await ledger();
    const { head } = await verify(db, tenant);
    assert.equal((await said(head!.hash)).text.includes('Aucune structure'), false);
    await tamper(
      'delete from audit.entry where tenant_id = $1 and txid > (select last_txid from audit.seal where tenant_id = $1 and block = 2)',
      tenant,
    );
    await tamper('delete from audit.seal where tenant_id = $1 and block = 3', tenant);
    assert.equal((await verify(db, tenant)).brokenAt, undefined, 'by itself the rest is sound');
    const { code, text } = await said(head!.hash);
    assert.deepEqual([code, /raccourci ou réécrit/.test(text)], [1, true]);
    await assert.rejects(said('abc'), /64 chiffres hexadécimaux/);
  });
});
