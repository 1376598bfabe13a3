/** On a telephone everything that is pressed offers a finger 44 px: buttons, rows, fields, entries of menus and lists. */
import assert from 'node:assert/strict';
import { type Page, scenario, telephone } from './harness.ts';
import { newPatient, panel, recordShown } from './people.ts';

const jean = '/patients/pat-jean-kerleau';
const volet = (name: string) =>
  [`${jean}?volet=${name}`, (page: Page) => panel(page).getByRole('heading', { level: 2 }).first().waitFor()] as const;
const places: Readonly<Record<string, readonly [path: string, shown: (page: Page) => Promise<unknown>]>> = {
  'the day': ['/', (page) => page.getByRole('region').nth(2).waitFor()],
  patients: ['/patients?q=le', (page) => page.getByRole('row').nth(3).waitFor()],
  'a new patient': ['/patients/nouveau', (page) => page.getByLabel('Nom de naissance').waitFor()],
  'a record': [jean, (page) => recordShown(page, /KERLEAU/)],
  'the menu of a record': [
    jean,
    (page) =>
      page
        .getByRole('button', { name: 'Autres actions sur ce dossier' })
        .click()
        .then(() => page.getByRole('menuitem').nth(3).waitFor()),
  ],
  'the account menu': [
    '/patients',
    (page) =>
      page
        .getByRole('button', { name: /Votre compte/ })
        .click()
        .then(() => page.getByRole('menuitem').nth(3).waitFor()),
  ],
  measures: volet('mesure'),
  'a note': volet('note'),
  'a problem': volet('probleme'),
  'a vaccine': volet('vaccin'),
  'the access log': volet('acces'),
  'a curve': volet('courbe:4548-4&tableau=oui'),
};

/** What can be pressed in the part that is in front, and is smaller than a finger. A whole row that is a link counts as its link. */
const small = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const front = document.querySelector('[role="menu"]') ?? document.querySelector('aside') ?? document.body;
    const found = new Set<string>();
    for (const element of front.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type="hidden"]), select, textarea, [role="button"], [role="tab"], [role="option"], [role="menuitem"]',
    )) {
      if (
        element.closest('.vh, .skip, [inert]') ||
        !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      )
        continue;
      const label =
        element instanceof HTMLInputElement && /checkbox|radio/.test(element.type) ? element.labels?.[0] : null;
      const row =
        getComputedStyle(element, '::after').position === 'absolute' || element.closest('tr[data-open]')
          ? element.closest<HTMLElement>('li, tr')
          : null;
      const box = (label ?? row ?? element).getBoundingClientRect();
      if (box.width > 0 && (box.height < 43.5 || ((label ?? row) ? false : box.width < 43.5)))
        found.add(
          `${Math.round(box.width)}x${Math.round(box.height)} ${element.tagName.toLowerCase()}.${element.className} «${(element.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 40)}»`,
        );
    }
    return [...found].slice(0, 10);
  });

for (const [name, [path, shown]] of Object.entries(places))
  scenario(`WCAG on a telephone ${name} offers targets of 44 px`, async (stage) => {
    const page = await stage.as('anne.kermarrec', path, { viewport: telephone, hasTouch: true, isMobile: true });
    await shown(page);
    assert.deepEqual(await small(page), []);
  });

scenario('COO-7 WCAG on a telephone a handover on the day offers targets of 44 px', async (stage) => {
  const [nurse, doctor] = [await stage.hand('soizic.abgrall'), await stage.hand('anne.kermarrec')];
  const patient = await newPatient(nurse, { team: [doctor] });
  await nurse.send('POST', `/api/patients/${patient.id}/handovers`, {
    text: 'À revoir demain.',
    addressee: { to: 'person', practitioner: doctor.practitioner },
  });
  const page = await stage.as('anne.kermarrec', '/', { viewport: telephone, hasTouch: true, isMobile: true });
  await page.getByRole('link', { name: patient.name, exact: true }).waitFor();
  assert.deepEqual(await small(page), []);
});

scenario(
  'DOS-1 WCAG on a telephone everything one may add is within reach of the thumb, what one adds most on screen at once',
  async (stage) => {
    const nurse = await stage.hand('soizic.abgrall');
    const patient = await newPatient(nurse);
    for (const height of [844, 600]) {
      const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`, {
        viewport: { ...telephone, height },
        hasTouch: true,
        isMobile: true,
      });
      await recordShown(page, patient.name);
      await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
      const items = page.getByRole('menuitem');
      await items.nth(12).waitFor();
      for (const words of ['Mesure', 'Note']) {
        const box = await page.getByRole('menuitem', { name: words, exact: true }).boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= height, `${words}: ${JSON.stringify(box)}`);
      }
      await items.last().scrollIntoViewIfNeeded();
      const last = await items.last().boundingBox();
      assert.ok(last && last.y >= 0 && last.y + last.height <= height);
    }
  },
);

scenario(
  'DOS-7 WCAG what is chosen in « Ajouter » opens with the hand in its first field, on a telephone and behind « Autre… »; closed, the focus is back on what opened it',
  async (stage) => {
    const nurse = await stage.hand('soizic.abgrall');
    const patient = await newPatient(nurse);
    const opens = async (page: Page, menu: string, entry: string) => {
      const button = page.getByRole('button', { name: menu, exact: true });
      // The hand comes into a menu just after the menu is seen: a key pressed before would be the button's.
      const open = async () => {
        await button.press('Enter');
        await page.getByRole('menuitem').and(page.locator(':focus')).waitFor();
      };
      await open();
      await page.getByRole('menuitem').filter({ hasText: entry }).press('Enter');
      await panel(page).locator('input:focus, textarea:focus, [role=radio]:focus').waitFor();
      // Past the moment at which a menu gives the focus back.
      await page.waitForTimeout(50);
      await panel(page).locator('input:focus, textarea:focus, [role=radio]:focus').waitFor();
      await page.keyboard.press('Escape');
      await button.and(page.locator(':focus')).waitFor();
      await open();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await button.and(page.locator(':focus')).waitFor();
    };
    const small = { viewport: telephone, hasTouch: true, isMobile: true };
    const page = await stage.as('soizic.abgrall', `/patients/${patient.id}`, small);
    await recordShown(page, patient.name);
    await opens(page, 'Ajouter', 'Note');
    await opens(page, 'Ajouter', 'Allergie');
    const desk = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(desk, patient.name);
    await opens(desk, 'Autre…', 'Allergie');
  },
);
