/** Two records of one person: found, compared, merged, taken back; two people who look alike: said so. */
import assert from 'node:assert/strict';
import { type Page, type Stage, scenario } from './harness.ts';
import { newPatient, recordShown, said } from './people.ts';

const toCompare = (page: Page) => page.getByRole('region', { name: 'À comparer' });
async function twins(stage: Stage) {
  const [anne, erwan] = [await stage.hand('anne.kermarrec'), await stage.hand('erwan.quemeneur')];
  const first = await newPatient(anne, { birthDate: '12/03/1957' });
  const other = (await erwan.send('POST', '/api/patients', {
    birthFamily: first.family,
    birthGivens: 'Morgane',
    birthDate: '12/03/1957',
    sex: 'female',
    despite: [first.id],
  })) as { id: string };
  await anne.send('POST', `/api/patients/${first.id}/problems`, { label: 'Asthme' });
  return { first, other, anne };
}

scenario(
  'IDV-2 the secretary merges two records of one person by keyboard, the physician finds one, and the merge is taken back',
  async (stage) => {
    const { first, other } = await twins(stage);
    const page = await stage.as('maryvonne.pellen', '/patients/doublons');
    await toCompare(page)
      .getByRole('button', { name: new RegExp(`Comparer .*${first.family}`, 'i') })
      .press('Enter');
    const pair = page.getByRole('region', { name: 'Est-ce la même personne ?' });
    await pair.getByText('Données de soins').first().waitFor();
    assert.equal(await pair.getByText('Asthme').count(), 0, 'counts only for who reads no care');
    await pair.getByRole('button', { name: 'Réunir les deux dossiers' }).press('Enter');
    await said(page, /Dossiers réunis/);
    const doctor = await stage.as('anne.kermarrec', `/patients/${other.id}`);
    await recordShown(doctor, new RegExp(first.family, 'i'));
    await doctor.waitForURL(`**/patients/${first.id}`);
    await page
      .getByRole('alert')
      .getByRole('button', { name: /Annuler/ })
      .click();
    await said(page, /Dossiers séparés/);
    await toCompare(page)
      .getByRole('button', { name: new RegExp(`Comparer .*${first.family}`, 'i') })
      .waitFor();
  },
);

scenario('IDV-2 two people who look alike are said to be two, and are not proposed again', async (stage) => {
  const { first } = await twins(stage);
  const page = await stage.as('maryvonne.pellen', '/patients/doublons');
  const compare = toCompare(page).getByRole('button', { name: new RegExp(`Comparer .*${first.family}`, 'i') });
  await compare.click();
  await page.getByRole('button', { name: 'Ce ne sont pas les mêmes' }).click();
  await said(page, /ne sera plus proposée/);
  await compare.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: new RegExp(`Proposer de nouveau .*${first.family}`, 'i') }).click();
  await compare.waitFor();
});

scenario('IDV-2 after a separation the author of a line that was added meanwhile says whose it is', async (stage) => {
  const { first, other, anne } = await twins(stage);
  const secretary = await stage.hand('maryvonne.pellen');
  const { sides } = (await secretary.send('GET', `/api/patient-pairs/${first.id}/${other.id}`)) as {
    sides: { version: number }[];
  };
  const { id } = (await secretary.send('POST', '/api/merges', {
    kept: first.id,
    gone: other.id,
    keptVersion: sides[0]!.version,
    goneVersion: sides[1]!.version,
  })) as { id: string };
  await anne.send('POST', `/api/patients/${other.id}/problems`, { label: 'Lombalgie' });
  await secretary.send('POST', `/api/merges/${id}/separate`, {});
  const page = await stage.as('maryvonne.pellen', `/patients/fusions/${id}`);
  await page.getByText('Contenu réservé').waitFor();
  const author = await stage.as('anne.kermarrec', `/patients/fusions/${id}`);
  await author.getByText('Lombalgie').waitFor();
  await author.getByText('Passe au 2').click();
  await said(author, /Ligne rangée/);
  const { problems } = (await (
    await stage.hand('erwan.quemeneur')
  ).send('GET', `/api/patients/${other.id}/record`)) as { problems: { label: string }[] };
  assert.deepEqual(
    problems.map((one) => one.label),
    ['Lombalgie'],
  );
});
