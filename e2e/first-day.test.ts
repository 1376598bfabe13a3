/** A new practice, its first day: from an empty database to two people who see each other's entry, and every page before there is anything in it. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { generate } from 'otplib';
import { type Page, scenario, type Server, startServer, telephone } from './harness.ts';
import { panel, recordShown } from './people.ts';

let server: Promise<Server> | undefined;
const bare = () => (server ??= startServer({ ESTRAN_DEMO: '0' }));
after(async () => (await server)?.stop());
const on = { on: bare, timeout: 300_000 };

const owner = { login: 'gwenn.lagadec@cabinet.example', password: 'le phare éclaire la grève' };
const kept = new Map<string, Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>>();
const inside = (page: Page) => page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();

/** Links a one-time code application, as the page asks. */
async function linkCodes(page: Page) {
  await page.getByRole('button', { name: 'Utiliser une application de codes' }).click();
  const key = page.locator('code').filter({ hasText: /[A-Z2-7]{4} [A-Z2-7]{4}/ });
  await key.waitFor();
  const secret = ((await key.textContent()) ?? '').replace(/\s/g, '');
  await page.getByLabel('Code affiché par l’application').fill(await generate({ secret }));
  await page.getByRole('button', { name: /J’ai gardé mes codes/ }).click();
}

async function invite(page: Page, person: { family: string; given: string; profession: RegExp; login: string }) {
  await page.getByRole('button', { name: 'Inviter une personne' }).first().click();
  await panel(page).getByLabel('Nom', { exact: true }).fill(person.family);
  await panel(page).getByLabel('Prénom').fill(person.given);
  await panel(page).getByLabel('Profession').first().click();
  await page.getByRole('option', { name: person.profession }).first().click();
  await panel(page).getByLabel('Adresse électronique').fill(person.login);
  await panel(page).getByRole('button', { name: 'Envoyer l’invitation' }).click();
  const link = panel(page).locator('code');
  await link.waitFor();
  const address = (await link.textContent()) ?? '';
  await page.keyboard.press('Escape');
  await link.waitFor({ state: 'detached' });
  return address;
}

async function join(page: Page, address: string, password: string) {
  await page.goto(address);
  await page.getByLabel('Choisissez un mot de passe').fill(password);
  await page.getByLabel('Saisissez-le encore').fill(password);
  await page.getByRole('button', { name: 'Ouvrir mon compte' }).click();
  await linkCodes(page);
  await inside(page);
}

