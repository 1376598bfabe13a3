import { createHash, randomBytes } from 'node:crypto';

/** What stays of a personal link: its token is kept nowhere. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
/** 32 random bytes behind the number of the region: what reads it must know where to look. */
export const newToken = (tenant: number): string => `${tenant}.${randomBytes(32).toString('base64url')}`;
/** The region of a token; -1 when it is none. */
export const tenantOf = (token: string): number => Number(/^(\d{1,9})\./.exec(token)?.[1] ?? -1);
