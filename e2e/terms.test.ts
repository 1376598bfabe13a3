/** Terms found as one types, a public list loaded by who keeps the practice, history entered in a few keys and read by a nurse. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

const rows = [
  'Q892 Malformation d’essai de la rate',
  'Q893 Situs inversus d’essai',
  ...Array.from({ length: 12 }, (_, at) => `Q70${at % 10}${at < 10 ? '' : at} Syndactylie d’essai ${at}`),
];
/** An edition of its own each time: what is waited for is this loading, not one before. */
const year = 2030 + Math.floor(Math.random() * 60);
const file = {
  name: `cim-${year}.json`,
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify(rows.map((row) => ({ code: row.split(' ')[0], lib_long: row.slice(row.indexOf(' ') + 1) }))),
  ),
};

scenario(
  'DOS-2 an administrator loads a public list, a physician codes a problem from it with a typing mistake, a bad file changes nothing',
  async (stage) => {
    const admin = await stage.as('aurore.miossec', '/structure?partie=terminologies');
    const list = admin.getByRole('listitem').filter({ hasText: 'CIM-10 FR' });
    await list.waitFor();
    await admin.getByLabel('Fichiers d’une liste').setInputFiles(file);
    await list.getByText('14 termes').waitFor();
    await list.getByText(new RegExp(`Édition ${year}, chargée le`)).waitFor();
    await admin.getByRole('button', { name: 'Choisir des fichiers' }).waitFor();
    await admin.getByLabel('Fichiers d’une liste').setInputFiles({ ...file, buffer: Buffer.from('[{"code":"Q892"') });
    await admin.getByText(/incomplet ou abîmé/).waitFor();
    await list.getByText('14 termes').waitFor();

    const hand = await stage.hand('anne.kermarrec');
    const patient = await newPatient(hand);
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await doctor.keyboard.press('p');
    await doctor.getByRole('heading', { name: 'Ajouter un problème' }).waitFor();
    await doctor.keyboard.type('malformaton rate');
    await doctor.getByRole('option', { name: /Malformation d’essai de la rate/ }).waitFor();
    await doctor.keyboard.press('ArrowDown');
    await doctor.keyboard.press('Enter');
    await panel(doctor).getByText('CIM-10 Q89.2').waitFor();
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, /Problème ajouté/);
    await card(doctor, 'Problèmes').getByText('Malformation d’essai de la rate').waitFor();

    await list.getByRole('button', { name: 'Retirer CIM-10 FR' }).click();
    await said(admin, /Liste retirée/);
    await list.getByText('Non chargée').waitFor();
  },
);

scenario(
  'DOS-2 history by keyboard: «fum», a stopped smoker with his packets, none known in the family; the nurse reads the past and does not write it',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    const history = card(doctor, 'Antécédents et mode de vie');
    await history.getByRole('button', { name: 'Non renseigné : Risques. Renseigner' }).click();
    await doctor.getByRole('heading', { name: 'Ajouter un antécédent' }).waitFor();
    await doctor.getByRole('combobox', { name: 'Facteur de risque' }).fill('fum');
    await doctor.getByRole('option', { name: 'Tabac : Ancien fumeur' }).click();
    await panel(doctor)
      .getByRole('radio', { name: 'Ancien fumeur' })
      .and(doctor.locator(':checked'))
      .waitFor({ state: 'attached' });
    await panel(doctor).getByRole('textbox', { name: 'Cigarettes par jour' }).fill('15');
    await panel(doctor).getByRole('textbox', { name: 'Pendant' }).fill('30');
    await panel(doctor).getByRole('textbox', { name: 'Arrêt' }).fill('2019');
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, /Ajouté : Tabac/);
    await history
      .getByRole('button', { name: /Ancien fumeur, 15 cigarettes par jour, 22,5 paquets-années, arrêt en 2019/ })
      .waitFor();

    await history.getByRole('button', { name: 'Non renseigné : Famille. Renseigner' }).click();
    await panel(doctor).getByRole('checkbox', { name: 'Aucun antécédent familial connu' }).check();
    await panel(doctor)
      .getByRole('button', { name: /Noter « aucun connu »/ })
      .click();
    await history.getByRole('button', { name: 'Aucun antécédent familial connu' }).waitFor();

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(nurse, patient.name);
    const read = card(nurse, 'Antécédents et mode de vie');
    await read.getByText(/Ancien fumeur/).waitFor();
    await read.getByText('Aucun antécédent familial connu').waitFor();
    // Her profession reads the past, and notes how people live.
    const asks = await Promise.all(
      (await read.getByRole('button', { name: /Renseigner/ }).all()).map((one) => one.getAttribute('aria-label')),
    );
    assert.deepEqual(asks, ['Non renseigné : Mode de vie. Renseigner', 'Non renseigné : Social. Renseigner']);
  },
);
