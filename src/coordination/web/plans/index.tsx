import type { CoordinationPart } from '../part.ts';

export const plans: CoordinationPart = {};
