import type { messageEntries } from '../contract/messages.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';

export function openMessages(_room: Room): Part<typeof messageEntries> {
  return { handlers: {} };
}
