import type { Duplicate } from './duplicates.ts';
import type { Counts } from './run.store.ts';

export interface RejectLine {
  file: string;
  unit: 'entry' | 'line';
  place: number;
  type: string;
  cause: string;
  words: string;
}
/** What was before what came. */
export interface Editions {
  taken: number;
  here: number;
  left: { total: number; examples: string[] };
}
export interface CheckReport {
  resources: number;
  counts: Counts;
  rejected: number;
  /** The first of them. */
  rejects: RejectLine[];
  duplicates: { total: number; list: readonly Duplicate[] };
  unresolved: { total: number; examples: string[] };
  /** Resources that come more than once, with different contents: the last one read stays. */
  contradictions: { total: number; examples: string[] };
  editions: Editions;
  seconds: number;
  estimatedSeconds: number;
}
export interface ImportReport {
  /** Ids that others point to and that never came. */
  missing: { total: number; examples: string[] };
  /** Conditions that met nothing. */
  pending: { target: string; system: string; value: string; count: number }[];
  /** Late references that were resolved at the end. */
  settled: number;
  unresolved: { total: number; examples: string[] };
  /** Resources that came more than once, with different contents: the last one read stays. */
  contradictions: { total: number; examples: string[] };
  editions: Editions;
  /** Patients whom their source had made one; `apart`: lines still stand under the old number here. Absent from what earlier versions kept. */
  merges?: { joined: number; ended: number; apart: { total: number; examples: string[] } };
  /** Patients who came in and are perhaps here twice. */
  duplicates: { total: number; list: readonly Duplicate[] };
  seconds: number;
}
