import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, queries, reading } from '../../../web/api.ts';
import { coordinationContract, type ProtocolModel } from '../../contract.ts';

export type Detail = z.infer<typeof coordinationContract.protocol.reply>;
export type Checked = z.infer<typeof coordinationContract.checkProtocol.reply>;

export const protocolQuery = (id: string, version?: number) =>
  reading(coordinationContract.protocol, { params: { id }, query: { version } });
export const protocolsQuery = (
  query: { q?: string | undefined; state?: 'draft' | 'active' | 'retired' | undefined } = {},
) => reading(coordinationContract.protocols, { query });

/** What is wrong in a protocol as it stands, and its days: the server knows the rules. The former answer stays while the next one comes. */
export const useChecked = (model: ProtocolModel | undefined) =>
  useQuery(
    queryOptions({
      queryKey: [coordinationContract.checkProtocol.path, model ? JSON.stringify(model) : null],
      queryFn: ({ signal }): Promise<Checked> =>
        call(coordinationContract.checkProtocol, { body: { model: model! } }, { signal }),
      enabled: model !== undefined,
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
    }),
  );

/** Protocols are read again: after a change of one, here or elsewhere. */
export const refreshProtocols = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      typeof queryKey[0] === 'string' &&
      queryKey[0].startsWith(coordinationContract.protocols.path) &&
      queryKey[0] !== coordinationContract.checkProtocol.path,
  });
