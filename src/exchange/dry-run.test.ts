/** What the dry run says is what the import does. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
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

  test('ECH-7 whatever the files say of the same few numbers, the dry run counts what the import then does', async () => {
    const entry = fc.oneof(
      fc
        .tuple(fc.constantFrom('1', '2'), fc.nat(2), fc.constantFrom('Brest', 'Quimper'))
        .map(([id, who, town]) => person(id, who, town)),
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
