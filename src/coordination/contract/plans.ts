import { contract } from '../../platform/http/contract.ts';

export const planEntries = contract({});
