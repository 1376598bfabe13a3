/** The money of projects: quotes above the ceiling, the agreement and its payments, a vendor's own page, the budget of a call. */
import assert from 'node:assert/strict';
import { wordsOf } from '../src/platform/pdf/pdf-words-for-tests.ts';
import { type Page, scenario } from './harness.ts';
import { panel } from './people.ts';

const consultant = 'berengere.salou';
const officer = 'maiwenn.kerdoncuff';
const vendor = 'florian.weber';
/** Spaces of amounts are narrow ones. */
const amount = (text: string) => new RegExp(text.replaceAll(' ', '\\s'));
const figure = (page: Page, text: string) =>
  page.getByRole('region', { name: 'Montants' }).getByText(amount(text)).first().waitFor();
async function money(page: Page, team: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(team) }).click();
  await page.getByRole('tab', { name: 'Argent' }).click();
  await page.getByRole('region', { name: 'Montants' }).waitFor();
}

scenario(
  'FIN-4 FIN-6 FIN-7 FIN-8 PRJ-5 PRJ-6 a consultant validates quotes above the ceiling: the ceiling applies, refused lines say why; the officer issues the agreement, signs it, and 80 % is ordered',
  async (stage) => {
    const page = await stage.as(consultant, '/programme/projets');
    await money(page, 'Aulne');
    const quote = page.getByRole('article', { name: /Abeille Santé/ });
    // What the call never pays for is told before anyone decides.
    await quote.getByText('Les abonnements des médecins ne sont pas financés.').waitFor();
    await quote.getByText(/^Le matériel n’est pas financé/).waitFor();
    await quote.getByText(/antérieure à l’année de l’appel/).waitFor();
    await quote.getByText('Abonnements non financés : l’équipe est déjà dans l’ACI.').waitFor();
    await quote.getByRole('button', { name: 'Refuser : Formation par profession' }).click();
    await panel(page).getByLabel('Motif du refus').fill('La formation est déjà financée par ailleurs.');
    await page.keyboard.press('Control+Enter');
    await quote.getByText(/Refusée par Bérengère Salou : La formation est déjà financée par ailleurs/).waitFor();
    await quote.getByRole('button', { name: 'Valider les 2 lignes' }).click();
    await page.getByText(amount('dépassent le plafond')).waitFor();
    await page.getByText(amount('L’équipe prend 1 138,56 € à sa charge')).waitFor();
    await figure(page, '4 800,00 €');
    // Taken back, and validated again.
    await page
      .getByRole('button', { name: /^Annuler/ })
      .last()
      .click();
    await quote.getByRole('button', { name: 'Valider les 2 lignes' }).click();
    await page.getByText(amount('dépassent le plafond')).waitFor();
    await page.getByRole('button', { name: 'Établir le récapitulatif des devis validés' }).click();
    await page.getByText(/Récapitulatif .*-DEVIS1 établi/).waitFor();
    await page.getByRole('tab', { name: 'Documents' }).click();
    await page.getByRole('link', { name: 'Devis validés' }).waitFor();

    const ars = await stage.as(officer, '/programme/projets');
    await money(ars, 'Aulne');
    await ars.getByRole('button', { name: 'Établir la convention' }).click();
    await panel(ars).getByText(amount('3 840,00 € \\(80 %\\)')).waitFor();
    await panel(ars)
      .getByRole('button', { name: /Établir la convention/ })
      .click();
    await ars.getByText(/Convention .*-CONV1 établie et envoyée/).waitFor();
    // The consultant sees it without asking, and nothing of the quotes moves any more.
    await page.getByRole('tab', { name: 'Argent' }).click();
    await page.getByRole('link', { name: /-CONV1/ }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Ne plus le retenir' }).count(), 0);
    await ars.getByRole('button', { name: 'Enregistrer la signature' }).click();
    await panel(ars).getByLabel('Pour l’Agence').fill('Maïwenn Kerdoncuff');
    await panel(ars)
      .getByRole('button', { name: /Enregistrer la signature/ })
      .click();
    const balance = ars.getByText('Il manque le procès-verbal d’achèvement.');
    await balance.waitFor();
    assert.ok(await ars.getByRole('button', { name: 'Ordonner le versement 2' }).isDisabled());
    await ars.getByRole('button', { name: 'Ordonner le versement 1' }).click();
    await panel(ars).getByLabel('Référence comptable, facultative').fill('MD-AULNE-1');
    await panel(ars)
      .getByRole('button', { name: /Ordonner le versement/ })
      .click();
    await ars.getByText('Versement ordonné.').waitFor();
    await figure(ars, '3 840,00 €');
    await ars.getByText(/réf\. MD-AULNE-1/).waitFor();
  },
);

scenario(
  'ACT-5 FIN-4 a vendor reads what a team asks, imports a quote from a spreadsheet, is told which line is wrong, and sees nothing of the project',
  async (stage) => {
    const page = await stage.as(vendor, '/programme/devis');
    const asked = page.getByRole('region', { name: 'Pôle de santé de Combourg' });
    await asked.getByText(/Logiciel labellisé pour/).waitFor();
    await asked.getByRole('button', { name: /Importer un devis/ }).click();
    const csv =
      'Fournisseur;Numéro;Date;Libellé;Genre;Quantité;Prix unitaire HT;TVA\r\nLogiciels du Ponant;LP-77;15/10/2026;Licence;Licence;1;1 450,00;20 %\r\nLogiciels du Ponant;LP-77;15/10/2026;Formation;Formation;deux;620;20\r\n';
    await panel(page)
      .getByLabel('Fichier de devis')
      .setInputFiles({ name: 'devis.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await panel(page).getByText('devis.csv : 1 ligne lue, 1 ligne rejetée.').waitFor();
    await panel(page)
      .getByText(/Ligne 3 : Quantité non comprise/)
      .waitFor();
    assert.equal(await asked.getByRole('article').count(), 0, 'nothing is kept before one says so');
    await panel(page)
      .getByRole('button', { name: /Enregistrer le devis/ })
      .click();
    await asked.getByRole('article', { name: 'Devis LP-77' }).getByText(amount('1 740,00 €')).first().waitFor();
    // Its next version, line by line.
    await asked.getByRole('button', { name: 'Changer' }).click();
    await panel(page).getByRole('button', { name: 'Ajouter une ligne' }).click();
    await panel(page).getByLabel('Libellé, ligne 2').fill('Formation de l’équipe');
    await panel(page).getByRole('textbox', { name: 'Quantité' }).last().fill('2,5');
    await panel(page).getByRole('textbox', { name: 'Prix unitaire HT' }).last().fill('620');
    await panel(page).getByText(amount('3 600,00 €')).waitFor();
    await panel(page)
      .getByRole('button', { name: /Enregistrer la version/ })
      .click();
    await asked.getByText('version 2').waitFor();
    // The consultant has it at once; the vendor has no other door.
    const other = await stage.as(consultant, '/programme/projets');
    await money(other, 'Combourg');
    await other.getByRole('article', { name: /LP-77/ }).getByText('saisi par l’éditeur').waitFor();
    const project = new URL(other.url()).pathname;
    await page.goto(project);
    await page.getByText(/n’existe pas ou n’est pas accessible/).waitFor();
    assert.equal(await page.getByText('LP-77').count(), 0);
  },
);

scenario(
  'SEC-11 SEC-12 PRJ-5 a new version of a quote that comes while one types takes nothing away: both are shown, what was typed is there again, and goes over it only on purpose',
  async (stage) => {
    const hand = await stage.hand(vendor);
    const mine = async () =>
      (await hand.send('GET', '/api/programme/asked')).asked.find(
        ({ team }: { team: string }) => team === 'Pôle de santé de Combourg',
      );
    const { project } = await mine();
    const number = `LP-${Date.now() % 1_000_000}`;
    const written = {
      vendor: 'Logiciels du Ponant',
      number,
      dated: new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }),
      note: '',
    };
    const licence = { label: 'Licence', kind: 'licence', quantity: 1000, unitCents: 100_000, vat: 2000, spentOn: null };
    const { ids } = await hand.send('POST', `/api/programme/projects/${project}/quotes`, {
      quotes: [{ ...written, lines: [licence] }],
    });
    const page = await stage.as(vendor, '/programme/devis');
    const asked = page.getByRole('region', { name: 'Pôle de santé de Combourg' });
    const quote = asked.getByRole('article', { name: `Devis ${number}` });
    await quote.getByRole('button', { name: 'Changer' }).click();
    const note = panel(page).getByLabel('Remarque');
    await note.fill('Remise de 5 % jusqu’à Noël');
    await panel(page).getByText('Brouillon conservé').waitFor();
    // The same person, at another desk.
    await hand.send('PUT', `/api/programme/projects/${project}/quotes/${ids[0]}`, {
      seen: 1,
      quote: { ...written, lines: [{ ...licence, label: 'Licence, dix postes', unitCents: 90_000 }] },
    });
    const both = panel(page).getByRole('region', { name: 'Deux versions' });
    await both.getByText('Licence, dix postes').waitFor();
    await both.getByRole('cell', { name: 'Remise de 5 % jusqu’à Noël' }).waitFor();
    assert.equal(await note.inputValue(), 'Remise de 5 % jusqu’à Noël');
    await page.keyboard.press('Escape');
    await both.waitFor({ state: 'detached' });
    await quote.getByText('version 2').waitFor();
    await page.reload();
    await quote.getByRole('button', { name: 'Changer' }).click();
    await both.waitFor();
    await panel(page).getByText('Brouillon retrouvé').waitFor();
    assert.equal(await note.inputValue(), 'Remise de 5 % jusqu’à Noël');
    await both.getByRole('button', { name: 'Enregistrer ma version' }).click();
    await quote.getByText('version 3').waitFor();
    assert.equal(
      (await mine()).quotes.find(({ id }: { id: string }) => id === ids[0]).note,
      'Remise de 5 % jusqu’à Noël',
    );
  },
);

scenario(
  'ACT-5 FIN-4 FIN-8 PRJ-6 a vendor types a discount as a line below zero; the consultant cannot refuse it while what it lowers is validated; the amount and the words of the agreement have it to the cent',
  async (stage) => {
    const number = `LP-R${Date.now() % 1_000_000}`;
    const page = await stage.as(vendor, '/programme/devis');
    const asked = page.getByRole('region', { name: 'Pôle de santé de Combourg' });
    await asked.getByRole('button', { name: 'Saisir un devis' }).click();
    await panel(page).getByLabel('Fournisseur').fill('Logiciels du Ponant');
    await panel(page).getByLabel('Numéro du devis').fill(number);
    await panel(page).getByLabel('Date du devis').fill('auj');
    const type = async (line: number, label: string, price: string) => {
      await panel(page).getByLabel(`Libellé, ligne ${line}`).fill(label);
      await panel(page).getByRole('textbox', { name: 'Prix unitaire HT' }).last().fill(price);
    };
    await type(1, 'Licence annuelle', '1 450,50');
    await panel(page).getByRole('button', { name: 'Ajouter une ligne' }).click();
    // More than the whole is no quote; what is wrong is said while everything typed stays.
    await type(2, 'Remise de lancement', '-1 450,51');
    const save = panel(page).getByRole('button', { name: /Enregistrer le devis/ });
    await save.click();
    await panel(page).getByText('les remises dépassent le total des autres lignes', { exact: true }).waitFor();
    await type(2, 'Remise de lancement', '-145,05');
    await panel(page).getByText(amount('1 566,54 €')).waitFor();
    await save.click();
    const quote = asked.getByRole('article', { name: `Devis ${number}` });
    await quote.getByText('Licence, remise').waitFor();
    await quote.getByRole('cell', { name: amount('[-−]\\s?174,06 €') }).waitFor();

    const other = await stage.as(consultant, '/programme/projets');
    await money(other, 'Combourg');
    const held = other.getByRole('article', { name: new RegExp(number) });
    await held.getByRole('button', { name: 'Retenir ce devis' }).click();
    await held.getByRole('button', { name: 'Valider : Licence annuelle' }).click();
    await held.getByText('Finançable', { exact: true }).waitFor();
    await held.getByRole('button', { name: 'Refuser : Remise de lancement' }).click();
    await panel(other).getByLabel('Motif du refus').fill('La remise est refusée par l’équipe.');
    await other.keyboard.press('Control+Enter');
    await other
      .getByText(/elle compte avec elle/)
      .first()
      .waitFor();
    await other.keyboard.press('Escape');
    await held.getByRole('button', { name: 'Valider : Remise de lancement' }).click();
    await figure(other, '1 566,54 €');

    const ars = await stage.as(officer, '/programme/projets');
    await money(ars, 'Combourg');
    await ars.getByRole('button', { name: 'Établir la convention' }).click();
    await panel(ars).getByText(amount('1 253,23 € \\(80 %\\)')).waitFor();
    await panel(ars)
      .getByRole('button', { name: /Établir la convention/ })
      .click();
    await ars.getByText(/Convention .*-CONV1 établie et envoyée/).waitFor();
    const link = await ars
      .getByRole('link', { name: /-CONV1/ })
      .first()
      .getAttribute('href');
    const paper = await ars.request.get(link!);
    const words = wordsOf(await paper.body()).replace(/\s+/g, ' ');
    for (const part of [
      /Le financement est de 1 566,54 €/,
      new RegExp(`${number} du .* Remise de lancement \\(licence\\) 1 − 174,06 € Total 1 566,54 €`),
    ])
      assert.match(words, part);
  },
);

scenario(
  'FIN-7 FIN-8 the budget of a call is followed live: an envelope under what is engaged raises an alert, and is put back',
  async (stage) => {
    const gcs = await stage.as('corentin.le-dantec', '/programme/budget');
    await gcs.getByRole('row', { name: /Trégor/ }).waitFor();
    assert.equal(await gcs.getByRole('button', { name: 'Changer l’enveloppe' }).count(), 0, 'GCS reads');
    const page = await stage.as(officer, '/programme/budget');
    await page.getByRole('button', { name: 'Changer l’enveloppe' }).click();
    await panel(page).getByLabel('Montant').fill('10 000');
    await panel(page).getByLabel('Motif du changement').fill('Crédits rappelés en cours d’année.');
    await panel(page)
      .getByRole('button', { name: /Enregistrer l’enveloppe/ })
      .click();
    await page.getByText(/Les engagements dépassent l’enveloppe/).waitFor();
    await gcs.getByText(/Les engagements dépassent l’enveloppe/).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Enveloppe remise.').waitFor();
    await page.getByText(/Les engagements dépassent l’enveloppe/).waitFor({ state: 'detached' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: 'Exporter' })
        .click()
        .then(() => page.getByRole('menuitem', { name: 'Versements, CSV' }).click()),
    ]);
    assert.match(download.suggestedFilename(), /^versements-sip-.*\.csv$/);
    await page.getByRole('row', { name: /Trégor/ }).click();
    await page.getByRole('tab', { name: 'Argent', selected: true }).waitFor();
  },
);

