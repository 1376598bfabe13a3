import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { call, queries } from '../../../web/api.ts';
import { type Edition, programmeContract } from '../../contract.ts';
import type { Change } from './parts.tsx';

/** Milliseconds without a change before what was typed is kept and looked at: a call is large, and a key must not wait for it. */
export const pause = 300;
const shadow = (id: string) => `estran-draft:call:${id}`;
/** Drops what this device keeps of a call. */
export const forgetDraft = (id: string) => sessionStorage.removeItem(shadow(id));
export const callsChanged = () => {
  for (const entry of [programmeContract.regionCalls, programmeContract.regionCall])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};
function kept(id: string, seen: number): Edition | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(shadow(id)) ?? 'null') as { seen: number; edition: Edition } | null;
    return found?.seen === seen ? found.edition : null;
  } catch {
    return null;
  }
}

/** A call as it is being changed: on this device after each pause, on the server when one saves it. `seen`: the version of the draft that was opened. */
export function useCallDraft(id: string, from: Edition, opened: { seen: number; drafted: boolean }) {
  const [edition, setEdition] = useState<Edition>(() => kept(id, opened.seen) ?? from);
  const change = useCallback<Change>(
    (patch) => setEdition((now) => ({ ...now, ...(typeof patch === 'function' ? patch(now) : patch) })),
    [],
  );
  const [saved, setSaved] = useState(from);
  const [seen, setSeen] = useState(opened.seen);
  const [drafted, setDrafted] = useState(opened.drafted);
  const dirty = edition !== saved;
  const keep = useEffectEvent(() => {
    if (dirty) sessionStorage.setItem(shadow(id), JSON.stringify({ seen, edition }));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is kept, after its pause
  useEffect(() => {
    if (!dirty) return forgetDraft(id);
    const later = setTimeout(keep, pause);
    return () => clearTimeout(later);
  }, [dirty, edition, id]);
  // Leaving does not wait for the pause.
  useEffect(() => {
    const leave = () => keep();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  const save = useMutation({
    mutationFn: (over: number | undefined) =>
      call(programmeContract.saveCallDraft, { params: { edition: id }, body: { seen: over ?? seen, edition } }),
    onSuccess: ({ version }) => {
      setSeen(version);
      setSaved(edition);
      setDrafted(true);
      callsChanged();
    },
  });
  return {
    edition,
    change,
    seen,
    drafted,
    dirty,
    save,
  };
}
