import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { changedGatherings, type Poll, purposes } from './words.ts';

interface Line {
  key: number;
  id?: string;
  day: string;
  hour: string;
  minutes: number;
  place: string;
  visio: string;
}
let keys = 0;
const line = (like?: Line): Line => ({
  key: ++keys,
  day: '',
  hour: like?.hour ?? '12:30',
  minutes: like?.minutes ?? 90,
  place: like?.place ?? '',
  visio: like?.visio ?? '',
});
const hourOf = (typed: string): string => {
  const read = /^(\d{1,2})(?:\s*[h:]\s*(\d{1,2})?)?$/i.exec(typed.trim());
  return read ? `${read[1]!.padStart(2, '0')}:${(read[2] ?? '00').padStart(2, '0')}` : typed;
};

/** Proposes dates, or changes those of an open poll. */
export function PollPanel({
  project,
  poll,
  onClose,
}: {
  project: string;
  poll: Poll | undefined;
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    purpose: poll?.purpose ?? 'launch',
    title: poll?.title ?? purposes.launch,
    note: poll?.note ?? '',
    deadline: poll?.deadline ?? '',
  });
  const [lines, setLines] = useState<Line[]>(() =>
    poll
      ? [...poll.slots]
          .sort((a, b) => a.starts.localeCompare(b.starts))
          .map(({ id, starts, minutes, place, visio }) => ({
            key: ++keys,
            id,
            day: starts.slice(0, 10),
            hour: starts.slice(11),
            minutes,
            place,
            visio,
          }))
      : [line(), line()],
  );
  const send = useMutation({
    mutationFn: async () => {
      const slots = lines
        .filter(({ day }) => day !== '')
        .map(({ id, day, hour, minutes, place, visio }) => ({
          ...(id && { id }),
          starts: `${day}T${hourOf(hour)}`,
          minutes,
          place,
          visio,
        }));
      const body = { title: form.title, note: form.note, deadline: form.deadline, slots };
      if (poll)
        return call(programmeContract.changePoll, {
          params: { project, poll: poll.id },
          body: { ...body, seen: poll.version },
        });
      return call(programmeContract.addPoll, { params: { project }, body: { ...body, purpose: form.purpose } });
    },
    onSuccess: () => {
      void changedGatherings();
      done(
        poll
          ? 'Dates changées. Les personnes invitées sont prévenues.'
          : 'Dates proposées. Invitez maintenant l’équipe.',
      );
      onClose();
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const dated = lines.filter(({ day }) => day !== '');
  const set = (key: number, change: Partial<Line>) =>
    setLines(lines.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const errorOf = (one: Line, field: string) => {
    const at = dated.indexOf(one);
    return at < 0 ? undefined : refusal?.fields[`slots.${at}.${field}`];
  };
  return (
    <PanelForm
      title={poll ? 'Changer les dates' : 'Proposer des dates'}
      subtitle={poll?.title}
      verb={poll ? 'Changer les dates' : 'Proposer ces dates'}
      pending={send.isPending}
      ready={form.title.trim() !== '' && form.deadline !== '' && dated.length > 0}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {!poll && (
        <Select
          label="Pour"
          allowDeselect={false}
          data={Object.entries(purposes).map(([value, label]) => ({ value, label }))}
          value={form.purpose}
          onChange={(value) =>
            value &&
            setForm({
              ...form,
              purpose: value as keyof typeof purposes,
              title: Object.values(purposes).includes(form.title as never)
                ? purposes[value as keyof typeof purposes]
                : form.title,
            })
          }
        />
      )}
      <TextInput
        label="Titre"
        value={form.title}
        error={refusal?.fields.title}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <DateField
        label="Répondre au plus tard le"
        value={form.deadline}
        error={refusal?.fields.deadline}
        onChange={(deadline) => setForm({ ...form, deadline })}
      />
      {lines.map((one, at) => (
        <fieldset
          key={one.key}
          className="stack"
          style={{ border: '1px solid var(--line)', borderRadius: 8, padding: 12, margin: 0 }}
        >
          <legend className="small strong">Date {at + 1}</legend>
          <div className="row wrap" style={{ alignItems: 'start' }}>
            <DateField
              label="Jour"
              style={{ flex: '1 1 150px' }}
              value={one.day}
              error={errorOf(one, 'starts')}
              onChange={(day) => set(one.key, { day })}
            />
            <TextInput
              label="Heure"
              style={{ width: 84 }}
              value={one.hour}
              onChange={(event) => set(one.key, { hour: event.currentTarget.value })}
              onBlur={() => set(one.key, { hour: hourOf(one.hour) })}
            />
            <NumberInput
              label="Minutes"
              style={{ width: 92 }}
              min={15}
              max={600}
              step={15}
              value={one.minutes}
              error={errorOf(one, 'minutes')}
              onChange={(value) => set(one.key, { minutes: Number(value) || 90 })}
            />
          </div>
          <TextInput
            label="Lieu"
            value={one.place}
            error={errorOf(one, 'place')}
            onChange={(event) => set(one.key, { place: event.currentTarget.value })}
          />
          <TextInput
            label="Adresse de visioconférence"
            placeholder="https://…"
            value={one.visio}
            error={errorOf(one, 'visio')}
            onChange={(event) => set(one.key, { visio: event.currentTarget.value })}
          />
          {lines.length > 1 && (
            <div>
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<RemoveIcon size={14} />}
                onClick={() => setLines(lines.filter(({ key }) => key !== one.key))}
                aria-label={`Retirer la date ${at + 1}`}
              >
                Retirer
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<PlusIcon size={14} />}
          onClick={() => setLines([...lines, line(lines.at(-1))])}
        >
          Une date de plus
        </Button>
      </div>
      <Textarea
        label="Message (facultatif)"
        autosize
        minRows={2}
        value={form.note}
        error={refusal?.fields.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
