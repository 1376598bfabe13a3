import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FoundTerm, loadList } from '../../fhir/index.ts';
import { newPractice, testHouse, type TestPerson } from '../../../test/app.ts';
import { usualMedicines } from '../data/medicines.ts';
import { type Meaning, meaningOf, pairOf } from './brands.rules.ts';
import { difference, matched } from './compare.rules.ts';
import type { TreatmentLine } from './lines.ts';
import type { Said } from './list.rules.ts';
import { strengthOf, substanceOf } from './substance.rules.ts';

const row = (label: string, ...substances: [string, string | null][]): FoundTerm => ({
  list: 'bdpm',
  code: label,
  label,
  place: 1,
  rank: 1,
  detail: { substances: substances.map(([name, strength]) => ({ code: null, label: name, strength, per: null })) },
});
const list = [
  row('DOLIPRANE 500 mg, comprimé', ['PARACÉTAMOL', '500 mg']),
  row('DOLIPRANE 1000 mg, comprimé', ['PARACÉTAMOL', '1 000 mg']),
  row('NUROFEN 400 mg, comprimé enrobé', ['IBUPROFÈNE', '400 mg']),
  row('NUROFEN RHUME, comprimé pelliculé', ['IBUPROFÈNE', '200 mg'], ['PSEUDOÉPHÉDRINE', '30 mg']),
  row('AUGMENTIN 500 mg/62,5 mg, comprimé', ['AMOXICILLINE ANHYDRE', '500 mg'], ['ACIDE CLAVULANIQUE', '62,5 mg']),
  row('LEVOTHYROX 75 microgrammes, comprimé', ['LÉVOTHYROXINE SODIQUE', '75 microgrammes']),
  row('LEVOTHYROX 25 microgrammes, comprimé', ['LÉVOTHYROXINE SODIQUE', '25 microgrammes']),
  row('AMBIGU 1 mg, comprimé', ['PARACÉTAMOL', '1 mg']),
  row('AMBIGU 2 mg, comprimé', ['IBUPROFÈNE', '2 mg']),
];
const title = 'Base de données publique des médicaments';
const meaning = (label: string, rows: readonly FoundTerm[] = list): Meaning | null =>
  meaningOf(label, substanceOf(undefined, label), rows, title);
const mg = (label: string, rows: readonly FoundTerm[] = list): number[] | undefined =>
  meaning(label, rows)?.strength?.parts.map(({ value }) => value);
const named = (label: string, rows: readonly FoundTerm[] = list) => ({
  substance: substanceOf(undefined, label),
  meaning: meaning(label, rows),
});

test('DOS-5 a brand typed as free text is what the public list says, or our own everyday names without a list; the source is said', () => {
  assert.deepEqual(
    [meaning('Doliprane 1000')?.substance.names, mg('Doliprane 1000'), meaning('Doliprane 1000')?.words],
    [['paracetamol'], [1000], `Doliprane : paracétamol (${title})`],
  );
  assert.deepEqual(
    [meaning('Doliprane 1000', [])?.substance.key, mg('Doliprane 1000', []), meaning('Doliprane 1000', [])?.words],
    ['paracetamol', [1000], 'Doliprane : paracétamol (noms usuels d’Estran)'],
  );
  assert.deepEqual(meaning('Augmentin 500 mg/62,5 mg')?.substance.names, ['acide clavulanique', 'amoxicilline']);
  assert.deepEqual(mg('Levothyrox 75'), [0.075], '75 µg');
  assert.equal(meaning('paracétamol 1 g')?.words, '', 'a substance says itself what it is');
  for (const unknown of ['Ambigu', 'Ambigu 1', 'Tisane du soir', 'Dolipran'])
    assert.equal(meaning(unknown), null, `${unknown}: nothing is guessed`);
  assert.equal(meaning('Nurofen rhume')?.substance.names.length, 2);
  assert.equal(meaning('Nurofen rhume', []), null, 'without the list, more words are something else');
  assert.equal(mg('Doliprane 3'), undefined, 'a figure that is no strength of it');
});
test('DOS-5 «Doliprane 1000» and «paracétamol 1 g» are a pair to confirm, and their doses are compared in one unit', () => {
  assert.deepEqual(
    [
      pairOf(named('Doliprane 1000'), named('paracétamol 1 g')),
      pairOf(named('PARACETAMOL BIOGARAN 1 g'), named('paracétamol 500 mg')),
      pairOf(named('Nurofen rhume'), named('ibuprofène 400 mg')),
    ],
    ['listed', 'own', null],
  );
  const compare = (a: [string, string], b: [string, string]) =>
    difference(
      { label: a[0], dosage: a[1], state: 'current', strength: meaning(a[0])?.strength },
      { label: b[0], dosage: b[1], strength: meaning(b[0])?.strength },
    );
  assert.equal(
    compare(['Doliprane 1000', '1 cp 3 fois par jour'], ['paracétamol 1 g', '1 cp matin midi et soir']),
    'same-day',
  );
  assert.equal(
    compare(['Doliprane 1000', '1 cp 3 fois par jour'], ['paracétamol 500 mg', '2 cp 3 fois par jour']),
    'same-day',
  );
  assert.equal(compare(['Doliprane 500', '1 cp 3 fois par jour'], ['paracétamol 1 g', '1 cp 3 fois par jour']), 'dose');
  assert.equal(compare(['Levothyrox 75', '1 cp le matin'], ['lévothyroxine 75 µg', '1 cp le matin']), 'same');
});

