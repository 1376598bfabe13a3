/** The wire of needs and choice (PRJ-4, REC-4, REC-5). */
import { choosingContract } from './contract/choosing.ts';
import { needsContract } from './contract/needs.ts';

export * from './contract/choosing.ts';
export * from './contract/needs.ts';
export const choiceContract = { ...needsContract, ...choosingContract };
