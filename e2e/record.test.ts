/** Reading a record: what stands first, curves, the history and its filters, who did what. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { card, newPatient, panel, recordShown } from './people.ts';

const jean = '/patients/pat-jean-kerleau';

scenario(
  'DOS-1 DOS-4 DOS-5 the summary says problems with ALD, treatments with who and what for, last measures with trend, vaccines, team and what is planned',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', jean);
    await recordShown(page, /KERLEAU/);
    await card(page, 'Problèmes')
      .getByRole('listitem')
      .filter({ hasText: 'Diabète de type 2' })
      .getByText('ALD', { exact: true })
      .first()
      .waitFor();
    const metformin = card(page, 'Traitements')
      .getByRole('listitem')
      .filter({ hasText: /Metformine/ });
    await metformin.getByText(/matin et soir/).waitFor();
    await card(page, 'Traitements')
      .getByRole('listitem')
      .filter({ hasText: /Ibuprofène/ })
      .getByText('Déclaré par le patient')
      .waitFor();
    const a1c = card(page, 'Dernières mesures').getByRole('listitem').filter({ hasText: 'HbA1c' });
    await a1c
      .getByText(/\d,\d %/)
      .first()
      .waitFor();
    assert.ok((await a1c.locator('svg').count()) > 0, 'a trend is drawn');
    await card(page, 'Vaccins').getByText('Vaxigrip').first().waitFor();
    await card(page, 'À venir').getByText('Suivi du diabète').waitFor();
    await page.getByRole('button', { name: /Équipe de soins/ }).click();
    await panel(page).getByText('Médecin traitant', { exact: true }).waitFor();
    await panel(page).getByText('Claire Morvan').waitFor();
  },
);

scenario(
  'DOS-7 a curve opens from its line with target and reference, its table is one key away, and the period stays in the address',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', jean);
    await recordShown(page, /KERLEAU/);
    await card(page, 'Dernières mesures')
      .getByRole('button', { name: /Voir la courbe : HbA1c/ })
      .click();
    await panel(page)
      .getByText(/Objectif : HbA1c/)
      .waitFor();
    await panel(page)
      .getByText(/^référence/)
      .waitFor();
    await page.keyboard.press('x');
    const rows = panel(page).getByRole('table').getByRole('row');
    await rows.nth(5).waitFor();
    const all = await rows.count();
    await panel(page).getByRole('textbox', { name: 'Période' }).or(panel(page).getByLabel('Période')).first().click();
    await page.getByRole('option', { name: '1 an' }).click();
    await page.waitForURL(/periode=12/);
    assert.ok((await rows.count()) < all);
    await page.reload();
    await panel(page).getByRole('table').waitFor();
    assert.match(page.url(), /courbe.*periode=12/);
  },
);

scenario(
  'DOS-7 an infant’s weight is drawn on the growth curves of the WHO by age, and where it stands is said in words',
  async (stage) => {
    const page = await stage.as('ines.benjelloun', '/patients/pat-malo-riou?volet=courbe:29463-7');
    await panel(page)
      .getByText(/Courbes de croissance : OMS/)
      .waitFor();
    for (const percentile of ['P3', 'P15', 'P50', 'P85', 'P97'])
      await panel(page)
        .locator('svg text', { hasText: new RegExp(`^${percentile}$`) })
        .waitFor();
    await panel(page)
      .locator('svg text', { hasText: /^\d+\smois$/ })
      .first()
      .waitFor();
    await panel(page)
      .getByText(/Dernière valeur : \d+(,\d+)? kg à \d+\s(mois|j), P\d+ \([−+]?\d(,\d)? DS\)/)
      .waitFor();
    await page.keyboard.press('x');
    await panel(page)
      .getByRole('table')
      .getByText(/^P\d+ \(/)
      .first()
      .waitFor();
    await page.goto('/patients/pat-malo-riou?volet=courbe:8867-4');
    await panel(page).getByRole('heading', { name: 'Fréquence cardiaque' }).waitFor();
    assert.equal(
      await panel(page)
        .getByText(/Courbes de croissance/)
        .count(),
      0,
    );
  },
);

scenario(
  'DOS-1 the history filters by kind and profession, the filters live in the address and open the same for a colleague',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', jean);
    await recordShown(page, /KERLEAU/);
    await page.getByRole('button', { name: /^Filtres/ }).click();
    await page.getByRole('textbox', { name: 'Genres' }).or(page.getByLabel('Genres')).first().click();
    await page.getByRole('option', { name: /^Notes?/ }).click();
    await page.waitForURL(/genre=note/);
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Professions' }).or(page.getByLabel('Professions')).first().click();
    await page.getByRole('option', { name: /Pédicure/ }).click();
    await page.waitForURL(/profession=chiropodist/);
    const history = page.locator('#historique');
    await page.waitForFunction(() => document.querySelector('#historique ol')?.getAttribute('aria-busy') === 'false');
    const lines = history.locator('ol ul button');
    await lines.filter({ hasText: 'Monofilament' }).first().waitFor();
    const words = await lines.allInnerTexts();
    assert.ok(words.length > 3);
    for (const line of words) assert.match(line, /Claire Morvan/);
    const colleague = await stage.as('claire.morvan', new URL(page.url()).pathname + new URL(page.url()).search);
    await colleague
      .locator('#historique')
      .locator('ol ul button')
      .filter({ hasText: 'Monofilament' })
      .first()
      .waitFor();
    assert.equal(
      await colleague
        .locator('#historique')
        .locator('ol ul button')
        .filter({ hasNotText: /Claire Morvan|Vous/ })
        .count(),
      0,
    );
    await page.getByRole('button', { name: 'Effacer', exact: true }).click();
    await page.waitForFunction(() => !location.search.includes('genre'));
  },
);

scenario('DOS-17 one finds inside a record, what matched is marked, without accents too', async (stage) => {
  const page = await stage.as('anne.kermarrec', jean);
  await recordShown(page, /KERLEAU/);
  await page.getByRole('textbox', { name: 'Chercher dans ce dossier' }).fill('retinopathie');
  await page.waitForURL(/q=retinopathie/);
  const history = page.locator('#historique');
  await history
    .locator('mark')
    .filter({ hasText: /rétinopathie/i })
    .first()
    .waitFor();
  await page.waitForFunction(() => document.querySelector('#historique ol')?.getAttribute('aria-busy') === 'false');
  for (const line of await history.locator('ol ul button').allInnerTexts())
    assert.match(line.normalize('NFD').replace(/\p{M}/gu, ''), /retinopathi/i);
});

scenario('DOS-1 every line of the history says who, in which role, and when', async (stage) => {
  const page = await stage.as('anne.kermarrec', jean);
  await recordShown(page, /KERLEAU/);
  const lines = page.locator('#historique ol ul button');
  await lines.nth(20).waitFor();
  const silent = await lines.evaluateAll((buttons) =>
    buttons
      .filter(
        (button) =>
          !button.querySelector('time') || !/\S, \S|Laboratoire/.test(button.lastElementChild?.textContent ?? ''),
      )
      .map((button) => button.textContent),
  );
  assert.deepEqual(silent, []);
});

scenario('DOS-1 what others wrote since my last visit stands on my day’s page', async (stage) => {
  const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
  const patient = await newPatient(anne, { team: [soizic] });
  const first = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
  await recordShown(first, patient.name);
  await first.goto('/patients');
  await soizic.send('POST', `/api/patients/${patient.id}/measures`, { values: [{ code: '29463-7', value: '64,2' }] });
  await first.goto('/');
  // The block shows those that need me first; a weight may stand behind «Tout voir».
  await card(first, 'Nouveautés').getByRole('link', { name: 'Tout voir' }).click();
  await first.getByText(patient.name).first().waitFor();
});

scenario('SEC-8 the access log is told by day and by person in one line, each access one press away', async (stage) => {
  const [anne, soizic] = await Promise.all([stage.hand('anne.kermarrec'), stage.hand('soizic.abgrall')]);
  const patient = await newPatient(anne, { team: [soizic] });
  await anne.send('POST', `/api/patients/${patient.id}/team`, { practitioner: anne.practitioner, treating: true });
  await soizic.send('GET', `/api/patients/${patient.id}/record`);
  await soizic.send('POST', `/api/patients/${patient.id}/measures`, { values: [{ code: '29463-7', value: '64,2' }] });
  const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=acces`);
  const nurse = panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /Soizic Abgrall/ }) });
  await nurse.getByText(/a ajouté les mesures et résultats.*; a /).waitFor();
  assert.equal(await nurse.count(), 1, 'one line a day for one person');
  await nurse.getByRole('button', { name: /Soizic Abgrall/ }).click();
  await nurse
    .getByRole('list', { name: 'Chaque accès de Soizic Abgrall' })
    .getByText('a ajouté les mesures et résultats')
    .first()
    .waitFor();
});

scenario(
  'DOS-1 a secretary’s day says with which professional each appointment is; a result to validate says its values',
  async (stage) => {
    const page = await stage.as('maryvonne.pellen', '/');
    const lines = card(page, 'Rendez-vous du jour').getByRole('listitem');
    await lines.first().waitFor();
    for (const words of await lines.allInnerTexts()) assert.match(words, /avec \S+ \S+/);
    const doctor = await stage.as('anne.kermarrec', '/');
    await card(doctor, 'Résultats à valider').getByRole('listitem').filter({ hasText: /\d,\d/ }).first().waitFor();
  },
);

scenario(
  'DOS-1 nothing moves under the hand while a record opens: a card that another room lends comes late, and none that was seen changes its place',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients');
    await page.route('**/api/patients/*/orders', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    await page.addInitScript(() => {
      const seen = new Map<string, number>();
      const moved: string[] = [];
      const look = () => {
        for (const one of document.querySelectorAll('#synthese section[aria-label], #historique h2')) {
          if (!one.checkVisibility({ visibilityProperty: true })) continue;
          const name = one.getAttribute('aria-label') ?? 'Historique';
          const top = Math.round(one.getBoundingClientRect().top + scrollY);
          const before = seen.get(name);
          if (before === undefined) seen.set(name, top);
          // A typeface that comes may change a line by a pixel.
          else if (Math.abs(before - top) > 4) moved.push(`${name}: ${before} → ${top}`);
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      Object.assign(window, { moved, seen });
    });
    await page.goto(jean);
    await recordShown(page, /KERLEAU/);
    await card(page, 'Prescriptions en cours').waitFor();
    await card(page, 'Vaccins').waitFor();
    await page.waitForLoadState('networkidle');
    const { moved, seen } = await page.evaluate(() => {
      const kept = window as unknown as { moved: string[]; seen: Map<string, number> };
      return { moved: kept.moved, seen: [...kept.seen.keys()] };
    });
    assert.ok(seen.includes('Traitements') && seen.includes('Prescriptions en cours') && seen.includes('Vaccins'));
    assert.deepEqual(moved, []);
  },
);
