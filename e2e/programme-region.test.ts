/** The region's view: map and table, what waits, what is sent, a team that gives up its place, the steps of a call. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { panel } from './people.ts';

const officer = 'maiwenn.kerdoncuff';
const spring = (page: { getByRole: (role: 'option', options: { name: RegExp }) => { click(): Promise<void> } }) =>
  page.getByRole('option', { name: /printemps/ });

scenario(
  'ACT-1 ACT-2 an officer reads the region on the map by keyboard alone, finds the same in the table, and sends the view to a colleague',
  async (stage) => {
    const page = await stage.as(officer, '/region');
    await page.getByRole('link', { name: /\d projets en retard/ }).click();
    await page.getByRole('row', { name: /Mené/ }).waitFor();
    await page.getByRole('link', { name: 'Carte', exact: true }).first().click();
    const map = page.getByRole('group', { name: /^Carte : \d+ équipes/ });
    await map.waitFor();
    await page.getByRole('radiogroup', { name: 'Colorer par' }).getByText('Retard').click();
    await page.getByRole('list', { name: 'Légende' }).getByText('Jusqu’à 30 jours').waitFor();
    const first = map.getByRole('button').first();
    await first.focus();
    const before = await first.getAttribute('aria-label');
    await page.keyboard.press('ArrowDown');
    const at = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.ok(at && at !== before, 'the arrow goes to another team');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: at!.split(',')[0]! }).waitFor();
    await page.getByRole('combobox', { name: 'Retard' }).click();
    await page.getByRole('option', { name: 'En retard' }).click();
    const counted = page.getByText(/^[1-9] sur 24$/);
    await counted.waitFor();
    const shown = (await counted.textContent())!;
    assert.equal(
      await page.getByRole('table', { name: 'Équipes de la région' }).getByRole('row').count(),
      Number(shown[0]) + 1,
    );
    assert.equal(
      (await map.getByRole('button').count()) +
        (await page.getByRole('button', { name: 'Placer', exact: true }).count()),
      Number(shown[0]),
      'each line is on the map or to be placed',
    );
    const colleague = await stage.as('gildas.ollivier');
    await colleague.goto(page.url());
    await colleague.getByText(shown, { exact: true }).waitFor();
    assert.equal(
      await colleague.getByRole('columnheader', { name: 'Payé' }).count(),
      0,
      'the commission is not shown the money',
    );
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
    assert.match(file.suggestedFilename(), /^region-.*\.csv$/);
  },
);

scenario('ACT-2 the GCS places a team whose territory names no commune, and takes it back', async (stage) => {
  const page = await stage.as('corentin.le-dantec', '/programme/carte');
  await page.getByRole('button', { name: 'Placer', exact: true }).click();
  await panel(page).getByLabel('Commune').fill('Merdri');
  await page.getByRole('option', { name: /Merdrignac/ }).click();
  await page.getByRole('button', { name: /MSP du Mené, Merdrignac/ }).waitFor();
  await page.getByRole('button', { name: /^Annuler/ }).click();
  await page.getByRole('region', { name: 'À placer' }).getByText('MSP du Mené').waitFor();
  // A commune that no list knows: shown on the map.
  await page.getByRole('button', { name: 'Placer', exact: true }).click();
  await panel(page).getByRole('button', { name: 'Montrer sur la carte' }).click();
  await page.getByText('Montrez où est MSP du Mené.').waitFor();
  await page.getByText("Côtes-d'Armor", { exact: true }).click({ force: true, position: { x: 2, y: 2 } });
  await page.getByRole('button', { name: /MSP du Mené, placée sur la carte/ }).waitFor();
  await page.getByRole('row', { name: /MSP du Mené placée sur la carte 22/ }).waitFor();
});

scenario(
  'PRJ-9 AAP-11 an officer writes the steps and the form of a call: what does not hold is said before it is published',
  async (stage) => {
    const page = await stage.as(officer, '/programme/appels/sip-2024/modifier?partie=etapes');
    await page.getByText('2. Préparer le lancement').first().click();
    await page.getByRole('button', { name: 'Monter l’étape Préparer le lancement' }).click();
    await page.getByText(/commence avant « Préparer le lancement »/).waitFor();
    await page.getByRole('button', { name: 'Descendre l’étape Préparer le lancement' }).click();
    await page.getByText(/commence avant/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Ajouter une étape' }).click();
    await page.getByText('10. Nouvelle étape').first().waitFor();
    await page.getByRole('tab', { name: 'Formulaire' }).click();
    await page.getByRole('button', { name: 'Ajouter une partie' }).click();
    await page.getByText('Nouvelle partie (1)').first().waitFor();
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
    await page.getByText('Brouillon enregistré').waitFor();
    await page.reload();
    await page.getByText('Nouvelle partie (1)').first().waitFor();
  },
);

scenario(
  'AAP-7 AAP-9 AAP-10 a team gives up its place with its reason: its project stops, and the officer is told who is next',
  async (stage) => {
    const page = await stage.as('tristan.le-corre', '/programme');
    const call = page.getByRole('region', { name: /printemps/ });
    await call.getByRole('link', { name: 'Ouvrir le dossier' }).click();
    await page.getByText('Renoncer à la place').click();
    await page.getByLabel('Motif du désistement').fill('Deux médecins quittent l’équipe à l’automne.');
    await page.getByRole('button', { name: 'Déclarer le désistement' }).click();
    await page.getByText(/Votre équipe s’est désistée le/).waitFor();
    const reviewing = await stage.as(officer, '/programme/dossiers/classement');
    await reviewing.getByLabel('Appel', { exact: true }).first().click();
    await spring(reviewing).click();
    const gone = reviewing.getByRole('region', { name: 'Désistements' });
    await gone.getByText('Deux médecins quittent l’équipe à l’automne.').waitFor();
    await gone.getByText(/Plus aucune équipe n’attend/).waitFor();
    await reviewing.goto('/programme/projets?q=abers');
    await reviewing.getByRole('row', { name: /Abers/ }).getByText('Arrêté').waitFor();
  },
);

scenario(
  'PRJ-10 AAP-9 all letters of a call come as one file while the officer does something else; the outbox shows what would be sent',
  async (stage) => {
    const page = await stage.as(officer, '/programme/dossiers/courriers?appel=sip-2021');
    await page.getByRole('button', { name: 'Tous les courriers (PDF)' }).click();
    const ready = page.getByRole('link', { name: /14 documents, prêt/ });
    await ready.waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), ready.click()]);
    assert.match(file.suggestedFilename(), /^sip-2021 courriers .*\.zip$/);
    await page
      .getByRole('link', { name: /Envois|Boîte d’envoi/ })
      .first()
      .click();
    await page.getByText(/rien ne part d’ici/).waitFor();
    await page.getByLabel('Chercher un message').fill('Brocéliande');
    await page.getByRole('row', { name: /candidature retenue/ }).click();
    await panel(page)
      .getByText(/Le courrier de notification/)
      .waitFor();
    await panel(page)
      .getByRole('link', { name: /\.pdf$/ })
      .waitFor();
  },
);
