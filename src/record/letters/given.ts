import type { Extension } from '@medplum/fhirtypes';
import { type LetterGiven, letterWays } from '../contract.ts';
import type { Entered } from '../read/enter.ts';
import { givenOf } from './letter.rules.ts';

/** Where a letter or a summary went, oldest first. */
export const givenLines = (
  { reading: { directory }, caller }: Entered,
  resource: { extension?: Extension[] },
): LetterGiven[] =>
  givenOf(resource).map((one) => ({
    way: one.way,
    wayLabel: letterWays[one.way] ?? one.way,
    to: one.to,
    at: one.at,
    by: directory.who(caller, one.by),
    state: one.state,
    failure: one.failure || null,
  }));