scenario(
  'FIN-1 FIN-3 FIN-5 FIN-6 an officer adds an amount for midwives, changes who is paid subscriptions and what is never paid; the preview says it, the draft keeps it',
  async (stage) => {
    const page = await stage.as(officer, '/programme/appels');
    await page.goto('/programme/appels/sip-2021/modifier?partie=montants');
    const amounts = page.getByRole('region', { name: 'Montants par personne' });
    await amounts.getByRole('button', { name: 'Ajouter un montant par profession' }).click();
    await amounts.getByLabel('Professions, montant 2').click();
    await page.getByRole('option', { name: 'Sage-femme' }).click();
    await page.keyboard.press('Escape');
    await amounts.getByLabel('Par personne, montant 2').fill('450');
    await amounts.getByRole('textbox', { name: 'Ce que la ligne dit' }).nth(1).fill('Sages-femmes');
    await page.getByRole('region', { name: 'Abonnements' }).getByLabel('Pour', { exact: true }).first().click();
    await page.getByRole('option', { name: 'les professions paramédicales' }).click();
    await page.getByRole('button', { name: 'Ajouter une dépense jamais payée' }).click();
    const preview = page.getByRole('region', { name: 'Financement' });
    await preview.getByText(amount('450,00 € : Sages-femmes')).waitFor();
    await preview.getByText(/non financé par cet appel/).waitFor();
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
    await page
      .getByText(/Brouillon enregistré/)
      .first()
      .waitFor();
    await page.reload();
    await preview.getByText(amount('450,00 € : Sages-femmes')).waitFor();
  },
);
