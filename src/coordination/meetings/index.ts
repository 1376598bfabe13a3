import type { meetingEntries } from '../contract/meetings.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';

export function openMeetings(_room: Room): Part<typeof meetingEntries> {
  return { handlers: {} };
}
