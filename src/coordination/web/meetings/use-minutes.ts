import { useEffect, useRef, useState } from 'react';
import { call } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import type { LiveDocument } from '../../../web/live-document.ts';
import { useLiveDocument } from '../../../web/ui/LiveText.tsx';
import { coordinationContract, type Section, sections } from '../../contract.ts';

/** The live minutes of a patient for as long as they are on screen. Null until they are open. */
export function useMinutes(meeting: string, discussion: string): LiveDocument | null {
  const params = { id: meeting, discussion };
  const wire = {
    pull: (since: number) => call(coordinationContract.liveMinutes, { params, query: { since } }, { background: true }),
    push: (update: string) => call(coordinationContract.typeMinutes, { params, body: { update } }),
  };
  return useLiveDocument(
    `minutes:${discussion}`,
    Object.keys(sections),
    wire,
    ['meeting.minutes', 'meetings'],
    (hint) => hint.topic !== 'meeting.minutes' || hint.discussion === discussion,
  );
}

const seenFor = 6_000;
const tellEvery = 2_500;
/** Who types where in one patient's minutes, for a few seconds after each sign of them. */
export function useTyping(
  meeting: string,
  discussion: string,
): { where: ReadonlyMap<string, Section>; tell: (section: Section | null) => void } {
  const [where, setWhere] = useState<ReadonlyMap<string, Section>>(new Map());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const last = useRef({ at: 0, section: null as Section | null });
  useEffect(() => {
    const all = timers.current;
    return () => {
      for (const timer of all.values()) clearTimeout(timer);
    };
  }, []);
  useLive(['meeting.typing'], (hint) => {
    if (hint.discussion !== discussion) return;
    const who = String(hint.who);
    const forget = () => setWhere((now) => new Map([...now].filter(([one]) => one !== who)));
    clearTimeout(timers.current.get(who));
    if (!hint.section) return forget();
    setWhere((now) => new Map(now).set(who, hint.section as Section));
    timers.current.set(who, setTimeout(forget, seenFor));
  });
  const tell = (section: Section | null) => {
    const now = Date.now();
    if (section === last.current.section && now - last.current.at < tellEvery) return;
    if (section === null && last.current.section === null) return;
    last.current = { at: now, section };
    void call(
      coordinationContract.typingMinutes,
      { params: { id: meeting, discussion }, body: { section } },
      { background: true },
    ).catch(() => undefined);
  };
  return { where, tell };
}
