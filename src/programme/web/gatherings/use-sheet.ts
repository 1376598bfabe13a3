import { useState } from 'react';
import { type FieldState, useFields } from '../use-fields.ts';
import type { SheetField } from './words.ts';

/**
 * Fields of a document that is being written, each saved on its own.
 * @param id of the document; @param stored its fields as last read; @param put saves one; @param saved what is read again after
 */
export function useSheet(
  id: string,
  stored: Readonly<Record<string, SheetField>>,
  put: (field: string, body: { seen: number; value: unknown }) => Promise<SheetField>,
  saved: () => void,
) {
  const [fresh, setFresh] = useState<Record<string, SheetField>>({});
  const newest = (field: string): SheetField | undefined =>
    (fresh[field]?.version ?? -1) > (stored[field]?.version ?? -1) ? fresh[field] : stored[field];
  const { fields, some, ...form } = useFields<unknown, SheetField>({
    // Under the drafts' prefix: at sign-out nothing typed stays on a shared computer.
    shadow: `estran-draft:programme-sheet:${id}`,
    ready: true,
    known: newest,
    put,
    stands: (field, done) => setFresh((before) => ({ ...before, [field]: done })),
    again: saved,
  });
  return {
    ...form,
    state: (field: string): FieldState<unknown, SheetField> => fields[field] ?? {},
    stored: newest,
    /** What is on screen: what is typed, else what stands. */
    value: <T>(field: string): T => (fields[field]?.pending ? fields[field].pending.value : newest(field)?.value) as T,
    /** Is there something that has not left, or two versions of a field? */
    held: () => some(({ pending, theirs }) => pending || theirs),
  };
}
export type SheetForm = ReturnType<typeof useSheet>;
