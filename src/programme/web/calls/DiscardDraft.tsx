import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../web/api.ts';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { ErrorState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type Edition, programmeContract } from '../../contract.ts';
import { callsChanged } from '../editor/use-call-draft.ts';

/** Leaves what is being written of a call: the version that is public stays, a call that never was goes. It comes back for ten seconds. */
export function DiscardDraft({
  id,
  draft,
  published,
}: {
  id: string;
  draft: { edition: Edition; version: number };
  published: number;
}) {
  const navigate = useNavigate();
  const discard = useMutation({
    mutationFn: () =>
      call(programmeContract.discardCallDraft, { params: { edition: id }, body: { seen: draft.version } }),
    onSuccess: () => {
      callsChanged();
      done(
        'Brouillon abandonné.',
        () =>
          call(programmeContract.saveCallDraft, {
            params: { edition: id },
            body: { seen: draft.version + 1, edition: draft.edition },
          }).then(callsChanged),
        'Le brouillon est de nouveau là.',
      );
      if (published === 0) void navigate({ to: '/programme/appels' as string });
    },
    onError: callsChanged,
  });
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<RemoveIcon size={16} />}
        loading={discard.isPending}
        onClick={() => discard.mutate()}
      >
        Abandonner le brouillon
      </Button>
      {discard.error && <ErrorState compact error={discard.error} />}
    </>
  );
}
