/** SEC-3, SEC-6, COO-7: what hangs on an account that is closed ends, or is put before whoever may take it up. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { dayInFrance } from '../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
};

describe('a closed account', () => {
  let practice: TestPractice;
  let owner: TestPerson;
  let coordinator: TestPerson;
  let doctor: TestPerson;
  let leaving: TestPerson;
  let locum: TestPerson;
  let outsider: TestPerson;
  let patient: string;
  before(async () => {
    practice = await newPractice('Maison des départs');
    owner = await practice.person('administrator', { roles: ['owner'], kind: 'privileged', family: 'Roux' });
    coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    leaving = await practice.person('physician', { family: 'Riou', given: 'Hélène' });
    locum = await practice.person('physician', { family: 'Jaouen', given: 'Zoé' });
    outsider = await practice.person('physician', { family: 'Morvan', given: 'Ronan' });
    patient = ok(
      await leaving.send('POST', '/api/patients', {
        birthFamily: 'Departalmel',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
    for (const [practitioner, treating] of [
      [doctor.practitioner, false],
      [leaving.practitioner, true],
    ])
      ok(await leaving.send('POST', `/api/patients/${patient}/team`, { practitioner, treating }));
  });
  const at = (more: string) => `/api/patients/${patient}/${more}`;
  const notices = async (who: TestPerson): Promise<Json[]> => {
    const found = ok(await who.send('GET', '/api/notices'));
    return Array.isArray(found) ? found : found.notices;
  };
  const close = async (who: TestPerson, act = 'disable') => {
    const person = ok(await owner.send('GET', '/api/people')).find(
      (one: Json) => one.practitioner === who.practitioner,
    );
    return ok(await owner.send('POST', `/api/people/${person.id}/${act}`, {}));
  };
  const lists = async (who: TestPerson) => {
    const results = ok(await who.send('GET', '/api/results/waiting')).lines;
    const documents = ok(await who.send('GET', '/api/documents/to-read')).lines;
    const { letters } = ok(await who.send('GET', '/api/letters/to-sign'));
    return [results, documents, letters].map((lines: Json[]) => lines.length);
  };

  test('SEC-6 SEC-3 its delegations end with it, on both sides, are told and stand in the ledger; opened again, it opens nothing of them', async () => {
    const declare = async (delegate: TestPerson, responsible: TestPerson, from = -60_000) =>
      ok(
        await coordinator.send('POST', '/api/delegations', {
          kind: 'locum',
          delegate: delegate.practitioner,
          responsible: responsible.practitioner,
          from: new Date(Date.now() + from).toISOString(),
          until: new Date(Date.now() + 9 * 86_400_000).toISOString(),
        }),
      ).id as string;
    const made = [
      await declare(locum, leaving),
      await declare(leaving, outsider),
      await declare(locum, leaving, 86_400_000),
    ];
    const kept = await declare(locum, doctor);
    assert.equal((await locum.send('GET', at('record'))).status, 200);
    await close(leaving);
    const left = ok(await coordinator.send('GET', '/api/delegations')).filter(
      (one: Json) => new Date(one.until) > new Date() && new Date(one.until) > new Date(one.from),
    );
    assert.deepEqual(
      left.map((one: Json) => one.id),
      [kept],
    );
    for (const who of [locum, outsider])
      assert.ok(
        (await notices(who)).some((one) => /Le compte de Hélène Riou est fermé/.test(one.words)),
        who.practitioner,
      );
    const { db } = await testHouse();
    const ledger = await db.owner('test', (sql) =>
      sql.query<{ target: string }>(
        "select target from audit.entry where tenant_id = $1 and action = 'delegation-end' order by target",
        [practice.tenant],
      ),
    );
    assert.deepEqual(ledger.map(({ target }) => target).sort(), made.map((id) => `Delegation/${id}`).sort());
    await close(leaving, 'enable');
    assert.equal(
      ok(await coordinator.send('GET', '/api/delegations')).filter((one: Json) => one.running).length,
      1,
      'opened again: only that of someone else',
    );
  });

  test('DOS-11 DOS-10 DOS-13 results, documents and letters that wait for it are put before the rest of the care team, in its place, and before nobody else', async () => {
    ok(await doctor.send('POST', at('results'), { values: [{ code: '2823-3', value: '4,1' }] }));
    const made = ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient}` },
        description: 'Compte rendu',
        content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Rien.').toString('base64') } }],
      }),
    );
    ok(await doctor.send('POST', at(`documents/${made.id}/hand`), { version: 1, to: leaving.practitioner }));
    ok(
      await doctor.send('POST', at('letters'), {
        template: null,
        title: 'À signer',
        documentType: '11488-4',
        text: 'Cher confrère',
        recipients: [],
        signatory: leaving.practitioner,
        act: 'keep',
      }),
    );
    assert.deepEqual(await lists(doctor), [0, 0, 0]);
    await close(leaving);
    assert.deepEqual(await lists(doctor), [1, 1, 1]);
    assert.deepEqual(await lists(outsider), [0, 0, 0]);
    const [line] = ok(await doctor.send('GET', '/api/documents/to-read')).lines;
    assert.equal(line.forWhom.name, 'Hélène Riou');
    const version = Number(ok(await doctor.send('GET', `/fhir/R4/DocumentReference/${made.id}`)).meta.versionId);
    ok(await doctor.send('POST', at(`documents/${made.id}/read`), { version, for: leaving.practitioner }));
    assert.deepEqual(await lists(doctor), [1, 0, 1]);
    ok(await doctor.send('POST', at('results'), { values: [{ code: '2823-3', value: '8,9' }], requester: null }));
    assert.ok(
      (await notices(outsider)).every((one) => one.patient === null),
      'nobody outside of the team hears of the patient',
    );
    await close(leaving, 'enable');
  });

  test('COO-8 nobody stands in any more for someone absent when the account of who did is closed', async () => {
    const today = dayInFrance(new Date());
    const until = dayInFrance(new Date(Date.now() + 5 * 86_400_000));
    const absence = { from: today, until, standIn: locum.practitioner };
    ok(await outsider.send('POST', '/api/messages/absences', absence));
    const shown = async () => ok(await outsider.send('GET', '/api/messages/absences')).absences[0];
    assert.equal((await shown()).standIn.name, 'Zoé Jaouen');
    await close(locum);
    assert.equal((await shown()).standIn, null);
  });

  test('SEC-3 programs that the person linked are the practice’s: they go on, who closes the account is told, the list says who linked them', async () => {
    const second = await practice.person('administrator', {
      roles: ['administrator'],
      kind: 'privileged',
      family: 'Bihan',
    });
    const { client_id } = ok(
      await second.send('POST', '/api/clients', { name: 'Automate', scope: 'system/Observation.c' }),
    );
    const shown = async () =>
      ok(await owner.send('GET', '/api/clients')).find((one: Json) => one.client_id === client_id);
    assert.equal((await shown()).by.closed, false);
    await close(second);
    assert.deepEqual([(await shown()).by.closed, (await shown()).revokedAt], [true, null]);
    assert.ok((await notices(owner)).some((one) => /avait relié un logiciel/.test(one.words)));
  });
});
