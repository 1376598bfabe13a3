import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type FoundTerm, loadList, soundOf } from '../../fhir/index.ts';
import { readBdpm } from '../../fhir/terms/read-bdpm.ts';
import { newPractice, testHouse, type TestPerson } from '../../../test/app.ts';
import { usualMedicines } from '../data/medicines.ts';
import { normalise } from '../fhir-words.ts';
import { isSubstance, type Meaning, meaningOf, nearMeaning, pairOf } from './brands.rules.ts';
import { distance, lettersApart } from './spelling.rules.ts';
import { bareName, nameWords, substanceOf } from './substance.rules.ts';

const title = 'Base de données publique des médicaments';
const substance = (label: string) => substanceOf(undefined, label);
const meaning = (label: string, rows: readonly FoundTerm[], held: readonly string[]): Meaning | null =>
  meaningOf(label, substance(label), rows, title) ??
  nearMeaning(
    label,
    rows,
    title,
    held.map((one) =>
      ((known) => ({ label: one, substance: known?.substance ?? substance(one), known: known !== null }))(
        meaningOf(one, substance(one), rows, title),
      ),
    ),
  );
const pair = (a: string, b: string, rows: readonly FoundTerm[] = []) =>
  pairOf(
    { substance: substance(a), meaning: meaning(a, rows, [a, b]) },
    { substance: substance(b), meaning: meaning(b, rows, [a, b]) },
  );
const row = (label: string, made: string): FoundTerm => ({
  list: 'bdpm',
  code: label,
  label,
  place: 1,
  rank: 1,
  detail: { substances: [{ code: null, label: made, strength: null, per: null }] },
});

test('DOS-5 a misspelt name is asked about beside the medicine it resembles, never taken for it in silence', () => {
  const slips: [string, string][] = [
    ['amoxicilinne 1 g', 'Amoxicilline 1 g, comprimé'],
    ['doliprrane 1000', 'Paracétamol 1 g'],
    ['Doliprrane 500', 'DOLIPRANE 500 mg'],
    ['kardegik 75', 'Kardégic 75 mg'],
    ['kardegik', 'Acide acétylsalicylique 75 mg'],
    ['métformine LP', 'Metformine'],
    ['metphormine', 'Metformine 500 mg'],
    ['levotirox 75', 'Lévothyroxine 75 µg'],
    ['atorvastine 20', 'Atorvastatine 20 mg'],
    ['paracetmaol', 'Paracétamol'],
    ['ramipryl 5', 'Ramipril 5 mg'],
    ['xareltto 20', 'Rivaroxaban 20 mg'],
    ['furozémide 40', 'Furosémide 40 mg'],
    ['bisoprolole 5', 'Bisoprolol'],
    ['elikis 5', 'Apixaban'],
    ['amoxiciline/acide clavulanic 1 g/125 mg', 'Amoxicilline et acide clavulanique 1 g/125 mg'],
    ['Marquinnox 5', 'Marquinox 5 mg'],
  ];
  for (const [slip, right] of slips) {
    const way = pair(slip, right);
    assert.ok(way === 'near' || (slip === 'métformine LP' && way === 'own'), `${slip} | ${right}: ${way}`);
  }
  assert.equal(
    meaning('doliprrane 1000', [], [])!.words,
    '« doliprrane » ressemble à « Doliprane », paracétamol (noms usuels d’Estran) : orthographe à vérifier',
  );
  assert.equal(meaning('doliprrane 1000', [], [])!.strength!.parts[0]!.value, 1000);
  for (const nothing of [
    'tisane du soir',
    'Homéoplasmine',
    'abc',
    '',
    'vitamines',
    'Millepertuis',
    'eau',
    'Dolip',
    'compléments alimentaires',
  ])
    assert.equal(meaning(nothing, [], ['Ramipril 5 mg']), null, nothing);
});
/**
 * Names that were confused in France, as the agency reported them: bulletins of Afssaps (2005–2006, infirmiers.com and Prescrire 2007), list of ANSM of 7 November 2016 (Le Quotidien du pharmacien, JIM), Prescrire April 2010;
 * and substances that are classically confused.
 */
