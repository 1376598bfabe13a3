/** Rules of laboratory results: readers of text and files, units, flags, what is worked out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ckdEpi2009, cockcroft, computedFrom, friedewald } from '../contract/results/compute.rules.ts';
import { flagOf, flagOfCompared, isCritical, rangeIn } from '../contract/results/flags.rules.ts';
import { dayIn, lettersOf, numberIn } from '../contract/results/read.ts';
import { readLabFile, readLabText, unlike } from '../contract/results/read-hprim.rules.ts';
import { readResultLine, readText } from '../contract/results/read-text.rules.ts';
import { fromOwnUnit, inOwnUnit, unitShown, unitsNamed, unitsOf } from '../data/lab-units.ts';
import { measureOf } from '../data/measures.ts';
import { analyteOf, labAnalytes, panels } from '../data/panels.ts';

const read = (line: string) => {
  const one = readResultLine(line, 1);
  return one && [one.code ?? one.label, `${one.comparator ?? ''}${one.value ?? one.text}`, one.unit, one.low, one.high];
};

test('DOS-11 lines as laboratories print them: name, value, unit and their own range', () => {
  const cases: [string, unknown[] | null][] = [
    ['Hémoglobine 11,2 g/dL (12,0-16,0)', ['718-7', '11.2', 'g/dL', 12, 16]],
    ['HEMOGLOBINE .......... : 13.8 g/dl   12.0 à 16.0', ['718-7', '13.8', 'g/dL', 12, 16]],
    ['Hématies\t4,52\tT/L\t4,00 - 5,20\t4,61', ['789-8', '4.52', '10*6/uL', 4, 5.2]],
    ['Leucocytes 4 520 /mm3 4 000 - 10 000', ['6690-2', '4520', '/uL', 4000, 10000]],
    ['Plaquettes 250 150 - 400', ['777-3', '250', '', 150, 400]],
    ['PLAQUETTES : 250 G/L (150 à 400)', ['777-3', '250', '10*3/uL', 150, 400]],
    ['GLYCEMIE A JEUN : 0,95 G/L (0,74-1,06)', ['1558-6', '0.95', 'g/L', 0.74, 1.06]],
    ['VGM (Sysmex) : * 78 fl (80 - 100)', ['787-2', '78', 'fL', 80, 100]],
    ['Créatinine : 8,1 mg/L (5,0 à 9,0) soit 72 µmol/L', ['14682-9', '8.1', 'mg/L', 5, 9]],
    ['DFG (CKD-EPI) > 90 mL/min/1,73 m²   > 60', ['62238-1', '>90', 'mL/min/{1.73_m2}', 60, null]],
    ['CRP < 0,5 mg/L (< 5,0)', ['1988-5', '<0.5', 'mg/L', null, 5]],
    ['25 OH Vitamine D 22 ng/mL (30-100)', ['62292-8', '22', 'ng/mL', 30, 100]],
    ['T4 libre 12,3 pmol/L [11,5-22,7]', ['14920-3', '12.3', 'pmol/L', 11.5, 22.7]],
    ['Gamma GT : 45 UI/L (inf. à 40)', ['2324-2', '45', 'U/L', null, 40]],
    ['Hémoglobine A1c 7,2 % (4,0 - 6,0)', ['4548-4', '7.2', '%', 4, 6]],
    ['Facteur V : 85 % (70-120)', ['Facteur V', '85', '%', 70, 120]],
    ['INR 2,8', ['6301-6', '2.8', '', null, null]],
    ['Nitrites : positifs', ['5802-4', 'positifs', '', null, null]],
    ['Culture : Escherichia coli', ['630-4', 'Escherichia coli', '', null, null]],
    ['Anticorps anti-TPO : négatifs', ['Anticorps anti-TPO', 'négatifs', '', null, null]],
    ['Prélèvement du 12/03/2026 à 08:15', null],
    ['Dossier 260312-0034 Page 1/2', null],
    ['Tél. : 02 98 00 00 00', null],
    ['12 rue des Abers 29200 BREST', null],
    ['Commentaire : à contrôler', null],
    ['', null],
    ['-----------------', null],
  ];
  for (const [line, expected] of cases) assert.deepEqual(read(line), expected, line);
});

test('DOS-11 a whole page: letterhead apart, comments kept, other units of the same value left, birth date and day seen', () => {
  const report = readText(
    'Laboratoire Bio-Abers\nMme LE GOFF Marie née le 12/03/1948\nPrélevé le 10/03/2026 à 08h15\nGlycémie à jeun 1,26 g/L (0,70 - 1,10)\n   soit 6,99 mmol/L\nPotassium 6,1 mmol/L\nSérum hémolysé, à contrôler.',
  );
  assert.deepEqual(
    [
      report.lab,
      report.at,
      report.traits?.birthDate,
      report.values.map((one) => one.code),
      report.comments,
      report.values[0]!.left,
    ],
    [
      'Laboratoire Bio-Abers',
      '2026-03-10T08:15',
      '1948-03-12',
      ['1558-6', '2823-3'],
      ['Sérum hémolysé, à contrôler.'],
      'soit 6,99 mmol/L',
    ],
  );
});

const hprim = [
  'H|~^\\&|Essai.HPR||BIO~Laboratoire Bio-Abers||ORU|||MSP~Abers||P|H2.1~C|202603101159',
  'P|1|398|B104||LE GOFF~MARIE|KERVELLA|19480312|F',
  'OBR|1|ech1|~B-778|x|NFS~NUMERATION~L|R||202603100815^20260310',
  'OBX|1|NM|HB~Hémoglobine~L||11.2|g/dL|12.0 - 16.0|L|||F',
  'OBX|2|NM|K~Potassium~L||6.4|mmol/L|3.5 - 5.0|HH|||P',
  'OBX|3|NM|XX~Facteur inconnu~L||<3|UA/mL|0 - 5||||F',
  'OBX|4|TX|CULT~Culture~L||Escherichia coli|||A|||F',
  'C|1|L|Sérum hémolysé',
  'A|^à contrôler',
  'L|1',
].join('\r\n');
test('DOS-11 HPRIM Santé: segments, what goes on with «A», statuses, flags, traits; Windows letters', () => {
  const latin = Buffer.from(hprim, 'latin1');
  const report = readLabFile(latin);
  assert.deepEqual(
    [report.format, report.lab, report.number, report.at, report.traits],
    [
      'hprim-sante',
      'Laboratoire Bio-Abers',
      'B-778',
      '2026-03-10T08:15',
      { family: 'LE GOFF', given: 'MARIE', birthFamily: 'KERVELLA', birthDate: '1948-03-12', sex: 'female' },
    ],
  );
  assert.deepEqual(
    report.values.map((one) => [
      one.code ?? one.label,
      one.comparator,
      one.value ?? one.text,
      one.unit,
      one.low,
      one.high,
      one.flag,
      one.status,
    ]),
    [
      ['718-7', null, 11.2, 'g/dL', 12, 16, 'L', 'final'],
      ['2823-3', null, 6.4, 'mmol/L', 3.5, 5, 'HH', 'preliminary'],
      ['Facteur inconnu', '<', 3, '', 0, 5, null, 'final'],
      ['630-4', null, 'Escherichia coli', '', null, null, 'A', 'final'],
    ],
  );
  assert.deepEqual(report.comments, ['Sérum hémolysé\nà contrôler']);
  assert.deepEqual(readLabFile(Buffer.from(hprim, 'utf8')).values.length, 4);
});
test('DOS-11 HPRIM médecin: the twelve lines, ****LAB****, RES and TEX; an editor’s own line before; free text alone', () => {
  const head = [
    'A250',
    'MARTIN',
    'DENISE',
    '12 rue',
    '',
    '29200 BREST',
    '14/03/1957',
    '257031407500000',
    'D-55',
    '12/03/2026',
    'LBM BIO-ABERS',
    'KERMARREC',
  ];
  const tagged = readLabText(
    [
      ...head,
      'Compte rendu',
      '****LAB****',
      'RES|GLUCOSE A JEUN|GLU|N|1.42|g/L|0.74|1.06|H|F',
      'RES|BASE EXCESS|BE|N|-8|mmol/L|-2 - 2||',
      'TEX|Contrôle conseillé.',
      '****FIN****',
      '****FINFICHIER****',
    ].join('\r\n'),
  );
  assert.deepEqual(
    [
      tagged.format,
      tagged.traits?.family,
      tagged.traits?.birthDate,
      tagged.traits?.sex,
      tagged.number,
      tagged.at,
      tagged.lab,
    ],
    ['hprim', 'MARTIN', '1957-03-14', 'female', 'D-55', '2026-03-12', 'LBM BIO-ABERS'],
  );
  assert.deepEqual(
    tagged.values.map((one) => [one.code ?? one.label, one.value, one.low, one.high]),
    [
      ['1558-6', 1.42, 0.74, 1.06],
      ['BASE EXCESS', -8, -2, 2],
    ],
  );
  assert.deepEqual([tagged.comments, tagged.head], [['Contrôle conseillé.'], ['Compte rendu']]);
  const free = readLabText([...head.slice(0, 7), 'Hémoglobine :   13.8 g/dL    (12,0-16,0)'].join('\n'));
  assert.deepEqual(
    [free.format, free.traits?.given, free.values[0]?.code, free.values[0]?.line],
    ['hprim', 'DENISE', '718-7', 8],
  );
});

test('DOS-11 no bytes and no text make the readers throw, nor take long', () => {
  const odd = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.constantFrom(
      'RES|',
      'OBX|1|NM|||',
      'H||',
      'H|~',
      'A|A|',
      '****LAB****',
      '\u0000',
      '1'.repeat(300),
      '('.repeat(200),
      ' .'.repeat(200),
      '< > < 1 - - 2',
      'a'.repeat(900),
      '12,0-'.repeat(80),
      'né le 99/99/9999',
    ),
  );
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 30 }), (lines) => {
      const report = readLabText(lines.join('\n'));
      for (const one of report.values) {
        assert.ok(one.value === null || Number.isFinite(one.value));
        assert.ok(one.code === null || analyteOf(one.code));
        assert.ok(one.value !== null || one.text !== null);
        assert.ok(one.low === null || one.high === null || one.low <= one.high || report.format !== 'text');
      }
      if (report.traits?.birthDate) assert.match(report.traits.birthDate, /^\d{4}-\d\d-\d\d$/);
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => void readLabFile(bytes)),
    { numRuns: 200 },
  );
  const began = performance.now();
  for (const long of [
    '1 '.repeat(100_000),
    'Hémoglobine '.repeat(20_000),
    '('.repeat(200_000),
    '- '.repeat(90_000),
    Array.from({ length: 2500 }, () => 'RES|A|B|N|1|g/L|1|2||F').join('\n'),
  ])
    assert.ok(readLabText(long).values.length <= 200);
  assert.ok(performance.now() - began < 4000, `${performance.now() - began} ms`);
});

test('DOS-11 what is typed comes back: a value, its unit and its range through a printed line', () => {
  const numbers = labAnalytes.filter((one) => !one.words && one.unit !== '1' && !one.unit.startsWith('{'));
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers),
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 0, max: 2 }),
      fc.boolean(),
      (analyte, raw, decimals, named) => {
        const amount = raw / 10 ** decimals;
        const printed = amount.toFixed(decimals).replace('.', ',');
        const one = readResultLine(
          `${named ? analyte.label : (analyte.names.at(-1) ?? analyte.label)} : ${printed} ${unitShown(analyte.unit)} (${printed} - ${(amount * 2).toFixed(decimals).replace('.', ',')})`,
          1,
        );
        assert.deepEqual([one?.code, one?.value, one?.unit, one?.low], [analyte.code, amount, analyte.unit, amount]);
      },
    ),
  );
});

test('DOS-11 units: every conversion comes back, and known pairs are right', () => {
  const pairs = labAnalytes.flatMap((analyte) =>
    unitsOf(analyte.code, analyte.unit).map((unit) => [analyte, unit] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      fc.double({ min: 0.001, max: 100_000, noNaN: true }),
      ([analyte, unit], amount) => {
        const own = inOwnUnit(analyte.code, analyte.unit, unit, amount)!;
        const back = fromOwnUnit(analyte.code, analyte.unit, unit, own)!;
        assert.ok(Math.abs(back - amount) <= 1e-9 * Math.max(1, amount) * 1000);
        assert.ok(own > 0);
      },
    ),
  );
  const near = (code: string, unit: string, amount: number, expected: number) => {
    const own = inOwnUnit(code, measureOf(code)!.unit, unit, amount)!;
    assert.ok(Math.abs(own - expected) <= Math.abs(expected) * 0.006, `${code} ${amount} ${unit}: ${own}`);
  };
  near('1558-6', 'mmol/L', 5.55, 1);
  near('2093-3', 'mmol/L', 5.17, 2);
  near('2571-8', 'mmol/L', 1.14, 1);
  near('14682-9', 'mg/L', 10, 88.4);
  near('22664-7', 'g/L', 0.3, 5);
  near('14933-6', 'mg/L', 60, 357);
  near('2000-8', 'mg/L', 100, 2.495);
  near('14631-6', 'mg/L', 10, 17.1);
  near('14798-3', 'ug/dL', 100, 17.9);
  near('4548-4', 'mmol/mol', 53, 7);
  near('62292-8', 'nmol/L', 75, 30);
  near('718-7', 'g/L', 132, 13.2);
  assert.equal(inOwnUnit('718-7', 'g/dL', 'mmol/mol', 1), null, 'what does not follow is not made up');
  assert.deepEqual(
    [unitsNamed('G/L')[0], unitsNamed('g/l')[0], unitsNamed('µmol/l'), unitsNamed('μmol/L'), unitsNamed('furlong')],
    ['10*3/uL', 'g/L', ['umol/L'], ['umol/L'], []],
  );
});

test('DOS-11 flags: within, under, over, critical; bounds in any unit; «<» says no more than it says', () => {
  const adult = { age: 60, sex: 'female' };
  const flag = (code: string, unit: string, amount: number, own: { low?: number; high?: number } | null = null) =>
    flagOf(amount, rangeIn(analyteOf(code), unit, own, adult).range);
  assert.deepEqual(
    [
      flag('2823-3', 'mmol/L', 4),
      flag('2823-3', 'mmol/L', 5.4),
      flag('2823-3', 'mmol/L', 6),
      flag('2823-3', 'mmol/L', 2.7),
    ],
    ['normal', 'high', 'critical-high', 'critical-low'],
  );
  assert.equal(flag('14682-9', 'mg/L', 12), flag('14682-9', 'umol/L', 106.08));
  assert.equal(flag('718-7', 'g/L', 62), 'critical-low');
  assert.equal(flag('718-7', 'g/dL', 11.5, { low: 11, high: 15 }), 'normal', 'the report’s own range wins');
  assert.equal(flag('718-7', 'g/dL', 6.5, { low: 5, high: 15 }), 'critical-low', 'a critical limit stays');
  assert.deepEqual(
    [
      flagOfCompared(5, '<', { high: 8 }),
      flagOfCompared(5, '<', { low: 3, high: 8 }),
      flagOfCompared(90, '>', { low: 60 }),
      flagOfCompared(10, '<', { high: 8 }),
      flagOfCompared(2, '<', { low: 3 }),
    ],
    ['normal', 'unknown', 'normal', 'unknown', 'low'],
  );
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (amount, low, width) => {
        const high = low + width;
        const seen = flagOf(amount, { low, high });
        assert.equal(seen, amount < low ? 'low' : amount > high ? 'high' : 'normal');
        const critical = flagOf(amount, { low, high, criticalLow: low - 10, criticalHigh: high + 10 });
        assert.equal(isCritical(critical), amount < low - 10 || amount >= high + 10);
      },
    ),
  );
  for (const one of labAnalytes)
    for (const range of one.ranges) {
      const chain = [range.criticalLow, range.low, range.high, range.criticalHigh].filter(
        (bound) => bound !== undefined,
      );
      assert.deepEqual(
        [...chain].sort((x, y) => x - y),
        chain,
        one.label,
      );
    }
});

test('DOS-11 what is worked out: CKD-EPI 2009, Cockcroft, Friedewald; only when it is plain, and never over what the report says', () => {
  assert.equal(Math.round(ckdEpi2009(88.4, { age: 50, sex: 'male' })!), 87);
  assert.equal(Math.round(ckdEpi2009(88.4, { age: 50, sex: 'female' })!), 66);
  assert.equal(Math.round(ckdEpi2009(150, { age: 75, sex: 'female' })!), 29);
  assert.equal(Math.round(cockcroft(100, 70, { age: 70, sex: 'male' })!), 60);
  assert.ok(Math.abs(friedewald(2, 0.5, 1)! - 1.3) < 1e-9);
  for (const none of [
    ckdEpi2009(80, { age: 17, sex: 'male' }),
    ckdEpi2009(80, { age: 40, sex: 'unknown' }),
    ckdEpi2009(80, { age: null, sex: 'male' }),
    ckdEpi2009(0, { age: 40, sex: 'male' }),
    cockcroft(80, 3, { age: 40, sex: 'male' }),
    friedewald(2, 0.5, 4),
    friedewald(0.5, 0.6, 1),
  ])
    assert.equal(none, null);
  const values: Record<string, number> = { '14682-9': 100, '2093-3': 2, '2085-9': 0.5, '2571-8': 1 };
  const adult = { age: 70, sex: 'male' };
  assert.deepEqual(
    computedFrom((code) => values[code], adult, 70).map(({ code }) => code),
    ['62238-1', '35591-7', '2089-1', '43396-1'],
  );
  assert.deepEqual(
    computedFrom((code) => ({ ...values, '62238-1': 55, '2089-1': 1.2 })[code], adult, null).map(({ code }) => code),
    ['43396-1'],
  );
  fc.assert(
    fc.property(
      fc.double({ min: 20, max: 1500, noNaN: true }),
      fc.integer({ min: 18, max: 100 }),
      fc.constantFrom('male', 'female'),
      (creatinine, age, sex) => {
        const here = ckdEpi2009(creatinine, { age, sex })!;
        assert.ok(here > 0 && here < 250);
        assert.ok(
          ckdEpi2009(creatinine + 5, { age, sex })! < here && ckdEpi2009(creatinine, { age: age + 1, sex })! < here,
          'more creatinine, or older, is less',
        );
      },
    ),
  );
});

test('DOS-11 every panel is made of analytes that exist, each with one curve, and no name means two things', () => {
  for (const panel of panels) for (const code of panel.codes) assert.ok(analyteOf(code), `${panel.label} ${code}`);
  assert.equal(new Set(labAnalytes.map(({ code }) => code)).size, labAnalytes.length);
  for (const one of labAnalytes) for (const also of one.also ?? []) assert.equal(measureOf(also)?.code, one.code, also);
});

test('DOS-11 a report is compared with the patient: names with accents and hyphens, maiden name, birth date, sex', () => {
  const patient = { names: ['Le Goff', 'Kervella'], givens: ['Marie-Thérèse'], birthDate: '1948-03-12', sex: 'female' };
  const traits = {
    family: 'LE GOFF',
    birthFamily: '',
    given: 'MARIE THERESE',
    birthDate: '1948-03-12',
    sex: 'female' as const,
  };
  assert.deepEqual(unlike(null, patient), []);
  assert.deepEqual(unlike(traits, patient), []);
  assert.deepEqual(unlike({ ...traits, family: 'KERVELLA', given: 'MARIE' }, patient), []);
  assert.deepEqual(unlike({ ...traits, family: 'DUPONT', birthFamily: 'LE GOFF' }, patient), []);
  assert.deepEqual(
    unlike({ ...traits, family: 'DUPONT', birthDate: '1950-01-01', sex: 'male', given: 'JEAN' }, patient),
    ['la date de naissance', 'le nom', 'le prénom', 'le sexe'],
  );
});

test('DOS-11 numbers and days as typed', () => {
  assert.deepEqual(['12,5', '1.42', '-8', '4 520', '12,5,3', 'abc', '', '1e9', '١٢'].map(numberIn), [
    12.5,
    1.42,
    -8,
    4520,
    null,
    null,
    null,
    null,
    null,
  ]);
  assert.deepEqual(['12/03/1950', '31/02/2020', '19500312', '2026-03-10', 'x'].map(dayIn), [
    '1950-03-12',
    '',
    '1950-03-12',
    '2026-03-10',
    '',
  ]);
  assert.equal(lettersOf(Buffer.from([0x48, 0xe9, 0x6d, 0])), 'Hém');
});
