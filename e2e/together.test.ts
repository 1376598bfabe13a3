/** Several people at once; lost sessions, closed tabs, networks that go. */
import assert from 'node:assert/strict';
import { account, scenario, signIn } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'SEC-11 two physicians correct the same problem: the second is told, sees both versions and chooses; nothing is overwritten in silence',
  async (stage) => {
    const [anne, yann] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('yann.tanguy')]);
    const patient = await newPatient(anne, { team: [yann] });
    await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Douleur d’épaule' });
    const correct = async (login: string) => {
      const page = await stage.as(login, `/patients/${patient.id}`);
      await card(page, 'Problèmes').getByText('Douleur d’épaule').click();
      await panel(page).getByRole('button', { name: 'Corriger' }).click();
      await panel(page).getByRole('heading', { name: 'Corriger le problème' }).waitFor();
      return page;
    };
    const first = await correct('anne.kermarrec');
    const second = await correct('yann.tanguy');
    await panel(first).getByLabel('Problème', { exact: true }).fill('Tendinopathie de la coiffe');
    await first.keyboard.press('Control+Enter');
    await said(first, 'Problème corrigé.');
    // The page around has been read again; the form still is of the version it was opened with.
    await card(second, 'Problèmes').getByText('Tendinopathie de la coiffe').waitFor();
    await panel(second).getByLabel('Problème', { exact: true }).fill('Capsulite rétractile');
    await second.keyboard.press('Control+Enter');
    const both = second.getByRole('region', { name: 'Deux versions' });
    await both
      .getByText(/Anne Kermarrec/)
      .first()
      .waitFor();
    const row = both.getByRole('row').filter({ hasText: 'Capsulite rétractile' });
    await row.getByText('Tendinopathie de la coiffe').waitFor();
    await card(first, 'Problèmes').getByText('Tendinopathie de la coiffe').waitFor();
    await both.getByRole('button', { name: 'Enregistrer ma version' }).click();
    await said(second, 'Problème corrigé.');
    await card(first, 'Problèmes').getByText('Capsulite rétractile').waitFor();
    await card(first, 'Problèmes').getByText('Capsulite rétractile').click();
    await panel(first).getByRole('button', { name: '3 versions, comparer' }).click();
    await panel(first).getByText('Tendinopathie de la coiffe').first().waitFor();
  },
);

scenario(
  'SEC-11 DOS-1 an identity that another corrects is shown anew to who reads it; who is typing keeps their words, is shown both versions at saving, and overwrites nothing in silence',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne, { team: [await stage.hand('yann.tanguy')] });
    const corrected = async (email: string) => {
      const { form, version } = await anne.send('GET', `/api/patients/${patient.id}/identity`);
      await anne.send('PUT', `/api/patients/${patient.id}/identity`, { ...form, email, version, reason: null });
    };
    const page = await stage.as('yann.tanguy', `/patients/${patient.id}/identite`);
    const shows = (email: string) =>
      page.waitForFunction(
        (wanted) =>
          [...document.querySelectorAll('input')].some(({ type, value }) => type === 'email' && value === wanted),
        email,
      );
    await shows('');
    await corrected('premiere@example.org');
    await shows('premiere@example.org');
    const phone = page.getByLabel('Téléphone', { exact: true });
    await phone.fill('0298000011');
    await page.getByText('Brouillon conservé').waitFor();
    await corrected('deuxieme@example.org');
    await page.getByText('Anne Kermarrec vient de modifier ce dossier : identité.').first().waitFor();
    await page.getByRole('button', { name: 'Corriger l’identité' }).click();
    const both = page.getByRole('region', { name: 'Deux versions' });
    await both.getByText('deuxieme@example.org').waitFor();
    assert.equal(await phone.inputValue(), '0298000011');
    await both.getByRole('button', { name: /^Garder la version d/ }).click();
    await shows('deuxieme@example.org');
    assert.equal(await phone.inputValue(), '');
  },
);

