import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReceivedLine, Sensitivity } from '../../contract.ts';
import { writesResults } from './LabPart.tsx';

const filled = ({ guess }: ReceivedLine) => ({ ...guess, readers: guess.reader ? [guess.reader] : ([] as string[]) });
const begun = (line: ReceivedLine) => ({
  ...filled(line),
  sign: false,
  team: false,
  sensitive: null as Sensitivity | null,
  replace: true,
  results: writesResults(line.lab),
  samePatient: false,
});
/** What is decided of a received document before it is filed. */
export type Sorting = ReturnType<typeof begun>;

/** Filled from the document's text. When that is read after the form was opened, what it says fills what nobody has touched. */
export function useSorting(line: ReceivedLine): [Sorting, (patch: Partial<Sorting>) => void] {
  const [form, setForm] = useState(() => begun(line));
  const touched = useRef(false);
  const guess = JSON.stringify(line.guess);
  const taken = useRef(guess);
  const take = useEffectEvent(() => setForm((now) => ({ ...now, ...filled(line) })));
  useEffect(() => {
    if (touched.current || taken.current === guess) return;
    taken.current = guess;
    take();
  }, [guess]);
  return [
    form,
    (patch) => {
      touched.current = true;
      setForm((now) => ({ ...now, ...patch }));
    },
  ];
}
