import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testHouse } from '../../../test/app.ts';

test('DOS-10 SEC-7 the index of a practice finds the documents that their words find, and none of another practice', {
  timeout: 120_000,
}, async () => {
  const { db } = await testHouse();
  const words = [
    'lombalgie',
    'l’œdème',
    'aujourd’hui',
    "d'hier",
    'A\\B',
    '38,5',
    'être',
    'peut-être',
    'été',
    'CRP',
    "''",
    'x'.repeat(2100),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }),
      fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
      async (said, asked) => {
        const [row] = await db.owner('words by practice, in a test', (sql) =>
          sql.query<{ plain: boolean; here: boolean; there: boolean; any: number }>(
            `with w as (select record.words_of($1) as w, record.query_of($2::text[], '{}') as q)
             select numnode(q) as any, w @@ q as plain, record.words_here(7, w) @@ record.query_here(7, q) as here, record.words_here(77, w) @@ record.query_here(7, q) as there from w`,
            [said.join(' '), asked],
          ),
        );
        assert.deepEqual([row!.here, row!.there], [row!.plain, false], `${asked.join('|')} in ${said.join(' ')}`);
        if (asked.every((word) => said.includes(word)) && Number(row!.any) > 0) assert.equal(row!.here, true);
      },
    ),
    { numRuns: 200 },
  );
});
