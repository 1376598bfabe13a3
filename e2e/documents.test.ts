/** Documents that arrive: a secretary's morning of sorting, a physician's of reading and signing, the viewer, search, a document that was put into the wrong record. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfOf, png } from './files.ts';
import { type Hand, type Page, root, scenario, type Stage, telephone } from './harness.ts';
import { card, type NewPatient, newPatient, panel, recordShown, said } from './people.ts';

const letter = (patient: NewPatient, birth: string, words: string) =>
  pdfOf(`CENTRE HOSPITALIER\nConcerne : Madame ${patient.family.toUpperCase()} Morgane, DDN : ${birth}\n${words}`);
async function send(stage: Stage, by: Hand, name: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name));
  const answer = await fetch(`${stage.url}/api/documents/inbox`, {
    method: 'POST',
    headers: { origin: stage.url, cookie: by.cookie },
    body: form,
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return ((await answer.json()) as { document: string }).document;
}
/** Sorted into the record, for someone to read or sign. */
async function filed(
  stage: Stage,
  patient: NewPatient,
  bytes: Buffer,
  title: string,
  reader?: { practitioner: string; sign: boolean },
): Promise<string> {
  const desk = await stage.hand('maryvonne.pellen');
  const document = await send(stage, desk, `${title}.pdf`, bytes);
  await desk.send('POST', `/api/documents/inbox/${document}/sort`, {
    version: 1,
    patient: patient.id,
    documentType: '11488-4',
    title,
    readers: reader ? [reader] : [],
  });
  return document;
}
const sorting = (page: Page) => page.getByRole('region', { name: 'Classer ce document' });

scenario(
  'DOS-10 the reader who is proposed for a document is a name, before the list of the professionals is there too',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor, { birthDate: '17/05/1957' });
    await doctor.send('POST', `/api/patients/${patient.id}/team`, {
      practitioner: doctor.practitioner,
      treating: true,
    });
    await send(
      stage,
      await stage.hand('maryvonne.pellen'),
      'lettre.pdf',
      letter(patient, '17/05/1957', 'A l attention du Dr Anne Kermarrec\nConsultation'),
    );
    const page = await stage.as('maryvonne.pellen', '/');
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/professionals', async (route) => {
      await asked;
      await route.continue();
    });
    await page.goto('/documents');
    await page.getByRole('listitem').filter({ hasText: patient.name }).first().click();
    const form = sorting(page);
    await form.getByText(patient.name).first().waitFor();
    await form.getByText('À lire par').first().waitFor();
    assert.equal(await form.getByText(doctor.practitioner).count(), 0);
    answer();
    await form.getByText('Anne Kermarrec, médecin').first().waitFor({ timeout: 8_000 });
  },
);

scenario(
  'DOS-10 patients proposed for a document are one group of choices: one stop of the Tab key, arrows choose',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const birthDate = '23/03/1949';
    const [one, two] = [await newPatient(doctor, { birthDate }), await newPatient(doctor, { birthDate })];
    const words = `Adresse par Madame ${two.family.toUpperCase()} Morgane, DDN : ${birthDate}`;
    const document = await send(stage, await stage.hand('maryvonne.pellen'), 'deux.pdf', letter(one, birthDate, words));
    const page = await stage.as('maryvonne.pellen', `/documents?vue=classer&doc=${document}`);
    const group = sorting(page).getByRole('radiogroup', { name: 'Patients proposés' });
    const choices = group.getByRole('radio');
    await choices.nth(1).waitFor();
    assert.equal(await group.locator('[role="radio"][tabindex="0"]').count(), 1);
    const [first, second] = [choices.first(), choices.nth(1)];
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await group.getByRole('radio', { checked: true }).and(second).waitFor();
    assert.equal(await second.evaluate((it) => it === it.ownerDocument.activeElement), true);
    const name = (await second.textContent())?.includes(two.name) ? two.name : one.name;
    await sorting(page)
      .getByRole('button', { name: `Classer chez ${name}` })
      .waitFor();
    await page.keyboard.press('ArrowUp');
    await group.getByRole('radio', { checked: true }).and(first).waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await group.locator(':focus').count(), 0, 'the next Tab leaves the group');
  },
);

