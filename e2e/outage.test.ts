/** The network, the server or an answer that stays away: what stands and what is typed stays, what is awaited ends in words and comes by itself. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { newPatient, panel, recordShown } from './people.ts';

const refusal = (status: number, title: string, detail: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', status, title, detail }),
});
const away = refusal(503, 'Base de données indisponible', 'La base de données ne répond pas pour le moment.');
/** Signed in, with nothing on its way that the scenario would stop. */
const nowhere = 'about:blank';
const banner = (page: Page) => page.getByText('Le serveur ne répond pas.', { exact: true });
/** The person comes back to this tab a while after: what it shows is read again. */
async function comeBack(page: Page) {
  await page.clock.fastForward(60_000);
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
}

scenario(
  'SEC-12 SEC-10 a page in which one types stands when reading it again fails, says that the server is away, and goes on by itself; when the right was withdrawn meanwhile it closes',
  async (stage) => {
    stage.expect(/: 503 GET /);
    const page = await stage.as('aurore.miossec', nowhere);
    await page.clock.install();
    await page.goto('/structure?partie=reglages');
    const name = page.getByLabel('Nom de la structure');
    await name.waitFor();
    await name.fill('Un nom qui n’est pas encore enregistré');
    const practice = (url: URL) => ['/api/practice', '/api/health'].includes(url.pathname);
    await page.route(practice, (route) => route.fulfill(away));
    await comeBack(page);
    await banner(page).waitFor();
    assert.equal(await name.inputValue(), 'Un nom qui n’est pas encore enregistré');
    await page.unroute(practice);
    await banner(page).waitFor({ state: 'detached' });
    assert.equal(await name.inputValue(), 'Un nom qui n’est pas encore enregistré');
    await page.route(practice, (route) =>
      route.fulfill(refusal(403, 'Accès refusé', 'Ce réglage ne vous est plus ouvert.')),
    );
    await comeBack(page);
    await page.getByText('Ce réglage ne vous est plus ouvert.').waitFor();
    assert.equal(await name.count(), 0);
  },
);

scenario(
  'SEC-10 a browser that knows it is without a network says so where something is read for the first time, and shows it by itself when the network is back',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const [one, other] = [await newPatient(anne), await newPatient(anne)];
    const page = await stage.as('anne.kermarrec', nowhere);
    const cut = Promise.withResolvers<void>();
    const held = '**/api/messages/counts';
    await page.route(held, async (route) => {
      const response = await route.fetch();
      await cut.promise;
      await route.fulfill({ response });
    });
    await page.goto(`/patients?q=${one.family}`);
    await page.getByRole('link', { name: one.name }).first().click();
    await recordShown(page, one.name);
    await page.goBack();
    await page.getByLabel('Chercher un patient').fill(other.family);
    await page.getByRole('link', { name: other.name }).first().waitFor();
    await page.context().setOffline(true);
    await page.getByText('Réseau coupé.', { exact: true }).waitFor();
    // What was answered before the cut and is read after it is no sign that the network is there.
    const last = page.waitForResponse(held);
    cut.resolve();
    await (await last).finished();
    await page.evaluate(() => new Promise((go) => setTimeout(go)));
    assert.equal(await page.getByText('Réseau coupé.', { exact: true }).count(), 1);
    await page.getByRole('link', { name: other.name }).first().click();
    await page.getByRole('heading', { name: 'Réseau coupé' }).waitFor();
    await page.context().setOffline(false);
    await recordShown(page, other.name);
    await page.getByText('Réseau coupé.', { exact: true }).waitFor({ state: 'detached' });
  },
);

scenario(
  'SEC-12 SEC-10 without a network what is not here yet, a panel or a page, takes nothing away of the page where it was asked for: it is said, and comes with the network',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const gone = page.getByText('Réseau coupé.', { exact: true });
    await page.context().setOffline(true);
    await page.keyboard.press('k');
    await gone.waitFor();
    await recordShown(page, patient.name);
    await page.context().setOffline(false);
    await panel(page).getByRole('textbox').first().waitFor();

    await page.goto('/patients/nouveau');
    const name = page.getByLabel('Nom de naissance');
    await name.fill('Le Bihan');
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Coordination' }).click();
    await gone.waitFor();
    assert.equal(await name.inputValue(), 'Le Bihan');
    await page.context().setOffline(false);
    await page.waitForURL('**/coordination/**');
    await page.locator('main').getByRole('heading', { level: 1 }).waitFor();
    await name.waitFor({ state: 'detached' });
  },
);

