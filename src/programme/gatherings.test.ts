import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, testHouse, type TestPerson } from '../../test/app.ts';
import { type Answer, type Asked, slotsOf } from './gatherings/polls.rules.ts';
import { inDays, openedProject } from './programme.fixture.ts';

const path = (project: string, more = '') => `/api/programme/projects/${project}${more}`;
export const day = (days: number) => inDays(days).slice(0, 10);
const slot = (days: number, hour = '12:30') => ({ starts: `${day(days)}T${hour}`, minutes: 90, place: 'Maison de santé, salle de réunion', visio: '' });
const body = (more: Record<string, unknown> = {}) => ({ purpose: 'launch', title: 'Réunion de lancement', note: '', deadline: day(10), slots: [slot(20), slot(21), slot(22, '20:00')], ...more });
/** A poll with its people: the officer, the consultant and GCS are asked at once. */
async function opened(professions: Record<string, number> = { physician: 2, nurse: 1 }) {
  const one = await openedProject({ 'team.members': professions });
  const made = await one.officer.send('POST', path(one.project, '/polls'), body());
  assert.equal(made.status, 200, made.text);
  const poll = made.body.id as string;
  const read = async (who: TestPerson = one.officer) => (await who.send('GET', path(one.project, '/polls'))).body.polls.find(({ id }: { id: string }) => id === poll);
  const guest = async (profession: string, name = `Invité ${profession}`, email = '') => {
    const asked = await one.consultant.send('POST', path(one.project, `/polls/${poll}/people`), { guests: [{ name, profession, email }] });
    assert.equal(asked.status, 200, asked.text);
    const person = (await read()).people.find((each: { name: string }) => each.name === name);
    const link = await one.consultant.send('POST', path(one.project, `/polls/${poll}/people/${person.id}/link`));
    return { person: person.id as string, token: link.body.path.split('/').at(-1) as string };
  };
  const answer = (who: TestPerson, person: string, answers: Record<string, Answer>, seen = 0) => who.send('PUT', path(one.project, `/polls/${poll}/people/${person}/answers`), { seen, answers });
  return { ...one, poll, read, guest, answer };
}

