import type { changeEntries } from '../contract/changes.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';

export function openChanges(_room: Room): Part<typeof changeEntries> {
  return { handlers: {} };
}