const brands = [
  'Doliprane 1000',
  'Doliprane',
  'Efferalgan 500',
  'Nurofen 400 mg',
  'Nurofen rhume',
  'Levothyrox 75',
  'Kardégic 75 mg',
  'Eliquis 5',
  'Xarelto 20',
  'Lasilix 40',
  'Glucophage 1000',
  'Tahor 20',
  'Augmentin 500 mg/62,5 mg',
  'Clamoxyl 1 g',
  'Inexium 40',
  'Ambigu 1',
  'Tisane',
];
const medicine = fc.oneof(
  fc.constantFrom(...brands),
  fc
    .constantFrom(...usualMedicines)
    .chain(({ name, forms }) =>
      fc.constantFrom(
        name,
        ...forms.flatMap(({ form, strengths }) => strengths.map((strength) => `${name} ${strength}, ${form}`)),
      ),
    ),
);
const rows = fc.constantFrom(list, [] as FoundTerm[]);
test('DOS-5 pairing is symmetric, pairs every name with itself, and never two different substances', () => {
  fc.assert(
    fc.property(medicine, medicine, rows, (a, b, known) => {
      const [x, y] = [named(a, known), named(b, known)];
      assert.equal(pairOf(x, y), pairOf(y, x));
      assert.equal(pairOf(x, x), 'own');
      const made = (one: typeof x) => (one.meaning?.substance ?? one.substance).names.join('+');
      if (pairOf(x, y) === 'listed') assert.equal(made(x), made(y));
      if (made(x) !== made(y)) assert.equal(pairOf(x, y) === 'listed', false);
    }),
    { numRuns: 2000 },
  );
});
test('DOS-5 no line of the record is paired twice, and only what a list says is to be confirmed', () => {
  fc.assert(
    fc.property(
      fc.array(medicine, { maxLength: 8 }),
      fc.array(medicine, { maxLength: 8 }),
      rows,
      (held, told, known) => {
        const lines = held.map(
          (label, at) =>
            ({
              type: 'MedicationStatement',
              id: String(at),
              label,
              substance: substanceOf(undefined, label),
            }) as unknown as TreatmentLine,
        );
        const said = told.map(
          (label, at): Said => ({ key: `l${at}`, label, concept: undefined, dosage: '', note: null }),
        );
        const meanings = new Map(
          [...held, ...told].flatMap((label) => ((one) => (one ? [[label, one] as const] : []))(meaning(label, known))),
        );
        const found = matched(lines, said, meanings);
        assert.equal(new Set([...found.values()].map(({ line }) => line)).size, found.size);
        for (const [key, { line, proposed }] of found) {
          const way = pairOf(
            { substance: line.substance, meaning: meanings.get(line.label) ?? null },
            named(said.find((one) => one.key === key)!.label, known),
          );
          assert.equal(way, proposed === null ? 'own' : 'listed');
          if (proposed !== null) assert.match(proposed, / : .+ \(/);
        }
      },
    ),
    { numRuns: 400 },
  );
});
test('DOS-5 grams, milligrams and micrograms of the same amount are the same, whichever is said first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 4 }), (mg, times) => {
      const written = [`${mg} mg`, `${String(mg / 1000).replace('.', ',')} g`, `${mg * 1000} µg`];
      for (const a of written)
        for (const b of written) {
          assert.ok(Math.abs(strengthOf(`X ${a}`)!.parts[0]!.value - mg) < 1e-9, a);
          const told = (strength: string) => ({
            label: `Paracétamol ${strength}, comprimé`,
            dosage: `1 comprimé ${times} fois par jour`,
            state: 'current',
          });
          assert.ok(
            ['same', 'same-day'].includes(difference(told(a), told(b))),
            `${a} ${b}: ${difference(told(a), told(b))}`,
          );
          const more = { ...told(b), dosage: `2 comprimés ${times} fois par jour` };
          assert.equal(difference(told(a), more), 'dose');
          assert.equal(difference(more, told(a)), 'dose');
        }
    }),
    { numRuns: 60 },
  );
});

