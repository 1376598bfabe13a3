/** Who may not: teams, oppositions, emergencies, practices, and the table that the owner keeps. */
import assert from 'node:assert/strict';
import { type Page, scenario, telephone } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

const clinical = [
  'Problèmes',
  'Allergies et intolérances',
  'Antécédents et mode de vie',
  'Dernières mesures',
  'Résultats',
  'Traitements',
  'Vaccins',
  'Dernières notes',
];
const words = async (page: Page) => (await page.locator('#root').textContent()) ?? '';
/** What those who run the practice are given of a patient: who follows which protocol with its steps, what a meeting said. What carers say among themselves is not. */
const coordination = [
  'Protocoles en cours',
  'Tâches et transmissions',
  'Concertations',
  'Objectifs et plans',
  'Historique',
];
async function nothingClinical(page: Page, given: readonly string[] = []) {
  for (const title of clinical) assert.equal(await card(page, title).count(), 0, title);
  const text = await page.locator('#root').evaluate((root, titles) => {
    const seen = root.cloneNode(true) as HTMLElement;
    for (const title of titles) for (const one of seen.querySelectorAll(`section[aria-label="${title}"]`)) one.remove();
    for (const style of seen.querySelectorAll('style')) style.remove();
    return seen.textContent ?? '';
  }, given);
  assert.doesNotMatch(text, /Metformine|Ramipril|Neuropathie|Diabète de type|\d,\d %/);
}

scenario(
  'SEC-4 SEC-5 SEC-8 outside the care team the record is closed; an emergency opens it with a reason, the referent is told and the access is in the log',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    await anne.send('POST', `/api/patients/${patient.id}/team`, { practitioner: anne.practitioner, treating: true });
    await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Diabète de type 1' });
    const page = await stage.as('helene.riou', `/patients/${patient.id}`);
    await page.getByRole('button', { name: 'Ouvrir en urgence…' }).click();
    assert.doesNotMatch(await words(page), /Diabète/);
    const go = page.getByRole('button', { name: 'Ouvrir le dossier en urgence' });
    await page.getByLabel('Motif de l’urgence').fill('malaise');
    await go.click();
    await page.getByText(/Quelques mots de plus/).waitFor();
    await page.getByLabel('Motif de l’urgence').fill('Malaise en salle d’attente, antécédents inconnus');
    await go.click();
    await recordShown(page, patient.name);
    await page
      .getByText(/Accès en urgence/)
      .first()
      .waitFor();
    const referent = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(referent, patient.name);
    await referent.getByRole('button', { name: /Avertissements : \d+ non lu/ }).click();
    await referent
      .getByText(/Malaise en salle d’attente/)
      .first()
      .waitFor();
    await referent.goto(`/patients/${patient.id}?volet=acces`);
    const line = panel(referent)
      .getByRole('listitem')
      .filter({ hasText: 'Hélène Riou' })
      .filter({ hasText: 'Motif : Malaise' });
    await line.first().getByText('urgence', { exact: true }).waitFor();
  },
);

