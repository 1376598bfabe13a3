import type { Place } from '../../contract.ts';
import type { Curve } from './Scores.tsx';

/** What the questions of one level need: from where they are asked (conditions look near, then around), and where words from elsewhere stand. */
export interface Asking {
  /** Null where nothing is filled: the preview of the editor. */
  patient: string | null;
  place: Place;
  /** By `rowKey`, as the scores. */
  errors: Record<string, string>;
  scores: ReadonlyMap<string, number>;
  /** What the scores were before, of the repetition of this name. */
  curve: (linkId: string, name: string) => Curve;
  /** Where an answer came from, by linkId. */
  from: Record<string, string>;
  /** Numbers as they are typed, by linkId and row: «1,» is not a number yet. */
  typed: Record<string, string>;
  type: (key: string, words: string) => void;
  /** The photograph of this field is not with the record yet. */
  waits: (field: string, on: boolean) => void;
}
