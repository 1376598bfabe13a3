import type { LetterBody, LetterDetail, LetterRecipient } from '../../contract.ts';
import type { OpenLine } from './FieldLists.tsx';

/** What the editor of a letter is given. */
export interface Given {
  patient: string;
  body: LetterBody;
  open: readonly OpenLine[];
  fields: LetterDetail['fields'];
  /** Sensitive entries that no field took. */
  leftOut: number;
  suggestions: readonly LetterRecipient[];
  /** The letter that is being changed; absent: a new one. `amends`: a signed one that this will replace. */
  letter?: Pick<LetterDetail, 'id' | 'version' | 'administrative'> & { amends?: boolean };
  /** Professions that may sign; empty: whoever writes. */
  signers: readonly string[];
  /** Of a new letter that no template begins: what it answers to, in the name of its draft. */
  draft?: string;
  /** The question asked outside that it carries. */
  request?: string;
  /** A letter of care, which the secretariat prepares and does not sign. */
  care: boolean;
}

/** What is typed in it. */
export type Values = Omit<LetterBody, 'template'> & { reason: string };
