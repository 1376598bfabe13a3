import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { alsoCalled, mistaken, plainOf, singular, wordsOf } from '../../fhir/index.ts';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { usualMedicines } from '../data/medicines.ts';

interface File {
  name: string;
  text: string | Buffer;
}
const cim: File = {
  name: 'cim-2025.json',
  text: JSON.stringify(
    [
      'E11 Diabète sucré de type 2',
      'E119 Diabète sucré de type 2, sans complication',
      'E10 Diabète sucré de type 1',
      'I10 Hypertension essentielle (primitive)',
      'S7200 Fracture fermée du col du fémur',
      'J45 Asthme',
      'M542 Cervicalgie',
      'G442 Céphalée dite de tension',
      'W19 Chute, sans précision',
      'I50 Insuffisance cardiaque',
      'F03+00 Démence, stade léger',
      'M990 Lésions cervicaux et dorsaux',
    ].map((row) => ({
      code: row.slice(0, row.indexOf(' ')),
      lib_court: '',
      lib_long: row.slice(row.indexOf(' ') + 1),
    })),
  ),
};
const cp1252 = (text: string): Buffer => Buffer.from(text, 'latin1');
const specialities = [
  '60234100 DOLIPRANE 1000 mg, comprimé|comprimé|orale|Commercialisée',
  '60000001 EUCREAS 50 mg/1000 mg, comprimé pelliculé|comprimé pelliculé|orale|Commercialisée',
  '60000002 DOLIPRANE 500 mg, gélule|gélule|orale|Non commercialisée',
  ...Array.from({ length: 8 }, (_, at) => `6100000${at} ESSAI ${at} mg, comprimé|comprimé|orale|Commercialisée`),
];
const bdpm: File = {
  name: 'CIS_bdpm.txt',
  text: cp1252(
    specialities
      .map((row) =>
        [
          row.slice(0, 8),
          ...row.slice(9).split('|').slice(0, 3),
          'Autorisation active',
          'Procédure nationale',
          row.split('|')[3],
          '01/01/2000',
          '',
          '',
          ' ESSAI',
          'Non',
        ].join('\t'),
      )
      .join('\r\n'),
  ),
};
const composition: File = {
  name: 'CIS_COMPO_bdpm.txt',
  text: cp1252(
    [
      '60234100\tcomprimé\t02202\tPARACÉTAMOL\t1000,00 mg\tun comprimé\tSA\t1\t',
      '60000001\tcomprimé\t04442\tMETFORMINE\t780 mg\tun comprimé\tFT\t1\t',
      '60000001\tcomprimé\t24321\tCHLORHYDRATE DE METFORMINE\t1000 mg\tun comprimé\tSA\t1\t',
      '60000001\tcomprimé\t40035\tVILDAGLIPTINE\t50 mg\tun comprimé\tSA\t2\t',
    ].join('\r\n'),
  ),
};
const ccam: File = {
  name: 'ccam.json',
  text: JSON.stringify(
    Array.from({ length: 12 }, (_, at) => ({
      code: `ZCQM0${String(at).padStart(2, '0')}`,
      libelle_court: '',
      libelle_long: at === 3 ? 'Échographie transcutanée de l’abdomen' : `Acte d’essai ${at}`,
      ...(at === 4 && { date_fin: '2010-01-01' }),
    })),
  ),
};
const nuva: File = {
  name: 'nuva_core.csv',
  text: `\ufeffNUVA,label,comment,abstract\n${Array.from({ length: 12 }, (_, at) => `VAC00${String(at + 10)},BRAND ${at},"about, ${at}",${at === 0 ? 'True' : 'False'}`).join('\n')}`,
};
const nuvaFr: File = {
  name: 'nuva_fr.yml',
  text: 'fr:\n  disease:\n    DIS008L: Rougeole\n  vaccine:\n    VAC0010L: Vaccin ROR - Rougeole-Oreillons-Rubéole, sans \n      précision\n    VAC0011C: Vaccin vivant\n  valence:\n    VAL063S: BAT\n',
};
const nuvaCis: File = { name: 'CIS2nuva.csv', text: 'CIS,NUVA,Label\nCIS-60000009,VAC0011,BRAND 1\n' };

