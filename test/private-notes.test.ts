import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { interactions } from '../src/fhir/interactions/table.ts';
import { exportCommand } from '../src/fhir/index.ts';
import { wordsOf } from '../src/platform/pdf/pdf-words-for-tests.ts';
import { newPractice, newRegion, type Send, testHouse, type TestPerson, type TestPractice } from './app.ts';
import { each, entriesOf, unknown, waysOut } from './ways-out.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
/** In every private item, and nowhere else. */
const word = 'zebulonesque';
const title = 'Titrezebulon';
const leaks = (text: string): boolean => /zebulon/i.test(text);

/**
 * DOS-9: every way by which content leaves, walked by everybody who is not the author, before and after private notes are written. The answers must be the same, to the
 * byte but for the clock: no text, no count, no total, no date, no version tells that a private note is there.
 */
describe('a professional’s own notes', () => {
  let practice: TestPractice;
  let author: TestPerson;
  let others: { name: string; send: Send }[];
  let patient = '';
  let twin = '';
  let shared: Json;
  const notes: { type: string; id: string }[] = [];

  before(async () => {
    practice = await newPractice('Maison des notes');
    author = await practice.person('physician', { family: 'Auteurec', given: 'Anne' });
    const colleague = await practice.person('physician', { family: 'Collegue', given: 'Bran' });
    const nurse = await practice.person('nurse', { family: 'Infirmec', given: 'Coline' });
    const people = {
      colleague,
      nurse,
      outsider: await practice.person('physician'),
      secretary: await practice.person('medical-secretary'),
      coordinator: await practice.person('coordinator'),
      administrator: await practice.person('administrator', { roles: ['owner', 'administrator'] }),
      elsewhere: await (await newPractice()).person('physician'),
      region: await (await newRegion()).person('ars-officer'),
    };
    others = [
      ...Object.entries(people).map(([name, { send }]) => ({ name, send })),
      { name: 'program', send: await practice.client('system/*.read') },
    ];
    const identity = (family: string, birthDate = '12/03/1948') => ({
      birthFamily: family,
      birthGivens: 'Yvonne',
      birthDate,
      sex: 'female',
    });
    patient = ok(await author.send('POST', '/api/patients', identity('Notariel'))).id;
    twin = ok(await author.send('POST', '/api/patients', { ...identity('Notariel'), despite: [patient] })).id;
    for (const one of [colleague, nurse])
      for (const id of [patient, twin])
        ok(await author.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    shared = ok(
      await author.send('POST', `/api/patients/${patient}/notes`, { title: 'Note partagée', text: 'À voir par tous.' }),
    ).lines[0];
    ok(await author.send('POST', `/api/patients/${patient}/problems`, { label: 'Hypertension artérielle' }));
    ok(await author.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '8867-4', value: 71 }] }));
  });

  /** Before anything is written, ids that nobody knows stand where the private items will. */
  const items = (): { type: string; id: string }[] =>
    notes[0]
      ? notes
      : ['Composition', 'ClinicalImpression', 'Observation', 'DocumentReference'].map((type) => ({
          type,
          id: unknown,
        }));
  /** The clock, the cursors and what an answer says of its own request; ids that stand for the private ones in the second walk. */
  const settled = (text: string): string => {
    let out = text
      .replace(/"took":\d+/g, '"took":0')
      .replace(/"(?:lastVisit|seen|fresh)":[^,}]+/g, '"x":0')
      .replace(/"timestamp":"[^"]+"/g, '"timestamp":""')
      .replace(
        /"(?:lastUpdated|at|updated|date|now|since|until|began|recorded)":"20[^"]*"/g,
        (found) => `${found.slice(0, found.indexOf(':'))}:""`,
      )
      .replace(/_cursor=[^"&]+/g, '_cursor=')
      .replace(/urn:uuid:[0-9a-f-]+/g, 'urn:uuid:')
      .replace(/"id":"[0-9a-f-]{36}","meta":\{"lastUpdated":""\},"type":"searchset"/g, '"type":"searchset"')
      .replace(/"id":"[^"]*","meta":\{[^}]*\},"type":"(searchset|history|document)"/g, '"type":"$1"');
    for (const { id } of notes) out = out.replaceAll(id, unknown);
    return out;
  };
  async function walk(send: Send, only: 'screens' | 'all' = 'all'): Promise<Map<string, string>> {
    const answers = new Map<string, string>();
    const ways = waysOut({ patient, twin, author: author.practitioner, items: items(), words: [word, title] });
    await each(
      ways.filter(({ name }) => only === 'all' || name !== 'fhir'),
      async ({ name, url }) => {
        const answer = await send('GET', url);
        assert.ok(answer.status < 500, `${url} ${answer.status} ${answer.text}`);
        // A search may say again what it was asked.
        assert.ok(
          !leaks(leaks(url) ? answer.text.replaceAll(word, '').replaceAll(title, '') : answer.text),
          `${name} ${url}`,
        );
        const text = answer.headers['content-type']?.includes('pdf') ? 'pdf' : settled(answer.text);
        // A log of who opened the record grows with each walk: what it may say has a test below.
        answers.set(
          `${name} ${settled(url)}`,
          /accessLog|unusualAccesses/.test(name) || url.includes('AuditEvent')
            ? String(answer.status)
            : `${answer.status} ${name === 'fhir' ? (answer.headers.etag ?? '') : ''} ${text}`,
        );
      },
    );
    return answers;
  }

  test('DOS-9 every interaction of the FHIR server is walked here', () => {
    const walked = new Set([
      'search-system',
      'history-system',
      'history-type',
      'search-type',
      'read',
      'history-instance',
      'vread',
      'operation',
      'transaction',
      'create',
      'update',
      'patch',
      'delete',
    ]);
    assert.deepEqual(
      interactions.filter(({ code }) => !walked.has(code)).map(({ method, path }) => `${method} ${path}`),
      [],
    );
    const operations = new Set(interactions.flatMap(({ operation }) => operation?.name ?? []));
    assert.deepEqual(
      [...operations].sort(),
      ['apply', 'everything', 'expand', 'lookup', 'summary', 'validate', 'validate-code'],
      'a new operation is to be walked, or said to give no content',
    );
  });

  test('DOS-9 nobody else is told by any route, interaction, count, total, date or version that a private note is there', async () => {
    // A first walk warms what a first visit changes.
    for (const { send } of others) await walk(send, 'screens');
    const first = new Map<string, Map<string, string>>();
    for (const { name, send } of others) first.set(name, await walk(send));

    const add = async (body: object) =>
      notes.push({
        type: 'Composition',
        id: ok(
          await author.send('POST', `/api/patients/${patient}/notes`, {
            title,
            text: `Au sujet de ${word}`,
            personal: true,
            ...body,
          }),
        ).lines[0].id,
      });
    await add({});
    await add({ draft: true });
    const subject = { reference: `Patient/${patient}` };
    const me = { reference: `Practitioner/${author.practitioner}` };
    const tag = { tag: [{ system: 'urn:estran:tag', code: 'private-note' }] };
    for (const resource of [
      {
        resourceType: 'ClinicalImpression',
        status: 'completed',
        subject,
        assessor: me,
        summary: word,
        date: '2026-01-02',
      },
      {
        resourceType: 'Observation',
        status: 'final',
        code: { text: title },
        subject,
        performer: [me],
        valueString: word,
        effectiveDateTime: '2026-01-02',
      },
      {
        resourceType: 'DocumentReference',
        status: 'current',
        subject,
        author: [me],
        date: '2026-01-02T10:00:00Z',
        description: title,
        content: [{ attachment: { contentType: 'text/plain', title, data: Buffer.from(word).toString('base64') } }],
      },
    ]) {
      const made = ok(await author.send('POST', `/fhir/R4/${resource.resourceType}`, { ...resource, meta: tag }));
      notes.push({ type: resource.resourceType, id: made.id });
    }
    // A second version, so that histories have something to hide.
    ok(
      await author.send('PUT', `/api/patients/${patient}/notes/${notes[0]!.id}`, {
        title,
        text: `Encore ${word}`,
        personal: true,
        version: 1,
      }),
    );
    await author.send('PUT', `/api/drafts/${encodeURIComponent(`note:${patient}`)}`, {
      patient,
      form: 'note',
      label: title,
      data: { text: word },
    });

    await (await testHouse()).record.readTexts();
    for (const { name, send } of others) {
      const second = await walk(send);
      const before = first.get(name)!;
      for (const [url, answer] of second) {
        assert.equal(answer, before.get(url), `${name}: ${url}`);
      }
    }
  });

  test('DOS-9 the author sees the notes: record, timeline, entry, versions, FHIR, $everything', async () => {
    const [first] = notes;
    for (const url of [
      `/api/patients/${patient}/record`,
      `/api/patients/${patient}/timeline`,
      `/api/patients/${patient}/entries/Composition/${first!.id}`,
      `/api/patients/${patient}/entries/Composition/${first!.id}/versions`,
      ...notes.flatMap(({ type, id }) => [
        `/fhir/R4/${type}/${id}`,
        `/fhir/R4/${type}/${id}/_history`,
        `/fhir/R4/${type}?patient=${patient}&_count=100`,
      ]),
      `/fhir/R4/Patient/${patient}/$everything?_count=500`,
      '/fhir/R4/_history?_count=200',
      `/api/documents/search?q=${word}`,
    ])
      assert.ok(
        leaks((await author.send('GET', url)).text) ||
          (await author.send('GET', url)).text.includes(Buffer.from(word).toString('base64')),
        url,
      );
  });

  test('DOS-9 nobody else writes to them or through them: every write answers as for something that does not exist', async () => {
    const bodies: Record<string, object> = {
      correctNote: { text: 'x', version: 2 },
      enteredInError: { reason: 'x', version: 2 },
      acknowledge: { version: 2 },
      undo: { entries: [{ type: 'Composition', id: ':id', version: 2 }] },
      correctDocument: { version: 1, title: 'x', documentType: '34109-9' },
      correctMeasure: { version: 1, values: [{ code: '8867-4', value: 3 }] },
      correctProblem: { label: 'x', version: 1 },
      changeSummary: { act: 'verify', section: 'all', verified: true },
      signSummary: { seal: 'x' },
      amendSummary: { version: 1, reason: 'xxx' },
      endChoice: { version: 1, reason: 'x' },
    };
    for (const { name: who, send } of others)
      for (const { name, entry } of entriesOf(
        ({ method, path }) => method !== 'GET' && /:patient\b.*:(id|document)\b/.test(path),
      )) {
        const key = name.split('.')[1]!;
        const at = (type: string, id: string) =>
          entry.path
            .replace(':patient', patient)
            .replace(':type', type)
            .replace(/:(?:id|document)\b/, id)
            .replace(/:\w+/g, unknown);
        const body = (id: string) => JSON.parse(JSON.stringify(bodies[key] ?? {}).replaceAll(':id', id));
        for (const { type, id } of [notes[0]!, notes.at(-1)!]) {
          const [mine, none] = [
            await send(entry.method, at(type, id), body(id)),
            await send(entry.method, at(type, unknown), body(unknown)),
          ];
          assert.deepEqual([mine.status, settled(mine.text)], [none.status, settled(none.text)], `${who} ${name}`);
          assert.ok(mine.status >= 400 && !leaks(mine.text));
        }
      }
    for (const { name: who, send } of others)
      for (const { type, id } of notes.slice(1)) {
        const resource = { resourceType: type, id, status: 'final', subject: { reference: `Patient/${patient}` } };
        const tries = (it: string): [string, string, unknown, Record<string, string>?][] => [
          [
            'PATCH',
            `${type}/${it}`,
            [{ op: 'replace', path: '/status', value: 'amended' }],
            { 'content-type': 'application/json-patch+json' },
          ],
          ['DELETE', `${type}/${it}`, undefined],
          ['DELETE', `${type}?_id=${it}`, undefined],
          [
            'POST',
            '',
            {
              resourceType: 'Bundle',
              type: 'batch',
              entry: [
                { request: { method: 'GET', url: `${type}/${it}` } },
                { request: { method: 'GET', url: `${type}?_id=${it}` } },
                { request: { method: 'DELETE', url: `${type}/${it}` } },
              ],
            },
          ],
          [
            'POST',
            '',
            {
              resourceType: 'Bundle',
              type: 'transaction',
              entry: [{ request: { method: 'GET', url: `${type}/${it}` } }],
            },
          ],
          ['POST', `${type}/_search`, `_id=${it}`, { 'content-type': 'application/x-www-form-urlencoded' }],
          ['POST', `${type}/${it}/$validate`, { resourceType: 'Parameters' }],
        ];
        for (const [at, [method, path, body, headers]] of tries(id).entries()) {
          const mine = await send(method, `/fhir/R4/${path}`, body, headers);
          const [, nonePath, noneBody] = tries(unknown)[at]!;
          const none = await send(method, `/fhir/R4/${nonePath}`, noneBody, headers);
          assert.deepEqual(
            [mine.status, settled(mine.text)],
            [none.status, settled(none.text)],
            `${who} ${method} ${path}`,
          );
          assert.ok(!leaks(mine.text), `${who} ${method} ${path}`);
        }
        // Overwriting by PUT needs the id to be one’s own; a conditional create may not tell that something matches.
        const put = await send('PUT', `/fhir/R4/${type}/${id}`, resource);
        assert.ok(put.status >= 400 && !leaks(put.text), `${who} PUT ${put.status}`);
      }
    for (const { type, id } of notes)
      assert.equal((await author.send('GET', `/fhir/R4/${type}/${id}`)).status, 200, 'untouched');
  });

  test('DOS-9 the log of the record names no private note; duplicates count none; the ledger has the lines', async () => {
    const { db } = await testHouse();
    for (const { send } of others) {
      const all: Json[] = [];
      for (let before: number | null | undefined; before !== null; ) {
        const page: Json = await send(
          'GET',
          `/api/patients/${patient}/access-log?count=200${before ? `&before=${before}` : ''}`,
        );
        if (page.status !== 200) break;
        all.push(...page.body.lines);
        before = page.body.next;
      }
      if (all.length === 0) continue;
      const written = all.filter((line: Json) => /a ajouté|a modifié/.test(line.what) && line.who === 'Anne Auteurec');
      // The care team, the shared note, the problem, the measure, what joined the patient: nothing of what is private.
      assert.ok(
        written.length > 0 &&
          !written.some((line: Json) => line.target === 'les documents' || line.target === 'les notes'),
        JSON.stringify(written),
      );
      assert.equal(written.filter((line: Json) => line.target === 'les courriers').length, 1, 'the shared note only');
    }
    const lines = await db.tenant(practice.tenant, (sql) =>
      sql.query<{ target: string; patient: string | null }>(
        "select target, patient from audit.entry where tenant_id = $1 and target = any($2::text[]) and action in ('create', 'update', 'read')",
        [practice.tenant, notes.map(({ type, id }) => `${type}/${id}`)],
      ),
    );
    assert.ok(
      notes.every(({ type, id }) => lines.some(({ target }) => target === `${type}/${id}`)),
      'nothing is done without its line',
    );
    assert.ok(lines.every((line) => line.patient === null));
  });

  test('DOS-9 DOS-12 summary, VSM and PDFs are without them, also those the author prints', async () => {
    const draft = ok(await author.send('POST', `/api/patients/${patient}/summaries`));
    assert.ok(!leaks(JSON.stringify(draft)));
    const { app } = await testHouse();
    for (const url of [
      `/api/patients/${patient}/summaries/${draft.id}/pdf`,
      `/api/patients/${patient}/vaccine-book/pdf`,
    ]) {
      const answer = await app.inject({
        method: 'GET',
        url,
        headers: { cookie: author.cookie, origin: 'http://localhost:3000' },
      });
      assert.equal(answer.statusCode, 200, answer.body);
      assert.ok(!leaks(wordsOf(answer.rawPayload)));
    }
    const ips = await author.send('GET', `/fhir/R4/Patient/${patient}/$summary`);
    assert.ok(ips.status === 200 && !leaks(ips.text));
  });

  test('DOS-9 ECH-8 giving the practice’s data back leaves them out; each author gets their own, alone', async () => {
    const { db, access } = await testHouse();
    const folder = mkdtempSync(join(tmpdir(), 'estran-notes-'));
    const run = (values: Record<string, string>) =>
      exportCommand.run(
        { db, practice: async (id: string) => ({ tenant: practice.tenant, id, name: 'x' }) },
        {
          values: { practice: practice.id, ...values },
          positionals: [folder],
          cwd: folder,
          signal: new AbortController().signal,
        } as never,
        { progress() {}, line() {}, json() {} } as never,
      );
    await run({});
    const all = () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .join('\n');
    assert.ok(!leaks(all()) && !all().includes('private-note') && all().includes('partagée'));
    await run({ 'notes-of': author.practitioner });
    assert.equal(
      readFileSync(join(folder, `notes-${author.practitioner}.ndjson`), 'utf8')
        .trim()
        .split('\n').length,
      notes.length,
    );
    assert.ok(!leaks(readFileSync(join(folder, 'Composition.ndjson'), 'utf8')));
    rmSync(folder, { recursive: true });
    assert.ok(access);
  });

  test('DOS-9 IDV-2 after a merge and a separation they are still the author’s alone', async () => {
    const doubles = await author.send('GET', `/api/duplicates/${patient}/${twin}`);
    assert.ok(!leaks(doubles.text));
    const secretary = others.find(({ name }) => name === 'secretary')!;
    const versions = async (id: string) => (await secretary.send('GET', `/fhir/R4/Patient/${id}`)).body.meta.versionId;
    const body = {
      kept: patient,
      gone: twin,
      keptVersion: Number(await versions(patient)),
      goneVersion: Number(await versions(twin)),
      reason: 'doublon',
    };
    const { entry } = entriesOf(({ path }) => path === '/api/merges')[0]!;
    const merged = await secretary.send(entry.method, entry.path, body);
    for (const { send } of others) {
      for (const url of [
        `/api/patients/${patient}/record`,
        `/api/patients/${patient}/timeline`,
        ...notes.map(({ type, id }) => `/fhir/R4/${type}/${id}`),
        `/fhir/R4/Patient/${patient}/$everything?_count=500`,
      ])
        assert.ok(!leaks((await send('GET', url)).text), url);
    }
    assert.equal(merged.status, 200, merged.text);
    assert.ok(leaks((await author.send('GET', `/fhir/R4/Composition/${notes[0]!.id}`)).text));
    assert.ok(shared.id);
  });
});
