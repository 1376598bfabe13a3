/** The wire of the record room. Refusals are RFC 9457 Problems with a `code` beside `title` and `detail`. */
import { contract } from '../platform/http/contract.ts';
import { cockpitEntries } from './contract/wire-cockpits.ts';
import { documentEntries } from './contract/wire-documents.ts';
import { writeEntries } from './contract/wire-entries.ts';
import { letterTemplateEntries } from './contract/wire-letter-templates.ts';
import { letterEntries } from './contract/wire-letters.ts';
import { mergeEntries } from './contract/wire-merge.ts';
import { patientEntries } from './contract/wire-patients.ts';
import { orderEntries } from './contract/wire-orders.ts';
import { pageEntries } from './contract/wire-record.ts';
import { resultEntries } from './contract/wire-results.ts';
import { sectionEntries } from './contract/wire-sections.ts';
import { summaryEntries } from './contract/wire-summary.ts';
import { termEntries } from './contract/wire-terms.ts';
import { treatmentEntries } from './contract/wire-treatments.ts';
import { vaccineEntries } from './contract/wire-vaccines.ts';

export * from './contract/common.ts';
export * from './contract/day.ts';
export * from './contract/entries.ts';
export * from './contract/history.ts';
export * from './contract/history.rules.ts';
export * from './contract/page.ts';
export * from './contract/patients.ts';
export * from './contract/timeline.ts';
export type { CockpitPart, CockpitReply, ListLine, PatientList, PracticeDay } from './contract/wire-cockpits.ts';
export type { DocumentValues, Hit, ReceivedLine, ToReadLine } from './contract/wire-documents.ts';
export { duplicatePair, mergeLine, type pairSide } from './contract/wire-merge.ts';
export { type SectionLine, sectionBody } from './contract/wire-sections.ts';
export type { Term, TermKind, TermList, TermLoading } from './contract/wire-terms.ts';
export type { Letterhead, TemplateBody, TemplateDetail } from './contract/wire-letter-templates.ts';
export {
  type FilledText,
  type LetterBody,
  type LetterDetail,
  type LetterGiven,
  type LetterLine,
  type LetterRecipient,
  letterWays,
} from './contract/wire-letters.ts';
export type {
  acknowledged,
  ResultCell,
  ResultReport,
  ResultsBody,
  resultsCorrection,
  ResultsPage,
  ResultValue,
  ResultView,
  WaitingLine,
} from './contract/wire-results.ts';
export type { Summaries, SummaryChange, SummaryLine, SummarySection, SummaryView } from './contract/wire-summary.ts';

/** The store decides on each item on top: a kind in `may` is what the act is always about. */
export const recordContract = contract({
  ...patientEntries,
  ...mergeEntries,
  ...pageEntries,
  ...writeEntries,
  ...sectionEntries,
  ...resultEntries,
  ...cockpitEntries,
  ...summaryEntries,
  ...letterEntries,
  ...letterTemplateEntries,
  ...orderEntries,
  ...termEntries,
  ...vaccineEntries,
  ...documentEntries,
  ...treatmentEntries,
});
export * from './contract/orders/line.ts';
export * from './contract/orders/order.rules.ts';
export * from './contract/orders/controlled.rules.ts';
export { strengthIn } from './contract/orders/in-words.rules.ts';
export * from './contract/orders/transport.rules.ts';
export type {
  MayOrder,
  OrdersPage,
  OrdersWaiting,
  OrderTemplate,
  OrderTemplateShelf,
  OrderWaiting,
  Prescription,
} from './contract/wire-orders.ts';
export * from './data/orders/controlled.ts';
export * from './data/orders/families.ts';
export * from './data/orders/transport.ts';
export const loadUsualOrders = () => import('./data/orders/usual.ts');
export { prescribedBy, prescribers } from './data/orders/prescribers.ts';
// What the forms choose from: plain data, the same on both sides.
export * from './data/choices.ts';
export * from './data/history.ts';
export { fieldOf, letterFields } from './data/letters/fields.ts';
export * from './data/letters/uses.ts';
export * from './contract/letters/edit.rules.ts';
export { signsOf } from './contract/letters/signs.rules.ts';
export * from './data/measures.ts';
// Laboratory: panels, units and the readers of pasted text and files, the same on both sides.
export { type Analyte, analyteOf, labAnalytes, panelOf, panels, rangeSourceOf, usualWords } from './data/panels.ts';
export { inOwnUnit, unitShown, unitsNamed, unitsOf } from './data/lab-units.ts';
export { computedFrom } from './contract/results/compute.rules.ts';
export { flagOfCompared, isCritical, isOutOfRange, rangeIn } from './contract/results/flags.rules.ts';
export { lettersOf, numberIn, type ReadReport } from './contract/results/read.ts';
export { readLabText, unlike } from './contract/results/read-hprim.rules.ts';
export * from './data/problems.ts';
export * from './data/vaccines.ts';
// Vaccines: products and codes of boxes are loaded with the form.
export { type BookDose, situationBody, type VaccineBook, type VaccinesToDo } from './contract/wire-vaccines.ts';
export { readScan } from './contract/vaccines/scan.rules.ts';
export const loadVaccineProducts = () => import('./data/vaccine-products.ts');
// Sections: the same conditions, checks and words on both sides; scores are loaded with the first form that has some.
export * from './contract/sections/answers.rules.ts';
export * from './contract/sections/edit.rules.ts';
export * from './contract/sections/form.ts';
export * from './contract/sections/repetition.ts';
export { themes } from './data/sections/themes.ts';
export const loadScores = () => import('./contract/sections/calculate.ts');
export type { AidCard, AidDraft } from './contract/prescribing-aid.ts';
export {
  type Dispensed,
  type DispenseLine,
  type SubstitutionCode,
  substitutions,
} from './contract/treatments/dispense.ts';
export { type TreatmentLine, treatmentLine, treatmentsState } from './contract/treatments/line.ts';
export type { TreatmentProposal, WaitingProposal } from './contract/treatments/proposals.ts';
export {
  type ReconcileBody,
  type ReportedList,
  reportSources,
  type TreatmentAct,
  type TreatmentsPage,
} from './contract/wire-treatments.ts';
// Posologies: typed, structured, said in French by one engine.
export { dosagesFromText } from './contract/treatments/dosage.rules.ts';
export { sayDosages } from './contract/treatments/say-dosages.rules.ts';
export {
  dayMoments,
  doseUnitOf,
  doseUnits,
  mealTimes,
  type Moment,
  type Period,
  periodNames,
  type Posology,
} from './contract/treatments/posology.ts';
export { readLines } from './contract/treatments/typed-lines.rules.ts';
export { readPosology, unitOfLabel } from './contract/treatments/read.rules.ts';
export { sayAmount, sayMax, sayNumber, sayPosology, sayRhythm, sayUnit } from './contract/treatments/say.rules.ts';
