import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProfession } from '../../../access/professions.ts';
import { protocolModel } from '../../contract/protocol-model.ts';
import { shippedProtocols } from './index.ts';

const themes = ['diabetes', 'anticoagulants', 'heart-failure', 'frailty', 'wounds', 'copd', 'child-overweight', 'palliative'];

test('COO-2 the product ships eight protocols, one for each of the agreed themes, with a key of its own', () => {
  assert.deepEqual(shippedProtocols.map((one) => one.model.theme).sort(), [...themes].sort());
  assert.equal(new Set(shippedProtocols.map((one) => one.key)).size, shippedProtocols.length);
});

for (const { key, model } of shippedProtocols)
  test(`COO-2 «${key}» is complete: shape of the wire, professions of the house, steps that stand on earlier ones, words for the patient, sources`, () => {
    assert.deepEqual(protocolModel.parse(model), model);
    assert.ok(model.steps.length >= 8 && model.steps.length <= 20, `${model.steps.length} steps`);
    const ids = model.steps.map((step) => step.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const step of model.steps) {
      assert.deepEqual(
        step.roles.filter((role) => !isProfession(role)),
        [],
        step.id,
      );
      assert.ok(step.after.step === null || ids.includes(step.after.step), `${step.id} follows ${step.after.step}`);
      // Following the chain of «after» ends at the entry.
      const seen = new Set<string>();
      for (let at: string | null = step.id; at; at = model.steps.find((one) => one.id === at)?.after.step ?? null) assert.ok(!seen.has(at) && seen.add(at), `${step.id} waits for itself`);
      assert.ok(step.forPatient.length > 10, `${step.id} says nothing to the patient`);
      // Short sentences: none above 26 words.
      for (const sentence of step.forPatient.split(/[.!?] ?/)) assert.ok(sentence.split(/\s+/).length <= 26, `${step.id}: ${sentence}`);
    }
    for (const alert of model.alerts) assert.ok(alert.roles.length > 0 && alert.roles.every(isProfession), alert.sign);
    assert.ok(model.goals.length >= 4 && model.alerts.length >= 4 && model.sources.length >= 3 && model.patients.problems.length >= 1 && model.patients.words && model.summary);
    assert.ok(new Set(model.steps.flatMap((step) => step.roles)).size >= 4, 'several professions');
    assert.ok(model.steps.some((step) => step.condition) && model.steps.some((step) => step.repeat) && model.steps.some((step) => step.documents.length > 0));
    assert.match(model.reviewDate ?? '', /^\d{4}-\d{2}-\d{2}$/);
  });
