/** A new installation without demo: set-up by its owner, invitation, one-time codes, passkeys, lock. And the demo sign-in, by a click. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { generate } from 'otplib';
import { type Page, scenario, type Server, signIn, startServer } from './harness.ts';
import { panel } from './people.ts';

let server: Promise<Server> | undefined;
const bare = () => (server ??= startServer({ ESTRAN_DEMO: '0' }));
after(async () => (await server)?.stop());
const on = { on: bare };

const owner = { login: 'gwenn.lagadec@cabinet.example', password: 'le phare éclaire la grève' };
const nurse = { login: 'rozenn.calvez@cabinet.example', password: 'sept goélands sur le quai' };
/** What the scenarios, run in their order, hand on. */
const left = { secret: '', invitation: '' };

/** Each step of 30 seconds serves once: `later` steps from now. */
const code = (later: number) => generate({ secret: left.secret, epoch: Math.floor(Date.now() / 1000) + later * 30 });
async function authenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
const inside = (page: Page) => page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
async function signOut(page: Page) {
  await page.getByRole('button', { name: /Votre compte/ }).click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
}

scenario(
  'SEC-1 in demo mode one click on an account opens the day of this person, and the page that was asked for',
  async (stage) => {
    const page = await stage.nobody();
    await page.goto('/patients?q=kerleau');
    await page.getByText('Comptes de démonstration').waitFor();
    await page.getByLabel('Chercher un compte de démonstration').fill('infirm');
    await signIn(page, 'soizic.abgrall');
    await page.waitForURL(/\/patients\?q=kerleau/);
    await page.getByRole('button', { name: /Votre compte : Soizic Abgrall/ }).waitFor();
  },
);

scenario(
  'SEC-2 the address that the server prints at its first start is the set-up page',
  async (stage) => {
    const [, address = ''] = await (await bare()).says(/Ouvrez (\S+) et tapez ce code de mise en service/);
    const page = await stage.nobody();
    await page.goto(address);
    await page.getByRole('heading', { name: 'Ouvrir votre structure' }).waitFor();
  },
  on,
);

scenario(
  'SEC-2 the first start leads the owner through set-up with the printed code, a protected account, sites, and the invitation of a nurse',
  async (stage) => {
    const [, printed = ''] = await (await bare()).says(/code de mise en service : (\S+)/);
    const page = await stage.nobody();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Ouvrir votre structure' }).waitFor();
    await page.getByLabel('Code de mise en service').fill('mauvais-code');
    await page.getByLabel('Nom de la structure').fill('Cabinet de la Grève');
    await page.getByLabel('Votre nom').fill('Lagadec');
    await page.getByLabel('Votre prénom').fill('Gwenn');
    await page.getByLabel('Votre adresse électronique').fill(owner.login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Créer la structure' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Code de mise en service').fill(printed);
    await page.getByRole('button', { name: 'Créer la structure' }).click();
    await page.getByRole('button', { name: 'Utiliser une application de codes' }).click();
    const key = page.locator('code');
    await key.filter({ hasText: /[A-Z2-7]{4} [A-Z2-7]{4}/ }).waitFor();
    left.secret = ((await key.textContent()) ?? '').replace(/\s/g, '');
    await page.getByLabel('Code affiché par l’application').fill(await code(-1));
    await page.getByRole('heading', { name: 'Gardez vos codes de secours' }).waitFor();
    assert.equal(
      await page
        .getByRole('listitem')
        .filter({ hasText: /^\w{5}-\w{5}$/ })
        .count(),
      10,
    );
    await page.getByRole('button', { name: /J’ai gardé mes codes/ }).click();
    await page.getByRole('heading', { name: 'Bienvenue, Gwenn' }).waitFor();
    await page.getByRole('button', { name: 'Ajouter un site' }).first().click();
    await panel(page).getByLabel('Nom', { exact: true }).fill('Cabinet du port');
    await page.keyboard.press('Enter');
    await page.getByText('Cabinet du port').first().waitFor();
    await page.getByRole('button', { name: 'Continuer : les personnes' }).click();
    await page.getByRole('button', { name: 'Inviter une personne' }).first().click();
    await panel(page).getByLabel('Nom', { exact: true }).fill('Calvez');
    await panel(page).getByLabel('Prénom').fill('Rozenn');
    await panel(page).getByLabel('Profession').first().click();
    await page
      .getByRole('option', { name: 'Infirmier', exact: true })
      .or(page.getByRole('option', { name: /^Infirmi(er|ère)$/ }))
      .first()
      .click();
    await panel(page).getByLabel('Adresse électronique').fill(nurse.login);
    await panel(page).getByRole('button', { name: 'Envoyer l’invitation' }).click();
    const link = panel(page).locator('code');
    await link.waitFor();
    left.invitation = (await link.textContent()) ?? '';
    assert.match(left.invitation, /^http:\/\/localhost:\d+\/invitation/);
  },
  on,
);

