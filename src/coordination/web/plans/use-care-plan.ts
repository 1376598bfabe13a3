import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { coordinationContract } from '../../contract.ts';

/** The plan of one patient; not asked for by who may not read it. */
export function useCarePlan(patient: string) {
  const allowed = mayRead(useMe(), 'summary');
  const query = useQuery({
    ...reading(coordinationContract.carePlan, { params: { patient } }),
    enabled: allowed,
  });
  return { ...query, allowed };
}
