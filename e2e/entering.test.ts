/** What one adds to a record, by keyboard alone at least once each; undo; correction; entered in error. */
import assert from 'node:assert/strict';
import { pdf, png } from './files.ts';
import { type Hand, type Page, scenario, type Stage, telephone } from './harness.ts';
import { card, newPatient, panel, recordShown, said, tabTo } from './people.ts';

async function patientOf(stage: Stage, ...logins: string[]) {
  const [first, ...others] = await Promise.all(logins.map((login) => stage.hand(login)));
  return newPatient(first as Hand, { team: others });
}
async function open(stage: Stage, login: string, patient: { id: string; name: string }): Promise<Page> {
  const page = await stage.as(login, `/patients/${patient.id}`);
  await recordShown(page, patient.name);
  return page;
}

scenario(
  'DOS-7 when a nurse enters a blood pressure with the keyboard alone, then the physician’s open record shows it without reloading',
  async (stage) => {
    const patient = await patientOf(stage, 'anne.kermarrec', 'soizic.abgrall');
    const physician = await open(stage, 'anne.kermarrec', patient);
    const nurse = await open(stage, 'soizic.abgrall', patient);
    await nurse.keyboard.press('m');
    await nurse.getByRole('heading', { name: 'Ajouter des mesures' }).waitFor();
    await nurse.keyboard.type('168/94');
    await panel(nurse).getByText('Systolique : élevé').waitFor();
    await nurse.keyboard.press('Control+Enter');
    await said(nurse, /ajoutée/);
    await card(nurse, 'Dernières mesures').getByText('168/94').waitFor();
    await card(physician, 'Dernières mesures').getByText('168/94').waitFor();
    await card(physician, 'Dernières mesures').getByText('Élevé').waitFor();
    await said(physician, /Soizic Abgrall vient de modifier ce dossier/);
    assert.equal(await card(physician, 'Dernières mesures').getByText('Soizic Abgrall').count(), 1);
  },
);

