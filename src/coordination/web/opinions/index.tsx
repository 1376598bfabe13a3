import type { CoordinationPart } from '../part.ts';

export const opinions: CoordinationPart = {};
