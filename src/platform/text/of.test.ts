import assert from 'node:assert/strict';
import test from 'node:test';
import { ofName } from './of.rules.ts';

test('«de» before a name is elided as it is said', () => {
  for (const name of ['Anne', 'Élodie', 'Hervé', 'Œdipe', 'Yves', 'Yvonne', 'Inès'])
    assert.equal(ofName(name), `d’${name}`);
  for (const name of ['Yann', 'Yohan', 'Soizic', 'Nolwenn', 'l’équipe', '']) assert.equal(ofName(name), `de ${name}`);
  assert.equal(ofName('Nolwenn', '\u00a0'), 'de\u00a0Nolwenn');
});
