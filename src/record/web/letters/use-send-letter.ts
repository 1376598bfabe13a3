import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, reading, Refusal } from '../../../web/api.ts';
import type { useDraft } from '../../../web/drafts.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { type LetterBody, recordContract, type Written } from '../../contract.ts';
import type { Conflict } from '../forms/use-entry.ts';
import { wrote } from '../use-record.ts';
import type { Given, Values } from './letter-values.ts';

export type Act = 'keep' | 'sign';

/** Keeps a letter, signs it, or replaces the one that was signed; then its page opens. */
export function useSendLetter(
  { patient, letter, request }: Given,
  body: LetterBody,
  draft: ReturnType<typeof useDraft<Values>>,
) {
  const navigate = useNavigate();
  const professionals = useQuery(reading(recordContract.professionals));
  const { reason, signatory } = draft.values;
  const send = useMutation<Written, Error, { act: Act; version?: number }>({
    mutationFn: ({ act, version }) => {
      if (!letter)
        return call(recordContract.writeLetter, {
          params: { patient },
          body: { ...body, act, request: request ?? null },
        });
      const params = { patient, id: letter.id };
      const over = version ?? draft.seen ?? letter.version;
      return letter.amends
        ? call(recordContract.amendLetter, { params, body: { ...body, version: over, reason } })
        : call(recordContract.changeLetter, { params, body: { ...body, act, version: over } });
    },
    onSuccess: (written, { act }) => {
      draft.clear();
      wrote(patient, written, told(act));
      const [line] = written.lines;
      void navigate({ to: `/patients/${patient}/courriers/${line!.id}` as string });
    },
    onError: (error) => !(error instanceof Refusal) && failed(error),
  });
  function told(act: Act): string {
    if (letter?.amends) return 'Courrier signé : il remplace le précédent, qui reste lisible.';
    if (act === 'sign') return 'Courrier signé.';
    const asked = professionals.data?.professionals.find(({ id }) => id === signatory);
    return asked && !asked.me ? `Courrier confié à la signature de ${asked.name}.` : 'Courrier gardé en préparation.';
  }
  const refusal = send.error instanceof Refusal ? send.error : null;
  const conflict =
    refusal?.extra.code === 'edited-meanwhile' && refusal.extra.comparison
      ? (refusal.extra as unknown as Conflict)
      : null;
  return { send, refusal, conflict };
}
