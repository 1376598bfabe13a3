import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, newPractice, testHouse } from '../../test/app.ts';
import type { FhirStore } from '../fhir/index.ts';
import { Directory } from './directory.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};

test('DOS-16 COO-1 a profession is said of a woman when she is known to be one; a civility is no part of a name, a title is', async () => {
  const practice = await newPractice();
  const doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
  const program = await practice.client('system/*.cruds');
  const { id } = ok(
    await doctor.send('POST', '/api/patients', {
      birthFamily: 'Direct',
      birthGivens: 'Yvonne',
      birthDate: '12/03/1948',
      sex: 'female',
    }),
  );
  for (const [profession, given, known, name, role] of [
    ['nurse', 'Soizic', { gender: 'female', prefix: 'MME' }, 'Soizic Abgrall', 'Infirmière'],
    ['nurse', 'Maëlle', { prefix: 'MME' }, 'Maëlle Abgrall', 'Infirmière'],
    ['pharmacist', 'Marc', { gender: 'male', prefix: 'M' }, 'Marc Abgrall', 'Pharmacien'],
    ['dental-surgeon', 'Lise', { gender: 'female', prefix: 'Dr' }, 'Dr Lise Abgrall', 'Chirurgienne-dentiste'],
    ['nurse', 'Dominique', {}, 'Dominique Abgrall', 'Infirmier'],
  ] as const) {
    const person = await practice.person(profession, { family: 'Abgrall', given });
    const standing = ok(await program('GET', `/fhir/R4/Practitioner/${person.practitioner}`));
    const { gender, prefix } = { gender: undefined, prefix: undefined, ...known };
    ok(
      await program('PUT', `/fhir/R4/Practitioner/${person.practitioner}`, {
        ...standing,
        gender,
        name: standing.name.map((one: object) => ({ ...one, ...(prefix && { prefix: [prefix] }) })),
      }),
    );
    const { team } = ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: person.practitioner }));
    const member = team.members.find((one: { id: string }) => one.id === person.practitioner);
    assert.deepEqual([member.name, member.role], [name, role]);
    const { lines } = ok(await person.send('POST', `/api/patients/${id}/notes`, { text: 'Vue ce jour' }));
    assert.deepEqual([lines[0].who.name, lines[0].who.role, lines[0].who.profession], [name, role, profession]);
  }
});

test('DOS-16 the profession under which something was written is that of its day in France, half an hour past midnight too', async () => {
  const practice = await newPractice();
  const { fhir } = await testHouse();
  const store = fhir.asSystem(practice.tenant, 'test');
  const [someone] = await store.createMany([
    { resourceType: 'Practitioner', name: [{ family: 'Abgrall', given: ['Soizic'] }] },
  ]);
  const practitioner = { reference: `Practitioner/${someone!.id}` };
  const role = (profession: string, period: object) => ({
    resourceType: 'PractitionerRole' as const,
    practitioner,
    period,
    code: [{ text: profession }],
  });
  await store.createMany([
    role('Infirmier', { start: '2024-01-01', end: '2026-06-30' }),
    role('Cadre de santé', { start: '2026-07-01' }),
  ]);
  const directory = new Directory();
  await directory.learnPeople(store, [someone!.id]);
  const roleAt = (at: string) => directory.who({ tenant: practice.tenant }, practitioner, at)?.role;
  assert.deepEqual(['2026-06-30T21:30:00Z', '2026-06-30T22:30:00Z', '2026-07-01'].map(roleAt), [
    'Infirmier',
    'Cadre de santé',
    'Cadre de santé',
  ]);
});

test('DOS-16 an outage while names are asked for leaves nobody nameless afterwards', async () => {
  const practice = await newPractice();
  const { fhir } = await testHouse();
  const store = fhir.asSystem(practice.tenant, 'test');
  const [laboratory] = await store.createMany([{ resourceType: 'Organization', name: 'Laboratoire Bio-Abers' }]);
  const reference = `Organization/${laboratory!.id}`;
  const read = [{ text: JSON.stringify({ performer: { reference } }) }];
  const directory = new Directory();
  const search = () => Promise.reject(new Error('terminating connection'));
  await assert.rejects(directory.learn({ ...store, search } as FhirStore, read));
  await directory.learn(store, read);
  assert.equal(directory.who({ tenant: practice.tenant }, { reference })?.name, 'Laboratoire Bio-Abers');
});
