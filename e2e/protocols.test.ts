/** Protocols: written by the practice, followed by its patients, each step a task of someone (COO-2, COO-3). */
import assert from 'node:assert/strict';
import { type Hand, type Page, scenario, telephone } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

const diabetes = 'Diabète de type 2 : suivi pluriprofessionnel';
/** A patient with type 2 diabetes, followed by a physician, a nurse and an Asalée nurse. */
async function diabetic(stage: { hand(login: string): Promise<Hand> }) {
  const [anne, soizic, nolwenn] = await Promise.all([
    stage.hand('anne.kermarrec'),
    stage.hand('soizic.abgrall'),
    stage.hand('nolwenn.cadiou'),
  ]);
  const patient = await newPatient(anne, { team: [soizic, nolwenn] });
  await anne.send('POST', `/api/patients/${patient.id}/problems`, {
    label: 'Diabète de type 2',
    system: 'http://hl7.org/fhir/sid/icd-10',
    code: 'E11.9',
  });
  return { patient, anne, soizic };
}
const plans = (page: Page) => card(page, 'Protocoles en cours');
const unlike = () => `${Date.now() % 1_000_000}`;

scenario(
  'COO-3 a physician and a nurse follow a diabetic patient through a protocol: in by two gestures, a task done, a pause, out with the reason',
  async (stage) => {
    const { patient } = await diabetic(stage);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await plans(page).getByText('Diabète de type 2 au dossier').waitFor();
    // First gesture: which one. What it will ask of whom is shown, and who is missing.
    await plans(page)
      .getByRole('button', { name: `Inclure dans ${diabetes}` })
      .click();
    const asked = panel(page).getByRole('region', { name: 'Ce qui sera demandé' });
    await asked.getByRole('listitem').filter({ hasText: 'Vérifier les vaccins' }).getByText('Soizic Abgrall').waitFor();
    await asked.getByRole('listitem').filter({ hasText: 'Premier entretien' }).getByText('Nolwenn Cadiou').waitFor();
    await panel(page)
      .getByText(/Personne dans l’équipe de soins n’est .*pédicure-podologue/)
      .waitFor();
    // Second gesture: the button has the focus.
    await panel(page).getByRole('button', { name: 'Inclure dans le protocole' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await said(page, `Inclus : ${diabetes}.`);
    await plans(page)
      .getByText(/0 étape faite sur/)
      .waitFor();

    // The nurse finds hers in her day, and does it.
    const nurse = await stage.as('soizic.abgrall', '/coordination/taches');
    await nurse
      .getByRole('listitem')
      .filter({ hasText: patient.family.toUpperCase() })
      .getByRole('button', { name: 'Fait : Vérifier les vaccins' })
      .click();
    // The physician sees it without reloading.
    await plans(page)
      .getByText(/1 étape faite sur/)
      .waitFor();
    await panel(page).getByRole('region', { name: 'Fait', exact: true }).getByText('Par Soizic Abgrall').waitFor();

    await panel(page).getByRole('button', { name: 'Mettre en pause' }).click();
    await said(page, 'Suivi mis en pause');
    await plans(page).getByText('en pause').waitFor();
    await panel(page).getByRole('button', { name: 'Reprendre', exact: true }).click();
    await said(page, 'Suivi repris');
    await panel(page).getByText('En cours', { exact: true }).waitFor();

    await panel(page).getByRole('button', { name: 'Sortir du protocole…' }).click();
    const leave = panel(page).getByRole('form', { name: 'Sortir du protocole' });
    assert.ok(await leave.getByRole('button', { name: 'Arrêter le suivi' }).isDisabled());
    await leave.getByLabel('Pourquoi').fill('Suivi repris par le diabétologue de l’hôpital');
    await page.keyboard.press('Enter');
    await said(page, 'Suivi arrêté.');
    await plans(page).getByRole('button', { name: 'Terminés ou arrêtés (1)' }).waitFor();
    await panel(page).getByText('Suivi repris par le diabétologue de l’hôpital', { exact: true }).waitFor();
  },
);

scenario(
  'COO-3 one patient’s plan is changed for that patient alone: a step moved, given, set aside and taken up again, another added',
  async (stage) => {
    const { patient, anne } = await diabetic(stage);
    const plan = (await anne.send('POST', `/api/patients/${patient.id}/plans`, {
      protocol: 'protocole-diabete-type-2',
    })) as { id: string };
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=protocole:${plan.id}`);
    const row = (title: string) => panel(page).getByRole('listitem').filter({ hasText: title });
    const change = async (title: string, how: string) => {
      await panel(page)
        .getByRole('button', { name: `Changer : ${title}` })
        .click();
      await page.getByRole('menuitem', { name: how }).click();
    };
    await change('Vérifier les vaccins', 'Changer la date');
    await row('Vérifier les vaccins').getByLabel('Nouvelle date').fill('+2s');
    await row('Vérifier les vaccins').getByRole('button', { name: 'Déplacer' }).click();
    await said(page, 'Déplacée au');
    await change('Vérifier les vaccins', 'Confier à quelqu’un d’autre');
    await row('Vérifier les vaccins').getByLabel('Confier à').fill('Nolwenn');
    await page.getByRole('option', { name: /Nolwenn Cadiou/ }).click();
    await row('Vérifier les vaccins').getByRole('button', { name: 'Confier' }).click();
    await said(page, 'Confiée à quelqu’un d’autre');
    await row('Vérifier les vaccins').getByText('Nolwenn Cadiou', { exact: true }).waitFor();
    await change('Bilan diététique', 'Laisser de côté');
    await row('Bilan diététique').getByLabel('Pourquoi').fill('Suivi par la diététicienne de l’hôpital');
    await row('Bilan diététique').getByRole('button', { name: 'Laisser de côté' }).click();
    await said(page, 'Étape laissée de côté');
    await panel(page)
      .getByRole('region', { name: 'Laissé de côté' })
      .getByRole('button', { name: 'Reprendre : Bilan diététique' })
      .click();
    await said(page, 'Étape reprise');
    await panel(page).getByRole('region', { name: 'Laissé de côté' }).waitFor({ state: 'detached' });
    await panel(page).getByRole('button', { name: 'Ajouter une étape' }).click();
    const form = panel(page).getByRole('form', { name: 'Ajouter une étape' });
    await form.getByLabel('Ce qui est à faire').fill('Apprendre l’injection');
    await form.getByLabel('Pour le', { exact: true }).fill('+1s');
    await form.getByRole('combobox', { name: 'Demandé à' }).or(form.getByLabel('Demandé à')).first().fill('Soizic');
    await page.getByRole('option', { name: /Soizic Abgrall/ }).click();
    await form.getByRole('button', { name: 'Ajouter l’étape' }).click();
    await said(page, 'Étape ajoutée pour ce patient');
    await row('Apprendre l’injection').getByText('Soizic Abgrall').first().waitFor();
  },
);

scenario(
  'COO-2 COO-3 a coordinator writes a protocol and puts it in force; the running patient is offered the new edition, in words, and takes it',
  async (stage) => {
    const title = `Sortie de maternité ${unlike()}`;
    const page = await stage.as('tristan.le-corre', '/coordination/protocoles');
    await page.getByRole('button', { name: 'Écrire un protocole' }).click();
    const outline = page.getByRole('navigation', { name: 'Plan du protocole' });
    await page.getByLabel('Titre', { exact: true }).fill(title);
    await outline.getByRole('button', { name: /Ajouter une étape/ }).click();
    await page.getByLabel('Ce qui est fait').fill('Appeler la maman');
    await page
      .getByRole('combobox', { name: 'Qui s’en charge' })
      .or(page.getByLabel('Qui s’en charge'))
      .first()
      .fill('Infirmier');
    await page.getByRole('option', { name: 'Infirmier', exact: true }).click();
    await page.getByText('Brouillon enregistré').waitFor();
    // The diagram is drawn as one writes.
    await page
      .getByRole('group', { name: /Schéma du protocole/ })
      .getByRole('button', { name: /Appeler la maman/ })
      .waitFor();
    const publish = async (note: string) => {
      await page.getByRole('button', { name: 'Mettre en vigueur…' }).click();
      await panel(page).getByText('Rien n’empêche la mise en vigueur.').waitFor();
      await panel(page).getByLabel('Ce qui change dans cette édition').fill(note);
      await panel(page).getByRole('button', { name: 'Mettre en vigueur', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText('En vigueur', { exact: true }).waitFor();
    };
    await publish('Première édition');
    const protocol = new URL(page.url()).pathname.split('/').at(-1)!;

    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    const plan = (await anne.send('POST', `/api/patients/${patient.id}/plans`, { protocol })) as { id: string };
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=protocole:${plan.id}`);
    await panel(doctor).getByText('Appeler la maman').first().waitFor();

    await page.getByRole('button', { name: 'Modifier' }).click();
    await outline.getByRole('button', { name: /Appeler la maman/ }).click();
    // From the keyboard: N adds a step after the one chosen, and the title has the focus.
    await page.keyboard.press('n');
    await page.getByLabel('Ce qui est fait').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Peser le bébé');
    await page
      .getByRole('combobox', { name: 'Qui s’en charge' })
      .or(page.getByLabel('Qui s’en charge'))
      .first()
      .fill('Infirmier');
    await page.getByRole('option', { name: 'Infirmier', exact: true }).click();
    await page.getByText('Brouillon enregistré').waitFor();
    await publish('Le poids du bébé à domicile');

    const newer = panel(doctor).getByRole('region', { name: 'Nouvelle édition du protocole' });
    await newer.getByText('Le poids du bébé à domicile').waitFor();
    await newer.getByText('Étape ajoutée').locator('..').getByText('Peser le bébé').waitFor();
    await newer.getByRole('button', { name: /^Prendre l’édition/ }).click();
    await said(doctor, /prise pour ce patient/);
    await newer.waitFor({ state: 'detached' });
    await panel(doctor).getByRole('listitem').filter({ hasText: 'Peser le bébé' }).first().waitFor();
  },
);

scenario(
  'COO-2 SEC-11 two people write in the same draft: the second is told, sees both versions, and keeps both',
  async (stage) => {
    const tristan = await stage.hand('tristan.le-corre');
    const step = (id: string, title: string) => ({
      id,
      title,
      detail: '',
      kind: 'act',
      roles: ['nurse'],
      after: { step: null, delay: { value: 0, unit: 'd' } },
      repeat: null,
      condition: null,
      documents: [],
      forPatient: '',
    });
    const model = {
      title: `Essai à deux ${unlike()}`,
      theme: 'other',
      summary: '',
      patients: { words: '', problems: [], ages: null },
      goals: [],
      steps: [step('a', 'Peser'), step('b', 'Mesurer')],
      alerts: [],
      documents: [],
      sources: [],
      reviewDate: null,
    };
    const draft = (await tristan.send('POST', '/api/protocols', { model })) as { id: string; version: number };
    const page = await stage.as('anne.kermarrec', `/coordination/protocoles/${draft.id}/modifier?partie=etape:a`);
    // Half of a sentence is on my screen when a colleague saves.
    await page.getByLabel('Ce qui est fait').waitFor();
    let first = true;
    await page.route(`**/api/protocols/${draft.id}`, async (route) => {
      if (first && route.request().method() === 'PUT') {
        first = false;
        await tristan.send('PUT', `/api/protocols/${draft.id}`, {
          version: draft.version,
          model: { ...model, steps: [model.steps[0], step('b', 'Mesurer la taille')] },
        });
      }
      await route.continue();
    });
    await page.getByLabel('Ce qui est fait').fill('Peser à jeun');
    const both = page.getByRole('region', { name: 'Deux versions' });
    await both
      .getByText(/Tristan Le Corre/)
      .first()
      .waitFor();
    await both.getByRole('row').filter({ hasText: 'Mesurer la taille' }).waitFor();
    await both.getByRole('row').filter({ hasText: 'Peser à jeun' }).waitFor();
    await both.getByRole('button', { name: 'Garder les deux' }).click();
    await page.getByText('Brouillon enregistré').waitFor();
    const now = (await tristan.send('GET', `/api/protocols/${draft.id}`)) as { model: { steps: { title: string }[] } };
    assert.deepEqual(
      now.model.steps.map((one) => one.title),
      ['Peser à jeun', 'Mesurer la taille'],
    );
  },
);

scenario(
  'COO-2 steps are put in order by keyboard and by hand; one taken away comes back, with what followed it',
  async (stage) => {
    const tristan = await stage.hand('tristan.le-corre');
    const step = (id: string, title: string, after: string | null = null) => ({
      id,
      title,
      detail: '',
      kind: 'act',
      roles: ['nurse'],
      after: { step: after, delay: { value: 1, unit: 'wk' } },
      repeat: null,
      condition: null,
      documents: [],
      forPatient: '',
    });
    const model = {
      title: `Essai d’ordre ${unlike()}`,
      theme: 'other',
      summary: '',
      patients: { words: '', problems: [], ages: null },
      goals: [],
      steps: [step('a', 'Accueillir'), step('b', 'Peser', 'a'), step('c', 'Mesurer', 'b')],
      alerts: [],
      documents: [],
      sources: [],
      reviewDate: null,
    };
    const draft = (await tristan.send('POST', '/api/protocols', { model })) as { id: string };
    const page = await stage.as('tristan.le-corre', `/coordination/protocoles/${draft.id}/modifier`);
    const outline = page.getByRole('navigation', { name: 'Plan du protocole' });
    const item = (title: string) => outline.getByRole('listitem').filter({ hasText: title }).getByRole('button');
    const order = () =>
      outline
        .getByRole('listitem')
        .allInnerTexts()
        .then((all) => all.map((text) => /Accueillir|Peser|Mesurer/.exec(text)?.[0]));
    await item('Accueillir').focus();
    await page.keyboard.press('ArrowDown');
    await item('Peser').and(page.locator(':focus')).waitFor();
    await page.getByRole('region', { name: 'Étape 2' }).waitFor();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('region', { name: 'Étape 1' }).waitFor();
    assert.deepEqual(await order(), ['Peser', 'Accueillir', 'Mesurer']);
    // Let go before the screen has followed the hand, as on a slow machine.
    for (const [title, onto] of [
      ['Accueillir', 'Peser'],
      ['Peser', 'Accueillir'],
    ] as const) {
      const [from, to] = await Promise.all(
        [title, onto].map((one) => outline.getByRole('listitem').filter({ hasText: one }).elementHandle()),
      );
      await from!.evaluate(async (step, under) => {
        const act = (on: Element, type: string) => {
          const at = { clientX: on.getBoundingClientRect().left + 40, clientY: on.getBoundingClientRect().top + 4 };
          on.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: new DataTransfer(), ...at }),
          );
        };
        act(step, 'dragstart');
        await new Promise((go) => setTimeout(go));
        act(under!, 'dragover');
        act(under!, 'drop');
        act(step, 'dragend');
      }, to!);
      await outline.getByRole('listitem').first().filter({ hasText: title }).waitFor();
    }
    await outline
      .getByRole('listitem')
      .filter({ hasText: 'Mesurer' })
      .dragTo(outline.getByRole('listitem').filter({ hasText: 'Peser' }), { targetPosition: { x: 40, y: 4 } });
    await outline.getByRole('listitem').first().filter({ hasText: 'Mesurer' }).waitFor();
    await item('Peser').focus();
    await page.keyboard.press('Delete');
    await said(page, 'Étape supprimée. L’étape qui la suivait part de celle d’avant.');
    assert.deepEqual(await order(), ['Mesurer', 'Accueillir']);
    await page.keyboard.press('Control+z');
    await said(page, 'Étape remise.');
    assert.deepEqual(await order(), ['Mesurer', 'Peser', 'Accueillir']);
    await page.getByText('Brouillon enregistré').waitFor();
    const now = (await tristan.send('GET', `/api/protocols/${draft.id}`)) as {
      model: { steps: { id: string; after: { step: string | null } }[] };
    };
    assert.deepEqual(
      now.model.steps.map((one) => [one.id, one.after.step]),
      [
        ['c', 'b'],
        ['b', 'a'],
        ['a', null],
      ],
    );
  },
);

