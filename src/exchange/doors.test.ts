import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { testHouse } from '../../test/app.ts';
import { exchangeContract } from './contract.ts';
import { ask, type Desk, form, lines, openDesk, patient, weight } from './exchange.fixture.ts';
import { shownName } from './receive-files.ts';
import { defaultLimits } from './take-over/limits.ts';
import { readEntries } from './take-over/read-entries.ts';

describe('the doors of the take-over', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  const folderOf = async (of: Desk, run: number) =>
    join((await testHouse()).config.data, 'imports', `${of.practice.tenant}-${run}`);
  const until = async (of: Desk, run: number, ...states: string[]) => {
    for (;;) {
      const { body } = await ask(of.owner, 'GET', `/api/take-overs/${run}/progress`);
      if (states.includes(body.state)) return body;
      if (body.state === 'failed') throw new Error(body.failure);
      await new Promise((wake) => setTimeout(wake, 20));
    }
  };
  /** Sends files as the screen does; returns the number of the run. */
  const send = async (of: Desk, files: Record<string, string | Buffer>) => {
    const { id } = (await ask(of.owner, 'POST', '/api/take-overs', {})).body;
    const { body, headers } = form(files);
    const sent = await ask(of.owner, 'POST', `/api/take-overs/${id}/files`, body, headers);
    assert.deepEqual([sent.status, sent.body.received], [200, Object.keys(files).length], sent.text);
    assert.equal((await ask(of.owner, 'POST', `/api/take-overs/${id}/ready`)).body.state, 'ready');
    return id as number;
  };

  test('ECH-7 on screen: files are sent, tried, taken in and taken back', async () => {
    const of = await openDesk();
    const id = await send(of, {
      'dossier/patients.ndjson': lines(patient('e-1'), { ...patient('e-2'), birthDate: 'x' }),
      'dossier/mesures.ndjson.gz': gzipSync(lines(weight('e-o', 'Patient/e-1'))),
    });
    assert.equal(readdirSync(await folderOf(of, id)).length, 2);
    assert.equal((await ask(of.owner, 'POST', `/api/take-overs/${id}/check`)).status, 200);
    await until(of, id, 'ready');
    const checked = (await ask(of.owner, 'GET', `/api/take-overs/${id}`)).body;
    assert.deepEqual(
      [checked.checked.resources, checked.checked.rejected, checked.checked.rejects[0].file, checked.total.created],
      [3, 1, 'dossier/patients.ndjson', 0],
    );
    await ask(of.owner, 'POST', `/api/take-overs/${id}/start`);
    await until(of, id, 'done');
    const done = (await ask(of.owner, 'GET', `/api/take-overs/${id}`)).body;
    assert.deepEqual([done.total.created, done.total.rejected, done.open, done.by], [2, 1, 1, of.owner.caller.name]);
    exchangeContract.takeOver.reply.parse(done);
    // They go just after the run has said that it is done.
    for (const folder = await folderOf(of, id); existsSync(folder); ) await new Promise((wake) => setTimeout(wake, 20));
    assert.equal((await ask(of.owner, 'POST', `/api/take-overs/${id}/start`)).status, 409);
    assert.equal((await ask(of.owner, 'POST', `/api/take-overs/${id}/undo`)).status, 200);
    await until(of, id, 'undone');
    assert.equal((await of.read('Patient/e-1')).status, 410);
    exchangeContract.takeOvers.reply.parse((await ask(of.owner, 'GET', '/api/take-overs')).body);
    const fresh = await send(of, { 'a.ndjson': lines(patient('e-9')) });
    assert.equal((await ask(of.owner, 'DELETE', `/api/take-overs/${fresh}`)).status, 204);
    assert.equal((await ask(of.owner, 'GET', `/api/take-overs/${fresh}`)).status, 404);
    assert.equal(existsSync(await folderOf(of, fresh)), false);
  });

  test('ECH-7 a reject is corrected on screen and what points to it is whole; or it is discarded; of two who decide at once the second is told (SEC-11)', async () => {
    const of = await openDesk();
    const folder = await of.lay({
      'a.ndjson': `${lines({ ...patient('q-1'), birthDate: '03/02/1950' }, weight('q-o', 'Patient/q-1'), { ...patient('q-2'), gender: 'x' })}{"resourceType":"Patient","id":"q-3",,}\n`,
    });
    const run = await of.take(folder);
    const { body } = await ask(of.owner, 'GET', `/api/quarantine?run=${run.id}`);
    exchangeContract.quarantine.reply.parse(body);
    assert.deepEqual([body.open, body.lines.map((line: { place: number }) => line.place)], [3, [1, 3, 4]]);
    const [first, second, third] = body.lines;
    const whole = (await ask(of.owner, 'GET', `/api/quarantine/${first.id}`)).body;
    const content = JSON.parse(whole.content);
    const still = await ask(of.owner, 'PUT', `/api/quarantine/${first.id}`, {
      version: whole.version,
      content: JSON.stringify({ ...content, birthDate: '1950-13-01' }),
    });
    assert.deepEqual(
      [still.status, still.body.done, still.body.issues[0].path, still.body.version],
      [200, false, 'Patient.birthDate', 2],
    );
    const stale = await ask(of.owner, 'PUT', `/api/quarantine/${first.id}`, {
      version: 1,
      content: JSON.stringify({ ...content, birthDate: '1950-02-03' }),
    });
    assert.equal(stale.status, 409);
    assert.equal(
      (await ask(of.owner, 'PUT', `/api/quarantine/${first.id}`, { version: 2, content: '{"resourceType":' })).status,
      422,
    );
    const good = await ask(of.owner, 'PUT', `/api/quarantine/${first.id}`, {
      version: 2,
      content: JSON.stringify({ ...content, birthDate: '1950-02-03' }),
    });
    assert.deepEqual(good.body, { done: true, reference: 'Patient/q-1' });
    assert.equal((await of.find('Observation?subject:Patient.birthdate=1950-02-03')).length, 1);
    assert.equal(
      (await ask(of.owner, 'POST', `/api/quarantine/${second.id}/discard`, { version: second.version })).status,
      204,
    );
    assert.equal(
      (await ask(of.owner, 'POST', `/api/quarantine/${second.id}/discard`, { version: second.version })).status,
      409,
    );
    const line = await ask(of.owner, 'PUT', `/api/quarantine/${third.id}`, {
      version: third.version,
      content: JSON.stringify(patient('q-3')),
    });
    assert.deepEqual(line.body, { done: true, reference: 'Patient/q-3' });
    // The same file again: what was corrected is in, what was discarded stays so.
    const again = await of.take(folder);
    assert.deepEqual([again.counts.Patient!.unchanged, again.counts.Patient!.created], [1, 0]);
    const statuses = (await ask(of.owner, 'GET', '/api/quarantine')).body;
    assert.deepEqual(
      [statuses.open, statuses.lines.map((one: { status: string }) => one.status)],
      [0, ['corrected', 'discarded', 'corrected']],
    );
    const undone = await of.again(run.id, 'undo');
    assert.equal(undone.state, 'undone');
    assert.equal((await of.read('Patient/q-1')).status, 410, 'what was corrected is part of the run');
  });

  test('ECH-7 SEC-7 who may not: only those who may take data in, only in their practice', async () => {
    const run = await desk.take(
      await desk.lay({ 'a.ndjson': lines(patient('w-1'), { ...patient('w-2'), birthDate: 'x' }) }),
    );
    const line = (await ask(desk.owner, 'GET', `/api/quarantine?run=${run.id}`)).body.lines[0];
    const stranger = await openDesk();
    const people = [
      await desk.practice.person('physician'),
      await desk.practice.person('medical-secretary'),
      await desk.practice.person('coordinator', { roles: ['coordinator'] }),
    ];
    for (const [name, entry] of Object.entries(exchangeContract)) {
      const path = entry.path.replace(':run', String(run.id)).replace(':id', String(line.id));
      const body = entry.method === 'GET' || entry.method === 'DELETE' ? undefined : { version: 1, content: '{}' };
      assert.equal((await ask(null, entry.method, path, body)).status, 401, `${name}: nobody`);
      for (const person of people)
        assert.equal((await ask(person, entry.method, path, body)).status, 403, `${name}: ${person.caller.profession}`);
      if (!/:(run|id)/.test(entry.path)) continue;
      assert.equal(
        (await ask(stranger.owner, entry.method, path, body)).status,
        name === 'addFiles' ? 409 : 404,
        `${name}: another practice`,
      );
    }
    assert.deepEqual((await ask(stranger.owner, 'GET', '/api/take-overs')).body, []);
    assert.deepEqual((await ask(stranger.owner, 'GET', '/api/quarantine')).body.lines, []);
    const other = await ask(desk.owner, 'POST', '/api/take-overs', {}, { origin: 'https://elsewhere.example' });
    assert.equal(other.status, 403, 'from another site');
  });

  test('SEC-16 SEC-17 files that are not what they say, bombs, deep or broken ones: a clear word each, and the others come in', async () => {
    const of = await openDesk();
    const deep = `{"resourceType":"Basic","code":{"text":"x"},"extension":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const folder = await of.lay({
      'bien.json': JSON.stringify(patient('f-1')),
      'bombe.json.gz': gzipSync(`${' '.repeat(9_999)}\n`.repeat(5_000)),
      'blanc.json.gz': gzipSync(Buffer.alloc(50_000_000, 0x20)),
      'gros.json': JSON.stringify(
        {
          resourceType: 'Bundle',
          type: 'collection',
          entry: [{ resource: { ...patient('f-2'), text: { status: 'generated', div: 'x'.repeat(7_000_000) } } }],
        },
        null,
        1,
      ),
      'coupe.json.gz': gzipSync(JSON.stringify(patient('f-3'))).subarray(0, 60),
      'latin.json': Buffer.from(JSON.stringify({ ...patient('f-4'), name: [{ family: 'Hénaff' }] }), 'latin1'),
      'coupe.json': '{"resourceType":"Bundle","entry":[',
      'profond.ndjson': `${deep}\n${lines(patient('f-5'))}`,
      'nul.ndjson': lines(
        { ...patient('f-6'), name: [{ family: 'A\u0000B' }] },
        { ...patient('f-7'), name: [{ family: '\ud800' }] },
        3,
        null,
        [],
        'x',
        { resourceType: 'Patient\u0000', id: 'é' },
      ),
      'bz.bz2': Buffer.from('BZh91AY&SYabcdefghijklmnop'),
      'vide.json': '',
      'bom.txt': Buffer.from('\ufeff{"resourceType":"Patient"}', 'utf16le'),
      'suppression.json': JSON.stringify({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'DELETE', url: 'Patient/f-1' } }, null, 4, { resource: 'x' }],
      }),
    });
    const run = await of.take(folder);
    assert.equal(run.state, 'done', run.failure ?? '');
    const { body } = await ask(of.owner, 'GET', `/api/take-overs/${run.id}`);
    const words = Object.fromEntries(
      body.notes.map((note: { file: string; words: string }) => [note.file, note.words]),
    );
    assert.match(words['bombe.json.gz'], /bombe/);
    assert.match(words['blanc.json.gz'], /6 Mo/);
    assert.match(words['gros.json'], /6 Mo/);
    assert.match(words['coupe.json.gz'], /abîmé|incomplet/);
    assert.match(words['latin.json'], /UTF-8/);
    assert.match(words['bom.txt'], /UTF-16/);
    assert.match(words['bz.bz2'], /abîmé/);
    assert.match(words['coupe.json'], /JSON/);
    for (const id of ['f-1', 'f-5']) assert.equal((await of.read(`Patient/${id}`)).status, 200, id);
    const set = (await ask(of.owner, 'GET', `/api/quarantine?run=${run.id}`)).body.lines as {
      file: string;
      cause: string;
      issues: { words: string }[];
    }[];
    assert.ok(set.some((line) => line.file === 'profond.ndjson' && /imbriqués/.test(line.issues[0]!.words)));
    assert.ok(set.some((line) => line.file === 'suppression.json' && line.cause === 'unsupported'));
  });

  test('SEC-17 names that climb, links that leave the folder: harmless', async () => {
    for (const [name, safe] of [
      ['../../etc/passwd', 'etc/passwd'],
      ['..\\..\\x.json', 'x.json'],
      ['/a//b/./c.json', 'a/b/c.json'],
      ['\u0000\u202e.json', '.json'],
      ['..', 'fichier'],
      ['', 'fichier'],
    ] as const)
      assert.equal(shownName(name), safe);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (name) => !shownName(name).split('/').includes('..') && !/^\/|\\|\p{C}/u.test(shownName(name)),
      ),
    );
    const of = await openDesk();
    const climbed = join(tmpdir(), 'estran-climb.json');
    const id = await send(of, { [`../../../..${climbed}`]: JSON.stringify(patient('n-1')) });
    assert.equal(existsSync(climbed), false);
    assert.ok(readdirSync(await folderOf(of, id)).every((name) => /^[a-z0-9]+-[0-9a-f-]{36}$/.test(name)));
    const outside = await of.lay({ 'secret.json': JSON.stringify(patient('n-secret')) });
    const inside = await of.lay({ 'a.json': JSON.stringify(patient('n-2')) });
    symlinkSync(join(outside, 'secret.json'), join(inside, 'lien.json'));
    symlinkSync(outside, join(inside, 'dossier'));
    symlinkSync(join(inside, 'a.json'), join(inside, 'pareil.json'));
    writeFileSync(join(inside, 'b.json'), JSON.stringify(patient('n-3')));
    await of.take(inside);
    assert.deepEqual(
      [
        (await of.read('Patient/n-2')).status,
        (await of.read('Patient/n-3')).status,
        (await of.read('Patient/n-secret')).status,
      ],
      [200, 200, 404],
    );
  });

  test('SEC-16 wrong requests get 4xx and change nothing', async () => {
    const { id } = (await ask(desk.owner, 'POST', '/api/take-overs', {})).body;
    const tries: [string, string, unknown?, Record<string, string>?][] = [
      ['POST', '/api/take-overs', { source: 'x'.repeat(61) }],
      ['POST', '/api/take-overs', { source: 'a|b' }],
      ['POST', '/api/take-overs', []],
      ['POST', `/api/take-overs/${id}/files`, { a: 1 }],
      [
        'POST',
        `/api/take-overs/${id}/files`,
        Buffer.from('--xx\r\nbroken'),
        { 'content-type': 'multipart/form-data; boundary=xx' },
      ],
      ['POST', `/api/take-overs/${id}/files`, Buffer.from('x'), { 'content-type': 'multipart/form-data' }],
      ['POST', `/api/take-overs/${id}/start`],
      ['POST', `/api/take-overs/${id}/stop`],
      ['POST', `/api/take-overs/${id}/undo`],
      ['POST', '/api/take-overs/99999999999999999999/start'],
      ['GET', '/api/take-overs/abc'],
      ['GET', '/api/take-overs/0'],
      ['GET', '/api/quarantine?status=other'],
      ['GET', '/api/quarantine?count=1e9'],
      ['GET', '/api/quarantine/1.5'],
      ['PUT', '/api/quarantine/1', { version: 'x', content: '' }],
      ['POST', '/api/quarantine/1/discard', {}],
    ];
    for (const [method, path, body, headers] of tries) {
      const answer = await ask(desk.owner, method, path, body, headers);
      assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text}`);
      assert.match(answer.headers['content-type']!, /problem\+json/);
      assert.doesNotMatch(answer.text, /at .*\.ts/);
    }
  });

  test('ECH-7 lines are the same however the file arrives', async () => {
    const text = Buffer.from(
      `\ufeff${lines(patient('l-1'), { ...patient('l-2'), name: [{ family: 'Hénaff 🐚' }] })}\r\n  \n${lines(patient('l-3')).trimEnd()}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 }), async (sizes) => {
        async function* pieces() {
          for (let at = 0, i = 0; at < text.length; i++) {
            const size = sizes[i % sizes.length]!;
            yield text.subarray(at, at + size);
            at += size;
          }
        }
        const found = [];
        for await (const raw of readEntries({ wrapping: 'plain', pieces: pieces(), read: () => 0 }, defaultLimits))
          found.push([raw.place, raw.resource?.id]);
        assert.deepEqual(found, [
          [1, 'l-1'],
          [2, 'l-2'],
          [5, 'l-3'],
        ]);
      }),
      { numRuns: 60 },
    );
  });
});
