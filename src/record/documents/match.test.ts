import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { dateLabel } from '../dates.rules.ts';
import { normalise } from '../fhir-words.ts';
import { nirKey } from '../identity/ins.rules.ts';
import { factsOf } from './facts.rules.ts';
import { type Known, likeness, ranked } from './match.rules.ts';
import { candidatesFor, snippetOf, understandWords } from './snippet.rules.ts';

const now = new Date('2026-11-26T09:00:00Z');
const pick = <T>(...all: T[]) => fc.constantFrom(...all);
const families = [
  'Le Goff',
  'Kervella',
  'D’Hervé',
  'Guéguen-Le Bars',
  'Cœuret',
  'de La Villéon',
  'Nuñez',
  'Petit',
  'L’Hostis',
  'Ben Saïd',
  'Müller',
  'Quéméneur',
];
const givens = ['Marie', 'Jean-Pierre', 'Anne-Sophie', 'Éléonore', 'Gaël', 'Loïc', 'François', 'Yvonne', 'Zoé', 'Noël'];
const birth = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2024-12-28'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const person = fc
  .record({
    family: pick(...families),
    used: fc.option(pick(...families), { nil: undefined }),
    given: pick(...givens),
    birth,
  })
  .map((one) => ({ ...one, used: one.used === one.family ? undefined : one.used }));
const known = (
  one: { family: string; used?: string | undefined; given: string; birth: string },
  id = 'p',
  ins = '',
): Known => ({
  id,
  families: [one.family, ...(one.used ? [one.used] : [])].map(normalise),
  givens: [normalise(one.given)],
  birthDate: one.birth,
  ins,
});
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/œ/g, 'oe')
    .replace(/Œ/g, 'OE');
/** How senders write a name: capitals, without accents, with or without hyphens. */
const writing = pick<(text: string) => string>(
  (text) => text,
  (text) => text.toUpperCase(),
  bare,
  (text) => bare(text).toUpperCase(),
  (text) => bare(text).toUpperCase().replaceAll('-', ' '),
  (text) => text.replaceAll('’', "'"),
);
const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];
const dating = pick<(iso: string) => string>(
  dateLabel,
  (iso) => dateLabel(iso).replaceAll('/', '.'),
  (iso) => dateLabel(iso).replaceAll('/', '-'),
  (iso) =>
    `${Number(iso.slice(8))}${iso.endsWith('-01') ? 'er' : ''} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`,
);
const saying = pick<(name: string, given: string, maiden: string, date: string) => string>(
  (name, given, maiden, date) => `Patient : ${name} ${given}${maiden && ` née ${maiden}`}\nDate de naissance : ${date}`,
  (name, given, maiden, date) =>
    `Concerne Mme ${given} ${name}${maiden && ` (née ${maiden})`}, née le ${date}, demeurant à Brest`,
  (name, given, _maiden, date) => `Nom : ${name}\nPrénom : ${given}\nDDN : ${date}`,
  (name, given, _maiden, date) => `J’ai vu ce jour Monsieur ${name} ${given}, né à Quimper le ${date}.`,
);
const written = fc.record({ one: person, how: writing, date: dating, say: saying }).map(({ one, how, date, say }) => ({
  one,
  text: `CENTRE HOSPITALIER\nQuimper, le 12/11/2026\n${say(how(one.used ?? one.family), how(one.given), one.used ? how(one.family) : '', date(one.birth))}\nCompte rendu de consultation\nDr Hervé TOULARASTEL`,
}));

