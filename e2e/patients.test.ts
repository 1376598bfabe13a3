/** Finding a patient and creating one. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { newPatient, recordShown } from './people.ts';

const box = (page: Page) => page.getByRole('textbox', { name: 'Chercher un patient' });
const row = (page: Page, name: string | RegExp) =>
  page.getByRole('table', { name: 'Patients' }).getByRole('row').filter({ hasText: name });

scenario(
  'DOS-17 a patient is found without accents, with a typo, by birth date, by telephone and by INS',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients');
    await box(page).fill('gaelle le bris');
    await row(page, /LE BRIS Gaëlle/).waitFor();
    await box(page).fill('salaun');
    await row(page, /SALAÜN/)
      .first()
      .waitFor();
    await box(page).fill('Kerlau jean');
    await row(page, /KERLEAU Jean/)
      .getByText('nom proche')
      .waitFor();
    await box(page).fill('le gall 12/03/1961');
    await row(page, '12/03/1961').waitFor();
    assert.equal(await row(page, '21/03/1961').count(), 0);
    const anne = await stage.hand('anne.kermarrec');
    const [hit] = (await anne.send('GET', '/api/patients?q=kerleau%20jean')).patients as {
      ins: string;
      phone: string;
    }[];
    for (const typed of [hit!.ins, hit!.phone, hit!.phone.slice(0, 11)]) {
      await box(page).fill('');
      await box(page).fill(typed);
      await row(page, /KERLEAU Jean/).waitFor();
    }
    assert.match(page.url(), /[?&]q=/);
  },
);

scenario(
  'SEC-8 a name under the pointer or the finger opens nothing: only the record that one opens is read, and written in its log',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients?q=le');
    const read: string[] = [];
    page.on(
      'request',
      (request) => void (/\/record$/.test(request.url()) && read.push(new URL(request.url()).pathname)),
    );
    const links = page.getByRole('table', { name: 'Patients' }).getByRole('link');
    const passed = links.first();
    await passed.hover();
    await passed.dispatchEvent('touchstart');
    await box(page).fill('kerleau jean');
    const opened = row(page, /KERLEAU Jean/).getByRole('link');
    const path = await opened.getAttribute('href');
    await opened.click();
    await recordShown(page, /KERLEAU Jean/);
    // The same one again when its stream of changes was slow to open (SEC-11); never another.
    assert.deepEqual([...new Set(read)], [`/api${path}/record`]);
  },
);

scenario(
  'DOS-17 a name typed and sent in one go opens that person, in the list as with Ctrl-K: never who stood first before the answer came',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const [sought, recent] = [await newPatient(anne), await newPatient(anne)];
    await anne.send('GET', `/api/patients/${recent.id}/record`);
    const page = await stage.as('anne.kermarrec', '/patients');
    await row(page, recent.name).first().waitFor();
    await page.route(/\/api\/patients\?q=\w/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await box(page).fill(sought.family);
    await page.keyboard.press('Enter');
    await recordShown(page, sought.name);
    await page.keyboard.press('Control+k');
    await page.keyboard.type(recent.family);
    await page.keyboard.press('Enter');
    await recordShown(page, recent.name);
  },
);

scenario('DOS-17 a former or birth name finds the person too', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients');
  await box(page).fill('pennec jeanne');
  await row(page, /LE GOFF Jeanne/).waitFor();
});

scenario(
  'DOS-17 Ctrl-K finds a patient and opens the record with the keyboard alone, then an act on it: what stands from before the last letter is never what Enter opens',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/');
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('kerleau jean');
    await page.getByRole('option', { name: /KERLEAU Jean/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await recordShown(page, /KERLEAU Jean/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('allergie');
    await page.getByRole('option', { name: /Ajouter une allergie/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ajouter une allergie' }).waitFor();
  },
);

/** Keys sent one behind the other without waiting for the page, as fast as hands on a keyboard of which the page lags behind. */
async function hurry(page: Page, ...typed: string[]) {
  const cdp = await page.context().newCDPSession(page);
  const chords: Record<string, { key: string; windowsVirtualKeyCode: number; modifiers?: number; text?: string }> = {
    'Control+k': { key: 'k', windowsVirtualKeyCode: 75, modifiers: 2 },
    Enter: { key: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  };
  const strokes = typed.flatMap((words) =>
    chords[words]
      ? [chords[words]]
      : [...words].map((key) => ({ key, text: key, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) })),
  );
  await Promise.all(
    strokes.flatMap((stroke) => [
      cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke }),
    ]),
  );
  await cdp.detach();
}

