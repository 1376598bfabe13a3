import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPractice } from '../../test/app.ts';

test('SEC-2 SEC-4 a refusal speaks of what was asked: of a patient only where there is one, and to an account of administration of what it is', async () => {
  const practice = await newPractice();
  const owner = await practice.person('administrator', { roles: ['owner'], kind: 'privileged' });
  const nurse = await practice.person('nurse');
  const secretary = await practice.person('medical-secretary');
  for (const [who, path, words, never] of [
    [owner, '/api/patients', /compte d’administration.*compte de soin/, /ce patient|équipe de soins/],
    [owner, '/api/patients/nobody/vaccine-book', /compte d’administration/, /ce patient|équipe de soins/],
    [secretary, '/api/vaccines-to-do?only=all', /« Vaccins » : .*responsable de la structure/, /ce patient/],
    [secretary, '/api/patients/nobody/vaccine-book', /pour ce patient.*équipe de soins/, /compte d’administration/],
    [nurse, '/api/people', /rôle dans la structure/, /patient/],
  ] as const) {
    const answer = await who.send('GET', path);
    assert.equal(answer.status, 403, `${path}: ${answer.text}`);
    assert.match(answer.body.detail, words, path);
    assert.doesNotMatch(answer.body.detail, never, path);
  }
});
