import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CloseIcon } from '../../../web/ui/icons.ts';
import type { SummaryLine } from '../../contract.ts';
import type { Send } from './SynthesisSection.tsx';
import css from './synthesis.module.css';

export const refOf = (line: SummaryLine): string => `${line.type}/${line.id}`;
const changes = { new: { tone: 'info', words: 'nouveau' }, changed: { tone: 'warning', words: 'modifié' } } as const;

/** One line with its source; it can be left out of the summary, which leaves the record as it is. */
export function SynthesisLine({
  patient,
  line,
  editing,
  send,
}: {
  patient: string;
  line: SummaryLine;
  editing: boolean;
  send: Send;
}) {
  return (
    <li className={css.line} data-left={line.left || undefined}>
      <span className={css.words}>
        {line.fixed ? (
          <span className="strong">{line.label}</span>
        ) : (
          <Link
            className="strong touch"
            to={`/patients/${patient}?volet=entree:${line.type}:${line.id}` as string}
            title="Ouvrir dans le dossier"
          >
            {line.label}
          </Link>
        )}
        {line.detail && <span> · {line.detail}</span>}{' '}
        {line.change && !line.left && <Tag tone={changes[line.change].tone}>{changes[line.change].words}</Tag>}
        {line.since && (
          <Tag tone="warning">
            {line.since === 'withdrawn' ? 'retiré du dossier depuis' : 'corrigé au dossier depuis'}
          </Tag>
        )}
        {line.sensitive && <Tag tone="warning">sensible</Tag>}
        {line.left && <Tag>laissé de côté</Tag>}
      </span>
      <WhoWhen who={line.who} when={line.at} short />
      {editing && !line.fixed && (
        <Button
          size="compact-sm"
          variant="subtle"
          color={line.left ? undefined : 'gray'}
          aria-label={`${line.left ? 'Remettre' : 'Laisser de côté'} : ${line.label}`}
          onClick={() =>
            void send(
              { act: 'leave', entry: refOf(line), back: line.left },
              line.left ? 'Ligne remise.' : `« ${line.label} » laissé de côté. Le dossier n’est pas touché.`,
              { act: 'leave', entry: refOf(line), back: !line.left },
            )
          }
        >
          {line.left ? 'Remettre' : <CloseIcon size={15} />}
        </Button>
      )}
    </li>
  );
}
