import { hash, verify } from '@node-rs/argon2';
import { invalid } from '../../platform/index.ts';

/** argon2id, 19 MiB, two passes: the library's default algorithm and OWASP's parameters. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let dummy: Promise<string> | undefined;
/** Same work whether or not there is an account: the time of the answer says nothing. */
export async function verifyPassword(hashed: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password');
  const right = await verify(hashed ?? (await dummy), password).catch(() => false);
  return right && Boolean(hashed);
}

/** Length is what counts (CNIL, 2022: 12 characters with a second factor are more than asked). */
export function checkPassword(password: string, login: string): void {
  const refuse = (words: string) =>
    invalid(`Ce mot de passe n’est pas accepté : ${words}. Rien n’a été modifié.`, { password: words });
  if (password.length < 12) throw refuse('12 caractères au moins ; une phrase convient bien');
  if (new Set(password).size < 5) throw refuse('il répète trop les mêmes caractères');
  const name = login.split('@')[0]!;
  if (name.length >= 4 && password.toLowerCase().includes(name)) throw refuse('il contient votre adresse');
  if (/^(0123456789|1234567890|azertyuiop|qwertyuiop|motdepasse|password)/i.test(password))
    throw refuse('il est trop connu');
}
