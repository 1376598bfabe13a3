import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, queries, reading, Refusal, signals } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { type AnswerValue, programmeContract } from '../../contract.ts';
import type { Application } from '../words.ts';

type Answer = Application['answers'][string];
export interface FieldState {
  /** What is typed and not yet on the server, over which version of the field: what a colleague writes meanwhile is not written over unseen. */
  pending?: { value: AnswerValue; seen: number };
  saving?: boolean;
  /** Someone else wrote in it: both are on screen. */
  theirs?: Answer;
  error?: string;
}
// Under the drafts' prefix: at sign-out nothing typed stays on a shared computer.
const shadowKey = (id: string) => `estran-draft:programme:${id}`;
const readShadow = (id: string): Record<string, FieldState> => {
  try {
    return JSON.parse(sessionStorage.getItem(shadowKey(id)) ?? '{}');
  } catch {
    return {};
  }
};

/**
 * The file and its fields. Each field saves on its own a moment after the last key, in order; what could not leave stays in the tab and goes when the network is back. When
 * someone else wrote in the same field, both versions are shown and the person chooses.
 */
export function useFile(id: string) {
  const read = reading(programmeContract.application, { params: { application: id } });
  const query = useQuery(read);
  const [fields, setFields] = useState<Record<string, FieldState>>(() => readShadow(id));
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const chains = useRef(new Map<string, Promise<unknown>>());
  const latest = useRef(fields);
  const refresh = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The ref is what is true now; the state is what is on screen, a moment later.
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
  const known = useCallback(() => queries.getQueryData<Application>(read.queryKey), [read.queryKey]);
  const again = useCallback(() => {
    clearTimeout(refresh.current);
    refresh.current = setTimeout(
      () => void queries.invalidateQueries({ queryKey: [programmeContract.application.path] }),
      150,
    );
  }, []);

  const send = useCallback(
    (field: string, seen?: number): Promise<void> => {
      clearTimeout(timers.current.get(field));
      const run = async () => {
        const pending = latest.current[field]?.pending;
        if (!pending) return;
        patch(field, { saving: true, error: undefined, theirs: undefined });
        try {
          const saved = await call(programmeContract.answerField, {
            params: { application: id, field },
            body: { value: pending.value as never, seen: seen ?? pending.seen },
          });
          queries.setQueryData<Application>(
            read.queryKey,
            (before) => before && { ...before, answers: { ...before.answers, [field]: saved } },
          );
          const now = latest.current[field]?.pending;
          patch(field, {
            saving: false,
            pending: now && now !== pending ? { ...now, seen: saved.version } : undefined,
          });
          again();
        } catch (error) {
          const refusal = error instanceof Refusal ? error : null;
          if (refusal?.status === 409 && refusal.extra.theirs)
            patch(field, { saving: false, theirs: refusal.extra.theirs as Answer });
          else patch(field, { saving: false, error: refusal?.fields[field] ?? refusal?.message ?? 'Non enregistré.' });
        }
      };
      const chain = (chains.current.get(field) ?? Promise.resolve()).then(run);
      chains.current.set(field, chain);
      return chain;
    },
    [id, patch, again, read.queryKey],
  );
  const change = useCallback(
    (field: string, value: AnswerValue, at: 'once' | 'later' = 'later') => {
      patch(field, {
        pending: { value, seen: latest.current[field]?.pending?.seen ?? known()?.answers[field]?.version ?? 0 },
        error: undefined,
      });
      clearTimeout(timers.current.get(field));
      if (at === 'once') void send(field);
      else
        timers.current.set(
          field,
          setTimeout(() => void send(field), 900),
        );
    },
    [patch, send, known],
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
      if (theirs)
        queries.setQueryData<Application>(
          read.queryKey,
          (before) => before && { ...before, answers: { ...before.answers, [field]: theirs } },
        );
      patch(field, { pending: undefined, theirs: undefined, error: undefined });
      again();
    },
    [patch, again, read.queryKey],
  );

  useLive(['application'], (hint) => (hint.topic === 'reopened' || hint.application === id) && again());
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the file is there: what was typed before goes now
  useEffect(() => {
    if (query.data && Object.values(latest.current).some(({ pending }) => pending)) void flush();
  }, [query.data === undefined]);
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
    query,
    fields,
    change,
    send,
    flush,
    keepMine,
    takeTheirs,
    again,
    /** Is there a field with two versions, as of now? */
    divided: () => Object.values(latest.current).some(({ theirs }) => theirs),
  };
}
export type OwnFile = ReturnType<typeof useFile>;
