import type { z } from 'zod';
import { maskOf } from '../../access/index.ts';
import { readCockpit } from '../cockpits/cockpit.ts';
import type { dayReply } from '../contract.ts';
import { lettersToSign } from '../letters/view-letter.ts';
import { waitingOrders } from '../orders/waiting.ts';
import { waitingResults } from '../results/read-results.ts';
import type { Shelf } from '../sections/library.ts';
import { waitingProposals } from '../treatments/proposal-lines.ts';

type Beside = z.infer<typeof dayReply>['beside'];

/** What stands on a day beside its own blocks, each under the rights of its own entry. A part that cannot be read is no part of the answer: its block asks for it and says why. */
export async function besideDay(
  shelf: Shelf,
  blocks: readonly string[],
  drafts: () => Promise<NonNullable<Beside['drafts']>>,
): Promise<Beside> {
  const { room, caller, store } = shelf;
  const sight = await store.sight('read');
  const treats = ((sight.teamMask | sight.practiceMask) & maskOf(['treatments'])) !== 0;
  const part = <T>(wanted: boolean, read: () => Promise<T>): Promise<T | null> =>
    wanted ? read().catch(() => null) : Promise.resolve(null);
  const has = (block: string) => blocks.includes(block);
  const [kept, cockpit, results, proposals, orders, letters] = await Promise.all([
    part(true, drafts),
    part(true, () => readCockpit(shelf)),
    part(has('results'), () => waitingResults(room, caller)),
    part(has('proposals') && treats, () => waitingProposals(room, caller)),
    part(has('orders'), () => waitingOrders(room, caller, undefined)),
    part(has('letters'), () => lettersToSign(room, caller)),
  ]);
  return { drafts: kept, cockpit, results, proposals, orders, letters };
}
