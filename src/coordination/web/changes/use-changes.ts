import { useQuery } from '@tanstack/react-query';
import { call, queries, reading } from '../../../web/api.ts';
import { done } from '../../../web/ui/undo.tsx';
import { coordinationContract } from '../../contract.ts';

const entry = coordinationContract.changes;
/** Read again every five minutes and when the window comes back; each reading leaves its trace in the patients' logs. */
export const useChanges = (query: { view?: 'all' | 'attention'; days?: number; profession?: string }) =>
  useQuery({ ...reading(entry, { query }), refetchInterval: 5 * 60_000 });
const again = () => queries.invalidateQueries({ queryKey: [entry.path] });

/** Marks as seen up to what is on screen, with ten seconds to take it back. */
export async function markSeen(patient: { id: string; name: string } | null, until: string): Promise<void> {
  const body = { patient: patient?.id ?? null, until };
  await call(coordinationContract.markSeen, { body });
  await again();
  done(
    patient ? `Nouveautés de ${patient.name} marquées comme vues.` : 'Toutes les nouveautés sont marquées comme vues.',
    async () => {
      await call(coordinationContract.unmarkSeen, { body: { patient: body.patient } });
      await again();
    },
  );
}