test('DOS-5 in a reconciliation: a brand of a letter is proposed as the line of the record, said where it comes from, never merged by itself', async () => {
  const practice = await newPractice('Maison de santé des marques');
  const [doctor, nurse, outsider] = [
    await practice.person('physician', { family: 'Kermarrec' }),
    await practice.person('nurse', { family: 'Morvan' }),
    await practice.person('physician', { family: 'Abgrall' }),
  ];
  const ok = async (who: TestPerson, method: string, path: string, body?: unknown) => {
    const answer = await who.send(method, path, body);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  const { id } = await ok(doctor, 'POST', '/api/patients', {
    birthFamily: 'Marque',
    birthGivens: 'Morgane',
    birthDate: '04/05/1950',
    sex: 'female',
  });
  await ok(doctor, 'POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner });
  const at = `/api/patients/${id}/treatments`;
  await ok(doctor, 'POST', at, {
    label: 'Paracétamol 1 g, comprimé',
    dosage: '1 cp 3 fois par jour',
    source: 'elsewhere',
  });
  await ok(doctor, 'POST', at, { label: 'Acide folique 5 mg', dosage: '1 le matin', source: 'elsewhere' });
  await ok(nurse, 'POST', `${at}/reported`, {
    from: 'hospital',
    title: 'Sortie',
    lines: [
      { label: 'Doliprane 1000', dosage: '1 cp matin midi et soir' },
      { label: 'Kardégic 75 mg', dosage: '1 sachet le midi' },
      { label: 'Marquinox 75', dosage: '1 le soir' },
    ],
  });
  const lines = async () =>
    (await ok(doctor, 'GET', at)).reported[0].lines.map((one: Record<string, unknown>) => [
      one.label,
      one.entry !== null,
      one.difference,
      one.proposed,
    ]);
  assert.deepEqual(await lines(), [
    ['Doliprane 1000', true, 'same-day', 'Doliprane : paracétamol (noms usuels d’Estran)'],
    ['Kardégic 75 mg', false, 'missing', null],
    ['Marquinox 75', false, 'missing', null],
  ]);
  const { db } = await testHouse();
  await loadList(
    db,
    practice.tenant,
    {
      list: 'bdpm',
      version: 'essai',
      files: [],
      terms: ['5 mg', '15 mg'].map((strength, at) => ({
        code: `6000000${at}`,
        label: `MARQUINOX ${strength}, comprimé`,
        rank: at,
        more: 'ACIDE FOLIQUE',
        detail: { substances: [{ code: null, label: 'ACIDE FOLIQUE', strength, per: null }] },
      })),
    } as never,
    { actor: 'essai', actorName: 'essai' },
  );
  const view = await ok(doctor, 'GET', at);
  assert.deepEqual((await lines())[2], [
    'Marquinox 75',
    true,
    'unknown',
    'Marquinox : acide folique (Base de données publique des médicaments)',
  ]);
  assert.deepEqual([view.lines.length, view.reconciliations.length], [2, 0], 'nothing was merged');
  // A brand and its substance both taken: said to be checked, with the reason.
  await ok(doctor, 'POST', at, { label: 'Doliprane 500', dosage: '1 le soir', source: 'self' });
  assert.match(
    (await ok(doctor, 'GET', at)).toCheck[0].words,
    /^Même substance deux fois \(paracetamol\) : .*Doliprane : paracétamol \(noms usuels d’Estran\)\.$/,
  );
  assert.equal((await outsider.send('GET', at)).status, 403, 'no care link');
});
