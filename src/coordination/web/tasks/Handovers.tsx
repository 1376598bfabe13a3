import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sayAgo, sayDateTime, sayDue } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, HiddenIcon } from '../../../web/ui/icons.ts';
import type { HandoverLine } from '../../contract.ts';
import css from './tasks.module.css';
import { readHandover } from './use-tasks.ts';

/** Notes for whoever comes next. */
export function Handovers({ lines, withPatient }: { lines: readonly HandoverLine[]; withPatient?: boolean }) {
  if (lines.length === 0) return null;
  return (
    <ul className={`plain ${css.handovers}`} aria-label="Transmissions">
      {lines.map((line) => (
        <Handover key={line.id} line={line} withPatient={withPatient} />
      ))}
    </ul>
  );
}
function Handover({ line, withPatient }: { line: HandoverLine; withPatient: boolean | undefined }) {
  const [busy, setBusy] = useState(false);
  const read = () => {
    setBusy(true);
    void readHandover(line.id).finally(() => setBusy(false));
  };
  return (
    <li className={css.handover} data-unread={line.toRead || undefined} data-urgent={line.urgent || undefined}>
      <div className="row wrap" style={{ gap: '2px 8px' }}>
        {withPatient && (
          <Link to="/patients/$patient" params={{ patient: line.patient.id }} className="strong touch">
            {line.patient.name}
          </Link>
        )}
        {line.urgent && <Tag tone="danger">urgent</Tag>}
        {line.watch && <Tag tone="warning">à surveiller</Tag>}
        {line.forDay && <Tag tone="info">pour {sayDue(line.forDay)}</Tag>}
        <span className="dim tiny" title={sayDateTime(line.sent)}>
          {line.mine ? 'Vous' : (line.from?.name ?? 'Quelqu’un')}
          {!line.mine && line.from?.role && `, ${line.from.role.toLowerCase()}`}, {sayAgo(line.sent)}{' '}
          <span className="nowrap">→ {line.to}</span>
        </span>
      </div>
      {line.text === null ? (
        <p className="dim small">
          <HiddenIcon size={14} style={{ verticalAlign: -2 }} /> Transmission entre soignants, contenu réservé
        </p>
      ) : (
        <p className={css.words}>{line.text}</p>
      )}
      <div className="row wrap between">
        <span className="dim tiny">
          {line.readBy.length > 0
            ? `Lu par ${line.readBy.map(({ who, at }) => `${who.me ? 'vous' : who.name} (${sayAgo(at)})`).join(', ')}`
            : 'Pas encore lu'}
        </span>
        {line.toRead && (
          <Button size="compact-sm" variant="light" leftSection={<CheckIcon size={15} />} loading={busy} onClick={read}>
            J’ai lu
          </Button>
        )}
      </div>
    </li>
  );
}
