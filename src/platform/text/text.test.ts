import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { appended, documentOf, isUpdate, merged, textsOf } from './merge.ts';

const parts = ['first', 'second'] as const;
const words = fc.string({ maxLength: 20 }).map((text) => text.replace(/[^\p{L}\p{N} ]/gu, '').trim());

describe('text written together', () => {
  test('COO-4 POL-6 updates say the same in whatever order they come, merged or not, once or twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ part: fc.constantFrom(...parts), text: words, by: fc.integer({ min: 1, max: 3 }) }), {
          maxLength: 12,
        }),
        fc.infiniteStream(fc.nat()),
        (acts, order) => {
          const docs = new Map([1, 2, 3].map((by) => [by, new Y.Doc()]));
          const updates: Uint8Array[] = [];
          for (const { part, text, by } of acts) {
            const doc = docs.get(by)!;
            const before = Y.encodeStateVector(doc);
            doc.getText(part).insert(0, text);
            updates.push(Y.encodeStateAsUpdate(doc, before));
          }
          const said = textsOf(updates, parts);
          const shuffled = updates
            .map((update) => ({ update, at: order.next().value! }))
            .sort((a, b) => a.at - b.at)
            .map(({ update }) => update);
          assert.deepEqual(textsOf([...shuffled, ...updates], parts), said);
          if (updates.length) assert.deepEqual(textsOf([merged(shuffled)], parts), said);
          for (const { text, part } of acts) assert.ok(said[part].includes(text.trim()));
          assert.ok(updates.every(isUpdate));
        },
      ),
    );
  });
  test('COO-4 POL-6 a document begins with its words, words are added at its end, and what is no update is refused', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const begun = documentOf({ first: before });
        assert.deepEqual(begun, documentOf({ first: before }), 'two servers make the same');
        assert.equal(
          textsOf([begun, appended([begun], { first: ` ${after}` })], parts).first,
          `${before} ${after}`.trim(),
        );
      }),
    );
    assert.deepEqual(textsOf([], parts), { first: '', second: '' });
    assert.equal(isUpdate(new Uint8Array([1, 2, 3])), false);
    assert.equal(
      textsOf([documentOf({ first: 'a\u0000b\r\nc' })], parts).first,
      'ab\nc',
      'no control characters, one kind of line end',
    );
  });
});
