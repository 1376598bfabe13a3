/** By keyboard alone: what has the focus is seen, whichever way one goes (WCAG 2.2, 2.4.11), and a panel that covers the page keeps the focus until it closes. */
import assert from 'node:assert/strict';
import { desk, type Page, scenario, telephone } from './harness.ts';
import { panel, recordShown } from './people.ts';

/** What has the focus, and what covers it whole, if anything does. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const box = element.getBoundingClientRect();
    const name = `${element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}`;
    if (element === document.body || box.width < 2 || box.height < 2) return { name, under: '' };
    const labels = [...((element as HTMLInputElement).labels ?? [])];
    let under = 'the edge of the screen';
    for (const across of [0.1, 0.5, 0.9])
      for (const down of [0.15, 0.5, 0.85]) {
        const there = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
        if (!there) continue;
        if (
          element.contains(there) ||
          element.parentElement?.contains(there) ||
          there.contains(element) ||
          labels.some((label) => label.contains(there))
        )
          return { name, under: '' };
        under = `${there.tagName.toLowerCase()} ${(there.textContent ?? '').trim().slice(0, 40)}`;
      }
    return { name, under };
  });

const record = (page: Page) => recordShown(page);
// A telephone lists the documents first and opens one alone.
for (const [name, who, path, ready] of [
  ['the record', 'anne.kermarrec', '/patients/pat-jean-kerleau', record],
  [
    'the day',
    'anne.kermarrec',
    '/',
    (page: Page) => page.getByRole('region', { name: 'Rendez-vous du jour' }).waitFor(),
  ],
  [
    'results',
    'anne.kermarrec',
    '/patients/pat-jean-kerleau/resultats',
    (page: Page) => page.getByRole('table').first().waitFor(),
  ],
  [
    'documents to sort',
    'maryvonne.pellen',
    '/documents',
    (page: Page) => page.getByRole('region', { name: 'Classer ce document' }).waitFor(),
  ],
] as const)
  for (const viewport of name === 'documents to sort' ? [desk] : [desk, telephone])
    scenario(
      `WCAG ${name} by Tab, there and back, at ${viewport.width}: nothing that takes the focus is hidden`,
      async (stage) => {
        const page = await stage.as(who, path, { viewport });
        await ready(page);
        await page.waitForLoadState('networkidle');
        const hidden: string[] = [];
        for (let pressed = 0; pressed < 140; pressed++) {
          await page.keyboard.press(pressed < 70 ? 'Tab' : 'Shift+Tab');
          const { name: what, under } = await focused(page);
          if (under) hidden.push(`${pressed < 70 ? 'down' : 'up'}: ${what}, under ${under}`);
        }
        assert.deepEqual(hidden, []);
      },
    );

scenario(
  'WCAG a panel that covers the whole page, on a telephone or at twice the size, keeps the focus; closed, it gives it back',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients/pat-jean-kerleau', {
      viewport: { width: 720, height: 450 },
    });
    await recordShown(page);
    const opener = page.getByRole('button', { name: 'Ajouter un problème' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const inside = panel(page);
    await inside.getByRole('textbox').first().waitFor();
    for (let pressed = 0; pressed < 40; pressed++) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() =>
        document.activeElement === document.body || document.activeElement?.closest('aside')
          ? ''
          : document.activeElement?.outerHTML,
      );
      assert.equal(where, '');
    }
    await inside.getByRole('textbox').first().focus();
    await page.keyboard.press('Escape');
    await inside.waitFor({ state: 'detached' });
    assert.ok(await opener.evaluate((element) => element === document.activeElement));
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('main') !== null));
  },
);
