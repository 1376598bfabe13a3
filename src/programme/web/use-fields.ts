import { useCallback, useEffect, useRef, useState } from 'react';
import { Refusal, signals } from '../../web/api.ts';

export interface FieldState<V, S> {
  /** What is typed and not yet on the server, over which version of the field: what a colleague writes meanwhile is not written over unseen. */
  pending?: { value: V; seen: number };
  saving?: boolean;
  /** Someone else wrote in it: both are on screen. */
  theirs?: S;
  error?: string;
}
type States<V, S> = Record<string, FieldState<V, S>>;

const readShadow = <V, S>(name: string): States<V, S> => {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}');
  } catch {
    return {};
  }
};
function keepShadow<V, S>(name: string, states: States<V, S>): void {
  const kept = Object.fromEntries(
    Object.entries(states).flatMap(([field, { pending }]) => (pending ? [[field, { pending }]] : [])),
  );
  if (Object.keys(kept).length) sessionStorage.setItem(name, JSON.stringify(kept));
  else sessionStorage.removeItem(name);
}

interface Source<V, S> {
  /** What was typed is kept in the tab under this name. */
  shadow: string;
  /** The fields were read: what was typed before goes now. */
  ready: boolean;
  /** A field as it was last read. */
  known: (field: string) => S | undefined;
  /** Saves one; refused with 409 and `theirs` when someone else wrote in it. */
  put: (field: string, body: { value: V; seen: number }) => Promise<S>;
  /** The server holds this now. */
  stands: (field: string, stored: S) => void;
  /** Something changed on the server: what is read again after. */
  again: () => void;
  /** Words of a refusal, when it has better ones for this field. */
  fault?: (refusal: Refusal, field: string) => string | undefined;
}

/**
 * Fields that save each on its own a moment after the last key, in order; what could not leave stays in the tab and goes when the network is back. When someone else wrote in the
 * same field, both versions are shown and the person chooses.
 */
export function useFields<V, S extends { version: number }>(given: Source<V, S>) {
  const { shadow, ready } = given;
  const [fields, setFields] = useState(() => readShadow<V, S>(shadow));
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const chains = useRef(new Map<string, Promise<void>>());
  const latest = useRef(fields);
  /** Version of what stands, by field: what is known from the screen comes a moment later, and would be at odds with itself. */
  const standing = useRef(new Map<string, number>());
  const source = useRef(given);
  source.current = given;

  // The ref is what is true now; the state is what is on screen, a moment later.
  const patch = useCallback(
    (field: string, change: Partial<FieldState<V, S>>) => {
      const next = { ...latest.current, [field]: { ...latest.current[field], ...change } };
      latest.current = next;
      keepShadow(shadow, next);
      setFields(next);
    },
    [shadow],
  );
  const send = useCallback(
    (field: string, seen?: number): Promise<void> => {
      clearTimeout(timers.current.get(field));
      const run = async () => {
        const pending = latest.current[field]?.pending;
        if (!pending) return;
        patch(field, { saving: true, error: undefined, theirs: undefined });
        const { put, stands, again, fault } = source.current;
        try {
          const saved = await put(field, { value: pending.value, seen: seen ?? pending.seen });
          standing.current.set(field, saved.version);
          stands(field, saved);
          const now = latest.current[field]?.pending;
          patch(field, {
            saving: false,
            pending: now && now !== pending ? { ...now, seen: saved.version } : undefined,
          });
          again();
        } catch (error) {
          const refusal = error instanceof Refusal ? error : null;
          if (refusal?.status === 409 && refusal.extra.theirs)
            patch(field, { saving: false, theirs: refusal.extra.theirs as S });
          else
            patch(field, {
              saving: false,
              error: (refusal && (fault?.(refusal, field) ?? refusal.message)) ?? 'Non enregistré.',
            });
        }
      };
      const chain = (chains.current.get(field) ?? Promise.resolve()).then(run);
      chains.current.set(field, chain);
      return chain;
    },
    [patch],
  );
  const change = useCallback(
    (field: string, value: V, at: 'once' | 'later' = 'later') => {
      const seen =
        latest.current[field]?.pending?.seen ??
        Math.max(source.current.known(field)?.version ?? 0, standing.current.get(field) ?? 0);
      patch(field, { pending: { value, seen }, error: undefined });
      clearTimeout(timers.current.get(field));
      if (at === 'once') void send(field);
      else
        timers.current.set(
          field,
          setTimeout(() => void send(field), 900),
        );
    },
    [patch, send],
  );
  /** Sends what still waits; resolves when it left or was refused. */
  const flush = useCallback(
    () =>
      Promise.all(
        Object.entries(latest.current).flatMap(([field, { pending, theirs }]) =>
          pending && !theirs ? [send(field)] : [],
        ),
      ),
    [send],
  );
  const keepMine = useCallback((field: string) => void send(field, latest.current[field]?.theirs?.version), [send]);
  const takeTheirs = useCallback(
    (field: string) => {
      const theirs = latest.current[field]?.theirs;
      if (theirs) {
        standing.current.set(field, theirs.version);
        source.current.stands(field, theirs);
      }
      patch(field, { pending: undefined, theirs: undefined, error: undefined });
      source.current.again();
    },
    [patch],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the fields are there: what was typed before goes now
  useEffect(() => {
    if (ready && Object.values(latest.current).some(({ pending }) => pending)) void flush();
  }, [ready]);
  useEffect(
    () =>
      signals.listen(
        (signal) =>
          signal === 'online' &&
          Object.values(latest.current).some(({ pending, error }) => pending && error) &&
          void flush(),
      ),
    [flush],
  );
  return {
    fields,
    change,
    send,
    flush,
    keepMine,
    takeTheirs,
    /** As of now, which is a moment before what is on screen. */
    some: (is: (state: FieldState<V, S>) => unknown): boolean => Object.values(latest.current).some(is),
  };
}
