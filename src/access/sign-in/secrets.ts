import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../platform/index.ts';

/** 32 random bytes as URL text. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');
/** For what is already random: passwords go through argon2. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
export const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** Seals small secrets at rest (AES-256-GCM). `context` is bound to the sealed text: a secret moved to another account does not open. */
export interface Vault {
  seal(clear: string, context: string): string;
  open(sealed: string, context: string): string;
  /** 32 bytes of this context alone, always the same, from which nothing of the server's key is learnt. */
  keyFor(context: string): Buffer;
}

export function vaultOf(key: Buffer): Vault {
  return {
    seal(clear, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
    },
    keyFor: (context) => createHmac('sha256', key).update(context).digest(),
  };
}

/** The server's key, `keys/secrets.key` of the data folder, made at the first start. A backup without it loses one-time code secrets. */
export async function serverKey(folder: string): Promise<Buffer> {
  if (folder.startsWith('memory:')) return randomBytes(32);
  const file = join(folder, 'keys', 'secrets.key');
  try {
    return Buffer.from(await readFile(file, 'utf8'), 'base64');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await makeFolder(join(folder, 'keys'), 0o700);
  // Two processes may start together: the file is made once, and both then read it.
  await writeFile(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return Buffer.from(await readFile(file, 'utf8'), 'base64');
}
