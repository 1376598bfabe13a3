import assert from 'node:assert/strict';
import { newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Json = Record<string, any>;

let count = 0;
/** A patient nobody else works on, whose care team these join. */
export async function newPatient(by: TestPerson, team: readonly TestPerson[] = []): Promise<string> {
  const made = await by.send('POST', '/api/patients', {
    birthFamily: `Kertâche${'abcdefghij'[++count % 10]}${'klmnopqrst'[Math.floor(count / 10) % 10]}`,
    birthGivens: 'Morgane',
    birthDate: `${String(1 + (count % 28)).padStart(2, '0')}/03/${1930 + (count % 60)}`,
    sex: 'female',
  });
  assert.equal(made.status, 200, made.text);
  for (const one of team)
    assert.equal(
      (await by.send('POST', `/api/patients/${made.body.id}/team`, { practitioner: one.practitioner })).status,
      200,
    );
  return made.body.id;
}
export interface Team {
  practice: TestPractice;
  doctor: TestPerson;
  nurse: TestPerson;
  mate: TestPerson;
  physio: TestPerson;
  secretary: TestPerson;
  coordinator: TestPerson;
  administrator: TestPerson;
  stranger: TestPerson;
}
/** A practice with a team of each sort; `physio` takes care of nobody, `stranger` is of another practice. */
export async function newTeam(): Promise<Team> {
  const practice = await newPractice();
  const elsewhere = await newPractice();
  return {
    practice,
    doctor: await practice.person('physician', { family: 'Kermarrec', given: 'Anne' }),
    nurse: await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' }),
    mate: await practice.person('nurse', { family: 'Le Bihan', given: 'Maël' }),
    physio: await practice.person('physiotherapist', { family: 'Quéméneur', given: 'Erwan' }),
    secretary: await practice.person('medical-secretary', { family: 'Pellen', given: 'Maryvonne' }),
    coordinator: await practice.person('coordinator', { family: 'Le Corre', given: 'Tristan', roles: ['coordinator'] }),
    administrator: await practice.person('administrator', {
      family: 'Miossec',
      given: 'Aurore',
      roles: ['owner', 'administrator'],
    }),
    stranger: await elsewhere.person('physician', { family: 'Chevrel', given: 'Olivier' }),
  };
}
export const person = (one: TestPerson) => ({ to: 'person', practitioner: one.practitioner });
export async function ask(by: TestPerson, body: Json): Promise<Json> {
  const made = await by.send('POST', '/api/tasks', { title: 'Refaire le pansement', ...body });
  assert.equal(made.status, 200, made.text);
  return made.body;
}
export const ids = (list: { body: Json }): string[] => list.body.tasks.map((one: Json) => one.id);
