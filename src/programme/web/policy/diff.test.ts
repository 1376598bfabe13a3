import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compared } from './diff.ts';

describe('versions of a health project compared', () => {
  test('POL-6 what stays and what was taken out make the first text, what stays and what was put in the second, whatever the texts', () => {
    const text = fc
      .array(fc.constantFrom('les', 'soins', 'samedi', '8 h', '\n', ' ', 'à'), { maxLength: 40 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), fc.oneof(text, fc.string()), (before, after) => {
        const pieces = compared(before, after);
        const said = (kind: 'gone' | 'put') =>
          pieces
            .filter((piece) => piece.kind === 'same' || piece.kind === kind)
            .map((piece) => piece.text)
            .join('');
        assert.deepEqual([said('gone'), said('put')], [before, after]);
        if (before === after) assert.ok(pieces.every(({ kind }) => kind === 'same'));
      }),
    );
    assert.deepEqual(
      compared('Ouvert de 8 h à 19 h.', 'Ouvert de 8 h à 20 h.').map(
        ({ kind, text: words }) => `${kind} ${words.trim()}`,
      ),
      ['same Ouvert de 8 h à', 'gone 19', 'put 20', 'same h.'],
    );
  });
});