scenario(
  'SEC-4 outside the care team, on a telephone, the nurse notes the patient’s agreement and its end where the record is closed, and it opens',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Diabète de type 1' });
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`, { viewport: telephone, hasTouch: true });
    await page.getByRole('button', { name: 'Noter l’accord du patient…' }).click();
    await page.getByText('Par écrit', { exact: true }).click();
    await page.getByLabel('Jusqu’au').fill('-3m');
    await page.getByRole('button', { name: 'Noter l’accord et ouvrir le dossier' }).click();
    await page.getByText('La fin doit suivre le début.').waitFor();
    assert.doesNotMatch(await words(page), /Diabète/);
    await page.getByLabel('Jusqu’au').fill('+3m');
    await page.getByRole('button', { name: 'Noter l’accord et ouvrir le dossier' }).click();
    await recordShown(page, patient.name);
    await card(page, 'Problèmes').getByText('Diabète de type 1').waitFor();
    await page.goto(`/patients/${patient.id}?volet=choix`);
    await panel(page)
      .getByText(/Soizic Abgrall/)
      .first()
      .waitFor();
  },
);

scenario(
  'SEC-4 the nurse whom the adolescent opposes is refused, on the page and on every path to it',
  async (stage) => {
    const page = await stage.as('soizic.abgrall', '/patients/pat-enora-talarmin');
    await page.getByText(/oppos/i).first().waitFor();
    assert.equal(await page.getByRole('region', { name: 'Synthèse' }).count(), 0);
    const soizic = await stage.hand('soizic.abgrall');
    for (const path of ['record', 'timeline', 'measures/29463-7'])
      await assert.rejects(soizic.send('GET', `/api/patients/pat-enora-talarmin/${path}`), { status: 403 });
    const doctor = await stage.as('ines.benjelloun', '/patients/pat-enora-talarmin');
    await recordShown(doctor, /TALARMIN/);
    await doctor.getByRole('button', { name: 'Une opposition' }).click();
    await panel(doctor)
      .getByText(/Soizic Abgrall/)
      .first()
      .waitFor();
  },
);

scenario('SEC-4 an opposition recorded by the physician closes the record to the colleague', async (stage) => {
  const [anne, erwan] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('erwan.quemeneur')]);
  const patient = await newPatient(anne, { team: [erwan] });
  const colleague = await stage.as('erwan.quemeneur', `/patients/${patient.id}`);
  await recordShown(colleague, patient.name);
  const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=choix`);
  await panel(page).getByRole('button', { name: 'Recueillir un choix' }).click();
  await panel(page).getByText('Opposition', { exact: true }).click();
  await panel(page)
    .getByRole('textbox', { name: 'Personne' })
    .or(panel(page).getByLabel('Personne', { exact: true }))
    .first()
    .click();
  await page.getByRole('option', { name: /Erwan Quéméneur/ }).click();
  await panel(page).getByRole('button', { name: 'Enregistrer ce choix' }).click();
  await said(page, 'Choix du patient enregistré.');
  await panel(page)
    .getByText(/Erwan Quéméneur/)
    .first()
    .waitFor();
  // What stood open closes too: what one may read no longer is not shown from memory.
  await colleague.getByText(/oppos/i).first().waitFor();
  assert.equal(await colleague.getByRole('region', { name: 'Synthèse' }).count(), 0);
  await colleague.reload();
  await colleague.getByText(/oppos/i).first().waitFor();
  assert.equal(await colleague.getByRole('region', { name: 'Synthèse' }).count(), 0);
});

for (const [who, login] of [
  ['secretary', 'maryvonne.pellen'],
  ['coordinator', 'tristan.le-corre'],
] as const)
  scenario(
    `SEC-3 the ${who} works with identity and appointments${who === 'coordinator' ? ' and coordination' : ''}, without any clinical content`,
    async (stage) => {
      const given = who === 'coordinator' ? coordination : [];
      const page = await stage.as(login, '/patients/pat-jean-kerleau');
      await page.getByRole('heading', { level: 1, name: /KERLEAU/ }).waitFor();
      await page.waitForLoadState('networkidle');
      await nothingClinical(page, given);
      // What carers say among themselves about him: there is some, and none of it comes.
      const [threads, opinions] = await Promise.all(
        ['threads', 'opinions'].map(async (what) => page.request.get(`/api/patients/pat-jean-kerleau/${what}`)),
      );
      assert.deepEqual(
        ((await threads!.json()) as { threads: { administrative: boolean }[] }).threads.filter(
          (one) => !one.administrative,
        ),
        [],
      );
      assert.equal(opinions!.status(), 403);
      assert.equal(await card(page, 'Avis et adressages').count(), 0);
      for (const key of ['m', 'n', 'p', 'a', 'v']) await page.keyboard.press(key);
      assert.doesNotMatch(page.url(), /volet=(mesure|probleme|allergie|vaccin)/);
      await page.goto('/patients/pat-jean-kerleau?volet=courbe:4548-4');
      await page.getByRole('heading', { level: 1, name: /KERLEAU/ }).waitFor();
      await page.waitForLoadState('networkidle');
      await nothingClinical(page, given);
    },
  );

scenario('SEC-1 SEC-3 the administrator keeps the practice and opens no record', async (stage) => {
  const page = await stage.as('aurore.miossec', '/structure');
  await page.getByRole('table', { name: 'Personnes de la structure' }).waitFor();
  await page.goto('/patients/pat-jean-kerleau');
  await page.getByRole('heading', { level: 1 }).or(page.getByRole('alert')).first().waitFor();
  await page.waitForLoadState('networkidle');
  await nothingClinical(page);
  assert.doesNotMatch(await words(page), /06 39 98|Suivi du diabète/);
});

scenario(
  'SEC-7 the address of another practice’s patient gives nothing, not even that the patient exists',
  async (stage) => {
    const page = await stage.as('olivier.chevrel', '/patients/pat-jean-kerleau');
    await page.getByRole('alert').waitFor();
    const theirs = await page.locator('main').textContent();
    assert.doesNotMatch(theirs ?? '', /KERLEAU|Jean/);
    await page.goto('/patients/pat-qui-n-existe-pas');
    await page.getByRole('alert').waitFor();
    assert.equal(await page.locator('main').textContent(), theirs);
    await page.goto('/patients?q=kerleau');
    await page
      .getByRole('row', { name: /KERLEAU/ })
      .or(page.getByText('Aucun patient trouvé'))
      .first()
      .waitFor();
    assert.equal(await page.getByRole('row', { name: /KERLEAU (Jean|Monique)/ }).count(), 0);
  },
);

