/** Prescriptions: signed by who may, followed by whoever does them, printed; who may not. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario('DOS-14 a physician prescribes a medicine, a test and care with the keyboard, prints; the nurse says what she has done, the pharmacist gives out', async (stage) => {
  const [one, other, third] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall'), await stage.hand('lucie.henaff')];
  const patient = await newPatient(one, { team: [other, third] });
  const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
  await recordShown(doctor, patient.name);
  await doctor.keyboard.press('s');
  const compose = panel(doctor);
  const name = compose.getByRole('textbox', { name: 'Médicament' });
  await name.waitFor();
  await doctor.keyboard.type('Amoxicilline de démonstration 1 g, comprimé');
  await doctor.keyboard.press('Enter');
  const lines = compose.getByRole('list', { name: 'Lignes de l’ordonnance' });
  await lines.getByText('Amoxicilline de démonstration').waitFor();
  const posology = compose.getByLabel('Posologie');
  await posology.fill('1 cp x3/j pendant 6 jours');
  await compose.getByText('Compris : 1 comprimé 3 fois par jour pendant 6 jours.').waitFor();
  await posology.press('Enter');
  for (const [kind, label] of [['Biologie', 'NFS de démonstration'], ['Soins infirmiers', 'Injection de démonstration']] as const) {
    await compose.getByRole('combobox', { name: 'Prescrire' }).click();
    await doctor.getByRole('option', { name: kind, exact: true }).click();
    const field = compose.getByRole('combobox', { name: kind, exact: true });
    await field.fill(label);
    await field.press('Enter');
    await lines.getByText(label).waitFor();
  }
  await compose.getByLabel('Nombre de passages').fill('2');
  await doctor.keyboard.press('Control+Enter');
  await said(doctor, 'Ordonnance signée.');
  const address = await compose.getByRole('link', { name: 'Imprimer (PDF)' }).getAttribute('href');
  const printed = await doctor.request.get(new URL(address!, doctor.url()).href);
  assert.deepEqual([printed.status(), (await printed.body()).subarray(0, 5).toString()], [200, '%PDF-']);

  const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
  await recordShown(nurse, patient.name);
  const waiting = card(nurse, 'Prescriptions en cours');
  await waiting.getByRole('button', { name: 'Passage fait : Injection de démonstration' }).click();
  await waiting.getByText('1 passage sur 2').waitFor();
  await waiting.getByRole('button', { name: 'Passage fait : Injection de démonstration' }).click();
  await waiting.getByText('Injection de démonstration').waitFor({ state: 'detached' });
  await waiting.getByRole('button', { name: 'Prélevé : NFS de démonstration' }).click();
  await waiting.getByText('Prélevé').waitFor();

  const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/ordonnances`);
  await pharmacist.getByRole('button', { name: 'Délivré : Amoxicilline de démonstration 1 g, comprimé' }).click();
  await said(pharmacist, 'délivré');
  await doctor.goto(`/patients/${patient.id}/ordonnances`);
  const all = doctor.getByRole('region', { name: /^Ordonnance du/ });
  for (const words of ['Délivré', 'Prélevé', 'Fait']) await all.getByText(words, { exact: true }).waitFor();
});

scenario('DOS-14 a prescription is cancelled with a reason and renewed in one gesture; who does not prescribe is told why', async (stage) => {
  const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
  const patient = await newPatient(one, { team: [other] });
  await one.send('POST', `/api/patients/${patient.id}/orders`, { lines: [{ kind: 'physio', label: 'Rééducation de démonstration', quantity: 10 }] });
  await one.send('POST', `/api/patients/${patient.id}/orders`, { lines: [{ kind: 'medicine', label: 'Ramipril de démonstration', instructions: '1 le matin', duration: { value: 15, unit: 'd' }, follow: true }] });

  const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/ordonnances`);
  const due = card(doctor, 'À renouveler');
  await due.getByRole('button', { name: 'Renouveler : Ramipril de démonstration', exact: true }).click();
  await panel(doctor).getByText('renouvellement', { exact: true }).waitFor();
  await panel(doctor).getByRole('button', { name: 'Signer l’ordonnance' }).click();
  await said(doctor, 'Ordonnance signée.');
  await panel(doctor).getByRole('button', { name: 'Fermer', exact: true }).click();
  const first = doctor.getByRole('region', { name: /^Ordonnance du/ }).filter({ hasText: 'Rééducation de démonstration' });
  await first.getByRole('button', { name: /^Autres gestes/ }).click();
  await doctor.getByRole('menuitem', { name: 'Annuler', exact: true }).click();
  await panel(doctor).getByLabel('Raison').fill('Patient hospitalisé');
  await panel(doctor).getByRole('button', { name: 'Annuler l’ordonnance' }).click();
  await first.getByText('Raison : Patient hospitalisé').waitFor();

  // A nurse prescribes what the law lets her: neither medicines nor care.
  const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=prescrire`);
  await recordShown(nurse, patient.name);
  await panel(nurse).getByRole('combobox', { name: 'Prescrire' }).click();
  await nurse.getByRole('option', { name: 'Pansements', exact: true }).waitFor();
  assert.deepEqual(await nurse.getByRole('option', { name: /^(Médicament|Kinésithérapie|Biologie)$/ }).count(), 0);
});
