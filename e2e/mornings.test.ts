/**
 * A morning's work of seven professions, from the page of their day: what they see first, what they enter, what a colleague reads of it. Patients are made for the
 * morning; the lists hold others as well, so each is found by name.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { pdf } from './files.ts';
import { type Hand, type Page, scenario } from './harness.ts';
import { card, newPatient, type NewPatient, panel, recordShown, said } from './people.ts';

const ago = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
const cm = (value: number) => ({ value, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' });
/** One question of the section on screen. */
const question = (page: Page, linkId: string) => panel(page).locator(`[data-question="${linkId}"]`);
const pick = (page: Page, linkId: string, words: string) =>
  question(page, linkId).getByText(words, { exact: true }).click();
const write = (page: Page, linkId: string, words: string) => question(page, linkId).getByRole('textbox').fill(words);
/** Opens a list of the day and finds the patient in it. */
async function inList(page: Page, title: string, patient: NewPatient) {
  await page.goto('/');
  await card(page, title)
    .getByRole('link', { name: /Voir tout|Ouvrir la liste/ })
    .click();
  const row = page.getByRole('table', { name: title }).getByRole('row').filter({ hasText: patient.name });
  await row.waitFor();
  return row;
}
const listBar = (page: Page) => page.getByRole('navigation', { name: /^Liste : / });
async function measure(page: Page, typed: string, shown: string) {
  await page.keyboard.press('m');
  await panel(page).getByRole('heading', { name: 'Ajouter des mesures' }).waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Control+Enter');
  await card(page, 'Dernières mesures').getByText(shown).first().waitFor();
}
async function note(page: Page, words: string) {
  await page.keyboard.press('n');
  await panel(page).getByRole('heading', { name: 'Écrire une note' }).waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Control+Enter');
  await said(page, 'Note ajoutée.');
  await card(page, 'Dernières notes').getByText(words).first().waitFor();
}
/** A section by its digit, under the title that its panel bears. */
async function section(page: Page, digit: string, title: string, fill: () => Promise<void>) {
  await page.keyboard.press(digit);
  await panel(page).getByRole('heading', { name: title, exact: true }).waitFor();
  await fill();
  await page.keyboard.press('Control+Enter');
  await said(page, `« ${title} » signé.`);
  await card(page, 'Volets remplis').getByText(title).waitFor();
}
const thread = (who: Hand, patient: NewPatient, to: Hand, topic: string, text: string): Promise<{ id: string }> =>
  who.send('POST', '/api/messages/threads', {
    key: randomUUID(),
    topic,
    text,
    patient: patient.id,
    to: { people: [to.practitioner] },
  });
/** Answers from the page of the day: the message is under «Messages», its conversation opens. */
async function answerMessage(page: Page, topic: string, words: string) {
  await page.goto('/');
  await page.getByRole('region', { name: 'Messages' }).getByRole('button').filter({ hasText: topic }).click();
  const conversation = page.getByRole('region', { name: topic, exact: true });
  await conversation.waitFor();
  await page.getByRole('textbox', { name: 'Votre message' }).fill(words);
  await page.keyboard.press('Control+Enter');
  await conversation.getByText(words).waitFor();
}
const topicOf = (word: string) => `${word} ${randomUUID().slice(0, 6)}`;

