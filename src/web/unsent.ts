import type { DraftInfo } from './drafts.ts';

/**
 * What one typed and the server does not have yet, kept on this device (SEC-12, docs/adr/0044): a tab that closes without a network loses
 * nothing. It is sealed under a key that the server gives with an open session and that is never stored: on a shared computer nobody else reads it.
 */
export interface Unsent {
  key: string;
  info: DraftInfo;
  /** null: a draft to forget, which the server could not be told yet. */
  data: Record<string, unknown> | null;
}

const prefix = 'estran-unsent:';
interface Owner {
  account: string;
  key: CryptoKey;
}
let owner: Promise<Owner> | undefined;
// Browsers seal on secure addresses alone (https, or this very machine). Elsewhere drafts stay in the memory of the page and on the server.
const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;

/** Whose drafts are kept from now on; nobody's without a session. */
export function keepUnsentOf(account: string | undefined, key = ''): void {
  owner =
    account && subtle
      ? subtle
          .importKey(
            'raw',
            Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0)),
            'AES-GCM',
            false,
            ['encrypt', 'decrypt'],
          )
          .then((imported) => ({ account, key: imported }))
      : undefined;
}

const text = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytes = (words: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
/** The name says neither the form nor the patient. */
const nameOf = async ({ account }: Owner, key: string): Promise<string> =>
  `${prefix}${account}:${text(new Uint8Array(await subtle!.digest('SHA-256', new TextEncoder().encode(key)))).slice(0, 22)}`;
async function open({ key }: Owner, sealed: string | null): Promise<Unsent | null> {
  if (!sealed) return null;
  try {
    const all = bytes(sealed);
    return JSON.parse(
      new TextDecoder().decode(
        await subtle!.decrypt({ name: 'AES-GCM', iv: all.subarray(0, 12) }, key, all.subarray(12)),
      ),
    ) as Unsent;
  } catch {
    return null;
  }
}

// One after another: what was typed last is what stays.
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(act: (mine: Owner) => Promise<T>, otherwise: T): Promise<T> {
  const mine = owner;
  if (!mine) return Promise.resolve(otherwise);
  const next = turn.then(async () => act(await mine)).catch(() => otherwise);
  turn = next;
  return next;
}

export const putUnsent = (one: Unsent): Promise<void> =>
  inTurn(async (mine) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(
      await subtle!.encrypt({ name: 'AES-GCM', iv }, mine.key, new TextEncoder().encode(JSON.stringify(one))),
    );
    localStorage.setItem(await nameOf(mine, one.key), text(new Uint8Array([...iv, ...sealed])));
  }, undefined);

export const readUnsent = (key: string): Promise<Unsent | null> =>
  inTurn(async (mine) => open(mine, localStorage.getItem(await nameOf(mine, key))), null);

/** The server has it, or it is given up. `sent`: only if nothing was typed since. */
export const dropUnsent = (key: string, sent?: Record<string, unknown> | null): Promise<void> =>
  inTurn(async (mine) => {
    const name = await nameOf(mine, key);
    if (
      sent !== undefined &&
      JSON.stringify((await open(mine, localStorage.getItem(name)))?.data) !== JSON.stringify(sent)
    )
      return;
    localStorage.removeItem(name);
  }, undefined);

export const allUnsent = (): Promise<Unsent[]> =>
  inTurn(async (mine) => {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`${prefix}${mine.account}:`));
    return (await Promise.all(names.map((name) => open(mine, localStorage.getItem(name))))).filter(
      (one) => one !== null,
    );
  }, []);
