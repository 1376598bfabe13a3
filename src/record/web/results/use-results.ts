import { call, queries, reading } from '../../../web/api.ts';
import { done } from '../../../web/ui/undo.tsx';
import { recordContract, type Written } from '../../contract.ts';
import { refresh } from '../use-record.ts';

export const waitingQuery = () => ({ ...reading(recordContract.waitingResults), refetchInterval: 60_000 });
export const resultsQuery = (patient: string, before?: string) =>
  reading(recordContract.results, { params: { patient }, query: { before } });
/** After an acknowledgement or an entry: the lists and the record are read again. */
export async function refreshResults(patients: readonly string[]): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: [recordContract.waitingResults.path] }),
    ...patients.map(refresh),
  ]);
}
/** Said, and taken back for ten seconds. */
export function acknowledgedNow(patient: string, { lines }: Written, words: string): void {
  void refreshResults([patient]);
  done(words, async () => {
    await call(recordContract.undo, {
      params: { patient },
      body: { entries: lines.map(({ type, id, version }) => ({ type, id, version })) },
    });
    await refreshResults([patient]);
  });
}
