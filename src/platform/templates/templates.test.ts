import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { wordsOf } from '../pdf/pdf-words-for-tests.ts';
import { renderPdf } from '../pdf/pdf.ts';
import { type FieldValue, fillTemplate } from './fill-template.ts';
import { keysIn, parseTemplate } from './parse-template.ts';
import { isOpen, richText } from './rich-text.ts';

const values: Record<string, FieldValue> = {
  nom: { state: 'known', text: 'LE GOFF Marie' },
  vide: { state: 'known', text: '' },
  absent: { state: 'missing', words: 'rien au dossier' },
  cache: { state: 'hidden', words: 'non accessible' },
  tard: { state: 'late', words: 'à la signature' },
  liste: {
    state: 'known',
    text: 'un, deux',
    lines: [
      { text: 'un', parts: { n: 'un', p: 'matin' } },
      { text: 'deux', parts: { n: 'deux', p: '' } },
    ],
  },
};
const fill = (text: string) => fillTemplate(text, (key) => values[key]);
const words = (text: string) =>
  richText(text, (inside) => `‹${inside}›`)
    .flatMap((block) => (block.kind === 'p' ? block.lines : block.kind === 'h' ? [block.spans] : block.items))
    .map((line) => line.map((span) => span.text).join(''))
    .join('\n');