scenario(
  'SEC-3 a right taken away by the owner in the table takes effect at once, is marked as changed, and is given back',
  async (stage) => {
    const [anne, camille] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('camille.jaffres')]);
    const patient = await newPatient(anne, { team: [camille] });
    const reader = await stage.as('camille.jaffres', `/patients/${patient.id}`);
    await recordShown(reader, patient.name);
    await card(reader, 'Allergies et intolérances').waitFor();
    const owner = await stage.as('aurore.miossec', '/structure?partie=droits');
    const cell = owner.getByRole('button', { name: /^Ergothérapeute, allergies/ });
    await cell.click();
    await owner.getByRole('button', { name: 'Rien' }).click();
    await said(owner, /Droit changé : Ergothérapeute/);
    await owner.getByRole('button', { name: /^Ergothérapeute, allergies.*changé/ }).waitFor();
    await reader.reload();
    await recordShown(reader, patient.name);
    assert.equal(await card(reader, 'Allergies et intolérances').count(), 0);
    await reader.getByText(/non visibles avec vos droits/).waitFor();
    await cell.click();
    await owner.getByRole('button', { name: 'Revenir au tableau de départ' }).click();
    await owner.getByRole('button', { name: /^Ergothérapeute, allergies(?!.*changé)/ }).waitFor();
    await reader.reload();
    await card(reader, 'Allergies et intolérances').waitFor();
  },
);

scenario(
  'SEC-11 SEC-12 settings of the practice that another changes meanwhile move nothing under the hand, and saving tells by whom and shows both; nothing is overwritten in silence',
  async (stage) => {
    const aurore = await stage.hand('aurore.miossec');
    const before = await aurore.send('GET', '/api/practice');
    const page = await stage.as('aurore.miossec', '/compte');
    await page.clock.install();
    await page.goto('/structure?partie=reglages');
    const lock = page.getByLabel('Verrouiller un poste après');
    await lock.fill('21');
    await aurore.send('PATCH', '/api/practice', { settings: { lockAfterMinutes: 22, massReading: 77 } });
    const read = page.waitForResponse('**/api/practice');
    await page.clock.fastForward(60_000);
    await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
    await read;
    await page.getByRole('button', { name: 'Enregistrer les réglages' }).click();
    const both = page.getByRole('region', { name: 'Deux versions' });
    await both.getByRole('row', { name: /différent : Verrouiller un poste après 22 minutes 21 minutes/ }).waitFor();
    await both.getByText(/a enregistré une autre version/).waitFor();
    assert.equal((await aurore.send('GET', '/api/practice')).settings.lockAfterMinutes, 22, 'nothing was overwritten');
    await both.getByRole('button', { name: /^Garder la version/ }).click();
    await lock.waitFor();
    assert.match(await lock.inputValue(), /^22/);
    assert.match(await page.getByLabel(/^Signaler une lecture massive/).inputValue(), /^77/);
    await lock.fill('23');
    await aurore.send('PATCH', '/api/practice', { settings: { lockAfterMinutes: 24 } });
    await page.getByRole('button', { name: 'Enregistrer les réglages' }).click();
    await both.getByRole('button', { name: 'Enregistrer ma version' }).click();
    await said(page, 'Réglages enregistrés.');
    const after = await aurore.send('GET', '/api/practice');
    assert.deepEqual(after.settings, { lockAfterMinutes: 23, massReading: 77 });
    await aurore.send('PATCH', '/api/practice', { settings: before.settings });
  },
);

