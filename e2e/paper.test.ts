/** What a person prints from the page: the sheets that come out, read back. */
import assert from 'node:assert/strict';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Page, scenario } from './harness.ts';
import { newPatient, recordShown } from './people.ts';

/** The words of each sheet, and the colours of what means danger while it was drawn. */
async function printed(page: Page): Promise<{ sheets: string[]; colour: string }> {
  await page.evaluate(() =>
    addEventListener('beforeprint', () =>
      document.body.setAttribute('data-danger', getComputedStyle(document.body).getPropertyValue('--danger')),
    ),
  );
  const bytes = await page.pdf({ preferCSSPageSize: true });
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS }).promise;
  const sheets: string[] = [];
  for (let at = 1; at <= pdf.numPages; at++) {
    const { items } = await (await pdf.getPage(at)).getTextContent();
    sheets.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s+/g, ' '),
    );
  }
  await pdf.loadingTask.destroy();
  return { sheets, colour: (await page.locator('body').getAttribute('data-danger')) ?? '' };
}

scenario(
  'DOS-1 IDV-1 a record printed from a dark screen: light, whose it is on each sheet, nothing that one presses, no word cut, no empty sheet',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients/pat-jean-kerleau?volet=objectif', { colorScheme: 'dark' });
    await recordShown(page);
    await page.getByRole('region', { name: 'Vaccins' }).waitFor();
    const { sheets, colour } = await printed(page);
    assert.ok(sheets.length > 1);
    for (const sheet of sheets) {
      assert.match(sheet, /KERLEAU Jean/);
      assert.match(sheet, /\d\d\/\d\d\/1963/);
      assert.match(sheet, /Aucune allergie connue/);
      assert.ok(sheet.length > 250, sheet);
    }
    const all = sheets.join(' ');
    assert.match(all, /imprimée par Anne Kermarrec/);
    assert.doesNotMatch(all, /Ma journée|Pilotage|Tout replier|Ajouter une mesure/);
    assert.equal(colour, '#a82a1e');
    assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    const results = page.getByRole('region', { name: 'Résultats', exact: true });
    await page.emulateMedia({ media: 'print' });
    const cut = await results
      .locator('.clip')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
    assert.deepEqual(cut, []);
  },
);

scenario(
  'DOS-1 a record of many problems is printed with all of them, and says what else is on the screen only',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const at = `/api/patients/${patient.id}`;
    for (let n = 1; n <= 14; n++) {
      await anne.send('POST', `${at}/problems`, { label: `Trouble numéro ${n}.` });
      await anne.send('POST', `${at}/notes`, { title: `Note ${n}`, text: 'Vue ce jour.' });
    }
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const problems = page.getByRole('region', { name: 'Problèmes' });
    await problems.getByRole('button', { name: 'Voir les 6 autres' }).waitFor();
    const all = (await printed(page)).sheets.join(' ');
    for (let n = 1; n <= 14; n++) assert.ok(all.includes(`Trouble numéro ${n}.`), `${n}`);
    assert.match(all, /Et 11 autres, à lire à l.écran/);
    assert.equal(await problems.getByText(/Trouble numéro/).count(), 8, 'on screen it is as it was');
  },
);

for (const [name, panel, shows, not] of [
  ['a note', 'entree', 'Vue ce jour, rien à signaler.', /Problèmes|Ma journée|Corriger/],
  ['a curve', 'courbe', 'Poids', /Problèmes|Ma journée|Ajouter une mesure/],
] as const)
  scenario(
    `DOS-1 IDV-1 ${name} that one reads beside the record is what is printed, with whose it is`,
    async (stage) => {
      const anne = await stage.hand('anne.kermarrec');
      const patient = await newPatient(anne, { birthDate: '14/07/1951' });
      const at = `/api/patients/${patient.id}`;
      const note = await anne.send('POST', `${at}/notes`, { title: 'Visite', text: 'Vue ce jour, rien à signaler.' });
      await anne.send('POST', `${at}/measures`, { values: [{ code: '29463-7', value: '71' }] });
      const page = await stage.as(
        'anne.kermarrec',
        `/patients/${patient.id}?volet=${panel === 'courbe' ? 'courbe:29463-7' : `entree:${note.lines[0].type}:${note.lines[0].id}`}`,
      );
      await recordShown(page, patient.name);
      await page.getByRole('complementary').getByText(shows).first().waitFor();
      const { sheets } = await printed(page);
      assert.equal(sheets.length, 1);
      assert.match(sheets[0]!, new RegExp(`${patient.name}, 14/07/1951`));
      assert.ok(sheets[0]!.includes(shows), sheets[0]);
      assert.doesNotMatch(sheets[0]!, not);
    },
  );

scenario(
  'COO-4 IDV-1 a meeting on paper: what is said of a patient names them on each sheet, and shares none with another patient',
  async (stage) => {
    const [anne, runner] = [await stage.hand('anne.kermarrec'), await stage.hand('tristan.le-corre')];
    const patients = [
      await newPatient(anne, { birthDate: '14/07/1951' }),
      await newPatient(anne, { birthDate: '02/02/1947' }),
    ];
    const ids: string[] = [];
    for (const one of patients) {
      const proposed = await anne.send('POST', `/api/patients/${one.id}/meeting-proposals`, { reason: 'Plaie' });
      ids.push(proposed.id);
      for (let n = 1; n <= 40; n++)
        await anne.send('POST', `/api/patients/${one.id}/problems`, { label: `Trouble ${n} de ${one.family}` });
    }
    const made = await runner.send('POST', '/api/meetings', {
      start: `${new Date(Date.now() + 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })}T12:30`,
      title: 'Concertation sur papier',
      participants: [anne.practitioner],
      patients: ids,
    });
    const page = await stage.as('anne.kermarrec', `/coordination/reunions/${made.id}?mode=animer&patient=${ids[0]}`);
    await page.getByText(new RegExp(`Trouble 1 de ${patients[0]!.family}`)).waitFor();
    const { sheets } = await printed(page);
    assert.ok(sheets.length > 1, String(sheets.length));
    for (const sheet of sheets) {
      assert.match(sheet, new RegExp(`${patients[0]!.name}, 14/07/1951`));
      assert.ok(!sheet.includes(patients[1]!.family) && !sheet.includes(patients[1]!.name), sheet);
    }
    await page.goto(`/coordination/reunions/${made.id}?mode=preparer&patient=${ids[1]}`);
    await page.getByText(new RegExp(`Trouble 1 de ${patients[1]!.family}`)).waitFor();
    const ofSecond = (await printed(page)).sheets.filter((sheet) => sheet.includes(`de ${patients[1]!.family}`));
    assert.ok(ofSecond.length > 1);
    for (const sheet of ofSecond) {
      assert.match(sheet, new RegExp(`${patients[1]!.name}, 02/02/1947`));
      assert.ok(!sheet.includes(patients[0]!.name), sheet);
    }
  },
);

for (const [name, path] of [
  ['treatments', 'traitements'],
  ['the synthesis', 'synthese'],
  ['the identity', 'identite'],
] as const)
  scenario(`DOS-1 IDV-1 ${name} of a patient on paper: each sheet says whose it is`, async (stage) => {
    if (path === 'synthese')
      await (await stage.hand('anne.kermarrec')).send('POST', '/api/patients/pat-jean-kerleau/summaries');
    const page = await stage.as('anne.kermarrec', `/patients/pat-jean-kerleau/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const { sheets } = await printed(page);
    assert.ok(sheets.length > 1);
    for (const sheet of sheets) assert.match(sheet, /KERLEAU Jean, (né le )?\d\d\/\d\d\/1963/);
  });
