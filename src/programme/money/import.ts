import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { forbidden, readSheet, sendSheet, type SheetColumn } from '../../platform/index.ts';
import { type Desk, viewerOf } from '../desk.ts';
import { receiveFile } from '../papers/receive-file.ts';
import type { moneyContract } from './contract.ts';
import { quotesFrom } from './quotes.rules.ts';
import { demandMoney, mayMoney, moneyProject } from './reach.ts';

/** What a spreadsheet would give, with what is rejected and why: nothing is kept. What the person then keeps is entered like any quote. */
export async function readQuotes(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof moneyContract.readQuotes.reply>> {
  const viewer = await viewerOf(desk, ctx);
  await desk.db.tenant(viewer.region.tenant, async (sql) =>
    demandMoney(viewer, await moneyProject(sql, viewer, id), 'offer'),
  );
  const { bytes } = await receiveFile(ctx);
  return quotesFrom(await readSheet(bytes));
}

const columns: SheetColumn<readonly string[]>[] = [
  'Fournisseur',
  'Numéro de devis',
  'Date du devis',
  'Libellé',
  'Genre',
  'Quantité',
  'Prix unitaire HT',
  'TVA',
  'Total TTC',
  'Mensuel',
  'Date de la dépense',
].map((title, at) => ({ title, value: (row) => row[at] ?? null, width: at === 3 ? 40 : 18 }));
const examples = [
  [
    'Éditeur Exemple',
    'D-2024-001',
    '15/10/2024',
    'Licence du pôle',
    'Licence',
    '1',
    '2400,00',
    '20 %',
    '2880,00',
    'non',
    '',
  ],
  [
    'Éditeur Exemple',
    'D-2024-001',
    '15/10/2024',
    'Abonnement par professionnel et par mois',
    'Abonnement',
    '48',
    '25,00',
    '20 %',
    '1440,00',
    'oui',
    '',
  ],
];
export async function quoteModel(desk: Desk, format: 'csv' | 'xlsx', ctx: Ctx): Promise<undefined> {
  if (!mayMoney(await viewerOf(desk, ctx), 'offer')) throw forbidden('Ce modèle sert à ceux qui saisissent des devis.');
  await sendSheet(ctx, format, 'modele-de-devis', columns, examples);
  return undefined;
}
