import { Button, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { inSentence } from '../../../web/words.ts';
import { coordinationContract, type MeetingDetail, type Proposal } from '../../contract.ts';
import { CancelMeeting } from './CancelMeeting.tsx';
import { FindDate, momentTyped } from './FindDate.tsx';
import css from './meetings.module.css';
import { put, refreshMeetings } from './use-meetings.ts';

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
  const [busy, setBusy] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const choices = (people.data?.colleagues ?? []).map((one) => ({
    value: one.id,
    label: `${one.name}${one.me ? ' (vous)' : ''}, ${inSentence(one.professionLabel)}`,
  }));
  const invited = new Set(
    (people.data?.colleagues ?? []).filter(({ id }) => values.participants.includes(id)).map((one) => one.profession),
  );
  /** Professions that were wished for, each once, and that nobody invited is of. */
  const missing = (waiting ?? [])
    .flatMap((one) => one.wished)
    .filter(({ code }, at, all) => !invited.has(code) && all.findIndex((each) => each.code === code) === at);
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
  const typed = momentTyped(values);
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
            Souhaités par ceux qui proposent des patients : {missing.map((one) => inSentence(one.label)).join(', ')}.
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
        <FindDate
          values={values}
          set={set}
          busy={busy}
          book={(start) => void book(start, start)}
          error={refusal?.fields.start}
        />
        {!meeting && (waiting?.length ?? 0) > 0 && (
          <p className="dim small">
            Les {waiting!.length} patients qui attendent une réunion seront mis à l’ordre du jour.
          </p>
        )}
        {meeting && <CancelMeeting meeting={meeting} onClose={onClose} />}
      </div>
    </SidePanel>
  );
}
