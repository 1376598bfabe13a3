/** What the dry run says is what the import does. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { testHouse } from '../../test/app.ts';
import { type Desk, lines, openDesk, patient, total, weight } from './exchange.fixture.ts';

const people = [
  { name: [{ family: 'Morvan', given: ['Luc'] }], birthDate: '1950-02-03' },
  { name: [{ family: 'Cozic', given: ['Zoé'] }], birthDate: '2001-01-01' },
  { name: [{ family: 'Morvan', given: ['Lucie'] }], birthDate: '1950-02-03' },
];
const person = (id: string, who: number, town = 'Brest') => patient(id, { ...people[who], address: [{ city: town }] });

describe('the dry run of a take-over', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });

  test('ECH-7 IDV-1 two files of one run that mean two persons by one number clash in the dry run as in the import, with all that hangs on it', async () => {
    const folder = await desk.lay({
      'a.ndjson': lines(person('7', 0), weight('700', 'Patient/7')),
      'b.ndjson': lines(person('7', 1), weight('701', 'Patient/7', 12)),
    });
    const { checked } = await desk.take(folder, { dry: true });
    assert.deepEqual(
      checked!.rejects.map(({ file, place, cause }) => [file, place, cause]),
      [
        ['b.ndjson', 1, 'identity'],
        ['b.ndjson', 2, 'blocked'],
      ],
    );
    assert.match(checked!.rejects[0]!.words, /désigne déjà une autre personne/);
    const run = await desk.take(folder);
    assert.deepEqual(run.counts, checked!.counts);
    assert.equal((await desk.read('Patient/7')).body.name[0].family, 'Morvan');
  });

  test('ECH-7 files that contradict each other are told at each pass, dry or not: which, where, and that the last one stays', async () => {
    const folder = await desk.lay({
      'a.ndjson': lines(person('dit', 0, 'Brest'), person('une-fois', 2)),
      'b.ndjson': lines(person('dit', 0, 'Quimper'), person('une-fois', 2)),
    });
    const told = {
      total: 1,
      examples: ['Patient/dit : b.ndjson, ligne 1, après a.ndjson, ligne 1'],
    };
    const dry = await desk.take(folder, { dry: true });
    assert.deepEqual(dry.checked!.contradictions, told);
    for (const _pass of [1, 2]) {
      const run = await desk.take(folder);
      assert.deepEqual((run.report as { contradictions: unknown }).contradictions, told);
      assert.equal((await desk.read('Patient/dit')).body.address[0].city, 'Quimper');
    }
    const alone = await desk.take(await desk.lay({ 'b.ndjson': lines(person('dit', 0, 'Quimper')) }));
    assert.deepEqual(
      [total(alone).unchanged, (alone.report as { contradictions: unknown }).contradictions],
      [1, { total: 0, examples: [] }],
    );
  });

  test('ECH-7 of files that contradict each other and bear a date, the more recent stays, in any order, at each pass, and an old export taken in later sets nothing back', async () => {
    const of = await openDesk();
    const dated = (town: string, day: string) => ({
      ...person('au-pas', 0, town),
      meta: { lastUpdated: `2026-${day}T08:00:00+02:00` },
    });
    const contradictions = (run: { report: unknown }) =>
      (run.report as { contradictions: { total: number; examples: string[] } }).contradictions;
    const city = async () => {
      const { body } = await of.read('Patient/au-pas');
      return [body.address[0].city, body.meta.versionId];
    };
    // The newer file is read first.
    const folder = await of.lay({
      'a.ndjson': lines(dated('Quimper', '05-01')),
      'b.ndjson': lines(dated('Brest', '03-01')),
    });
    const left = 'Patient/au-pas : b.ndjson, ligne 1, laissée : a.ndjson, ligne 1 est plus récent';
    const { checked } = await of.take(folder, { dry: true });
    assert.deepEqual(checked!.contradictions, { total: 1, examples: [left] });
    const first = await of.take(folder);
    assert.deepEqual(first.counts, checked!.counts);
    assert.deepEqual([total(first).created, total(first).existing], [1, 1]);
    assert.deepEqual(contradictions(first).examples, [left]);
    assert.deepEqual(await city(), ['Quimper', '1']);
    const again = await of.take(folder);
    assert.deepEqual([total(again).unchanged, total(again).existing, total(again).updated], [1, 1, 0]);
    assert.deepEqual(await city(), ['Quimper', '1'], 'the same files again write nothing');

    // An old export, alone and later; and the same moment told in another zone.
    const old = await of.take(await of.lay({ 'vieux.ndjson': lines(dated('Morlaix', '01-15')) }));
    assert.deepEqual(contradictions(old).examples, [
      'Patient/au-pas : vieux.ndjson, ligne 1, laissée : ce qui est déjà là est plus récent',
    ]);
    assert.deepEqual(await city(), ['Quimper', '1']);
    const newer = await of.take(await of.lay({ 'neuf.ndjson': lines(dated('Landerneau', '06-01')) }));
    assert.equal(total(newer).updated, 1);
    assert.deepEqual(await city(), ['Landerneau', '2']);
    // Without a date, and with one of next century: as before, what comes last stays.
    for (const [meta, town] of [
      [{}, 'Plouzané'],
      [{ lastUpdated: '2126-01-01T00:00:00Z' }, 'Guipavas'],
      [{ lastUpdated: '2025-01-01T00:00:00Z' }, 'Roscoff'],
    ] as const) {
      const run = await of.take(
        await of.lay({
          'sans.ndjson': lines({ ...person('au-pas', 0, town), meta: { ...meta, tag: [{ code: town }] } }),
        }),
      );
      assert.equal(total(run).updated, 1, town);
      assert.equal((await city())[0], town);
    }
  });

  test('ECH-7 an older version of somebody else’s number is a reject all the same; what is left closes no line of the quarantine; undone, what comes next is taken', async () => {
    const of = await openDesk();
    const dated = (who: number, town: string, day: string, more: object = {}) => ({
      ...person('q', who, town),
      ...more,
      meta: { lastUpdated: `2026-${day}T08:00:00Z` },
    });
    await of.take(await of.lay({ 'un.ndjson': lines(dated(0, 'Brest', '03-01')) }));
    const other = await of.take(await of.lay({ 'deux.ndjson': lines(dated(1, 'Brest', '01-01')) }));
    assert.equal(total(other).rejected, 1);
    const wrong = await of.take(
      await of.lay({ 'trois.ndjson': lines(dated(0, 'Brest', '04-01', { gender: 'not-a-gender' })) }),
    );
    assert.equal(total(wrong).rejected, 1);
    const { db } = await testHouse();
    const open = () =>
      db.tenant(of.practice.tenant, (sql) =>
        sql.query(`select 1 from exchange.quarantine where tenant_id = $1 and status = 'open' and cause = 'invalid'`, [
          of.practice.tenant,
        ]),
      );
    assert.equal((await open()).length, 1);
    const old = await of.take(await of.lay({ 'quatre.ndjson': lines(dated(0, 'Morlaix', '02-01')) }));
    assert.equal(total(old).existing, 1);
    assert.equal((await open()).length, 1);

    const newer = await of.take(await of.lay({ 'cinq.ndjson': lines(dated(0, 'Quimper', '05-01')) }));
    assert.equal(total(newer).updated, 1);
    await of.again(newer.id, 'undo');
    const after = await of.take(await of.lay({ 'six.ndjson': lines(dated(0, 'Carhaix', '04-15')) }));
    assert.equal(total(after).updated, 1);
  });

  test('ECH-7 whatever the files say of the same few numbers, the dry run counts what the import then does', async () => {
    const entry = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('1', '2'),
          fc.nat(2),
          fc.constantFrom('Brest', 'Quimper'),
          fc.constantFrom(undefined, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
        )
        .map(([id, who, town, lastUpdated]) => ({
          ...person(id, who, town),
          ...(lastUpdated && { meta: { lastUpdated } }),
        })),
      fc
        .tuple(fc.constantFrom('p1', 'p2'), fc.constantFrom('1', '2'), fc.constantFrom(70, 71, 'x'))
        .map(([id, of, value]) => weight(id, `Patient/${of}`, value)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(entry, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        async (files) => {
          const of = await openDesk();
          const folder = await of.lay(Object.fromEntries(files.map((all, i) => [`${i}.ndjson`, lines(...all)])));
          for (const _pass of [1, 2]) {
            const { checked } = await of.take(folder, { dry: true });
            const run = await of.take(folder);
            assert.equal(run.state, 'done', run.failure ?? '');
            assert.deepEqual(run.counts, checked!.counts);
            assert.deepEqual((run.report as { contradictions: unknown }).contradictions, checked!.contradictions);
          }
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 12) },
    );
  });
});
