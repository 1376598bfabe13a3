/** The wire of needs and choice (PRJ-4, REC-4, REC-5). */
import { clausesContract } from './contract/clauses.ts';
import { comparisonContract } from './contract/comparison.ts';
import { demonstrationsContract } from './contract/demonstrations.ts';
import { finalChoiceContract } from './contract/final-choice.ts';
import { needsContract } from './contract/needs.ts';
import { specificationContract } from './contract/specification.ts';

export type { ClauseLine } from './contract/clauses.ts';
export type { CostLine, CoverageAnswer, SolutionBody } from './contract/comparison.ts';
export type { VisitBody } from './contract/demonstrations.ts';
export type { ChoiceBody } from './contract/final-choice.ts';
export * from './contract/needs.ts';
export type { Importance, RequirementLine } from './contract/specification.ts';

/** Specification, comparison, demonstrations, visits, choice, contract. */
export const choosingContract = {
  ...specificationContract,
  ...comparisonContract,
  ...demonstrationsContract,
  ...finalChoiceContract,
  ...clausesContract,
};
export const choiceContract = { ...needsContract, ...choosingContract };
