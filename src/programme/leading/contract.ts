/** The wire of a project well led (REC-1 to REC-3, REC-6, REC-7, PRJ-7). */
import { conductContract } from './conduct/contract.ts';
import { demandsContract } from './demands/contract.ts';
import { helpContract } from './help/contract.ts';
import { maturityContract } from './maturity/contract.ts';
import { planContract } from './plan/contract.ts';
import { timeContract } from './time/contract.ts';

export const leadingContract = {
  ...maturityContract,
  ...conductContract,
  ...timeContract,
  ...planContract,
  ...helpContract,
  ...demandsContract,
};
