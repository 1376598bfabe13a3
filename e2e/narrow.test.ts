/** At 320 points, a small telephone or a desk at four times the size (WCAG 1.4.10), nothing is cut and nothing is out of reach. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { misfits } from './layout.ts';
import { newPatient, panel, recordShown, said } from './people.ts';

const narrow = { width: 320, height: 640 };
const views: [name: string, who: string, path: string, shown: (page: Page) => Promise<unknown>][] = [
  [
    'the library of protocols',
    'anne.kermarrec',
    '/coordination/protocoles',
    (page) =>
      page
        .getByRole('row', { name: /Diabète/ })
        .first()
        .waitFor(),
  ],
  [
    'the budget',
    'maiwenn.kerdoncuff',
    '/programme/budget',
    (page) => page.getByRole('row', { name: /Trégor/ }).waitFor(),
  ],
  [
    'the settings of a practice',
    'aurore.miossec',
    '/structure?partie=reglages',
    (page) => page.getByLabel('Nom de la structure').waitFor(),
  ],
];
for (const [name, who, path, shown] of views)
  scenario(`WCAG 1.4.10 ${name} at 320 points`, async (stage) => {
    const page = await stage.as(who, path, { viewport: narrow });
    await shown(page);
    assert.deepEqual(await misfits(page), []);
  });

scenario(
  'WCAG 1.4.10 COO-7 at 320 points the tasks of a record with their two ways to add, and what is said with its way back',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    for (let n = 1; n <= 12; n++)
      await anne.send('POST', '/api/tasks', {
        title: `Rappeler ${n}`,
        patient: patient.id,
        addressee: { to: 'person', practitioner: anne.practitioner },
        due: 'auj',
      });
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`, { viewport: narrow });
    await recordShown(page, patient.name);
    await page
      .getByRole('region', { name: 'Tâches et transmissions' })
      .getByText('Rappeler 1', { exact: true })
      .waitFor();
    assert.deepEqual(await misfits(page), []);
    await page.goto(`/patients/${patient.id}?volet=alerte`);
    await panel(page).getByLabel('Alerte').fill('Marche avec deux cannes, à aider pour la montée de l’escalier');
    await page.keyboard.press('Control+Enter');
    await said(page, /Alerte/);
    assert.deepEqual(await misfits(page), []);
  },
);

scenario(
  'DOS-12 SEC-11 two sendings of a summary noted one after the other are both kept, however slowly the page is read again',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}/synthese`, { viewport: narrow });
    await page.getByRole('button', { name: 'Préparer la synthèse' }).click();
    await page.getByRole('button', { name: 'Tout est vérifié' }).click();
    await page.getByRole('button', { name: 'Signer', exact: true }).click();
    await panel(page).getByRole('button', { name: 'Signer la synthèse' }).click();
    const went = page.getByRole('region', { name: 'Remise' });
    await went.getByText('Rien n’a encore été noté.').waitFor();
    await page.route('**/summaries', async (route) => {
      if (route.request().method() === 'GET') await new Promise((later) => setTimeout(later, 1500));
      await route.continue();
    });
    for (const who of ['Dr Le Bihan', 'Service de cardiologie']) {
      await went.getByLabel('À qui').fill(who);
      await went.getByRole('button', { name: 'Noter' }).click();
      await went.getByLabel('À qui').and(page.locator('[value=""]')).waitFor();
    }
    await went.getByText('Remis en main propre, Dr Le Bihan').waitFor();
    await went.getByText('Remis en main propre, Service de cardiologie').waitFor();
    assert.deepEqual(await misfits(page), []);
  },
);