scenario(
  'SEC-11 SEC-12 a person or a site that another changes while one types: saving shows both versions and by whom; a site taken away comes back to those who work there',
  async (stage) => {
    const aurore = await stage.hand('aurore.miossec');
    const page = await stage.as('aurore.miossec', '/structure?partie=sites');
    const site = await aurore.send('POST', '/api/practice/sites', { name: 'Annexe du môle', address: '3 rue du Môle' });
    const nurse = (await aurore.send('GET', '/api/people')).find((one: { login: string }) =>
      one.login.startsWith('soizic.abgrall'),
    );
    await aurore.send('PATCH', `/api/people/${nurse.id}`, { sites: [...nurse.sites, site.id] });
    await page.reload();
    await page.getByRole('button', { name: 'Modifier Annexe du môle' }).click();
    await panel(page).getByLabel('Nom').fill('Annexe du phare');
    await aurore.send('PATCH', `/api/practice/sites/${site.id}`, { name: 'Annexe du môle', address: '5 rue du Môle' });
    await page.getByRole('button', { name: 'Enregistrer le site' }).click();
    const both = page.getByRole('region', { name: 'Deux versions' });
    await both.getByRole('row', { name: /différent : Nom Annexe du môle Annexe du phare/ }).waitFor();
    await both.getByRole('row', { name: /différent : Adresse 5 rue du Môle 3 rue du Môle/ }).waitFor();
    await both.getByRole('button', { name: /^Garder la version/ }).click();
    assert.equal(await panel(page).getByLabel('Adresse').inputValue(), '5 rue du Môle');
    await panel(page).getByLabel('Nom').fill('Annexe du phare');
    await page.getByRole('button', { name: 'Enregistrer le site' }).click();
    await said(page, 'Site modifié.');

    await page.getByRole('button', { name: 'Retirer Annexe du phare' }).click();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await page.getByRole('button', { name: 'Modifier Annexe du phare' }).waitFor();

    await page.goto(`/structure?partie=personnes&volet=${nurse.id}`);
    await panel(page).getByText('Annexe du phare').waitFor();
    await panel(page).getByLabel('Prénom').fill('Soazig');
    await aurore.send('PATCH', `/api/people/${nurse.id}`, { given: 'Solenn' });
    await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
    await both.getByRole('row', { name: /différent : Prénom Solenn Soazig/ }).waitFor();
    const people = async () =>
      (await aurore.send('GET', '/api/people')).find((one: { id: string }) => one.id === nurse.id);
    assert.equal((await people()).given, 'Solenn', 'nothing was overwritten');
    await both.getByRole('button', { name: 'Enregistrer ma version' }).click();
    await said(page, 'Modification enregistrée.');
    assert.deepEqual([(await people()).given, (await people()).sites.includes(site.id)], ['Soazig', true]);
    await aurore.send('PATCH', `/api/people/${nurse.id}`, { given: nurse.given, sites: nurse.sites });
    await aurore.send('DELETE', `/api/practice/sites/${site.id}`);
  },
);

scenario('SEC-3 who does not keep the practice finds no way to its rights', async (stage) => {
  const page = await stage.as('soizic.abgrall', '/structure');
  await page.getByText('Cette page est réservée aux responsables de la structure', { exact: false }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Structure' }).count(), 0);
  const soizic = await stage.hand('soizic.abgrall');
  await assert.rejects(soizic.send('GET', '/api/rights'), { status: 403 });
});

scenario(
  'DOS-13 DOS-16 SEC-8 a nurse reads whom to ask about a physician’s note and letter, is offered neither to strike out nor to replace them, and hands the log to the patient',
  async (stage) => {
    const [anne, soizic] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(anne, { team: [soizic] });
    const at = `/patients/${patient.id}`;
    const [note] = (await anne.send('POST', `/api${at}/notes`, { title: 'Visite', text: 'Vue ce jour.' })).lines;
    const [letter] = (
      await anne.send('POST', `/api${at}/letters`, {
        template: null,
        title: 'Avis',
        documentType: '34109-9',
        text: 'Cher confrère.',
        recipients: [],
        act: 'sign',
      })
    ).lines;
    const page = await stage.as('soizic.abgrall', `${at}?volet=entree:Composition:${note.id}`);
    await recordShown(page, patient.name);
    await panel(page)
      .getByText(/se marque « saisi par erreur » par Anne Kermarrec, qui en répond/)
      .waitFor();
    assert.equal(await panel(page).getByRole('button', { name: 'Saisi par erreur' }).count(), 0);
    await page.goto(`${at}/courriers/${letter.id}`);
    await page.getByText(/Ce courrier se remplace par Anne Kermarrec, qui l’a signé/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Corriger', exact: true }).count(), 0);
    const author = await stage.as('anne.kermarrec', `${at}/courriers/${letter.id}`);
    await author.getByRole('button', { name: 'Corriger', exact: true }).waitFor();
    await author.goto(`${at}?volet=acces`);
    const print = panel(author).getByRole('link', { name: 'Imprimer pour le patient' });
    const paper = await author.request.get(new URL((await print.getAttribute('href'))!, stage.url).href);
    assert.deepEqual(
      [paper.status(), paper.headers()['content-type'], (await paper.body()).subarray(0, 5).toString()],
      [200, 'application/pdf', '%PDF-'],
    );
  },
);
