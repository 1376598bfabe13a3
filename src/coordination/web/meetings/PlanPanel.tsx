import { Button, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { ListBones, Note, Nothing, Failure } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { inSentence } from '../../../web/words.ts';
import { coordinationContract, type MeetingDetail, type Proposal } from '../../contract.ts';
import css from './meetings.module.css';
import { act, put, refreshMeetings } from './use-meetings.ts';
import { wasHeld } from './words.ts';

/** A meeting to come: who, how long, when. Dates are looked for in everyone's calendar; one press on a date books and invites. */
export function PlanPanel({
  meeting,
  waiting,
  onClose,
}: {
  /** Changed rather than made. */
  meeting?: MeetingDetail;
  waiting?: readonly Proposal[];
  onClose: () => void;
}) {
  const go = useNavigate();
  const people = useQuery(reading(coordinationContract.addressees, { query: {} }));
  const { values, set, clear, state } = useDraft(
    meeting ? `reunion:${meeting.id}` : 'reunion:nouvelle',
    { form: 'reunion', label: 'Réunion' },
    {
      title: meeting?.title ?? 'Concertation pluriprofessionnelle',
      place: meeting?.place ?? '',
      participants: meeting?.participants.flatMap((one) => one.id ?? []) ?? ([] as string[]),
      minutes: meeting?.minutes ?? 60,
      from: '',
      to: '',
      day: meeting?.start ? dayjs(meeting.start).format('YYYY-MM-DD') : '',
      hour: meeting?.start ? dayjs(meeting.start).format('HH:mm') : '',
    },
  );
  const [looking, setLooking] = useState<{ people: string; minutes: number; from?: string; to?: string } | null>(null);
  const dates = useQuery({
    ...reading(coordinationContract.findDate, { query: looking ?? { people: '-' } }),
    enabled: looking !== null,
    staleTime: 0,
  });
  const [busy, setBusy] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const wishedProfessions = new Set((waiting ?? []).flatMap((one) => one.wished.map((each) => each.code)));
  const choices = (people.data?.colleagues ?? []).map((one) => ({
    value: one.id,
    label: `${one.name}${one.me ? ' (vous)' : ''}, ${inSentence(one.professionLabel)}`,
  }));
  const missing = [...wishedProfessions].filter(
    (code) =>
      !values.participants.some((id) => people.data?.colleagues.find((one) => one.id === id)?.profession === code),
  );
  const book = async (start: string | undefined, key: string) => {
    setBusy(key);
    setRefusal(null);
    const body = {
      title: values.title,
      place: values.place,
      minutes: values.minutes,
      participants: values.participants,
      ...(start && { start }),
    };
    try {
      if (meeting) {
        put(
          await call(coordinationContract.changeMeeting, {
            params: { id: meeting.id },
            body: { version: meeting.version, ...body },
          }),
        );
        done('Réunion modifiée.');
        clear();
        onClose();
      } else {
        const made = put(
          await call(coordinationContract.planMeeting, {
            body: { ...body, patients: (waiting ?? []).map((one) => one.id) },
          }),
        );
        clear();
        void refreshMeetings();
        done(start ? `Réunion prévue ; ${made.participants.length} invitations parties.` : 'Réunion créée, sans date.');
        void go({ to: '/coordination/reunions/$id', params: { id: made.id } });
      }
    } catch (error) {
      if (error instanceof Refusal) setRefusal(error);
    }
    setBusy('');
  };
  const typed =
    values.day && /^\d{1,2}\s*[h:]\s*\d{0,2}$/.test(values.hour.trim())
      ? `${values.day}T${values.hour
          .replace(/\s/g, '')
          .replace(/[h:]/, ':')
          .replace(/^(\d):/, '0$1:')
          .padEnd(5, '0')}`
      : undefined;
  return (
    <SidePanel
      title={meeting ? 'Modifier la réunion' : 'Prévoir une réunion'}
      onClose={onClose}
      footer={
        <>
          <Button
            onClick={() => void book(typed, 'typed')}
            loading={busy === 'typed'}
            disabled={values.participants.length === 0 || (!!(values.day || values.hour) && !typed)}
          >
            {meeting ? 'Enregistrer' : typed ? 'Réserver et inviter' : 'Créer sans date'}
          </Button>
          <span className="dim tiny" role="status">
            {draftWords[state]}
          </span>
          {state !== 'none' && (
            <Button variant="subtle" size="compact-xs" onClick={clear}>
              Effacer
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
        <MultiSelect
          label="Participants"
          data-autofocus
          placeholder={values.participants.length ? undefined : 'Nom ou profession'}
          data={choices}
          value={values.participants}
          onChange={(participants) => set({ participants })}
          searchable
          clearable
          hidePickedOptions
          error={refusal?.fields.participants}
        />
        {missing.length > 0 && (
          <p className="dim small">
            Souhaités par ceux qui proposent des patients :{' '}
            {(waiting ?? [])
              .flatMap((one) => one.wished)
              .filter(
                (one, at, all) => missing.includes(one.code) && all.findIndex((each) => each.code === one.code) === at,
              )
              .map((one) => inSentence(one.label))
              .join(', ')}
            .
          </p>
        )}
        <div className={css.two}>
          <TextInput
            label="Titre"
            value={values.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <NumberInput
            label="Durée"
            suffix=" min"
            min={10}
            max={480}
            step={15}
            value={values.minutes}
            onChange={(minutes) => set({ minutes: Number(minutes) || 60 })}
          />
        </div>
        <TextInput
          label="Lieu"
          placeholder="Salle de réunion, lien de visioconférence…"
          value={values.place}
          onChange={(event) => set({ place: event.currentTarget.value })}
        />
        <fieldset className={css.find}>
          <legend>Trouver une date</legend>
          <div className={css.two}>
            <DateField
              label="À partir du"
              placeholder="demain"
              value={values.from}
              onChange={(from) => set({ from })}
            />
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
                <li key={slot.start}>
                  <span className="grow">
                    <b>{dayjs(slot.start).format('dddd D MMMM')}</b> {slot.lunch && <Tag>midi</Tag>}
                    <span className={`small ${css.sub}`} data-missing={slot.missing.length > 0 || undefined}>
                      <span className="num nowrap">
                        {sayTime(slot.start)} – {sayTime(slot.end)}
                      </span>
                      ,{' '}
                      {slot.missing.length === 0
                        ? 'tout le monde est libre'
                        : `manque ${slot.missing.map((one) => one.name).join(', ')}`}
                    </span>
                  </span>
                  <Button
                    size="compact-sm"
                    variant={slot.missing.length === 0 ? 'filled' : 'default'}
                    loading={busy === slot.start}
                    onClick={() => void book(slot.start, slot.start)}
                    aria-label={`Réserver le ${dayjs(slot.start).format('D MMMM')} à ${sayTime(slot.start)} et inviter`}
                  >
                    Réserver
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <div className={css.two}>
            <DateField
              label="Ou ce jour-là"
              value={values.day}
              onChange={(day) => set({ day })}
              error={refusal?.fields.start}
            />
            <TextInput
              label="À"
              placeholder="12 h 30"
              value={values.hour}
              onChange={(event) => set({ hour: event.currentTarget.value })}
            />
          </div>
        </fieldset>
        {!meeting && (waiting?.length ?? 0) > 0 && (
          <p className="dim small">
            Les {waiting!.length} patients qui attendent une réunion seront mis à l’ordre du jour.
          </p>
        )}
        {meeting && <Cancel meeting={meeting} onClose={onClose} />}
      </div>
    </SidePanel>
  );
}

function Cancel({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const [reason, setReason] = useState<string | null>(null);
  if (wasHeld(meeting)) return null;
  if (reason === null)
    return (
      <div>
        <Button variant="subtle" color="red" onClick={() => setReason('')}>
          Annuler cette réunion
        </Button>
      </div>
    );
  return (
    <form
      className="card pad stack"
      onSubmit={async (event) => {
        event.preventDefault();
        if (
          await act(
            call(coordinationContract.cancelMeeting, {
              params: { id: meeting.id },
              body: { version: meeting.version, reason },
            }),
            'Réunion annulée ; ses patients attendent la suivante.',
          )
        )
          onClose();
      }}
    >
      <TextInput
        label="Pourquoi l’annuler"
        description="Les invités le liront. Les patients retournent dans la liste d’attente."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <div className="row">
        <Button type="submit" color="red" disabled={!reason.trim()}>
          Annuler la réunion
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setReason(null)}>
          La garder
        </Button>
      </div>
    </form>
  );
}
