import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import { type CallOptions, reading, Refusal } from '../../../web/api.ts';
import { type DraftState, useDraft } from '../../../web/drafts.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { type editedMeanwhile, recordContract, type Written } from '../../contract.ts';
import { wrote } from '../use-record.ts';

/** An entry being corrected: what its form holds, and the version one saw. */
export interface Editing {
  type: string;
  id: string;
  version: number;
  title: string;
  values: Record<string, unknown>;
}
/** What a form of correction holds. Read once: what arrives meanwhile must not change the form under the hand; the server tells at saving. */
export const editingQuery = (patient: string, type: string, id: string) => ({
  ...reading(recordContract.entry, { params: { patient, type, id } }),
  staleTime: 'static' as const,
  gcTime: 0,
});
export type Conflict = z.infer<typeof editedMeanwhile>;

export interface Entry<T> {
  patient: string;
  values: T;
  set: (patch: Partial<T>) => void;
  /** Words beside a field. */
  error: (name: string) => string | undefined;
  submit: () => void;
  pending: boolean;
  refusal: Refusal | null;
  /** Someone saved this entry meanwhile: theirs against mine. */
  conflict: Conflict | null;
  /** Send mine over the version now known. */
  overwrite: () => void;
  draft: DraftState;
  /** Puts back what was typed in this form before, which came late. */
  takeEarlier: (() => void) | null;
  drop: () => void;
}

const sendings = new WeakMap<object, string>();
/** The name under which these values are sent, every time they are. */
function nameOf(values: object): string {
  const name = sendings.get(values) ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  sendings.set(values, name);
  return name;
}

/** A form of the record: kept as one types, sent once, taken back for ten seconds, never over someone else's work in silence. */
export function useEntry<T extends object>(options: {
  patient: string;
  form: string;
  label: string;
  initial: T;
  editing?: Editing;
  send: (values: T, version: number | undefined, sending: CallOptions) => Promise<Written>;
  /** Said when done. */
  message: string | ((values: T) => string);
  onDone: () => void;
}): Entry<T> {
  const { patient, form, label, editing } = options;
  const key = editing ? `${form}:${patient}:${editing.id}` : `${form}:${patient}`;
  const { values, set, clear, state, seen, takeEarlier } = useDraft<T>(
    key,
    { patient, form, label },
    { ...options.initial, ...(editing?.values as Partial<T>) },
    editing?.version,
  );
  // Until something is typed anew, sending again is sending the same.
  const once = nameOf(values);
  const mutation = useMutation<Written, Error, number | undefined>({
    mutationFn: (version) => options.send(values, version, { once }),
    onSuccess: (written) => {
      const said = typeof options.message === 'string' ? options.message : options.message(values);
      clear();
      wrote(patient, written, said);
      options.onDone();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
    },
  });
  const refusal = mutation.error instanceof Refusal ? mutation.error : null;
  const conflict = refusal?.extra.code === 'edited-meanwhile' ? (refusal.extra as unknown as Conflict) : null;
  return {
    patient,
    values,
    set,
    error: (name) =>
      refusal?.fields[name] ?? Object.entries(refusal?.fields ?? {}).find(([path]) => path.startsWith(`${name}.`))?.[1],
    submit: () => mutation.mutate(seen),
    pending: mutation.isPending,
    refusal: conflict ? null : refusal,
    conflict,
    overwrite: () => conflict && mutation.mutate(conflict.current.version),
    draft: state,
    takeEarlier,
    drop: clear,
  };
}
