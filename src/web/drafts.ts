import { useCallback, useEffect, useRef, useState } from 'react';
import { Refusal, signals } from './api.ts';
import { allUnsent, dropUnsent, keepUnsentOf, putUnsent, readUnsent } from './unsent.ts';

export interface DraftInfo {
  patient?: string | null;
  form: string;
  label: string;
}
/** Where drafts are kept on the server: encrypted there, one set for each person (SEC-12). Set by pages.tsx. */
export interface DraftStore {
  get: (key: string) => Promise<Record<string, unknown> | null>;
  /** `leaving`: the page may be gone before the answer. */
  keep: (key: string, info: DraftInfo, data: Record<string, unknown>, leaving: boolean) => Promise<unknown>;
  drop: (key: string) => Promise<unknown>;
}
let store: DraftStore | null = null;
export const keepDraftsIn = (kept: DraftStore) => {
  store = kept;
};

export type DraftState = 'none' | 'restored' | 'typing' | 'kept' | 'here-only';

/** What is typed in a form; what was seen when it was begun goes with it, so that taking it up later overwrites nobody in silence (SEC-11). */
interface Typed {
  info: DraftInfo;
  values: Record<string, unknown>;
  /** The version of what is corrected. */
  seen?: number;
  /** The address of the form. */
  place: string;
}
const dataOf = ({ values, seen, place }: Typed): Record<string, unknown> => ({ ...values, $seen: seen, $place: place });
/** The address where a draft is taken up again. */
export const placeOf = (data: Record<string, unknown>): string | undefined =>
  typeof data.$place === 'string' && /^\/(?!\/)/.test(data.$place) ? data.$place : undefined;

/** As the forms of this page hold them, those that were closed too. */
const typed = new Map<string, Typed>();
const waiting = new Map<string, ReturnType<typeof setTimeout>>();
const told = new Map<string, (state: DraftState) => void>();
const pause = 900;
let behind = false;
/** The session is lost: nothing is sent anew before another is open, or each refusal would ask for the next. */
let shut = false;
const isShut = (error: unknown): boolean => error instanceof Refusal && error.status === 401;

// What concerns one draft goes to the server in the order in which it was done.
const turns = new Map<string, Promise<unknown>>();
function inTurn(key: string, act: () => Promise<unknown>): Promise<unknown> {
  const next = (turns.get(key) ?? Promise.resolve()).then(act, act);
  turns.set(key, next);
  return next;
}

const send = (key: string, leaving = false): Promise<unknown> => {
  clearTimeout(waiting.get(key));
  waiting.delete(key);
  return inTurn(key, async () => {
    const one = typed.get(key);
    if (!one || !store) return;
    const data = dataOf(one);
    try {
      await store.keep(key, one.info, data, leaving);
      if (typed.get(key) === one) told.get(key)?.('kept');
      await dropUnsent(key, data);
    } catch (error) {
      behind = true;
      shut ||= isShut(error);
      if (typed.get(key) === one) told.get(key)?.('here-only');
    }
  });
};
/** Gives a draft up, here and on the server; without a network, as soon as it is back. */
export const forgetDraft = (key: string, info: DraftInfo): Promise<unknown> => {
  clearTimeout(waiting.get(key));
  waiting.delete(key);
  typed.delete(key);
  void dropUnsent(key);
  return inTurn(key, async () => {
    await store?.drop(key).catch((error: unknown) => {
      behind = true;
      shut ||= isShut(error);
      return putUnsent({ key, info, data: null });
    });
  });
};

/** Sends at once what waits for a pause. */
export const sendDrafts = (leaving = false): Promise<unknown> =>
  Promise.all([...waiting.keys()].map((key) => send(key, leaving)));

let catchingUp = false;
/** What could not be sent is sent now: the network is back, the session is open again, or the person has come back to this device. */
async function catchUp(): Promise<void> {
  if (catchingUp) return;
  catchingUp = true;
  behind = false;
  for (const { key, info } of await allUnsent()) {
    await inTurn(key, async () => {
      const one = waiting.has(key) ? null : await readUnsent(key);
      if (!one || !store) return;
      const { data } = one;
      await (data ? store.keep(key, info, data, false) : store.drop(key)).then(
        async () => {
          await dropUnsent(key, data);
          const now = typed.get(key);
          if (now && JSON.stringify(dataOf(now)) === JSON.stringify(data)) told.get(key)?.('kept');
        },
        // Refused for good: it stays here, and in its form.
        (error: unknown) => {
          shut ||= isShut(error);
          behind ||= shut || (error instanceof Refusal && (error.status === 0 || error.status >= 500));
        },
      );
    });
  }
  catchingUp = false;
}
signals.listen((signal) => {
  if (signal === 'opened') shut = false;
  if ((signal === 'online' || signal === 'opened') && behind && !shut) void catchUp();
});
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void sendDrafts(true));
addEventListener('pagehide', () => void sendDrafts(true));

