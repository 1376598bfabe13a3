import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { flawsOf } from './consistency.rules.ts';
import { edition as shape, type Edition } from './contract.ts';
import { blankEdition, shippedEditions } from './editions/index.ts';

const [, call] = shippedEditions as [Edition, Edition];
const steps = (change: (steps: Edition['steps']) => Edition['steps'], more: Partial<Edition> = {}) =>
  flawsOf({ ...call, ...more, steps: change(structuredClone(call.steps)) }).map(
    ({ where, words }) => `${where} : ${words}`,
  );

test('PRJ-9 AAP-1 the calls that ship have no flaw', () => {
  for (const one of shippedEditions) assert.deepEqual(flawsOf(one), []);
});
test('AAP-1 PRJ-9 a call that copies none has no flaw, whatever its year', () => {
  for (let year = 2000; year <= 2100; year++)
    assert.deepEqual(flawsOf(blankEdition({ id: 'x', title: 'Appel', year, publisher: 'Région' })), []);
});
test('PRJ-9 the steps of a call: each once, in the order of their months, each deliverable asked for once, not longer than the call allows, payments that make a whole', () => {
  assert.match(
    steps((all) => all.map((one, i) => (i === 1 ? { ...one, id: all[0]!.id } : one)))[0]!,
    /« selection » est là deux fois/,
  );
  assert.match(
    steps((all) => all.map((one, i) => (i === 4 ? { ...one, deliverables: all[3]!.deliverables } : one)))[0]!,
    /« needs-synthesis » est demandé par deux étapes/,
  );
  assert.match(
    steps((all) => all.map((one, i) => (i === 3 ? { ...one, fromMonth: 9, toMonth: 8 } : one)))[0]!,
    /La fin précède le début/,
  );
  assert.match(steps((all) => [all[1]!, all[0]!, ...all.slice(2)])[0]!, /commence avant « Préparer le lancement »/);
  assert.match(steps((all) => all, { mostMonths: 6 })[0]!, /10 mois : 6 au plus/);
  assert.match(
    flawsOf({
      ...call,
      funding: {
        ...call.funding,
        payments: [
          { percent: 80, when: 'a' },
          { percent: 30, when: 'b' },
        ],
      },
    })[0]!.words,
    /110 %/,
  );
  assert.equal(shape.safeParse({ ...call, steps: [] }).success, false, 'a call has a step at least');
});
test('AAP-7 what the text says of places is what the call has: «Dix équipes» beside one place is told; «une dizaine» and a text without a number are left', () => {
  const words = (placesWords: string, places: number) =>
    flawsOf({ ...call, placesWords, places }).map(({ where, words }) => `${where} : ${words}`);
  assert.deepEqual(words('Dix équipes sont retenues.', 1), [
    'Dates et places : Le texte dit « Dix équipes », et l’appel a 1 place.',
  ]);
  assert.deepEqual(words('12 places, dans toute la région.', 10), [
    'Dates et places : Le texte dit « 12 places », et l’appel a 10 places.',
  ]);
  for (const [text, places] of [
    ['Dix équipes sont retenues.', 10],
    ['Une équipe est retenue.', 1],
    ['Dix-huit équipes sont retenues.', 18],
    ['Une dizaine d’équipes sont retenues.', 12],
    ['Selon les crédits.', 4],
    ['Une équipe par territoire, dix équipes en tout.', 9],
    ['', 3],
  ] as const)
    assert.deepEqual(words(text, places), [], text);
});
test('FIN-6 the day before which nothing is paid is a day: a call where it is not would refuse every dated line of a quote', () => {
  const words = (notBefore: string) =>
    flawsOf({ ...call, funding: { ...call.funding, notBefore } }).map((flaw) => flaw.words);
  for (const wrong of ['', 'abc', '2026', '2026-02-29', '2026-13-01', '01/02/2026'])
    assert.match(words(wrong).join(), /^Le jour avant lequel/, wrong);
  for (const day of ['2026-01-01', '2028-02-29']) assert.deepEqual(words(day), []);
});
test('PRJ-9 steps in order of their months, each once, have no flaw, whatever they are (property)', () => {
  const step = fc.record({ from: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (some) => {
      const made = some
        .toSorted((a, b) => a.from - b.from)
        .map(({ from, length }, i) => ({
          id: `step-${i}`,
          title: `Étape ${i}`,
          who: ['officer' as const],
          expected: '',
          fromMonth: from,
          toMonth: from + length,
          deliverables: [{ kind: `document-${i}`, label: 'x', required: true }],
        }));
      assert.deepEqual(
        steps(() => made, { mostMonths: 60 }),
        [],
      );
    }),
  );
});
