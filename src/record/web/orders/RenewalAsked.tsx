import { Button } from '@mantine/core';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import type { OrderLine } from '../../contract.ts';
import css from './orders.module.css';
import { askRenewal } from './order-acts.ts';

/** Who asked the prescriber to renew it; who asked may take it back. */
export function RenewalAsked({ patient, line }: { patient: string; line: OrderLine }) {
  const asked = line.status?.renewal.asked;
  if (!asked) return null;
  return (
    <span className={`small ${css.itemWords}`}>
      <Tag tone="info">renouvellement demandé</Tag> {asked.mine ? 'par vous' : asked.who ? `par ${asked.who.name}` : ''}
      , le {sayDate(asked.at)}{' '}
      {asked.mine && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`Ne plus demander : ${line.label}`}
          onClick={() => void askRenewal(patient, line, true)}
        >
          Ne plus demander
        </Button>
      )}
    </span>
  );
}
