import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assemble } from '../src/main.ts';
import { migrate, openPglite, readConfig } from '../src/platform/index.ts';
import { seedDemo } from './seed-command.ts';

const today = '2026-11-20';

test('SEC-10 a first start that is cut off leaves no half region: the next one writes it whole; what people made is never touched', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'estran-seed-'));
  const db = await openPglite('memory://');
  await migrate(db);
  const { context, close } = await assemble(
    { ...readConfig({}), data, demo: true, ocr: false, logLevel: 'silent' },
    db,
  );
  t.after(async () => {
    await close();
    rmSync(data, { recursive: true, force: true });
  });
  const cut = new Error('the power went');
  const seed = (until = Number.POSITIVE_INFINITY) => {
    let steps = 0;
    const progress = () => {
      if (++steps > until) throw cut;
    };
    return seedDemo(context, { line: () => undefined, json: () => undefined, progress }, today, [20, 20]);
  };
  const census = () =>
    db.owner('test', (sql) =>
      sql.query<{ type: string; n: number }>(
        'select type, count(*)::int as n from fhir.resource group by 1 order by 1',
      ),
    );

  await assert.rejects(seed(3), cut);
  const half = await census();
  assert.ok(half.length > 3, 'something was written');
  // Cut at the same place once more: had the first half stayed, it would stand twice.
  await assert.rejects(seed(3), cut);
  assert.deepEqual(await census(), half);
  assert.deepEqual(
    (await context.access.listPractices()).map(({ id }) => id),
    ['maison-de-sante-des-abers'],
  );

  const own = await context.access.createPractice('La nôtre');
  assert.equal(await seed(), false, 'somebody has gone on with it');
  await db.owner('test', (sql) => sql.query(`delete from platform.tenant where id = $1`, [own.id]));
  // As it stands at its end (durability-minutes.test.ts starts a whole one again).
  await db.owner('test', (sql) => sql.query(`update platform.tenant set settings = settings - 'seeding'`));
  assert.equal(await seed(), false, 'a whole region is left alone');
});
