import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { fieldOf, type FilledText, openKeysIn, recordContract } from '../../contract.ts';
import type { OpenLine } from './FieldLists.tsx';
import { put, type useArea } from './LetterText.tsx';
import type { Values } from './letter-values.ts';

/** What is open in the text, and its filling from the record: at once, or where a field is put in. */
export function useOpenFields({
  patient,
  start,
  values,
  set,
  area,
}: {
  patient: string;
  start: readonly OpenLine[];
  values: Values;
  set: (patch: Partial<Values>) => void;
  area: ReturnType<typeof useArea>;
}) {
  const [told, setTold] = useState<Record<string, OpenLine>>(() =>
    Object.fromEntries(start.map((one) => [one.key, one])),
  );
  const whole = `${values.title}\n${values.text}`;
  const open = openKeysIn(whole).map(
    (key): OpenLine =>
      told[key] ?? {
        key,
        label: fieldOf(key)?.label ?? key,
        state: fieldOf(key) ? 'ready' : 'unknown',
        words: fieldOf(key) ? 'à reprendre du dossier' : 'ce champ n’existe pas',
      },
  );

  const took = (filled: FilledText) => {
    setTold((now) => ({ ...now, ...Object.fromEntries(filled.open.map((one) => [one.key, one])) }));
    const kept = new Map(
      [...values.fields, ...filled.fields.map(({ key, value }) => ({ key, value }))].map((one) => [one.key, one]),
    );
    set({ title: filled.subject, text: filled.text, fields: [...kept.values()] });
  };
  const fill: UseMutationResult<FilledText, Error, { subject: string; text: string }> = useMutation<
    FilledText,
    Error,
    { subject: string; text: string }
  >({
    mutationFn: (sent: { subject: string; text: string }) =>
      call(recordContract.fillLetter, { params: { patient }, body: sent }),
    onSuccess(filled, sent) {
      // What was typed meanwhile is not lost: it is filled in its turn.
      if (values.text !== sent.text || values.title !== sent.subject) {
        fill.mutate({ subject: values.title, text: values.text });
        return;
      }
      const fromEnd = values.text.length - (area.current?.selectionEnd ?? values.text.length);
      took(filled);
      requestAnimationFrame(() =>
        area.current?.setSelectionRange(filled.text.length - fromEnd, filled.text.length - fromEnd),
      );
    },
    onError: failed,
  });
  const insert = (key: string) =>
    fill.mutate({
      subject: values.title,
      text: put(
        area,
        values.text,
        (text) => set({ text }),
        () => `{{${key}}}`,
      ),
    });
  return {
    open,
    filling: fill.isPending,
    fill: () => fill.mutate({ subject: values.title, text: values.text }),
    insert,
  };
}
