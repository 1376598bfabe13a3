/** Sections: written by the team, filled in the record, seen by the others. */
import assert from 'node:assert/strict';
import { scenario, telephone } from './harness.ts';
import { newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'DOS-8 a coordinator writes a section with points and a condition, tries it, puts it in use; a nurse fills it at once, the physician reads its score in the record',
  async (stage) => {
    const desk = await stage.as('tristan.le-corre', '/volets');
    await desk.getByRole('button', { name: 'Écrire un volet' }).click();
    const title = `Suivi de pansement ${Date.now()}`;
    await desk.getByLabel('Titre', { exact: true }).fill(title);
    await desk
      .getByRole('button', { name: /Ajouter dans/ })
      .first()
      .click();
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
    await panel(nurse)
      .getByRole('button', { name: /^Signer/ })
      .click();
    await nurse.getByText(`« ${title} » signé.`).waitFor();

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    const line = doctor.locator('#historique').getByText(title).first();
    await line.waitFor();
    await line.click();
    await panel(doctor)
      .getByText(/Aspect de la plaie : Nécrotique/)
      .first()
      .waitFor();
    await panel(doctor).getByRole('button', { name: 'Corriger' }).click();
    assert.equal(await panel(doctor).getByRole('radio', { name: 'Nécrotique' }).getAttribute('aria-checked'), 'true');
  },
);

scenario(
  'DOS-8 several wounds in one section: each asks, lacks and counts for itself; the writer sees what a condition looks at',
  async (stage) => {
    const desk = await stage.as('tristan.le-corre', '/volets');
    await desk.getByRole('button', { name: 'Écrire un volet' }).click();
    const title = `Plaies suivies ${Date.now()}`;
    await desk.getByLabel('Titre', { exact: true }).fill(title);
    await desk.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await desk.getByRole('menuitem', { name: 'Partie qui se répète' }).click();
    await desk.getByRole('textbox', { name: 'Texte : partie qui se répète' }).fill('Plaie');
    const add = async (kind: string, field: string, words: string) => {
      await desk.getByRole('button', { name: 'Ajouter dans « Plaie »' }).click();
      await desk.getByRole('menuitem', { name: kind, exact: true }).click();
      await desk
        .getByRole('textbox', { name: `Texte : ${field}` })
        .last()
        .fill(words);
    };
    await add('Oui ou non', 'oui ou non', 'Écoulement');
    await add('Un choix', 'un choix', 'Aspect');
    await desk.getByRole('button', { name: 'Régler : Aspect' }).click();
    await desk.getByLabel('Réponses, une par ligne').fill('Clair = 1\nPurulent = 3');
    await desk.getByRole('combobox', { name: 'Posée seulement si' }).click();
    await desk.getByText('Dans la même ligne de « Plaie »').waitFor();
    await desk.getByRole('option', { name: 'Écoulement' }).click();
    await add('Score : somme de points', 'score', 'Gravité');
    await desk.getByRole('button', { name: 'Régler : Gravité' }).click();
    await desk.getByRole('combobox', { name: 'Additionne les points de' }).click();
    await desk.getByRole('option', { name: 'Aspect' }).click();
    await desk.keyboard.press('Escape');
    // Several conditions, one of which is enough: each is shown and changed on its own.
    const score = desk.getByRole('combobox', { name: 'Posée seulement si' }).last();
    await score.click();
    await desk.getByRole('option', { name: 'Écoulement' }).click();
    await desk.getByRole('button', { name: 'Ajouter une condition' }).last().click();
    await desk.getByRole('combobox', { name: 'et si' }).click();
    await desk.getByRole('option', { name: 'Écoulement' }).click();
    await desk.getByRole('combobox', { name: 'vaut' }).last().click();
    await desk.getByRole('option', { name: 'Non', exact: true }).click();
    await desk.getByRole('combobox', { name: 'Combien de ces conditions' }).click();
    await desk.getByRole('option', { name: 'Une seule suffit' }).click();
    await desk.getByRole('combobox', { name: 'ou si' }).waitFor();
    await desk.getByRole('button', { name: 'Mettre en service' }).click();
    await desk.getByText(/est en service, édition 1\.0/).waitFor();

    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(nurse, patient.name);
    await nurse.keyboard.press('f');
    await panel(nurse).getByLabel('Chercher un volet').fill(title);
    await panel(nurse).getByRole('button', { name: title }).click();
    const wound = (number: number) => panel(nurse).getByRole('group', { name: `Plaie ${number}`, exact: true });
    await wound(1).getByRole('radiogroup', { name: 'Écoulement' }).getByRole('radio', { name: 'Non' }).click();
    await panel(nurse).getByRole('button', { name: 'Ajouter : plaie' }).click();
    await wound(2).getByRole('radiogroup', { name: 'Écoulement' }).getByRole('radio', { name: 'Oui' }).click();
    await wound(2).getByRole('radio', { name: 'Purulent' }).click();
    await wound(2).getByRole('status', { name: 'Scores : Plaie 2' }).getByText('3', { exact: true }).waitFor();
    assert.equal(await wound(1).getByRole('radiogroup', { name: 'Aspect' }).count(), 0);
    await panel(nurse)
      .getByRole('button', { name: /^Signer/ })
      .click();
    await nurse.getByText(`« ${title} » signé.`).waitFor();
    await nurse.locator('#historique').getByText(title).first().click();
    await panel(nurse)
      .getByText(/Plaie 2\s*Écoulement : Oui/)
      .first()
      .waitFor();
  },
);

