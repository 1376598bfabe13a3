/** Vaccines: a box is scanned, a refusal is noted and taken back, the booklet shows and prints; the list of what is to be done. */
import assert from 'node:assert/strict';
import { vaccineProducts } from '../src/record/data/vaccine-products.ts';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'DOS-6 a nurse scans a vaccine: product, lot and expiry fill the form, the calendar follows, the booklet shows it by disease and age',
  async (stage) => {
    const [doctor, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(doctor, { team: [nurse], birthDate: '12/03/1955' });
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('v');
    await page.getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
    const shingrix = vaccineProducts.find(({ name }) => name === 'Shingrix')!;
    // A scanner types like a keyboard and ends with Enter; the separator after the lot is lost on the way.
    await page.keyboard.type(`010${shingrix.cip[0]}1728053110AB12C`);
    await page.keyboard.press('Enter');
    await panel(page)
      .getByText(/Boîte lue : Shingrix/)
      .waitFor();
    assert.equal(await panel(page).getByLabel('Vaccin', { exact: true }).inputValue(), 'Shingrix');
    assert.equal(await panel(page).getByLabel('Lot').inputValue(), 'AB12C');
    await panel(page).getByLabel('Site').fill('Deltoïde gauche');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Vaccin ajouté : Shingrix.');

    await page.goto(`/patients/${patient.id}/vaccins`);
    await page.getByRole('heading', { name: 'Carnet de vaccination' }).waitFor();
    const chart = page.getByRole('table', { name: 'Vaccins reçus par maladie et par âge' });
    await chart.getByRole('button', { name: /^Zona, Shingrix/ }).waitFor();
    await chart.getByRole('row', { name: /^Zona/ }).getByText('À venir').waitFor();
    await page.getByRole('button', { name: 'Noter : Pneumocoque' }).click();
    await page.getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
    await panel(page).getByLabel('Vaccin', { exact: true }).fill('Prevenar 20');
    await page.getByRole('option', { name: 'Prevenar 20', exact: true }).click();
    await panel(page).getByText('Refusé', { exact: true }).click();
    await panel(page).getByLabel('Pourquoi').fill('Souhaite réfléchir');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Noté : Prevenar 20, refusé.');
    await chart
      .getByRole('row', { name: /^Pneumocoque/ })
      .getByText('Refusé', { exact: true })
      .waitFor();

    const address = await page.getByRole('link', { name: 'Imprimer (PDF)' }).getAttribute('href');
    const printed = await page.request.get(new URL(address!, page.url()).href);
    assert.deepEqual([printed.status(), (await printed.body()).subarray(0, 5).toString()], [200, '%PDF-']);
  },
);

scenario('DOS-6 a midwife says a pregnancy: its vaccines become due, living ones are held back', async (stage) => {
  const [doctor, midwife] = [await stage.hand('anne.kermarrec'), await stage.hand('marine.le-gall')];
  const patient = await newPatient(doctor, { team: [midwife], birthDate: '12/03/1995' });
  const page = await stage.as('marine.le-gall', `/patients/${patient.id}/vaccins`);
  await page.getByRole('heading', { name: 'Carnet de vaccination' }).waitFor();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.getByRole('heading', { name: 'Ajouter une situation' }).waitFor();
  await panel(page).getByRole('combobox', { name: 'Situation' }).click();
  await page.getByRole('option', { name: 'Grossesse' }).click();
  await panel(page).getByLabel('Terme prévu (41 SA)').fill('+4m');
  await page.keyboard.press('Control+Enter');
  await said(page, 'Situation notée : Grossesse.');
  const chart = page.getByRole('table', { name: 'Vaccins reçus par maladie et par âge' });
  await chart.getByRole('row', { name: /^Coqueluche/ }).waitFor();
  await chart
    .getByRole('row', { name: /^Rougeole/ })
    .getByText('Contre-indiqué')
    .waitFor();
  await page.getByRole('button', { name: 'Terminer : Grossesse' }).click();
  await said(page, 'Situation terminée : Grossesse.');
  await page.getByText('Aucune situation particulière connue.').waitFor();
});

scenario(
  'DOS-6 a journey is said by keyboard: its recommendations stand apart with their condition and source, what is due says its own, and the year of the calendar is on screen',
  async (stage) => {
    const [doctor, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(doctor, { team: [nurse], birthDate: '12/03/1955' });
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}/vaccins`);
    await page.getByRole('heading', { name: 'Carnet de vaccination' }).waitFor();
    const due = card(page, 'À faire').getByRole('listitem').filter({ hasText: 'Zona' });
    await due.getByText(/^Calendrier des vaccinations 2025/).waitFor();
    await page.getByText(/Une édition 2026 est parue/).waitFor();
    assert.equal(await card(page, 'Recommandations particulières').count(), 0);
    await page.getByRole('button', { name: 'Ajouter', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ajouter une situation' }).waitFor();
    await panel(page).getByRole('combobox', { name: 'Situation' }).click();
    await page.getByRole('option', { name: 'Voyage prévu' }).click();
    await page.keyboard.press('Control+Enter');
    await said(page, 'Situation notée : Voyage prévu.');
    const apart = card(page, 'Recommandations particulières').getByRole('listitem');
    await apart
      .filter({ hasText: 'Voyage prévu' })
      .getByText(/HCSP, Recommandations sanitaires pour les voyageurs/)
      .waitFor();
    assert.equal(await apart.count(), 1);
    await page.getByRole('button', { name: 'Terminer : Voyage prévu' }).click();
    await said(page, 'Situation terminée : Voyage prévu.');
    await card(page, 'Recommandations particulières').waitFor({ state: 'detached' });
  },
);

scenario('DOS-6 a pharmacist reads which of the patients have vaccines to be given', async (stage) => {
  const page = await stage.as('lucie.henaff', '/vaccins');
  await page.getByRole('heading', { name: 'Vaccins à faire' }).waitFor();
  const row = page.getByRole('table', { name: 'Patients dont un vaccin est à faire' }).getByRole('row').nth(1);
  await row.waitFor();
  await row.click();
  await page.getByRole('heading', { name: 'Carnet de vaccination' }).waitFor();
});
