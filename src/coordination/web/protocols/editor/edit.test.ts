import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ProtocolModel, type ProtocolStep, protocolModel } from '../../../contract/protocol-model.ts';
import {
  addStep,
  blankStep,
  changeStep,
  duplicateStep,
  mayFollow,
  moveStep,
  removeStep,
  sendable,
  unfinished,
} from './edit.rules.ts';
import { compareModels, mergeModels } from './merge.rules.ts';

const model = (steps: ProtocolStep[]): ProtocolModel => ({
  title: 'Essai',
  theme: 'other',
  summary: '',
  patients: { words: '', problems: [], ages: null },
  goals: [],
  steps,
  alerts: [],
  documents: [],
  sources: [],
  reviewDate: null,
});
const step = (id: string, after: string | null = null): ProtocolStep => ({
  ...blankStep(id),
  title: `Étape ${id}`,
  roles: ['nurse'],
  after: { step: after, delay: { value: 1, unit: 'wk' } },
});
/** A chain or a tree: each step follows the entry or an earlier one. */
const models = fc
  .array(fc.option(fc.nat(30), { nil: null }), { minLength: 1, maxLength: 12 })
  .map((parents) =>
    model(parents.map((parent, at) => step(`s${at}`, parent === null || at === 0 ? null : `s${parent % at}`))),
  );
const withOne = models.chain((drawn) => fc.tuple(fc.constant(drawn), fc.nat(drawn.steps.length - 1)));
const ids = (one: ProtocolModel) => one.steps.map((each) => each.id);
const hanging = (one: ProtocolModel) =>
  one.steps.filter((each) => each.after.step !== null && !ids(one).includes(each.after.step));

test('COO-2 removing a step leaves nothing hanging, and taking it back gives the protocol as it was', () => {
  fc.assert(
    fc.property(withOne, ([before, at]) => {
      const { model: after, back } = removeStep(before, before.steps[at]!.id);
      assert.equal(after.steps.length, before.steps.length - 1);
      assert.deepEqual(hanging(after), []);
      assert.deepEqual(back(after), before);
      // What was typed meanwhile stays.
      const later = { ...after, title: 'Autre titre' };
      assert.equal(back(later).title, 'Autre titre');
      assert.deepEqual(back(back(after)), before);
    }),
  );
});

test('COO-2 moving, adding, copying keep every step once, and no act changes the model it was given', () => {
  fc.assert(
    fc.property(withOne, fc.integer({ min: -3, max: 20 }), ([before, at], to) => {
      const was = JSON.stringify(before);
      const { id } = before.steps[at]!;
      assert.deepEqual(ids(moveStep(before, id, to)).sort(), ids(before).sort());
      assert.deepEqual(moveStep(before, id, at), before);
      const added = addStep(before, at);
      assert.equal(ids(added.model).indexOf(added.id), at + 1);
      const copied = duplicateStep(before, id);
      assert.equal(new Set(ids(copied.model)).size, before.steps.length + 1);
      assert.deepEqual({ ...copied.model.steps[at + 1]!, id, title: '' }, { ...before.steps[at]!, title: '' });
      assert.match(copied.id, /^[a-z0-9-]{1,40}$/);
      assert.equal(JSON.stringify(before), was);
    }),
  );
});

test('COO-2 a step may follow whatever does not follow it, so that no protocol turns in a circle', () => {
  fc.assert(
    fc.property(withOne, ([before, at]) => {
      const { id } = before.steps[at]!;
      for (const choice of mayFollow(before, id)) {
        const made = changeStep(before, id, { after: { step: choice.id, delay: { value: 0, unit: 'd' } } });
        const seen = new Set<string>();
        for (let one: string | null = id; one !== null; one = made.steps.find((each) => each.id === one)!.after.step)
          assert.ok(!seen.has(one) && seen.add(one));
      }
      assert.ok(mayFollow(before, id).every((choice) => choice.id !== id));
    }),
  );
});

test('COO-2 what is half written is not sent, and what is sent has the shape of the wire', () => {
  const half = {
    ...model([step('a')]),
    goals: ['', 'Un but'],
    alerts: [{ sign: '', act: 'x', roles: [] }],
    sources: [{ title: ' ', publisher: '', year: '', url: null }],
    documents: [{ title: '', url: null }],
  };
  const sent = sendable(half);
  assert.deepEqual(protocolModel.parse(sent), sent);
  assert.deepEqual([sent.goals, sent.alerts, sent.sources, sent.documents], [['Un but'], [], [], []]);
  assert.deepEqual(
    [...unfinished(model([{ ...step('a'), title: ' ', roles: [] }]))],
    [['a', ['Dites ce qui est à faire.', 'Dites qui s’en charge.']]],
  );
  assert.equal(unfinished(model([step('a')])).size, 0);
});

test('COO-2 two people who changed different things get both; who changed the same thing must choose', () => {
  const base = model([step('a'), step('b', 'a'), step('c')]);
  const mine = changeStep(base, 'a', { title: 'A de moi' });
  const theirs = { ...changeStep(base, 'b', { detail: 'D’eux' }), summary: 'Leur résumé' };
  const both = mergeModels(base, mine, theirs)!;
  assert.deepEqual([both.summary, both.steps[0]!.title, both.steps[1]!.detail], ['Leur résumé', 'A de moi', 'D’eux']);
  assert.equal(mergeModels(base, mine, changeStep(base, 'a', { title: 'A d’eux' })), null);
  // Same step, other fields.
  assert.equal(mergeModels(base, mine, changeStep(base, 'a', { detail: 'Plus' }))!.steps[0]!.detail, 'Plus');
  // Removed by one, changed by the other.
  assert.equal(mergeModels(base, removeStep(base, 'b').model, theirs), null);
  assert.equal(mergeModels(base, theirs, removeStep(base, 'b').model), null);
  const added = addStep(base, 0);
  assert.deepEqual(ids(mergeModels(base, mine, added.model)!), ['a', added.id, 'b', 'c']);
  assert.deepEqual(ids(mergeModels(base, added.model, mine)!), ['a', added.id, 'b', 'c']);
});

test('COO-2 merging: with an unchanged side the other stands as it is, and the comparison is empty only between equals', () => {
  fc.assert(
    fc.property(withOne, fc.string({ maxLength: 20 }), ([base, at], words) => {
      const changed = changeStep({ ...base, summary: words }, base.steps[at]!.id, { title: `${words} !` });
      assert.deepEqual(mergeModels(base, changed, base), changed);
      assert.deepEqual(mergeModels(base, base, changed), changed);
      assert.deepEqual(mergeModels(base, changed, changed), changed);
      assert.equal(compareModels(base, base).length, 0);
      assert.ok(compareModels(base, changed).length > 0);
    }),
  );
});
