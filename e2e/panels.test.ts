/** One side panel at a time: what is asked for last is what one sees, and the page behind is free when none is left. */
import assert from 'node:assert/strict';
import { type Page, scenario, telephone } from './harness.ts';
import { newPatient, panel } from './people.ts';

const titles = (page: Page) =>
  page
    .getByRole('complementary')
    .getByRole('heading', { level: 2 })
    .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent));
const behind = (page: Page) => page.locator('main').evaluate((element: HTMLElement) => element.inert);

scenario(
  'DOS-12 a signature that was begun closes when one turns to another version, whose correction is then alone, on a desk as on a telephone',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}/synthese`);
    await page.getByRole('button', { name: 'Préparer la synthèse' }).click();
    await page.getByRole('button', { name: 'Tout est vérifié' }).click();
    await page.getByRole('button', { name: 'Signer', exact: true }).click();
    await panel(page).getByRole('button', { name: 'Signer la synthèse' }).click();
    await page.getByRole('button', { name: 'Préparer la suivante' }).click();
    await page.getByRole('button', { name: 'Tout est vérifié' }).click();
    await page.getByRole('button', { name: 'Signer', exact: true }).click();
    await panel(page).getByRole('button', { name: 'Signer la synthèse' }).waitFor();

    await page.getByRole('button', { name: /^En vigueur/ }).click();
    await panel(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Corriger' }).click();
    await panel(page).getByLabel('Raison de la correction').waitFor();
    assert.deepEqual(await titles(page), ['Corriger la synthèse']);
    await page.setViewportSize(telephone);
    assert.ok(await behind(page));
    await panel(page).getByRole('button', { name: 'Fermer le panneau' }).click();
    await panel(page).waitFor({ state: 'detached' });
    assert.ok(!(await behind(page)));
  },
);

scenario('DOS-6 beside a situation that is being noted, a vaccine that is asked for takes its place', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients/pat-jean-kerleau/vaccins');
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await panel(page).getByRole('combobox', { name: 'Situation' }).waitFor();
  await page.getByRole('button', { name: 'Ajouter un vaccin' }).click();
  await page.getByRole('complementary').getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
  assert.deepEqual(await titles(page), ['Ajouter un vaccin']);
});
