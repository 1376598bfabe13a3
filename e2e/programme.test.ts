/** The regional programme: what is open to all, a team's application, the review and the decision. */
import assert from 'node:assert/strict';
import { desk, type Page, scenario, telephone } from './harness.ts';
import { misfits } from './layout.ts';
import { panel, said } from './people.ts';

const pdf = (name: string) => ({
  name: `${name}.pdf`,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n% ${name} ${'.'.repeat(80)}\ntrailer\n<<>>\n%%EOF\n`),
});
const say = (page: Page, question: string, answer: string) =>
  page.getByRole('radiogroup', { name: question }).getByText(answer, { exact: true }).click();
const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
const openCall = (page: Page) => page.getByRole('region', { name: new RegExp(`SIP ${new Date().getFullYear() + 1}`) });
const underReview = `sip-${new Date().getFullYear()}`;
const officer = 'maiwenn.kerdoncuff';

scenario(
  'AAP-5 AAP-9 AAP-10 FIN-8 a coordinator without an account is told why the team is not eligible in 2021 and that it is in 2024, and sees the money line by line',
  async (stage) => {
    const page = await stage.nobody();
    await page.goto('/connexion');
    await page.getByRole('link', { name: 'Simuler un financement régional' }).click();
    await page.getByRole('heading', { name: /peut-elle candidater/ }).waitFor();
    await page
      .getByRole('combobox', { name: 'Appel à candidatures' })
      .or(page.getByLabel('Appel à candidatures'))
      .first()
      .click();
    await page.getByRole('option', { name: /2021/ }).click();
    for (const [profession, count] of [
      ['Médecin', 3],
      ['Infirmier', 4],
      ['Infirmier Asalée', 1],
      ['Masseur-kinésithérapeute', 2],
      ['Secrétaire médical', 1],
      ['Coordinateur', 1],
    ] as const) {
      const box = page.getByLabel(profession, { exact: true });
      await box.fill(String(count));
      await box.blur();
    }
    const price = page.getByLabel('Abonnement au logiciel, par mois et par personne');
    await price.fill('42');
    await price.blur();
    const money = page.getByRole('region', { name: 'Financement' });
    await money.getByText('10 940,00 €').first().waitFor();
    await say(page, 'Le projet de santé est écrit', 'Oui');
    await say(page, 'L’ARS l’a validé', 'Oui');
    await page.getByLabel('Date de validation').fill('10/06/2020');
    await page.getByLabel('Date de validation').blur();
    await say(page, 'L’équipe choisit un logiciel labellisé', 'Oui');
    await say(page, 'L’équipe est signataire de l’ACI', 'Oui');
    const verdict = page.getByRole('region', { name: 'Éligibilité' });
    await verdict.getByText('Votre équipe ne peut pas candidater en l’état').waitFor();
    await verdict.getByText(/bénéficie déjà de l’ACI/).waitFor();
    await page.getByLabel('Appel à candidatures').first().click();
    await page.getByRole('option', { name: /2024/ }).click();
    await say(page, 'Un coordinateur est en poste', 'Oui');
    await verdict.getByText('Votre équipe peut candidater').waitFor();
    await money.getByText(/ne publie pas ses montants/).waitFor();
    // The address holds the answers: sent to a colleague, it shows the same.
    const other = await stage.nobody();
    await other.goto(page.url());
    await other.getByText('Votre équipe peut candidater').waitFor();
  },
);

scenario(
  'ACT-1 AAP-1 a call that was begun by mistake is left: it goes from the list, comes back when one takes that back, and what was published stays',
  async (stage) => {
    const page = await stage.as(officer, '/programme/appels?volet=nouveau');
    await panel(page).getByLabel('Titre').fill('Appel commencé par erreur');
    await panel(page).getByRole('button', { name: 'Copier et modifier' }).click();
    await page.waitForURL(/modifier/);
    const row = page.getByRole('row', { name: /Appel commencé par erreur/ });
    const leave = async () => {
      await page.goto('/programme/appels');
      await row.click();
      await page.getByRole('button', { name: 'Abandonner le brouillon' }).click();
      await said(page, 'Brouillon abandonné.');
      await page.getByRole('row', { name: /SIP 2024/ }).waitFor();
      await row.waitFor({ state: 'detached' });
    };
    await leave();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await row.waitFor();
    await leave();
    // A reviewer reads the call and leaves nothing.
    const reviewer = await stage.as('gildas.ollivier', '/programme/appels/sip-2024');
    await reviewer.getByRole('heading', { level: 1, name: /SIP 2024/ }).waitFor();
    assert.equal(await reviewer.getByRole('button', { name: 'Abandonner le brouillon' }).count(), 0);
  },
);

scenario(
  'ACT-4 AAP-9 AAP-10 AAP-11 a coordinator applies, is told why the team is not eligible and what is missing, mends it, submits and keeps the receipt',
  async (stage) => {
    const page = await stage.as('pauline.gauthier', '/programme');
    const call = openCall(page);
    await call
      .getByRole('button', { name: 'Candidater' })
      .or(call.getByRole('link', { name: /le dossier/ }))
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /SIP/ }).waitFor();
    // What the practice already says of itself is there.
    assert.equal(await page.getByLabel('Nom de l’équipe').inputValue(), 'Pôle de santé de la Vilaine');
    await page.getByLabel('Forme juridique').first().click();
    await page.getByRole('option', { name: 'SISA' }).click();
    await page.getByLabel('Territoire', { exact: true }).fill('Redon, Bains-sur-Oust');
    await say(page, 'Le territoire est en zone d’intervention prioritaire', 'Oui');
    await say(page, 'Le projet de santé est écrit', 'Oui');
    await say(page, 'L’ARS l’a validé', 'Oui');
    await page.getByLabel('Date de validation').fill('10/06/2024');
    await page.getByLabel('Date de validation').blur();
    await say(page, 'L’équipe est signataire de l’ACI', 'Non');
    await say(page, 'Elle prévoit d’y adhérer', 'Non');
    await say(page, 'Un référent du projet SIP est nommé', 'Oui');
    await page.getByLabel('Réunions pluriprofessionnelles par an').fill('8');
    await say(page, 'Elles portent sur des cas complexes', 'Oui');
    await page.getByLabel('Protocoles pluriprofessionnels écrits').fill('3');
    await page
      .getByLabel('Logiciels utilisés aujourd’hui, par profession')
      .fill('Un logiciel de médecine, un logiciel infirmier');
    await page.getByLabel('Postes, réseau, accès à internet').fill('Un poste par cabinet');
    await say(page, 'L’équipe prévoit un logiciel labellisé', 'Oui');
    await page
      .getByRole('region', { name: 'Éligibilité' })
      .getByText('En l’état, votre équipe ne peut pas candidater')
      .waitFor();
    await page.getByRole('button', { name: 'Déposer la candidature' }).click();
    const refused = page.getByRole('alert').filter({ hasText: 'Rien n’est perdu' });
    await refused.getByText(/n’est pas dans l’ACI/).waitFor();
    await refused.getByText('Il manque la pièce « Projet de santé ».').waitFor();
    await refused.getByText('« Nom du signataire » n’est pas rempli.').waitFor();
    // Mended, one after the other.
    await say(page, 'Elle prévoit d’y adhérer', 'Oui');
    await page.getByLabel('Date d’adhésion prévue').fill(day(120));
    await page.getByLabel('Date d’adhésion prévue').blur();
    await page.getByLabel('Nom du signataire').fill('Olivier Chevrel');
    await page.getByLabel('Qualité').fill('Président');
    await page.getByLabel('Qualité').blur();
    await page.getByLabel('Fichier pour Projet de santé').setInputFiles({
      name: 'projet.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('<html>ceci n’est pas un PDF</html>'.padEnd(200)),
    });
    await page.getByText(/n’est pas un PDF, d’après son contenu/).waitFor();
    await page.getByLabel('Fichier pour Projet de santé').setInputFiles(pdf('projet de santé'));
    await page.getByRole('link', { name: 'projet de santé.pdf' }).waitFor();
    await page.getByLabel('Fichier pour Courrier de validation').setInputFiles(pdf('validation'));
    await page.getByRole('link', { name: 'validation.pdf' }).waitFor();
    await page.getByRole('region', { name: 'Éligibilité' }).getByText('Votre équipe peut candidater').waitFor();
    await page.getByRole('button', { name: 'Déposer la candidature' }).click();
    const receipt = page.getByRole('region', { name: 'Candidature déposée' });
    await receipt.getByText(/^SIP-\d{4}-\d{4}$/).waitFor();
    await receipt.getByText(/le \d\d\/\d\d\/\d{4} à \d\d h \d\d min \d\d s, par Pauline Gauthier/).waitFor();
    // The officer has it; the draft of the Abers stays with its team.
    const region = await stage.as(officer, `/programme/dossiers?appel=sip-${new Date().getFullYear() + 1}`);
    await region.getByRole('row', { name: /Pôle de santé de la Vilaine/ }).waitFor();
    assert.equal(await region.getByRole('row', { name: /Abers/ }).count(), 0);
    await page.getByRole('button', { name: 'Retirer la candidature' }).click();
    await page.getByLabel('Nom du signataire').waitFor();
    assert.equal(await page.getByLabel('Nom du signataire').inputValue(), 'Olivier Chevrel');
  },
);

scenario(
  'AAP-11 SEC-11 two members write in the same field of a file: the second sees both versions and chooses; a nurse who is a member has the file, another does not',
  async (stage) => {
    const [coordinator, nurse] = [
      await stage.as('tristan.le-corre', '/programme'),
      await stage.as('soizic.abgrall', '/programme'),
    ];
    for (const page of [coordinator, nurse]) {
      await openCall(page)
        .getByRole('link', { name: /le dossier/ })
        .click();
      await page.getByLabel('Calendrier souhaité').waitFor();
    }
    // What the coordinator types cannot leave; meanwhile the nurse writes in the same field.
    await coordinator.route('**/answers/**', (route) => route.abort());
    const wanted = (page: Page) => page.locator('[id="champ-calendar.wanted"]');
    await coordinator.getByLabel('Calendrier souhaité').fill('Au printemps, si possible.');
    await wanted(coordinator)
      .getByText(/Votre saisie est conservée ici/)
      .waitFor();
    await nurse.getByLabel('Calendrier souhaité').fill('À l’automne seulement.');
    await nurse.getByLabel('Calendrier souhaité').blur();
    await wanted(nurse)
      .getByText(/Soizic Abgrall/)
      .waitFor();
    await coordinator.unroute('**/answers/**');
    await wanted(coordinator).getByRole('button', { name: 'Réessayer' }).click();
    const choice = wanted(coordinator).getByRole('alert');
    await choice.getByText(/« À l’automne seulement\. »/).waitFor();
    assert.equal(
      await coordinator.getByLabel('Calendrier souhaité').inputValue(),
      'Au printemps, si possible.',
      'what was typed is still there',
    );
    await choice.getByRole('button', { name: 'Garder la mienne' }).click();
    await wanted(coordinator)
      .getByText(/Tristan Le Corre/)
      .waitFor();
    // The nurse sees it without reloading.
    await nurse.waitForFunction(
      () =>
        (document.querySelector('[id="champ-calendar.wanted"] textarea') as HTMLTextAreaElement).value ===
        'Au printemps, si possible.',
    );
    // Another nurse of the team sees the project and the track that everybody in it sees, and no file.
    const other = await stage.as('mael.le-bihan', '/programme');
    await other.getByRole('link', { name: 'Ouvrir le projet' }).waitFor();
    await other.getByText('Aucun dossier ne vous est confié').waitFor();
    assert.equal(await other.getByRole('link', { name: /le dossier/ }).count(), 0);
    const file = new URL(nurse.url()).pathname.split('/').at(-1)!;
    const asked = (page: Page) =>
      page.request.get(`/api/programme/applications/${file}`).then((answer) => answer.status());
    assert.deepEqual([await asked(nurse), await asked(other)], [200, 404]);
  },
);

scenario(
  'ACT-1 AAP-7 AAP-8 AAP-10 three officers rank fourteen applications for ten places: scores with reasons, an interest declared, a simulation, equals settled with a reason, letters, the public list',
  async (stage) => {
    const [first, second] = [await stage.hand('gildas.ollivier'), await stage.hand('rachel.tonnerre')];
    const { files } = await first.send('GET', `/api/programme/editions/${underReview}/files`);
    assert.equal(files.length, 14);
    // What the two members of the commission still had to score, they score.
    for (const who of [first, second])
      for (const { id, mine } of (await who.send('GET', `/api/programme/editions/${underReview}/files`)).files as {
        id: string;
        mine: string;
      }[])
        if (mine === 'none')
          for (const [i, item] of ['project', 'organisation', 'calendar'].entries())
            await who.send('PUT', `/api/programme/files/${id}/scores/${item}`, {
              points: (id.charCodeAt(0) + i) % 6,
              reason: 'Lu en commission.',
              seen: 0,
            });
    const page = await stage.as(officer, `/programme/dossiers?appel=${underReview}`);
    await page.getByRole('row', { name: /MSP du Penthièvre/ }).click();
    await page.getByRole('heading', { level: 1, name: /Penthièvre/ }).waitFor();
    await page.getByRole('region', { name: 'Notes des autres' }).getByText('Gildas Ollivier').waitFor();
    const mine = page.getByRole('region', { name: 'Mes notes' });
    for (const [item, points] of [
      ['Clarté du projet', '4'],
      ['Organisation de l’équipe', '3'],
      ['Réalisme du calendrier', '5'],
    ] as const) {
      await mine
        .getByRole('radiogroup', { name: new RegExp(item) })
        .getByText(points, { exact: true })
        .click();
      await mine.getByRole('textbox', { name: new RegExp(item) }).fill('Projet lu avec l’équipe.');
    }
    await mine.getByRole('button', { name: 'Enregistrer mes notes' }).click();
    await said(page, 'Vos notes sont enregistrées.');
    await mine.getByText('3,80 sur 5').waitFor();
    // A member with an interest is shown no figure of that team.
    const commission = await stage.as('rachel.tonnerre', `/programme/dossiers/classement?appel=${underReview}`);
    await commission
      .getByRole('row', { name: /Maison de santé de Rhuys/ })
      .getByText(/ses chiffres ne vous sont pas montrés/)
      .waitFor();
    assert.equal(await commission.getByRole('button', { name: 'Enregistrer la décision' }).count(), 0);
    // The officer overrules a rule, with a reason that stays.
    const rule = page.getByRole('listitem').filter({ hasText: 'Logiciel labellisé' });
    await rule.getByRole('button', { name: 'Trancher : non remplie' }).click();
    await rule.getByLabel('Motif').fill('Le logiciel prévu n’est plus sur la liste nationale.');
    await rule.getByRole('button', { name: 'Dire non remplie' }).click();
    await page.getByText('tranchée : non remplie').waitFor();
    await page.goto(`/programme/dossiers/classement?appel=${underReview}&places=3`);
    await page.getByText('Simulation avec 3 places').waitFor();
    await page.getByRole('region', { name: 'Non éligibles' }).getByText('MSP du Penthièvre').waitFor();
    await page.goto(`/programme/dossiers/classement?appel=${underReview}`);
    const decide = page.getByRole('region', { name: 'Décider' });
    await decide.getByText('10 équipes retenues pour 10 places').waitFor();
    for (let left = 10; left > 0; left--) {
      const box = decide.getByRole('checkbox', { checked: false, disabled: false }).first();
      if ((await box.count()) === 0) break;
      await box.check();
    }
    if ((await decide.getByLabel('Motif').count()) > 0)
      await decide.getByLabel('Motif').fill('Territoires les plus éloignés d’un hôpital.');
    await decide.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await page.getByRole('region', { name: 'Décision n° 1' }).getByText('à notifier').waitFor();
    await page.getByRole('button', { name: 'Notifier les équipes' }).click();
    await page.getByRole('button', { name: 'Écrire et envoyer 14 courriers' }).click();
    await page.getByText('14 sur 14').waitFor();
    await page.getByRole('row', { name: /MSP du Penthièvre/ }).click();
    await panel(page)
      .getByText(/n’est pas retenue/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('switch', { name: 'Publier la liste' }).click();
    await said(page, 'La liste des résultats est publique.');
    const everyone = await stage.nobody();
    await everyone.goto((await page.getByRole('link', { name: /Voir la liste publiée/ }).getAttribute('href'))!);
    await everyone.getByRole('region', { name: /Équipes retenues \(10 sur 10 places\)/ }).waitFor();
    assert.equal(await everyone.getByText('MSP du Penthièvre').count(), 0, 'who is refused is not named');
  },
);

scenario(
  'ACT-1 AAP-1 AAP-8 AAP-10 an officer copies a call into a new year, changes a rule, tries it on the files of last time and publishes it',
  async (stage) => {
    const page = await stage.as(officer, '/programme/appels');
    await page.getByRole('button', { name: 'Nouvel appel' }).click();
    const title = `Appel d’essai ${Date.now() % 100_000}`;
    // Others begin calls too: the newest is not always that of this year.
    const thisYear = new RegExp(`SIP ${new Date().getFullYear()}$`);
    await panel(page).getByRole('combobox', { name: 'À partir de' }).click();
    await page.getByRole('option', { name: thisYear }).click();
    await panel(page).getByLabel('Titre').fill(title);
    await panel(page).getByRole('button', { name: 'Copier et modifier' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByLabel('Places', { exact: true }).fill('3');
    await page.getByRole('tab', { name: 'Conditions' }).click();
    await page.getByLabel('Condition', { exact: true }).first().fill('Projet de santé validé par l’ARS');
    await page.getByText('Essayer sur des dossiers').click();
    await page.getByLabel('De l’appel').first().click();
    await page.getByRole('option', { name: new RegExp(`SIP ${new Date().getFullYear()} `) }).click();
    await page.getByRole('region', { name: 'Ce que l’appel répondrait' }).getByText('MSP d’Iroise-Nord').waitFor();
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
    await page.getByText('Brouillon enregistré').waitFor();
    await page.getByRole('button', { name: 'Publier la version 1' }).click();
    await said(page, 'Version 1 publiée.');
    await page.getByText('Projet de santé validé par l’ARS').first().waitFor();
  },
);

scenario(
  'ACT-1 AAP-1 AAP-3 an officer begins a call from a blank frame, without a flaw, and publishes it; a second press of Enter makes no second draft',
  async (stage) => {
    const page = await stage.as(officer, '/programme/appels', { viewport: telephone });
    await page.getByRole('button', { name: 'Nouvel appel' }).click();
    await panel(page).getByText('Cadre vierge').click();
    const title = `Appel vierge ${Date.now() % 100_000}`;
    await panel(page).getByLabel('Titre').fill(title);
    assert.deepEqual(await misfits(page), []);
    await panel(page).getByLabel('Titre').press('Enter');
    await panel(page)
      .getByLabel('Titre')
      .press('Enter', { timeout: 500 })
      .catch(() => undefined);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByLabel('Places', { exact: true }).fill('3');
    await page
      .getByText(/Le texte dit « Dix équipes », et l’appel a 3 places/)
      .first()
      .waitFor();
    await page.getByLabel('Ce que le texte en dit').fill('Trois équipes sont retenues.');
    await page.getByText(/Le texte dit/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Publier la version 1' }).click();
    await said(page, 'Version 1 publiée.');
    await page.goto('/programme/appels');
    await page.getByRole('row', { name: new RegExp(title) }).waitFor();
    assert.equal(await page.getByRole('row', { name: new RegExp(title) }).count(), 1);
  },
);

scenario('AAP-8 AAP-10 on a telephone the issue of each team is read in the ranking without sliding', async (stage) => {
  const page = await stage.as(officer, `/programme/dossiers/classement?appel=${underReview}`, { viewport: telephone });
  const rows = page.getByRole('table', { name: 'Classement des équipes éligibles' }).getByRole('row');
  await rows.nth(1).waitFor();
  const issue = /^(retenue|à départager|liste d’attente)$/;
  for (const row of (await rows.all()).slice(1)) {
    const box = (await row.getByText(issue).filter({ visible: true }).boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= telephone.width, (await row.textContent()) ?? undefined);
  }
  await page.setViewportSize(desk);
  await page.getByRole('columnheader', { name: 'Issue' }).waitFor();
  assert.equal(await rows.nth(1).getByText(issue).filter({ visible: true }).count(), 1);
});

scenario(
  'ACT-2 ACT-3 ACT-5 ACT-6 a vendor, a partner, a consultant and the GCS find their own page, the calls, and no way to a patient or a file',
  async (stage) => {
    const rails = [
      ['florian.weber', /Vous proposez et installez/, ['Devis', 'Cahiers', 'Demandes']],
      ['annaig.pogam', /Vous apportez un appui/, ['Projets', 'Parcours', 'Demandes']],
      [
        'berengere.salou',
        /Vous accompagnez les équipes retenues/,
        ['Projets', 'Carte', 'Parcours', 'Modèles', 'Demandes'],
      ],
      [
        'corentin.le-dantec',
        /Vous portez l’appui/,
        ['Projets', 'Carte', 'Parcours', 'Modèles', 'Budget', 'Demandes', 'Envois'],
      ],
    ] as const;
    for (const [login, words, own] of rails) {
      const page = await stage.as(login, '/');
      await page.getByText(words).waitFor();
      const rail = page.getByRole('navigation', { name: 'Navigation principale' });
      assert.deepEqual(
        await rail
          .getByRole('link')
          .evaluateAll((links) => links.map((link) => link.textContent?.replace(/\d/g, '').trim()).filter(Boolean)),
        ['Accueil', 'Appels', ...own],
      );
      await page.goto('/patients');
      await page
        .getByRole('heading', { name: 'Vos droits n’ouvrent pas cette page' })
        .or(page.getByText('Chercher un patient'))
        .first()
        .waitFor();
      await page.goto(`/programme/dossiers?appel=${underReview}`);
      assert.equal(await page.getByText('MSP d’Iroise-Nord').count(), 0);
    }
  },
);
