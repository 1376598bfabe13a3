import { useSyncExternalStore } from 'react';
import { Refusal, upload } from '../../../web/api.ts';
import { type Conversation, coordinationContract } from '../../contract.ts';
import { keep } from './use-messages.ts';

export interface Mention {
  /** Practitioner id, or profession when `profession`. */
  id: string;
  name: string;
  profession?: boolean;
}
export interface Outgoing {
  /** Chosen once: sent again, it is the same message. */
  key: string;
  thread: string;
  text: string;
  urgent: boolean;
  mentions: Mention[];
  files: File[];
  at: string;
  letIn: boolean;
  standIns: boolean;
  state: 'sending' | 'failed';
  share: number | null;
  refusal: Refusal | null;
}
let outgoing: readonly Outgoing[] = restored();
const listeners = new Set<() => void>();

// Beside the drafts, and forgotten with them at sign-out: what was not acknowledged survives a reload of the tab (files do not).
const shadow = 'estran-draft:message-outgoing';
function restored(): Outgoing[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem('estran-draft:message-outgoing') ?? '[]') as Outgoing[];
    return kept.map((one) => ({ ...one, files: [], state: 'failed', share: null, refusal: null }));
  } catch {
    return [];
  }
}
function set(next: readonly Outgoing[]) {
  outgoing = next;
  try {
    if (next.length)
      sessionStorage.setItem(shadow, JSON.stringify(next.map(({ files: _, refusal: __, ...one }) => one)));
    else sessionStorage.removeItem(shadow);
  } catch {}
  for (const listener of listeners) listener();
}
const change = (key: string, patch: Partial<Outgoing>) =>
  set(outgoing.map((one) => (one.key === key ? { ...one, ...patch } : one)));

/** A message in a form: its JSON, and its files beside. */
export function formOf(message: object, files: readonly File[]): FormData {
  const form = new FormData();
  form.set('message', JSON.stringify(message));
  for (const file of files) form.append('file', file, file.name);
  return form;
}
const mentioned = (mentions: readonly Mention[]) => ({
  people: mentions.filter((one) => !one.profession).map((one) => one.id),
  professions: mentions.filter((one) => one.profession).map((one) => one.id),
});

async function go(one: Outgoing) {
  const { key, text, urgent, letIn, standIns, mentions, files, thread } = one;
  try {
    const conversation: Conversation = await upload(
      coordinationContract.reply,
      { id: thread },
      formOf({ key, text, urgent, letIn, standIns, mentions: mentioned(mentions) }, files),
      (share) => files.length > 0 && change(key, { share }),
    );
    keep(conversation);
    set(outgoing.filter((other) => other.key !== key));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(0, 'Non envoyé', 'Le message n’est pas parti.');
    change(key, {
      state: 'failed',
      share: null,
      refusal:
        refusal.status === 0
          ? new Refusal(0, 'Réseau coupé', 'Pas encore envoyé : le réseau est coupé. Rien n’est perdu, réessayez.')
          : refusal,
    });
  }
}
export const outbox = {
  send(message: Omit<Outgoing, 'key' | 'at' | 'state' | 'share' | 'refusal'>) {
    const one: Outgoing = {
      ...message,
      key: crypto.randomUUID(),
      at: new Date().toISOString(),
      state: 'sending',
      share: null,
      refusal: null,
    };
    set([...outgoing, one]);
    void go(one);
  },
  again(key: string, patch: Partial<Outgoing> = {}) {
    const one = outgoing.find((other) => other.key === key);
    if (!one) return;
    change(key, { ...patch, state: 'sending', refusal: null });
    void go({ ...one, ...patch });
  },
  /** Gives the message back to be written anew. */
  take(key: string): Outgoing | undefined {
    const one = outgoing.find((other) => other.key === key);
    set(outgoing.filter((other) => other.key !== key));
    return one;
  },
};
/** What left this browser for a conversation and is not acknowledged yet. */
export function useOutgoing(thread: string): readonly Outgoing[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => outgoing,
  );
  return all.filter((one) => one.thread === thread);
}
