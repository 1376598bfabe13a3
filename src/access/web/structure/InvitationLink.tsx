import { Button, CopyButton } from '@mantine/core';
import type { z } from 'zod';
import { sayDateTime } from '../../../web/say.ts';
import { CheckIcon, CopyIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import type { accessContract } from '../../contract.ts';
import css from './structure.module.css';

/** An invitation that went by mail, or the link to hand over oneself. */
export function InvitationLink({
  invited,
  onClose,
}: {
  invited: z.infer<typeof accessContract.invitePerson.reply>;
  onClose: () => void;
}) {
  const name = `${invited.person.given} ${invited.person.family}`;
  return (
    <Note tone="success" live>
      <div className="stack tight">
        <span>
          {invited.mailed
            ? `Invitation envoyée à ${name} (${invited.person.login}).`
            : `Remettez ce lien à ${name}, de la main à la main ou par messagerie sécurisée.`}{' '}
          Valable jusqu’au {sayDateTime(invited.expiresAt)}.
        </span>
        {invited.link && (
          <span className="row wrap">
            <code className={css.link}>{invited.link}</code>
            <CopyButton value={invited.link}>
              {({ copied, copy }) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={copy}
                  leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
                >
                  {copied ? 'Lien copié' : 'Copier le lien'}
                </Button>
              )}
            </CopyButton>
          </span>
        )}
        <span>
          <Button size="compact-sm" variant="subtle" onClick={onClose}>
            Fermer
          </Button>
        </span>
      </div>
    </Note>
  );
}