scenario(
  'DOS-17 on a slow machine no letter typed right after Ctrl-K is lost, wherever the focus was, and none acts as a shortcut',
  async (stage) => {
    const slowly = async (page: Page) =>
      (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 8 });
    const typed = (page: Page) => page.getByRole('combobox', { name: /Rechercher un patient/ });
    const patient = await newPatient(await stage.hand('anne.kermarrec'));
    const page = await stage.as('anne.kermarrec', '/');
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
    await slowly(page);
    await hurry(page, 'Control+k', 'mnpav kerleau');
    assert.equal(await typed(page).inputValue(), 'mnpav kerleau');
    await page.keyboard.press('Escape');
    // While the next page arrives, which takes the focus to its top.
    await hurry(page, 'Control+k', 'patients', 'Enter', 'Control+k', 'mesure nouvelle');
    assert.equal(await typed(page).inputValue(), 'mesure nouvelle');
    await page.waitForURL(/\/patients$/);
    await page.locator('main h1', { hasText: 'Patients' }).waitFor();
    assert.equal(await typed(page).inputValue(), 'mesure nouvelle');
    await hurry(page, ' m');
    assert.equal(await typed(page).inputValue(), 'mesure nouvelle m');
    // From a field of the page, and from a note half typed in the panel.
    await page.keyboard.press('Escape');
    await box(page).focus();
    await hurry(page, 'zz', 'Control+k', 'mnp');
    assert.equal(await typed(page).inputValue(), 'mnp');
    await page.goto(`/patients/${patient.id}?volet=note`);
    await recordShown(page, patient.name);
    const words = page.getByLabel('Texte de la note');
    await words.focus();
    await hurry(page, 'va mieux', 'Control+k', 'mnpav');
    assert.equal(await typed(page).inputValue(), 'mnpav');
    assert.equal(await words.inputValue(), 'va mieux');
    assert.match(page.url(), /volet=note/);
    await page.keyboard.press('Escape');
    await typed(page).waitFor({ state: 'detached' });
    await hurry(page, ' ce soir');
    assert.equal(await words.inputValue(), 'va mieux ce soir', 'the focus is back where it was');
    // From the page itself, where letters alone are shortcuts.
    await page.goto(`/patients/${patient.id}`);
    await recordShown(page, patient.name);
    await hurry(page, 'Control+k', 'mnpav');
    assert.equal(await typed(page).inputValue(), 'mnpav');
    assert.doesNotMatch(page.url(), /volet=/);
  },
);

scenario('DOS-17 the list is walked with the arrows and opened with Enter', async (stage) => {
  const page = await stage.as('anne.kermarrec', '/patients');
  await box(page).fill('kerleau');
  await row(page, /KERLEAU Monique/).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await recordShown(page, /KERLEAU/);
});

scenario(
  'IDV-1 IDV-2 a creation shows who looks alike, is held back by a strong duplicate, and goes on once one says it is someone else',
  async (stage) => {
    const known = await newPatient(await stage.hand('anne.kermarrec'), { birthDate: '14/07/1957' });
    const page = await stage.as('maryvonne.pellen', '/patients/nouveau');
    await page.getByLabel('Nom de naissance').fill(known.family);
    await page.getByLabel('Prénoms de naissance').fill('Morgane');
    await page.getByLabel('Date de naissance').fill('14071957');
    await page.getByLabel('Sexe').first().click();
    await page.getByRole('option', { name: 'Femme' }).click();
    const alike = page.getByRole('complementary', { name: 'Patients ressemblants' });
    await alike.getByText(known.name).waitFor();
    await alike.getByText('Ce patient est probablement le même.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Créer le dossier' }).isDisabled(), true);
    await alike.getByLabel('C’est quelqu’un d’autre').check();
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.waitForURL((url) => /\/patients\/(?!nouveau)/.test(url.pathname) && !url.pathname.endsWith(known.id));
  },
);

scenario(
  'IDV-1 an INS with a wrong key is told at once, and what is missing is told beside its field',
  async (stage) => {
    const page = await stage.as('ines.benjelloun', '/patients/nouveau');
    await page.getByLabel('INS (15 caractères)').fill('255081416802538');
    await page.getByText('Clé exacte').waitFor();
    await page.getByLabel('INS (15 caractères)').fill('255081416802539');
    await page.getByText(/La clé ne correspond pas/).waitFor();
    await page.getByLabel('INS (15 caractères)').fill('');
    await page.getByLabel('Nom de naissance').fill('Kersansprenom');
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.getByText('Indiquez au moins un prénom de naissance.', { exact: true }).waitFor();
    await page.getByText('Indiquez la date de naissance.', { exact: true }).waitFor();
  },
);

scenario('SEC-12 a creation half typed is found again after the page was closed', async (stage) => {
  const page = await stage.as('veronique.blanchard', '/patients/nouveau');
  await page.getByLabel('Nom de naissance').fill('Kerdraon');
  await page.getByText('Brouillon conservé').waitFor();
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await again.goto('/');
  await again.getByRole('region', { name: 'Brouillons' }).getByRole('link', { name: 'Nouveau patient' }).click();
  await again.waitForFunction(
    () =>
      document.querySelector('input')?.ownerDocument.querySelector<HTMLInputElement>('form input')?.value ===
      'Kerdraon',
  );
  await again.getByRole('button', { name: 'Effacer' }).click();
});
