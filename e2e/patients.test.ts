/** Finding a patient and creating one. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { newPatient, recordShown } from './people.ts';

const box = (page: Page) => page.getByRole('textbox', { name: 'Chercher un patient' });
const row = (page: Page, name: string | RegExp) => page.getByRole('table', { name: 'Patients' }).getByRole('row').filter({ hasText: name });

scenario('DOS-17 a patient is found without accents, with a typo, by birth date, by telephone and by INS', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients');
  await box(page).fill('gaelle le bris');
  await row(page, /LE BRIS Gaëlle/).waitFor();
  await box(page).fill('salaun');
  await row(page, /SALAÜN/).first().waitFor();
  await box(page).fill('Kerlau jean');
  await row(page, /KERLEAU Jean/).getByText('nom proche').waitFor();
  await box(page).fill('le gall 12/03/1961');
  await row(page, '12/03/1961').waitFor();
  assert.equal(await row(page, '21/03/1961').count(), 0);
  const anne = await stage.hand('anne.kermarrec');
  const [hit] = (await anne.send('GET', '/api/patients?q=kerleau%20jean')).patients as { ins: string; phone: string }[];
  for (const typed of [hit!.ins, hit!.phone]) {
    await box(page).fill('');
    await box(page).fill(typed);
    await row(page, /KERLEAU Jean/).waitFor();
  }
  assert.match(page.url(), /[?&]q=/);
});

scenario('DOS-17 a former or birth name finds the person too', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients');
  await box(page).fill('pennec jeanne');
  await row(page, /LE GOFF Jeanne/).waitFor();
});

scenario('DOS-17 Ctrl-K finds a patient and opens the record with the keyboard alone, then an act on it: what stands from before the last letter is never what Enter opens', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/');
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('kerleau jean');
  await page.getByRole('option', { name: /KERLEAU Jean/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await recordShown(page, /KERLEAU Jean/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('allergie');
  await page.getByRole('option', { name: /Ajouter une allergie/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ajouter une allergie' }).waitFor();
});

scenario('DOS-17 the list is walked with the arrows and opened with Enter', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients');
  await box(page).fill('kerleau');
  await row(page, /KERLEAU Monique/).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await recordShown(page, /KERLEAU/);
});

scenario('IDV-1 IDV-2 a creation shows who looks alike, is held back by a strong duplicate, and goes on once one says it is someone else', async (stage) => {
  const known = await newPatient(await stage.hand('anne.kermarrec'), { birthDate: '14/07/1957' });
  const page = await stage.as('maryvonne.pellen', '/patients/nouveau');
  await page.getByLabel('Nom de naissance').fill(known.family);
  await page.getByLabel('Prénoms de naissance').fill('Morgane');
  await page.getByLabel('Date de naissance').fill('14071957');
  await page.getByLabel('Sexe').first().click();
  await page.getByRole('option', { name: 'Femme' }).click();
  const alike = page.getByRole('complementary', { name: 'Patients ressemblants' });
  await alike.getByText(known.name).waitFor();
  await alike.getByText('Ce patient est probablement le même.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Créer le dossier' }).isDisabled(), true);
  await alike.getByLabel('C’est quelqu’un d’autre').check();
  await page.getByRole('button', { name: 'Créer le dossier' }).click();
  await page.waitForURL((url) => /\/patients\/(?!nouveau)/.test(url.pathname) && !url.pathname.endsWith(known.id));
});

scenario('IDV-1 an INS with a wrong key is told at once, and what is missing is told beside its field', async (stage) => {
  const page = await stage.as('maryvonne.pellen', '/patients/nouveau');
  await page.getByLabel('INS (15 caractères)').fill('255081416802538');
  await page.getByText('Clé exacte').waitFor();
  await page.getByLabel('INS (15 caractères)').fill('255081416802539');
  await page.getByText(/La clé ne correspond pas/).waitFor();
  await page.getByLabel('INS (15 caractères)').fill('');
  await page.getByLabel('Nom de naissance').fill('Kersansprenom');
  await page.getByRole('button', { name: 'Créer le dossier' }).click();
  await page.getByText('Indiquez au moins un prénom de naissance.', { exact: true }).waitFor();
  await page.getByText('Indiquez la date de naissance.', { exact: true }).waitFor();
});

scenario('SEC-12 a creation half typed is found again after the page was closed', async (stage) => {
  const page = await stage.as('veronique.blanchard', '/patients/nouveau');
  await page.getByLabel('Nom de naissance').fill('Kerdraon');
  await page.getByText('Brouillon conservé').waitFor();
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await again.goto('/');
  await again.getByRole('region', { name: 'Brouillons' }).getByRole('link', { name: 'Nouveau patient' }).click();
  await again.waitForFunction(() => document.querySelector('input')?.ownerDocument.querySelector<HTMLInputElement>('form input')?.value === 'Kerdraon');
  await again.getByRole('button', { name: 'Effacer' }).click();
});
