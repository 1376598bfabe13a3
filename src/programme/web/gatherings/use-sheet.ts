import { useCallback, useEffect, useRef, useState } from 'react';
import { Refusal, signals } from '../../../web/api.ts';
import type { SheetField } from './words.ts';

export interface FieldState {
  /** What is typed and not yet on the server, over which version of the field. */
  pending?: { value: unknown; seen: number };
  saving?: boolean;
  /** Someone else wrote in it: both are on screen. */
  theirs?: SheetField;
  error?: string;
}
// Under the drafts' prefix: at sign-out nothing typed stays on a shared computer.
const shadowKey = (id: string) => `estran-draft:programme-sheet:${id}`;
const readShadow = (id: string): Record<string, FieldState> => {
  try {
    return JSON.parse(sessionStorage.getItem(shadowKey(id)) ?? '{}');
  } catch {
    return {};
  }
};

/**
 * Fields of a document that is being written, each saved on its own a moment after the last key, in order; what could not leave stays in the tab and goes when the network is back. When someone else wrote
 * in the same field, both versions are shown and the person chooses.
 * @param id of the document; @param stored its fields as last read; @param put saves one; @param saved what is read again after
 */
export function useSheet(
  id: string,
  stored: Readonly<Record<string, SheetField>>,
  put: (field: string, body: { seen: number; value: unknown }) => Promise<SheetField>,
  saved: () => void,
) {
  const [fields, setFields] = useState<Record<string, FieldState>>(() => readShadow(id));
  const [fresh, setFresh] = useState<Record<string, SheetField>>({});
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const chains = useRef(new Map<string, Promise<unknown>>());
  const latest = useRef(fields);
  /** Version of what stands, by field: what is known from the screen comes a moment later, and would be at odds with itself. */
  const standing = useRef(new Map<string, number>());
  const calls = useRef({ put, saved });
  calls.current = { put, saved };
  const newest = (field: string): SheetField | undefined =>
    (fresh[field]?.version ?? -1) > (stored[field]?.version ?? -1) ? fresh[field] : stored[field];
  const known = useRef(newest);
  known.current = newest;

  const patch = useCallback(
    (field: string, change: Partial<FieldState>) => {
      const next = { ...latest.current, [field]: { ...latest.current[field], ...change } };
      latest.current = next;
      const kept = Object.fromEntries(
        Object.entries(next).flatMap(([name, { pending }]) => (pending ? [[name, { pending }]] : [])),
      );
      if (Object.keys(kept).length) sessionStorage.setItem(shadowKey(id), JSON.stringify(kept));
      else sessionStorage.removeItem(shadowKey(id));
      setFields(next);
    },
    [id],
  );
  const send = useCallback(
    (field: string, seen?: number): Promise<void> => {
      clearTimeout(timers.current.get(field));
      const run = async () => {
        const pending = latest.current[field]?.pending;
        if (!pending) return;
        patch(field, { saving: true, error: undefined, theirs: undefined });
        try {
          const done = await calls.current.put(field, { value: pending.value, seen: seen ?? pending.seen });
          standing.current.set(field, done.version);
          setFresh((before) => ({ ...before, [field]: done }));
          const now = latest.current[field]?.pending;
          patch(field, { saving: false, pending: now && now !== pending ? { ...now, seen: done.version } : undefined });
          calls.current.saved();
        } catch (error) {
          const refusal = error instanceof Refusal ? error : null;
          if (refusal?.status === 409 && refusal.extra.theirs)
            patch(field, { saving: false, theirs: refusal.extra.theirs as SheetField });
          else patch(field, { saving: false, error: refusal?.message ?? 'Non enregistré.' });
        }
      };
      const chain = (chains.current.get(field) ?? Promise.resolve()).then(run);
      chains.current.set(field, chain);
      return chain as Promise<void>;
    },
    [patch],
  );
  const change = useCallback(
    (field: string, value: unknown, at: 'once' | 'later' = 'later') => {
      const seen =
        latest.current[field]?.pending?.seen ??
        Math.max(known.current(field)?.version ?? 0, standing.current.get(field) ?? 0);
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
  const keepMine = (field: string) => void send(field, latest.current[field]?.theirs?.version);
  const takeTheirs = (field: string) => {
    const theirs = latest.current[field]?.theirs;
    if (theirs) {
      standing.current.set(field, theirs.version);
      setFresh((before) => ({ ...before, [field]: theirs }));
    }
    patch(field, { pending: undefined, theirs: undefined, error: undefined });
    calls.current.saved();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once: what was typed before goes now
  useEffect(() => {
    if (Object.values(latest.current).some(({ pending }) => pending)) void flush();
  }, []);
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
    change,
    send,
    flush,
    keepMine,
    takeTheirs,
    state: (field: string): FieldState => fields[field] ?? {},
    stored: newest,
    /** What is on screen: what is typed, else what stands. */
    value: <T>(field: string): T => (fields[field]?.pending ? fields[field].pending.value : newest(field)?.value) as T,
    /** Is there something that has not left, or two versions of a field? */
    held: () => Object.values(latest.current).some(({ pending, theirs }) => pending || theirs),
  };
}
export type SheetForm = ReturnType<typeof useSheet>;
