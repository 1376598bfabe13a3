import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, newPractice } from '../../test/app.ts';

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
