import { useCallback, useEffect, useRef, useState } from 'react';
import { call, Refusal, signals } from '../../../web/api.ts';
import { programmeContract } from '../../contract.ts';
import type { NeedAnswer } from './words.ts';

export interface Answering {
  value?: NeedAnswer;
  saving?: boolean;
  saved?: string;
  error?: string;
}
/**
 * What one person answers, by their link: each answer leaves on its own a moment after the last key, in order. What could not leave stays in this tab and goes when the network is back.
 * @param gone told when the questionnaire no longer takes answers
 */
export function useAnswers(token: string, gone: () => void) {
  const key = `estran-draft:questionnaire:${token.slice(0, 24)}`;
  const [fields, setFields] = useState<Record<string, Answering>>(() => {
    try {
      return Object.fromEntries(
        Object.entries(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, NeedAnswer>).map(
          ([id, value]) => [id, { value, error: 'Pas encore enregistrée.' }],
        ),
      );
    } catch {
      return {};
    }
  });
  const latest = useRef(fields);
  const waiting = useRef(
    new Map<string, NeedAnswer>(Object.entries(fields).map(([id, { value }]) => [id, value as NeedAnswer])),
  );
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const chains = useRef(new Map<string, Promise<void>>());
  const patch = useCallback(
    (id: string, change: Answering) => {
      latest.current = { ...latest.current, [id]: { ...latest.current[id], ...change } };
      try {
        if (waiting.current.size) sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(waiting.current)));
        else sessionStorage.removeItem(key);
      } catch {
        // A private window without storage: the answer still leaves by itself.
      }
      setFields(latest.current);
    },
    [key],
  );
  const send = useCallback(
    (id: string): Promise<void> => {
      clearTimeout(timers.current.get(id));
      const run = async () => {
        if (!waiting.current.has(id)) return;
        const value = waiting.current.get(id)!;
        patch(id, { saving: true, error: undefined });
        try {
          const { at } = await call(
            programmeContract.answerQuestion,
            { params: { token, question: id }, body: { value } },
            { quiet: true },
          );
          if (waiting.current.get(id) === value) waiting.current.delete(id);
          patch(id, { saving: false, saved: at });
        } catch (error) {
          const refusal = error instanceof Refusal ? error : null;
          if (refusal?.extra.reason === 'closed') gone();
          patch(id, { saving: false, error: refusal?.message ?? 'Pas encore enregistrée.' });
        }
      };
      const chain = (chains.current.get(id) ?? Promise.resolve()).then(run);
      chains.current.set(id, chain);
      return chain;
    },
    [token, patch, gone],
  );
  const change = useCallback(
    (id: string, value: NeedAnswer, at: 'once' | 'later') => {
      waiting.current.set(id, value);
      patch(id, { value, error: undefined });
      clearTimeout(timers.current.get(id));
      if (at === 'once') void send(id);
      else
        timers.current.set(
          id,
          setTimeout(() => void send(id), 800),
        );
    },
    [patch, send],
  );
  /** Sends what still waits. @returns whether all of it left */
  const flush = useCallback(async () => {
    await Promise.all([...waiting.current.keys()].map(send));
    return waiting.current.size === 0;
  }, [send]);
  useEffect(
    () =>
      signals.listen(
        (signal) => signal === 'online' && Object.values(latest.current).some(({ error }) => error) && void flush(),
      ),
    [flush],
  );
  return { fields, change, send, flush };
}