describe('date polls', () => {
  test('PRJ-2 dates are proposed, a guest answers by a personal link without an account, the best date is first and says why; the one without a profession is refused, then chosen with a reason', async () => {
    const one = await opened();
    const first = await one.read();
    assert.deepEqual(first.people.map(({ side }: { side: string }) => side), ['officer', 'gcs', 'consultant']);
    const [a, b, c] = [...first.slots].sort((x: { starts: string }, y: { starts: string }) => x.starts.localeCompare(y.starts)).map(({ id }: { id: string }) => id) as [string, string, string];
    const me = (side: string) => first.people.find((each: { side: string }) => each.side === side).id;
    for (const [who, side] of [[one.officer, 'officer'], [one.gcs, 'gcs'], [one.consultant, 'consultant']] as const) assert.equal((await one.answer(who, me(side), { [a]: 'yes', [b]: 'yes', [c]: 'yes' })).status, 200);
    const [doctor, nurse] = [await one.guest('physician'), await one.guest('', 'Le cabinet infirmier')];
    const seen = await anyone('GET', `/api/programme/poll-links/${doctor.token}`);
    assert.equal(seen.status, 200, seen.text);
    assert.equal(seen.body.slots.length, 3);
    assert.equal(seen.body.people, undefined);
    assert.equal((await anyone('PUT', `/api/programme/poll-links/${doctor.token}`, { seen: 0, name: 'Dr Anne Le Bris', profession: 'physician', answers: { [a]: 'yes', [b]: 'maybe' } })).status, 200);
    assert.equal((await anyone('PUT', `/api/programme/poll-links/${doctor.token}`, { seen: 0, name: 'Dr Anne Le Bris', profession: 'physician', answers: {} })).status, 409);
    assert.equal((await anyone('PUT', `/api/programme/poll-links/${nurse.token}`, { seen: 0, name: 'Loïc Pen', profession: 'plombier', answers: {} })).status, 422);
    assert.equal((await anyone('PUT', `/api/programme/poll-links/${nurse.token}`, { seen: 0, name: 'Loïc Pen', profession: 'nurse', answers: { [b]: 'yes' } })).status, 200);
    const { slots, version } = await one.read();
    assert.equal(slots[0].id, b);
    assert.deepEqual([slots[0].complete, slots[0].missing, slots[0].unsure], [true, [], ['physician']]);
    assert.match(slots[0].why, /Si besoin seulement : médecin\. 4 oui, 1 si besoin/);
    assert.deepEqual(slots.find(({ id }: { id: string }) => id === a).missing, ['nurse']);
    const refused = await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), { seen: version, slot: a });
    assert.equal(refused.status, 422);
    assert.match(refused.body.detail, /la profession infirmier/);
    assert.deepEqual(refused.body.missing, ['nurse']);
    assert.equal((await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), { seen: version + 1, slot: a, reason: 'Le cabinet infirmier délègue.' })).status, 409);
    const chosen = await one.gcs.send('POST', path(one.project, `/polls/${one.poll}/choose`), { seen: version, slot: a, reason: 'Le cabinet infirmier sera représenté par le médecin.' });
    assert.equal(chosen.status, 200, chosen.text);
    // The invitation is the deliverable of the step, and says why.
    const step = (await one.officer.send('GET', path(one.project))).body.steps.find(({ id }: { id: string }) => id === 'launch-planning');
    assert.match(step.deliverables[0].held[0].reference, /-INV1$/);
    const pdf = await one.nurse.send('GET', path(one.project, `/papers/${chosen.body.paper}`));
    assert.equal(pdf.status, 200);
    // The meeting in a calendar, for those with an account and behind the link.
    for (const got of [await one.nurse.send('GET', path(one.project, `/polls/${one.poll}/calendar`)), await anyone('GET', `/api/programme/poll-links/${doctor.token}/calendar`)]) {
      assert.equal(got.headers['content-type'], 'text/calendar; charset=utf-8');
      assert.match(got.text, new RegExp(`DTSTART:${day(20).replaceAll('-', '')}T1[01]3000Z`));
    }
    assert.equal((await anyone('PUT', `/api/programme/poll-links/${nurse.token}`, { seen: 1, name: 'Loïc Pen', profession: 'nurse', answers: { [a]: 'yes' } })).status, 409);
  });
});