test('DOS-10 a name as senders write it and the birth date find the patient, accents, hyphens and birth name aside', () => {
  fc.assert(
    fc.property(written, person, ({ one, text }, someone) => {
      fc.pre(someone.birth !== one.birth);
      const [first, ...others] = ranked(factsOf(text, 'scan.pdf', now), text, 'scan.pdf', [
        known(someone, 'other'),
        known(one, 'right'),
      ]);
      assert.deepEqual([first?.id, first?.confidence], ['right', 'sure'], text);
      assert.deepEqual(others, [], 'whose birth date is said to be another is never proposed');
    }),
    { numRuns: 400 },
  );
});
test('DOS-10 nobody is proposed whose birth date contradicts the one that is said, whatever else agrees', () => {
  fc.assert(
    fc.property(written, birth, pick('', 'ins'), ({ one, text }, wrong, withIns) => {
      fc.pre(wrong !== one.birth);
      const body = `1${wrong.slice(2, 4)}${wrong.slice(5, 7)}29123456`;
      const ins = `${body}${String(nirKey(body)).padStart(2, '0')}`;
      const more = withIns ? `${text}\nN° de sécurité sociale : ${ins}` : text;
      assert.deepEqual(
        ranked(factsOf(more, 'scan.pdf', now), more, 'scan.pdf', [
          known({ ...one, birth: wrong }, 'namesake', withIns ? ins : ''),
        ]),
        [],
      );
    }),
    { numRuns: 300 },
  );
});
test('DOS-10 twins and two records of one person are not told apart by the machine; a name alone is never sure; an INS is looked at with its key', () => {
  const one = { family: 'Le Goff', given: 'Marie', birth: '1948-03-12' };
  const text = 'Madame LE GOFF Marie, née le 12/03/1948';
  const facts = factsOf(text, '', now);
  assert.deepEqual(
    ranked(facts, text, '', [known(one, 'a'), known(one, 'b')]).map((match) => match.confidence),
    ['likely', 'likely'],
  );
  assert.deepEqual(
    ranked(facts, text, '', [known(one, 'a'), known({ ...one, given: 'Lucie' }, 'b')]).map((match) => [
      match.id,
      match.confidence,
    ]),
    [
      ['a', 'sure'],
      ['b', 'likely'],
    ],
  );
  const unsaid = 'Madame LE GOFF Marie a été vue ce jour.';
  assert.deepEqual(
    ranked(factsOf(unsaid, '', now), unsaid, '', [known(one)]).map((match) => match.confidence),
    ['possible'],
  );
  assert.deepEqual(
    ranked(factsOf('Vu le 12/03/1948', '', now), 'Vu le 12/03/1948', '', [known(one)]),
    [],
    'a date alone is nobody’s name',
  );
  const body = '2480329123456';
  const ins = `${body}${String(nirKey(body)).padStart(2, '0')}`;
  const spaced = `INS ${ins.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7')} LE GOFF`;
  assert.deepEqual(factsOf(spaced, '', now).nirs, [body]);
  assert.deepEqual(factsOf(`INS ${body}00`, '', now).nirs, []);
  assert.equal(ranked(factsOf(spaced, '', now), spaced, '', [known(one, 'p', ins)])[0]?.confidence, 'sure');
  assert.equal(
    ranked(factsOf('', 'LEGOFF_Marie_12031948.jpg', now), '', 'LEGOFF_Marie_12031948.jpg', [known(one)])[0]?.confidence,
    'likely',
    'an image is known by its file’s name',
  );
});
test('DOS-10 what a document is, of when and by whom', () => {
  const facts = factsOf(
    'Laboratoire Bio-Abers\nBrest, le 3 novembre 2026\nPrescripteur : Dr Anne Kermarrec\nHémogramme\nNé le 12/03/1948\nDr Luc LE BIHAN',
    'x.pdf',
    now,
  );
  assert.deepEqual(
    [facts.code, facts.day, facts.author, facts.addressees, facts.births],
    ['11502-2', '2026-11-03', 'Dr Luc LE BIHAN, Laboratoire Bio-Abers', ['anne kermarrec'], ['1948-03-12']],
  );
  for (const [words, code] of [
    ['Compte rendu opératoire', '11504-8'],
    ['IRM lombaire', '18748-4'],
    ['ORDONNANCE', '57833-6'],
    ['Compte-rendu d’hospitalisation', '18842-5'],
    ['Rien de connu', null],
  ] as const)
    assert.equal(factsOf(words, '', now).code, code, words);
});
test('DOS-10 the matcher never fails, whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.string({ unit: 'binary', maxLength: 80 }),
      (text, file) => {
        ranked(factsOf(text, file, now), text, file, [known({ family: 'Petit', given: 'Zoé', birth: '2001-01-01' })]);
        likeness(text, file);
        const { words, phrases } = understandWords(file);
        const candidates = candidatesFor(words, phrases);
        if (!candidates) return;
        const { snippet, marks } = snippetOf(text, candidates, () => true);
        for (const [from, to] of marks) assert.ok(from < to && to <= snippet.length);
      },
    ),
  );
});
