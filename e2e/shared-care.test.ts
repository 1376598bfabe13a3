/** What changed since I last looked, the plan in the patient's words, an opinion from its question to its answer. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'COO-10 the physician sees first what needs her: the allergy that the nurse wrote, marks the patient as seen and takes it back',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    await soizic.send('POST', `/api/patients/${patient.id}/measures`, { values: [{ code: '29463-7', value: 64 }] });
    await soizic.send('POST', `/api/patients/${patient.id}/allergies`, {
      label: 'Latex',
      criticality: 'high',
      kindOfReaction: 'allergy',
    });
    const page = await stage.as('anne.kermarrec', '/coordination/nouveautes');
    const item = page.getByRole('listitem').filter({ hasText: patient.name }).first();
    const lines = item.getByRole('listitem');
    await lines.nth(1).waitFor();
    assert.match((await lines.nth(0).textContent()) ?? '', /Allergie.*Latex/);
    assert.match((await lines.nth(1).textContent()) ?? '', /64/);
    await item.getByRole('button', { name: /marquer comme vues/ }).click();
    await item.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Annuler' }).click();
    await item.waitFor();
    await lines.nth(0).getByRole('link').click();
    await recordShown(page, patient.name);
    await panel(page).getByText('Latex').first().waitFor();
    await page.goto('/coordination/nouveautes');
    await page.getByRole('heading', { name: 'Nouveautés' }).waitFor();
    await item.waitFor({ state: 'detached' });
  },
);

scenario(
  'COO-6 the plan is written with the patient’s own words from the keyboard, and fits the page that she takes home',
  async (stage) => {
    const soizic = await stage.hand('soizic.abgrall');
    const patient = await newPatient(soizic);
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('b');
    await panel(page).getByRole('heading', { name: 'Plan personnalisé de santé' }).waitFor();
    await panel(page).getByLabel('Objectif 1, avec ses mots').fill('Retourner danser le samedi');
    await panel(page).getByRole('button', { name: 'Ajouter une action' }).click();
    await panel(page).getByLabel('Ce qui sera fait').fill('Marcher une demi-heure');
    await panel(page).getByLabel('Quand').fill('un jour sur deux');
    await panel(page).getByLabel('Revoir le plan ensemble le').fill('+3m');
    await panel(page).getByText('Oral', { exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await said(page, 'Plan personnalisé de santé enregistré.');
    await card(page, 'Plan de santé (PPS)').getByText('Retourner danser le samedi').waitFor();
    await card(page, 'Plan de santé (PPS)').getByRole('link', { name: 'Page que le patient emporte' }).click();
    const sheet = page.getByRole('article');
    await sheet.getByText('« Retourner danser le samedi »').waitFor();
    await sheet.getByRole('row', { name: /Marcher une demi-heure Moi un jour sur deux/ }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, 1, 'one A4 page');
  },
);

scenario(
  'DOS-15 the physician asks the nurse with a part of the record; the answer comes back beside the question without reloading',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Ulcère de la malléole' });
    const asker = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(asker, patient.name);
    await asker.keyboard.press('q');
    const form = panel(asker);
    await form.getByRole('heading', { name: 'Demander un avis' }).waitFor();
    await form.getByRole('combobox', { name: 'À qui' }).or(form.getByLabel('À qui')).first().click();
    await asker.getByRole('option', { name: /Soizic Abgrall/ }).click();
    await form.getByRole('textbox', { name: 'Question' }).fill('Quel pansement conseillez-vous ?');
    await form.getByText('Problèmes').click();
    await form.getByLabel(/Ulcère de la malléole/).check();
    await asker.keyboard.press('Control+Enter');
    await said(asker, 'Demande envoyée à Soizic Abgrall.');
    await card(asker, 'Avis et adressages').getByText('Quel pansement conseillez-vous ?').waitFor();

    const nurse = await stage.as('soizic.abgrall', '/coordination/avis');
    await nurse.getByRole('button', { name: /Quel pansement conseillez-vous/ }).click();
    await panel(nurse)
      .getByRole('link', { name: /Ulcère de la malléole/ })
      .waitFor();
    await asker.goto('/coordination/avis?vue=demandes');
    const line = asker.getByRole('button', { name: /Quel pansement conseillez-vous/ });
    await line.waitFor();
    await panel(nurse).getByLabel('Votre réponse').fill('Un hydrocellulaire, et la compression à poursuivre.');
    await panel(nurse).getByRole('button', { name: 'Répondre' }).click();
    await said(nurse, 'Réponse envoyée');
    await line.getByText('Un hydrocellulaire').waitFor();
    await line.click();
    await panel(asker).getByRole('button', { name: 'J’ai lu la réponse' }).click();
    await line.waitFor({ state: 'detached' });
  },
);

scenario(
  'DOS-15 the physician asks a cardiologist outside of the practice, writes the letter, which stays tied to the question, and notes the answer beside it',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('q');
    const form = panel(page);
    await form.getByRole('heading', { name: 'Demander un avis' }).waitFor();
    await form.getByText('Hors de la structure', { exact: true }).click();
    await form.getByRole('textbox', { name: 'Nom', exact: true }).fill('Dr Hervé Toularastel');
    await form.getByRole('textbox', { name: 'Profession ou service' }).fill('Cardiologue');
    await form.getByRole('textbox', { name: 'Question' }).fill('Faut-il une échographie ?');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Demande à Dr Hervé Toularastel notée');
    await page.getByRole('heading', { level: 1, name: 'Courrier à Dr Hervé Toularastel' }).waitFor();
    await page.getByRole('region', { name: 'Destinataires' }).getByText('Cardiologue').waitFor();
    assert.match(
      await page.getByRole('textbox', { name: 'Texte' }).inputValue(),
      /Faut-il une échographie \?[\s\S]*## Traitements en cours/,
    );
    const asked = async () => {
      await page.goto(`/patients/${patient.id}`);
      await card(page, 'Avis et adressages')
        .getByRole('button', { name: /Faut-il une échographie/ })
        .click();
    };
    await page.getByRole('textbox', { name: 'Texte' }).fill('Madame, Monsieur, faut-il une échographie ?');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Courrier signé.');
    await page.getByRole('button', { name: 'Noter : imprimé, remis, posté' }).waitFor();
    await asked();
    await panel(page).getByText('Courrier à envoyer').waitFor();
    await panel(page).getByRole('list', { name: 'Courriers de cette demande' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Noter : imprimé, remis, posté' }).click();
    await page.getByRole('menuitem', { name: 'Posté, Dr Hervé Toularastel' }).click();
    await said(page, 'Noté : posté.');
    await asked();
    await panel(page).getByText('En attente de réponse').waitFor();
    await panel(page)
      .getByRole('list', { name: 'Courriers de cette demande' })
      .getByText(/^envoyé le/)
      .waitFor();
    await panel(page).getByRole('textbox', { name: 'Réponse de Dr Hervé Toularastel' }).fill('Oui, dans le mois.');
    await panel(page).getByRole('button', { name: 'Noter la réponse' }).click();
    await said(page, 'Réponse notée');
    await panel(page).getByText('Réponse notée par vous').waitFor();
  },
);

scenario('COO-6 COO-10 DOS-15 SEC-3 the secretary finds neither plan, nor news, nor opinion', async (stage) => {
  const page = await stage.as('maryvonne.pellen', '/patients/pat-jean-kerleau');
  await page.getByRole('heading', { level: 1, name: /KERLEAU/i }).waitFor();
  assert.equal(await card(page, 'Plan de santé (PPS)').count(), 0);
  assert.equal(await card(page, 'Avis et adressages').count(), 0);
  await page.goto('/patients/pat-jean-kerleau/pps');
  await page.getByText('Vos droits n’ouvrent pas cette page').waitFor();
  await page.goto('/coordination/avis');
  await page.getByText('Vos droits n’ouvrent pas cette page').waitFor();
  for (const path of [
    '/api/patients/pat-jean-kerleau/care-plan',
    '/api/opinions',
    '/api/patients/pat-jean-kerleau/opinions',
  ])
    assert.equal((await page.request.get(path)).status(), 403, path);
  assert.deepEqual((await (await page.request.get('/api/changes')).json()).patients, []);
});