scenario(
  'SEC-11 DOS-1 what another changes while a page opens, before it can be told, or while one is on another page, is there all the same',
  async (stage) => {
    const [anne, yann] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('yann.tanguy')]);
    const patient = await newPatient(anne, { team: [yann] });
    const page = await stage.as('yann.tanguy', '/compte');
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route(`**/api/patients/${patient.id}/events`, async (route) => {
      asked.resolve();
      await held.promise;
      await route.continue();
    });
    await page.goto(`/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await asked.promise;
    await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Douleur d’épaule' });
    assert.equal(await page.getByText('Douleur d’épaule').count(), 0);
    held.resolve();
    await card(page, 'Problèmes').getByText('Douleur d’épaule').waitFor();

    const coordinator = await stage.as('tristan.le-corre', '/coordination/reunions');
    const tab = (name: string) => coordinator.getByRole('main').getByRole('link', { name }).click();
    await coordinator.getByRole('heading', { name: /^Patients à programmer/ }).waitFor();
    await tab('Tâches');
    await coordinator.waitForURL('**/coordination/taches**');
    await anne.send('POST', `/api/patients/${patient.id}/meeting-proposals`, { reason: 'Chutes à répétition' });
    await tab('Réunions');
    await coordinator.getByText(patient.name).first().waitFor();
  },
);

scenario(
  'SEC-11 DOS-16 who is about to strike out an entry that a colleague has just corrected is told first; pressed again, it is struck out for both',
  async (stage) => {
    const [anne, yann, soizic] = await Promise.all([
      stage.hand('anne.kermarrec'),
      stage.hand('yann.tanguy'),
      stage.hand('soizic.abgrall'),
    ]);
    const patient = await newPatient(anne, { team: [yann, soizic] });
    const [problem] = (await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Asthme' })).lines;
    const at = `/patients/${patient.id}?volet=entree:Condition:${problem.id}`;
    const page = await stage.as('anne.kermarrec', at);
    const beside = await stage.as('soizic.abgrall', at);
    await panel(beside).getByRole('heading', { name: 'Asthme' }).waitFor();
    assert.equal(await panel(beside).getByRole('button', { name: 'Saisi par erreur' }).count(), 0);
    await panel(page).getByRole('button', { name: 'Saisi par erreur' }).click();
    await panel(page).getByLabel('Pourquoi est-ce une erreur ?').fill('Doublon');
    await yann.send('PUT', `/api/patients/${patient.id}/problems/${problem.id}`, { label: 'BPCO', version: 1 });
    await panel(page).getByRole('heading', { name: 'BPCO' }).waitFor();
    const mark = panel(page).getByRole('button', { name: 'Marquer comme erreur' });
    await mark.click();
    await panel(page)
      .getByText(/a modifié cet élément depuis que vous l’avez ouvert/)
      .waitFor();
    assert.equal(await panel(page).getByLabel('Pourquoi est-ce une erreur ?').inputValue(), 'Doublon');
    await mark.click();
    await said(page, 'Marqué comme saisi par erreur.');
    await panel(beside).getByText('Saisi par erreur').first().waitFor();
    await card(beside, 'Problèmes').getByText('BPCO').waitFor({ state: 'detached' });
  },
);

scenario(
  'SEC-12 a note half typed when the session is lost is still there after signing in again, and can be signed',
  async (stage) => {
    const patient = await newPatient(await stage.hand('soizic.abgrall'));
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('n');
    await page.getByLabel('Texte de la note').fill('Pansement refait, plaie propre.');
    await page.context().request.post('/api/sign-out', { headers: { origin: stage.url } });
    await page.keyboard.press('Control+Enter');
    const cover = page.getByRole('dialog', { name: 'Session verrouillée' });
    await cover.getByText('Session terminée').waitFor();
    await cover.getByRole('button', { name: /Soizic Abgrall/ }).click();
    await cover.waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Texte de la note').inputValue(), 'Pansement refait, plaie propre.');
    await page.getByRole('button', { name: 'Signer la note' }).click();
    await said(page, 'Note ajoutée.');
    await page.getByText('plaie propre').first().waitFor();
  },
);

scenario(
  'SEC-12 a note half typed in a tab that is closed waits on the day’s page, on another computer too',
  async (stage) => {
    const patient = await newPatient(await stage.hand('erwan.quemeneur'));
    const page = await stage.as('erwan.quemeneur', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('n');
    await page.getByLabel('Texte de la note').fill('Appui partiel autorisé à J15');
    await page.getByText('Brouillon conservé').waitFor();
    await page.close();
    const elsewhere = await stage.as('erwan.quemeneur', '/');
    await elsewhere
      .getByRole('region', { name: 'Brouillons' })
      .getByRole('link', { name: new RegExp(patient.family, 'i') })
      .click();
    await elsewhere.getByText('Brouillon retrouvé').waitFor();
    assert.equal(await elsewhere.getByLabel('Texte de la note').inputValue(), 'Appui partiel autorisé à J15');
    await elsewhere.getByRole('button', { name: 'Signer la note' }).click();
    await said(elsewhere, 'Note ajoutée.');
  },
);

scenario(
  'SEC-12 when the network is cut the page says so and keeps what is typed, and sends it once it is back',
  async (stage) => {
    stage.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
    const patient = await newPatient(await stage.hand('soizic.abgrall'));
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.keyboard.press('n');
    await page.getByLabel('Texte de la note').fill('Vue à domicile');
    await page.context().setOffline(true);
    await page.getByText('Réseau coupé.').waitFor();
    await page.getByLabel('Texte de la note').fill('Vue à domicile, sans réseau dans la cuisine');
    await page.getByText(/Conservé sur ce poste/).waitFor();
    assert.equal(await page.getByLabel('Texte de la note').inputValue(), 'Vue à domicile, sans réseau dans la cuisine');
    // Signed without a network: it says so at once, and what is typed after that is not lost.
    await page.getByRole('button', { name: 'Signer la note' }).click();
    await panel(page).getByText('Le serveur ne répond pas.').waitFor();
    await page.getByLabel('Texte de la note').fill('Vue à domicile, sans réseau dans la cuisine. Rappeler demain.');
    await page.context().setOffline(false);
    await page.getByText('Réseau coupé.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Signer la note' }).click();
    await said(page, 'Note ajoutée.');
    await card(page, 'Dernières notes').getByText('Rappeler demain').waitFor();
  },
);

scenario('SEC-12 an answer that is lost on the way: the same form sent again adds nothing twice', async (stage) => {
  stage.expect(/ERR_FAILED|ERR_ABORTED/);
  const nurse = await stage.hand('soizic.abgrall');
  const patient = await newPatient(nurse);
  const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
  await recordShown(page, patient.name);
  await page.keyboard.press('n');
  await page.getByLabel('Texte de la note').fill('Constantes stables');
  await page.route(
    '**/notes',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.keyboard.press('Control+Enter');
  await panel(page).getByText('Le serveur ne répond pas.').waitFor();
  await page.keyboard.press('Control+Enter');
  await said(page, 'Note ajoutée.');
  const { notes } = await nurse.send('GET', `/api/patients/${patient.id}/record`);
  assert.equal(notes.length, 1);
});

scenario(
  'SEC-11 SEC-12 a correction half typed in a closed tab, taken up after someone else’s: both versions are shown, nothing is overwritten in silence',
  async (stage) => {
    const [anne, yann] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('yann.tanguy')]);
    const patient = await newPatient(anne, { team: [yann] });
    const { lines } = await anne.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Douleur d’épaule' });
    const address = `/patients/${patient.id}?volet=corriger:Condition:${lines[0].id}`;
    const page = await stage.as('yann.tanguy', address);
    await panel(page).getByLabel('Problème', { exact: true }).fill('Capsulite rétractile');
    await page.getByText('Brouillon conservé').waitFor();
    await page.close();
    await anne.send('PUT', `/api/patients/${patient.id}/problems/${lines[0].id}`, {
      label: 'Tendinopathie de la coiffe',
      note: 'Ne pas infiltrer',
      version: 1,
    });
    const again = await stage.as('yann.tanguy', '/');
    // The day’s page leads to the very form, and not to the record alone.
    await again
      .getByRole('region', { name: 'Brouillons' })
      .getByRole('link', { name: new RegExp(patient.family, 'i') })
      .click();
    await again.getByText('Brouillon retrouvé').waitFor();
    assert.equal(await panel(again).getByLabel('Problème', { exact: true }).inputValue(), 'Capsulite rétractile');
    await again.keyboard.press('Control+Enter');
    const both = again.getByRole('region', { name: 'Deux versions' });
    await both
      .getByRole('row')
      .filter({ hasText: 'Capsulite rétractile' })
      .getByText('Tendinopathie de la coiffe')
      .waitFor();
    await both.getByText('Ne pas infiltrer').waitFor();
    await both.getByRole('button', { name: 'Garder la version d’Anne Kermarrec' }).click();
    await card(again, 'Problèmes').getByText('Tendinopathie de la coiffe').waitFor();
  },
);

scenario(
  'SEC-12 what is typed without a network outlives its tab: found in the form as it was, sent to the server, readable by nobody else on this computer',
  async (stage) => {
    stage.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
    const nurse = await stage.hand('soizic.abgrall');
    const patient = await newPatient(nurse, { team: [await stage.hand('anne.kermarrec')] });
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    const context = page.context();
    await recordShown(page, patient.name);
    await page.keyboard.press('n');
    await context.setOffline(true);
    await page.getByLabel('Texte de la note').fill('Plaie du talon, écrite dans la cuisine');
    await page.getByText(/Conservé sur ce poste/).waitFor();
    assert.doesNotMatch(
      await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })),
      /talon/,
      'sealed',
    );
    await page.close();
    await context.setOffline(false);
    assert.equal(JSON.stringify(await nurse.send('GET', `/api/drafts?patient=${patient.id}`)).includes('talon'), false);
    // Someone else on this computer finds nothing of it.
    const anne = await account(stage.url, 'anne.kermarrec');
    await context.request.post('/api/sign-in/demo', {
      data: { account: anne.account },
      headers: { origin: stage.url },
    });
    const other = await context.newPage();
    await other.goto(`/patients/${patient.id}?volet=note`);
    await other.getByLabel('Texte de la note').waitFor();
    await recordShown(other, patient.name);
    assert.equal(await other.getByLabel('Texte de la note').inputValue(), '');
    await other.close();
    const mine = await account(stage.url, 'soizic.abgrall');
    await context.request.post('/api/sign-in/demo', {
      data: { account: mine.account },
      headers: { origin: stage.url },
    });
    const back = await context.newPage();
    const sent = back.waitForResponse(
      (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'PUT' && answer.ok(),
    );
    await back.goto(`/patients/${patient.id}?volet=note`);
    await back.getByText(/Brouillon retrouvé|Brouillon conservé/).waitFor();
    assert.equal(await back.getByLabel('Texte de la note').inputValue(), 'Plaie du talon, écrite dans la cuisine');
    await sent;
    assert.ok(JSON.stringify(await nurse.send('GET', `/api/drafts?patient=${patient.id}`)).includes('talon'));
  },
);

scenario(
  'SEC-1 SEC-12 a tab left open while another person signs in beside it shows nothing more, does nothing in their name, and keeps what was typed for its author',
  async (stage) => {
    const nurse = await stage.hand('soizic.abgrall');
    const page = await stage.as('soizic.abgrall', '/patients/nouveau');
    const family = `Kerfautif${Date.now() % 100_000}`;
    const birth = page.getByLabel('Nom de naissance');
    await birth.fill(family);
    await page.getByText('Brouillon conservé').waitFor();
    const beside = await page.context().newPage();
    await beside.goto('/');
    await beside.getByRole('button', { name: /Votre compte/ }).click();
    await beside.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    const cover = page.getByRole('dialog', { name: 'Session verrouillée' });
    await cover.getByText('Session terminée').waitFor();
    await signIn(beside, 'anne.kermarrec');
    await cover.getByRole('heading', { name: 'Session de Anne Kermarrec' }).waitFor();
    await cover.getByText(/Ce que Soizic Abgrall avait saisi/).waitFor();
    const drafts = async (login: string) => JSON.stringify(await (await stage.hand(login)).send('GET', '/api/drafts'));
    assert.equal((await drafts('anne.kermarrec')).includes(family), false);
    assert.ok((await drafts('soizic.abgrall')).includes(family));
    await cover.getByRole('button', { name: 'Continuer : Anne Kermarrec' }).click();
    await cover.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Votre compte : Anne Kermarrec' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/');
    await nurse.send('DELETE', '/api/drafts/identite:nouveau');
  },
);

scenario(
  'SEC-11 DOS-1 after a lock and an unlock in place, what another adds still appears without reloading; locking one tab locks the other',
  async (stage) => {
    const nurse = await stage.hand('soizic.abgrall');
    const patient = await newPatient(nurse, { team: [await stage.hand('anne.kermarrec')] });
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const beside = await page.context().newPage();
    await beside.goto('/patients');
    await beside.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Verrouiller ce poste' }).click();
    const cover = (of: typeof page) => of.getByRole('dialog', { name: 'Session verrouillée' });
    await cover(beside).getByText('Poste verrouillé').waitFor();
    await cover(page).getByLabel('Mot de passe', { exact: true }).fill('demo');
    await cover(page).getByRole('button', { name: 'Déverrouiller' }).click();
    await cover(page).waitFor({ state: 'detached' });
    await cover(beside).waitFor({ state: 'detached' });
    await nurse.send('POST', `/api/patients/${patient.id}/measures`, {
      values: [{ code: '8867-4', value: '71' }],
      confirmed: false,
      note: null,
      at: null,
    });
    await card(page, 'Dernières mesures').getByText('71').waitFor();
  },
);

scenario(
  'SEC-1 SEC-12 a screen that locks by itself in the middle of a prescription gives it back to who typed it, shows nothing of it to who takes the place, and keeps it for its author elsewhere',
  async (stage) => {
    const patient = await newPatient(await stage.hand('anne.kermarrec'), {
      team: [await stage.hand('soizic.abgrall')],
    });
    const at = `/patients/${patient.id}?volet=prescrire`;
    const page = await stage.as('anne.kermarrec', at);
    const words = (of: typeof page) => panel(of).getByLabel('Précisions pour le patient, imprimées');
    const cover = page.getByRole('dialog', { name: 'Session verrouillée' });
    // Long since the last gesture: what was typed has not even had the pause after which it is sent.
    const leave = async () => {
      await page.evaluate(() => localStorage.setItem('estran-last-gesture', '0'));
      await cover.getByText('Poste verrouillé').waitFor();
    };
    await words(page).fill('Au cours du repas.');
    await leave();
    await cover.getByLabel('Mot de passe', { exact: true }).fill('demo');
    await page.keyboard.press('Enter');
    await cover.waitFor({ state: 'detached' });
    assert.equal(await words(page).inputValue(), 'Au cours du repas.');
    await words(page).fill('Au cours du repas, jamais à jeun.');
    await leave();
    await cover.getByRole('button', { name: 'Changer d’utilisateur' }).click();
    await page.waitForURL((url) => url.pathname === '/connexion');
    await signIn(page, 'soizic.abgrall');
    await page.goto(`/patients/${patient.id}?volet=note`);
    await page.getByLabel('Texte de la note').waitFor();
    await recordShown(page, patient.name);
    assert.doesNotMatch(await page.content(), /Au cours du repas/);
    const mine = await (await stage.hand('soizic.abgrall')).send('GET', `/api/drafts?patient=${patient.id}`);
    assert.doesNotMatch(JSON.stringify(mine), /Au cours du repas/);
    const elsewhere = await stage.as('anne.kermarrec', at);
    await panel(elsewhere).getByText('Brouillon retrouvé').waitFor();
    assert.equal(await words(elsewhere).inputValue(), 'Au cours du repas, jamais à jeun.');
  },
);

scenario(
  'SEC-1 on a shared computer another person takes over a locked screen and sees nothing of the first; a demo account unlocks with its password',
  async (stage) => {
    const patient = await newPatient(await stage.hand('soizic.abgrall'));
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await page.getByRole('button', { name: 'Verrouiller ce poste' }).click();
    const cover = page.getByRole('dialog', { name: 'Session verrouillée' });
    await cover.getByLabel('Mot de passe', { exact: true }).fill('faux');
    await cover.getByRole('button', { name: 'Déverrouiller' }).click();
    await cover.getByRole('alert').waitFor();
    await cover.getByLabel('Mot de passe', { exact: true }).fill('demo');
    await cover.getByRole('button', { name: 'Déverrouiller' }).click();
    await cover.waitFor({ state: 'detached' });
    await recordShown(page, patient.name);
    await page.getByRole('button', { name: 'Verrouiller ce poste' }).click();
    await cover.getByRole('button', { name: 'Changer d’utilisateur' }).click();
    await page.waitForURL((url) => url.pathname === '/connexion');
    assert.equal(await page.getByText(patient.family).count(), 0, 'not even under a cover');
    await page.getByRole('button', { name: /Lucie Hénaff/ }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByText(/Lucie/).first().waitFor();
    assert.equal(await page.getByText(patient.family).count(), 0);
  },
);

scenario(
  'SEC-1 after signing out nothing of the person stays: not in the page, not in the browser, not by the back button',
  async (stage) => {
    const patient = await newPatient(await stage.hand('soizic.abgrall'));
    const page = await stage.nobody();
    await page.goto(`/patients/${patient.id}`);
    await page.waitForURL(/connexion\?retour=/);
    await signIn(page, 'soizic.abgrall');
    await recordShown(page, patient.name);
    await page.keyboard.press('n');
    await page.getByLabel('Texte de la note').fill('à ne pas laisser derrière soi');
    await page.getByText('Brouillon conservé').waitFor();
    await page.getByRole('button', { name: /Votre compte/ }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.getByText('Comptes de démonstration').waitFor();
    assert.doesNotMatch(
      await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })),
      /laisser derrière/,
    );
    await page.goBack();
    await page.getByText('Comptes de démonstration').waitFor();
    assert.equal(await page.getByText(patient.family).count(), 0);
    assert.equal((await page.context().request.get('/api/me')).status(), 401);
  },
);
