import { call, queries, reading } from '../../../web/api.ts';
import { recordContract } from '../../contract.ts';
import { cockpitQuery } from '../cockpits/use-cockpit.ts';
import { waitingQuery as ordersQuery } from '../orders/use-orders.ts';
import { waitingQuery as resultsQuery } from '../results/use-results.ts';

const { queryKey } = reading(recordContract.day);
/** My day. What came in the same answer is at hand for the blocks that would ask for it. */
export const dayQuery = {
  queryKey,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const day = await call(recordContract.day, {}, { signal });
    const { drafts, cockpit, results, proposals, orders, letters } = day.beside;
    const parts = [
      [reading(recordContract.drafts).queryKey, drafts],
      [cockpitQuery.queryKey, cockpit],
      [resultsQuery().queryKey, results],
      [reading(recordContract.waitingProposals).queryKey, proposals],
      [ordersQuery().queryKey, orders],
      [reading(recordContract.lettersToSign).queryKey, letters],
    ] as const;
    for (const [key, data] of parts) if (data) queries.setQueryData(key as readonly unknown[], data);
    return day;
  },
};
