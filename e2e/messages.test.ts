/** Messages between professionals and the boxes of the practice: what several browsers see at once. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Hand, type Page, scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

const write = (who: Hand, body: Record<string, unknown>): Promise<{ id: string }> =>
  who.send('POST', '/api/messages/threads', { key: randomUUID(), topic: 'Objet', text: 'Bonjour', to: {}, ...body });
const composer = (page: Page) => page.getByRole('textbox', { name: 'Votre message' });
const conversation = (page: Page, topic: string) => page.getByRole('region', { name: topic, exact: true });
const inList = (page: Page, topic: string) =>
  page.getByRole('list', { name: 'Conversations' }).getByRole('button').filter({ hasText: topic });
const unlike = (word: string) => `${word} ${randomUUID().slice(0, 6)}`;

scenario(
  'COO-8 a message arrives in the other browser in less than a second, without reloading, with its count on the rail and in the title; who wrote sees that it was read',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    const topic = unlike('Pansement');
    const { id } = await write(anne, { patient: patient.id, topic, to: { people: [soizic.practitioner] } });
    const doctor = await stage.as('anne.kermarrec', `/coordination/messages?fil=${id}`);
    await conversation(doctor, topic).waitFor();
    const nurse = await stage.as('soizic.abgrall', `/coordination/messages?fil=${id}`);
    await conversation(nurse, topic).getByText('Bonjour').waitFor();
    await doctor.getByText(/Lu par Soizic Abgrall/).waitFor();
    await composer(doctor).fill('Pouvez-vous passer ce soir ?');
    await nurse.evaluate(() => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('[role="log"]')?.textContent?.includes('Pouvez-vous passer ce soir ?'))
          (window as unknown as { seenAt?: number }).seenAt ??= Date.now();
      });
      seen.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    const before = Date.now();
    await composer(doctor).press('Control+Enter');
    await conversation(nurse, topic).getByText('Pouvez-vous passer ce soir ?').waitFor();
    const took = (await nurse.evaluate(() => (window as unknown as { seenAt: number }).seenAt)) - before;
    process.stderr.write(`COO-8: from Ctrl+Enter to the other screen in ${took} ms\n`);
    // A second on an idle machine (the figure is in bench/); a busy machine of CI is given time.
    assert.ok(took < 5_000, `${took} ms`);
    assert.equal(await composer(doctor).inputValue(), '', 'what is sent is no draft any more');
    // Elsewhere in the product: the rail, the title, and the day's page say so by themselves.
    await nurse.goto('/');
    await nurse.getByRole('heading', { level: 1 }).waitFor();
    await nurse.getByRole('link', { name: /^Coordination/ }).waitFor();
    await composer(doctor).fill('C’est urgent, finalement.');
    await doctor.getByRole('checkbox', { name: 'Urgent' }).check();
    await composer(doctor).press('Control+Enter');
    const block = nurse.getByRole('region', { name: 'Messages' });
    await block.getByRole('button').filter({ hasText: topic }).getByText('Urgent', { exact: true }).waitFor();
    await nurse.waitForFunction(() => /^\(\d+\) Ma journée/.test(document.title));
    await block.getByRole('button').filter({ hasText: topic }).click();
    await conversation(nurse, topic).getByText('C’est urgent, finalement.').waitFor();
    await nurse.getByText('Non lus', { exact: true }).last().waitFor();
  },
);

scenario(
  'COO-8 by keyboard alone: write to the team from a record, name someone outside it, say that the patient agrees; the message is in the record of both',
  async (stage) => {
    const [anne, erwan] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('erwan.quemeneur')]);
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('j');
    const side = panel(page);
    await side.getByRole('heading', { name: 'Écrire à l’équipe' }).waitFor();
    await page.keyboard.type('Épaule gelée');
    await composer(page).focus();
    await page.keyboard.type('Que proposes-tu @erw');
    await side.getByRole('option', { name: /Erwan Quéméneur/ }).waitFor();
    await page.keyboard.press('Enter');
    assert.match(await composer(page).inputValue(), /Que proposes-tu @Erwan Quéméneur $/);
    await page.keyboard.type('?');
    await page.keyboard.press('Control+Enter');
    await side.getByText(/n’est pas dans l’équipe de soins/).waitFor();
    assert.deepEqual(
      (await erwan.send('GET', '/api/messages/threads?view=unread')).threads.filter(
        (one: { topic: string }) => one.topic === 'Épaule gelée',
      ),
      [],
      'nothing left before the patient agreed',
    );
    await side.getByRole('checkbox', { name: /Le patient est d’accord/ }).focus();
    await page.keyboard.press('Space');
    await composer(page).focus();
    await page.keyboard.press('Control+Enter');
    await said(page, 'Message envoyé.');
    await side
      .getByRole('region', { name: 'Épaule gelée' })
      .getByText(/Que proposes-tu/)
      .waitFor();
    await card(page, 'Échanges').getByText('Épaule gelée').waitFor();
    const other = await stage.as('erwan.quemeneur', `/patients/${patient.id}`);
    await recordShown(other, patient.name);
    await card(other, 'Échanges').getByText('Épaule gelée').click();
    await panel(other)
      .getByText(/Que proposes-tu/)
      .waitFor();
  },
);

scenario(
  'SEC-12 COO-8 what could not leave is kept on screen and in the tab, and sent again it is one message',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    const topic = unlike('Coupure');
    const { id } = await write(anne, { patient: patient.id, topic, to: { people: [soizic.practitioner] } });
    const page = await stage.as('anne.kermarrec', `/coordination/messages?fil=${id}`);
    await conversation(page, topic).waitFor();
    // It does not reach the server: it is said, and kept through a reload.
    await page.route('**/api/messages/threads/*/messages', (route) => route.abort());
    stage.expect(/ERR_FAILED|Failed to load/);
    await composer(page).fill('Une seule fois');
    await composer(page).press('Control+Enter');
    await page.getByText('Pas encore envoyé : le réseau est coupé.').waitFor();
    await page.unroute('**/api/messages/threads/*/messages');
    await page.reload();
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await page.getByRole('button', { name: 'Réessayer' }).waitFor({ state: 'detached' });
    // It reaches the server, and the answer is lost on the way: it is there, once.
    await page.route('**/api/messages/threads/*/messages', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await composer(page).fill('Et une autre');
    await composer(page).press('Control+Enter');
    await conversation(page, topic)
      .getByRole('article', { name: /^Vous, / })
      .filter({ hasText: 'Et une autre' })
      .waitFor();
    await page.getByRole('article', { name: /pas encore envoyé/ }).waitFor({ state: 'detached' });
    await page.unroute('**/api/messages/threads/*/messages');
    const { messages } = await soizic.send('GET', `/api/messages/threads/${id}`);
    assert.deepEqual(
      messages.map((one: { text: string }) => one.text),
      ['Bonjour', 'Une seule fois', 'Et une autre'],
    );
    // A half-typed message waits in its conversation, on another computer too.
    await composer(page).fill('à finir plus tard');
    await page.getByText('Brouillon conservé').waitFor();
    const elsewhere = await stage.as('anne.kermarrec', '/');
    await elsewhere
      .getByRole('region', { name: 'Brouillons' })
      .getByRole('link', { name: new RegExp(topic) })
      .click();
    await conversation(elsewhere, topic).waitFor();
    await elsewhere.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Votre message"]')?.value ===
        'à finir plus tard',
    );
  },
);

scenario(
  'COO-9 two secretaries take the same message of the box: one has it, the other is told who; it is handled once',
  async (stage) => {
    const lucie = await stage.hand('lucie.henaff');
    const topic = unlike('Fauteuil');
    await write(lucie, { topic, text: 'Qui rappelle le fournisseur ?', to: { box: 'box-secretariat' } });
    const open = async (login: string) => {
      const page = await stage.as(login, '/coordination/messages?vue=boite:box-secretariat');
      await inList(page, topic).click();
      await conversation(page, topic).getByRole('button', { name: 'Je m’en occupe' }).waitFor();
      return page;
    };
    const [first, second] = [await open('maryvonne.pellen'), await open('ewen.salaun')];
    // The second one's screen is a moment late: the hint has not come yet.
    await second.route('**/api/messages/threads/*', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    stage.expect(/ERR_FAILED|Failed to load/);
    await conversation(first, topic).getByRole('button', { name: 'Je m’en occupe' }).click();
    await conversation(first, topic).getByText('par vous').waitFor();
    await conversation(second, topic).getByRole('button', { name: 'Je m’en occupe' }).click();
    await said(second, /Maryvonne Pellen s’en occupe déjà/);
    await second.unroute('**/api/messages/threads/*');
    await second.reload();
    await conversation(second, topic).getByText('par Maryvonne Pellen').waitFor();
    await first.getByRole('textbox', { name: 'Votre message' }).fill('Rappelé, livraison jeudi.');
    await first.keyboard.press('Control+Enter');
    await conversation(first, topic).getByRole('button', { name: 'C’est traité' }).click();
    await said(first, 'Traité.');
    await conversation(second, topic).getByText('Traité', { exact: true }).waitFor();
    const asker = await stage.as('lucie.henaff', '/coordination/messages?vue=non-lus');
    await inList(asker, topic).click();
    await conversation(asker, topic).getByText('Rappelé, livraison jeudi.').waitFor();
    await conversation(asker, topic)
      .getByText(/a traité/)
      .waitFor();
  },
);

scenario(
  'COO-8 someone declares an absence and who stands in; a sender is told before writing, and the stand-in receives the message',
  async (stage) => {
    const [claire, thibault] = [await stage.hand('claire.morvan'), await stage.hand('thibault.madec')];
    const page = await stage.as('claire.morvan', '/coordination/messages?volet=absence');
    const form = page.getByRole('form', { name: 'Déclarer une absence' });
    await form.getByLabel('Du').fill('auj');
    await form.getByLabel('Au', { exact: true }).fill('+2j');
    await form.getByRole('combobox', { name: 'Qui reçoit les messages' }).fill('Madec');
    await page.getByRole('option', { name: /Thibault Madec/ }).click();
    await form.getByRole('button', { name: 'Déclarer l’absence' }).click();
    await said(page, /Absence déclarée/);
    await panel(page).getByText('Thibault Madec reçoit les messages').waitFor();
    const sender = await stage.as('anne.kermarrec', '/coordination/messages?volet=ecrire');
    await sender.getByRole('combobox', { name: 'À' }).fill('Claire');
    await sender.getByRole('option', { name: /Claire Morvan/ }).click();
    await sender.getByText(/Claire Morvan est absent·e jusqu’au/).waitFor();
    const topic = unlike('Semelles');
    await sender.getByLabel('Objet').fill(topic);
    await composer(sender).fill('À commander avant vendredi.');
    await composer(sender).press('Control+Enter');
    await conversation(sender, topic)
      .getByText(/Thibault Madec reçoit les messages/)
      .waitFor();
    const instead = await stage.as('thibault.madec', '/coordination/messages?vue=non-lus');
    await inList(instead, topic).waitFor();
    for (const one of (await claire.send('GET', '/api/messages/absences')).absences)
      if (one.mine) await claire.send('POST', `/api/messages/absences/${one.id}/end`);
    assert.ok(
      !(await thibault.send('GET', '/api/messages/threads')).threads.some(
        (one: { topic: string }) => one.topic === topic,
      ),
      'back, the stand-in reads it no more',
    );
  },
);

scenario(
  'SEC-3 the secretariat reads the administrative messages about a patient and no clinical one, anywhere on its screens',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    const [clinical, administrative] = [unlike('Potassium'), unlike('Rendez-vous')];
    await write(anne, { patient: patient.id, topic: clinical, text: 'Kaliémie à 5,8', to: { team: true } });
    await write(anne, {
      patient: patient.id,
      topic: administrative,
      text: 'À rappeler demain',
      administrative: true,
      to: { box: 'box-secretariat' },
    });
    const page = await stage.as('maryvonne.pellen', `/patients/${patient.id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await card(page, 'Échanges').getByText(administrative).waitFor();
    assert.equal(await page.getByText(clinical).count(), 0);
    for (const vue of ['', '?vue=patients', '?vue=boite:box-secretariat', '?q=Kali%C3%A9mie']) {
      await page.goto(`/coordination/messages${vue}`);
      await page
        .getByRole('list', { name: 'Conversations' })
        .or(page.getByText('Rien ne correspond'))
        .first()
        .waitFor();
      assert.equal(await page.getByText(clinical).count(), 0, vue);
    }
  },
);

scenario(
  'SEC-4 a nurse whom the patient opposes loses the conversation from the list, the count and the search, and a link opens nothing',
  async (stage) => {
    const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
    const patient = await newPatient(anne, { team: [soizic] });
    const topic = unlike('Confidence');
    const { id } = await write(anne, {
      patient: patient.id,
      topic,
      text: 'Mot de passe mirliton',
      to: { people: [soizic.practitioner] },
    });
    const page = await stage.as('soizic.abgrall', '/coordination/messages?vue=non-lus');
    await inList(page, topic).waitFor();
    await anne.send('POST', `/api/patients/${patient.id}/choices`, {
      decision: 'oppose',
      practitioner: soizic.practitioner,
    });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
    await inList(page, topic).waitFor({ state: 'detached' });
    await page.goto('/coordination/messages?q=mirliton');
    await page.getByText('Rien ne correspond').waitFor();
    await page.goto(`/coordination/messages?fil=${id}`);
    await page.getByText('Introuvable').waitFor();
    assert.equal(await page.getByText('mirliton').count(), 0);
  },
);

scenario('COO-8 what a message still lacks before it can leave is said beside « Envoyer »', async (stage) => {
  const patient = await newPatient(await stage.hand('anne.kermarrec'));
  const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=ecrire`);
  const send = panel(page).getByRole('button', { name: 'Envoyer' });
  await panel(page).getByLabel('Votre message').fill('Pansement à refaire demain.');
  await panel(page).getByText('À compléter : l’objet.').waitFor();
  assert.ok(await send.isDisabled());
  await panel(page).getByLabel('Objet').fill('Pansement');
  await panel(page)
    .getByText(/^À compléter/)
    .waitFor({ state: 'detached' });
  await send.click();
  await said(page, 'Message envoyé.');
});