const confused: [string, string][] = [
  ['Lamictal', 'Lamisil'],
  ['Préviscan', 'PreserVision'],
  ['Préviscan', 'Permixon'],
  ['Temerit', 'Temesta'],
  ['Xanax', 'Xatral'],
  ['Spasfon', 'Stablon'],
  ['Ciflox', 'Ciblor'],
  ['Reminyl', 'Amarel'],
  ['Amarel', 'Miorel'],
  ['Esperal', 'Hepsera'],
  ['Méthotrexate', 'Météoxane'],
  ['Celltop', 'CellCept'],
  ['Evista', 'Elevit'],
  ['Evista', 'Estima'],
  ['Repevax', 'Revaxis'],
  ['Valium', 'Valinor'],
  ['Prostine', 'Prostigmine'],
  ['Génésérine', 'Ginéservice'],
  ['Adrénaline', 'Noradrénaline'],
  ['Coversyl', 'Corvasal'],
  ['Actonel', 'Actos'],
  ['Alkeran', 'Leukeran'],
  ['Losec', 'Lasilix'],
  ['Zyrtec', 'Zyprexa'],
  ['Prednisone', 'Prednisolone'],
  ['Citalopram', 'Escitalopram'],
  ['Oméprazole', 'Ésoméprazole'],
  ['Cétirizine', 'Lévocétirizine'],
  ['Loratadine', 'Desloratadine'],
  ['Morphine', 'Hydromorphone'],
  ['Saxagliptine', 'Sitagliptine'],
  ['Fluoxétine', 'Paroxétine'],
  ['Céfixime', 'Céfuroxime'],
  ['Clobazam', 'Clonazépam'],
  ['Hydroxyzine', 'Hydralazine'],
  ['Clomifène', 'Clomipramine'],
  ['Alprazolam', 'Lorazépam'],
  ['Vinblastine', 'Vincristine'],
];
test('DOS-5 names that look alike and are two medicines stay apart, with the public list and without', () => {
  for (const [a, b] of confused) {
    assert.equal(pair(`${a} 5 mg`, `${b} 5 mg`), null, `${a} | ${b}`);
    const rows = [row(`${a} 5 mg, comprimé`, `SUBSTANCE DE ${a}`), row(`${b} 5 mg, comprimé`, `SUBSTANCE DE ${b}`)];
    assert.equal(pair(`${a} 5 mg`, `${b} 5 mg`, rows), null, `${a} | ${b}, listed`);
  }
  // Between two that are as close, nobody chooses.
  const rows = [row('LAMICTAL 5 mg', 'LAMOTRIGINE'), row('LAMISTAL 5 mg', 'AUTRE')];
  assert.ok(meaning('Lamicttal', [rows[0]!], [])!.near);
  assert.equal(meaning('Lamicttal', rows, []), null);
  assert.equal(meaning('prednisoone 20 mg', [], []), null, 'prednisone to the ear, prednisolone to the finger');
  assert.equal(meaning('Lamictal', rows, [])!.near, false);
});

const single = usualMedicines
  .map(({ name }) => name)
  .filter((name) => !/[ (]/.test(name) && isSubstance(substance(name)));
const slip = fc
  .constantFrom(...single)
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.integer({ min: 1, max: name.length - 1 }),
      fc.constantFrom('missing', 'twice', 'swapped', 'other'),
      fc.constantFrom(...'aeioulmnrst'),
    ),
  );
const slipped = ([name, at, how, letter]: [string, number, string, string]): string =>
  ({
    missing: name.slice(0, at) + name.slice(at + 1),
    twice: name.slice(0, at) + name[at] + name.slice(at),
    swapped: name.slice(0, at - 1) + name[at] + name[at - 1] + name.slice(at + 1),
    other: name.slice(0, at) + letter + name.slice(at + 1),
  })[how]!;