describe('texts with fields and conditional parts', () => {
  test('DOS-13 fields, parts, lists; what is missing or hidden stays to be seen', () => {
    assert.equal(fill('Bonjour {{ nom }}.').text, 'Bonjour LE GOFF Marie.');
    assert.equal(fill('{{si nom}}\nA\n{{sinon}}\nB\n{{fin}}\nC').text, 'A\nC');
    assert.equal(fill('{{si absent}}A{{sinon}}B{{fin}}').text, 'B');
    assert.equal(fill('{{si non absent et nom}}A{{fin}}').text, 'A');
    assert.equal(fill('{{si absent ou nom}}A{{fin}}').text, 'A');
    assert.equal(fill('{{si nom}}{{si liste}}A{{si absent}}x{{fin}}{{fin}}{{fin}}').text, 'A', 'parts nest');
    assert.equal(fill('{{liste}}').text, '- un\n- deux');
    assert.equal(fill('Avec {{liste}}.').text, 'Avec un, deux.');
    assert.equal(fill('{{pour liste}}\n- {{n}}{{si p}} ({{p}}){{fin}}\n{{fin}}').text, '- un (matin)\n- deux');
    assert.equal(
      fill('{{pour liste}}{{n}} : {{p}}\n{{fin}}').text,
      'un : matin\ndeux : non renseigné',
      'nothing is silently empty',
    );
    const waiting = fill('{{absent}} {{cache}} {{tard}} {{inconnu}} {{si cache}}{{nom}}{{fin}}');
    assert.equal(waiting.text, '{{absent}} {{cache}} {{tard}} {{inconnu}} {{si cache}}{{nom}}{{fin}}');
    assert.deepEqual(waiting.open.map(({ key, state }) => `${key} ${state}`).sort(), [
      'absent missing',
      'cache hidden',
      'inconnu unknown',
      'tard late',
    ]);
    assert.deepEqual(fill('{{nom}} {{nom}}').used, [{ key: 'nom', value: 'LE GOFF Marie' }]);
    // Filled again with more rights, the same text is completed.
    assert.equal(
      fillTemplate(waiting.text, (key) => ({ state: 'known', text: key })).text,
      'absent cache tard inconnu nom',
    );
  });

  test('DOS-13 what cannot be read is a flaw with its line, and stays', () => {
    const flaws = (text: string) => parseTemplate(text).flaws.map(({ line, words: said }) => `${line} ${said}`);
    assert.match(flaws('a\n{{si nom}}')[0]!, /^2 « si nom » n’a pas de « fin »/);
    assert.match(flaws('{{fin}}')[0]!, /sans « si »/);
    assert.match(flaws('{{sinon}}')[0]!, /n’est pas dans/);
    assert.match(flaws('{{si a et b ou c}}x{{fin}}')[0]!, /illisible/);
    assert.match(flaws('x {{nom')[0]!, /sans « }} »/);
    assert.match(flaws('{{pour liste}}{{pour liste}}x{{fin}}{{fin}}')[0]!, /ne se met pas dans une autre/);
    assert.match(flaws('{{si a}}'.repeat(20))[0]!, /emboîtées trop profondément/);
    assert.deepEqual(
      keysIn(parseTemplate('{{si a}}{{b}}{{pour c}}{{d}}{{fin}}{{fin}}').nodes).map(
        ({ key, list, use }) => `${key} ${list ?? ''} ${use}`,
      ),
      ['a  test', 'b  field', 'c  list', 'd c field'],
    );
  });

  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '{{',
      '}}',
      '{{nom}}',
      '{{absent}}',
      '{{liste}}',
      '{{si nom}}',
      '{{si non cache}}',
      '{{sinon}}',
      '{{fin}}',
      '{{pour liste}}',
      '{{n}}',
      '\n',
      '**',
      '- ',
      '# ',
      '{',
      '}',
      '{{ }}',
      '{{si }}',
    ),
  );
  const texts = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
  test('DOS-13 whatever is written, filling never throws, says no «undefined» of its own, and settles', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = fill(text);
        if (!/undefined|null|NaN|\[object/.test(text)) assert.doesNotMatch(once.text, /undefined|null|NaN|\[object/);
        if (parseTemplate(text).flaws.length === 0)
          assert.equal(fill(once.text).text, once.text, 'filled again with the same rights, nothing changes');
        if (once.open.length > 0) assert.ok(isOpen(once.text));
        words(once.text);
      }),
      { numRuns: 1500 },
    );
  });
  test('DOS-13 words of a record are words: never fields, parts, bold, titles or bullets', () => {
    fc.assert(
      fc.property(
        fc.oneof(texts, fc.constantFrom('**gras**', '- puce', '{{nom}}', '# x', '1. x', '{{si nom}}', '{', '*')),
        (value) => {
          const shown = value.replaceAll('\u200B', '').replace(/\r\n?|[\u2028\u2029]/g, '\n');
          const filled = fillTemplate('a{{v}}b {{si v}}x{{fin}}', () => ({ state: 'known', text: value }));
          assert.equal(filled.open.length, 0);
          assert.equal(isOpen(filled.text), false);
          const alone = fillTemplate('**{{v}}**', () => ({ state: 'known', text: value })).text;
          const spans = richText(alone, (inside) => `‹${inside}›`).flatMap((block) =>
            block.kind === 'p' ? block.lines.flat() : [],
          );
          assert.ok(spans.every(({ open }) => !open));
          if (/^\S[^\n]*\S$/.test(shown)) assert.equal(spans.map(({ text }) => text).join(''), shown.trim());
        },
      ),
      { numRuns: 800 },
    );
  });
  test('DOS-13 blocks print: bold, titles, bullets, and what still waits', () => {
    const blocks = richText(
      '# Titre\nUn **gras** et {{champ}}.\nDeuxième ligne\n\n- a\n- b\n1. c\n2) d',
      (inside) => `‹${inside} à compléter›`,
    );
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['h', 'p', 'ul', 'ol'],
    );
    const printed = wordsOf(
      renderPdf(
        '#show: letter.with(title: "T", practice: "P")\n#rich(data.blocks)',
        { blocks },
        new Date('2026-11-26T08:00:00Z'),
      ),
    );
    for (const said of ['Titre', 'gras', '‹champ à compléter›', 'Deuxième ligne', '• a', '1. c', '2. d'])
      assert.ok(printed.includes(said), `${said} in ${printed}`);
  });
});
