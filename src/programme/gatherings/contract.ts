/** The wire of meetings, minutes, figures of use and the completion report. */
import { completionContract } from './contract/completion.ts';
import { minutesContract } from './contract/minutes.ts';
import { pollAnswersContract } from './contract/poll-answers.ts';
import { pollsContract } from './contract/polls.ts';
import { useContract } from './contract/use.ts';

export type { sheetField } from './contract/common.ts';
export { type CompletionFields, completionFields } from './contract/completion.ts';
export { type actionLine, minutesFields } from './contract/minutes.ts';
export type { pollLine } from './contract/polls.ts';

export const gatheringsContract = {
  ...pollsContract,
  ...pollAnswersContract,
  ...minutesContract,
  ...useContract,
  ...completionContract,
};
