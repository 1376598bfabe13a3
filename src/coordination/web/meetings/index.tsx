import type { CoordinationPart } from '../part.ts';

export const meetings: CoordinationPart = {};