scenario(
  'DOS-10 a secretary sorts the ten documents of a morning by keyboard: proposed, searched for, refused, and one taken back',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const births = Array.from({ length: 8 }, (_, at) => `${String(11 + at)}/0${1 + at}/19${50 + at}`);
    const patients: NewPatient[] = [];
    for (const birthDate of births) patients.push(await newPatient(doctor, { birthDate }));
    const known = patients.map((patient, at) => ({
      name: `scan-${at}.pdf`,
      mimeType: 'application/pdf',
      buffer: letter(patient, births[at]!, `Compte rendu de consultation numero ${at}`),
    }));
    const files = [
      ...known,
      { name: 'photo.png', mimeType: 'image/png', buffer: png(60, [200, 120, 90]) },
      {
        name: 'inconnu.pdf',
        mimeType: 'application/pdf',
        buffer: pdfOf('Concerne : Monsieur ZZYXVAND Tobiaz, DDN : 01/02/1933\nConsultation'),
      },
    ];
    const page = await stage.as('maryvonne.pellen', '/documents');
    const desk = await stage.hand('maryvonne.pellen');
    const waiting = async () =>
      ((await desk.send('GET', '/api/documents/inbox')) as { waiting: { document: string; name: string }[] }).waiting;
    const there = (await waiting()).map(({ document }) => document);
    const before = there.length;
    await page.locator('input[type="file"][multiple]').setInputFiles(files);
    await said(page, /10 documents reçus/);
    const mine = (await waiting()).filter(({ document }) => !there.includes(document));
    assert.deepEqual(
      mine.map(({ name }) => name),
      files.map(({ name }) => name),
    );
    await page.goto(`/documents?vue=classer&doc=${mine[0]!.document}`);
    for (const patient of patients) {
      await sorting(page)
        .getByRole('button', { name: `Classer chez ${patient.name}` })
        .waitFor();
      await page.keyboard.press('a');
      await said(page, `Classé dans le dossier de ${patient.name}`);
    }
    // A picture says nothing: the patient is searched for, by name, and chosen with Enter.
    await page.getByRole('region', { name: 'Document : photo.png' }).getByRole('img', { name: 'photo.png' }).waitFor();
    await page.keyboard.press('p');
    await page.keyboard.type(patients[0]!.family);
    await page.getByRole('option', { name: new RegExp(patients[0]!.family, 'i') }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await sorting(page)
      .getByRole('button', { name: `Classer chez ${patients[0]!.name}` })
      .click();
    await said(page, `Classé dans le dossier de ${patients[0]!.name}`);
    await page.getByRole('region', { name: 'Document : inconnu.pdf' }).waitFor();
    await sorting(page).getByText('Aucun patient de la structure ne correspond').waitFor();
    await page.keyboard.press('x');
    await page.getByLabel('Pourquoi ce document n’est pas de chez nous').waitFor();
    await page.keyboard.type('patient inconnu');
    await page.keyboard.press('Enter');
    await said(page, 'Écarté : pas de chez nous.');
    assert.equal((await waiting()).length, before);
    // What was wrong to refuse is taken back.
    await page.getByRole('button', { name: 'Reprendre inconnu.pdf' }).click();
    await said(page, 'Repris');
    assert.equal((await waiting()).length, before + 1);
    await desk.send('POST', `/api/documents/inbox/${mine[9]!.document}/refuse`, {
      version: 3,
      reason: 'fin du scénario',
    });
    const record = await doctor.send('GET', `/api/patients/${patients[1]!.id}/record`);
    assert.deepEqual(
      record.documents.map((one: { title: string }) => one.title),
      ['Compte rendu de consultation, CENTRE HOSPITALIER'],
    );
  },
  { timeout: 240_000 },
);