test('DOS-5 one slip in a usual substance gives that substance or none, and pairing stays symmetric', () => {
  let found = 0;
  fc.assert(
    fc.property(slip, ([name, at, how, letter]) => {
      const typed = slipped([name, at, how, letter]);
      const key = substance(name).key;
      fc.pre(!isSubstance(substance(typed)) && at > 0);
      const meant = meaning(typed, [], []);
      if (meant) {
        assert.ok(meant.near);
        assert.equal(meant.substance.key, key, `${typed}: ${meant.words}`);
        found++;
      }
      assert.equal(pair(typed, name), pair(name, typed));
    }),
    { numRuns: 1500 },
  );
  assert.ok(found > 900, `${found}`);
});
test('DOS-5 letters apart: the same both ways, none for what sounds alike, never more than asked for', () => {
  const word = fc.string({ unit: fc.constantFrom(...'aceihkpqstuyz'), maxLength: 12 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
      assert.equal(lettersApart(a, b, most), lettersApart(b, a, most));
      assert.ok(lettersApart(a, b, most) <= most + 1);
      assert.equal(lettersApart(a, a, most), 0);
      assert.equal(distance(a, b), distance(b, a));
    }),
    { numRuns: 1500 },
  );
});

test('DOS-5 a short name is forgiven nothing, not even what sounds the same', () => {
  for (const [a, b] of [
    ['kaleorid', 'caleorid'],
    ['tahor', 'thahor'],
  ] as const)
    assert.equal(distance(a, b), 0, `${a} ${b}`);
  for (const [a, b] of [
    ['kali', 'cali'],
    ['inex', 'inecs'],
    ['acide kali', 'acide cali'],
  ] as const)
    assert.equal(distance(a, b), null, `${a} ${b}`);
});

const published = join(import.meta.dirname, '../../../../shared/data/terminologies/bdpm');
test('DOS-5 in the whole public list, few names of different substances are close enough to be asked about', {
  skip: existsSync(published) ? false : 'the public list is not here',
}, () => {
  const text = (name: string) =>
    new TextDecoder('windows-1252').decode(gunzipSync(readFileSync(join(published, name))));
  const made = new Map<string, string>();
  for (const { label, detail } of readBdpm('CIS', text('CIS_bdpm.txt.gz'), 'COMPO', text('CIS_COMPO_bdpm.txt.gz'))) {
    const of = [...new Set(detail!.substances!.map((one) => bareName(normalise(one.label))))].sort().join('+');
    if (!of.includes('homeopathiques') && !nameWords(label).includes(' ')) made.set(nameWords(label), of);
  }
  const names = [...made.keys()];
  assert.ok(names.length > 2500, `${names.length}`);
  const byStart = Map.groupBy(names, (name) => soundOf(name)[0] ?? '');
  const close = [...byStart.values()].flatMap((all) =>
    all.flatMap((a, at) =>
      all
        .slice(at + 1)
        .flatMap((b) =>
          Math.abs(a.length - b.length) < 5 && made.get(a) !== made.get(b) && distance(a, b) !== null
            ? [`${a} ${b}`]
            : [],
        ),
    ),
  );
  assert.ok(close.length <= 30, `${close.length} of ${names.length} names: ${close.join(', ')}`);
});

