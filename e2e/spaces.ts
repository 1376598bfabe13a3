/**
 * Screens are sent with no-break spaces before « : ; ? ! » and inside guillemets (docs/adr/0039). The driver reads any space as a space where a scenario gives a text, not where it gives a regular expression nor where
 * it hands a text out: here it does everywhere, so that scenarios are written with the spaces of the keyboard.
 */
import type { Page } from 'playwright-core';

type Method = (this: unknown, ...given: unknown[]) => unknown;
const ofKeyboard = (text: unknown): unknown =>
  typeof text === 'string' ? text.replace(/[\u00a0\u202f]/g, ' ') : Array.isArray(text) ? text.map(ofKeyboard) : text;
const anySpace = (given: unknown): unknown => {
  if (given instanceof RegExp) return new RegExp(given.source.replaceAll(' ', '\\s'), given.flags);
  const options = given as Record<string, unknown> | undefined;
  return options && ['name', 'hasText', 'hasNotText'].some((key) => options[key] instanceof RegExp)
    ? Object.fromEntries(
        Object.entries(options).map(([key, value]) => [key, value instanceof RegExp ? anySpace(value) : value]),
      )
    : given;
};
const finding = [
  'getByText',
  'getByLabel',
  'getByRole',
  'getByTitle',
  'getByPlaceholder',
  'getByAltText',
  'locator',
  'filter',
];
const handingOut = ['textContent', 'innerText', 'allInnerTexts', 'allTextContents', 'getAttribute'];

let done = false;
/** Makes every page and locator of the driver so; `page` is any page. */
export function readAnySpace(page: Page): void {
  if (done) return;
  done = true;
  for (const one of [page, page.mainFrame(), page.locator('html')]) {
    const kind = Object.getPrototypeOf(one) as Record<string, Method>;
    for (const name of finding) {
      const find = kind[name];
      if (find)
        kind[name] = function (...given) {
          return find.apply(this, given.map(anySpace));
        };
    }
    for (const name of handingOut) {
      const read = kind[name];
      if (read)
        kind[name] = async function (...given) {
          return ofKeyboard(await read.apply(this, given));
        };
    }
  }
}
