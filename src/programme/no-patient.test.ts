import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noPatientWords } from './contract/patient-words.ts';
import { answer, inDays, newRegion, openedProject, publish, team } from './programme.fixture.ts';

const number = 'Mme Le Goff, 2 49 05 29 019 123 45, suivie à domicile';

test('SEC-7 ACT-1 AAP-11 a team cannot write a patient’s identity number where the region reads: not in its application, whatever the field; what was there stays, other numbers pass', async () => {
  const region = await newRegion();
  await publish(region, 'appel-a', { deadline: inDays(5) });
  const { coordinator, application } = await team(region, 'appel-a');
  const said = await answer(coordinator, application, 'team.territory', 'Landéda, FINESS 290012345, 02 98 04 12 34');
  assert.equal(said.status, 200, said.text);
  const refused = await answer(coordinator, application, 'team.territory', number);
  assert.deepEqual([refused.status, refused.body.fields], [422, { value: noPatientWords }]);
  assert.match(refused.body.detail, /^Aucune donnée de patient ici .* Rien n’a été enregistré\.$/);
  const file = (await coordinator.send('GET', `/api/programme/applications/${application}`)).body;
  assert.deepEqual(
    [file.answers['team.territory'].value, file.answers['team.territory'].version],
    ['Landéda, FINESS 290012345, 02 98 04 12 34', 1],
  );
});

test('SEC-7 ACT-1 ACT-3 ACT-4 nor in its project, by anyone: minutes, quotes, renunciation, the end of a project, each refused with where; numbers of quotes and our own ids are none', async () => {
  const one = await openedProject();
  const at = (more: string) => `/api/programme/projects/${one.project}${more}`;
  const minutes = await one.consultant.send('POST', at('/minutes'), { kind: 'launch-minutes' });
  const line = { label: 'Licence', kind: 'licence', quantity: 1000, unitCents: 1000, vat: 2000 };
  const dated = inDays(-3).slice(0, 10);
  const quote = { vendor: 'Logiciel & Co', number: '2490529019123', dated, lines: [line] };
  const field = (value: unknown) => ({ value, seen: 1 });
  for (const [who, method, path, body, where] of [
    [one.consultant, 'PUT', at(`/sheets/${minutes.body.id}/fields/item.sip`), field(number), 'value'],
    [one.consultant, 'PUT', at(`/sheets/${minutes.body.id}/fields/decisions`), field(['Rappeler.', number]), 'value.1'],
    [one.consultant, 'POST', at('/quotes'), { quotes: [{ ...quote, note: number }] }, 'quotes.0.note'],
    [
      one.team.coordinator,
      'POST',
      `/api/programme/applications/${one.team.application}/renounce`,
      { reason: number },
      'reason',
    ],
    [one.officer, 'POST', at('/stop'), { reason: number }, 'reason'],
  ] as const) {
    const refused = await who.send(method, path, body);
    assert.equal(refused.status, 422, `${path} ${refused.text}`);
    assert.deepEqual(refused.body.fields, { [where]: noPatientWords }, path);
  }
  const passes = await one.consultant.send('POST', at('/quotes'), { quotes: [quote] });
  assert.equal(passes.status, 200, passes.text);
});