scenario(
  'SEC-1 the invited nurse chooses a password and a passkey, signs in again with the passkey alone, and unlocks with it',
  async (stage) => {
    assert.notEqual(left.invitation, '', 'the set-up has not passed');
    const page = await stage.nobody();
    await authenticator(page);
    await page.goto(left.invitation);
    await page.getByRole('heading', { name: /Bienvenue, Rozenn Calvez/ }).waitFor();
    await page.getByLabel('Choisissez un mot de passe').fill(nurse.password);
    await page.getByLabel('Saisissez-le encore').fill('autre chose');
    await page.getByText('Les deux saisies diffèrent.').waitFor();
    await page.getByLabel('Saisissez-le encore').fill(nurse.password);
    await page.getByRole('button', { name: 'Ouvrir mon compte' }).click();
    await page.getByRole('button', { name: /Utiliser cet appareil/ }).click();
    await inside(page);
    await page.getByRole('button', { name: /Votre compte : Rozenn Calvez/ }).waitFor();
    await signOut(page);
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await inside(page);
    await page.getByRole('button', { name: 'Verrouiller ce poste' }).click();
    await page.getByRole('button', { name: 'Déverrouiller avec ma clé d’accès' }).click();
    await page.getByRole('dialog', { name: 'Session verrouillée' }).waitFor({ state: 'detached' });
    await page.goto('/compte');
    await page.getByText(/ajoutée le/).waitFor();
    const again = await stage.nobody();
    await again.goto(left.invitation);
    await again.getByText('Cette invitation n’est plus valable').waitFor();
  },
  on,
);

scenario(
  'SEC-1 a wrong password and a wrong code are refused in words that tell nothing; password and code open; an idle screen locks and unlocks as it was',
  async (stage) => {
    assert.notEqual(left.secret, '', 'the set-up has not passed');
    const page = await stage.nobody();
    await page.clock.install();
    await page.goto('/connexion');
    const refusal = async (login: string) => {
      await page.getByLabel('Adresse électronique').fill(login);
      await page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon mot');
      const answered = page.waitForResponse(/sign-in\/password/);
      await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
      await answered;
      await page.clock.runFor(500);
      return page.getByRole('alert').textContent();
    };
    assert.equal(await refusal(owner.login), await refusal('personne@cabinet.example'));
    await page.getByLabel('Adresse électronique').fill(owner.login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    await page.getByLabel('Code à 6 chiffres de votre application').fill('000000');
    await page.getByText(/Ce code ne convient pas/).waitFor();
    await page.getByLabel('Code à 6 chiffres de votre application').fill(await code(0));
    await inside(page);
    await page.goto('/structure?partie=personnes&q=calv');
    await page.getByText(/CALVEZ Rozenn|Calvez Rozenn/).waitFor();
    await page.clock.fastForward('02:00:20');
    const cover = page.getByRole('dialog', { name: 'Session verrouillée' });
    await cover.getByText('Poste verrouillé').waitFor();
    await cover.getByLabel('Mot de passe', { exact: true }).fill(owner.password);
    await cover.getByRole('button', { name: 'Déverrouiller' }).click();
    await cover.waitFor({ state: 'detached' });
    assert.match(page.url(), /q=calv/);
  },
  on,
);