function multipart(files: readonly File[]): { body: Buffer; headers: Record<string, string> } {
  const parts = files.flatMap(({ name, text }) => [
    Buffer.from(
      `--limite\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n`,
    ),
    Buffer.from(text),
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...parts, Buffer.from('--limite--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=limite' },
  };
}
async function load(admin: TestPerson, files: readonly File[]): Promise<{ status: number; words: string }> {
  const { body, headers } = multipart(files);
  const sent = await admin.send('POST', '/api/terms/lists', body, headers);
  if (sent.status !== 200) return { status: sent.status, words: sent.body?.detail ?? sent.text };
  for (;;) {
    const { body: state } = await admin.send('GET', '/api/terms/loading');
    if (state.state !== 'running') return { status: state.state === 'done' ? 200 : 500, words: state.words };
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
interface Found {
  label: string;
  code: string | null;
  system: string | null;
  kind: string;
  hint: string;
  also: { system: string; code: string }[];
  medicine: {
    cis: string | null;
    form: string;
    routes: string[];
    substances: { label: string; strength: string }[];
    atc: string | null;
    marketed: boolean | null;
  } | null;
}

describe('terms', () => {
  let practice: TestPractice;
  let admin: TestPerson;
  let nurse: TestPerson;
  const find = async (who: TestPerson, list: string, words: string): Promise<Found[]> => {
    const answer = await who.send('GET', `/api/terms?list=${list}&words=${encodeURIComponent(words)}&most=10`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body.terms;
  };
  before(async () => {
    practice = await newPractice();
    admin = await practice.person('administrator', { roles: ['administrator'] });
    nurse = await practice.person('nurse');
  });

  test('DOS-2 DOS-4 without any loaded list, usual problems, medicines, acts and vaccines are found by their words', async () => {
    const [diabetes] = await find(nurse, 'problems', 'diabète typ');
    assert.deepEqual(
      [diabetes!.label, diabetes!.code, diabetes!.also[0]!.code, diabetes!.kind],
      ['Diabète de type 2', 'E11.9', 'T90', 'usual'],
    );
    assert.equal((await find(nurse, 'problems', 'tension'))[0]!.label, 'Hypertension artérielle');
    assert.equal((await find(nurse, 'problems', 'asthm'))[0]!.label, 'Asthme');
    assert.equal((await find(nurse, 'problems', 'diabetes'))[0]!.label, 'Diabète de type 2', 'plural');
    assert.equal((await find(nurse, 'problems', 'E11'))[0]!.code, 'E11.9');
    assert.equal((await find(nurse, 'problems', 'lombalgei'))[0]!.label, 'Lombalgie', 'two letters swapped');
    assert.deepEqual(await find(nurse, 'problems', 'xqzzkw'), []);
    const [metformin] = await find(nurse, 'medicines', 'metformine 1000');
    assert.equal(metformin!.label, 'Metformine 1 000 mg, comprimé pelliculé');
    assert.deepEqual(metformin!.medicine, {
      cis: null,
      form: 'comprimé pelliculé',
      routes: ['orale'],
      substances: [{ code: null, label: 'Metformine', strength: '1 000 mg', per: null }],
      atc: 'A10BA02',
      marketed: null,
    });
    assert.match((await find(nurse, 'medicines', 'doliprane'))[0]!.label, /^Paracétamol/);
    assert.match((await find(nurse, 'acts', 'nfs'))[0]!.label, /^Numération/);
    assert.match((await find(nurse, 'acts', 'kiné genou'))[0]!.label, /Rééducation du genou/);
    assert.match((await find(nurse, 'forms', 'comprime'))[0]!.label, /comprimé/);
    assert.ok((await find(nurse, 'vaccines', 'grippe')).length > 0);
  });

  test('DOS-5 usual medicines have each a name, a route and strengths with a unit; no line is there twice', () => {
    assert.ok(usualMedicines.length > 300, String(usualMedicines.length));
    assert.equal(new Set(usualMedicines.map((one) => one.name)).size, usualMedicines.length);
    for (const { name, atc, forms } of usualMedicines) {
      assert.ok(forms.length > 0, name);
      assert.match(atc, /^([A-Z]\d{2}[A-Z]{2}\d{2})?$/, name);
      for (const { strengths } of forms)
        for (const strength of strengths) assert.match(strength, /\d.*(mg|g|µg|UI|U|%|mL|MUI)/, `${name}: ${strength}`);
    }
  });

  test('DOS-2 an administrator loads a list; it is searched by words in any order, plurals, codes and with a typing mistake', async () => {
    const done = await load(admin, [cim]);
    assert.deepEqual(done, { status: 200, words: 'CIM-10 FR : 12 termes, édition 2025.' });
    const lists = (await admin.send('GET', '/api/terms/lists')).body.lists as {
      list: string;
      edition: { version: string; terms: number; everyPractice: boolean } | null;
      licence: string;
    }[];
    assert.deepEqual(
      lists.map(({ list, edition }) => [list, edition?.terms ?? 0]),
      [
        ['cim10', 12],
        ['bdpm', 0],
        ['ccam', 0],
        ['nuva', 0],
      ],
    );
    assert.equal(lists[0]!.edition!.everyPractice, false);
    const code = async (words: string) =>
      (await find(nurse, 'problems', words)).find((one) => one.kind === 'cim10')?.code;
    assert.equal(await code('fémur fractures'), 'S72.00');
    assert.equal(await code('cephalée tension'), 'G44.2');
    assert.match((await code('diabette sucre')) ?? '', /^E1[01]$/);
    assert.equal(await code('E119'), 'E11.9');
    assert.equal(await code('lésion cervicales'), undefined);
    assert.equal(await code('lesion cervical'), 'M99.0', 'aux and al');
    assert.equal(await code('démence'), 'F03.+00');
    const both = await find(nurse, 'problems', 'insuffisance cardiaque');
    assert.equal(both.filter((one) => one.label === 'Insuffisance cardiaque').length, 1, 'what both know is said once');
    assert.equal(both[0]!.kind, 'usual');
  });

  test('DOS-5 the public drug list gives form, routes, substances with their strength, ATC when it is sure, and whether it is sold', async () => {
    assert.equal((await load(admin, [bdpm, composition])).status, 200);
    const [doliprane] = (await find(nurse, 'medicines', 'doliprane 1000')).filter((one) => one.kind === 'bdpm');
    assert.deepEqual(doliprane!.medicine, {
      cis: '60234100',
      form: 'comprimé',
      routes: ['orale'],
      substances: [{ per: 'un comprimé', code: '02202', label: 'PARACÉTAMOL', strength: '1000 mg' }],
      atc: 'N02BE01',
      marketed: true,
    });
    const [eucreas] = await find(nurse, 'medicines', 'eucreas');
    assert.deepEqual(
      eucreas!.medicine!.substances.map(({ label, strength }) => `${label} ${strength}`),
      ['METFORMINE 1000 mg', 'VILDAGLIPTINE 50 mg'],
    );
    assert.equal(eucreas!.medicine!.atc, null);
    const sold = (await find(nurse, 'medicines', 'doliprane')).filter((one) => one.kind === 'bdpm');
    assert.deepEqual(
      sold.map((one) => one.medicine!.marketed),
      [true, false],
    );
    assert.match(sold[1]!.hint, /non commercialisé/);
  });

  test('DOS-6 DOS-14 NUVA and CCAM: French labels, CIS codes, acts that have ended', async () => {
    assert.equal((await load(admin, [nuva, nuvaFr, nuvaCis, ccam])).status, 200);
    const [mmr] = (await find(nurse, 'vaccines', 'rougeole oreillons')).filter((one) => one.kind === 'nuva');
    assert.deepEqual([mmr!.code, mmr!.label], ['VAC0010', 'Vaccin ROR - Rougeole-Oreillons-Rubéole, sans précision']);
    const [brand] = (await find(nurse, 'vaccines', 'brand 1')).filter((one) => one.kind === 'nuva');
    assert.deepEqual(brand!.also, [{ system: 'https://smt.esante.gouv.fr/terminologie-bdpm', code: '60000009' }]);
    assert.equal(
      (await find(nurse, 'acts', 'abdomen echographie')).find((one) => one.kind === 'ccam')?.code,
      'ZCQM003',
    );
    assert.match((await find(nurse, 'acts', 'ZCQM004')).find((one) => one.kind === 'ccam')!.hint, /plus en vigueur/);
  });

  test('DOS-2 a newer edition takes the place of the one before; a bad file changes nothing and says what is wrong', async () => {
    const rows = JSON.parse(String(cim.text)) as { code: string; lib_long: string }[];
    const newer = {
      name: 'cim-2026.json.gz',
      text: gzipSync(
        JSON.stringify([
          ...rows.filter((row) => row.code !== 'J45'),
          { code: 'J459', lib_court: '', lib_long: 'Asthme, sans précision' },
        ]),
      ),
    };
    assert.equal((await load(admin, [newer])).status, 200);
    const edition = async () =>
      (
        (await admin.send('GET', '/api/terms/lists')).body.lists as { edition: { version: string; terms: number } }[]
      )[0]!.edition;
    const before = await edition();
    assert.equal(before.version, '2026');
    assert.deepEqual(
      (await find(nurse, 'problems', 'asthme')).filter((one) => one.kind === 'cim10').map((one) => one.code),
      ['J45.9'],
    );
    const wrong: [File[], RegExp][] = [
      [[{ name: 'x.json', text: '[{"code":"E11"' }], /incomplet ou abîmé/],
      [[{ name: 'x.txt', text: 'bonjour' }], /n’est pas reconnu/],
      [
        [{ name: 'x.json', text: JSON.stringify(rows.map((row, at) => (at === 5 ? { ...row, lib_long: '' } : row))) }],
        /libellé manque/,
      ],
      [
        [{ name: 'x.json', text: JSON.stringify(rows.map((row, at) => (at === 5 ? { ...row, code: 'E 11' } : row))) }],
        /n’est pas un code de la CIM-10/,
      ],
      [[{ name: 'x.json', text: JSON.stringify([...rows, rows[0]]) }], /donné deux fois/],
      [[{ name: 'x.json', text: JSON.stringify(rows.slice(0, 3)) }], /incomplet/],
      [[cim, { ...cim, name: 'autre.json' }], /deux éditions/],
      [[bdpm], /CIS_COMPO_bdpm/],
      [[nuva], /nuva_fr.yml/],
      [
        [{ ...bdpm, text: cp1252('60234100\tDOLIPRANE\tcomprimé\torale\tAutorisation active\tx') }, composition],
        /douze colonnes/,
      ],
      [[{ name: 'x.gz', text: Buffer.from([0x1f, 0x8b, 1, 2, 3]) }], /ne se lit pas/],
    ];
    for (const [files, words] of wrong) {
      const answer = await load(admin, files);
      assert.equal(answer.status, 422, answer.words);
      assert.match(answer.words, words);
      assert.match(answer.words, /Rien n’a été modifié/);
    }
    assert.deepEqual(await edition(), before);
    assert.equal((await admin.send('POST', '/api/terms/lists', {})).status, 415);
    assert.equal((await load(admin, [])).status, 422);
  });

  test('SEC-7 a list that one practice loads is read by no other; what the installation loads is read by all, and its own goes first', async () => {
    const other = await newPractice();
    const elsewhere = await other.person('nurse');
    assert.equal((await find(elsewhere, 'problems', 'fémur fracture')).filter((one) => one.kind === 'cim10').length, 0);
    const { db } = await testHouse();
    const { loadList, readFiles } = await import('../../fhir/index.ts');
    const rows = JSON.parse(String(cim.text)) as { code: string }[];
    const [everyone] = readFiles(
      [
        {
          name: 'cim-2020.json',
          bytes: Buffer.from(JSON.stringify([...rows, { code: 'T805', lib_long: 'Choc anaphylactique dû au sérum' }])),
        },
      ],
      '2026-11-26',
    );
    await loadList(db, 0, everyone!, { actor: 'System', actorName: 'essai' });
    try {
      assert.equal((await find(elsewhere, 'problems', 'choc serum'))[0]?.code, 'T80.5');
      assert.equal((await find(nurse, 'problems', 'choc serum')).length, 0, 'its own edition does not have it');
      assert.equal((await admin.send('DELETE', '/api/terms/lists/cim10')).status, 204);
      assert.equal((await find(nurse, 'problems', 'choc serum'))[0]?.code, 'T80.5');
      assert.equal(
        (await admin.send('DELETE', '/api/terms/lists/cim10')).status,
        404,
        'the installation’s is not theirs to take away',
      );
    } finally {
      const { removeList } = await import('../../fhir/index.ts');
      await removeList(db, 0, 'cim10', { actor: 'System', actorName: 'essai' });
    }
  });

  test('SEC-3 who may not: lists are kept by who keeps the practice; searching needs a session', async () => {
    for (const [method, path] of [
      ['GET', '/api/terms/lists'],
      ['POST', '/api/terms/lists'],
      ['GET', '/api/terms/loading'],
      ['DELETE', '/api/terms/lists/cim10'],
    ] as const)
      assert.equal((await nurse.send(method, path)).status, 403, `${method} ${path}`);
    assert.equal((await anyone('GET', '/api/terms?list=problems&words=dia')).status, 401);
  });

  test('SEC-16 anything may be typed: no error, no more than was asked for', async () => {
    await load(admin, [cim]);
    for (const query of [
      'list=autre',
      'list=problems&most=0',
      'list=problems&most=9999',
      'list=problems&words=' + 'x'.repeat(300),
      '',
    ])
      assert.equal((await nurse.send('GET', `/api/terms?${query}`)).status, 400, query);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('problems', 'medicines', 'acts', 'vaccines', 'forms'),
        fc.oneof(fc.string({ maxLength: 60, unit: 'grapheme' }), fc.stringMatching(/^[a-z':&|!()*\\ %_.+0-9-]{0,40}$/)),
        async (list, words) => {
          const answer = await nurse.send(
            'GET',
            `/api/terms?list=${list}&most=5&words=${encodeURIComponent(words.toWellFormed())}`,
          );
          assert.equal(answer.status, 200, answer.text);
          assert.ok(answer.body.terms.length <= 5);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('DOS-2 one letter wrong, missing, too many or swapped is found again; words are the same with and without accents', () => {
    const word = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(
        word,
        fc.nat(),
        fc.constantFrom('wrong', 'missing', 'more', 'swapped'),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
        (right, place, how, letter) => {
          const at = place % right.length;
          const typed =
            how === 'wrong'
              ? right.slice(0, at) + letter + right.slice(at + 1)
              : how === 'missing'
                ? right.slice(0, at) + right.slice(at + 1)
                : how === 'more'
                  ? right.slice(0, at) + letter + right.slice(at)
                  : at + 1 < right.length
                    ? right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2)
                    : right;
          return new RegExp(mistaken(typed)).test(right);
        },
      ),
    );
    assert.deepEqual(wordsOf('L’Œdème des MEMBRES inférieurs, 1 000 mg'), [
      'oedeme',
      'membres',
      'inferieurs',
      '1000',
      'mg',
    ]);
    assert.equal(plainOf('2,5 mg'), '2z5 mg');
    assert.deepEqual(
      [singular('cervicaux'), singular('genoux'), singular('abces'), singular('tress')],
      ['cervical', 'genou', 'abce', 'tress'],
    );
    assert.ok(alsoCalled('hta')[0]!.includes('hypertension'));
  });

  const material = join(import.meta.dirname, '../../../../shared/data/terminologies');
  test('DOS-5 the publishers’ own files are read whole', {
    skip: existsSync(material) ? false : 'no files of the publishers beside the project',
  }, async () => {
    const { readFiles } = await import('../../fhir/index.ts');
    const file = (path: string) => ({ name: path.split('/').at(-1)!, bytes: readFileSync(join(material, path)) });
    const lists = readFiles(
      [
        'bdpm/CIS_bdpm.txt.gz',
        'bdpm/CIS_COMPO_bdpm.txt.gz',
        'cim10/cim10-atih-2021.json.gz',
        'ccam/ccam_actes.json.gz',
        'nuva/nuva_core.csv',
        'nuva/nuva_fr.yml',
        'nuva/CIS2nuva.csv',
        'nuva/ATC2nuva.csv',
      ].map(file),
      '2026-11-26',
    );
    assert.deepEqual(
      lists.map(({ list, terms }) => [list, terms.length]),
      [
        ['cim10', 42880],
        ['ccam', 8593],
        ['bdpm', 15822],
        ['nuva', 1441],
      ],
    );
  });
});