scenario(
  'DOS-7 on a telephone what is said of an entry covers neither the bar at the foot nor what one adds with: two measures one after the other',
  async (stage) => {
    const patient = await patientOf(stage, 'soizic.abgrall');
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=mesure`, {
      viewport: telephone,
      hasTouch: true,
      isMobile: true,
    });
    await recordShown(page, patient.name);
    const add = page.getByRole('button', { name: 'Ajouter', exact: true });
    for (const value of ['72', '73']) {
      await panel(page)
        .getByLabel(/^Poids/)
        .fill(value);
      await page.keyboard.press('Enter');
      await said(page, 'Mesure ajoutée');
      await panel(page).waitFor({ state: 'detached' });
      const told = (await page.getByRole('alert').last().boundingBox())!;
      for (const under of [page.getByRole('navigation', { name: 'Navigation principale' }), add]) {
        const box = (await under.boundingBox())!;
        assert.ok(told.y + told.height <= box.y, `${told.y} + ${told.height} over ${box.y}`);
      }
      if (value === '73') return;
      await add.tap();
      await page.getByRole('menuitem', { name: 'Mesure', exact: true }).tap();
    }
  },
);

scenario(
  'DOS-7 an unlikely value is asked about before it is kept, a wrong one says so beside its field',
  async (stage) => {
    const page = await open(stage, 'soizic.abgrall', await patientOf(stage, 'soizic.abgrall'));
    await page.keyboard.press('m');
    await page.getByRole('textbox', { name: 'Température' }).fill('44,5');
    const button = page.getByRole('button', { name: /Ajouter la mesure/ });
    assert.equal(await button.isDisabled(), true);
    await page.getByLabel(/44,5.*je la confirme/).check();
    await page.getByRole('textbox', { name: 'Température' }).fill('3x');
    await panel(page).getByText('Un nombre').waitFor();
    await page.getByRole('textbox', { name: 'Température' }).fill('37,2');
    await button.click();
    await card(page, 'Dernières mesures').getByText('37,2').waitFor();
  },
);

scenario(
  'DOS-7 «16/9» is read as it is said; what was confirmed once is not confirmed for another value; Ctrl+Enter shows what is still asked',
  async (stage) => {
    const page = await open(stage, 'soizic.abgrall', await patientOf(stage, 'soizic.abgrall'));
    await page.keyboard.press('m');
    await page.getByRole('heading', { name: 'Ajouter des mesures' }).waitFor();
    await page.keyboard.type('16/9');
    await panel(page).getByText('soit 160/90 mmHg').waitFor();
    await panel(page).getByText('Systolique : élevé').waitFor();
    assert.equal(await panel(page).getByRole('checkbox').count(), 0);
    await page.getByRole('textbox', { name: 'Température' }).fill('44,5');
    await page.keyboard.press('Control+Enter');
    const confirmation = panel(page).getByRole('checkbox');
    assert.equal(await confirmation.evaluate((field) => field === document.activeElement), true);
    await page.keyboard.press('Space');
    await page.getByRole('textbox', { name: 'Température' }).fill('73');
    await panel(page)
      .getByLabel(/73.*je la confirme/)
      .waitFor();
    assert.equal(await confirmation.isChecked(), false);
    await page.getByRole('textbox', { name: 'Température' }).fill('37');
    await page.keyboard.press('Control+Enter');
    await card(page, 'Dernières mesures').getByText('160/90').waitFor();
  },
);

scenario(
  'DOS-7 DOS-16 a measure of the middle of the night that is corrected keeps its day and its hour',
  async (stage) => {
    const nurse = await stage.hand('soizic.abgrall');
    const patient = await newPatient(nurse);
    const at = `/api/patients/${patient.id}`;
    const { lines } = await nurse.send('POST', `${at}/measures`, {
      values: [{ code: '8867-4', value: '71' }],
      at: '12/03/2025 00:30',
    });
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=corriger:Observation:${lines[0].id}`);
    await page.getByRole('heading', { name: 'Corriger une mesure' }).waitFor();
    assert.deepEqual(
      [
        await panel(page).getByLabel('Date de la mesure').inputValue(),
        await panel(page).getByLabel('Heure').inputValue(),
      ],
      ['12/03/2025', '00:30'],
    );
    await panel(page).getByRole('textbox', { name: 'Fréquence cardiaque' }).fill('81');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Mesure corrigée.');
    const { measures } = await nurse.send('GET', `${at}/record`);
    assert.match(measures[0].display, /^81/);
    assert.equal(Date.parse(measures[0].at), Date.parse(lines[0].at));
  },
);

scenario(
  'DOS-1 a physiotherapist writes a note with the keyboard alone, and letters typed in it are not shortcuts',
  async (stage) => {
    const patient = await patientOf(stage, 'anne.kermarrec', 'erwan.quemeneur');
    const page = await open(stage, 'erwan.quemeneur', patient);
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Écrire une note' }).waitFor();
    await page.keyboard.type('Marche mieux, monte deux étages. n m p a');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Note ajoutée.');
    await page.getByText('monte deux étages').first().waitFor();
    await page.getByRole('heading', { name: 'Historique 1 ligne', exact: true }).waitFor();
    const physician = await open(stage, 'anne.kermarrec', patient);
    await physician.getByText('monte deux étages').first().waitFor();
  },
);

scenario(
  'DOS-1 SEC-3 who will read what is marked as sensitive is said as it is chosen; a profession is only offered what it may write',
  async (stage) => {
    const patient = await patientOf(stage, 'anne.kermarrec', 'erwan.quemeneur');
    const doctor = await open(stage, 'anne.kermarrec', patient);
    await doctor.keyboard.press('n');
    await panel(doctor).getByRole('combobox', { name: 'Information sensible' }).click();
    await doctor.getByRole('option', { name: 'Diffusion restreinte' }).click();
    await panel(doctor).getByText('Lisible par le cercle le plus étroit').waitFor();
    await panel(doctor).getByLabel('Texte de la note').fill('Confié en confidence');
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Note ajoutée.');
    const physio = await open(stage, 'erwan.quemeneur', patient);
    await physio.keyboard.press('n');
    await panel(physio).getByLabel('Texte de la note').waitFor();
    assert.equal(await panel(physio).getByText('Information sensible').count(), 0);
    assert.equal(await physio.getByText('Confié en confidence').count(), 0);
  },
);

