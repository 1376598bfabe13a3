import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { Sparkline } from '../../../web/ui/Sparkline.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import type { ListLine, PatientList } from '../../contract.ts';
import day from '../day/day.module.css';
import css from './cockpits.module.css';

/** Arrows go from line to line over the whole page; M and N open the measure and the note of the line under the cursor. */
export function useLineKeys(list?: string) {
  const navigate = useNavigate();
  return (event: KeyboardEvent<HTMLElement>, patient: string, enter: ListLine['enter']) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const all = [...document.querySelectorAll<HTMLElement>('[data-line]')];
      all[all.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
      event.preventDefault();
    }
    const panel = { m: 'mesure', n: 'note', '+': enter?.panel }[event.key.toLowerCase()];
    if (!panel) return;
    event.preventDefault();
    void navigate({
      to: '/patients/$patient',
      params: { patient },
      search: { volet: panel, ...(list && { liste: list }) },
    });
  };
}

/** A list on the page of the day: its first patients, what they are there for, its entry one press away. */
export function ListCard({ list }: { list: PatientList }) {
  const keys = useLineKeys(list.name);
  return (
    <Card
      title={list.title}
      count={list.count || undefined}
      action={
        list.count > 0 && (
          <Link className="small nowrap touch" to="/patients" search={{ liste: list.name }}>
            {list.count > list.lines.length ? 'Voir tout' : 'Ouvrir la liste'}
          </Link>
        )
      }
    >
      {list.lines.length === 0 && <Nothing>{list.empty}</Nothing>}
      <ul className="plain">
        {list.lines.map((line) => (
          <li key={line.patient.id} className={day.line}>
            <span className="grow">
              <Link
                to="/patients/$patient"
                params={{ patient: line.patient.id }}
                search={{ liste: list.name }}
                className={`${day.patient} ${css.line}`}
                data-line
                onKeyDown={(event) => keys(event, line.patient.id, line.enter)}
              >
                <span className="strong">{line.patient.name}</span>{' '}
                <span className="dim small nowrap">{line.patient.age}</span>
                <Head line={line} />
              </Link>
              <Details line={line} />
            </span>
            {line.trend.length > 1 && <Sparkline points={line.trend} width={56} flagged={line.tone === 'danger'} />}
            {line.enter && <EnterButton line={line} list={list.name} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
export const Head = ({ line }: { line: ListLine }) => (line.head ? <Tag tone={line.tone}>{line.head}</Tag> : null);
export const Details = ({ line }: { line: ListLine }) =>
  line.details.length > 0 ? <span className={`dim small ${css.details}`}>{line.details.join(' · ')}</span> : null;
export function EnterButton({ line: { patient, enter }, list }: { line: ListLine; list: string }) {
  if (!enter) return null;
  return (
    <Button
      component={Link}
      to={`/patients/${patient.id}?volet=${enter.panel}&liste=${list}`}
      size="compact-sm"
      variant="subtle"
      flex="none"
      leftSection={<PlusIcon size={14} />}
      aria-label={`${enter.short} pour ${patient.name}`}
    >
      {enter.short}
    </Button>
  );
}
