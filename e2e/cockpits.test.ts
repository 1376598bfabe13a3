/** The day of a profession, ordered by whoever coordinates the practice; one's own order above it, and back. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { panel, said } from './people.ts';

/** The blocks of an order on screen, as they stand. */
const order = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).getByRole('listitem');
const first = (page: Page, name: string, words: string) =>
  order(page, name).first().filter({ hasText: words }).waitFor();
const press = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
};

scenario(
  'DOS-1 SEC-11 the coordinator orders the day of the orthoptists by keyboard, is told of another’s order, and gives it back; the orthoptist keeps her own and comes back to the practice’s',
  async (stage) => {
    const [head, sarah] = await Promise.all([stage.hand('aurore.miossec'), stage.hand('sarah.nedelec')]);
    const standing = async (): Promise<number> =>
      (await head.send('GET', '/api/practice-days')).professions.find(
        (one: { profession: string }) => one.profession === 'orthoptist',
      ).version;
    const clear = async () => {
      const version = await standing();
      if (version > 0) await head.send('DELETE', `/api/practice-days/orthoptist?version=${version}`);
      await sarah.send('DELETE', '/api/cockpit');
    };
    await clear();
    const [list, coordinator] = [
      'Journée : Orthoptiste',
      await stage.as('tristan.le-corre', '/structure?partie=journees&profession=orthoptist'),
    ];
    await first(coordinator, list, 'Messages');
    await press(coordinator, 'Monter « Rendez-vous du jour »');
    await first(coordinator, list, 'Rendez-vous du jour');
    await press(coordinator, 'Masquer « Réunions »');
    await press(coordinator, 'Enregistrer cet ordre');
    await said(coordinator, 'Ordre enregistré : Orthoptiste.');
    await coordinator.getByText(/Ordre choisi par Tristan Le Corre/).waitFor();

    const page = await stage.as('sarah.nedelec', '/?volet=ranger');
    await first(page, 'Ranger ma journée', 'Rendez-vous du jour');
    await panel(page).getByText('Cet ordre est celui que votre structure a choisi pour votre profession.').waitFor();
    await press(page, 'Monter « Messages »');
    await first(page, 'Ranger ma journée', 'Messages');
    await panel(page)
      .getByText(/^Votre ordre passe avant/)
      .waitFor();
    await press(page, 'Revenir à l’ordre de la structure');
    await said(page, 'Ordre de la structure rétabli.');
    await first(page, 'Ranger ma journée', 'Rendez-vous du jour');

    await press(coordinator, 'Monter « Mes tâches »');
    await head.send('PUT', '/api/practice-days/orthoptist', {
      version: await standing(),
      day: { order: ['tasks'], hidden: [] },
    });
    await press(coordinator, 'Enregistrer cet ordre');
    const both = coordinator.getByRole('region', { name: 'Deux versions' });
    await both.getByText(/a enregistré une autre version/).waitFor();
    await press(coordinator, 'Enregistrer ma version');
    await said(coordinator, 'Ordre enregistré : Orthoptiste.');
    await first(coordinator, list, 'Rendez-vous du jour');
    await press(coordinator, 'Revenir à l’ordre du produit');
    await said(coordinator, 'Ordre du produit rétabli : Orthoptiste.');
    await first(coordinator, list, 'Messages');
    assert.equal(await standing(), 0);
    await clear();
  },
);

scenario(
  'DOS-1 SEC-11 a day that opens asks for each thing once: hints are no reason to read again what was just read',
  async (stage) => {
    // From nowhere: what a page before asked for would count.
    const page = await stage.as('soizic.abgrall', 'about:blank');
    const asked: string[] = [];
    page.on(
      'request',
      (request) =>
        void (
          new URL(request.url()).pathname.startsWith('/api/') &&
          request.method() === 'GET' &&
          asked.push(request.url().slice(stage.url.length))
        ),
    );
    const stream = page.waitForResponse(/\/api\/live$/);
    await page.goto('/');
    await stream;
    await page.getByRole('heading', { level: 1 }).waitFor();
    // What the opening of the stream would set off has left the browser before these come back.
    for (let i = 0; i < 3; i++) await page.evaluate(() => fetch('/api/session').then((answer) => answer.text()));
    const own = asked.filter((path) => path !== '/api/session');
    assert.deepEqual(
      own.filter((path, at) => own.indexOf(path) !== at),
      [],
      own.join('\n'),
    );
  },
);