describe('minutes', () => {
  test('PRJ-3 PRJ-10 minutes of the launch begin with the model of the meeting and those who were to come, are written field by field, issued as a numbered paper, corrected as the next version', async () => {
    const one = await opened({ physician: 1, nurse: 1 });
    const doctor = await one.guest('physician', 'Dr Anne Le Bris');
    const { slots } = await one.read();
    const [first] = slots.map(({ id }: { id: string }) => id);
    await anyone('PUT', `/api/programme/poll-links/${doctor.token}`, { seen: 0, name: 'Dr Anne Le Bris', profession: 'physician', answers: { [first]: 'yes' } });
    const { version } = await one.read();
    assert.equal((await one.officer.send('POST', path(one.project, `/polls/${one.poll}/choose`), { seen: version, slot: first, reason: 'Les autres suivront en visioconférence.' })).status, 200);
    const begun = await one.consultant.send('POST', path(one.project, '/minutes'), { kind: 'launch-minutes', poll: one.poll });
    assert.equal(begun.status, 200, begun.text);
    const at = (more = '') => path(one.project, `/sheets/${begun.body.id}${more}`);
    const sheet = (await one.consultant.send('GET', at())).body;
    assert.deepEqual(sheet.agenda.map(({ id }: { id: string }) => id), ['welcome', 'sip', 'stakes', 'solutions', 'funding', 'calendar', 'questions']);
    assert.match(sheet.fields['item.funding'].value, /80 %/);
    assert.match(sheet.fields['item.calendar'].value, /Recueil des besoins/);
    assert.deepEqual(sheet.fields.present.value.filter(({ there }: { there: boolean }) => there).map(({ name }: { name: string }) => name), ['Dr Anne Le Bris']);
    assert.deepEqual(sheet.missing, ['nurse']);
    // The meeting is still to come: nothing to issue yet, and every reason is told.
    const early = await one.consultant.send('POST', at('/issue'), {});
    assert.equal(early.status, 422);
    assert.deepEqual(early.body.blockers, ['Dites quel jour la réunion s’est tenue.']);
    const save = (who: TestPerson, field: string, value: unknown, seen: number) => who.send('PUT', at(`/fields/${field}`), { value, seen });
    assert.equal((await save(one.consultant, 'heldOn', day(-1), 1)).status, 200);
    assert.equal((await save(one.consultant, 'heldOn', '2025-02-30', 2)).status, 422);
    assert.equal((await save(one.consultant, 'item.ailleurs', 'x', 0)).status, 404);
    assert.equal((await save(one.officer, 'item.sip', 'Une base commune.', 1)).status, 200);
    const clash = await save(one.consultant, 'item.sip', 'Un dossier partagé.', 1);
    assert.equal(clash.status, 409);
    assert.equal(clash.body.theirs.value, 'Une base commune.');
    assert.equal((await save(one.consultant, 'decisions', ['Le questionnaire part lundi.'], 1)).status, 200);
    const added = await one.consultant.send('POST', path(one.project, '/actions'), { sheet: begun.body.id, words: 'Envoyer le questionnaire', owner: 'Le consultant', due: day(-3) });
    assert.equal(added.status, 200, added.text);
    // A draft is for those who write it.
    assert.deepEqual((await one.nurse.send('GET', path(one.project, '/minutes'))).body, { writes: false, follows: false, minutes: [], actions: [] });
    const issued = await one.consultant.send('POST', at('/issue'), { send: true });
    assert.equal(issued.status, 200, issued.text);
    assert.match(issued.body.reference, /-CRL1$/);
    assert.equal((await one.consultant.send('POST', at('/issue'), {})).status, 409);
    assert.equal((await one.nurse.send('GET', path(one.project, `/papers/${issued.body.paper}`))).status, 200);
    const shown = (await one.team.coordinator.send('GET', path(one.project, '/minutes'))).body;
    assert.equal(shown.actions[0].late, true);
    // The team says that it is done; it does not write it anew.
    const action = (who: TestPerson, more: Record<string, unknown>) => who.send('PUT', path(one.project, `/actions/${added.body.id}`), { words: 'Envoyer le questionnaire', owner: 'Le consultant', due: day(-3), state: 'open', seen: 1, ...more });
    assert.equal((await action(one.team.coordinator, { words: 'Ne rien envoyer' })).status, 403);
    assert.equal((await action(one.team.coordinator, { state: 'done' })).status, 204);
    assert.equal((await action(one.consultant, { state: 'open' })).status, 409);
    assert.equal((await save(one.gcs, 'place', 'Mairie', 1)).status, 200);
    const next = await one.gcs.send('POST', at('/issue'), {});
    assert.deepEqual([next.body.reference, next.body.version], [issued.body.reference, 2]);
    assert.equal((await one.consultant.send('POST', at('/remove'))).status, 409);
    // The next meeting begins with what is still to be done.
    await one.consultant.send('POST', path(one.project, '/actions'), { sheet: begun.body.id, words: 'Réserver la salle', owner: 'Le GCS', due: null });
    const follow = await one.consultant.send('POST', path(one.project, '/minutes'), { kind: 'follow-up-minutes' });
    const former = (await one.consultant.send('GET', path(one.project, `/sheets/${follow.body.id}`))).body.fields['item.former'].value;
    assert.match(former, /Réserver la salle \(Le GCS\) : en cours/);
    assert.doesNotMatch(former, /Envoyer/);
    assert.equal((await one.consultant.send('POST', path(one.project, `/sheets/${follow.body.id}/remove`))).status, 204);
    assert.equal((await one.consultant.send('POST', path(one.project, `/sheets/${follow.body.id}/restore`))).status, 204);
    const step = (await one.officer.send('GET', path(one.project))).body.steps.find(({ id }: { id: string }) => id === 'launch');
    assert.equal(step.deliverables[0].held[0].version, 2);
  });
});

void testHouse;
void fc;
void slotsOf;
void ({} as Asked);
