/** Treatments: added in few keys, read by the nurse, reconciled by the pharmacist, decided by the physician, printed for the patient. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario('DOS-5 a physician adds a treatment in few keys, a nurse reads it and notes a letter, the pharmacist reconciles, the physician answers, the patient’s sheet opens', async (stage) => {
  const [one, other, third] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall'), await stage.hand('lucie.henaff')];
  const patient = await newPatient(one, { team: [other, third] });

  // T, the medicine, Tab, the posology as it is said, Ctrl+Enter.
  const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
  await recordShown(doctor, patient.name);
  await card(doctor, 'Traitements').getByText('Traitements : non renseigné').waitFor();
  await doctor.keyboard.press('t');
  const form = panel(doctor);
  await form.getByRole('textbox', { name: 'Médicament ou traitement' }).fill('Furosémide 40 mg, comprimé');
  await form.getByLabel('Posologie', { exact: true }).fill('1 le matin');
  await form.getByText('Compris : 1 comprimé le matin.').waitFor();
  await doctor.keyboard.press('Control+Enter');
  await said(doctor, 'Traitement ajouté');
  await card(doctor, 'Traitements').getByText('1 comprimé le matin').waitFor();

  const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}/traitements`);
  await card(nurse, 'Au long cours').getByText('Furosémide 40 mg, comprimé').waitFor();
  assert.equal(await nurse.getByRole('button', { name: 'Concilier' }).count(), 0, 'a nurse reads and reports');
  await nurse.getByRole('button', { name: 'Noter un relevé' }).click();
  await panel(nurse).getByLabel('Titre').fill('Sortie de cardiologie');
  await panel(nurse).getByLabel('Un médicament par ligne').fill('Furosémide 40 mg 2 cp le matin\nApixaban 5 mg : 1 cp matin et soir');
  await panel(nurse).getByText('1 comprimé le matin et le soir').waitFor();
  await panel(nurse).getByRole('button', { name: 'Noter 2 lignes' }).click();
  await said(nurse, 'Relevé noté');

  const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/traitements`);
  await card(pharmacist, 'Relevés des autres sources').getByText('Sortie de cardiologie').waitFor();
  await pharmacist.getByRole('button', { name: 'Concilier' }).click();
  const table = pharmacist.getByRole('region', { name: 'Conciliation', exact: true });
  await table.getByText('Posologie différente').waitFor();
  await table.getByRole('combobox', { name: 'Décision pour Furosémide 40 mg, comprimé' }).click();
  await pharmacist.getByRole('option', { name: 'Changer la posologie' }).click();
  await table.getByLabel('Raison pour Furosémide 40 mg, comprimé').fill('Courrier du cardiologue');
  await table.getByRole('combobox', { name: 'Décision pour Apixaban 5 mg' }).click();
  await pharmacist.getByRole('option', { name: 'Ajouter au dossier' }).click();
  await table.getByRole('button', { name: 'Enregistrer la conciliation' }).click();
  await said(pharmacist, 'Conciliation enregistrée.');
  await card(pharmacist, 'Au long cours').getByText('Apixaban 5 mg').waitFor();
  await card(pharmacist, 'Propositions en attente').getByText('Courrier du cardiologue').waitFor();

  const decides = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements`);
  await card(decides, 'Propositions en attente').getByRole('button', { name: 'Répondre' }).click();
  await panel(decides).getByRole('button', { name: 'Accepter' }).click();
  await said(decides, 'Proposition acceptée');
  await card(decides, 'Au long cours').getByText('2 comprimés le matin', { exact: true }).waitFor();
  await decides.getByRole('button', { name: 'Actions sur Furosémide 40 mg, comprimé' }).click();
  await decides.getByRole('menuitem', { name: 'Voir les doses dans le temps' }).click();
  await panel(decides).getByText('1 comprimé le matin', { exact: true }).waitFor();
  await decides.keyboard.press('Escape');
  const address = await decides.getByRole('link', { name: 'Feuille du patient (PDF)' }).getAttribute('href');
  const sheet = await decides.request.get(new URL(address!, decides.url()).href);
  assert.deepEqual([sheet.status(), (await sheet.body()).subarray(0, 5).toString()], [200, '%PDF-']);
});

scenario('DOS-5 a treatment is stopped with its reason and taken back; «aucun traitement» is said, and is not «non renseigné»', async (stage) => {
  const one = await stage.hand('anne.kermarrec');
  const patient = await newPatient(one);
  await one.send('POST', `/api/patients/${patient.id}/treatments`, { label: 'Ramipril 5 mg, comprimé', dosage: '1 le matin' });
  const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements`);
  const acts = doctor.getByRole('button', { name: 'Actions sur Ramipril 5 mg, comprimé' });
  const stop = async () => {
    await acts.click();
    await doctor.getByRole('menuitem', { name: 'Arrêter' }).click();
    await panel(doctor).getByLabel('Pourquoi').fill('Toux');
    await panel(doctor).getByRole('button', { name: /^Arrêter/ }).click();
    await said(doctor, 'Traitement arrêté.');
    await doctor.getByRole('heading', { name: 'Traitement en cours : non renseigné' }).waitFor();
  };
  await stop();
  await doctor.getByRole('button', { name: 'Annuler' }).first().click();
  await card(doctor, 'Au long cours').getByText('1 comprimé le matin').waitFor();
  await stop();
  await doctor.getByRole('button', { name: 'Le patient ne prend aucun traitement' }).click();
  await doctor.getByRole('heading', { name: /^Aucun traitement en cours, dit le / }).waitFor();
  await doctor.getByRole('link', { name: patient.name }).first().click();
  await card(doctor, 'Traitements').getByText(/^Aucun traitement en cours, dit le/).waitFor();
});
