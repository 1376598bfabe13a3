import type { opinionEntries } from '../contract/opinions.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';

export function openOpinions(_room: Room): Part<typeof opinionEntries> {
  return { handlers: {} };
}
