import { useQuery } from '@tanstack/react-query';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { recordContract } from '../../contract.ts';

export const ordersQuery = (patient: string) => reading(recordContract.orders, { params: { patient } });
export const useOrders = (patient: string) => useQuery(ordersQuery(patient));
export const waitingQuery = (view?: string) =>
  reading(recordContract.waitingOrders, { query: view ? { view: view as never } : {} });
/** The lists of what waits, everywhere: after an act on one line. */
export const refreshWaiting = () =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === recordContract.waitingOrders.path });
/** A renewal that is asked of me comes as a task, and so does its answer: the lists are read again when one does. */
export const useWaitingLive = () => useLive(['tasks'], () => void refreshWaiting());

/** What the day and its lists say of courses. */
export const refreshDay = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === recordContract.day.path || queryKey[0] === recordContract.patientList.path,
  });

export const refreshTemplates = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === recordContract.orderTemplates.path || queryKey[0] === recordContract.orderTemplateShelf.path,
  });
