/** Case meetings: prepared, run by several people at once, closed into the records. */
import assert from 'node:assert/strict';
import { wordsOf } from '../src/platform/pdf/pdf-words-for-tests.ts';
import { type Hand, type Page, scenario, type Stage } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

const runner = 'tristan.le-corre';
const around = ['anne.kermarrec', 'soizic.abgrall', 'erwan.quemeneur', 'lucie.henaff', 'nolwenn.cadiou'] as const;
/** A meeting with these patients proposed by the physician, opened. */
async function opened(stage: Stage, patients: readonly { id: string }[]) {
  const [coordinator, doctor] = [await stage.hand(runner), await stage.hand('anne.kermarrec')];
  const people: Hand[] = [];
  for (const login of around) people.push(await stage.hand(login));
  const ids: string[] = [];
  for (const one of patients)
    ids.push(
      (await doctor.send('POST', `/api/patients/${one.id}/meeting-proposals`, { reason: 'Plaie qui ne cicatrise pas' }))
        .id,
    );
  const day = new Date(Date.now() + 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
  const made = await coordinator.send('POST', '/api/meetings', {
    start: `${day}T12:30`,
    title: 'Concertation des plaies',
    participants: people.map((one) => one.practitioner),
    patients: ids,
  });
  await coordinator.send('POST', `/api/meetings/${made.id}/start`, { version: made.version });
  return { id: made.id as string, discussions: ids, people, coordinator };
}
const kept = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor();

scenario(
  'COO-4 a nurse proposes a patient with one key; the coordinator finds a date in the agendas, books and invites with one press, and orders the agenda by keyboard',
  async (stage) => {
    const [doctor, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const [first, second] = [await newPatient(doctor, { team: [nurse] }), await newPatient(doctor, { team: [nurse] })];
    await doctor.send('POST', `/api/patients/${second.id}/meeting-proposals`, { reason: 'Chutes à répétition' });
    const page = await stage.as('soizic.abgrall', `/patients/${first.id}`);
    await recordShown(page, first.name);
    await page.keyboard.press('r');
    await panel(page).getByLabel('Motif').fill('Ulcère qui ne diminue plus');
    await panel(page)
      .getByLabel(/Urgent/)
      .check();
    await page.keyboard.press('Control+Enter');
    await said(page, 'est proposé en réunion');
    await card(page, 'Concertations').getByText('Ulcère qui ne diminue plus').waitFor();

    const desk = await stage.as(runner, '/coordination/reunions?volet=prevoir');
    const participants = desk.getByRole('combobox', { name: 'Participants' });
    for (const name of ['Kermarrec', 'Abgrall', 'Quéméneur', 'Hénaff', 'Cadiou']) {
      await participants.fill(name);
      await desk.getByRole('option', { name: new RegExp(name) }).click();
    }
    await desk.getByRole('button', { name: 'Chercher dans les agendas' }).click();
    await desk
      .getByRole('list', { name: 'Dates possibles' })
      .getByRole('button', { name: /Réserver le/ })
      .first()
      .click();
    await said(desk, /invitations parties/);
    await desk.getByRole('heading', { name: 'Ordre du jour' }).waitFor();
    const agenda = card(desk, 'Ordre du jour');
    const line = agenda.getByRole('listitem').filter({ hasText: first.name });
    await line.getByText('urgent').waitFor();
    await agenda.getByText('Chutes à répétition').waitFor();
    // The urgent one comes first already: down once by keyboard, and the order stands.
    const rank = async (name: string) =>
      Number(
        await agenda
          .getByRole('listitem')
          .filter({ hasText: new RegExp(name, 'i') })
          .locator('span')
          .first()
          .textContent(),
      );
    const before = await rank(first.family);
    await line.getByRole('button', { name: new RegExp(`^${first.family}`, 'i') }).focus();
    await desk.keyboard.press('Alt+ArrowDown');
    await desk.waitForFunction(
      ([name, old]) =>
        [...document.querySelectorAll('ol li')].some(
          (one) =>
            one.textContent?.toLowerCase().includes(String(name)) &&
            Number(one.querySelector('span')?.textContent) === Number(old) + 1,
        ),
      [first.family.toLowerCase(), before] as const,
    );
    await page.goto('/');
    await page
      .getByRole('region', { name: 'Réunions' })
      .getByText(/patients? de vos équipes|patients/)
      .first()
      .waitFor();
  },
);

scenario(
  'COO-4 two people write the same minutes at once, one of them without a network: not a word is lost, and each sees where the other types',
  async (stage) => {
    stage.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
    const [doctor, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(doctor, { team: [nurse] });
    const meeting = await opened(stage, [patient]);
    const path = `/coordination/reunions/${meeting.id}?mode=animer`;
    const [one, two] = await Promise.all([stage.as('anne.kermarrec', path), stage.as('soizic.abgrall', path)]);
    const [mine, hers] = [one.getByLabel('Discussion'), two.getByLabel('Discussion')];
    await kept(two);
    await kept(one);
    await mine.pressSequentially('Contention à revoir. ');
    await two.getByText('Anne écrit…').waitFor();
    await two.waitForFunction(() =>
      [...document.querySelectorAll('textarea')].some((field) => field.value.includes('Contention à revoir.')),
    );
    // Both at once, in the same field.
    await hers.focus();
    await hers.press('Control+End');
    await Promise.all([
      mine.pressSequentially('Doppler demandé. ', { delay: 15 }),
      hers.pressSequentially('Douleur au retrait. ', { delay: 15 }),
    ]);
    const has = (page: Page, words: readonly string[]) =>
      page.waitForFunction(
        (wanted) =>
          wanted.every((word) =>
            [...document.querySelectorAll('textarea')].some((field) => field.value.includes(word)),
          ),
        words,
      );
    await kept(one);
    await kept(two);
    const value = async (page: Page) => page.getByLabel('Discussion').inputValue();
    await one.waitForFunction(() =>
      [...document.querySelectorAll('textarea')].some((field) =>
        [...'Douleur au retrait.'].every((sign) => field.value.includes(sign)),
      ),
    );
    // The network of one goes; both go on typing.
    await two.context().setOffline(true);
    await hers.press('Control+End');
    await hers.pressSequentially('\nÉcrit dans le couloir sans réseau.');
    await two.getByText(/gardé sur ce poste/).waitFor();
    await mine.press('Control+Home');
    await mine.pressSequentially('Vue avec la fille. ');
    await kept(one);
    await two.context().setOffline(false);
    await has(one, ['Écrit dans le couloir sans réseau.', 'Vue avec la fille.']);
    await has(two, ['Écrit dans le couloir sans réseau.', 'Vue avec la fille.']);
    await kept(two);
    assert.equal(await value(one), await value(two));
    // Another computer, later: all of it is on the server.
    const later = await stage.as('anne.kermarrec', path);
    await has(later, ['Écrit dans le couloir sans réseau.', 'Vue avec la fille.', 'Contention à revoir.']);
  },
);

scenario(
  'COO-4 COO-5 a meeting of five professions is run and closed: minutes in the record at once, decisions as tasks, a PDF with the right words; a physiotherapist sees only the patients of their team',
  async (stage) => {
    const [doctor, nurse, physio] = [
      await stage.hand('anne.kermarrec'),
      await stage.hand('soizic.abgrall'),
      await stage.hand('erwan.quemeneur'),
    ];
    const shared = await newPatient(doctor, { team: [nurse, physio] });
    const other = await newPatient(doctor, { team: [nurse] });
    const meeting = await opened(stage, [shared, other]);
    const desk = await stage.as(runner, `/coordination/reunions/${meeting.id}`);
    await desk.getByRole('button', { name: 'En parler maintenant' }).click();
    await desk.getByRole('timer').waitFor();
    for (const one of meeting.people.slice(1))
      await one.send('POST', `/api/meetings/${meeting.id}/presence`, { state: 'present' });
    const anne = await stage.as('anne.kermarrec', `/coordination/reunions/${meeting.id}`);
    await anne.getByRole('button', { name: 'Je suis présent' }).click();
    await said(anne, 'Présence signée.');
    await anne.getByLabel('Discussion').fill('Plaie propre, contention mal portée.');
    await anne.getByLabel('Décisions').fill('@Soizic pansement tous les 2 jours avant le 12/12');
    await anne.getByRole('list', { name: 'Tâches qui en sortiront' }).getByText('Soizic Abgrall').waitFor();
    await kept(anne);

    const erwan = await stage.as('erwan.quemeneur', `/coordination/reunions/${meeting.id}`);
    await erwan.getByText('+ 1 autre patient').waitFor();
    await erwan.getByRole('heading', { name: new RegExp(shared.family, 'i') }).waitFor();
    assert.equal(await erwan.getByText(new RegExp(other.family, 'i')).count(), 0);

    // Next patient: the one who runs is told who should step out; those who follow come along.
    await desk.keyboard.press('s');
    await desk.getByRole('heading', { level: 2, name: new RegExp(other.family, 'i') }).waitFor();
    await desk.getByRole('note').filter({ hasText: 'Erwan Quéméneur' }).waitFor();
    await anne.getByRole('heading', { level: 2, name: new RegExp(other.family, 'i') }).waitFor();
    await desk.getByLabel('Discussion').fill('Revoir dans un mois.');
    await kept(desk);

    await desk.getByRole('button', { name: 'Clore la réunion' }).click();
    await panel(desk).getByText('Pansement tous les 2 jours').waitFor();
    await panel(desk)
      .getByText(/^5 présents/)
      .waitFor();
    await panel(desk).getByRole('button', { name: 'Clore et classer les comptes rendus' }).click();
    await said(desk, /comptes rendus sont dans les dossiers/);
    await desk
      .getByRole('article', { name: new RegExp(shared.family, 'i') })
      .getByText('Plaie propre, contention mal portée.')
      .waitFor();

    // The same minute, in the record; the task in the nurse's list.
    const record = await stage.as('soizic.abgrall', `/patients/${shared.id}`);
    await recordShown(record, shared.name);
    await card(record, 'Concertations').getByRole('button', { name: 'Plaie qui ne cicatrise pas' }).click();
    await panel(record)
      .getByText(/contention mal portée/)
      .first()
      .waitFor();
    await record.goto('/coordination/taches');
    await record.getByText('Pansement tous les 2 jours').first().waitFor();

    // Paper: the whole meeting for the coordinator, the part they may see for the physiotherapist.
    const pdf = async (page: Page) => {
      const answer = await page.context().request.get(`/api/meetings/${meeting.id}/pdf`);
      assert.equal(answer.headers()['content-type'], 'application/pdf');
      return wordsOf(await answer.body()).toUpperCase();
    };
    const [whole, part] = [await pdf(desk), await pdf(erwan)];
    for (const words of [
      shared.family,
      other.family,
      'Pansement tous les 2 jours',
      'présence signée',
      'Maison de santé des Abers',
    ])
      assert.ok(whole.includes(words.toUpperCase()), `${words} in ${whole}`);
    assert.ok(part.includes(shared.family.toUpperCase()) && !part.includes(other.family.toUpperCase()), part);
    await erwan.reload();
    await erwan.getByText(/^1 autre patient/).waitFor();
    assert.equal(await erwan.getByRole('article').count(), 1);

    // A correction later is a new version, with its reason.
    await desk.getByRole('button', { name: 'Rouvrir pour corriger' }).click();
    await desk.getByLabel('Pourquoi la rouvrir').fill('Doppler oublié');
    await desk.getByRole('button', { name: 'Rouvrir', exact: true }).click();
    await said(desk, 'Réunion rouverte.');
    await desk.getByLabel('Décisions').fill('@Anne écho-Doppler sous 15 jours');
    await kept(desk);
    await desk.getByRole('button', { name: 'Clore la réunion' }).click();
    await panel(desk).getByText('Écho-Doppler').waitFor();
    await panel(desk).getByRole('button', { name: 'Clore et classer les comptes rendus' }).click();
    await desk.getByText('Corrigé : Doppler oublié').first().waitFor();
  },
);

scenario(
  'COO-4 COO-5 a meeting opened days too early is taken back at once; held and closed, its minutes leave in a letter that a carer signs, and the coordinator is offered none',
  async (stage) => {
    const [doctor, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(doctor, { team: [nurse] });
    const proposed = await doctor.send('POST', `/api/patients/${patient.id}/meeting-proposals`, { reason: 'Plaie' });
    const coordinator = await stage.hand(runner);
    const day = new Date(Date.now() + 6 * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
    const { id } = await coordinator.send('POST', '/api/meetings', {
      start: `${day}T12:30`,
      participants: [doctor.practitioner, nurse.practitioner],
      patients: [proposed.id],
    });
    const path = `/coordination/reunions/${id}`;
    const desk = await stage.as(runner, path);
    const open = desk.getByRole('button', { name: 'Ouvrir la réunion' });
    await open.click();
    await said(desk, 'Réunion ouverte');
    await desk.getByRole('button', { name: 'Annuler' }).click();
    await open.waitFor();
    // And later, once the words that say so are gone.
    await open.click();
    await desk.getByRole('button', { name: 'Clore la réunion' }).waitFor();
    await desk.getByRole('button', { name: 'Plus' }).click();
    await desk.getByRole('menuitem', { name: /revenir à la préparation/ }).click();
    await open.click();
    await desk.getByRole('button', { name: 'En parler maintenant' }).click();
    await desk.getByLabel('Décisions').fill('@Soizic pansement tous les 2 jours');
    await kept(desk);
    const anne = await stage.as('anne.kermarrec', path);
    await anne.getByRole('button', { name: 'Je suis présent' }).click();
    await said(anne, 'Présence signée.');
    await desk.getByRole('button', { name: 'Clore la réunion' }).click();
    await panel(desk).getByRole('button', { name: 'Clore et classer les comptes rendus' }).click();
    await said(desk, /comptes rendus sont dans les dossiers/);
    await desk.getByRole('article').getByText('Soizic Abgrall').waitFor();
    assert.equal(await desk.getByRole('link', { name: 'Courrier' }).count(), 0);
    await anne.getByRole('link', { name: 'Courrier' }).click();
    assert.match(
      await anne.getByRole('textbox', { name: 'Texte' }).inputValue(),
      /## Décisions\n- Pansement tous les 2 jours \(Soizic Abgrall\)[\s\S]*Présents :/,
    );
    await anne.getByRole('button', { name: 'Signer' }).click();
    await said(anne, 'Courrier signé.');
  },
);

scenario(
  'COO-4 who may not: a secretary sees that a meeting is held and no patient of it, an administrator reads figures and no meeting',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor);
    const meeting = await opened(stage, [patient]);
    const page = await stage.as('maryvonne.pellen', `/coordination/reunions/${meeting.id}`);
    await page.getByText(/Aucun patient de vos équipes/).waitFor();
    assert.equal(await page.getByText(new RegExp(patient.family, 'i')).count(), 0);
    const owner = await stage.as('aurore.miossec', '/coordination/reunions');
    await owner.getByRole('heading', { name: 'Chiffres pour l’ACI' }).waitFor();
    assert.equal(await owner.getByText('Patients à programmer').count(), 0);
    await owner.goto(`/coordination/reunions/${meeting.id}`);
    await owner.getByRole('alert').first().waitFor();
  },
);
