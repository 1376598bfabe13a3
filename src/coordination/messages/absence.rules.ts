/** An absence, bounds in milliseconds, the end excluded. */
export interface Absence {
  id: string;
  practitioner: string;
  delegate: string | null;
  starts: number;
  ends: number;
}

export const isRunning = (one: Pick<Absence, 'starts' | 'ends'>, at: number): boolean =>
  one.starts <= at && at < one.ends;

/** The absence that holds for someone at an instant: of several, the one that ends last. */
export function absenceOf(absences: readonly Absence[], practitioner: string, at: number): Absence | null {
  let found: Absence | null = null;
  for (const one of absences)
    if (
      one.practitioner === practitioner &&
      isRunning(one, at) &&
      (!found || one.ends > found.ends || (one.ends === found.ends && one.id > found.id))
    )
      found = one;
  return found;
}

/**
 * Who receives someone's messages at an instant: the delegate of the absence, or the delegate's delegate when that one is absent too. Null
 * when the person is there, named nobody, or the chain comes back to someone absent.
 */
export function standInFor(absences: readonly Absence[], practitioner: string, at: number): string | null {
  const passed = new Set([practitioner]);
  let here = absenceOf(absences, practitioner, at)?.delegate ?? null;
  while (here) {
    if (passed.has(here)) return null;
    const further = absenceOf(absences, here, at);
    if (!further) return here;
    passed.add(here);
    here = further.delegate;
  }
  return null;
}