scenario('DOS-8 a section begins at its first question, answered with the keyboard', async (stage) => {
  const patient = await newPatient(await stage.hand('soizic.abgrall'));
  const page = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=volet:volet-escarre`);
  await recordShown(page, patient.name);
  const first = panel(page).getByRole('radiogroup', { name: /^Condition physique/ });
  await first.locator('button:focus').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await first.getByRole('radio', { name: 'Moyenne', checked: true }).waitFor();
});

scenario(
  'DOS-8 SEC-12 on a telephone a photograph taken where there is no network is kept, shown as not sent, and leaves by itself when the network is back; signed, it is in the record',
  async (stage) => {
    const patient = await newPatient(await stage.hand('soizic.abgrall'));
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=volet:volet-plaie`, {
      viewport: telephone,
      hasTouch: true,
      isMobile: true,
    });
    await panel(page).getByLabel('Plaie (siège, côté)').fill('Talon gauche');
    await panel(page).getByRole('button', { name: 'Prendre une photo' }).waitFor();
    const camera = panel(page).locator('input[capture]');
    const red =
      'iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAB/FOjAAAAAFklEQVR4nGPcomHEQApgIkn1qAYiAQCprQEel245IwAAAABJRU5ErkJggg==';
    const photo = { name: 'plaie.png', mimeType: 'image/png', buffer: Buffer.from(red, 'base64') };
    await page.context().setOffline(true);
    await camera.setInputFiles(photo);
    await panel(page).getByText('La photo n’est pas partie.').waitFor();
    await panel(page).getByRole('img', { name: 'Photo' }).waitFor();
    await panel(page).getByRole('button', { name: 'Renvoyer la photo' }).waitFor();
    const sent = page.waitForResponse((one) => one.url().endsWith('/documents') && one.request().method() === 'POST');
    await page.context().setOffline(false);
    assert.equal((await sent).status(), 200);
    await panel(page).getByText('La photo n’est pas partie.').waitFor({ state: 'detached' });
    // What is missing stands screens above the refusal: the hand is brought to it.
    await panel(page).getByRole('button', { name: 'Signer' }).click();
    const missing = panel(page).getByRole('radiogroup', { name: /^Évolution/ });
    await missing.locator('button:focus').waitFor();
    const { y = 0, height = 0 } = (await missing.boundingBox()) ?? {};
    assert.ok(y > 60 && y + height < 760, `${y} ${height}`);
    await missing.getByRole('radio', { name: 'S’aggrave' }).click();
    await panel(page).getByRole('button', { name: 'Signer' }).click();
    await said(page, '« Suivi de plaie avec photo » signé.');
    const { entry } = await (await page.request.get(`/fhir/R4/QuestionnaireResponse?patient=${patient.id}`)).json();
    assert.match(JSON.stringify(entry[0].resource), /"url":"DocumentReference\//);
  },
);

scenario(
  'DOS-8 SEC-12 a section is not signed without a photograph that has not left; what is answered while it leaves stays',
  async (stage) => {
    stage.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED/);
    const patient = await newPatient(await stage.hand('soizic.abgrall'));
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=volet:volet-plaie`);
    await panel(page).getByLabel('Plaie (siège, côté)').fill('Talon');
    await panel(page)
      .getByRole('radiogroup', { name: /^Évolution/ })
      .getByRole('radio', { name: 'S’aggrave' })
      .click();
    const red =
      'iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAB/FOjAAAAAFklEQVR4nGPcomHEQApgIkn1qAYiAQCprQEel245IwAAAABJRU5ErkJggg==';
    const photo = { name: 'plaie.png', mimeType: 'image/png', buffer: Buffer.from(red, 'base64') };
    const sign = panel(page).getByRole('button', { name: 'Signer' });
    await page.route('**/documents', (route) => route.abort(), { times: 1 });
    await panel(page).locator('input[capture]').setInputFiles(photo);
    await panel(page).getByText('La photo n’est pas partie.').waitFor();
    await panel(page).getByText('Une photo n’est pas encore au dossier').waitFor();
    assert.ok(await sign.isDisabled());
    await page.keyboard.press('Control+Enter');
    await panel(page).getByRole('img', { name: 'Photo' }).waitFor();

    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    await page.route(
      '**/documents',
      async (route) => {
        await held;
        await route.continue();
      },
      { times: 1 },
    );
    await panel(page).getByRole('button', { name: 'Renvoyer la photo' }).click();
    await panel(page).getByLabel('Plaie (siège, côté)').fill('Talon gauche');
    assert.ok(await sign.isDisabled());
    letGo();
    await panel(page).getByText('Une photo n’est pas encore au dossier').waitFor({ state: 'detached' });
    assert.equal(await panel(page).getByLabel('Plaie (siège, côté)').inputValue(), 'Talon gauche');
    await sign.click();
    await said(page, '« Suivi de plaie avec photo » signé.');
    const { entry } = await (await page.request.get(`/fhir/R4/QuestionnaireResponse?patient=${patient.id}`)).json();
    assert.match(
      JSON.stringify(entry[0].resource),
      /Talon gauche.*"url":"DocumentReference\/|"url":"DocumentReference\/.*Talon gauche/,
    );
  },
);
