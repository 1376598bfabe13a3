import { useCallback, useState } from 'react';

/** What is typed in a form, kept in this tab until it is sent: a panel that was closed by mistake opens again with it. Under the drafts' prefix, which goes at sign-out (web/drafts.ts). */
export function useKept<T extends object>(
  key: string,
  initial: T,
): { values: T; set: (patch: Partial<T>) => void; drop: () => void; kept: boolean } {
  const at = `estran-draft:parcours:${key}`;
  const [state, setState] = useState<{ values: T; kept: boolean }>(() => {
    try {
      const left = JSON.parse(sessionStorage.getItem(at) ?? 'null') as Partial<T> | null;
      return { values: { ...initial, ...left }, kept: left !== null };
    } catch {
      return { values: initial, kept: false };
    }
  });
  const set = useCallback(
    (patch: Partial<T>) =>
      setState((now) => {
        const values = { ...now.values, ...patch };
        try {
          sessionStorage.setItem(at, JSON.stringify(values));
        } catch {}
        return { ...now, values };
      }),
    [at],
  );
  const drop = useCallback(() => {
    sessionStorage.removeItem(at);
    setState((now) => ({ ...now, kept: false }));
  }, [at]);
  return { ...state, set, drop };
}
