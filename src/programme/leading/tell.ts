import type { Desk, Viewer } from '../desk.ts';
import type { Whose } from './whose.ts';

/** The screens of the region and of the team read again: `leading` for what is of a project or a team, `help`, `demands`. */
export function tellTeam(
  desk: Desk,
  viewer: Viewer,
  { tenant, practice }: Pick<Whose, 'tenant' | 'practice'>,
  topic: 'leading' | 'help' = 'leading',
): void {
  for (const one of new Set([viewer.region.tenant, ...(tenant === null ? [] : [tenant])]))
    desk.tell(one, { topic, practice });
}
