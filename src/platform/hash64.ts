import { hash } from 'node:crypto';

/** First 64 bits of MD5 as a signed integer: the same as `('x' || left(md5(text), 16))::bit(64)::bigint` in SQL. Not for secrets. */
export const hash64 = (text: string): bigint => BigInt.asIntN(64, BigInt(`0x${hash('md5', text, 'hex').slice(0, 16)}`));