scenario(
  'DOS-10 a physician reads three documents one after the other and signs them by keyboard, with a comment on one; the secretary’s count goes down',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor, { birthDate: '09/05/1961' });
    const titles = ['Courrier alpha', 'Courrier bravo', 'Courrier charlie'].map(
      (title) => `${title} ${patient.family}`,
    );
    const ids: string[] = [];
    for (const title of titles)
      ids.push(
        await filed(stage, patient, letter(patient, '09/05/1961', title), title, {
          practitioner: doctor.practitioner,
          sign: true,
        }),
      );
    const page = await stage.as('anne.kermarrec', `/documents?vue=lire&doc=${ids[0]}`);
    for (const [at, title] of titles.entries()) {
      const about = page.getByRole('region', { name: 'Ce document' });
      await about.getByRole('heading', { name: title }).waitFor();
      await page.getByRole('img', { name: `${title}, page 1` }).waitFor();
      if (at === 1) {
        await about.getByLabel('Commentaire').fill('À rappeler dans un mois.');
        await about.getByRole('button', { name: 'Signer' }).click();
      } else await page.keyboard.press('s');
      await said(page, 'Signé.');
      await page.getByRole('region', { name: 'Documents à lire' }).getByText(title).waitFor({ state: 'detached' });
    }
    const { documents } = await doctor.send('GET', `/api/patients/${patient.id}/record`);
    assert.deepEqual(
      documents.map((one: { marks: { signed: boolean }[] }) => one.marks.map(({ signed }) => signed)),
      [[true], [true], [true]],
    );
    assert.equal(
      documents.find((one: { title: string }) => one.title === titles[1]).marks[0].comment,
      'À rappeler dans un mois.',
    );
  },
);

