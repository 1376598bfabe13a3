import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { join } from 'node:path';
import type { Transform } from 'node:stream';

/**
 * A backup file: 8 bytes of name and version, 1 byte «encrypted», then (when encrypted) 16 bytes of salt and 12 of nonce; then gzip of JSON
 * lines; then (when encrypted) the 16 bytes of the AES-256-GCM tag. The key is scrypt(passphrase, salt, N=2^15, r=8, p=1).
 */
const magic = Buffer.from('ESTRANB1');
/** The server's key, without which one-time codes no longer open: it goes only into an encrypted backup. In the data folder. */
export const keyFile = join('keys', 'secrets.key');
export const tagLength = 16;

const keyOf = (passphrase: string, salt: Buffer) =>
  scryptSync(passphrase, salt, 32, { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });

export function sealing(passphrase: string | undefined): {
  header: Buffer;
  cipher: (Transform & { getAuthTag(): Buffer }) | null;
} {
  if (passphrase === undefined) return { header: Buffer.concat([magic, Buffer.from([0])]), cipher: null };
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), nonce);
  return {
    header: Buffer.concat([magic, Buffer.from([1]), salt, nonce]),
    cipher: cipher as Transform & { getAuthTag(): Buffer },
  };
}

export const headerLength = (start: Buffer): number => magic.length + 1 + (start[magic.length] === 1 ? 28 : 0);

/** Opens the header; null cipher when the file is in clear. Throws words for the person when it is no backup or the passphrase is missing. */
export function opening(start: Buffer, tag: Buffer, passphrase: string | undefined): { cipher: Transform | null } {
  if (!start.subarray(0, magic.length).equals(magic))
    throw new Error('Ce fichier n’est pas une sauvegarde d’Estran. Rien n’a été modifié.');
  if (start[magic.length] === 0) return { cipher: null };
  if (passphrase === undefined)
    throw new Error('Cette sauvegarde est chiffrée : donnez sa phrase avec --passphrase-file. Rien n’a été modifié.');
  const salt = start.subarray(9, 25);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(passphrase, salt), start.subarray(25, 37));
  decipher.setAuthTag(tag);
  return { cipher: decipher };
}
