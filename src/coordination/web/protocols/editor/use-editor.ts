import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { call, queries, Refusal } from '../../../../web/api.ts';
import { useDraft } from '../../../../web/drafts.ts';
import { useLive } from '../../../../web/live.ts';
import { coordinationContract, type ProtocolModel } from '../../../contract.ts';
import { type Detail, protocolQuery, refreshProtocols } from '../use-protocol.ts';
import { sendable, unfinished } from './edit.rules.ts';

export type SaveState = 'saved' | 'typing' | 'saving' | 'unfinished' | 'failed';
export const saveWords: Record<SaveState, string> = {
  saved: 'Brouillon enregistré, l’équipe peut le lire',
  typing: 'Brouillon…',
  saving: 'Enregistrement…',
  unfinished: 'Conservé pour vous ; l’équipe le lira quand chaque étape aura un titre et une profession',
  failed: 'Conservé pour vous, pas encore enregistré',
};
const pause = 700;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A draft on the desk. Each change is kept at once for its author (drafts.ts); as soon as it is whole it goes to the server, where colleagues read it. When
 * someone else saved first nothing is overwritten: `conflict` holds their version until one has chosen.
 */
export function useEditor(opened: Detail) {
  const { id } = opened;
  const [model, setModel] = useState(opened.model);
  const [version, setVersion] = useState(opened.version);
  /** As the server has it: what both sides started from. */
  const [base, setBase] = useState(opened.model);
  const [state, setState] = useState<SaveState>('saved');
  const [conflict, setConflict] = useState<{ theirs: Detail; who: string; at: string } | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const own = useDraft(
    `protocol:${id}`,
    { patient: null, form: 'protocol', label: `Protocole : ${opened.title}` },
    { model: opened.model, version: opened.version },
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const now = useRef({ model, version, conflict, base });
  const latest = useQuery({ ...protocolQuery(id), enabled: false });

  const show = (made: ProtocolModel) => {
    now.current.model = made;
    setModel(made);
  };
  const hold = (open: typeof conflict) => {
    now.current.conflict = open;
    setConflict(open);
  };
  /** What the server answered is what stands. */
  const stand = (detail: Detail) => {
    queries.setQueryData(protocolQuery(id).queryKey, detail);
    now.current.version = detail.version;
    now.current.base = detail.model;
    setVersion(detail.version);
    setBase(detail.model);
  };

  const save = useMutation({
    mutationFn: async ({ sent, over }: { sent: ProtocolModel; over: number }) =>
      call(coordinationContract.changeProtocol, { params: { id }, body: { version: over, model: sendable(sent) } }),
    onSuccess: (reply, { sent }) => {
      stand(reply);
      hold(null);
      setRefusal(null);
      if (now.current.model === sent) {
        own.clear();
        setState('saved');
      } else later();
    },
    onError: async (error) => {
      setState('failed');
      if (error instanceof Refusal && error.status === 409 && error.extra.code === 'edited-meanwhile') {
        const theirs = await call(coordinationContract.protocol, { params: { id } });
        hold({ theirs, who: theirs.by?.name ?? 'Une autre personne', at: theirs.changed });
      } else setRefusal(error instanceof Refusal ? error : null);
    },
  });
  const send = () => {
    clearTimeout(timer.current);
    setState('saving');
    return save.mutateAsync({ sent: now.current.model, over: now.current.version });
  };
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (now.current.conflict) return;
      if (unfinished(now.current.model).size > 0) return setState('unfinished');
      void send().catch(() => undefined);
    }, pause);
  };

  const change = (next: (model: ProtocolModel) => ProtocolModel) => {
    const made = next(now.current.model);
    if (made === now.current.model) return;
    show(made);
    own.set({ model: made, version: now.current.version });
    setState('typing');
    later();
  };

  // What was typed before and not sent (a closed tab, a lost session) goes on where it was.
  const found = useRef(false);
  const goOn = useEffectEvent(() => {
    const typed = own.values;
    if (same(typed.model, opened.model)) return own.clear();
    show(typed.model);
    if (typed.version === opened.version) return later();
    hold({ theirs: opened, who: opened.by?.name ?? 'Une autre personne', at: opened.changed });
  });
  useEffect(() => {
    if (found.current || own.state !== 'restored') return;
    found.current = true;
    goOn();
  }, [own.state]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // Someone saved while I was only reading: their version comes by itself.
  useLive(['protocols'], async (hint) => {
    if (hint.protocol !== undefined && hint.protocol !== id) return;
    const before = now.current.model;
    if (save.isPending || now.current.conflict || !same(sendable(before), sendable(now.current.base))) return;
    const { data } = await latest.refetch();
    if (!data || data.version <= now.current.version || now.current.model !== before) return;
    stand(data);
    show(data.model);
  });

  const settle = (chosen: ProtocolModel) => {
    if (!conflict) return;
    now.current.version = conflict.theirs.version;
    show(chosen);
    own.set({ model: chosen, version: conflict.theirs.version });
    void send().catch(() => undefined);
  };
  return {
    id,
    model,
    version,
    base,
    state,
    conflict,
    refusal,
    change,
    pending: save.isPending,
    /** Sends what is there now, for an act that needs it on the server. @returns the version that stands */
    flush: async (): Promise<number> => (state === 'saved' ? now.current.version : (await send()).version),
    keepMine: () => settle(now.current.model),
    keepBoth: settle,
    takeTheirs: () => {
      if (!conflict) return;
      own.clear();
      stand(conflict.theirs);
      show(conflict.theirs.model);
      hold(null);
      setState('saved');
      void refreshProtocols();
    },
    forget: own.clear,
  };
}
export type Editor = ReturnType<typeof useEditor>;
