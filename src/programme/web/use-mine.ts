import { useQuery } from '@tanstack/react-query';
import { reading } from '../../web/api.ts';
import { useMe } from '../../web/session.ts';
import { programmeContract } from '../contract.ts';

const programme = ['/programme'];
const nothing: readonly string[] = [];
/** The programme has something for those who manage the team's file and for its members; nobody else sees its entry. */
export function useNothingOfMine(): readonly string[] {
  const me = useMe();
  const asks = me.practice.kind === 'practice' && me.practice.region !== null && !me.acts.includes('apply');
  const mine = useQuery({ ...reading(programmeContract.mine), enabled: asks, staleTime: 5 * 60_000 });
  const projects = useQuery({ ...reading(programmeContract.projects), enabled: asks, staleTime: 5 * 60_000 });
  const tracks = useQuery({ ...reading(programmeContract.tracks), enabled: asks, staleTime: 5 * 60_000 });
  return asks && !tracks.data?.tracks.length && !mine.data?.calls.length && !projects.data?.projects.length
    ? programme
    : nothing;
}
