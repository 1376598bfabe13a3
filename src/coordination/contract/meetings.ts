import { contract } from '../../platform/http/contract.ts';

export const meetingEntries = contract({});