scenario(
  'SEC-12 SEC-10 a server that stops while the browser believes itself online: what is not here yet is not asked for in vain, and comes with the server',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const page = await stage.as('anne.kermarrec', nowhere);
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true });
      addEventListener('offline', (event) => event.stopImmediatePropagation(), true);
      // The driver leaves a stream that is open as it is: its end, which a server that stops brings, is told here.
      const Stream = EventSource;
      globalThis.EventSource = class extends Stream {
        constructor(url: string | URL) {
          super(url);
          addEventListener('the-server-stops', () => this.dispatchEvent(new Event('error')));
        }
      };
    });
    const stopped = Promise.withResolvers<void>();
    const held = /\/api\/patients\/[^/]+\/opinions$/;
    await page.route(held, async (route) => {
      const response = await route.fetch();
      await stopped.promise;
      await route.fulfill({ response });
    });
    await page.goto(`/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const gone = page.getByText('Réseau coupé.', { exact: true });
    await page.context().setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event('the-server-stops')));
    await gone.waitFor();
    // What it answers while it stops is no sign that it is there.
    const last = page.waitForResponse(held);
    stopped.resolve();
    await (await last).finished();
    await page.evaluate(() => new Promise((go) => setTimeout(go)));
    await page.keyboard.press('k');
    await recordShown(page, patient.name);
    assert.equal(await gone.count(), 1);
    await page.context().setOffline(false);
    await panel(page).getByRole('textbox').first().waitFor();
    await gone.waitFor({ state: 'detached' });
  },
);

scenario(
  'SEC-10 what is asked for by POST and written nowhere, and a file to look at, end in words too when nothing comes',
  async (stage) => {
    const page = await stage.nobody();
    await page.clock.install();
    const silent = (url: URL) => /\/simulate$/.test(url.pathname);
    await page.route(silent, () => undefined);
    await Promise.all([
      page.waitForRequest((request) => silent(new URL(request.url()))),
      page.goto('/programme/simulateur'),
    ]);
    await page.clock.fastForward(31_000);
    await page.getByRole('heading', { name: 'Pas de réponse' }).waitFor();
    await page.unroute(silent);
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await page
      .getByText(/Votre équipe (peut|ne peut pas)/)
      .last()
      .waitFor();

    const desk = await stage.as('maryvonne.pellen', nowhere);
    await desk.clock.install();
    const content = (url: URL) => /^\/api\/documents\/inbox\/[^/]+\/content$/.test(url.pathname);
    await desk.route(content, () => undefined);
    await Promise.all([desk.waitForRequest((request) => content(new URL(request.url()))), desk.goto('/documents')]);
    await desk.clock.fastForward(31_000);
    const viewer = desk.getByRole('region', { name: 'Contenu du document' });
    await viewer.getByRole('heading', { name: 'Pas de réponse' }).waitFor();
    await desk.unroute(content);
    await viewer.getByRole('button', { name: 'Réessayer' }).click();
    await viewer.getByRole('img', { name: /page 1$/ }).waitFor();
  },
);

scenario('SEC-10 a read that nobody answers ends in words with a way to ask again', async (stage) => {
  const page = await stage.as('aurore.miossec', nowhere);
  await page.clock.install();
  const silent = (url: URL) => url.pathname === '/api/practice';
  let asked = 0;
  await page.route(silent, () => void (asked += 1));
  await Promise.all([
    page.waitForRequest((request) => silent(new URL(request.url()))),
    page.goto('/structure?partie=reglages'),
  ]);
  await page.getByRole('tab', { name: 'Réglages', selected: true }).waitFor();
  await page.clock.fastForward(20_000);
  assert.equal(await page.getByRole('heading', { name: 'Pas de réponse' }).count(), 0);
  await page.clock.fastForward(11_000);
  await page.getByRole('heading', { name: 'Pas de réponse' }).waitFor();
  assert.equal(asked, 1, 'asked again by itself, it would keep the person waiting three times as long');
  await page.unroute(silent);
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByLabel('Nom de la structure').waitFor();
});

scenario(
  'SEC-10 where the database is away from the first page on, it is said, and the page that was asked for comes by itself',
  async (stage) => {
    // The router says on the console what it could not load.
    stage.expect(/^\/patients: /);
    const page = await stage.as('anne.kermarrec', nowhere);
    const everything = (url: URL) => ['/api/me', '/api/health'].includes(url.pathname);
    await page.route(everything, (route) => route.fulfill(away));
    await page.goto('/patients');
    await page.getByRole('heading', { name: 'Base de données indisponible' }).waitFor();
    await page.unroute(everything);
    await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  },
);
