import type { planEntries } from '../contract/plans.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';

export function openPlans(_room: Room): Part<typeof planEntries> {
  return { handlers: {} };
}
