import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, Refusal } from '../../../../web/api.ts';
import { failed } from '../../../../web/ui/undo.tsx';
import { coordinationContract } from '../../../contract.ts';
import { type Detail, refreshProtocols } from '../use-protocol.ts';

/** Opens the draft of the next edition, beside the protocol in force; goes on with the one that is there. */
export function useBegin() {
  const navigate = useNavigate();
  const edit = (id: string) => {
    void refreshProtocols();
    void navigate({ to: '/coordination/protocoles/$id/modifier', params: { id } });
  };
  return useMutation({
    mutationFn: (protocol: Detail) =>
      call(coordinationContract.changeProtocol, {
        params: { id: protocol.id },
        body: { version: protocol.version, model: protocol.model },
      }),
    onSuccess: (draft) => edit(draft.id),
    onError: (error) => {
      const draft =
        error instanceof Refusal && error.extra.code === 'draft-exists' ? (error.extra.draft as string) : null;
      if (draft) edit(draft);
      else failed(error);
    },
  });
}