scenario(
  'SEC-2 a new practice, its first day: the owner sets it up, puts the rest off and is led back to it, invites a nurse and herself as a physician, at the same address',
  async (stage) => {
    const [, printed = ''] = await (await bare()).says(/code de mise en service : (\S+)/);
    const page = await stage.nobody();
    await page.goto('/');
    await page.getByLabel('Code de mise en service').fill(printed);
    await page.getByLabel('Nom de la structure').fill('Maison de santé du Port');
    await page.getByLabel('Votre nom').fill('Lagadec');
    await page.getByLabel('Votre prénom').fill('Gwenn');
    await page.getByLabel('Votre adresse électronique').fill(owner.login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Créer la structure' }).click();
    await linkCodes(page);
    await page.getByRole('heading', { name: 'Bienvenue, Gwenn' }).waitFor();
    // She puts it off: the day leads back.
    await page.getByRole('link', { name: 'Terminer plus tard' }).click();
    const steps = page.getByRole('region', { name: 'Mettre la structure en service' });
    await steps.getByText('Un cabinet suffit.').waitFor();
    await steps.getByRole('link', { name: 'Indiquer où vous travaillez' }).click();
    await page.getByRole('button', { name: 'Ajouter un site' }).first().click();
    await panel(page).getByLabel('Nom', { exact: true }).fill('Cabinet du port');
    await page.keyboard.press('Enter');
    await page.getByText('Adresse non renseignée').waitFor();
    await page.getByRole('button', { name: 'Continuer : les personnes' }).click();
    await page.getByText('invitez-vous avec votre profession, à la même adresse').waitFor();
    const nurseLink = await invite(page, {
      family: 'Calvez',
      given: 'Rozenn',
      profession: /^Infirmi(er|ère)$/,
      login: 'rozenn.calvez@cabinet.example',
    });
    const doctorLink = await invite(page, {
      family: 'Lagadec',
      given: 'Gwenn',
      profession: /^Médecin$/,
      login: owner.login,
    });
    await page.goto('/');
    await steps.getByText(/2 personnes n’ont pas encore ouvert leur compte/).waitFor();
    kept.set('owner', await page.context().storageState());

    const nurse = await stage.nobody();
    await join(nurse, nurseLink, 'sept goélands sur le quai');
    kept.set('nurse', await nurse.context().storageState());
    await page.reload();
    await page.getByRole('heading', { name: /^Bon(jour|soir)\sGwenn/ }).waitFor();
    await page.getByText('La structure en chiffres').waitFor();
    await steps.waitFor({ state: 'detached' });

    const doctor = await stage.nobody();
    await join(doctor, doctorLink, 'un autre phare, une autre grève');
    kept.set('doctor', await doctor.context().storageState());
  },
  on,
);

const everywhere = [
  '/',
  '/patients',
  '/patients?liste=diabete',
  '/patients/nouveau',
  '/patients/doublons',
  '/documents',
  '/documents?vue=chercher&q=toto',
  '/vaccins',
  '/volets',
  '/resultats',
  '/ordonnances',
  '/ordonnances/types',
  '/modeles',
  '/modeles/en-tete',
  ...['', '?vue=non-lus', '?vue=mentions', '?vue=patients', '?vue=classes'].map(
    (end) => `/coordination/messages${end}`,
  ),
  '/coordination/taches',
  '/coordination/nouveautes',
  '/coordination/reunions',
  '/coordination/avis',
  '/coordination/protocoles',
  '/reprise',
  '/programme',
  '/bienvenue',
  '/compte',
  '/structure',
  ...['droits', 'sites', 'delegations', 'logiciels', 'acces', 'journees', 'reglages'].map(
    (one) => `/structure?partie=${one}`,
  ),
];
/** What is left of a figure, a name or a date that is not there. */
const broken =
  /\bNaN\b|undefined|\bnull\b|Infinity|\[object|Invalid Date|\b0\s?\/\s?0\b|\b0 patients? sur 0\b|\bencore 1 patients\b/;

for (const who of ['owner', 'nurse'])
  scenario(
    `SEC-2 before its first patient every page of the product is whole for the ${who}: no broken figure, nothing wider than a telephone, an end to every wait`,
    async (stage) => {
      const state = kept.get(who);
      assert.ok(state, 'the first day has not passed');
      const page = await stage.nobody({ storageState: state, viewport: telephone });
      const wrong: string[] = [];
      for (const path of everywhere) {
        await page.goto(path);
        await page.locator('main').locator('h1, h2').first().waitFor();
        await page.waitForFunction(() => !document.querySelector('[role="status"][aria-label^="Chargement"]'));
        // biome-ignore lint/performance/useDomNodeTextContent: what is on screen, without the styles that stand among the nodes
        const words = await page.locator('body').innerText();
        const found = await page.evaluate(() => ({
          labels: [
            ...[...document.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label') ?? ''),
            ...[...document.querySelectorAll('svg *')].flatMap((one) =>
              [...one.attributes].filter(({ value }) => /NaN|undefined/.test(value)).map(({ value }) => value),
            ),
          ].join('\n'),
          wide: document.documentElement.scrollWidth > innerWidth + 1,
        }));
        const said = `${words}\n${found.labels}`;
        const at = broken.exec(said);
        if (at) wrong.push(`${path}: «${said.slice(Math.max(0, at.index - 40), at.index + 40)}»`);
        if (found.wide) wrong.push(`${path}: wider than the screen`);
        if (/n’a pas pu s’afficher|Erreur inattendue/.test(words)) wrong.push(`${path}: failed`);
      }
      assert.deepEqual(wrong, []);
    },
    on,
  );

scenario(
  'SEC-2 the pages of setting up and of creating a record are closed to who may not, in words; a list of nobody does not say that all is well',
  async (stage) => {
    const nurse = await stage.nobody({ storageState: kept.get('nurse') });
    await nurse.goto('/bienvenue');
    await nurse.getByText('La mise en service se fait par les responsables de la structure.').waitFor();
    assert.equal(await nurse.getByRole('button', { name: 'Ajouter un site' }).count(), 0);
    const owner = await stage.nobody({ storageState: kept.get('owner') });
    await owner.goto('/patients/nouveau');
    await owner.getByText('Votre compte ne crée pas de dossier.').waitFor();
    await owner.goto('/patients');
    await owner.getByText('Un compte d’administration n’accède pas au contenu des dossiers.').waitFor();
    await owner.goto('/programme');
    await owner.getByText('le programme régional n’a rien pour elle').waitFor();
    assert.equal(await owner.getByRole('link', { name: 'Ouvrir l’autoévaluation' }).count(), 0);
    await owner.goto('/coordination/reunions');
    await owner.getByText('aucun patient compté encore').waitFor();
  },
  on,
);

scenario(
  'SEC-2 DOS-1 the first record: the nurse opens it and brings the physician into the care team; the physician sees her measure come, and she the physician’s note',
  async (stage) => {
    const nurse = await stage.nobody({ storageState: kept.get('nurse') });
    const doctor = await stage.nobody({ storageState: kept.get('doctor') });
    await nurse.goto('/patients');
    await nurse.getByRole('link', { name: 'Créer un patient' }).first().click();
    await nurse.getByLabel('Nom de naissance').fill('Le Bihan');
    await nurse.getByLabel('Prénoms de naissance').fill('Nolwenn');
    await nurse.getByLabel('Date de naissance').fill('12/03/1948');
    await nurse.getByLabel('Sexe').first().click();
    await nurse.getByRole('option', { name: 'Femme' }).click();
    await nurse.getByRole('button', { name: 'Créer le dossier' }).click();
    await recordShown(nurse, /Le Bihan/i);
    const record = new URL(nurse.url()).pathname;
    // She adds the physician to the care team; before that the record is closed to her.
    await doctor.goto(record);
    await doctor.getByText('Vous n’êtes pas dans l’équipe de soins de ce patient.').waitFor();
    await nurse.request.post(`/api${record}/team`, {
      data: { practitioner: (await (await doctor.request.get('/api/me')).json()).practitioner },
      headers: { origin: stage.url },
    });
    await doctor.goto(record);
    await recordShown(doctor, /Le Bihan/i);
    await nurse.keyboard.press('m');
    await panel(nurse).getByRole('textbox', { name: 'Poids' }).fill('64,5');
    await nurse.keyboard.press('Control+Enter');
    await nurse.getByRole('region', { name: 'Dernières mesures', exact: true }).getByText('64,5 kg').waitFor();
    await doctor.getByRole('region', { name: 'Dernières mesures', exact: true }).getByText('64,5 kg').waitFor();
    await doctor.keyboard.press('n');
    await panel(doctor).getByRole('textbox').first().fill('Poids stable, revoir dans un mois.');
    await doctor.keyboard.press('Control+Enter');
    await nurse.getByText('Poids stable, revoir dans un mois.').first().waitFor();
  },
  on,
);

scenario(
  'SEC-10 when the database is away a page says so, and comes back by itself',
  async (stage) => {
    stage.expect(/^\/patients: 503 /);
    const page = await stage.nobody({ storageState: kept.get('nurse') });
    const away = (url: URL) => url.pathname === '/api/patients' || url.pathname === '/api/health';
    await page.route(away, (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Base de données indisponible',
          status: 503,
          detail: 'La base de données ne répond pas pour le moment.',
        }),
      }),
    );
    await page.goto('/patients');
    await page.getByRole('heading', { name: 'Base de données indisponible' }).waitFor();
    await page.unroute(away);
    await page.getByRole('heading', { name: 'Base de données indisponible' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  },
  on,
);

scenario(
  'SEC-10 DOS-17 the page by which a network asks to sign in to it is not taken for an answer: it is said, and what was asked comes with the network',
  async (stage) => {
    const page = await stage.nobody({ storageState: kept.get('nurse') });
    const portal = (url: URL) => url.pathname === '/api/patients' || url.pathname === '/api/health';
    await page.route(portal, (route) =>
      route.fulfill({
        status: 200,
        contentType: 'text/html',
        body: '<html><body>Bienvenue sur le Wi-Fi</body></html>',
      }),
    );
    await page.goto('/patients');
    await page.getByRole('heading', { name: 'Réponse illisible' }).waitFor();
    await page.getByRole('button', { name: 'Réessayer' }).waitFor();
    await page.unroute(portal);
    await page.getByRole('heading', { name: 'Réponse illisible' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  },
  on,
);
