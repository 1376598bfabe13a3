import { contract } from '../../platform/http/contract.ts';

export const changeEntries = contract({});
