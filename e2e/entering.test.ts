/** What one adds to a record, by keyboard alone at least once each; undo; correction; entered in error. */
import assert from 'node:assert/strict';
import { type Hand, scenario, type Stage } from './harness.ts';
import { card, newPatient, panel, recordShown } from './people.ts';

async function patientOf(stage: Stage, ...logins: string[]) {
  const [first, ...others] = await Promise.all(logins.map((login) => stage.hand(login)));
  return newPatient(first as Hand, { team: others });
}

scenario('DOS-7 when a nurse enters a blood pressure with the keyboard alone, then the physician’s open record shows it without reloading', async (stage) => {
  const patient = await patientOf(stage, 'anne.kermarrec', 'soizic.abgrall');
  const physician = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
  await recordShown(physician, patient.name);
  const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
  await recordShown(nurse, patient.name);
  await nurse.keyboard.press('m');
  await nurse.getByRole('heading', { name: 'Ajouter des mesures' }).waitFor();
  await nurse.keyboard.type('168/94');
  await panel(nurse).getByText('Systolique : élevé').waitFor();
  await nurse.keyboard.press('Control+Enter');
  await nurse.getByText('mesures ajoutées.').waitFor();
  await card(nurse, 'Dernières mesures').getByText('168/94').waitFor();
  await card(physician, 'Dernières mesures').getByText('168/94').waitFor();
  await physician.getByText(/Soizic Abgrall vient de modifier ce dossier/).waitFor();
  assert.equal(await card(physician, 'Dernières mesures').getByText('Soizic Abgrall').count(), 1);
});
