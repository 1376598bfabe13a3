/** Letters: prepared by the secretariat, completed and signed by the physician; a physiotherapist's bilan; a template made by the team. */
import assert from 'node:assert/strict';
import { scenario, telephone } from './harness.ts';
import { newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'DOS-13 a secretary prepares a letter of care without seeing any, the physician completes it, signs it, and it stands in the timeline',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor);
    await doctor.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Insuffisance cardiaque' });
    await doctor.send('POST', `/api/patients/${patient.id}/treatments`, {
      label: 'Furosémide 40 mg',
      dosage: '1 le matin',
    });

    const desk = await stage.as('maryvonne.pellen', `/patients/${patient.id}`);
    await desk.getByRole('heading', { level: 1, name: patient.name }).waitFor();
    await desk.keyboard.press('c');
    await panel(desk).getByLabel('Chercher un modèle de courrier').fill('adressage à un confrère');
    await panel(desk)
      .getByRole('button', { name: /^Lettre d’adressage/ })
      .waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { level: 1, name: 'Lettre d’adressage à un confrère' }).waitFor();
    const text = desk.getByLabel('Texte', { exact: true });
    assert.ok(!(await text.inputValue()).includes('cardiaque'), 'no word of care');
    await desk.getByRole('region', { name: 'À compléter avant de signer' }).getByText('Problèmes en cours').waitFor();
    await desk.getByRole('combobox', { name: 'Ajouter un destinataire' }).click();
    await desk.getByRole('option', { name: 'Autre correspondant…' }).click();
    await desk.getByLabel('Nom', { exact: true }).fill('Dr Hervé Le Bras');
    await desk.getByLabel('Spécialité, fonction').fill('Cardiologue');
    await desk.getByRole('combobox', { name: 'À signer par' }).click();
    await desk.getByRole('option', { name: /Anne Kermarrec/ }).click();
    await desk.getByRole('button', { name: 'Confier à la signature' }).click();
    await said(desk, /confié à la signature/);
    await desk.getByText('À signer', { exact: true }).waitFor();

    const page = await stage.as('anne.kermarrec', '/');
    await page
      .getByRole('region', { name: 'Courriers à signer' })
      .getByRole('link', { name: new RegExp(patient.name) })
      .click();
    await page.getByRole('button', { name: 'Reprendre du dossier' }).click();
    const words = page.getByLabel('Texte', { exact: true });
    await page.getByText('Insuffisance cardiaque', { exact: false }).first().waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('textarea')].some((one) => one.value.includes('Insuffisance cardiaque')),
    );
    assert.match(await words.inputValue(), /Furosémide/);
    const sign = page.getByRole('button', { name: /^Signer/ });
    assert.equal(await sign.isDisabled(), true, 'allergies were never asked');
    await page.getByRole('button', { name: /^Écrire « allergies non renseignées/ }).click();
    await page.getByRole('region', { name: 'À compléter avant de signer' }).waitFor({ state: 'detached' });
    await words.focus();
    await page.keyboard.press('Control+Enter');
    await said(page, 'Courrier signé.');
    await page.getByText('Signé', { exact: true }).waitFor();
    await page.getByText('Envoi MSSanté non configuré', { exact: false }).waitFor();
    const address = await page.getByRole('link', { name: 'Imprimer (PDF)' }).getAttribute('href');
    const printed = await page.request.get(new URL(address!, page.url()).href);
    assert.deepEqual([printed.status(), (await printed.body()).subarray(0, 5).toString()], [200, '%PDF-']);
    await page.getByRole('button', { name: 'Noter : imprimé, remis, posté' }).click();
    await page.getByRole('menuitem', { name: 'Posté, Dr Hervé Le Bras' }).click();
    await said(page, 'Noté : posté.');
    await page.getByRole('region', { name: 'Envoi' }).getByText('Posté', { exact: true }).waitFor();

    await page.goto(`${stage.url}/patients/${patient.id}?genre=document#historique`);
    await recordShown(page, patient.name);
    await page
      .locator('#historique')
      .getByText(/^Adressage de/)
      .first()
      .waitFor();
  },
);

