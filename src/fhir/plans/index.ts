/** PlanDefinitions: their steps laid out in days for one subject, their conditions, and the CarePlan of $apply. */
export { applyPlan } from './apply-plan.ts';
export { appliesTo, expressionError, type PatientData, patientData } from './conditions.ts';
export { addLength } from './days.rules.ts';
export { layOut } from './lay-out.rules.ts';
export { type Course, type Laid, repeatOf, roundKey } from './rounds.rules.ts';
