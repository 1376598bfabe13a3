import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileNameOf, plainWords, slugOf, withoutAccents } from './fold.rules.ts';

const written = fc.string({ unit: fc.constantFrom(...'abcXYZéÈçœñ ïÿ’-_./\\"·0123456789\u0301\u202f😀') });

test('accents go and letters stay, however they were typed', () => {
  assert.equal(withoutAccents('Gaël Œuvrard, Ÿ'), 'Gael Œuvrard, Y');
  assert.equal(withoutAccents('é'), withoutAccents('e\u0301'));
  fc.assert(
    fc.property(written, (text) => {
      const folded = withoutAccents(text);
      assert.equal(withoutAccents(folded), folded);
      assert.equal(withoutAccents(text.normalize('NFC')), withoutAccents(text.normalize('NFD')));
    }),
  );
});
test('words, addresses and names of files hold nothing that surprises who reads them', () => {
  assert.equal(plainWords(' Saint-Malo (35) — Paramé'), 'saint malo 35 parame');
  assert.equal(slugOf('Appel à projets : SIP 2031 !', 40), 'appel-a-projets-sip-2031');
  assert.equal(slugOf('appel très long', 6), 'appel');
  assert.equal(slugOf('…', 40), '');
  assert.equal(fileNameOf('Échographie/rénale', 'document'), 'Echographie renale');
  assert.equal(fileNameOf('😀', 'document'), 'document');
  fc.assert(
    fc.property(written, fc.integer({ min: 1, max: 60 }), (text, most) => {
      assert.match(plainWords(text), /^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/);
      assert.match(slugOf(text, most), /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
      assert.ok(slugOf(text, most).length <= most);
      assert.match(fileNameOf(text, 'document'), /^[A-Za-z0-9 _-]{1,80}$/);
    }),
  );
});
