import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { z } from 'zod';
import { reading } from '../../../web/api.ts';
import { sayTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { Failure, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { coordinationContract } from '../../contract.ts';
import css from './meetings.module.css';

type Slot = z.infer<typeof coordinationContract.findDate.reply>['slots'][number];
interface Wanted {
  participants: string[];
  minutes: number;
  from: string;
  to: string;
  day: string;
  hour: string;
}

/** A day and an hour as they are typed («12 h 30»); undefined while they are not both there. */
export const momentTyped = ({ day, hour }: Pick<Wanted, 'day' | 'hour'>): string | undefined =>
  day && /^\d{1,2}\s*[h:]\s*\d{0,2}$/.test(hour.trim())
    ? `${day}T${hour
        .replace(/\s/g, '')
        .replace(/[h:]/, ':')
        .replace(/^(\d):/, '0$1:')
        .padEnd(5, '0')}`
    : undefined;

/** A date in everyone's calendar, one press to book it; or a day that one types. */
export function FindDate({
  values,
  set,
  busy,
  book,
  error,
}: {
  values: Wanted;
  set: (patch: Partial<Wanted>) => void;
  /** The start that is being booked. */
  busy: string;
  book: (start: string) => void;
  error: string | undefined;
}) {
  const [looking, setLooking] = useState<{ people: string; minutes: number; from?: string; to?: string } | null>(null);
  const dates = useQuery({
    ...reading(coordinationContract.findDate, { query: looking ?? { people: '-' } }),
    enabled: looking !== null,
    staleTime: 0,
  });
  return (
    <fieldset className={css.find}>
      <legend>Trouver une date</legend>
      <div className={css.two}>
        <DateField label="À partir du" placeholder="demain" value={values.from} onChange={(from) => set({ from })} />
        <DateField label="Jusqu’au" placeholder="+4s" value={values.to} onChange={(to) => set({ to })} />
      </div>
      <Button
        variant="default"
        leftSection={<SearchIcon size={16} />}
        disabled={values.participants.length === 0}
        onClick={() =>
          setLooking({
            people: values.participants.join(','),
            minutes: values.minutes,
            ...(values.from && { from: values.from }),
            ...(values.to && { to: values.to }),
          })
        }
      >
        Chercher dans les agendas
      </Button>
      {looking && dates.isFetching && <ListBones rows={4} />}
      {looking && <Failure compact of={dates} />}
      {looking && !dates.isFetching && dates.data && (
        <ul className={`plain ${css.slots}`} aria-label="Dates possibles">
          {dates.data.slots.length === 0 && (
            <Nothing>
              Aucun créneau ne réunit assez de monde sur cette période. Allongez-la, ou raccourcissez la réunion.
            </Nothing>
          )}
          {dates.data.slots.map((slot) => (
            <FoundDate key={slot.start} slot={slot} busy={busy} book={book} />
          ))}
        </ul>
      )}
      <div className={css.two}>
        <DateField label="Ou ce jour-là" value={values.day} onChange={(day) => set({ day })} error={error} />
        <TextInput
          label="À"
          placeholder="12 h 30"
          value={values.hour}
          onChange={(event) => set({ hour: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

function FoundDate({ slot, busy, book }: { slot: Slot; busy: string; book: (start: string) => void }) {
  const whole = slot.missing.length === 0;
  return (
    <li>
      <span className="grow">
        <b>{dayjs(slot.start).format('dddd D MMMM')}</b> {slot.lunch && <Tag>midi</Tag>}
        <span className={`small ${css.sub}`} data-missing={!whole || undefined}>
          <span className="num nowrap">
            {sayTime(slot.start)} – {sayTime(slot.end)}
          </span>
          , {whole ? 'tout le monde est libre' : `manque ${slot.missing.map((one) => one.name).join(', ')}`}
        </span>
      </span>
      <Button
        size="compact-sm"
        variant={whole ? 'filled' : 'default'}
        loading={busy === slot.start}
        onClick={() => book(slot.start)}
        aria-label={`Réserver le ${dayjs(slot.start).format('D MMMM')} à ${sayTime(slot.start)} et inviter`}
      >
        Réserver
      </Button>
    </li>
  );
}
