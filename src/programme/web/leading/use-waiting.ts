import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { programmeContract } from '../../contract.ts';
import { changedHelp } from './words.ts';

/** Requests that wait for a first answer; for those to whom a request is handed, all that are open. */
export function useWaitingHelp(): number {
  const list = useQuery({ ...reading(programmeContract.helpRequests), staleTime: 60_000 });
  useLive(['help'], changedHelp);
  const handed = list.data?.as === 'vendor' || list.data?.as === 'partner';
  return list.data?.requests.filter((one) => one.state === 'open' && (handed || one.answeredAt === null)).length ?? 0;
}
