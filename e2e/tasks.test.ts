/** Tasks and handovers: asked, refused and given again, seen without their words, handed over at the door. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { desk, type Page, scenario, telephone } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

const list = (within: Page | Locator) => within.getByRole('listitem');
const choose = async (page: Page, label: string, typed: string, option: string | RegExp) => {
  await page.getByLabel(label, { exact: true }).first().click();
  await page.keyboard.type(typed);
  await page.getByRole('option', { name: option }).first().click();
};

scenario(
  'COO-7 a handover at the door: the nurse writes it on her telephone, the other nurse sees it arrive without reloading and says that he has read it',
  async (stage) => {
    const [soizic, mael] = await Promise.all([stage.hand('soizic.abgrall'), stage.hand('mael.le-bihan')]);
    const patient = await newPatient(soizic, { team: [mael] });
    const office = await stage.as('mael.le-bihan', '/');
    await office.getByRole('heading', { name: 'Mes tâches' }).waitFor();
    assert.equal(await office.getByText(patient.name).count(), 0);
    const door = await stage.as('soizic.abgrall', `/patients/${patient.id}`, { viewport: telephone, hasTouch: true });
    await recordShown(door, patient.name);
    await card(door, 'Tâches et transmissions').getByRole('button', { name: 'Transmettre' }).click();
    await door.getByLabel('Texte de la transmission').fill('Elle se tient aux meubles, tension 10/6 au lever.');
    await panel(door).getByText('À surveiller').click();
    await panel(door).getByText('Pour demain matin').click();
    await panel(door).getByRole('button', { name: 'Transmettre' }).click();
    await said(door, 'Transmission envoyée.');
    const note = list(card(office, 'Mes tâches')).filter({ hasText: patient.name });
    await note.getByText('à surveiller').waitFor();
    await note.getByText('pour demain').waitFor();
    await note.getByRole('button', { name: 'J’ai lu' }).click();
    await note.waitFor({ state: 'detached' });
    await card(door, 'Tâches et transmissions')
      .getByText(/Lu par Maël Le Bihan/)
      .waitFor();
  },
);

scenario(
  'COO-7 a task is refused with its reason, comes back first to who asked, and is given to someone else, by keyboard',
  async (stage) => {
    const [anne, soizic, mael] = await Promise.all([
      stage.hand('anne.kermarrec'),
      stage.hand('soizic.abgrall'),
      stage.hand('mael.le-bihan'),
    ]);
    const patient = await newPatient(anne, { team: [soizic, mael] });
    const asking = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(asking, patient.name);
    await asking.keyboard.press('k');
    await asking.getByLabel('Quoi').fill('Prélever une NFS à domicile');
    await choose(asking, 'À qui', 'soizic', /Soizic Abgrall/);
    await asking.getByLabel('Pour quand').fill('demain');
    await asking.keyboard.press('Control+Enter');
    await said(asking, /Tâche confiée à Soizic Abgrall/);
    await card(asking, 'Tâches et transmissions').getByText('Prélever une NFS à domicile').waitFor();

    const nurse = await stage.as('soizic.abgrall', `/coordination/taches?q=${patient.family}`);
    await nurse
      .getByRole('button', { name: /Prélever une NFS à domicile/ })
      .last()
      .waitFor();
    await nurse.keyboard.press('j');
    await nurse.keyboard.press('r');
    await nurse.getByLabel('Pourquoi refusez-vous ?').fill('Je ne passe pas chez elle demain.');
    await nurse.keyboard.press('Control+Enter');
    await said(nurse, /Tâche refusée/);

    await asking.goto('/coordination/taches?vue=asked');
    const refused = asking.getByRole('region', { name: 'Refusées' });
    await refused
      .getByRole('button', { name: /Prélever une NFS à domicile/ })
      .first()
      .click();
    await panel(asking).getByText('Je ne passe pas chez elle demain.').waitFor();
    await panel(asking).getByRole('button', { name: 'Autres actes sur cette tâche' }).click();
    await asking.getByRole('menuitem', { name: 'Confier à quelqu’un d’autre' }).click();
    await choose(asking, 'À qui', 'maël', /Maël Le Bihan/);
    await panel(asking).getByRole('button', { name: 'Confier la tâche' }).click();
    await said(asking, /Tâche confiée à Maël Le Bihan/);

    const other = await stage.as('mael.le-bihan', `/coordination/taches?q=${patient.family}`);
    await other
      .getByRole('button', { name: /Prélever une NFS à domicile/ })
      .last()
      .waitFor();
    await other.keyboard.press('j');
    await other.keyboard.press('f');
    await said(other, 'Tâche faite.');
    await panel(asking)
      .getByText(/Maël Le Bihan a fait/)
      .waitFor();
    await other.keyboard.press('Control+z');
    await said(other, 'Annulé.');
    await other
      .getByRole('button', { name: /Prélever une NFS à domicile/ })
      .last()
      .waitFor();
  },
);

scenario(
  'COO-7 SEC-3 the secretary sees that a task exists, for whom and until when, and not what it says; what is written for her she reads and does',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    const maryvonne = await stage.hand('maryvonne.pellen');
    await anne.send('POST', '/api/tasks', {
      title: 'Dosage du lithium',
      patient: patient.id,
      addressee: { to: 'person', practitioner: soizic.practitioner },
      due: 'demain',
    });
    const desktop = await stage.as('maryvonne.pellen', `/coordination/taches?vue=team&q=${patient.family}`);
    const line = list(desktop).filter({ hasText: patient.name });
    await line.getByText('contenu réservé aux soignants').waitFor();
    await line.getByText('Soizic Abgrall').waitFor();
    await line.getByRole('button').first().click();
    await panel(desktop).getByText('Ce qui s’est passé').waitFor();
    assert.doesNotMatch(await desktop.content(), /lithium/i);
    await anne.send('POST', '/api/tasks', {
      title: 'Rappeler pour déplacer le rendez-vous',
      patient: patient.id,
      addressee: { to: 'person', practitioner: maryvonne.practitioner },
      administrative: true,
    });
    // It arrives on its own.
    await desktop
      .getByRole('button', { name: /Rappeler pour déplacer/ })
      .first()
      .click();
    await panel(desktop).getByRole('button', { name: 'Fait' }).click();
    await said(desktop, 'Tâche faite.');
  },
);

scenario(
  'COO-7 someone outside the care team is asked with the patient’s agreement, said in the form, and joins the team',
  async (stage) => {
    const [anne, erwan] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('erwan.quemeneur')]);
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=confier`);
    await page.getByLabel('Quoi').fill('Bilan de marche');
    await choose(page, 'À qui', 'erwan', /Erwan Quéméneur/);
    const agreed = page.getByLabel(/Le patient est d’accord pour que Erwan Quéméneur/);
    const send = panel(page).getByRole('button', { name: 'Confier la tâche' });
    assert.ok(await send.isDisabled());
    await agreed.check();
    await send.click();
    await said(page, /Tâche confiée à Erwan Quéméneur/);
    const mine = (await erwan.send('GET', `/api/tasks?patient=${patient.id}`)) as { tasks: { title: string }[] };
    assert.deepEqual(
      mine.tasks.map((one) => one.title),
      ['Bilan de marche'],
    );
  },
);

scenario('COO-7 the coordinator sees what nobody has, and gives it to someone', async (stage) => {
  const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
  const patient = await newPatient(anne, { team: [soizic] });
  await anne.send('POST', '/api/tasks', {
    title: 'Surveillance du poids',
    patient: patient.id,
    addressee: { to: 'profession', profession: 'nurse' },
  });
  const page = await stage.as('tristan.le-corre', '/', { viewport: desk });
  await card(page, 'La journée de l’équipe')
    .getByRole('link', { name: /sans responsable/ })
    .click();
  await page.getByLabel('Chercher dans les tâches').fill(patient.family);
  await list(page).filter({ hasText: patient.name }).getByRole('button').first().click();
  await panel(page).getByText('personne ne l’a encore prise').waitFor();
  await panel(page).getByRole('button', { name: 'Autres actes sur cette tâche' }).click();
  await page.getByRole('menuitem', { name: 'Confier à quelqu’un d’autre' }).click();
  await choose(page, 'À qui', 'soizic', /Soizic Abgrall/);
  await panel(page).getByRole('button', { name: 'Confier la tâche' }).click();
  await said(page, /Tâche confiée à Soizic Abgrall/);
  await page.getByText('Rien ne correspond').waitFor();
});

scenario(
  'COO-4 COO-7 DOS-15 SEC-11 a button pressed twice asks once: a task, a handover, a proposal for a meeting, a question',
  async (stage) => {
    const [soizic, erwan] = await Promise.all([stage.hand('soizic.abgrall'), stage.hand('erwan.quemeneur')]);
    const patient = await newPatient(soizic, { team: [erwan] });
    const at = `/api/patients/${patient.id}`;
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const form = panel(page);
    const twice = async (key: string, verb: string, fill: () => Promise<void>, words: RegExp | string) => {
      await page.keyboard.press(key);
      await fill();
      await form.getByRole('button', { name: verb, exact: false }).last().dblclick();
      await said(page, words);
    };
    await twice(
      'k',
      'Confier la tâche',
      async () => {
        await form.getByRole('textbox', { name: 'Quoi' }).fill('Refaire le pansement');
        await choose(page, 'À qui', 'erwan', /Erwan/);
      },
      /Tâche confiée/,
    );
    const words = form.getByLabel('Texte de la transmission');
    await twice('x', 'Transmettre', () => words.fill('Pansement refait'), /Transmission envoyée/);
    await twice('r', 'Proposer', () => form.getByLabel('Motif').fill('Plaie'), /proposé en réunion/);
    await twice(
      'q',
      'Envoyer la demande',
      async () => {
        await choose(page, 'À qui', 'erwan', /Erwan/);
        await form.getByRole('textbox', { name: 'Question' }).fill('Quelle mobilisation ?');
      },
      /Demande/,
    );
    const { tasks, handovers } = await soizic.send('GET', `${at}/tasks`);
    const { meetings } = await soizic.send('GET', `${at}/meetings`);
    const { opinions } = await soizic.send('GET', `${at}/opinions`);
    const asked = (tasks as { kind: string }[]).filter(({ kind }) => kind === 'request');
    assert.deepEqual([asked.length, handovers.length, meetings.length, opinions.length], [1, 1, 1, 1]);
  },
);

scenario(
  'COO-7 DOS-1 what a protocol asks does not push a record away: twelve tasks, and the others on request',
  async (stage) => {
    const soizic = await stage.hand('soizic.abgrall');
    const patient = await newPatient(soizic);
    for (let count = 1; count <= 14; count++)
      await soizic.send('POST', '/api/tasks', {
        title: `Passage ${count}`,
        patient: patient.id,
        addressee: { to: 'person', practitioner: soizic.practitioner },
      });
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const tasks = card(page, 'Tâches et transmissions');
    await tasks
      .getByText(/^Passage/)
      .nth(11)
      .waitFor();
    assert.equal(await tasks.getByText(/^Passage/).count(), 12);
    await tasks.getByRole('button', { name: 'Voir les 2 autres' }).click();
    await tasks
      .getByText(/^Passage/)
      .nth(13)
      .waitFor();
  },
);
