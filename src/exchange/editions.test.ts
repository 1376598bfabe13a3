import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Answer, newPractice, type Send, type TestPerson, type TestPractice, testHouse } from '../../test/app.ts';
import { exportCommand } from '../fhir/index.ts';
import { type Desk, lines, openDesk, patient as someone, total, weight } from './exchange.fixture.ts';
import type { ImportReport } from './take-over/report.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
async function exported(practice: TestPractice, notesOf?: string): Promise<string> {
  const { db } = await testHouse();
  const folder = mkdtempSync(join(tmpdir(), 'estran-editions-'));
  folders.push(folder);
  const code = await exportCommand.run(
    { db, practice: async (id: string) => ({ tenant: practice.tenant, id, name: 'x' }) },
    {
      values: { practice: practice.id, ...(notesOf && { 'notes-of': notesOf }) },
      positionals: [folder],
      cwd: folder,
      signal: new AbortController().signal,
    } as never,
    { progress() {}, line() {}, json() {} } as never,
  );
  assert.equal(code, 0);
  return folder;
}
const allOf = (folder: string): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
const resourcesOf = (folder: string): Map<string, Json> =>
  new Map(
    readdirSync(folder)
      .filter((file) => /^[A-Z].*\.ndjson$/.test(file))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
      .map((line) => JSON.parse(line))
      .map((one) => [`${one.resourceType}/${one.id}`, one]),
  );
