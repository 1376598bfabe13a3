import { useCallback, useEffect, useRef, useState } from 'react';

export interface DraftInfo {
  patient?: string | null;
  form: string;
  label: string;
}
/** Where drafts are kept on the server: encrypted there, one set for each person (SEC-12). Set by pages.tsx. */
export interface DraftStore {
  get: (key: string) => Promise<Record<string, unknown> | null>;
  keep: (key: string, info: DraftInfo, data: Record<string, unknown>) => Promise<unknown>;
  drop: (key: string) => Promise<unknown>;
}
let store: DraftStore | null = null;
export const keepDraftsIn = (kept: DraftStore) => {
  store = kept;
};

const shadowPrefix = 'estran-draft:';
const shadow = {
  read(key: string): Record<string, unknown> | null {
    try {
      return JSON.parse(sessionStorage.getItem(shadowPrefix + key) ?? 'null');
    } catch {
      return null;
    }
  },
  write(key: string, data: Record<string, unknown> | null) {
    try {
      if (data) sessionStorage.setItem(shadowPrefix + key, JSON.stringify(data));
      else sessionStorage.removeItem(shadowPrefix + key);
    } catch {}
  },
};
/** At sign-out nothing typed stays on a shared computer; the server still has it. */
export function forgetShadows() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(shadowPrefix)) sessionStorage.removeItem(key);
}

export type DraftState = 'none' | 'restored' | 'typing' | 'kept' | 'here-only';

/**
 * The values of a form, kept while one types: at once in this tab, a second later on the server.
 * `state` says where they are; `clear` after the act, or to give up.
 */
export function useDraft<T extends object>(key: string, info: DraftInfo, initial: T) {
  const [values, setValues] = useState<T>(() => ({ ...initial, ...(shadow.read(key) as Partial<T> | null) }));
  const [state, setState] = useState<DraftState>(() => (shadow.read(key) ? 'restored' : 'none'));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const touched = useRef(false);
  const cleared = useRef(false);
  const about = useRef(info);
  about.current = info;

  useEffect(() => {
    cleared.current = false;
    let gone = false;
    if (!shadow.read(key))
      void store?.get(key).then(
        (data) => {
          if (gone || touched.current || !data) return;
          setValues((now) => ({ ...now, ...(data as Partial<T>) }));
          setState('restored');
        },
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [key]);

  const keep = useCallback(
    (data: T) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        if (cleared.current) return;
        void store?.keep(key, about.current, data as Record<string, unknown>).then(
          () => !cleared.current && setState('kept'),
          () => setState('here-only'),
        );
      }, 900);
    },
    [key],
  );

  const set = useCallback(
    (patch: Partial<T>) => {
      touched.current = true;
      cleared.current = false;
      setState('typing');
      setValues((now) => {
        const next = { ...now, ...patch };
        shadow.write(key, next as Record<string, unknown>);
        keep(next);
        return next;
      });
    },
    [key, keep],
  );

  const clear = useCallback(() => {
    cleared.current = true;
    touched.current = false;
    clearTimeout(timer.current);
    shadow.write(key, null);
    setValues(initial);
    setState('none');
    void store?.drop(key).catch(() => undefined);
  }, [key]);

  return { values, set, clear, state };
}

export const draftWords: Record<DraftState, string> = {
  none: '',
  restored: 'Brouillon retrouvé',
  typing: 'Brouillon…',
  kept: 'Brouillon conservé',
  'here-only': 'Conservé sur ce poste, réseau coupé',
};
