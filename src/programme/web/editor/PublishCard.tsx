import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { ErrorState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { callsChanged, forgetDraft } from './use-call-draft.ts';

/** What is left to mend, why it changes, and the act that nobody takes back. */
export function PublishCard({
  id,
  published,
  flaws,
  error,
  ready,
  changed,
  hushed,
  draft,
}: {
  id: string;
  /** The version that is public now; 0: none. */
  published: number;
  flaws: readonly { where: string; words: string }[] | undefined;
  error: unknown;
  /** The flaws are those of what is on screen. */
  ready: boolean;
  /** Whether there is anything to publish. */
  changed: boolean;
  /** What was refused is said elsewhere. */
  hushed: boolean;
  /** Saves what is not, and says the version of the draft to publish. */
  draft: () => Promise<number>;
}) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const publish = useMutation({
    mutationFn: async () => {
      const seen = await draft();
      return call(programmeContract.publishCall, { params: { edition: id }, body: { seen, reason } });
    },
    onSuccess: ({ version }) => {
      forgetDraft(id);
      callsChanged();
      done(`Version ${version} publiée.`);
      void navigate({ to: `/programme/appels/${id}` as string });
    },
  });
  return (
    <Card title="Publier">
      <div className={`${css.body} stack`}>
        {error ? <ErrorState compact error={error} /> : null}
        {flaws && flaws.length > 0 && (
          <ul className={css.steps}>
            {flaws.map((one) => (
              <li key={one.where + one.words} className="small">
                <b>{one.where}</b> : {one.words}
              </li>
            ))}
          </ul>
        )}
        {published > 0 && (
          <Textarea
            label="Pourquoi l’appel change"
            description="Conservé avec la version."
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {publish.error && !hushed && <ErrorState compact error={publish.error} />}
        <Button
          loading={publish.isPending}
          disabled={!ready || !flaws || flaws.length > 0 || (published > 0 && (reason.trim().length < 10 || !changed))}
          onClick={() => publish.mutate()}
        >
          Publier la version {published + 1}
        </Button>
        <p className="dim small">
          Une version publiée ne change plus. Les candidatures déposées et les décisions gardent la leur.
        </p>
      </div>
    </Card>
  );
}
