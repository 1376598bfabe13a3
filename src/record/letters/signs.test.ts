import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { richText } from '../../platform/index.ts';
import { signsOf } from '../contract/letters/signs.rules.ts';

test('DOS-13 signs of a letter as it is typed: bold, titles, bullets and fields are told apart', () => {
  const seen = (text: string) => signsOf(text).map(({ text: words, is }) => [words, is]);
  assert.deepEqual(seen('Cher **confrère**,'), [
    ['Cher ', 'words'],
    ['**', 'sign'],
    ['confrère', 'bold'],
    ['**', 'sign'],
    [',', 'words'],
  ]);
  assert.deepEqual(seen('## Suivi\n- **un**\n1. {{patient.nom}}'), [
    ['## ', 'sign'],
    ['Suivi', 'title'],
    ['\n', 'words'],
    ['- **', 'sign'],
    ['un', 'bold'],
    ['**', 'sign'],
    ['\n', 'words'],
    ['1. ', 'sign'],
    ['{{patient.nom}}', 'field'],
  ]);
  assert.deepEqual(seen('2 ** 3 ** 4'), [['2 ** 3 ** 4', 'words']]);
});
test('DOS-13 what is shown while typing is the text itself, and bold where paper is bold', () => {
  const words = fc
    .array(fc.constantFrom('**', '- ', '## ', '1. ', 'mot', ' ', '\n', 'é', '{{a.b}}', '*', '\r\n', '•'), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(words, (text) => {
      assert.equal(
        signsOf(text)
          .map((one) => one.text)
          .join(''),
        text,
      );
      const paper = richText(text, (inside) => inside)
        .flatMap((block) => (block.kind === 'p' ? block.lines.flat() : block.kind === 'h' ? [] : block.items.flat()))
        .filter((span) => span.bold && !span.open)
        .map((span) => span.text)
        .join('');
      const shown = signsOf(text)
        .filter(({ is }) => is === 'bold')
        .map((one) => one.text)
        .join('');
      assert.equal(shown, paper);
    }),
  );
});
