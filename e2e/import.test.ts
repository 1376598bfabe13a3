/** Taking data in by the browser: dry run, run, quarantine, undo (ECH-7). */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { panel } from './people.ts';

const marine = 'urn:uuid:5f0c1c5e-1111-4d7c-9a6e-000000000001';
const bundle = (family: string) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: marine,
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: 'urn:ancien-logiciel', value: family }],
        name: [{ use: 'official', family, given: ['Marine'] }],
        gender: 'female',
        birthDate: '1949-02-03',
      },
    },
    {
      fullUrl: 'urn:uuid:5f0c1c5e-1111-4d7c-9a6e-000000000002',
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
        subject: { reference: marine },
        effectiveDateTime: '2025-03-04',
        valueQuantity: { value: 61.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      },
    },
    {
      fullUrl: 'urn:uuid:5f0c1c5e-1111-4d7c-9a6e-000000000003',
      resource: {
        resourceType: 'Observation',
        status: 'perdu',
        code: { coding: [{ system: 'http://loinc.org', code: '8302-2' }] },
        subject: { reference: marine },
        effectiveDateTime: '2025-03-04',
        valueQuantity: { value: 163, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' },
      },
    },
  ],
});

scenario(
  'ECH-7 files dropped in the browser are tried, then taken in; the reject is corrected in quarantine; the whole is undone',
  async (stage) => {
    const family = `KERREPRISE${Date.now().toString(36).replace(/\d/g, 'A').toUpperCase()}`;
    const page = await stage.as('aurore.miossec', '/reprise');
    await page.getByLabel('Fichiers à reprendre').setInputFiles({
      name: 'ancien-logiciel.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(bundle(family))),
    });
    await page.waitForURL(/\/reprise\/\d+/);
    const anne = await stage.hand('anne.kermarrec');
    const found = async () =>
      ((await anne.send('GET', `/api/patients?q=${family}%20marine`)).patients as { name: string }[]).filter((hit) =>
        hit.name.toUpperCase().includes(family),
      ).length;
    await page.getByRole('button', { name: 'Lancer la reprise' }).waitFor();
    assert.equal(await found(), 0, 'a dry run writes nothing');
    await page.getByRole('button', { name: 'Lancer la reprise' }).click();
    await page.getByRole('button', { name: 'Annuler la reprise…' }).waitFor();
    const line = page.getByRole('table', { name: 'Lignes en quarantaine' }).getByRole('row').nth(1);
    await line.getByText('ancien-logiciel.json').waitFor();
    assert.equal(await found(), 1);
    await line.click();
    const text = panel(page).getByLabel('Ressource FHIR (JSON)');
    await panel(page)
      .getByRole('list', { name: 'Ce qui est à corriger' })
      .getByText(/status/)
      .first()
      .waitFor();
    await text.fill((await text.inputValue()).replace('"perdu"', '"final"'));
    await panel(page).getByRole('button', { name: 'Soumettre de nouveau' }).click();
    await page.getByText(/est entrée dans le dossier/).waitFor();
    await page.getByText('Rien n’attend : tout est traité.').waitFor();
    await page.getByRole('button', { name: 'Annuler la reprise…' }).click();
    await page.getByRole('button', { name: 'Annuler la reprise', exact: true }).click();
    await page.getByRole('button', { name: 'Annuler la reprise…' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => /annulée/i.test(document.body.textContent ?? ''));
    assert.equal(await found(), 0);
  },
);

scenario('ECH-7 who may not take data in does not find the screen’s way in', async (stage) => {
  const page = await stage.as('soizic.abgrall', '/reprise');
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Reprise de données' }).count(), 0);
  await page.getByRole('alert').waitFor();
});
