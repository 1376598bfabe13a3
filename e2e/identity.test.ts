/** An identity is proven by a document seen, by whom and when; then its INS shows; a doubt takes it back. */
import assert from 'node:assert/strict';
import { nirKey } from '../src/record/identity/ins.rules.ts';
import { scenario } from './harness.ts';
import { newPatient, said } from './people.ts';

scenario(
  'IDV-1 a secretary sees an identity card: the identity is qualified and says who saw it; a changed trait asks for it again',
  async (stage) => {
    const doctor = await stage.hand('anne.kermarrec');
    const patient = await newPatient(doctor, { birthDate: '12/03/1948' });
    const page = await stage.as('maryvonne.pellen', `/patients/${patient.id}/identite`);
    await page.getByRole('heading', { level: 1, name: /Identité provisoire/ }).waitFor();
    await page.getByLabel('Lieu de naissance', { exact: true }).fill('Brest');
    await page.getByLabel('Code INSEE du lieu').fill('29019');
    const body = `24803290${String(Date.now() % 100_000).padStart(5, '0')}`;
    await page
      .getByLabel('INS (15 caractères)')
      .fill(`${body}${String((nirKey(body) ?? 0) === 97 ? 1 : 97).padStart(2, '0')}`);
    await page.getByText('La clé ne correspond pas : vérifiez les chiffres.').waitFor();
    await page.getByLabel('INS (15 caractères)').fill(`${body}${String(nirKey(body)).padStart(2, '0')}`);
    await page.getByText(/Clé exacte/).waitFor();
    const choose = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await choose('Nature', 'De test');
    await choose('Statut de l’identité', 'Identité qualifiée');
    await page
      .getByText('Une identité validée demande d’avoir vu une pièce d’identité de haut niveau de confiance.')
      .waitFor();
    await choose('Pièce d’identité vue', 'Carte nationale d’identité');
    await page.getByRole('button', { name: 'Corriger l’identité' }).click();
    await said(page, 'Identité corrigée.');
    await page.getByRole('heading', { level: 1, name: /Identité qualifiée/ }).waitFor();
    await page.getByText(/aucune copie n’est gardée/).waitFor();

    await page.getByLabel('Prénoms de naissance').fill('Morgane Jeanne');
    await page.getByRole('button', { name: 'Corriger l’identité' }).click();
    await page.getByText(/Un trait strict change/).waitFor();

    // The physician reads the INS at the head of the record.
    const record = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await record.getByRole('heading', { level: 1, name: patient.name }).waitFor();
    const { header } = (await doctor.send('GET', `/api/patients/${patient.id}/record`)) as {
      header: { patient: { ins: string | null } };
    };
    assert.equal(header.patient.ins, `${body}${String(nirKey(body)).padStart(2, '0')}`);
  },
);