scenario(
  'DOS-10 a document of several pages is turned, enlarged and paged by keyboard in the page, on a desk and on a telephone',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor);
    const id = await filed(
      stage,
      patient,
      pdfOf('Premiere page du dossier', 'Deuxieme page', 'Troisieme et derniere page'),
      'Dossier en trois pages',
    );
    for (const options of [undefined, { viewport: telephone }]) {
      const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=fichier:${id}`, options);
      const viewer = page.getByRole('region', { name: 'Document : Dossier en trois pages' });
      await viewer.getByText('Page 1 sur 3').waitFor();
      await viewer.getByText('Premiere page du dossier').waitFor({ state: 'attached' });
      await viewer.getByRole('region', { name: 'Contenu du document' }).focus();
      await page.keyboard.press('ArrowRight');
      await viewer.getByText('Page 2 sur 3').waitFor();
      await viewer.getByText('Deuxieme page').waitFor({ state: 'attached' });
      await page.keyboard.press('End');
      await viewer.getByText('Page 3 sur 3').waitFor();
      await page.keyboard.press('+');
      await viewer.getByText('125 %').waitFor();
      await page.keyboard.press('r');
      await viewer.locator('[data-drawn="3-1.25-90"]').waitFor();
      const { width, height } = (await viewer
        .getByRole('img', { name: 'Dossier en trois pages, page 3' })
        .boundingBox())!;
      assert.ok(width > height, 'lies on its side');
      await page.keyboard.press('0');
      await viewer.getByText('100 %').waitFor();
      assert.equal(await viewer.getByRole('button', { name: 'Page suivante' }).isDisabled(), true);
    }
  },
);

scenario(
  'DOS-10 words of documents and notes are found whatever the accents and the plural; who is not in the team finds nothing',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor);
    const word = `quinquamycose${patient.family.toLowerCase()}`;
    await doctor.send('POST', `/api/patients/${patient.id}/notes`, {
      title: 'Consultation',
      text: `Patiente hospitalisée pour une ${word}, opérée le jour même.`,
    });
    const page = await stage.as('anne.kermarrec', '/documents?vue=chercher');
    const box = page.getByRole('textbox', { name: 'Chercher dans les documents et les notes' });
    await box.fill(`${word}s hospitalisés`);
    const results = page.getByRole('region', { name: 'Résultats' });
    await results.getByText(patient.name).waitFor();
    assert.deepEqual(await results.locator('mark').allTextContents(), ['hospitalisée', word]);
    await results.getByRole('link').first().click();
    await recordShown(page, patient.name);
    await panel(page).getByText(word).first().waitFor();
    const stranger = await stage.as('yann.tanguy', `/documents?vue=chercher&q=${word}`);
    await stranger.getByText('Rien de trouvé').waitFor();
  },
);

scenario(
  'DOS-10 a document put into the wrong record is moved to the right one, and back for ten seconds',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const [wrong, right] = [await newPatient(doctor), await newPatient(doctor)];
    const id = await filed(stage, wrong, pdfOf('Lettre'), `Lettre ${wrong.family}`);
    const page = await stage.as('anne.kermarrec', `/patients/${wrong.id}?volet=fichier:${id}`);
    await panel(page).getByRole('button', { name: 'Pas ce patient' }).click();
    await panel(page).getByLabel('Le bon patient').fill(right.family);
    await page.getByRole('option', { name: new RegExp(right.family, 'i') }).click();
    await panel(page).getByLabel('Raison').fill('homonyme');
    await panel(page).getByRole('button', { name: 'Déplacer' }).click();
    await said(page, `Déplacé dans le dossier de ${right.name}`);
    await card(page, 'Courriers et documents').getByText(`Lettre ${wrong.family}`).waitFor({ state: 'detached' });
    assert.equal((await doctor.send('GET', `/api/patients/${right.id}/record`)).documents[0].id, id);
    await page.getByRole('alert').getByRole('button', { name: 'Annuler' }).click();
    await said(page, 'le document est revenu');
    await card(page, 'Courriers et documents').getByText(`Lettre ${wrong.family}`).waitFor();
  },
);

scenario(
  'DOS-11 DOS-10 a dropped HPRIM file: what was understood is shown, one key puts its values and the original into the record, the same again is told',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor, { birthDate: '14/02/1944' });
    const hprim = (end: string[]) =>
      Buffer.from(
        [
          'H|~^\\&|Essai.HPR||BIO~Laboratoire Bio-Abers||ORU|||MSP~Abers||P|H2.1~C|202609101159',
          `P|1|398|B104||${patient.family.toUpperCase()}~Morgane||19440214|F`,
          `OBR|1|ech1|~N-${patient.family}|x|NFS~NUMERATION~L|R||202609100815^20260910`,
          'OBX|1|NM|HB~Hémoglobine~L||11.2|g/dL|12.0 - 16.0|L|||F',
          'OBX|2|NM|K~Potassium~L||4.3|mmol/L|3.5 - 5.0||||F',
          ...end,
        ].join('\r\n'),
        'latin1',
      );
    const desk = await stage.hand('maryvonne.pellen');
    const cut = await send(stage, desk, 'coupe.hpr', hprim([]));
    const whole = await send(stage, desk, 'resultats.hpr', hprim(['L|1']));
    const page = await stage.as('maryvonne.pellen', `/documents?vue=classer&doc=${cut}`);
    await sorting(page).getByText('La fin de ce fichier manque', { exact: false }).waitFor();
    assert.equal(
      await sorting(page).getByLabel('Écrire ces valeurs au dossier, à valider par un médecin').isChecked(),
      false,
    );
    await page.goto(`/documents?vue=classer&doc=${whole}`);
    await sorting(page)
      .getByRole('row', { name: /Hémoglobine 11,2 g\/dL bas/ })
      .waitFor();
    await sorting(page)
      .getByRole('button', { name: `Classer chez ${patient.name}` })
      .waitFor();
    assert.equal(
      await sorting(page).getByLabel('Écrire ces valeurs au dossier, à valider par un médecin').isChecked(),
      true,
    );
    await page.keyboard.press('a');
    await said(page, `Classé dans le dossier de ${patient.name}`);
    const twin = await send(stage, desk, 'copie.hpr', hprim(['L|1']));
    await page.goto(`/documents?vue=classer&doc=${twin}`);
    await sorting(page).getByText('leurs valeurs ne seront pas écrites une seconde fois', { exact: false }).waitFor();
    const reader = await stage.as('anne.kermarrec', `/patients/${patient.id}/resultats`);
    await reader
      .getByRole('table', { name: /Analyses en lignes/ })
      .getByRole('cell', { name: /11,2/ })
      .waitFor();
    for (const document of [cut, twin])
      await desk.send('POST', `/api/documents/inbox/${document}/refuse`, { version: 1, reason: 'fin du scénario' });
  },
);

scenario(
  'DOS-11 ECH-1 a laboratory’s file that a program left in a record: opened there, its values are seen, and written by one press',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor, { birthDate: '14/02/1944' });
    const file = [
      'H|~^\\&|Essai.HPR||BIO~Laboratoire Bio-Abers||ORU|||MSP~Abers||P|H2.1~C|202609101159',
      `P|1|398|B104||${patient.family.toUpperCase()}~Morgane||19440214|F`,
      `OBR|1|ech1|~P-${patient.family}|x|NFS~NUMERATION~L|R||202609100815^20260910`,
      'OBX|1|NM|HB~Hémoglobine~L||11.2|g/dL|12.0 - 16.0|L|||F',
      'L|1',
    ].join('\r\n');
    const { id } = (await doctor.send('POST', '/fhir/R4/DocumentReference', {
      resourceType: 'DocumentReference',
      status: 'current',
      subject: { reference: `Patient/${patient.id}` },
      description: 'Biologie déposée',
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(file, 'latin1').toString('base64') } }],
    })) as { id: string };
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=fichier:${id}`);
    await panel(page)
      .getByRole('row', { name: /Hémoglobine 11,2 g\/dL bas/ })
      .waitFor();
    await panel(page).getByRole('button', { name: 'Écrire ces valeurs au dossier' }).click();
    await said(page, 'Valeurs écrites au dossier');
    await panel(page).getByRole('button', { name: 'Écrire ces valeurs au dossier' }).waitFor({ state: 'detached' });
    await page.goto(`/patients/${patient.id}/resultats`);
    await page
      .getByRole('table', { name: /Analyses en lignes/ })
      .getByRole('cell', { name: /11,2/ })
      .waitFor();
  },
);

