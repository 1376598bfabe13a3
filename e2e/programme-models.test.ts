import assert from 'node:assert/strict';
import { scenario, telephone } from './harness.ts';
import { panel, said } from './people.ts';

const officer = 'maiwenn.kerdoncuff';
const consultant = 'berengere.salou';
const mark = () => Date.now().toString(36);
interface Line {
  id: string;
  team: string;
  state: string;
}

scenario(
  'REC-5 REC-4 an officer adds a clause to the model and publishes it; a project that has begun is offered it, reads what changes and takes it; its consultant then adapts it for that project alone, by keyboard',
  async (stage) => {
    const title = `Sortie de crise ${mark()}`;
    const page = await stage.as(officer, '/programme/appels');
    await page
      .getByRole('navigation', { name: 'Navigation principale' })
      .getByRole('link', { name: 'Modèles' })
      .click();
    await page.getByRole('row', { name: /Clauses du contrat/ }).click();
    await page.getByRole('heading', { level: 1, name: /Clauses du contrat/ }).waitFor();
    await page.getByRole('button', { name: 'Modifier', exact: true }).click();
    await page.getByRole('button', { name: 'Ajouter une clause' }).click();
    const publish = page.getByRole('region', { name: /^Publier l’édition/ });
    await publish.getByText(/n’a pas de titre/).waitFor();
    await page.getByLabel('Titre', { exact: true }).fill(title);
    await page.getByLabel('Pourquoi elle compte').fill('Une panne longue ne doit pas fermer la maison de santé.');
    await publish.getByText(title).waitFor();
    // Kept in this tab, though nothing is saved yet.
    await page.reload();
    await publish.getByText(title).waitFor();
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
    await page.getByText(/^enregistré par Maïwenn Kerdoncuff/).waitFor();
    const words = publish.getByLabel('Ce qui change, en une phrase');
    if (await words.count()) await words.fill('Une clause de continuité, demandée par deux équipes.');
    await publish.getByRole('button', { name: /^Publier l’édition/ }).click();
    await said(page, /Édition \d+ publiée/);
    await page.getByRole('region', { name: 'Éditions' }).getByText('en vigueur').waitFor();

    const hand = await stage.hand(consultant);
    const { projects } = (await hand.send('GET', '/api/programme/projects')) as { projects: Line[] };
    const aulne = projects.find(({ team, state }) => /Aulne/.test(team) && state === 'open')!;
    const own = await stage.as(consultant, `/programme/projets/${aulne.id}?onglet=choix&vue=contrat`);
    const model = own.getByRole('region', { name: 'Clauses du contrat', exact: true });
    await model.getByText(/La région propose l’édition/).waitFor();
    await own.getByRole('region', { name: 'Réversibilité' }).waitFor();
    assert.equal(await own.getByRole('region', { name: title }).count(), 0, 'nothing changes until it is taken');
    await model.getByRole('button', { name: 'Voir ce qui change' }).click();
    await model.getByText(title).waitFor();
    await model.getByRole('button', { name: 'Prendre cette édition' }).click();
    await own.getByRole('region', { name: title }).waitFor();
    await own.getByText(/^Absentes du contrat : .*Réversibilité/).waitFor();

    await model.getByRole('button', { name: 'Adapter' }).focus();
    await own.keyboard.press('Enter');
    assert.equal(
      await panel(own).getByRole('button', { name: 'Retirer : Réversibilité' }).isDisabled(),
      true,
      'a clause that was read stays',
    );
    await panel(own)
      .getByRole('button', { name: new RegExp(title), expanded: false })
      .focus();
    await own.keyboard.press('Enter');
    await panel(own).getByLabel('Titre', { exact: true }).fill(`${title} de l’Aulne`);
    await own.keyboard.press('Control+Enter');
    await said(own, 'Clauses du contrat : adapté ici.');
    await model.getByText('propre à ce projet').waitFor();
    await own.getByRole('region', { name: `${title} de l’Aulne` }).waitFor();
    await page.reload();
    await page.getByText(title, { exact: true }).first().waitFor();
  },
  { timeout: 180_000 },
);

scenario(
  'PRJ-4 PRJ-2 an officer chooses the days of reminders for the region; a consultant, on a telephone, chooses others for one questionnaire and undoes it',
  async (stage) => {
    const page = await stage.as(officer, '/programme/modeles');
    const days = page.getByRole('group', { name: 'Sondage de dates, avant le dernier jour' });
    const five = days.getByRole('checkbox', { name: '5 j' });
    const was = await five.isChecked();
    await five.setChecked(!was);
    await page.getByRole('button', { name: 'Enregistrer les jours' }).click();
    await said(page, 'Jours de relance enregistrés.');
    await page.getByRole('button', { name: 'Enregistrer les jours' }).and(page.locator(':disabled')).waitFor();
    assert.equal(await five.isChecked(), !was);

    const hand = await stage.hand(consultant);
    const { projects } = (await hand.send('GET', '/api/programme/projects')) as { projects: Line[] };
    const abers = projects.find(({ team, state }) => /Abers/.test(team) && state === 'open')!;
    const { version } = (await hand.send('GET', `/api/programme/projects/${abers.id}/needs`)) as { version: number };
    await hand.send('PUT', `/api/programme/projects/${abers.id}/needs/reminders`, { seen: version, days: [7, 2] });
    const own = await stage.as(consultant, `/programme/projets/${abers.id}?onglet=besoins`, {
      viewport: telephone,
      hasTouch: true,
    });
    const opening = own.getByRole('region', { name: 'Ouverture' });
    await opening.getByRole('switch', { name: 'Relances automatiques' }).and(own.locator(':checked')).waitFor();
    await opening.getByRole('button', { name: 'Choisir les jours' }).click();
    const chosen = opening.getByRole('group', { name: 'Jours avant la fin' });
    await chosen.getByRole('checkbox', { name: '3 j', exact: true }).check();
    await opening.getByRole('button', { name: 'Enregistrer ces jours' }).click();
    await opening.getByText(/7, 3 et 2 jours avant le/).waitFor();
    await own
      .getByRole('alert')
      .filter({ hasText: 'Relances automatiques' })
      .getByRole('button', { name: 'Annuler' })
      .click();
    await opening.getByText(/7 et 2 jours avant le/).waitFor();
  },
);

scenario(
  'POL-6 ACT-4 a coordinator reads the outline of their health project and prints it; only ARS and the consultant adapt it',
  async (stage) => {
    const page = await stage.as('pauline.gauthier', '/programme/parcours');
    await page.getByRole('row', { name: /Vilaine/ }).click();
    await page.getByRole('tab', { name: 'Projet de santé' }).click();
    const outline = page.getByRole('region', { name: /^Plan du projet de santé/ });
    await outline.getByText('modèle fourni').waitFor();
    assert.equal(await outline.getByRole('button', { name: 'Adapter' }).count(), 0);
    const address = (await outline.getByRole('link', { name: /Imprimer/ }).getAttribute('href'))!;
    const pdf = await page.request.get(address);
    assert.deepEqual([pdf.status(), pdf.headers()['content-type']], [200, 'application/pdf']);
  },
);
