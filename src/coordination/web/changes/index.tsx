import type { CoordinationPart } from '../part.ts';

export const changes: CoordinationPart = {};
