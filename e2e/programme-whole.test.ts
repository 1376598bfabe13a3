/** One project of a team that does not work with this product, from its launch meeting to its certificate, each by whoever does it. */
import assert from 'node:assert/strict';
import { type Page, scenario, telephone } from './harness.ts';
import { panel, said } from './people.ts';

const [officer, consultant] = ['maiwenn.kerdoncuff', 'berengere.salou'] as const;
const french = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
const amount = (text: string) => new RegExp(text.replaceAll(' ', '\\s'));
const pick = async (page: Page, label: string, option: string) => {
  await page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .first()
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const tab = async (page: Page, name: string) => {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tab', { name, selected: true }).waitFor();
};
/** Closes the step that is under way, on the tab of the steps. */
async function close(page: Page, title: string): Promise<void> {
  await tab(page, 'Étapes');
  const step = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 3, name: title, exact: true }) });
  await page.getByRole('region', { name: 'Maintenant' }).getByText('Rien ne bloque').waitFor();
  await step.getByRole('button', { name: 'Clore l’étape' }).click();
  await step.getByText('Close', { exact: true }).waitFor();
}
async function minutes(page: Page, kind: string, title: string): Promise<void> {
  await tab(page, 'Réunions');
  await page.getByRole('button', { name: 'Commencer' }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  await page.getByRole('heading', { level: 2, name: title }).waitFor();
  await page.getByLabel('Réunion tenue le').fill(french(0));
  await page.getByLabel('Réunion tenue le').blur();
  const present = page.getByRole('region', { name: 'Présents' });
  await present.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Émettre le compte rendu' }).click();
  await page.getByRole('link', { name: /-CRL?\d+, version 1/ }).waitFor();
  await page.getByRole('button', { name: 'Réunions', exact: true }).click();
  await page.getByRole('button', { name: 'Commencer' }).waitFor();
}

scenario(
  'PRJ-3 PRJ-4 PRJ-5 PRJ-6 PRJ-7 PRJ-8 PRJ-9 PRJ-10 FIN-7 a project goes from its launch to its completion report and the balance',
  async (stage) => {
    const { projects } = await (await stage.hand(officer)).send('GET', '/api/programme/projects');
    const { id } = projects.find(
      (one: { team: string; state: string }) => /Mené/.test(one.team) && one.state === 'open',
    );
    const page = await stage.as(consultant, `/programme/projets/${id}`);
    const ars = await stage.as(officer, `/programme/projets/${id}?onglet=argent`);
    await page.getByRole('region', { name: 'Maintenant' }).getByText('Réunion de lancement', { exact: true }).waitFor();
    await minutes(page, 'Réunion de lancement', 'Compte rendu du lancement');
    await close(page, 'Réunion de lancement');
    await tab(page, 'Besoins');
    await page.getByRole('button', { name: 'Personnes interrogées' }).click();
    await page.getByText('Coller une liste').click();
    await page.getByLabel('Nom ; profession ; courriel').fill('Anne Le Goff ; infirmière\nYann Riou ; médecin');
    await page.getByRole('button', { name: 'Ajouter 2 personnes' }).click();
    await said(page, '2 personnes ajoutées');
    await page.getByRole('button', { name: 'Questionnaire', exact: true }).click();
    const opening = page.getByRole('region', { name: 'Ouverture' });
    await opening.getByLabel('Se clôt le').fill(french(12));
    await opening.getByLabel('Se clôt le').blur();
    await opening.getByRole('button', { name: 'Ouvrir et inviter 2 personnes' }).click();
    await page.getByRole('region', { name: 'Qui a répondu' }).getByText('0 sur 2').waitFor();
    await page.getByRole('button', { name: 'Personnes interrogées' }).click();
    await page.getByRole('button', { name: 'Lien personnel de Anne Le Goff' }).click();
    const link = (await page.getByRole('region', { name: 'Lien pour Anne Le Goff' }).locator('code').textContent())!;
    const phone = await stage.nobody({ viewport: telephone, hasTouch: true, isMobile: true });
    await phone.goto(link);
    await phone.getByLabel('Quel logiciel métier utilisez-vous, et quelle version ?').fill('Logiciel de tournée 3');
    const answer = (group: string, words: string) =>
      phone.getByRole('radiogroup', { name: group, exact: true }).getByText(words, { exact: true }).click();
    await answer('Votre logiciel vous convient-il ?', '2');
    await phone.getByRole('checkbox', { name: 'Téléphone', exact: true }).first().check();
    await answer('Synthèse du patient (antécédents, allergies, traitements)', 'Indispensable');
    await answer('Tournées et visites à domicile', 'Indispensable');
    await phone
      .getByLabel('Qu’attendez-vous d’abord du futur système d’information partagé ?')
      .fill('Prévenir le médecin sans courir après lui.');
    await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
    await phone.getByText('Vos réponses sont envoyées, merci.').waitFor();
    await page.getByRole('button', { name: 'Synthèse', exact: true }).click();
    await page.getByRole('button', { name: 'Produire la synthèse (PDF)' }).click();
    await page.getByRole('link', { name: /-SYN1 \(PDF\)/ }).waitFor();
    await close(page, 'Recueil des besoins');
    // Three things hold the choice: an organisation that nobody assessed, no choice recorded, no quotes.
    await page
      .getByText(/L’équipe n’a pas fait l’autoévaluation/)
      .first()
      .waitFor();
    await tab(page, 'Maturité');
    await page.getByText('Passer outre, avec un motif').click();
    await page.getByLabel('Motif').fill('La coordinatrice arrive en janvier.');
    await page.getByRole('button', { name: 'Laisser le choix se poursuivre' }).click();
    await page.getByText(/laisse le choix se poursuivre/).waitFor();
    await tab(page, 'Choix');
    await page.getByRole('button', { name: 'Ajouter une solution' }).click();
    await panel(page).getByLabel('Logiciel').fill('Phare');
    await panel(page).getByLabel('Éditeur', { exact: true }).fill('Éditions Phare');
    await panel(page)
      .getByRole('button', { name: /^Ajouter(?! une)/ })
      .click();
    await page.getByRole('columnheader', { name: /Phare/ }).first().waitFor();
    await page.getByRole('button', { name: 'Choix final' }).click();
    await pick(page, 'Logiciel retenu', 'Phare, Éditions Phare');
    await page.getByLabel('Pourquoi ce logiciel').fill('Le seul qui tienne la tournée sans réseau.');
    await page.getByLabel(/Anne Le Goff/).check();
    await page.getByRole('button', { name: 'Enregistrer le choix' }).click();
    await page.getByRole('region', { name: 'Logiciel retenu' }).getByText('Phare').first().waitFor();
    await tab(page, 'Argent');
    await page.getByRole('button', { name: 'Saisir un devis' }).first().click();
    await panel(page).getByLabel('Fournisseur').fill('Éditions Phare');
    await panel(page).getByLabel('Numéro du devis').fill('PH-12');
    await panel(page).getByLabel('Date du devis').fill(french(-3));
    await panel(page).getByLabel('Libellé, ligne 1').fill('Licence et reprise des données');
    await panel(page).getByLabel('Prix unitaire HT').fill('2000');
    await panel(page).getByRole('button', { name: 'Enregistrer le devis' }).click();
    const quote = page.getByRole('article', { name: /PH-12/ });
    await quote.getByRole('button', { name: 'Retenir ce devis' }).click();
    await quote.getByRole('button', { name: 'Valider : Licence et reprise des données' }).click();
    await page.getByRole('button', { name: 'Établir le récapitulatif des devis validés' }).click();
    await page.getByText(/Récapitulatif .*-DEVIS1 établi/).waitFor();
    await close(page, 'Choix du logiciel');
    await ars.getByRole('button', { name: 'Établir la convention' }).click();
    await panel(ars).getByText(amount('1 920,00 € \\(80 %\\)')).waitFor();
    await panel(ars)
      .getByRole('button', { name: /Établir la convention/ })
      .click();
    await ars.getByRole('button', { name: 'Enregistrer la signature' }).click();
    await panel(ars).getByLabel('Pour l’Agence').fill('Maïwenn Kerdoncuff');
    await panel(ars)
      .getByRole('button', { name: /Enregistrer la signature/ })
      .click();
    await ars.getByRole('button', { name: 'Ordonner le versement 1' }).click();
    await panel(ars)
      .getByRole('button', { name: /Ordonner le versement/ })
      .click();
    await ars.getByText('Versement ordonné.').waitFor();
    await close(ars, 'Convention');
    await minutes(page, 'Réunion de suivi', 'Compte rendu de suivi');
    await close(page, 'Déploiement');
    await tab(page, 'Usage et clôture');
    await page.getByRole('button', { name: 'Saisir un mois' }).click();
    for (const [label, value] of [
      ['Dossiers où l’on a écrit', '240'],
      ['dont par deux professions au moins', '96'],
      ['Personnes qui ont écrit', '11'],
      ['Professions qui ont écrit', '5'],
      ['Réunions de concertation tenues', '2'],
      ['Protocoles suivis', '18'],
      ['Messages à propos de patients', '140'],
      ['Tâches confiées à propos de patients', '60'],
    ] as const)
      await panel(page).getByLabel(label).fill(value);
    await panel(page)
      .getByRole('button', { name: /^Enregistrer/ })
      .click();
    await page.getByRole('img', { name: /Usage mois par mois/ }).waitFor();
    await page.getByLabel('Installé le').fill(french(-20));
    // The report begins with the software that was chosen.
    assert.equal(await page.getByLabel('Logiciel', { exact: true }).inputValue(), 'Phare');
    const sites = page.getByRole('checkbox', { name: 'Vérifié sur place' });
    await sites.first().waitFor();
    for (const box of await sites.all()) await box.check();
    await page
      .getByRole('combobox', { name: 'État' })
      .or(page.getByRole('textbox', { name: 'État' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'En usage', exact: true }).click();
    await pick(page, 'Données d’avant', 'Reprises');
    await page.getByRole('button', { name: 'Une formation' }).click();
    await page
      .getByLabel('Observations')
      .fill('Les kinésithérapeutes commencent en janvier ; les autres écrivent à plusieurs.');
    await page.getByText('Bon usage', { exact: true }).click();
    await page.getByLabel('Signe pour l’équipe').fill('Sandrine Rault');
    await page.getByLabel('Signe pour l’équipe').blur();
    // Typed figures need a document that proves them.
    await page.getByText(/joignez au moins un document qui les prouve/).waitFor();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'statistiques.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from(`%PDF-1.7\n% preuve ${'.'.repeat(80)}\ntrailer\n<<>>\n%%EOF\n`),
      });
    await page.getByText(/joignez au moins un document qui les prouve/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Signer et émettre' }).click();
    await page.getByRole('link', { name: /-PV1$/ }).waitFor();
    await close(page, 'Procès-verbal d’achèvement');
    await tab(ars, 'Argent');
    await ars.getByRole('button', { name: 'Établir le certificat' }).click();
    await panel(ars).getByLabel('Qualité').fill('Instructrice des appels à candidatures');
    await panel(ars)
      .getByRole('button', { name: /Établir le certificat/ })
      .click();
    await ars.getByRole('button', { name: 'Ordonner le versement 2' }).click();
    await panel(ars).getByText(amount('480,00 €')).first().waitFor();
    await panel(ars)
      .getByRole('button', { name: /Ordonner le versement/ })
      .click();
    await ars.getByText('Versement ordonné.').last().waitFor();
    await close(ars, 'Certificat et solde');
    // Every paper of the way is there, numbered, and opens.
    await tab(ars, 'Documents');
    for (const paper of [
      'Compte rendu de la réunion de lancement',
      'Synthèse des besoins',
      'Devis validés',
      'Convention',
      'Compte rendu de suivi',
      'Procès-verbal d’achèvement',
      'Certificat de service fait',
    ]) {
      const link = ars.getByRole('link', { name: paper }).first();
      await link.waitFor();
      const file = await ars.request.get((await link.getAttribute('href'))!);
      assert.equal((await file.body()).subarray(0, 5).toString(), '%PDF-', paper);
    }
    const { state } = (await (await stage.hand(officer)).send('GET', '/api/programme/projects')).projects.find(
      (one: { id: string }) => one.id === id,
    );
    assert.equal(state, 'closed');
  },
  { timeout: 240_000 },
);
