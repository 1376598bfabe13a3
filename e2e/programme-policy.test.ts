/** The way from people to a recognised team: written together, judged, recognised. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type Page, scenario } from './harness.ts';
import { panel, said } from './people.ts';

const officer = 'maiwenn.kerdoncuff';
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const box = (page: Page | Locator, name: string) => page.getByRole('textbox', { name, exact: true });
/** What is typed is on the server's disk. */
const kept = (page: Page) => page.locator('[data-kept="kept"]').waitFor();
const pdf = async (page: Page, path: string): Promise<void> => {
  const answer = await page.context().request.get(path);
  assert.deepEqual([answer.status(), answer.headers()['content-type']], [200, 'application/pdf']);
};

scenario(
  'POL-6 SEC-12 two people write the same part of a health project at once, one of them without a network for a while: not a word is lost; a comment is settled and opened again; a version is compared',
  async (stage) => {
    stage.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
    const coordinator = await stage.as('pauline.gauthier', '/programme');
    await region(coordinator, 'Parcours vers l’ESP ou la MSP')
      .getByRole('link', { name: 'Ouvrir le parcours' })
      .click();
    await coordinator.getByRole('button', { name: /Soins non programmés/ }).click();
    const nurse = await stage.as('delphine.mace', new URL(coordinator.url()).pathname + '?partie=unscheduled');
    const field = (page: Page) => box(page, 'Soins non programmés');
    const before = await field(nurse).inputValue();
    assert.match(before, /quatre créneaux/);
    // Both at once: one at the beginning, one at the end.
    await field(coordinator).focus();
    await coordinator.keyboard.press('Control+Home');
    await field(nurse).focus();
    await nurse.keyboard.press('Control+End');
    await Promise.all([
      coordinator.keyboard.type('Au nord : '),
      nurse.keyboard.type(' Les infirmiers rappellent sous deux heures.'),
    ]);
    const both = `Au nord : ${before} Les infirmiers rappellent sous deux heures.`;
    for (const page of [coordinator, nurse])
      await page.waitForFunction(
        (words) => [...document.querySelectorAll('textarea')].some((one) => one.value === words),
        both,
      );
    // The nurse loses the network and goes on; meanwhile the coordinator writes.
    await nurse.context().setOffline(true);
    await nurse.keyboard.type(' Même en tournée.');
    await nurse.getByText(/gardé sur ce poste/).waitFor();
    await coordinator.keyboard.type('et au sud ');
    await kept(coordinator);
    await nurse.context().setOffline(false);
    const all = `Au nord : et au sud ${before} Les infirmiers rappellent sous deux heures. Même en tournée.`;
    for (const page of [coordinator, nurse])
      await page.waitForFunction(
        (words) => [...document.querySelectorAll('textarea')].some((one) => one.value === words),
        all,
      );
    await kept(nurse);

    await nurse.getByLabel('Commenter « Soins non programmés »').fill('Qui répond entre midi et deux ?');
    await nurse.getByRole('button', { name: 'Commenter', exact: true }).click();
    const remark = region(coordinator, 'Commentaires').getByText('Qui répond entre midi et deux ?');
    await remark.waitFor();
    await region(coordinator, 'Commentaires').getByRole('button', { name: 'Régler' }).click();
    await region(nurse, 'Commentaires').getByText('réglé').waitFor();
    await coordinator
      .getByRole('alert')
      .getByRole('button', { name: /Annuler/ })
      .last()
      .click();
    await region(nurse, 'Commentaires').getByRole('button', { name: 'Régler' }).first().waitFor();

    await coordinator.getByRole('button', { name: 'Comparer la version 1' }).click();
    await panel(coordinator).locator('ins').filter({ hasText: 'Même en tournée.' }).waitFor();
    await coordinator.keyboard.press('Escape');
    // Not whole yet: what is missing is listed, and the button waits.
    await region(coordinator, 'Commission')
      .getByText(/parties vides/)
      .waitFor();
    assert.equal(await coordinator.getByRole('button', { name: 'Soumettre à la commission' }).isDisabled(), true);
  },
);