scenario(
  'COO-2 SEC-12 a protocol half written in a tab that is closed is found again, from the day’s page',
  async (stage) => {
    const page = await stage.as('tristan.le-corre', '/coordination/protocoles');
    await page.getByRole('button', { name: 'Écrire un protocole' }).click();
    await page
      .getByRole('navigation', { name: 'Plan du protocole' })
      .getByRole('button', { name: /Ajouter une étape/ })
      .click();
    const kept = page.waitForResponse(
      (answer) =>
        answer.url().includes('/api/drafts/') &&
        answer.request().method() === 'PUT' &&
        (answer.request().postData() ?? '').includes('sans personne'),
    );
    await page.getByLabel('Ce qui est fait').fill('Étape sans personne encore');
    await page.getByText(/^Conservé pour vous/).waitFor();
    assert.ok((await kept).ok());
    const id = new URL(page.url()).pathname.split('/')[3]!;
    await page.close();
    const elsewhere = await stage.as('tristan.le-corre', '/');
    await elsewhere.getByRole('region', { name: 'Brouillons' }).locator(`a[href*="${id}"]`).click();
    await elsewhere
      .getByRole('navigation', { name: 'Plan du protocole' })
      .getByText('Étape sans personne encore')
      .waitFor();
    // Thrown away, and taken back.
    await elsewhere.getByRole('button', { name: 'Jeter le brouillon' }).click();
    await said(elsewhere, 'Brouillon jeté.');
  },
);

