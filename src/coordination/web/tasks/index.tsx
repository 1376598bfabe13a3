import type { CoordinationPart } from '../part.ts';

export const tasks: CoordinationPart = {};
