/** Amendments to an agreement whose first payment is made: more, then less than what was paid. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { panel } from './people.ts';

const consultant = 'berengere.salou';
const officer = 'maiwenn.kerdoncuff';
/** Spaces of amounts are narrow ones. */
const euros = (cents: number) =>
  new RegExp(
    `${String(Math.trunc(cents / 100)).replace(/\B(?=(\d{3})+$)/g, '\\s')},${String(cents % 100).padStart(2, '0')}\\s€`,
  );
async function money(page: Page, team: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(team) }).click();
  await page.getByRole('tab', { name: 'Argent' }).click();
  await page.getByRole('region', { name: 'Montants' }).waitFor();
}

scenario(
  'FIN-7 FIN-8 an officer prepares an amendment to an agreement whose first payment is made: the consultant adds a validated quote, the balance follows to the cent; a second one brings the amount under what was paid, and the overpayment is told, asked back and recorded',
  async (stage) => {
    const hand = await stage.hand(officer);
    const project = (await hand.send('GET', '/api/programme/projects')).projects.find(({ team }: { team: string }) =>
      /Trégor/.test(team),
    ).id as string;
    const read = () => hand.send('GET', `/api/programme/projects/${project}/money`);
    const before = await read();
    const paid = before.paidCents as number;
    assert.ok(paid > 0);
    const ars = await stage.as(officer, '/programme/projets');
    await money(ars, 'Trégor');
    await ars.getByRole('button', { name: 'Préparer un avenant' }).click();
    await panel(ars).getByLabel('Motif').fill('Un infirmier a rejoint l’équipe : son accès s’ajoute au projet.');
    await panel(ars)
      .getByRole('button', { name: /Préparer l’avenant/ })
      .click();
    const amendment = ars.getByRole('region', { name: 'Avenant', exact: true });
    await amendment.getByText('En préparation').waitFor();

    // The consultant's figures move again.
    const page = await stage.as(consultant, '/programme/projets');
    await money(page, 'Trégor');
    await page.getByRole('button', { name: 'Saisir un devis' }).waitFor();
    await (await stage.hand(consultant)).send('POST', `/api/programme/projects/${project}/quotes`, {
      quotes: [
        {
          vendor: 'Logiciels du Ponant',
          number: 'LP-AVENANT',
          dated: new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }),
          lines: [{ label: 'Ouverture d’un accès', kind: 'set-up', quantity: 1000, unitCents: 10_000, vat: 2000 }],
        },
      ],
    });
    const quote = page.getByRole('article', { name: /LP-AVENANT/ });
    await quote.getByRole('button', { name: 'Retenir ce devis' }).click();
    await quote.getByRole('button', { name: 'Valider : Ouverture d’un accès' }).click();
    await quote.getByText('Finançable').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Établir l’avenant' }).count(), 0, 'ARS alone issues it');

    // ARS has it without asking.
    const more = (await read()).detail.amending;
    assert.equal(more.afterCents, before.totalCents + 12_000);
    await amendment.getByText(euros(more.afterCents)).waitFor();
    await amendment.getByText('Resterait à verser').waitFor();
    await amendment.getByRole('button', { name: 'Établir l’avenant' }).click();
    await panel(ars).getByLabel('Sa qualité').fill('Présidente de l’association');
    await panel(ars)
      .getByRole('button', { name: /Établir l’avenant/ })
      .click();
    await ars.getByText(/Avenant .*-AVE1 établi et envoyé/).waitFor();
    const first = ars.getByRole('region', { name: 'Avenant n° 1' });
    await first.getByRole('link', { name: /-AVE1/ }).waitFor();
    await first.getByRole('button', { name: 'Enregistrer la signature de l’avenant' }).click();
    await panel(ars)
      .getByRole('button', { name: /Enregistrer la signature/ })
      .click();
    await first.getByText('Signé', { exact: true }).waitFor();
    const after = await read();
    assert.equal(after.detail.payments[1].cents, before.totalCents + 12_000 - paid);
    await ars.getByText(euros(after.detail.payments[1].cents)).first().waitFor();

    // Less than what was paid: only the small quote is kept.
    await ars.getByRole('button', { name: 'Préparer un avenant' }).click();
    await panel(ars).getByLabel('Motif').fill('L’éditeur retire une partie de son offre.');
    await panel(ars)
      .getByRole('button', { name: /Préparer l’avenant/ })
      .click();
    await amendment.getByText('En préparation').waitFor();
    const main = page.getByRole('article', { name: /LP-TREGOR-1/ });
    await main.getByRole('button', { name: 'Retirer', exact: true }).click();
    await main.getByText('Retiré', { exact: true }).waitFor();
    await amendment.getByText(/Trop-perçu à reverser/).waitFor();
    await amendment.getByRole('button', { name: 'Établir l’avenant' }).click();
    await panel(ars).getByLabel('Sa qualité').fill('Présidente de l’association');
    await panel(ars)
      .getByRole('button', { name: /Établir l’avenant/ })
      .click();
    const second = ars.getByRole('region', { name: 'Avenant n° 2' });
    await second.getByRole('button', { name: 'Enregistrer la signature de l’avenant' }).click();
    await panel(ars)
      .getByRole('button', { name: /Enregistrer la signature/ })
      .click();
    await second.getByText('Signé', { exact: true }).waitFor();
    await ars.getByRole('button', { name: 'Demander le reversement' }).click();
    await panel(ars).getByLabel('Référence comptable, facultative').fill('TR-TREGOR-1');
    await panel(ars)
      .getByRole('button', { name: /Demander le reversement/ })
      .click();
    await ars.getByRole('button', { name: 'Enregistrer le reversement', exact: true }).click();
    await panel(ars)
      .getByRole('button', { name: /Enregistrer le reversement/ })
      .click();
    await ars.getByText('Reversé', { exact: true }).waitFor();
    const end = await read();
    assert.deepEqual([end.totalCents, end.paidCents, end.recoverCents], [12_000, 12_000, 0]);
  },
);
