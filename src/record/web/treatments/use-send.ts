import { useMutation } from '@tanstack/react-query';
import { Refusal } from '../../../web/api.ts';
import { failed } from '../../../web/ui/undo.tsx';
import type { Written } from '../../contract.ts';
import { refresh, wrote } from '../use-record.ts';

/** Sends once; a refusal stays in the panel, with what was typed. */
export function useSend(
  patient: string,
  send: () => Promise<Written>,
  message: string,
  refused: () => void,
  onClose: () => void,
) {
  const mutation = useMutation<Written, Error>({
    mutationFn: send,
    onSuccess: (written) => {
      wrote(patient, written, message);
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) return failed(error);
      refused();
      if (error.status === 409) void refresh(patient);
    },
  });
  return {
    pending: mutation.isPending,
    refusal: mutation.error instanceof Refusal ? mutation.error : null,
    submit: () => mutation.mutate(),
  };
}