scenario(
  'DOS-1 a nurse’s morning: the wound that gets worse, its follow-up from the list, tension, note, handover, the next of the list, an answer to the physician',
  async (stage) => {
    const [anne, soizic, mael] = await Promise.all([
      stage.hand('anne.kermarrec'),
      stage.hand('soizic.abgrall'),
      stage.hand('mael.le-bihan'),
    ]);
    const patient = await newPatient(anne, { team: [soizic, mael] });
    await soizic.send('POST', `/api/patients/${patient.id}/sections`, {
      section: 'volet-plaie',
      edition: '1.1',
      at: ago(5),
      items: [
        {
          linkId: 'plaie',
          item: [
            { linkId: 'plaie-nom', answer: [{ valueString: 'Malléole gauche' }] },
            { linkId: 'longueur', answer: [{ valueQuantity: cm(4) }] },
            { linkId: 'largeur', answer: [{ valueQuantity: cm(3) }] },
            { linkId: 'evolution', answer: [{ valueCoding: { code: 'pire' } }] },
          ],
        },
      ],
    });
    const topic = topicOf('Pansement');
    await thread(anne, patient, soizic, topic, 'Pouvez-vous me dire comment est la plaie ?');

    const page = await stage.as('soizic.abgrall', '/');
    const row = await inList(page, 'Plaies en cours', patient);
    await row.getByText('Malléole gauche, 12 cm², s’aggrave').waitFor();
    await row.getByRole('link', { name: `Plaie pour ${patient.name}` }).click();
    await panel(page)
      .getByRole('button', { name: /^Reprendre les réponses du/ })
      .click();
    await write(page, 'longueur', '3');
    await pick(page, 'evolution', 'S’améliore');
    await page.keyboard.press('Control+Enter');
    await said(page, '« Suivi de plaie avec photo » signé.');
    await card(page, 'Volets remplis').getByText('Malléole gauche, 9 cm² (12 avant), s’améliore').waitFor();
    await measure(page, '138/84', '138/84');
    await note(page, 'Plaie propre, pansement refait, compression remise.');
    await page.keyboard.press('x');
    await page.getByLabel('Texte de la transmission').fill('Pansement refait ce matin, à revoir dans deux jours.');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Transmission envoyée.');
    await listBar(page)
      .getByText(/\d+ sur \d+/)
      .waitFor();
    await listBar(page).getByRole('link', { name: 'Plaies en cours' }).click();
    await page.getByRole('row').filter({ hasText: patient.name }).getByText('aujourd’hui').waitFor();
    await answerMessage(page, topic, 'Elle passe de 12 à 9 cm², bords propres.');
    await page.goto('/');
    await card(page, 'Vus récemment').getByText(patient.name).waitFor();

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await card(doctor, 'Volets remplis')
      .getByText(/9 cm² \(12 avant\)/)
      .waitFor();
  },
);

scenario(
  'DOS-1 a physiotherapist’s morning: a course of sessions, the note of the day, the pain, the assessment, a document, the history of one’s own',
  async (stage) => {
    const [anne, erwan] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('erwan.quemeneur')]);
    const patient = await newPatient(anne, { team: [erwan] });
    for (const days of [9, 4])
      await erwan.send('POST', `/api/patients/${patient.id}/notes`, {
        text: `Séance d’il y a ${days} jours : appuis.`,
        at: ago(days),
      });

    const page = await stage.as('erwan.quemeneur', '/');
    const row = await inList(page, 'Séances en cours', patient);
    await row.getByText('2 séances').waitFor();
    await row.getByText(/« Séance d’il y a 4 jours : appuis\. »/).waitFor();
    await row.focus();
    await page.keyboard.press('Enter');
    await recordShown(page, patient.name);
    await note(page, 'Relever du sol réussi deux fois.');
    await measure(page, '3', '3/10');
    await section(page, '1', 'Bilan-diagnostic kinésithérapique', async () => {
      await pick(page, 'bilan', 'Initial');
      await write(page, 'motif', 'Peur de tomber');
      await write(page, 'diagnostic', 'Équilibre précaire, bon potentiel.');
    });
    await page.keyboard.press('d');
    await panel(page).getByRole('heading', { name: 'Ajouter un document' }).waitFor();
    const chooser = page.waitForEvent('filechooser');
    await panel(page).getByRole('button', { name: 'Choisir un fichier' }).click();
    await (await chooser).setFiles({ name: 'exercices.pdf', mimeType: 'application/pdf', buffer: pdf('Exercices') });
    await panel(page).getByRole('button', { name: 'Ajouter le document' }).click();
    await said(page, 'Document ajouté.');
    const views = page.getByRole('group', { name: 'Vues de l’historique' });
    await views.getByRole('button', { name: 'Notes et volets' }).click();
    await page.waitForURL((url) => url.searchParams.get('genre') === 'note,form');
    await views.getByRole('button', { name: 'Notes et volets', pressed: true }).click();
    await page.waitForURL((url) => !url.searchParams.has('genre'));
    await (await inList(page, 'Séances en cours', patient)).getByText('3 séances').waitFor();
  },
);

