import type { CoordinationPart } from './part.ts';

/** The pages of the room, filled at start from its parts. */
export const tabs: NonNullable<CoordinationPart['tab']>[] = [];
