import type { protocolEntries } from '../contract/protocols.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';

export function openProtocols(_room: Room): Part<typeof protocolEntries> {
  return { handlers: {} as never };
}
