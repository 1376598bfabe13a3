import { useQuery } from '@tanstack/react-query';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { coordinationContract } from '../../contract.ts';

const entry = coordinationContract.opinions;
const useAllowed = () => {
  const me = useMe();
  return mayRead(me, 'exchanges') && mayRead(me, 'summary');
};

export function useOpinions(view: 'to-me' | 'by-me' | 'done') {
  const enabled = useAllowed();
  useLive(['tasks'], () => void queries.invalidateQueries({ queryKey: [entry.path] }));
  return useQuery({ ...reading(entry, { query: { view } }), enabled });
}
export function usePatientOpinions(patient: string) {
  const enabled = useAllowed();
  return useQuery({ ...reading(coordinationContract.patientOpinions, { params: { patient } }), enabled });
}
/** Questions that wait for my answer, for the tab. */
export const useWaitingOpinions = (): number => useOpinions('to-me').data?.toMe ?? 0;

/** After an act: every list that may show it is read again. */
export const opinionsChanged = (patient: string | undefined) =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === entry.path ||
      String(queryKey[0]).startsWith('/api/tasks') ||
      String(queryKey[0]).startsWith('/api/opinions') ||
      (patient !== undefined && (queryKey[1] as { patient?: string } | null)?.patient === patient),
  });