scenario(
  'COO-2 the diagram by keyboard: arrows go from step to step, Enter opens, X gives the table; a telephone shows a line of time; the patient’s year in plain words',
  async (stage) => {
    const page = await stage.as('soizic.abgrall', '/coordination/protocoles/protocole-diabete-type-2?onglet=schema');
    const drawing = page.getByRole('group', { name: /Schéma du protocole/ });
    await drawing.getByRole('button', { name: /^Bilan initial/ }).focus();
    await page.keyboard.press('ArrowDown');
    await drawing
      .getByRole('button', { name: /^Prescrire la biologie/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('ArrowRight');
    await drawing.getByRole('button').and(page.locator(':focus')).waitFor();
    assert.equal(
      await drawing
        .getByRole('button', { name: /^Prescrire la biologie/ })
        .and(page.locator(':focus'))
        .count(),
      0,
    );
    await page.keyboard.press('x');
    const table = page.getByRole('table', { name: 'Étapes du protocole dans l’ordre du temps' });
    const { model } = (await (
      await stage.hand('soizic.abgrall')
    ).send('GET', '/api/protocols/protocole-diabete-type-2')) as { model: { steps: unknown[] } };
    assert.equal(await table.getByRole('row').count(), model.steps.length + 1);
    await page.keyboard.press('x');
    await drawing.getByRole('button', { name: /^HbA1c/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 3, name: 'HbA1c' }).waitFor();
    await page.getByRole('tab', { name: 'Vu par le patient' }).click();
    await page.getByText('Vous faites le point avec votre médecin.').waitFor();
    await page.getByRole('heading', { name: 'Le troisième mois' }).waitFor();
    const small = await stage.as('soizic.abgrall', '/coordination/protocoles/protocole-diabete-type-2?onglet=schema', {
      viewport: telephone,
    });
    await small.getByRole('listitem').filter({ hasText: 'Bilan initial et objectifs partagés' }).first().waitFor();
    assert.equal(await small.getByRole('group', { name: /Schéma du protocole/ }).count(), 0);
  },
);

scenario(
  'COO-2 COO-3 who may not: a secretary reads the library, writes none and sees no plan; neither does someone out of the team or of another practice',
  async (stage) => {
    const { patient, anne } = await diabetic(stage);
    await anne.send('POST', `/api/patients/${patient.id}/plans`, { protocol: 'protocole-diabete-type-2' });
    const page = await stage.as('maryvonne.pellen', '/coordination/protocoles');
    await page.getByRole('row').filter({ hasText: 'BPCO' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Écrire un protocole' }).count(), 0);
    await page.goto('/coordination/protocoles/protocole-bpco');
    await page.getByRole('tab', { name: 'Étapes' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Modifier' }).count(), 0);
    await page.goto('/coordination/protocoles/protocole-bpco/modifier');
    await page.getByText('Vos droits n’ouvrent pas cette page').waitFor();
    await page.goto(`/patients/${patient.id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByText(/contenu réservé aux soignants/)
      .first()
      .waitFor();
    assert.equal(await plans(page).count(), 0);
    assert.equal(await page.getByText('Vérifier les vaccins').count(), 0);
    for (const login of ['maryvonne.pellen', 'erwan.quemeneur', 'olivier.chevrel']) {
      const hand = await stage.hand(login);
      await assert.rejects(
        hand.send('GET', `/api/patients/${patient.id}/plans`),
        (error: { status?: number }) => error.status === 403 || error.status === 404,
        login,
      );
    }
  },
);

scenario('COO-3 a protocol in the list says whom it needs, names with their capital', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients/pat-jean-kerleau?volet=inclure');
  await panel(page)
    .getByText(/médecin, infirmier.*, infirmier Asalée/)
    .first()
    .waitFor();
});

scenario(
  'COO-3 a step that another protocol of the patient asks for too says so before entering and after; once the patient has died the card says that the plan is to be ended, and why is there already',
  async (stage) => {
    const { patient, anne } = await diabetic(stage);
    const { protocols } = await anne.send('GET', '/api/protocols');
    const of = (title: RegExp) => protocols.find((one: { title: string }) => title.test(one.title));
    await anne.send('POST', `/api/patients/${patient.id}/plans`, { protocol: of(/^Diabète/).id });
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=inclure:${of(/fragile/).id}`, {
      viewport: telephone,
    });
    const asked = panel(page).getByRole('listitem').filter({ hasText: 'Bilan partagé de médication' });
    await asked.getByText(/Demandé aussi par « Diabète de type 2 .*, pour le/).waitFor();
    await panel(page).getByRole('button', { name: 'Inclure dans le protocole' }).click();
    await said(page, /^Inclus/);
    await panel(page)
      .getByText(/Demandé aussi par « Diabète de type 2/)
      .first()
      .waitFor();

    const { form, version } = await anne.send('GET', `/api/patients/${patient.id}/identity`);
    await anne.send('PUT', `/api/patients/${patient.id}/identity`, {
      ...form,
      deceasedOn: new Date().toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' }),
      version,
      reason: null,
    });
    await page.goto(`/patients/${patient.id}`);
    await plans(page).getByText('à arrêter').first().waitFor();
    assert.equal(await plans(page).getByText('en retard').count(), 0);
    await plans(page)
      .getByRole('button', { name: new RegExp(diabetes) })
      .click();
    await panel(page)
      .getByText(/Patient décédé : plus rien n’est demandé/)
      .waitFor();
    assert.equal(
      await panel(page)
        .getByRole('heading', { name: /^À venir/ })
        .count(),
      0,
    );
    await panel(page).getByRole('button', { name: 'Arrêter le suivi…' }).click();
    assert.equal(await panel(page).getByLabel('Pourquoi').inputValue(), 'Patient décédé.');
    await panel(page).getByRole('button', { name: 'Arrêter le suivi', exact: true }).click();
    await said(page, /Suivi arrêté/);
    await panel(page).getByText('Arrêté', { exact: true }).waitFor();
  },
);
