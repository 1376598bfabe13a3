import { Button } from '@mantine/core';
import { useMutation, type UseQueryResult } from '@tanstack/react-query';
import { failureOf } from '../../web/api.ts';
import type { z } from 'zod';
import { Card, ProgressBar, Tag } from '../../web/ui/bits.tsx';
import { Failure, Note, Nothing } from '../../web/ui/states.tsx';
import { done, failed } from '../../web/ui/undo.tsx';
import type { programmeContract } from '../contract.ts';
import css from './programme.module.css';

type Mails = z.infer<typeof programmeContract.projectMails.reply>;
const mailStates = {
  waiting: { tone: 'info', words: 'en attente' },
  sending: { tone: 'info', words: 'en cours' },
  sent: { tone: 'success', words: 'envoyé' },
  failed: { tone: 'danger', words: 'refusé' },
  unsure: { tone: 'warning', words: 'incertain' },
  'to-hand': { tone: 'warning', words: 'à remettre' },
} as const;
/** Mails of a project or a track, and how far each is; what failed is sent again on purpose. */
export function MailsCard({
  query,
  send,
  changed,
}: {
  query: Pick<UseQueryResult<Mails>, 'data' | 'error' | 'refetch'>;
  send: (mail: string) => Promise<unknown>;
  changed: () => void;
}) {
  const again = useMutation({
    mutationFn: send,
    onSuccess: () => {
      changed();
      done('Le message repart.');
    },
    onError: failed,
  });
  if (failureOf(query)) return <Failure compact of={query} />;
  const lines = query.data?.lines ?? [];
  const left = lines.filter(({ state }) => state === 'waiting' || state === 'sending').length;
  return (
    <Card title="Messages envoyés" count={lines.length}>
      {query.data && !query.data.mails && lines.length > 0 && (
        <div className={css.body}>
          <Note>Aucun serveur de messagerie n’est réglé : ces messages sont prêts, à remettre autrement.</Note>
        </div>
      )}
      {left > 0 && (
        <div className={css.body}>
          <ProgressBar
            share={(lines.length - left) / lines.length}
            label={`Envoi : ${lines.length - left} sur ${lines.length}`}
          />
        </div>
      )}
      {lines.length === 0 && <Nothing>Aucun message.</Nothing>}
      <div className={css.body}>
        {lines.map((mail) => (
          <details key={mail.id}>
            <summary style={{ cursor: 'pointer', minHeight: 32 }}>
              <Tag tone={mailStates[mail.state].tone}>{mailStates[mail.state].words}</Tag> {mail.subject}{' '}
              <span className="dim small">à {mail.name || mail.recipient || 'personne sans adresse'}</span>
            </summary>
            <div className="stack" style={{ padding: '4px 0 12px 16px' }}>
              {mail.failure && <Note tone="warning">{mail.failure}</Note>}
              <p className="as-typed small">{mail.words}</p>
              {(mail.state === 'failed' || mail.state === 'unsure' || mail.state === 'to-hand') &&
                query.data?.mails && (
                  <div>
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={again.isPending}
                      onClick={() => again.mutate(mail.id)}
                    >
                      Envoyer de nouveau
                    </Button>
                  </div>
                )}
            </div>
          </details>
        ))}
      </div>
    </Card>
  );
}
