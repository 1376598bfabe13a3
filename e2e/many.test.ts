/** Much of everything: what a list holds is told as it is, and the rest is within reach. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { pdf } from './files.ts';
import { scenario, telephone } from './harness.ts';
import { card, newPatient, recordShown } from './people.ts';

scenario(
  'DOS-1 DOS-10 a record of many documents does not say that it has sixty, and all of them are one press away',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    for (let n = 1; n <= 64; n++) {
      const form = new FormData();
      form.set('documentType', '11488-4');
      form.set('title', `Compte rendu numéro ${n}.`);
      form.set('file', new File([new Uint8Array(pdf(`page ${n}`))], `cr-${n}.pdf`, { type: 'application/pdf' }));
      const sent = await fetch(`${stage.url}/api/patients/${patient.id}/documents`, {
        method: 'POST',
        headers: { origin: stage.url, cookie: anne.cookie },
        body: form,
      });
      assert.equal(sent.status, 200, await sent.text());
    }
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(page, patient.name);
    const documents = card(page, 'Courriers et documents');
    await documents.getByText('plus de 49', { exact: true }).waitFor();
    await documents.getByRole('link', { name: 'Tous les documents, dans l’historique' }).click();
    await page.waitForURL(/genre=document/);
    const history = page.locator('#historique');
    await history.getByRole('button', { name: 'Voir plus ancien' }).click();
    await history.getByText('Compte rendu numéro 1.', { exact: true }).first().waitFor();
  },
);

scenario('COO-9 a box of more messages than are counted says so, on the day and on a telephone', async (stage) => {
  const soizic = await stage.hand('soizic.abgrall');
  for (let n = 1; n <= 101; n++)
    await soizic.send('POST', '/api/messages/threads', {
      key: randomUUID(),
      topic: `Commande ${n}`,
      text: 'À traiter.',
      to: { box: 'box-secretariat' },
    });
  const page = await stage.as('maryvonne.pellen', '/', { viewport: telephone });
  await card(page, 'Messages')
    .getByText(/^plus de 99 messages à traiter/)
    .waitFor();
  await page.goto('/coordination/messages?vue=boite:box-secretariat');
  await page.waitForFunction(
    () =>
      document.querySelector<HTMLInputElement>('input[aria-label="Ce que l’on regarde"]')?.value ===
      'Secrétariat (99+)',
  );
});
