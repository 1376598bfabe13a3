/** The project of a team that was chosen: its steps, what blocks them, its people. */
import { scenario } from './harness.ts';
import { panel } from './people.ts';

const officer = 'maiwenn.kerdoncuff';

scenario(
  'PRJ-9 ACT-1 ACT-3 a project goes on step by step: what is missing is named, a file brings it, the step closes and opens again, dates are changed and put back, another is skipped with a reason',
  async (stage) => {
    const page = await stage.as('berengere.salou', '/programme/projets');
    await page.getByRole('row', { name: /Pays de Baud/ }).click();
    const step = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) });
    const now = page.getByRole('region', { name: 'Maintenant' });
    await now.getByText('Déploiement', { exact: true }).waitFor();
    const deployment = step('Déploiement');
    await deployment.getByRole('button', { name: 'Clore l’étape' }).click();
    await page.getByText(/ne peut pas être close. Il manque : compte rendu de suivi/).waitFor();
    await deployment.locator('input[type=file]').setInputFiles({
      name: 'suivi de mars.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.7\n% suivi ${'.'.repeat(80)}\ntrailer\n<<>>\n%%EOF\n`),
    });
    await deployment.getByRole('link', { name: 'suivi de mars.pdf' }).waitFor();
    await now.getByText('Rien ne bloque').waitFor();
    await deployment.getByRole('button', { name: 'Clore l’étape' }).click();
    await deployment.getByText('Close', { exact: true }).waitFor();
    await page.getByRole('button', { name: /Annuler/ }).click();
    await page.getByText('Étape rouverte.').waitFor();
    await deployment.getByText('En cours', { exact: true }).waitFor();
    const closing = step('Procès-verbal d’achèvement');
    await closing.getByRole('button', { name: /Changer les dates/ }).click();
    await panel(page).getByLabel('Fin', { exact: true }).fill('15/09/2035');
    await panel(page)
      .getByRole('button', { name: /Changer les dates/ })
      .click();
    await closing.getByText('dates changées').waitFor();
    await closing.getByRole('button', { name: /Passer l’étape/ }).click();
    await panel(page).getByLabel('Motif').fill('Le procès-verbal a été signé sur papier.');
    await panel(page)
      .getByRole('button', { name: /Passer l’étape/ })
      .click();
    await closing.getByText('Passée', { exact: true }).waitFor();
    await closing.getByText('Motif : Le procès-verbal a été signé sur papier.').waitFor();
    await closing.getByRole('button', { name: /Rouvrir/ }).click();
    await closing.getByText('À venir', { exact: true }).waitFor();
  },
);

scenario(
  'ACT-1 ACT-6 PRJ-9 the officer shares a project with a partner, who reads its steps and nothing else; a project is stopped and taken up again',
  async (stage) => {
    const page = await stage.as(officer, '/programme/projets');
    await page.getByRole('row', { name: /Combourg/ }).click();
    await page.getByRole('tab', { name: 'Personnes' }).click();
    await page.getByRole('region', { name: 'Partenaires' }).getByPlaceholder('Partager avec un partenaire').click();
    await page.getByRole('option', { name: /Pogam/ }).click();
    await page.getByRole('checkbox', { name: 'Étapes' }).and(page.locator(':checked')).waitFor();
    const partner = await stage.as('annaig.pogam', '/programme/projets');
    await partner.getByRole('row', { name: /Combourg/ }).click();
    await partner.getByRole('heading', { level: 3, name: 'Choix du logiciel' }).waitFor();
    if ((await partner.getByRole('tab', { name: 'Documents' }).count()) > 0)
      throw new Error('a partner is shown documents that are not shared');
    await page.getByLabel('Motif').fill('L’équipe se recompose : deux départs.');
    await page.getByRole('button', { name: 'Arrêter le projet' }).click();
    await partner.getByText(/Projet arrêté le .* deux départs/).waitFor();
    await page.getByRole('button', { name: 'Reprendre le projet' }).click();
    await partner.getByText(/Projet arrêté le/).waitFor({ state: 'detached' });
  },
);
