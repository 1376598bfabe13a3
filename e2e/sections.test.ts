/** Sections: written by the team, filled in the record, seen by the others. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { newPatient, panel, recordShown } from './people.ts';

scenario('DOS-8 a coordinator writes a section with points and a condition, tries it, puts it in use; a nurse fills it at once, the physician reads its score in the record', async (stage) => {
  const desk = await stage.as('tristan.le-corre', '/volets');
  await desk.getByRole('button', { name: 'Écrire un volet' }).click();
  const title = `Suivi de pansement ${Date.now()}`;
  await desk.getByLabel('Titre', { exact: true }).fill(title);
  await desk.getByRole('button', { name: /Ajouter dans/ }).first().click();
  await desk.getByRole('menuitem', { name: 'Un choix', exact: true }).click();
  const question = desk.getByRole('textbox', { name: 'Texte : un choix' });
  await question.fill('Aspect de la plaie');
  await desk.getByRole('button', { name: 'Régler : Aspect de la plaie' }).click();
  await desk.getByLabel('Réponses, une par ligne').fill('Propre = 0\nFibrineuse = 2\nNécrotique = 4');
  await desk.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await desk.getByRole('menuitem', { name: 'Score : somme de points' }).click();
  await desk.getByRole('textbox', { name: 'Texte : score' }).fill('Gravité');
  await desk.getByRole('button', { name: 'Régler : Gravité' }).click();
  await desk.getByRole('combobox', { name: 'Additionne les points de' }).click();
  await desk.getByRole('option', { name: 'Aspect de la plaie' }).click();
  await desk.keyboard.press('Escape');
  await desk.getByLabel('Ce que le score veut dire').fill('0 = Favorable (vert)\n3 = Défavorable (rouge)');
  const trial = desk.getByRole('region', { name: 'Essai', exact: true });
  await trial.getByRole('radio', { name: 'Nécrotique' }).click();
  await trial.getByText('Défavorable').waitFor();
  await desk.getByRole('button', { name: 'Mettre en service' }).click();
  await desk.getByText(/est en service, édition 1\.0/).waitFor();

  const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
  const patient = await newPatient(one, { team: [other] });
  const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
  await recordShown(nurse, patient.name);
  await nurse.keyboard.press('f');
  await panel(nurse).getByLabel('Chercher un volet').fill(title);
  await panel(nurse).getByRole('button', { name: title }).click();
  await panel(nurse).getByRole('radio', { name: 'Fibrineuse' }).click();
  await panel(nurse).getByRole('status', { name: 'Scores' }).getByText('Favorable', { exact: true }).waitFor();
  await panel(nurse).getByRole('radio', { name: 'Nécrotique' }).click();
  await panel(nurse).getByRole('status', { name: 'Scores' }).getByText('Défavorable').waitFor();
  await panel(nurse).getByRole('button', { name: /^Signer/ }).click();
  await nurse.getByText(`« ${title} » signé.`).waitFor();

  const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
  await recordShown(doctor, patient.name);
  const line = doctor.locator('#historique').getByText(title).first();
  await line.waitFor();
  await line.click();
  await panel(doctor).getByText(/Aspect de la plaie : Nécrotique/).first().waitFor();
  await panel(doctor).getByRole('button', { name: 'Corriger' }).click();
  assert.equal(await panel(doctor).getByRole('radio', { name: 'Nécrotique' }).getAttribute('aria-checked'), 'true');
});
