/** The regional programme: what is open to all. */
import { scenario } from './harness.ts';

scenario('AAP-5 AAP-9 AAP-10 FIN-8 a coordinator without an account is told why the team is not eligible in 2021 and that it is in 2024, and sees the money line by line', async (stage) => {
  const page = await stage.nobody();
  await page.goto('/connexion');
  await page.getByRole('link', { name: 'Simuler un financement régional' }).click();
  await page.getByRole('heading', { name: /peut-elle candidater/ }).waitFor();
  await page.getByRole('combobox', { name: 'Appel à candidatures' }).or(page.getByLabel('Appel à candidatures')).first().click();
  await page.getByRole('option', { name: /2021/ }).click();
  for (const [profession, count] of [['Médecin', 3], ['Infirmier', 4], ['Infirmier Asalée', 1], ['Masseur-kinésithérapeute', 2], ['Secrétaire médical', 1], ['Coordinateur', 1]] as const) {
    const box = page.getByLabel(profession, { exact: true });
    await box.fill(String(count));
    await box.blur();
  }
  const price = page.getByLabel('Abonnement au logiciel, par mois et par personne');
  await price.fill('42');
  await price.blur();
  const money = page.getByRole('region', { name: 'Financement' });
  await money.getByText('10 940,00 €').first().waitFor();
  const say = (question: string, answer: string) => page.getByRole('radiogroup', { name: question }).getByText(answer, { exact: true }).click();
  await say('Le projet de santé est écrit', 'Oui');
  await say('L’ARS l’a validé', 'Oui');
  await page.getByLabel('Date de validation').fill('10/06/2020');
  await page.getByLabel('Date de validation').blur();
  await say('L’équipe choisit un logiciel labellisé', 'Oui');
  await say('L’équipe est signataire de l’ACI', 'Oui');
  const verdict = page.getByRole('region', { name: 'Éligibilité' });
  await verdict.getByText('Votre équipe ne peut pas candidater en l’état').waitFor();
  await verdict.getByText(/bénéficie déjà de l’ACI/).waitFor();
  await page.getByLabel('Appel à candidatures').first().click();
  await page.getByRole('option', { name: /2024/ }).click();
  await say('Un coordinateur est en poste', 'Oui');
  await verdict.getByText('Votre équipe peut candidater').waitFor();
  await money.getByText(/ne publie pas ses montants/).waitFor();
  // The address holds the answers: sent to a colleague, it shows the same.
  const other = await stage.nobody();
  await other.goto(page.url());
  await other.getByText('Votre équipe peut candidater').waitFor();
});