scenario(
  'POL-1 POL-2 POL-3 POL-4 POL-7 POL-8 a team without an account goes from its first meeting to the status of ESP, and each thing that is missing is told on the way',
  async (stage) => {
    const name = `Équipe de l’Élorn ${Date.now() % 100000}`;
    const page = await stage.as(officer, '/programme/parcours');
    await page.getByRole('button', { name: 'Ouvrir un parcours' }).click();
    await panel(page).getByText('ESP', { exact: true }).click();
    await page.getByLabel('Nom de l’équipe').fill(name);
    await page.getByLabel('Personne à qui répondre').fill('Nora Le Bihan');
    await page.getByLabel('Son courriel').fill('nora@elorn.example');
    await page.getByRole('button', { name: /^Ouvrir le parcours/ }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    const asked = region(page, 'Demande de soutien');
    await asked.getByText('Nommez les communes du territoire.').waitFor();
    assert.equal(await asked.getByRole('button', { name: 'Envoyer la demande de soutien' }).isDisabled(), true);
    // The composition is told as one types.
    await page.getByRole('button', { name: 'Modifier' }).click();
    const composition = region(page, 'Composition').last();
    await composition.getByText('Il manque un médecin généraliste').waitFor();
    await panel(page).getByText('Des professionnels', { exact: true }).click();
    await box(panel(page), 'Territoire').fill('Landerneau, La Roche-Maurice');
    await page.getByRole('textbox', { name: 'Médecin', exact: true }).fill('2');
    await page.getByRole('textbox', { name: 'dont généralistes' }).fill('2');
    await page.getByRole('textbox', { name: 'Infirmier', exact: true }).fill('3');
    await composition.getByText('Il manque').first().waitFor({ state: 'detached' });
    await page.getByLabel('Nom de l’association').fill('Santé Élorn');
    await page.getByLabel('Siège').fill('Mairie de Landerneau');
    await page.getByLabel('Présidence').fill('Nora Le Bihan');
    await page.getByRole('button', { name: /^Enregistrer la présentation/ }).click();
    await said(page, 'Présentation enregistrée.');
    await asked.getByText('la demande peut partir').waitFor();
    // A meeting where a nurse was not there: it shows.
    await page.getByRole('button', { name: 'Noter une rencontre' }).click();
    await box(panel(page), 'Lieu').fill('Mairie');
    await page.getByLabel('Nom, personne 1').fill('Anne Kerdrel');
    await panel(page).getByRole('combobox', { name: 'Profession, personne 1' }).click();
    await page.getByRole('option', { name: 'Médecin', exact: true }).click();
    await box(panel(page), 'Compte rendu').fill('Tour de table.');
    await page.getByRole('button', { name: /^Enregistrer la rencontre/ }).click();
    await said(page, 'Rencontre notée.');
    await region(page, 'Tous les professionnels sont associés')
      .getByText('Infirmier (3) : absent des réunions')
      .waitFor();
    await page.getByRole('button', { name: 'Établir le compte rendu' }).click();
    await page.getByRole('link', { name: 'Compte rendu (PDF)' }).waitFor();
    await pdf(page, (await page.getByRole('link', { name: 'Compte rendu (PDF)' }).getAttribute('href'))!);
    await asked.getByRole('button', { name: 'Envoyer la demande de soutien' }).click();
    await page.getByText(/Avant d’accepter, confirmez/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Accorder le soutien' }).isDisabled(), true);
    for (const subject of ['Tous les professionnels sont associés', 'Le territoire est cohérent']) {
      await page
        .getByRole('radiogroup', { name: `${subject} : votre réponse` })
        .getByText('Confirmé')
        .click();
      await region(page, subject).getByText('confirmé', { exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Accorder le soutien' }).click();
    await said(page, /Soutien accordé/);
    // Outside its range a support is refused, and the range is said.
    await tab(page, 'Soutien');
    await page.getByLabel('Réunions payées').fill('9');
    await page.getByText('9 est hors de ces bornes').waitFor();
    await page.getByRole('button', { name: 'Enregistrer le soutien' }).click();
    await page.getByLabel('Réunions payées').fill('4');
    await page.getByRole('button', { name: 'Enregistrer le soutien' }).click();
    await page.getByText('0 réunions tenues sur 4').waitFor();
    // Every part by keyboard, then to the commission.
    await tab(page, 'Projet de santé');
    const parts = ['Territoire', 'Professionnels', 'Thèmes', 'Concertation', 'Protocoles', 'Messagerie sécurisée'];
    for (const [at, part] of parts.entries()) {
      await box(page, part).fill(`${part} : ce que l’équipe prévoit.`);
      await kept(page);
      if (at < parts.length - 1) await page.keyboard.press('Alt+ArrowDown');
    }
    await page.getByRole('button', { name: 'Soumettre à la commission' }).click();
    await page.getByText(/devant la commission \(version 1\)/).waitFor();
    const track = new URL(page.url()).pathname;
    const member = await stage.as('gildas.ollivier', track);
    await member.getByRole('button', { name: 'Lire le projet' }).click();
    await panel(member).getByText('Thèmes : ce que l’équipe prévoit.').waitFor();
    await member.keyboard.press('Escape');
    await member.getByRole('radiogroup', { name: 'Avis' }).getByText('Favorable', { exact: true }).click();
    await member.getByLabel('Motifs').fill('Projet simple, utile aux habitants.');
    await member.getByRole('button', { name: 'Donner mon avis' }).click();
    await said(member, 'Avis donné.');
    await tab(page, 'Commission');
    await page.getByText('Projet simple, utile aux habitants.').waitFor();
    await page.getByRole('button', { name: 'Valider le projet' }).click();
    await page.getByText(/Équipe reconnue ESP depuis le/).waitFor();
    await tab(page, 'Documents');
    for (const paper of [
      'Validation du projet de santé',
      'Projet de santé d’une équipe de soins primaires',
      'Demande de soutien à la création d’une équipe',
    ])
      await page.getByRole('link', { name: paper }).waitFor();
    await region(page, 'Messages envoyés')
      .getByText(/projet de santé validé/)
      .waitFor();
    await pdf(page, (await page.getByRole('link', { name: 'Validation du projet de santé' }).getAttribute('href'))!);
    // Phase 3: an action drawn from the project, then done.
    await tab(page, 'Plan d’actions');
    await page.getByRole('button', { name: 'Ajouter une action : Concertation pluriprofessionnelle' }).click();
    await panel(page).getByText('Concertation : ce que l’équipe prévoit.').waitFor();
    await box(panel(page), 'Action').fill('Six réunions dans l’année');
    await box(panel(page), 'Qui').fill('Toute l’équipe');
    await box(panel(page), 'Échéance').fill('+6m');
    await page.getByRole('button', { name: /^Ajouter l’action/ }).click();
    await page.getByRole('radiogroup', { name: 'Où en est : Six réunions dans l’année' }).getByText('Faite').click();
    await page.getByRole('img', { name: '1 faites, 0 en cours, 0 en retard sur 1' }).waitFor();
  },
);

scenario(
  'POL-7 POL-8 who may not: the commission reads no project while it is written, a vendor has no entry, a member of the team reads and does not write',
  async (stage) => {
    const member = await stage.as('gildas.ollivier', '/programme/parcours');
    await member.getByRole('row', { name: /MSP du Trieux/ }).waitFor();
    assert.equal(await member.getByRole('row', { name: /Vilaine/ }).count(), 0);
    const vendor = await stage.as('florian.weber', '/region');
    await vendor.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
    assert.equal(
      await vendor
        .getByRole('navigation', { name: 'Navigation principale' })
        .getByRole('link', { name: 'Parcours' })
        .count(),
      0,
    );
    await vendor.goto('/programme/parcours');
    await vendor.getByText('Aucun parcours').waitFor();
    const coordinator = await stage.as('pauline.gauthier', '/programme/parcours');
    await coordinator.getByRole('row', { name: /Vilaine/ }).click();
    await coordinator.getByRole('heading', { level: 1, name: /Vilaine/ }).waitFor();
    const { pathname } = new URL(coordinator.url());
    const other = await stage.as('tristan.le-corre', pathname);
    await other.getByText(/n’existe pas ou n’est pas accessible/).waitFor();
  },
);
