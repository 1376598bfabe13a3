import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyone, newPractice } from '../../test/app.ts';

const team = { physician: 3, nurse: 4, 'asalee-nurse': 1, physiotherapist: 2, 'medical-secretary': 1, coordinator: 1 };
const told = {
  'healthProject.written': true,
  'healthProject.validated': true,
  'healthProject.validatedOn': '2020-06-01',
  'software.labelled': true,
  'aci.member': true,
  'coordination.coordinator': true,
};

test('FIN-8 the simulator is open to all and shows each line: 10 940 € for the team of the example', async () => {
  const { status, body } = await anyone('POST', '/api/programme/calls/sip-2021/simulate', {
    team,
    subscriptionCents: 4200,
  });
  assert.equal(status, 200);
  assert.equal(body.money.totalCents, 1_094_000);
  assert.deepEqual(
    body.money.lines.map((line: { rule: string; count: number; unitCents: number; capCents: number | null }) => [
      line.rule,
      line.count,
      line.unitCents,
      line.capCents,
    ]),
    [
      ['FIN-2', 1, 500_000, null],
      ['FIN-3', 3, 70_000, null],
      ['FIN-3', 8, 30_000, null],
      ['FIN-5', 48, 3_000, 3_000],
    ],
  );
  assert.match(body.money.notes.join(' '), /Asalée/);
});
test('AAP-5 AAP-9 AAP-10 a team of the ACI is told why it is not eligible in 2021, and that it is in 2024', async () => {
  const ask = async (id: string) =>
    (await anyone('POST', `/api/programme/calls/${id}/simulate`, { team, facts: told, on: '2024-04-20' })).body
      .eligibility;
  const before = await ask('sip-2021');
  assert.equal(before.verdict, 'not-eligible');
  const [refused] = before.results.filter((rule: { answer: string }) => rule.answer === 'no');
  assert.equal(refused.source, 'AAP-5');
  assert.ok(
    refused.mend.length > 0 &&
      refused.facts.some((fact: { id: string; value: boolean }) => fact.id === 'aci.member' && fact.value === true),
  );
  assert.equal((await ask('sip-2024')).verdict, 'eligible');
});
test('AAP-1 AAP-7 both calls are there with their deadline, places and form', async () => {
  const { calls } = (await anyone('GET', '/api/programme/calls')).body;
  assert.deepEqual(
    calls.map((one: { id: string; deadline: string; places: number; open: boolean }) => [
      one.id,
      one.deadline,
      one.places,
      one.open,
    ]),
    [
      ['sip-2024', '2024-05-01T23:59:59', 10, false],
      ['sip-2021', '2020-12-18T23:59:59', 10, false],
    ],
  );
  const call = (await anyone('GET', '/api/programme/calls/sip-2024')).body;
  assert.ok(call.sections.length >= 7 && call.eligibility.length === 4);
});
test('SEC-16 an unknown call and wrong counts are refused in words; SEC-7 the programme answers with no name of any patient', async () => {
  assert.equal((await anyone('GET', '/api/programme/calls/sip-1999')).status, 404);
  for (const body of [
    { team: { physician: -1 } },
    { team: { physician: 1.5 } },
    { team: { physician: 10 ** 9 } },
    { team: 'x' },
    { team: {}, subscriptionCents: -3 },
    { team: {}, on: 'demain' },
  ]) {
    const refused = await anyone('POST', '/api/programme/calls/sip-2024/simulate', body);
    assert.equal(refused.status, 422, JSON.stringify(body));
    assert.equal(refused.headers['content-type'], 'application/problem+json; charset=utf-8');
  }
  const practice = await newPractice();
  const doctor = await practice.person('physician');
  await doctor.send('POST', '/api/patients', {
    birthFamily: 'Programme',
    birthGivens: 'Essai',
    birthDate: '12/03/1948',
    sex: 'female',
  });
  for (const path of ['/api/programme/calls', '/api/programme/calls/sip-2024'])
    assert.ok(!(await doctor.send('GET', path)).text.toUpperCase().includes('PROGRAMME ESSAI'));
});
