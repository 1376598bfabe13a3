/** Laboratory results: typed by a nurse, seen at once by the physician, validated with a decision; pasted; read from a file. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'DOS-11 a nurse types a panel by keyboard, the physician sees it at once, validates it in their own name, and opens the curve with a key',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other], birthDate: '12/03/1948', sex: 'female' });
    await one.send('POST', `/api/patients/${patient.id}/team`, { practitioner: one.practitioner, treating: true });
    await one.send('POST', `/api/patients/${patient.id}/results`, {
      at: '10/01/2026',
      values: [{ code: '2823-3', value: '4,4' }],
    });

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/resultats`);
    await doctor.getByRole('heading', { name: 'Résultats de biologie' }).waitFor();
    const table = doctor.getByRole('table', { name: /Analyses en lignes/ });
    await table.getByRole('cell', { name: '4,4', exact: true }).waitFor();

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(nurse, patient.name);
    await nurse.keyboard.press('z');
    await panel(nurse).getByRole('heading', { name: 'Saisir des résultats' }).waitFor();
    await panel(nurse).getByRole('combobox', { name: 'Bilan', exact: true }).click();
    await nurse.getByRole('option', { name: 'Ionogramme' }).click();
    const sodium = panel(nurse).getByRole('textbox', { name: 'Sodium (mmol/L)' });
    await sodium.fill('138');
    await sodium.press('Enter');
    const potassium = panel(nurse).getByRole('textbox', { name: 'Potassium (mmol/L)' });
    assert.equal(
      await potassium.evaluate((element) => element === document.activeElement),
      true,
      'Enter goes to the next line',
    );
    await nurse.keyboard.type('6,6');
    await panel(nurse).getByText('Très élevé').waitFor();
    await nurse.keyboard.press('Control+Enter');
    await said(nurse, '2 valeurs enregistrées.');

    // At once, without reloading.
    await table.getByRole('cell', { name: /6,6/ }).waitFor();
    await doctor.getByRole('button', { name: 'Ouvrir' }).waitFor();
    await table.getByRole('button', { name: /^Potassium/ }).focus();
    await doctor.keyboard.press('c');
    await panel(doctor).getByRole('heading', { name: 'Potassium' }).waitFor();
    await doctor.keyboard.press('Escape');
    await panel(doctor).getByRole('heading', { name: 'Potassium' }).waitFor({ state: 'detached' });
    await doctor.keyboard.press('v');
    // The laboratory gave no range: the usual ones are said to be so, with where they were read.
    await panel(doctor)
      .getByText(/Normes usuelles : le laboratoire n’en donne pas/)
      .click();
    await panel(doctor)
      .getByText(/Potassium.* : .*Kost/)
      .waitFor();
    const validate = panel(doctor).getByRole('button', { name: /Valider le résultat/ });
    await validate.waitFor();
    assert.equal(await validate.isDisabled(), true, 'a critical result needs words');
    await panel(doctor).getByLabel('Ce que vous décidez').fill('Patiente appelée, ramipril arrêté, contrôle demain.');
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Résultat validé.');
    await panel(doctor).getByText('Patiente appelée, ramipril arrêté, contrôle demain.').waitFor();
    await panel(doctor)
      .getByText(/Validé par vous/)
      .waitFor();
  },
);

scenario(
  'DOS-11 a unit that nobody knows is asked about before it is kept: put right, or confirmed as the laboratory’s',
  async (stage) => {
    const patient = await newPatient(await stage.hand('anne.kermarrec'));
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=saisir-resultats`);
    await recordShown(page, patient.name);
    const form = panel(page);
    await form.getByRole('button', { name: 'Analyse libre' }).click();
    await form.getByRole('textbox', { name: 'Nom de l’analyse' }).fill('Facteur V');
    await form.getByRole('textbox', { name: 'Facteur V', exact: true }).fill('25');
    await form.getByRole('textbox', { name: 'Unité : Facteur V' }).fill('bananes');
    await page.keyboard.press('Control+Enter');
    const confirm = form.getByRole('checkbox', {
      name: 'Ces unités sont bien celles du laboratoire, je les confirme.',
    });
    await confirm.waitFor();
    await form.getByRole('textbox', { name: 'Unité : Facteur V' }).and(form.locator('[aria-invalid=true]')).waitFor();
    await confirm.check();
    await page.keyboard.press('Control+Enter');
    await said(page, '1 valeur enregistrée.');
  },
);

scenario(
  'DOS-11 the list of the day: critical first and opened, a normal one in one key, several normal ones together',
  async (stage) => {
    const [one, other] = [await stage.hand('ines.benjelloun'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    await one.send('POST', `/api/patients/${patient.id}/team`, { practitioner: one.practitioner, treating: true });
    for (const value of ['4,1', '4,2', '6,7'])
      await other.send('POST', `/api/patients/${patient.id}/results`, {
        panel: 'iono',
        values: [{ code: '2823-3', value }],
      });

    const doctor = await stage.as('ines.benjelloun', '/');
    await card(doctor, 'Résultats à valider')
      .getByRole('link', { name: new RegExp(patient.name) })
      .first()
      .waitFor();
    await doctor.goto('/resultats');
    const lines = doctor
      .getByRole('list', { name: 'Résultats à valider' })
      .getByRole('listitem')
      .filter({ hasText: patient.name });
    await lines.first().waitFor();
    assert.equal(await lines.count(), 3);
    await lines.first().getByText('Critique').waitFor();
    await lines
      .last()
      .getByRole('button', { name: new RegExp(patient.name) })
      .first()
      .focus();
    await doctor.keyboard.press('v');
    await said(doctor, /Validé : Ionogramme/);
    await lines.nth(2).waitFor({ state: 'detached' });
    await doctor.getByRole('button', { name: /Valider (le|les) .*dans les normes/ }).click();
    await said(doctor, /validés?\./);
    await lines.nth(1).waitFor({ state: 'detached' });
    await lines
      .first()
      .getByRole('button', { name: new RegExp(patient.name) })
      .click();
    await panel(doctor).getByText('Obligatoire : ce résultat est critique.').waitFor();
  },
);

scenario(
  'DOS-11 a laboratory’s table is pasted and a file is chosen: what was understood is shown, another patient’s file is told and refused',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=saisir-resultats`);
    await recordShown(nurse, patient.name);
    await panel(nurse).getByText('Coller ou choisir un fichier').click();
    await panel(nurse)
      .getByRole('textbox', { name: 'Ou collez le tableau du laboratoire' })
      .fill('Laboratoire Bio-Abers\nHémoglobine 11,2 g/dL (12,0-16,0)\nFacteur V : 85 % (70-120)\nSérum hémolysé.');
    await panel(nurse)
      .getByText(/2 valeurs reconnues \(texte\)\. 1 analyse inconnue/)
      .waitFor();
    assert.equal(await panel(nurse).getByRole('textbox', { name: 'Hémoglobine (g/dL)' }).inputValue(), '11,2');
    assert.equal(
      await panel(nurse).getByRole('textbox', { name: 'Commentaire du laboratoire' }).inputValue(),
      'Sérum hémolysé.',
    );
    await panel(nurse)
      .getByRole('button', { name: /Enregistrer 2 valeurs/ })
      .click();
    await said(nurse, '2 valeurs enregistrées.');

    await nurse.goto(`/patients/${patient.id}?volet=saisir-resultats`);
    await recordShown(nurse, patient.name);
    await panel(nurse).getByText('Coller ou choisir un fichier').click();
    const file = [
      'A250',
      'INCONNU',
      'DENISE',
      '12 rue',
      '',
      '29200 BREST',
      '14/03/1917',
      '',
      'D-55',
      '12/03/2026',
      'LBM BIO-ABERS',
      'KERMARREC',
      '****LAB****',
      'RES|GLUCOSE A JEUN|GLU|N|1.42|g/L|0.74|1.06|H|F',
      '****FIN****',
    ].join('\r\n');
    await panel(nurse)
      .locator('input[type=file]')
      .setInputFiles({ name: 'labo.hpr', mimeType: 'text/plain', buffer: Buffer.from(file, 'latin1') });
    await panel(nurse)
      .getByText(/1 valeur reconnue \(fichier HPRIM\)/)
      .waitFor();
    await panel(nurse).getByRole('alert').filter({ hasText: 'la date de naissance' }).first().waitFor();
    await panel(nurse)
      .getByRole('button', { name: /^Enregistrer/ })
      .click();
    await panel(nurse).getByLabel('C’est bien le compte rendu de ce patient, malgré ce qui diffère.').waitFor();
  },
);

scenario(
  'DOS-11 on a telephone, results to validate: an analysis asked for alone is named once, and no key is told of where there is none',
  async (stage) => {
    const [one, other] = [await stage.hand('yann.tanguy'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    await one.send('POST', `/api/patients/${patient.id}/team`, { practitioner: one.practitioner, treating: true });
    await other.send('POST', `/api/patients/${patient.id}/results`, {
      label: 'INR',
      values: [{ code: '6301-6', value: '2,4' }],
    });
    const page = await stage.as('yann.tanguy', '/resultats', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const line = page
      .getByRole('list', { name: 'Résultats à valider' })
      .getByRole('listitem')
      .filter({ hasText: patient.name });
    await line.getByText('2,4').waitFor();
    assert.equal(((await line.textContent()) ?? '').match(/INR/g)?.length, 1);
    assert.equal(await page.getByText('valider (sauf critique)').isVisible(), false);
  },
);
