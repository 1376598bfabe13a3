import type { CoordinationPart } from '../part.ts';

export const messages: CoordinationPart = {};