scenario(
  'DOS-13 a physiotherapist writes his bilan to the physician, corrects it once signed, and both stay readable',
  async (stage) => {
    const [doctor, physio] = [await stage.hand('anne.kermarrec'), await stage.hand('erwan.quemeneur')];
    const patient = await newPatient(doctor, { team: [physio] });
    const page = await stage.as('erwan.quemeneur', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('c');
    await panel(page).getByLabel('Chercher un modèle de courrier').fill('kinésithérapique');
    await panel(page)
      .getByRole('button', { name: /kinésithérapique/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    const text = page.getByLabel('Texte', { exact: true });
    await text.fill('Docteur,\n\n**Diagnostic :** capsulite droite.\n\n- quinze séances');
    await page.getByText('à jour', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Signer/ }).click();
    await said(page, 'Courrier signé.');
    await page.getByRole('button', { name: 'Corriger' }).click();
    await page.getByLabel('Raison de la correction').fill('Côté inversé');
    await page.getByLabel('Texte', { exact: true }).fill('Docteur,\n\n**Diagnostic :** capsulite gauche.');
    await page.getByRole('button', { name: /^Signer et remplacer/ }).click();
    await said(page, /remplace le précédent/);
    await page.getByText('Raison : Côté inversé').waitFor();
    await page.getByRole('link', { name: 'Ouvrir celui qu’il remplace' }).click();
    await page.getByText('Ce courrier a été remplacé.', { exact: false }).waitFor();
  },
);

scenario(
  'DOS-13 the team copies a template, adds a condition, tries it on a patient and puts it in use',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor);
    const page = await stage.as('anne.kermarrec', '/modeles/modele-demande-avis');
    await page.getByRole('button', { name: 'Copier' }).click();
    await page.getByRole('heading', { level: 1, name: 'Demande d’avis (copie)' }).waitFor();
    const title = `Avis ${patient.family}`;
    await page.getByLabel('Titre', { exact: true }).fill(title);
    await page.getByLabel('Texte du modèle').fill('Bonjour {{patient.nom}}.\n');
    await page.getByRole('combobox', { name: 'Ajouter une condition' }).fill('Femme');
    await page.getByRole('option', { name: 'Femme', exact: true }).click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('textarea')].some((one) => one.value.includes('{{si femme}}')),
    );
    await page.getByRole('combobox', { name: 'Patient pour l’essai' }).fill(patient.family);
    await page.getByRole('option', { name: new RegExp(patient.family, 'i') }).click();
    await page.getByText('à jour', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Mettre en service' }).click();
    await said(page, /est en service, édition 1\.0/);
    await page.goto(`${stage.url}/patients/${patient.id}/courriers?volet=courrier`);
    await panel(page).getByLabel('Chercher un modèle de courrier').fill(title);
    await panel(page)
      .getByRole('button', { name: new RegExp(title) })
      .click();
    await page.waitForFunction(
      (name) =>
        [...document.querySelectorAll('textarea')].some(
          (one) => one.value.includes(name) && one.value.includes('Texte si renseigné.'),
        ),
      patient.name,
    );
  },
);

scenario(
  'DOS-13 on a telephone the words and the page of a letter are one press apart, and nothing typed is lost',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}/courriers/nouveau`, { viewport: telephone });
    const text = page.getByRole('textbox', { name: 'Texte', exact: true });
    await text.fill('Cher confrère, **urgent** : merci.');
    await page.getByRole('radiogroup', { name: 'Ce qui est montré' }).getByText('Voir la page').click();
    await page.getByText('Page 1 sur 1', { exact: true }).waitFor();
    assert.equal(await text.isVisible(), false);
    await page.getByRole('radiogroup', { name: 'Ce qui est montré' }).getByText('Écrire').click();
    assert.equal(await text.inputValue(), 'Cher confrère, **urgent** : merci.');
  },
);

scenario('DOS-13 WCAG who may see the letterhead and not change it reads it like any other words', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/modeles/en-tete');
  await page.getByText('Votre fonction permet de voir l’en-tête, pas de le changer.').waitFor();
  const name = page.getByLabel('Nom de la structure');
  assert.equal(await name.isDisabled(), true);
  const [ink, words] = await name.evaluate((field) => [
    `${getComputedStyle(field).color} ${getComputedStyle(field).opacity}`,
    `${getComputedStyle(document.body).color} 1`,
  ]);
  assert.equal(ink, words);
});

scenario(
  'DOS-13 what a letter still lacks is said beside its buttons; a recipient that is refused is shown with its words; a field of the subject is found',
  async (stage) => {
    const patient = await newPatient(await stage.hand('anne.kermarrec'));
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}/courriers/nouveau`);
    const keep = page.getByRole('button', { name: 'Garder en préparation' });
    await page.getByText('À compléter : l’objet.').waitFor();
    assert.ok(await keep.isDisabled());
    await page.getByLabel('Texte', { exact: true }).fill('');
    await page.getByText('À compléter : l’objet, le texte.').waitFor();
    await page.getByLabel('Texte', { exact: true }).fill('Merci de recevoir cette patiente.');
    await page.getByLabel('Objet').fill('Avis, {{traitements}}');
    await page.getByText(/^À compléter :/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Aller à : Traitements en cours' }).click();
    assert.ok(await page.getByLabel('Objet').evaluate((field) => field === document.activeElement));
    await page.getByRole('combobox', { name: 'Ajouter un destinataire' }).click();
    await page.getByRole('option', { name: 'Autre correspondant…' }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Dr Le Bras');
    await page.getByLabel('Adresse MSSanté').fill('le.bras@example.org');
    await page.getByRole('button', { name: 'Adresse de Dr Le Bras' }).click();
    await keep.click();
    await page.getByText('Une adresse MSSanté finit par « mssante.fr ».', { exact: true }).waitFor();
    await page.getByLabel('Adresse MSSanté').fill('');
    await keep.click();
    await said(page, 'Courrier gardé en préparation.');
  },
);
