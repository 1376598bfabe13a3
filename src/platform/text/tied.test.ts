import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { tied } from './tied.rules.ts';

/** As read here: ‗ for the narrow space, ▁ for the wide one. */
const seen = (text: string): string => tied(text).replaceAll('\u202f', '‗').replaceAll('\u00a0', '▁');

test('a sign never begins a line: narrow before « ; ? ! », wide before « : % € » and inside guillemets', () => {
  const cases: Record<string, string> = {
    'Qui appeler ?': 'Qui appeler‗?',
    'Attention !': 'Attention‗!',
    'Lu ; signé': 'Lu‗; signé',
    'Motif : douleur': 'Motif▁: douleur',
    'Est-ce vrai ?!': 'Est-ce vrai‗?!',
    '12,5 % de 30 €': '12,5▁% de 30▁€',
    '(en hausse de 3 %)': '(en hausse de 3▁%)',
    '« Oui », dit-il.': '«▁Oui▁», dit-il.',
    'Dites « non ? »': 'Dites «▁non‗?▁»',
    'la « Vie » : tout': 'la «▁Vie▁»▁: tout',
    '**Motif :** toux': '**Motif▁:** toux',
    'Rhésus + ; CMV -': 'Rhésus +‗; CMV -',
    '(le 3 mai) ;': '(le 3 mai)‗;',
  };
  for (const [text, words] of Object.entries(cases)) assert.equal(seen(text), words);
});

test('what is no French text stays as it is', () => {
  for (const text of [
    '12:30',
    'de 8 : 30',
    '3 : 1',
    'à 12:30',
    'https://exemple.fr/a?b=c ; d',
    'Écrire à lea@exemple.fr ; merci',
    'urn:oid:1.2.250',
    '{"a" : 1, "b" : "c"}',
    '`a ? b : c`',
    'Merci :) à demain ;-)',
    'super :-D',
    'Re: [Estran] suite',
    'calc(100% - 1px)',
    'x != y',
    'mot  : deux espaces',
    ': au début',
    '5 %d',
    'var(--x) :hover',
    'key: value; other: value',
    'Prénom:',
  ])
    assert.equal(tied(text), text);
});

const sign = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '\u00a0',
  '\u202f',
  '\n',
  ':',
  ';',
  '?',
  '!',
  '%',
  '€',
  '«',
  '»',
  'a',
  'é',
  'Z',
  '1',
  '12',
  ')',
  '.',
  '*',
  '`',
  '://',
  '@',
  '"',
  '{',
  '}',
  '…',
  '\ufffc',
  '🙂',
);
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(sign, { maxLength: 40 }).map((parts) => parts.join('')),
);

test('done twice is done once; nothing but ordinary spaces beside a sign changes, and the length never does', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = tied(text);
      assert.equal(tied(once), once);
      assert.equal(once.length, text.length);
      for (let at = 0; at < text.length; at++) {
        if (once[at] === text[at]) continue;
        assert.equal(text[at], ' ');
        const next = text[at + 1] ?? '';
        assert.equal(once[at], /[;?!]/.test(next) && text[at - 1] !== '«' ? '\u202f' : '\u00a0');
        assert.ok(/[;?!:%€»]/.test(next) || text[at - 1] === '«', JSON.stringify(text));
      }
    }),
    { numRuns: 3000 },
  );
});

test('addresses, code and what holds no space before a sign come out untouched wherever they stand', () => {
  const word = fc.stringMatching(/^[a-zé]{1,8}$/);
  const kept = fc.oneof(
    fc.webUrl(),
    fc.tuple(word, word).map(([a, b]) => `\`${a} ? ${b} : ${a} ;\``),
    fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${h}:${String(m).padStart(2, '0')}`),
    fc.uuid(),
    fc
      .jsonValue()
      .map((value) => JSON.stringify(value))
      .filter((json) => !/[ `]/.test(json)),
  );
  fc.assert(
    fc.property(word, kept, word, (before, one, after) =>
      assert.ok(tied(`${before} ${one} ; ${after}`).includes(` ${one}`)),
    ),
  );
});

test('a long text without any space costs no more than its length', () => {
  const began = performance.now();
  for (const text of [
    'a'.repeat(200_000),
    '@'.repeat(200_000),
    ' '.repeat(200_000),
    '` '.repeat(100_000),
    'a ?'.repeat(60_000),
    ': « '.repeat(50_000),
  ])
    tied(`${text} ?`);
  assert.ok(performance.now() - began < 2_000);
});
