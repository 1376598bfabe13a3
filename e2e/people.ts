/** Patients and habits shared by the scenarios. */
import type { Locator } from 'playwright-core';
import type { Hand, Page } from './harness.ts';

let count = 0;
const letters = (number: number): string => [...String(number)].map((digit) => 'BCDFGKLMNP'[Number(digit)]).join('');
const unlike = () => letters(Date.now() % 1_000_000) + letters(++count);

export interface NewPatient {
  id: string;
  family: string;
  name: string;
}
/** A patient nobody else works on, made by `by`, whose care team the others join. Names and birth dates are unlike each other's. */
export async function newPatient(
  by: Hand,
  options: { team?: Hand[]; birthDate?: string; sex?: 'male' | 'female' } = {},
): Promise<NewPatient> {
  const family = `Ker${unlike().toLowerCase()}`;
  const day = 1 + (Math.floor(Math.random() * 9000) % 28);
  const made = (await by.send('POST', '/api/patients', {
    birthFamily: family,
    birthGivens: 'Morgane',
    birthDate:
      options.birthDate ??
      `${String(day).padStart(2, '0')}/0${1 + (count % 9)}/${1950 + Math.floor(Math.random() * 40)}`,
    sex: options.sex ?? 'female',
  })) as { id: string; patient: { name: string } };
  for (const member of options.team ?? [])
    await by.send('POST', `/api/patients/${made.id}/team`, { practitioner: member.practitioner });
  return { id: made.id, family, name: made.patient.name };
}

/** The record is on screen, and the page is ready to be used by keyboard. */
export async function recordShown(page: Page, name?: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, ...(name && { name }) }).waitFor();
  await page.getByRole('heading', { name: /^Historique/ }).waitFor();
}
/** The side panel. */
export const panel = (page: Page) => page.getByRole('complementary').last();
export const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

/** Presses Tab until this has the focus: what a person without a mouse does. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached in ${most} presses of Tab: ${target}`);
}
/** The words of the confirmation, which must be on screen. */
export const said = (page: Page, words: string | RegExp) =>
  page.getByRole('alert').filter({ hasText: words }).first().waitFor();