/** `Type/id/_history/n` → the edition, as history.ndjson tells it. */
const pastOf = (folder: string): Map<string, Json> =>
  new Map(
    (readdirSync(folder).includes('history.ndjson') ? readFileSync(join(folder, 'history.ndjson'), 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .flatMap((line) => JSON.parse(line).entry)
      .map(({ resource }) => [`${resource.resourceType}/${resource.id}/_history/${resource.meta.versionId}`, resource]),
  );
const editionsIn = (run: { report: unknown }) => (run.report as ImportReport).editions;

describe('earlier editions, given back and taken in', () => {
  let home: TestPractice;
  let doctor: TestPerson;
  let house: Send;
  let desk: Desk;
  let there: Send;
  let folder: string;
  let patient: string;
  let measured: Json;
  let closed: Json;
  let opened: Json;
  let gone: Json;
  let link: Json;
  const readers: Record<string, TestPerson> = {};
  const psy = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }];
  const url = (of: Json, rest = '') => `/fhir/R4/${of.resourceType}/${of.id}${rest}`;
  const change = async (of: Json, more: object) =>
    ok(await house('PUT', url(of), { ...ok(await house('GET', url(of))), ...more }));

  before(async () => {
    home = await newPractice('Maison d’avant');
    doctor = await home.person('physician', { family: 'Rivoal', given: 'Maïwenn' });
    house = await home.client('system/*.cruds');
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Editionnec',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
    const of = { subject: { reference: `Patient/${patient}` } };
    const create = async (resource: Json) => ok(await house('POST', `/fhir/R4/${resource.resourceType}`, resource));
    measured = await create({ ...weight('x', `Patient/${patient}`, 70), id: undefined });
    for (const value of [71, 72])
      await change(measured, { valueQuantity: { ...measured.valueQuantity, value }, status: 'amended' });
    closed = await create({ resourceType: 'Condition', ...of, code: { text: 'Jadis ouvert' } });
    await change(closed, { code: { text: 'Maintenant fermé' }, meta: { security: psy } });
    opened = await create({
      resourceType: 'Condition',
      ...of,
      code: { text: 'Jadis fermé' },
      meta: { security: psy },
    });
    const { security: _s, ...meta } = ok(await house('GET', url(opened))).meta;
    await change(opened, { code: { text: 'Maintenant ouvert' }, meta });
    gone = await create({ resourceType: 'Basic', ...of, code: { text: 'Détruit-avant' } });
    await change(gone, { code: { text: 'Détruit-après' } });
    assert.equal((await house('DELETE', url(gone))).status, 204);
    const note = ok(
      await doctor.send('POST', `/api/patients/${patient}/notes`, {
        title: 'À moi',
        text: 'Mot-secret un',
        personal: true,
      }),
    ).lines[0];
    const kept = ok(await doctor.send('GET', `/fhir/R4/${note.type}/${note.id}`));
    ok(
      await doctor.send(
        'PUT',
        `/fhir/R4/${note.type}/${note.id}`,
        { ...kept, title: 'Mot-secret deux' },
        {
          'if-match': `W/"${kept.meta.versionId}"`,
        },
      ),
    );
    link = await create({
      resourceType: 'Provenance',
      target: [1, 2, 3].map((n) => ({ reference: `Observation/${measured.id}/_history/${n}` })),
      recorded: '2026-01-02T10:00:00Z',
      agent: [{ who: { reference: `Practitioner/${doctor.practitioner}` } }],
    });
    folder = await exported(home);
    desk = await openDesk();
    there = await desk.practice.client('system/*.cruds');
    const done = await desk.take(folder);
    assert.equal(done.state, 'done', done.failure ?? '');
    assert.equal(total(done).rejected, 0);
    for (const profession of ['physician', 'psychologist', 'physiotherapist'] as const)
      readers[profession] = await desk.practice.person(profession);
    ok(
      await there('POST', '/fhir/R4/CareTeam', {
        resourceType: 'CareTeam',
        status: 'active',
        ...of,
        participant: Object.values(readers).map(({ practitioner }) => ({
          member: { reference: `Practitioner/${practitioner}` },
        })),
      }),
    );
  });

  test('ECH-8 what was there before goes out as histories, each edition once, present first; nothing deleted, nobody’s own notes', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    assert.equal(manifest.editions.Observation, 2);
    const bundles = readFileSync(join(folder, 'history.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.ok(bundles.every(({ resourceType, type }) => resourceType === 'Bundle' && type === 'history'));
    const mine = bundles.filter(({ entry }) => entry[0].resource.id === measured.id);
    assert.deepEqual(
      mine.map(({ entry }) =>
        entry.map((one: Json) => [one.resource.meta.versionId, one.resource.valueQuantity.value]),
      ),
      [
        [
          ['3', 72],
          ['2', 71],
          ['1', 70],
        ],
      ],
    );
    assert.deepEqual(
      mine[0].entry.map((one: Json) => one.request.method),
      ['PUT', 'PUT', 'POST'],
    );
    assert.ok(!/Détruit|Mot-secret/.test(allOf(folder)));
  });

  test('ECH-8 ECH-7 taken in, each edition is read under its number, its date and its words; references to an edition hold', async () => {
    for (const [version, value] of [
      [1, 70],
      [2, 71],
      [3, 72],
    ] as const) {
      const was = ok(await house('GET', url(measured, `/_history/${version}`)));
      const is = ok(await there('GET', url(measured, `/_history/${version}`)));
      assert.equal(is.valueQuantity.value, value);
      assert.deepEqual([is.meta.versionId, is.meta.lastUpdated], [String(version), was.meta.lastUpdated]);
    }
    assert.equal(ok(await there('GET', url(measured, '/_history'))).total ?? 3, 3);
    assert.deepEqual(
      ok(await there('GET', url(link))).target.map((one: Json) => one.reference),
      [1, 2, 3].map((n) => `Observation/${measured.id}/_history/${n}`),
    );
    assert.equal((await there('GET', url(gone, '/_history/1'))).status, 404);
  });

  test('ECH-8 SEC-3 who may not read it now may not read its past, who could not have read it then may not either', async () => {
    const read = async (of: Json, version: number) => {
      const found: string[] = [];
      for (const [name, who] of Object.entries(readers))
        if ((await who.send('GET', url(of, `/_history/${version}`))).status === 200) found.push(name);
      return found.join(' ');
    };
    assert.equal(await read(closed, 1), 'physician');
    assert.equal(await read(closed, 2), 'physician psychologist');
    assert.equal(await read(opened, 1), 'physician');
    assert.equal(await read(opened, 2), 'physician physiotherapist');
    const outsider = await desk.practice.person('physician');
    const elsewhere = await (await newPractice()).client('system/*.cruds');
    for (const [name, send] of [
      ['outsider', outsider.send],
      ['elsewhere', elsewhere],
    ] as const)
      for (const path of [url(measured, '/_history/1'), url(measured, '/_history'), url(closed, '/_history/1')])
        assert.ok([403, 404].includes((await send('GET', path)).status), `${name} ${path}`);
    const listed = (await readers.physiotherapist!.send('GET', '/fhir/R4/Condition/_history')).text;
    assert.ok(!/Jadis/.test(listed), 'nor in the history of the type');
  });

  test('ECH-7 ECH-8 a second pass writes nothing and doubles no edition; what people change here goes on after the last number', async () => {
    const again = await desk.take(folder);
    const sum = total(again);
    assert.deepEqual([sum.created, sum.updated, sum.rejected], [0, 0, 0]);
    assert.deepEqual([editionsIn(again).taken, editionsIn(again).left.total], [0, 0]);
    assert.ok(editionsIn(again).here >= 4);
    const versions = ok(await there('GET', url(measured, '/_history'))).entry;
    assert.deepEqual(
      versions.map((one: Json) => one.resource.meta.versionId),
      ['3', '2', '1'],
    );
  });

  test('ECH-8 given back, taken in and given back again, a practice is the same, resource by resource and edition by edition', async () => {
    const [first, second] = [resourcesOf(folder), resourcesOf(await exported(desk.practice))];
    // The day on which something first came in is this house's; its number, its words and the day of what was changed are the source's.
    const said = ({ meta, ...rest }: Json) => {
      const { lastUpdated, ...kept } = meta;
      return { ...rest, meta: { ...kept, ...(kept.versionId !== '1' && { lastUpdated }) } };
    };
    const lost = [...first.keys()].filter((reference) => !second.has(reference));
    // Each practice has its own circle of everyone, and keeps its members itself.
    assert.deepEqual(lost, []);
    for (const [reference, one] of first)
      if (reference !== 'Group/practice') assert.deepEqual(said(second.get(reference)), said(one), reference);
    const [was, is] = [pastOf(folder), pastOf(folders.at(-1)!)];
    assert.ok(was.size > 5);
    for (const [edition, one] of was)
      if (!edition.startsWith('Group/practice/'))
        assert.deepEqual(is.get(edition)?.meta ? said(is.get(edition)) : edition, said(one), edition);
  });

  test('ECH-8 ECH-7 IDV-2 records that were merged go out and come in as one, editions of before included; the one that went stays a sign to the other', async () => {
    const before = await newPractice('Maison des fusions');
    const [nurse, secretary] = [await before.person('nurse'), await before.person('medical-secretary')];
    const program = await before.client('system/*.cruds');
    const pair: string[] = [];
    for (const birthGivens of ['Maryvonne', 'Marie-Yvonne'])
      pair.push(
        ok(
          await nurse.send('POST', '/api/patients', {
            birthFamily: 'Fusionnec',
            birthGivens,
            birthDate: '03/04/1951',
            sex: 'female',
            despite: [...pair],
          }),
        ).id,
      );
    const [kept, gone] = pair as [string, string];
    const { resource } = { resource: { ...weight('x', `Patient/${gone}`, 61), id: undefined } };
    const measure = ok(await program('POST', '/fhir/R4/Observation', resource));
    ok(await program('PUT', url(measure), { ...measure, valueQuantity: { ...measure.valueQuantity, value: 62 } }));
    const { sides } = ok(await secretary.send('GET', `/api/patient-pairs/${kept}/${gone}`));
    ok(
      await secretary.send('POST', '/api/merges', {
        kept,
        gone,
        keptVersion: sides[0].version,
        goneVersion: sides[1].version,
      }),
    );
    const out = await exported(before);
    const desk2 = await openDesk();
    const taken = await desk2.take(out);
    assert.deepEqual([taken.state, total(taken).rejected, editionsIn(taken).left.total], ['done', 0, 0]);
    const client = await desk2.practice.client('system/*.cruds');
    const back = await exported(desk2.practice);
    const [was, is] = [resourcesOf(out), resourcesOf(back)];
    for (const [reference, one] of was)
      if (reference !== 'Group/practice') {
        const { lastUpdated: _a, ...meta } = one.meta;
        const { lastUpdated: _b, ...metaNow } = is.get(reference)?.meta ?? {};
        assert.deepEqual({ ...is.get(reference), meta: metaNow }, { ...one, meta }, reference);
      }
    for (const edition of pastOf(out).keys())
      if (!edition.startsWith('Group/practice/')) assert.ok(pastOf(back).has(edition), edition);
    assert.equal(ok(await client('GET', url(measure))).subject.reference, `Patient/${kept}`);
    assert.equal(ok(await client('GET', url(measure, '/_history/1'))).subject.reference, `Patient/${gone}`);
    const sign = ok(await client('GET', `/fhir/R4/Patient/${gone}`));
    assert.deepEqual(sign.link[0], { other: { reference: `Patient/${kept}` }, type: 'replaced-by' });
    // Two who were found to be one are no longer two for whoever looks.
    const clerk = await desk2.practice.person('medical-secretary');
    const found = ok(await clerk.send('GET', '/api/patients?q=fusionnec'));
    assert.deepEqual(
      (found.patients ?? found.lines ?? found).map((one: Json) => one.id),
      [kept],
    );
  });

  test('ECH-7 ECH-8 undone, a take-over leaves none of the editions that it brought; taken in again they are back', async () => {
    const desk2 = await openDesk();
    const client = await desk2.practice.client('system/*.cruds');
    const files = await desk2.lay({ 'a.ndjson': lines(someone('p-edition')) });
    const plain = lines({
      ...weight('o-edition', 'Patient/p-edition', 82),
      meta: { versionId: '3', lastUpdated: '2025-03-01T08:00:00Z' },
    });
    const history = JSON.stringify({
      resourceType: 'Bundle',
      type: 'history',
      entry: [82, 81, 80].map((value, i) => ({
        resource: {
          ...weight('o-edition', 'Patient/p-edition', value),
          meta: { versionId: String(3 - i), lastUpdated: `2025-0${3 - i}-01T08:00:00Z` },
        },
        request: { method: 'PUT', url: 'Observation/o-edition' },
        response: { status: '200' },
      })),
    });
    const one = await desk2.take(files);
    const two = await desk2.take(await desk2.lay({ 'Observation.ndjson': plain }));
    const read = async (version: number) =>
      (await client('GET', `/fhir/R4/Observation/o-edition/_history/${version}`)).status;
    assert.deepEqual([await read(1), await read(3)], [404, 200], 'a number alone brings no edition');
    const three = await desk2.take(await desk2.lay({ 'passé.json': history }));
    assert.deepEqual([editionsIn(three).taken, await read(1), await read(2)], [2, 200, 200]);
    // Only the run that brought the editions is undone: what stands stays, and its past goes.
    const undone = await desk2.again(three.id, 'undo');
    assert.equal((undone.report as { undo: { editions: number } }).undo.editions, 2);
    assert.deepEqual([await read(1), await read(2), await read(3)], [404, 404, 200]);
    const four = await desk2.take(await desk2.lay({ 'passé.json': history }));
    assert.deepEqual([editionsIn(four).taken, await read(1)], [2, 200]);
    await desk2.again(four.id, 'undo');
    for (const id of [two.id, one.id]) assert.equal((await desk2.again(id, 'undo')).state, 'undone');
    assert.deepEqual([await read(1), (await client('GET', '/fhir/R4/Observation/o-edition')).status], [404, 410]);
  });

  test('ECH-7 editions that cannot be placed are left and said: no number, no date, not valid, numbers that are not the source’s', async () => {
    const desk2 = await openDesk();
    const client = await desk2.practice.client('system/*.cruds');
    const of = (
      versionId: string | undefined,
      more: object,
      lastUpdated: string | undefined = '2025-01-01T08:00:00Z',
    ) => ({
      resource: { ...weight('o-left', 'Patient/p-left', 80), meta: { versionId, lastUpdated }, ...more },
    });
    const bundle = {
      resourceType: 'Bundle',
      type: 'history',
      entry: [
        of('5', {}),
        of('4', { status: 'nonsense' }),
        of(undefined, {}),
        of('3', {}, 'hier'),
        of('7', {}),
        of('2147483648', {}),
        of('2', { subject: { reference: 'Patient/p-left/_history/9' } }),
        of('2', {}),
      ],
    };
    const files = { 'a.ndjson': lines(someone('p-left')), 'b.json': JSON.stringify(bundle) };
    const dry = await desk2.take(await desk2.lay(files), { dry: true });
    const taken = await desk2.take(await desk2.lay(files));
    for (const { editions } of [dry.checked!, taken.report as ImportReport])
      assert.deepEqual([editions.taken, editions.left.total, editions.left.examples.length], [1, 6, 6]);
    assert.match(editionsIn(taken).left.examples.join('\n'), /_history\/4 : elle n’est pas valide/);
    // The patient came without a number: that edition of them is not among what is here.
    assert.equal(ok(await client('GET', '/fhir/R4/Observation/o-left/_history/2')).subject.reference, 'Patient/p-left');
    // Changed here, it goes on under its own numbers: what the source calls 6 is another thing.
    const now = ok(await client('GET', '/fhir/R4/Observation/o-left'));
    assert.equal(now.meta.versionId, '5');
    ok(await client('PUT', '/fhir/R4/Observation/o-left', { ...now, status: 'amended' }));
    const later = {
      ...bundle,
      entry: [of('7', { status: 'corrected' }, '2025-06-01T08:00:00Z'), of('6', {}, '2025-05-01T08:00:00Z')],
    };
    const last = await desk2.take(await desk2.lay({ 'c.json': JSON.stringify(later) }));
    assert.deepEqual([total(last).rejected, editionsIn(last).taken], [1, 0]);
    assert.equal(ok(await client('GET', '/fhir/R4/Observation/o-left/_history/6')).status, 'amended');
  });

  test('ECH-8 DOS-9 the notes of one professional go out with their editions to that professional, and to no other file', async () => {
    const mine = await exported(home, doctor.practitioner);
    const files = readdirSync(mine).filter((file) => file.endsWith('.ndjson'));
    assert.ok(files.includes(`notes-${doctor.practitioner}.ndjson`), files.join());
    assert.ok(
      files.every((file) => /^(history-)?notes-/.test(file)),
      files.join(),
    );
    assert.match(allOf(mine), /Mot-secret deux/);
    const past = files.find((file) => file.startsWith('history-notes-'));
    assert.equal(readFileSync(join(mine, past!), 'utf8').trim().split('\n').length, 1);
    const other = await home.person('nurse');
    assert.ok(!/Mot-secret/.test(allOf(await exported(home, other.practitioner))));
  });

  test('ECH-7 what stands here already and comes again is neither missing nor a reject at the second pass', async () => {
    const desk2 = await openDesk();
    const client = await desk2.practice.client('system/*.cruds');
    const made = ok(await client('POST', '/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family: 'Déjà' }] }));
    const files = { 'a.ndjson': lines(made) };
    const first = await desk2.take(await desk2.lay(files));
    assert.deepEqual([total(first).existing, (first.report as ImportReport).missing.total], [1, 0]);
    const second = await desk2.take(await desk2.lay(files));
    assert.deepEqual(total(second), { created: 0, updated: 0, unchanged: 1, existing: 0, rejected: 0 });
    // With other words it is told, at any pass.
    const other = await desk2.take(await desk2.lay({ 'a.ndjson': lines({ ...made, birthDate: '1950-01-01' }) }));
    assert.equal(total(other).rejected, 1);
    assert.equal(ok(await client('GET', `/fhir/R4/Patient/${made.id}`)).birthDate, undefined);
  });
});
