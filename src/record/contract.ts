/** The wire of the record room. Refusals are RFC 9457 Problems with a `code` beside `title` and `detail`. */
import { contract } from '../platform/http/contract.ts';
import { writeEntries } from './contract/wire-entries.ts';
import { mergeEntries } from './contract/wire-merge.ts';
import { patientEntries } from './contract/wire-patients.ts';
import { pageEntries } from './contract/wire-record.ts';
import { sectionEntries } from './contract/wire-sections.ts';
import { summaryEntries } from './contract/wire-summary.ts';

export * from './contract/common.ts';
export * from './contract/day.ts';
export * from './contract/entries.ts';
export * from './contract/page.ts';
export * from './contract/patients.ts';
export * from './contract/timeline.ts';
export { type addedLine, duplicatePair, mergeLine, type pairSide } from './contract/wire-merge.ts';
export { type SectionLine, sectionBody } from './contract/wire-sections.ts';
export type { Summaries, SummaryChange, SummaryLine, SummarySection, SummaryView } from './contract/wire-summary.ts';

/** The store decides on each item on top: a kind in `may` is what the act is always about. */
export const recordContract = contract({ ...patientEntries, ...mergeEntries, ...pageEntries, ...writeEntries, ...sectionEntries, ...summaryEntries });
// What the forms choose from: plain data, the same on both sides.
export * from './data/choices.ts';
export * from './data/measures.ts';
export * from './data/problems.ts';
export * from './data/vaccines.ts';
// Sections: the same conditions, checks and words on both sides; scores are loaded with the first form that has some.
export * from './contract/sections/answers.rules.ts';
export * from './contract/sections/edit.rules.ts';
export * from './contract/sections/form.ts';
export { type Theme, themes } from './data/sections/themes.ts';
export const loadScores = () => import('./contract/sections/calculate.ts');
// Posologies: typed, structured, said in French by one engine.
export { dosagesFromText, dosagesOf, isStructured, posologyFrom, sayDosages } from './contract/treatments/dosage.rules.ts';
export { type Amount, dayMoments, dosePlaces, doseUnitOf, doseUnits, type Meal, mealTimes, type Moment, type Period, periodNames, type Posology, type Step, type Take, weekDays } from './contract/treatments/posology.ts';
export { endOf, type ReadPosology, readPosology, unitOfLabel } from './contract/treatments/read.rules.ts';
export { sayAmount, sayMax, sayNumber, sayPosology, sayRhythm, sayStep, sayUnit } from './contract/treatments/say.rules.ts';
