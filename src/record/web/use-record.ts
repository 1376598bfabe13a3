import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { call, fresh, queries, reading, signals, urlOf } from '../../web/api.ts';
import { soon } from '../../web/live.ts';
import { useUrl } from '../../web/routes.tsx';
import { done } from '../../web/ui/undo.tsx';
import { type changedEvent, type RecordPage, recordContract, type Written } from '../contract.ts';

export const usePatientId = (): string => (useParams({ strict: false }) as { patient: string }).patient;
export const recordQuery = (patient: string) => reading(recordContract.record, { params: { patient } });
export const useRecordQuery = (patient: string) => useQuery(recordQuery(patient));

const Current = createContext<RecordPage | null>(null);
export const RecordProvider = Current.Provider;
/** The record on screen; only under the record page. */
export function useRecord(): RecordPage {
  const record = useContext(Current);
  if (!record) throw new Error('useRecord outside of a record page');
  return record;
}
/** The record on screen, where there is one. */
export const useRecordHere = (): RecordPage | null => useContext(Current);
export const mayAdd = (record: RecordPage, kind: string): boolean => record.rights.add.includes(kind);

/** Everything read about this patient, and the lists the patient may stand in, is read again: after a write, or when someone else wrote. */
export const refresh = (patient: string) =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      (queryKey[1] as { patient?: string } | null)?.patient === patient || ofManyPatients.has(queryKey[0]),
  });
/** What says something of several patients at once: a write in one record may change it. */
const ofManyPatients: ReadonlySet<unknown> = new Set([
  recordContract.patientList.path,
  recordContract.day.path,
  recordContract.waitingProposals.path,
]);

/** After a write: the page is read again, and for ten seconds it can be taken back. */
export function wrote(patient: string, { lines }: Written, message: string) {
  void refresh(patient);
  const entries = lines.map(({ type, id, version }) => ({ type, id, version }));
  done(message, async () => {
    await call(recordContract.undo, { params: { patient }, body: { entries } });
    await refresh(patient);
  });
}

/** The side panel of the record page: one at a time, in the address, so that it can be sent and survives a reload. */
export function usePanel(): [string | undefined, (panel: string | undefined) => void] {
  const [url, setUrl] = useUrl();
  return [url.volet, useCallback((panel) => setUrl({ volet: panel }), [setUrl])];
}

/** Someone else's addition appears without reloading: a hint comes, the page is read again, a word says who. What was missed before the stream was open is read again too. */
export function useRecordEvents(patient: string, active: boolean) {
  const asked = useRef({ patient, at: performance.now() });
  if (asked.current.patient !== patient) asked.current = { patient, at: performance.now() };
  useEffect(() => {
    if (!active) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let opened = 0;
    const open = () => {
      const source = new EventSource(urlOf(recordContract.events, { params: { patient } }));
      source.addEventListener(
        'open',
        () => (opened++ > 0 || performance.now() - asked.current.at > soon) && void refresh(patient),
      );
      const again = () => {
        clearTimeout(timer);
        timer = setTimeout(() => void refresh(patient), 250);
      };
      source.addEventListener('missed', (message) => {
        const { ago } = JSON.parse((message as MessageEvent<string>).data) as { ago: number };
        // What is shown was read after this page asked for it, or was in memory and still fresh.
        if (ago < performance.now() - asked.current.at + fresh) again();
      });
      source.addEventListener('changed', (message) => {
        const { by, kindLabel } = JSON.parse((message as MessageEvent<string>).data) as z.infer<typeof changedEvent>;
        again();
        notifications.show({
          id: `changed-${patient}`,
          message: `${by} vient de modifier ce dossier : ${kindLabel.toLowerCase()}.`,
          autoClose: 6000,
        });
      });
      source.addEventListener('closed', () => source.close());
      return source;
    };
    let stream = open();
    // A locked session ends the stream; it begins again with the session.
    const deaf = signals.listen((signal) => {
      if (signal !== 'opened') return;
      stream.close();
      stream = open();
    });
    return () => {
      deaf();
      clearTimeout(timer);
      stream.close();
    };
  }, [patient, active]);
}

/** What a form was begun with, for as long as something is typed in it: what others write meanwhile waits, and saving tells of it (SEC-11). `of`: whose form it is. */
export function useHeld<T>(of: string, newest: T): readonly [held: T, hold: (on: boolean) => void] {
  const [on, hold] = useState(false);
  const held = useRef({ of, it: newest });
  if (!on || held.current.of !== of) held.current = { of, it: newest };
  return [held.current.it, hold];
}
/** What was on screen when a panel was opened: if another changed it meanwhile the server refuses, and from `refused` on it is shown as it is now. */
export function useSeen<T>(newest: T): readonly [seen: T, refused: () => void] {
  const [first] = useState(newest);
  const [told, tell] = useState(false);
  return [told ? newest : first, useCallback(() => tell(true), [])];
}