scenario(
  'DOS-10 COO-7 a document confided with a date is in the colleague’s list and among the tasks, refused with a reason, and comes back',
  async (stage) => {
    const [doctor, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(doctor, { team: [nurse], birthDate: '14/02/1944' });
    const title = `Courrier de la plaie ${patient.family}`;
    const id = await filed(stage, patient, letter(patient, '14/02/1944', title), title, {
      practitioner: doctor.practitioner,
      sign: false,
    });
    const page = await stage.as('anne.kermarrec', `/documents?vue=lire&doc=${id}`);
    const about = page.getByRole('region', { name: 'Ce document' });
    await about.getByRole('heading', { name: title }).waitFor();
    await page.keyboard.press('c');
    const form = about.getByRole('form', { name: 'Confier ce document' });
    await form.getByRole('combobox', { name: 'Confier à' }).click();
    await page.getByRole('option', { name: /^Soizic Abgrall/ }).click();
    await form.getByLabel('Pour le').fill('+3j');
    await form.getByRole('button', { name: 'Confier ce document' }).click();
    await said(page, 'Confié.');
    const other = await stage.as('soizic.abgrall', `/documents?vue=lire&doc=${id}`);
    const asked = other.getByRole('region', { name: 'Ce document' });
    await asked.getByText(/Confié par Anne Kermarrec, pour le/).waitFor();
    await asked.getByRole('link', { name: 'Suivre ou refuser' }).click();
    await panel(other)
      .getByRole('heading', { name: `Document à lire : ${title}` })
      .waitFor();
    await panel(other)
      .getByRole('button', { name: /^Refuser/ })
      .click();
    await panel(other).getByLabel('Pourquoi refusez-vous ?').fill('Je ne la suis plus.');
    await panel(other).getByRole('button', { name: 'Refuser la tâche' }).click();
    await panel(other).getByText('Je ne la suis plus.').waitFor();
    await page.goto(`/documents?vue=lire&doc=${id}`);
    await about.getByRole('heading', { name: title }).waitFor();
  },
);

/** A fax of two pages about Yvonne Kerscanel, born on 12/03/1948. */
const fax = readFileSync(join(root, 'src/platform/ocr/fax-for-tests.tif'));
/** She is there once, however often this is run. */
async function faxed(stage: Stage): Promise<{ id: string; name: string }> {
  const doctor = await stage.hand('anne.kermarrec');
  const { patients } = (await doctor.send('GET', '/api/patients?q=kerscanel')) as {
    patients: { id: string; name: string }[];
  };
  if (patients[0]) return patients[0];
  return (
    await doctor.send('POST', '/api/patients', {
      birthFamily: 'Kerscanel',
      birthGivens: 'Yvonne',
      birthDate: '12/03/1948',
      sex: 'female',
    })
  ).patient;
}
scenario(
  'DOS-10 a fax in TIFF: every page is seen, its text recognised, its patient proposed without being certain; sorted, it is read on a telephone and found by its words',
  async (stage) => {
    const patient = await faxed(stage);
    const page = await stage.as('maryvonne.pellen', '/documents');
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/api/documents/inbox')),
      page
        .locator('input[type="file"][multiple]')
        .setInputFiles({ name: 'fax_0412.tif', mimeType: 'image/tiff', buffer: fax }),
    ]);
    const { document } = (await answer.json()) as { document: string };
    await page.goto(`/documents?vue=classer&doc=${document}`);
    const viewer = page.getByRole('region', { name: 'Document : fax_0412.tif' });
    await viewer.getByText('Page 1 sur 2').waitFor();
    await viewer.locator('[data-drawn="1-1-0"]').waitFor();
    await viewer.getByRole('button', { name: 'Page suivante' }).click();
    await viewer.locator('[data-drawn="2-1-0"]').waitFor();
    assert.equal(
      await viewer.getByRole('link', { name: 'Ouvrir à part, pour imprimer' }).getAttribute('target'),
      '_blank',
    );
    await sorting(page)
      .getByText(/Texte reconnu sur l’image, fiable à \d\d\s%\s: vérifiez le patient/)
      .waitFor();
    await sorting(page)
      .getByRole('radio', { name: new RegExp(`${patient.name}.*Probable.*texte reconnu`) })
      .waitFor();
    await sorting(page)
      .getByRole('button', { name: `Classer chez ${patient.name}` })
      .click();
    await said(page, `Classé dans le dossier de ${patient.name}`);
    const reader = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=fichier:${document}`, {
      viewport: telephone,
    });
    const shown = panel(reader).getByRole('region', { name: /^Document : / });
    await shown.getByText('Page 1 sur 2').waitFor();
    await shown.locator('[data-drawn="1-1-0"]').waitFor();
    await reader.goto('/documents?vue=chercher&q=pneumopathies%20lobe');
    const hit = reader
      .getByRole('region', { name: 'Résultats' })
      .getByRole('link')
      .filter({ hasText: patient.name })
      .first();
    await hit.getByText(/texte reconnu, \d\d %/).waitFor();
  },
);

scenario('DOS-10 SEC-17 a damaged TIFF is refused with what to do, and the others are received', async (stage) => {
  const page = await stage.as('maryvonne.pellen', '/documents');
  stage.expect(/422/);
  await page.locator('input[type="file"][multiple]').setInputFiles([
    { name: 'coupe.tif', mimeType: 'image/tiff', buffer: fax.subarray(0, 3_000) },
    { name: 'entier.tif', mimeType: 'image/tiff', buffer: fax },
  ]);
  await said(page, /1 document reçu/);
  await page.getByText(/coupe\.tif : Ce fichier TIFF est abîmé ou incomplet\./).waitFor();
  const desk = await stage.hand('maryvonne.pellen');
  const { waiting } = (await desk.send('GET', '/api/documents/inbox')) as {
    waiting: { document: string; name: string; version: number }[];
  };
  for (const one of waiting.filter(({ name }) => name === 'entier.tif'))
    await desk.send('POST', `/api/documents/inbox/${one.document}/refuse`, {
      version: one.version,
      reason: 'fin du scénario',
    });
});

scenario(
  'DOS-10 COO-7 a reader named while sorting finds the document and a task that the secretary follows',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor, { birthDate: '14/02/1944' });
    const title = `Courrier du cardiologue ${patient.family}`;
    const id = await filed(stage, patient, letter(patient, '14/02/1944', title), title, {
      practitioner: doctor.practitioner,
      sign: true,
    });
    const page = await stage.as('anne.kermarrec', `/documents?vue=lire&doc=${id}`);
    const about = page.getByRole('region', { name: 'Ce document' });
    await about.getByText(/Confié par Maryvonne Pellen/).waitFor();
    await about.getByRole('link', { name: 'Suivre ou refuser' }).click();
    await panel(page)
      .getByRole('heading', { name: `Document à signer : ${title}` })
      .waitFor();
    await page.goto(`/documents?vue=lire&doc=${id}`);
    await about.getByRole('heading', { name: title }).waitFor();
    await page.keyboard.press('s');
    await said(page, 'Signé.');
  },
);