scenario(
  'SEC-12 a session lost in the middle of a text is asked for once, not again and again; signed in again, the text goes out by itself',
  async (stage) => {
    const patient = await patientOf(stage, 'soizic.abgrall');
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=note`, { viewport: telephone });
    const text = page.getByLabel('Texte de la note');
    await text.fill('Plaie bourgeonnante');
    await panel(page).getByText('Brouillon conservé', { exact: true }).waitFor();
    await page.context().clearCookies();
    let asked = 0;
    page.on('request', (request) => void (asked += Number(new URL(request.url()).pathname.startsWith('/api/drafts/'))));
    await text.fill('Plaie bourgeonnante, pansement refait, suite lundi');
    await page.getByRole('heading', { name: 'Session terminée' }).waitFor();
    await page.waitForTimeout(2_500);
    assert.ok(asked <= 3, `${asked} requests for one draft`);
    const cover = page.getByRole('dialog', { name: 'Session verrouillée' });
    await cover.getByRole('button', { name: /Soizic Abgrall/ }).click();
    await cover.waitFor({ state: 'detached' });
    assert.equal(await text.inputValue(), 'Plaie bourgeonnante, pansement refait, suite lundi');
    await panel(page).getByText('Brouillon conservé', { exact: true }).waitFor();
  },
);

scenario('DOS-9 a private note, written by keyboard, is seen by nobody else, not even as a line', async (stage) => {
  const patient = await patientOf(stage, 'anne.kermarrec', 'soizic.abgrall');
  const page = await open(stage, 'soizic.abgrall', patient);
  await page.keyboard.press('n');
  await page.getByRole('heading', { name: 'Écrire une note' }).waitFor();
  await page.keyboard.type('Penser à rappeler la fille mercredi');
  await tabTo(page, page.getByRole('radio', { name: 'Équipe de soins' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Enter');
  await said(page, 'Note ajoutée.');
  await page.getByText('Penser à rappeler').first().waitFor();
  await page.getByText('Note personnelle').first().waitFor();
  const colleague = await open(stage, 'anne.kermarrec', patient);
  assert.equal(await colleague.getByText('Penser à rappeler').count(), 0);
  assert.equal(await colleague.getByText('Note personnelle').count(), 0);
  await colleague.goto(`/patients/${patient.id}?q=rappeler`);
  await colleague.getByText('Rien ne correspond à ces filtres').waitFor();
  const anne = await stage.hand('anne.kermarrec');
  for (const path of ['record', 'timeline'])
    assert.doesNotMatch(
      JSON.stringify(await anne.send('GET', `/api/patients/${patient.id}/${path}`)),
      /Penser à rappeler/,
    );
});

scenario('DOS-4 a problem with ALD is added by keyboard alone, coded from the list', async (stage) => {
  const page = await open(stage, 'anne.kermarrec', await patientOf(stage, 'anne.kermarrec'));
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Ajouter un problème' }).waitFor();
  await page.keyboard.type('diabete type 2');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await panel(page)
    .getByText(/CIM-10 E11/)
    .waitFor();
  await tabTo(page, page.getByLabel('Depuis'));
  await page.keyboard.type('03/2019');
  await tabTo(page, page.getByRole('checkbox', { name: /ALD/ }));
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await said(page, /Problème ajouté/);
  const line = card(page, 'Problèmes').getByRole('listitem').filter({ hasText: 'Diabète' });
  await line.getByText('ALD', { exact: true }).first().waitFor();
  await line.getByText(/03\/2019|mars 2019/).waitFor();
});

scenario(
  'DOS-4 SEC-12 a date that is not understood stays as it was typed and says why beside its field; the entry does not go without it',
  async (stage) => {
    const page = await open(stage, 'anne.kermarrec', await patientOf(stage, 'anne.kermarrec'));
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'Ajouter un problème' }).waitFor();
    await page.keyboard.type('Lombalgie');
    const since = page.getByLabel('Depuis');
    await since.fill('12/13/2019');
    await page.keyboard.press('Control+Enter');
    await panel(page)
      .getByText(/Date non comprise/)
      .waitFor();
    await panel(page).getByRole('button', { name: 'Ajouter le problème' }).click();
    assert.equal(await since.inputValue(), '12/13/2019');
    assert.equal(await since.evaluate((field) => field === document.activeElement), true);
    assert.equal(await card(page, 'Problèmes').getByText('Lombalgie').count(), 0);
    await since.fill('12/2019');
    await page.keyboard.press('Control+Enter');
    await said(page, /Problème ajouté/);
    await card(page, 'Problèmes')
      .getByText(/12\/2019|décembre 2019/)
      .waitFor();
  },
);

scenario(
  'DOS-3 allergies: not asked, none known and listed are three different states in the header and in the card',
  async (stage) => {
    const page = await open(stage, 'anne.kermarrec', await patientOf(stage, 'anne.kermarrec'));
    const header = page
      .getByRole('banner', { name: 'Patient' })
      .or(page.getByLabel('Patient', { exact: true }))
      .first();
    await header.getByText('Allergies non renseignées').waitFor();
    await card(page, 'Allergies et intolérances').getByText('Non renseigné.').waitFor();
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Ajouter une allergie' }).waitFor();
    // The question comes first; the choice above it is one step back.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await panel(page)
      .getByText(/la question a été posée aujourd’hui/)
      .waitFor();
    await page.keyboard.press('Control+Enter');
    await header.getByText('Aucune allergie connue').waitFor();
    await card(page, 'Allergies et intolérances')
      .getByText(/Aucune allergie connue/)
      .waitFor();
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Ajouter une allergie' }).waitFor();
    await page.keyboard.type('penic');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('Réaction'));
    await page.keyboard.type('urticaire');
    await page.keyboard.press('Control+Enter');
    await header.getByText(/Allergie : Pénicillines/).waitFor();
    assert.equal(await header.getByText('Aucune allergie connue').count(), 0);
    await card(page, 'Allergies et intolérances').getByText('urticaire').waitFor();
  },
);

scenario(
  'DOS-3 Escape closes the list that is open, and only then the panel: what was typed stays under the hand',
  async (stage) => {
    const page = await open(stage, 'anne.kermarrec', await patientOf(stage, 'anne.kermarrec'));
    await page.keyboard.press('a');
    const field = panel(page).getByRole('combobox', { name: 'Allergie ou intolérance à' });
    await field.waitFor();
    await page.keyboard.type('Pénicilline');
    await page.getByRole('option', { name: 'Pénicillines' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option').waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), 'Pénicilline');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Allergie ajoutée : Pénicilline.');
    await page.keyboard.press('a');
    await panel(page).getByRole('combobox', { name: 'Catégorie' }).click();
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  },
);

scenario('DOS-6 a vaccine with its lot is added by keyboard alone', async (stage) => {
  const page = await open(stage, 'soizic.abgrall', await patientOf(stage, 'soizic.abgrall'));
  await page.keyboard.press('v');
  await page.getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
  await page.keyboard.type('grippe');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Lot'));
  await page.keyboard.type('AB1234');
  await page.keyboard.press('Control+Enter');
  await said(page, /Vaccin ajouté/);
  await card(page, 'Vaccins')
    .getByText(/lot AB1234/)
    .waitFor();
});

scenario('DOS-10 a PDF and a photograph are added by keyboard and seen in the page', async (stage) => {
  const page = await open(stage, 'anne.kermarrec', await patientOf(stage, 'anne.kermarrec'));
  const documents = card(page, 'Courriers et documents');
  for (const [name, mimeType, buffer] of [
    ['compte-rendu-cardiologie.pdf', 'application/pdf', pdf('Compte rendu de cardiologie')],
    ['plaie-jambe-droite.png', 'image/png', png(240, [196, 120, 110])],
  ] as const) {
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Ajouter un document' }).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Choisir un fichier' }));
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name, mimeType, buffer });
    await panel(page).getByText(name).waitFor();
    // Seen before it is sent.
    await panel(page).getByRole('region', { name: 'Aperçu' }).getByRole('img').waitFor();
    await tabTo(page, panel(page).getByRole('button', { name: 'Ajouter le document' }));
    await page.keyboard.press('Enter');
    await said(page, 'Document ajouté.');
    await documents.getByText(name.replace(/\.\w+$/, '').replaceAll('-', ' ')).waitFor();
    await panel(page).getByRole('heading', { name: 'Ajouter un document' }).waitFor({ state: 'detached' });
  }
  await documents.getByText('plaie jambe droite').click();
  const image = panel(page).getByRole('img', { name: 'plaie jambe droite' });
  await image.waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('aside img')?.naturalWidth === 240);
  await page.keyboard.press('Escape');
  await documents.getByText('compte rendu cardiologie').click();
  await panel(page).getByText('Page 1 sur 1', { exact: true }).waitFor();
  await panel(page).locator('canvas').first().waitFor();
  assert.match(
    (await panel(page).getByRole('link', { name: 'Télécharger' }).getAttribute('href')) ?? '',
    /\/content\?telecharger$/,
  );
});

scenario('SEC-17 a file that is not what it says is refused in words and nothing is added', async (stage) => {
  const page = await open(stage, 'anne.kermarrec', await patientOf(stage, 'anne.kermarrec'));
  await page.keyboard.press('d');
  await page.getByLabel('Fichier à ajouter').setInputFiles({
    name: 'facture.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<html><script>alert(1)</script></html>'),
  });
  await panel(page).getByRole('button', { name: 'Ajouter le document' }).click();
  await panel(page).getByRole('alert').waitFor();
  await card(page, 'Courriers et documents')
    .getByText(/Aucun document/)
    .waitFor();
});

scenario('DOS-16 what was just added is taken back within ten seconds with Ctrl-Z', async (stage) => {
  const page = await open(stage, 'soizic.abgrall', await patientOf(stage, 'soizic.abgrall'));
  await page.keyboard.press('m');
  await page.getByRole('heading', { name: 'Ajouter des mesures' }).waitFor();
  await page.keyboard.type('131/77');
  await page.keyboard.press('Control+Enter');
  await card(page, 'Dernières mesures').getByText('131/77').waitFor();
  await panel(page).getByRole('heading', { name: 'Ajouter des mesures' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.getByText('Annulé.').waitFor();
  await card(page, 'Dernières mesures').getByText('131/77').waitFor({ state: 'detached' });
});

scenario(
  'DOS-16 a problem is corrected, both versions are compared, and it can be marked as entered in error without being erased',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Lombalgie chronique', onset: '2021' });
    const page = await open(stage, 'anne.kermarrec', patient);
    await card(page, 'Problèmes').getByText('Lombalgie chronique').click();
    await panel(page).getByRole('button', { name: 'Version 1, jamais modifiée' }).waitFor();
    await panel(page).getByRole('button', { name: 'Corriger' }).click();
    await panel(page).getByLabel('Problème', { exact: true }).fill('Lombosciatique droite');
    await panel(page).getByLabel('Raison de la correction').fill('Irradiation retrouvée');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Problème corrigé.');
    await card(page, 'Problèmes').getByText('Lombosciatique droite').click();
    await panel(page).getByRole('button', { name: '2 versions, comparer' }).click();
    const changed = panel(page).getByRole('row').filter({ hasText: 'Lombosciatique droite' });
    await changed.getByText('Lombalgie chronique').waitFor();
    await panel(page).getByText('Raison : Irradiation retrouvée').waitFor();
    await panel(page).getByRole('button', { name: 'Saisi par erreur' }).click();
    await panel(page).getByLabel('Pourquoi est-ce une erreur ?').fill('Dossier d’un homonyme');
    await panel(page).getByRole('button', { name: 'Marquer comme erreur' }).click();
    await said(page, /Marqué comme saisi par erreur/);
    await card(page, 'Problèmes').getByText('Lombosciatique droite').waitFor({ state: 'detached' });
    await page.goto(`/patients/${patient.id}?erreurs=oui`);
    const history = page.locator('#historique');
    await history.getByText('Lombosciatique droite').waitFor();
  },
);
