/** What a colleague of the region does to a call is seen by whoever has it on screen. */
import { scenario } from './harness.ts';

scenario(
  'AAP-7 a call that a colleague begins or writes on is seen by whoever has it on screen, without reloading',
  async (stage) => {
    const officer = await stage.hand('maiwenn.kerdoncuff');
    const list = await stage.as('maiwenn.kerdoncuff', '/programme/appels');
    await list.getByRole('row', { name: /SIP 2024/ }).waitFor();
    const title = `Appel commencé par une collègue ${Date.now() % 10_000}`;
    const { id } = await officer.send('POST', '/api/programme/editions', {
      from: null,
      year: new Date().getFullYear() + 1,
      title,
    });
    await list.getByRole('row', { name: title }).getByText('brouillon').waitFor();

    const page = await stage.as('maiwenn.kerdoncuff', `/programme/appels/${id}`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    const { draft } = await officer.send('GET', `/api/programme/editions/${id}`);
    await officer.send('PUT', `/api/programme/editions/${id}/draft`, {
      seen: draft.version,
      edition: { ...draft.edition, title: `${title}, relu` },
    });
    await page.getByRole('heading', { level: 1, name: `${title}, relu` }).waitFor();
  },
);
