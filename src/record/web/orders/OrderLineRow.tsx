import { Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sayDate, sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, MoreIcon } from '../../../web/ui/icons.ts';
import { actLabel, type OrderAct, type OrderLine, type OrderState, type OrderStatus } from '../../contract.ts';
import { ControlledTag } from './ControlledTag.tsx';
import css from './orders.module.css';
import { RenewalAsked } from './RenewalAsked.tsx';
import { askRenewal, follow } from './order-acts.ts';

const tones: Record<OrderState, 'neutral' | 'info' | 'success' | 'warning' | 'danger'> = {
  'to-do': 'neutral',
  sampled: 'info',
  'in-progress': 'info',
  partial: 'info',
  done: 'success',
  result: 'success',
  cancelled: 'warning',
  expired: 'warning',
  renewed: 'neutral',
};
export function StatusTag({ status }: { status: OrderStatus }) {
  const last = status.events.at(-1);
  return (
    <>
      <Tag
        tone={tones[status.state]}
        icon={status.state === 'done' || status.state === 'result' ? <CheckIcon size={13} /> : undefined}
        title={last ? `${last.who?.name ?? ''}, ${sayDateTime(last.at)}` : undefined}
      >
        {status.stateLabel}
      </Tag>{' '}
      {status.late && <Tag tone="danger">en retard</Tag>}
    </>
  );
}

/** One line: what is prescribed, how far it is, and the one thing to say of it next for whoever does it. */
export function OrderLineRow({
  patient,
  line,
  before,
  after,
  detail = true,
  sessions,
}: {
  patient: string;
  line: OrderLine;
  /** Said in front: the patient, in a list across patients. */
  before?: React.ReactNode;
  after?: React.ReactNode;
  detail?: boolean;
  /** Opens the course, where a panel can. */
  sessions?: (task: string) => void;
}) {
  const [busy, setBusy] = useState(false);
  const { status } = line;
  const acts = status?.acts ?? [];
  const [first, ...rest] = acts;
  const say = (act: OrderAct) => {
    setBusy(true);
    void follow(patient, line, act).finally(() => setBusy(false));
  };
  // What others do is said by them; whoever asked for it may, and finds it among the other gestures.
  const main = first && first !== 'back' && status?.ofMine && status.state !== 'renewed' ? first : undefined;
  const more = main ? rest : acts;
  return (
    <li
      className={css.row}
      data-over={line.cancelled !== null || undefined}
      data-brief={(before !== undefined && !detail) || undefined}
    >
      <div className={css.words}>
        {before}
        <span className="strong">{line.label}</span>{' '}
        {line.cancelled !== null ? <Tag tone="warning">Annulé</Tag> : status ? <StatusTag status={status} /> : null}{' '}
        {line.ald && <Tag tone="accent">ALD</Tag>} {line.urgent && <Tag tone="danger">urgent</Tag>}{' '}
        <ControlledTag line={line.body} /> {line.changed && <Tag tone="warning">modifié depuis la signature</Tag>}
        {detail && line.sentence && <span className={`small ${css.itemWords}`}>{line.sentence}</span>}
        <span className={`tiny dim ${css.itemWords}`}>
          {[
            line.kindLabel,
            line.asked && `demandé à ${line.asked}`,
            line.cancelled,
            line.cancelled === null &&
              status?.course &&
              status.course.done > 0 &&
              !['done', 'cancelled'].includes(status.state) &&
              status.course.words,
            status?.due && ['to-do', 'sampled'].includes(status.state) && `avant le ${sayDate(status.due)}`,
            status?.until && `jusqu’au ${sayDate(status.until)}`,
            status?.events.at(-1)?.who &&
              `${status.events.at(-1)!.who!.me ? 'vous' : status.events.at(-1)!.who!.name}, ${sayDate(status.events.at(-1)!.at)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
          {status?.report && (
            <>
              {' · '}
              <Link to={`/patients/${patient}/courriers/${status.report.id}` as string}>
                compte rendu de fin de séances
              </Link>
            </>
          )}
        </span>
        <RenewalAsked patient={patient} line={line} />
      </div>
      <div className={css.acts}>
        {main && (
          <Button
            size="compact-md"
            variant="default"
            loading={busy}
            aria-label={`${actLabel(line.kind, main)} : ${line.label}`}
            onClick={() => say(main)}
          >
            {actLabel(line.kind, main)}
          </Button>
        )}
        {(more.length > 0 || (sessions && status?.course) || (line.cancelled === null && status?.renewal.mayAsk)) && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="compact-md"
                variant="subtle"
                color="gray"
                aria-label={`Dire autre chose de : ${line.label}`}
              >
                <MoreIcon size={16} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {more.map((act) => (
                <Menu.Item key={act} onClick={() => say(act)}>
                  {actLabel(line.kind, act)}
                </Menu.Item>
              ))}
              {line.cancelled === null && status?.renewal.mayAsk && (
                <Menu.Item onClick={() => void askRenewal(patient, line)}>Demander le renouvellement</Menu.Item>
              )}
              {sessions && status?.course && (
                <Menu.Item onClick={() => sessions(status.task)}>Séances et dates</Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
        {after}
      </div>
    </li>
  );
}
