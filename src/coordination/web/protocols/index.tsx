import type { CoordinationPart } from '../part.ts';

export const protocols: CoordinationPart = {};
