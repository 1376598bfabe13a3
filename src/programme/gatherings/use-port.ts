import type { Bounds, PersonCaller } from '../../access/index.ts';

/** What is said of a month of a practice: counts, with nothing about fewer than eleven patients and nobody's name. */
export interface UseMonth {
  /** `2025-03`. */
  month: string;
  /** Patients in whose record somebody wrote, and those for whom two professions at least did. */
  records: Bounds;
  shared: Bounds;
  /** How many people and professions wrote; null when fewer than eleven patients are behind it. */
  professionals: number | null;
  professions: number | null;
  meetings: number;
  protocols: number;
  messages: number | null;
  tasks: number | null;
}
/**
 * Where the programme asks a practice for its figures of use (PRJ-11). It has no way to a record itself: main.ts supplies this from a room that may read clinical data (docs/adr/0016). The other side refuses
 * to read while the practice does not show its figures to this project.
 */
export interface UsePort {
  shareOf(practice: number, project: string): Promise<{ shared: boolean; by: string; at: Date } | undefined>;
  /** Errors: 403 for anyone who is not of this practice. */
  share(practice: number, project: string, shared: boolean, caller: PersonCaller, at?: Date): Promise<void>;
  /** Of months that are over. Errors: 403 */
  read(practice: number, project: string, months: readonly string[]): Promise<UseMonth[]>;
}