/** From now on what is typed is this person's: what this device could not send for them goes out. */
export function keepDraftsOf(account: string, key: string): void {
  keepUnsentOf(account, key);
  shut = false;
  void catchUp();
}
/** Nothing typed stays in this page; what the server does not have stays on the device, sealed for its author. */
export function forgetTyped() {
  for (const timer of waiting.values()) clearTimeout(timer);
  waiting.clear();
  typed.clear();
  keepUnsentOf(undefined);
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('estran-draft:')) sessionStorage.removeItem(key);
}

const valuesOf = ({ $seen: _seen, $place: _place, ...values }: Record<string, unknown>): Record<string, unknown> =>
  values;

/**
 * The values of a form, kept while one types: at once on this device, a second later on the server.
 * `state` says where they are; `clear` after the act, or to give up.
 * @param version of what is corrected, as the form was opened; `seen` is the one from which what is typed began.
 */
export function useDraft<T extends object>(key: string, info: DraftInfo, initial: T, version?: number) {
  const [values, setValues] = useState<T>(() => ({
    ...initial,
    ...(typed.get(key)?.values as Partial<T> | undefined),
  }));
  const [state, setState] = useState<DraftState>(() => (typed.has(key) ? 'restored' : 'none'));
  const [begun, setBegun] = useState(() => typed.get(key)?.seen);
  const [earlier, setEarlier] = useState<Record<string, unknown> | null>(null);
  const touched = useRef(false);
  const about = useRef({ info, version, begun, initial });
  about.current = { info, version, begun, initial };

  const takeUp = (data: Record<string, unknown>) => {
    setValues((now) => ({ ...now, ...(valuesOf(data) as Partial<T>) }));
    if (typeof data.$seen === 'number') setBegun(data.$seen);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each draft
  useEffect(() => {
    let gone = false;
    told.set(key, setState);
    const find = async () => {
      const here = await readUnsent(key);
      const data = here ? here.data : await store?.get(key).catch(() => null);
      if (gone || !data) return;
      // On a slow network one may have begun again: what was there before is offered, neither forgotten nor put over what is typed.
      if (touched.current) return setEarlier(data);
      takeUp(data);
      setState('restored');
    };
    if (!typed.has(key)) void find();
    return () => {
      gone = true;
      if (told.get(key) === setState) told.delete(key);
    };
  }, [key]);

  const set = useCallback(
    (patch: Partial<T>) => {
      touched.current = true;
      const { info: now, version: opened, begun: from } = about.current;
      const seen = from ?? opened;
      setBegun(seen);
      setState('typing');
      setValues((before) => {
        const next = { ...before, ...patch };
        const one: Typed = {
          info: now,
          values: next as Record<string, unknown>,
          place: location.pathname + location.search,
          ...(seen !== undefined && { seen }),
        };
        typed.set(key, one);
        void putUnsent({ key, info: now, data: dataOf(one) });
        clearTimeout(waiting.get(key));
        waiting.set(
          key,
          setTimeout(() => void send(key), pause),
        );
        return next;
      });
    },
    [key],
  );

  const clear = useCallback(() => {
    touched.current = false;
    void forgetDraft(key, about.current.info);
    setBegun(undefined);
    setEarlier(null);
    setValues(about.current.initial);
    setState('none');
  }, [key]);

  const takeEarlier = () => {
    if (!earlier) return;
    setEarlier(null);
    if (typeof earlier.$seen === 'number') about.current.begun = earlier.$seen;
    set(valuesOf(earlier) as Partial<T>);
  };

  return { values, set, clear, state, seen: begun ?? version, takeEarlier: earlier && takeEarlier };
}

export const draftWords: Record<DraftState, string> = {
  none: '',
  restored: 'Brouillon retrouvé',
  typing: 'Brouillon…',
  kept: 'Brouillon conservé',
  'here-only': 'Conservé sur ce poste',
};