test('DOS-5 in a reconciliation: a misspelt line of a letter is a pair to confirm, said as such; a misspelt product of a dispense is not counted', async () => {
  const practice = await newPractice('Maison de santé des fautes');
  const [doctor, nurse, outsider, secretary] = [
    await practice.person('physician', { family: 'Kermarrec' }),
    await practice.person('nurse', { family: 'Morvan' }),
    await practice.person('physician', { family: 'Abgrall' }),
    await practice.person('medical-secretary', { family: 'Riou' }),
  ];
  const ok = async (who: TestPerson, method: string, path: string, body?: unknown) => {
    const answer = await who.send(method, path, body);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  const { id } = await ok(doctor, 'POST', '/api/patients', {
    birthFamily: 'Faute',
    birthGivens: 'Morgane',
    birthDate: '04/05/1950',
    sex: 'female',
  });
  await ok(doctor, 'POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner });
  const at = `/api/patients/${id}/treatments`;
  await ok(doctor, 'POST', `/api/patients/${id}/allergies`, { label: 'Amoxicilline', category: 'medication' });
  for (const label of ['Amoxicilline 1 g, comprimé', 'Lamictal 100 mg', 'Marquinox 5 mg'])
    await ok(doctor, 'POST', at, { label, dosage: '1 matin et soir', source: 'elsewhere' });
  await ok(nurse, 'POST', `${at}/reported`, {
    from: 'hospital',
    title: 'Sortie',
    lines: [
      { label: 'amoxicilinne 1 g', dosage: '1 cp matin et soir' },
      { label: 'Lamisil 250', dosage: '1 le soir' },
      { label: 'Marquynox 5 mg', dosage: '1 matin et soir' },
    ],
  });
  const { db, fhir } = await testHouse();
  const lines = async () =>
    (await ok(doctor, 'GET', at)).reported[0].lines.map((one: Record<string, unknown>) => [
      one.label,
      one.entry !== null,
      one.misspelt,
      one.proposed,
    ]);
  const amoxicillin = [
    'amoxicilinne 1 g',
    true,
    true,
    '« amoxicilinne » ressemble à « Amoxicilline » (noms usuels d’Estran) : orthographe à vérifier',
  ];
  assert.deepEqual(await lines(), [
    amoxicillin,
    ['Lamisil 250', false, false, null],
    [
      'Marquynox 5 mg',
      true,
      true,
      '« Marquinox » ressemble à « Marquynox » (ce dossier) : orthographe à vérifier ; « Marquynox » ressemble à « Marquinox » (ce dossier) : orthographe à vérifier',
    ],
  ]);
  assert.deepEqual(
    (await ok(doctor, 'GET', at)).reported[0].lines.map((one: { spelling: string | null }) => one.spelling !== null),
    [true, false, true],
  );
  // With the list, a slip in a name that only the list knows; what the list knows is no slip.
  await loadList(
    db,
    practice.tenant,
    {
      list: 'bdpm',
      version: 'essai',
      files: [],
      terms: [
        ['LAMISIL 250 mg, comprimé', 'TERBINAFINE'],
        ['LAMICTAL 100 mg, comprimé', 'LAMOTRIGINE'],
        ['MARQUINOX 5 mg, comprimé', 'ACIDE FOLIQUE'],
      ].map(([label, made], at) => ({
        code: `6000000${at}`,
        label,
        rank: at,
        more: made,
        detail: { substances: [{ code: null, label: made, strength: null, per: null }] },
      })),
    } as never,
    { actor: 'essai', actorName: 'essai' },
  );
  assert.deepEqual(await lines(), [
    amoxicillin,
    ['Lamisil 250', false, false, null],
    [
      'Marquynox 5 mg',
      true,
      true,
      `Marquinox : acide folique (${title}) ; « Marquynox » ressemble à « MARQUINOX », acide folique (${title}) : orthographe à vérifier`,
    ],
  ]);
  await fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationDispense',
    status: 'completed',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'amoxiciline 1 g' },
    whenHandedOver: new Date().toISOString(),
    quantity: { value: 14, unit: 'comprimés' },
  } as never);
  const view = await ok(doctor, 'GET', at);
  assert.deepEqual([view.dispensed, view.lines.length], [[], 3], 'nothing was merged nor counted');
  // An allergy to what a misspelt treatment may be is shown, with the doubt.
  await ok(doctor, 'POST', at, { label: 'amoxicilinne 500', dosage: '1 le soir', source: 'self' });
  const { toCheck } = await ok(doctor, 'GET', at);
  assert.ok(
    toCheck.some(
      (one: { kind: string; words: string }) =>
        one.kind === 'allergy' && /amoxicilinne 500.*orthographe à vérifier/.test(one.words),
    ),
    JSON.stringify(toCheck),
  );
  // A slip in the field too.
  assert.equal(
    (await ok(doctor, 'GET', '/api/terms?list=medicines&words=amoxicilinne&most=3')).terms[0].label,
    'Amoxicilline',
  );
  for (const who of [outsider, secretary]) assert.equal((await who.send('GET', at)).status, 403, who.caller.name);
});