scenario(
  'DOS-1 a midwife’s morning: the consultation of the month from the list of pregnancies, tension, whooping cough, what is due afterwards; the physician reads it',
  async (stage) => {
    const [ines, marine] = await Promise.all([stage.hand('ines.benjelloun'), stage.hand('marine.le-gall')]);
    const patient = await newPatient(ines, {
      team: [marine],
      birthDate: `14/0${1 + (Date.now() % 9)}/${1990 + (Date.now() % 9)}`,
    });
    await marine.send('POST', `/api/patients/${patient.id}/sections`, {
      section: 'volet-grossesse',
      edition: '1.0',
      at: ago(28),
      items: [
        { linkId: 'terme', item: [{ linkId: 'terme-sa', answer: [{ valueInteger: 22 }] }] },
        { linkId: 'biologie', item: [{ linkId: 'groupe', answer: [{ valueCoding: { code: 'a-neg' } }] }] },
        { linkId: 'conclusion', item: [{ linkId: 'niveau', answer: [{ valueCoding: { code: 'a' } }] }] },
      ],
    });

    const page = await stage.as('marine.le-gall', '/');
    const row = await inList(page, 'Grossesses suivies', patient);
    await row.getByText('26 SA', { exact: true }).waitFor();
    await row.getByText(/Vaccin contre la coqueluche/).waitFor();
    await row.getByRole('link', { name: `Consultation pour ${patient.name}` }).click();
    await panel(page).getByRole('heading', { name: 'Suivi de grossesse', exact: true }).waitFor();
    await write(page, 'terme-sa', '26');
    await pick(page, 'mouvements', 'Présents');
    await pick(page, 'vaccins', 'Coqueluche, dès 20 semaines');
    await pick(page, 'etapes', 'Entretien prénatal précoce');
    await pick(page, 'niveau', 'A : sage-femme ou médecin');
    await page.keyboard.press('Control+Enter');
    await said(page, '« Suivi de grossesse » signé.');
    await measure(page, '112/68', '112/68');
    await note(page, 'Bébé bouge bien, sommeil correct.');
    await page.keyboard.press('v');
    await panel(page).getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    await panel(page).getByLabel('Quoi').fill('Ordonnance d’anti-D pour 28 semaines');
    await page.keyboard.press('Escape');
    await listBar(page).getByRole('link', { name: 'Grossesses suivies' }).click();
    const now = page.getByRole('row').filter({ hasText: patient.name });
    await now.getByText('26 SA', { exact: true }).waitFor();
    assert.equal(await now.getByText(/coqueluche|Entretien prénatal/).count(), 0, 'what was noted is due no more');

    const doctor = await stage.as('ines.benjelloun', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await card(doctor, 'Volets remplis').getByText('Suivi de grossesse').waitFor();
  },
);

scenario(
  'DOS-1 a pharmacist’s morning: a medication review proposed by the product, the vaccine with its lot, tension, a question to the physician',
  async (stage) => {
    const [anne, lucie] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('lucie.henaff')]);
    const patient = await newPatient(anne, {
      team: [lucie],
      birthDate: `2${Date.now() % 9}/0${1 + (Date.now() % 8)}/194${Date.now() % 9}`,
    });
    for (const label of [
      'Metformine 1 g',
      'Ramipril 5 mg',
      'Atorvastatine 20 mg',
      'Bisoprolol 2,5 mg',
      'Paracétamol 1 g',
    ])
      await anne.send('POST', `/api/patients/${patient.id}/treatments`, { label, dosage: '1 par jour' });

    const page = await stage.as('lucie.henaff', '/');
    const row = await inList(page, 'Bilans de médication à proposer', patient);
    await row.getByText('5 traitements').waitFor();
    await row.getByRole('link', { name: `Bilan pour ${patient.name}` }).click();
    await panel(page).getByRole('heading', { name: 'Bilan partagé de médication', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await recordShown(page, patient.name);
    await page.keyboard.press('v');
    await panel(page).getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
    await page.keyboard.type('grippe');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await panel(page).getByLabel('Lot').fill('GR2026');
    await page.keyboard.press('Control+Enter');
    await said(page, /Vaccin ajouté/);
    await measure(page, '136/82', '136/82');
    await note(page, 'Prises comprises, pilulier conseillé.');
    const topic = topicOf('Paracétamol et INR');
    await page.keyboard.press('j');
    await panel(page).getByLabel('Objet').fill(topic);
    await panel(page)
      .getByRole('textbox', { name: 'Votre message' })
      .fill('Trois grammes par jour depuis une semaine : on diminue ?');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Message envoyé.');
    await (await inList(page, 'Bilans de médication à proposer', patient)).waitFor();

    const doctor = await stage.as('anne.kermarrec', '/');
    await doctor.getByRole('region', { name: 'Messages' }).getByRole('button').filter({ hasText: topic }).waitFor();
  },
);

/** A goal from the palette; `bound` is what is typed for its measure, words first: they are refused where they stand. */
async function goal(page: Page, words: string, bound?: { measure: RegExp; least: string }): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Fixer un objectif');
  await page.getByRole('option', { name: /Fixer un objectif/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await panel(page).getByLabel('Objectif', { exact: true }).fill(words);
  if (bound) {
    await panel(page).getByRole('combobox', { name: 'Mesure suivie' }).click();
    await page.getByRole('option', { name: bound.measure }).click();
    await panel(page)
      .getByLabel(/^Au moins/)
      .fill('comme avant');
    await panel(page).getByRole('button', { name: 'Fixer l’objectif' }).click();
    await panel(page).getByText('Écrivez un nombre : 7,5.').waitFor();
    await panel(page)
      .getByLabel(/^Au moins/)
      .fill(bound.least);
  }
  await panel(page).getByRole('button', { name: 'Fixer l’objectif' }).click();
  await said(page, 'Objectif fixé.');
  await card(page, 'Objectifs et plans').getByText(words).waitFor();
}

scenario(
  'DOS-1 a speech therapist’s morning: a child’s sessions, the assessment, the note of today, a goal with the parents, what she hides and puts back',
  async (stage) => {
    const [ines, helene] = await Promise.all([stage.hand('ines.benjelloun'), stage.hand('helene.riou')]);
    const patient = await newPatient(ines, { team: [helene], birthDate: `0${1 + (Date.now() % 9)}/04/2020` });
    await helene.send('POST', `/api/patients/${patient.id}/notes`, {
      text: 'Premier contact avec la maman.',
      at: ago(7),
    });

    const page = await stage.as('helene.riou', '/');
    const row = await inList(page, 'Séances en cours', patient);
    await row.getByText('1 séance', { exact: true }).waitFor();
    await row.focus();
    await page.keyboard.press('Enter');
    await recordShown(page, patient.name);
    await section(page, '1', 'Bilan orthophonique', async () => {
      await pick(page, 'bilan', 'Initial');
      await write(page, 'plainte', 'Parle peu en classe');
      await pick(page, 'versant', 'Langage oral de l’enfant');
      await write(page, 'diagnostic', 'Retard de langage, versant phonologique.');
      await pick(page, 'suite', 'Rééducation');
    });
    await note(page, 'Sons ch et j, jeux de rimes.');
    await goal(page, 'Raconter sa journée à table, avec ses parents');
    const bar = page.getByRole('toolbar', { name: 'Ajouter au dossier' });
    assert.match((await bar.getByRole('button').first().textContent()) ?? '', /Note/, 'the note stands first');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Ranger mes saisies');
    await page.getByRole('option', { name: /Ranger mes saisies/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await panel(page).getByRole('button', { name: 'Masquer « Document »' }).click();
    await bar.getByRole('button', { name: /Document/ }).waitFor({ state: 'detached' });
    await panel(page).getByRole('button', { name: 'Revenir à la présentation de ma profession' }).click();
    await bar.getByRole('button', { name: /Document/ }).waitFor();
    await page.keyboard.press('Escape');
    await (await inList(page, 'Séances en cours', patient)).getByText('2 séances').waitFor();
    await page.getByRole('navigation', { name: 'Listes de patients' }).getByRole('link', { name: 'Enfants' }).click();
    await page.getByRole('table', { name: 'Enfants' }).getByRole('row').filter({ hasText: patient.name }).waitFor();
  },
);

scenario(
  'DOS-1 a dietician’s morning: a weight that fell, the curve, the assessment, a goal, the note; the nurse finds it',
  async (stage) => {
    const [anne, thibault, soizic] = await Promise.all([
      stage.hand('anne.kermarrec'),
      stage.hand('thibault.madec'),
      stage.hand('soizic.abgrall'),
    ]);
    const patient = await newPatient(anne, { team: [thibault, soizic] });
    for (const [value, days] of [
      [70, 120],
      [68, 60],
    ] as const)
      await anne.send('POST', `/api/patients/${patient.id}/measures`, {
        values: [{ code: '29463-7', value }],
        at: ago(days),
      });

    const page = await stage.as('thibault.madec', '/');
    await card(page, 'Rendez-vous du jour').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(patient.family);
    await page.getByRole('option', { name: new RegExp(patient.family, 'i'), selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await recordShown(page, patient.name);
    await measure(page, '62', '62 kg');
    await card(page, 'Dernières mesures')
      .getByRole('button', { name: /Voir la courbe : Poids/ })
      .click();
    await panel(page)
      .getByRole('button', { name: /Voir le tableau/ })
      .waitFor();
    await page.keyboard.press('Escape');
    await section(page, '1', 'Bilan diététique', async () => {
      await pick(page, 'bilan', 'Initial');
      await write(page, 'diagnostic', 'Apports insuffisants le soir.');
    });
    await note(page, 'Enrichir la soupe, collation à seize heures.');
    await goal(page, 'Reprendre du poids d’ici Noël', { measure: /^Poids/, least: '66,5' });
    const row = await inList(page, 'Poids qui changent', patient);
    await row.getByText('− 11,4 %').waitFor();
    await row.getByText(/critère de dénutrition/).waitFor();
    await row.focus();
    await page.keyboard.press('Enter');
    await recordShown(page, patient.name);
    await listBar(page)
      .getByText(/\d+ sur \d+/)
      .waitFor();

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(nurse, patient.name);
    await card(nurse, 'Volets remplis').getByText('Bilan diététique').waitFor();
  },
);

scenario(
  'DOS-1 a secretary’s morning: a new patient, the identity completed, the leaflet given, a task to the coordinator, found by name; nothing medical on her screens',
  async (stage) => {
    const tristan = await stage.hand('tristan.le-corre');
    const page = await stage.as('maryvonne.pellen', '/');
    await card(page, 'Rendez-vous du jour').waitFor();
    await page.getByRole('link', { name: 'Patients', exact: true }).click();
    await page.getByRole('link', { name: 'Créer un patient' }).first().click();
    const family = `Kermorgan${randomUUID()
      .replace(/[^a-f]/g, '')
      .slice(0, 8)}`;
    await page.getByLabel('Nom de naissance').fill(family);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Solange');
    await page.keyboard.press('Tab');
    await page.keyboard.type(`1${Date.now() % 9}/06/19${60 + (Date.now() % 30)}`);
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.waitForURL((url) => /\/patients\/(?!nouveau)./.test(url.pathname));
    const id = new URL(page.url()).pathname.split('/')[2]!;
    await page.goto(`/patients/${id}`);
    await page.getByRole('heading', { level: 1, name: new RegExp(family, 'i') }).waitFor();
    for (const title of ['Problèmes', 'Dernières mesures', 'Traitements', 'Dernières notes', 'Résultats'])
      assert.equal(await card(page, title).count(), 0, title);
    await page.keyboard.press('i');
    await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 11 22');
    await page.getByRole('button', { name: 'Corriger l’identité' }).click();
    await said(page, /Identité corrigée/);
    await page.goto('/patients?liste=identites');
    await page.getByRole('table', { name: 'Identités à compléter' }).getByRole('row').nth(1).waitFor();
    await page.goto(`/patients/${id}`);
    await page.getByRole('button', { name: 'Autres actions sur ce dossier' }).click();
    await page.getByRole('menuitem', { name: 'Choix du patient' }).click();
    await panel(page).getByRole('button', { name: 'Recueillir un choix' }).click();
    await panel(page).getByRole('button', { name: 'Enregistrer ce choix' }).click();
    await said(page, 'Choix du patient enregistré.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    await panel(page).getByLabel('Quoi').fill('Rappeler pour le premier rendez-vous');
    await panel(page).getByLabel('À qui', { exact: true }).first().click();
    await page.keyboard.type('tristan');
    await page
      .getByRole('option', { name: /Tristan Le Corre/ })
      .first()
      .click();
    await page.keyboard.press('Control+Enter');
    await said(page, /Tâche confiée à Tristan Le Corre/);
    await page.goto(`/patients?q=${family}`);
    await page
      .getByRole('row')
      .filter({ hasText: new RegExp(family, 'i') })
      .getByText('06 39 98 11 22')
      .waitFor();
    const waiting = (await tristan.send('GET', '/api/tasks')) as unknown;
    assert.match(JSON.stringify(waiting), /Rappeler pour le premier rendez-vous/);
  },
);
