import { Button, Checkbox, NumberInput, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, ProgressBar, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { ErrorState, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract, type SupportMode, supportLacks, supportModes } from '../../contract.ts';
import css from '../programme.module.css';
import { Meetings } from './Meetings.tsx';
import own from './policy.module.css';
import { changedTrack, sayHalfDays, type Track } from './words.ts';

/** Phase 2: the support, chosen in one of its ways inside its range, and what was used of it. */
export default function SupportTab({ track }: { track: Track }) {
  const [editing, setEditing] = useState(track.support === null && track.may.manage);
  const { support, used } = track;
  const edits = track.may.manage && track.phase === 2 && track.state !== 'submitted' && track.state !== 'stopped';
  const spent = support?.mode === 'meetings' ? used.meetings : used.halfDays / 2;
  return (
    <div className={own.two}>
      <div className="stack loose">
        <Meetings track={track} phase={2} />
      </div>
      <aside className={own.side} aria-label="Soutien">
        <Card
          title="Soutien de l’ARS"
          action={
            edits &&
            !editing && (
              <Button size="compact-sm" variant="light" onClick={() => setEditing(true)}>
                {support ? 'Changer' : 'Choisir'}
              </Button>
            )
          }
        >
          {!support && !editing && <Nothing>Le soutien n’est pas encore choisi.</Nothing>}
          {support && !editing && (
            <div className={`${css.body} stack`}>
              <p>
                <span className="strong">{supportModes[support.mode].label}</span>
                {support.amount !== null && <span>{` : ${support.amount} ${supportModes[support.mode].unit}`}</span>}
              </p>
              {support.provider && <p className="small">Prestataire extérieur : {support.provider}</p>}
              {support.consultantName && <p className="small">Consultant : {support.consultantName}</p>}
              {support.coordinator && (
                <p className="small">
                  {support.coordinator}, en poste depuis le {sayDate(support.coordinatorSince)}, formation PACTE suivie
                </p>
              )}
              {support.amount !== null && (
                <div className="stack tight">
                  <ProgressBar
                    share={Math.min(1, spent / support.amount)}
                    label={
                      support.mode === 'meetings'
                        ? `${used.meetings} réunions tenues sur ${support.amount}`
                        : `${sayHalfDays(used.halfDays)} sur ${support.amount}`
                    }
                  />
                  {spent > support.amount && <Tag tone="danger">au-delà du soutien accordé</Tag>}
                </div>
              )}
              <WhoWhen who={{ name: support.by, role: '' }} when={support.at} short />
            </div>
          )}
          {editing && edits && <SupportForm track={track} end={() => setEditing(false)} />}
        </Card>
      </aside>
    </div>
  );
}

function SupportForm({ track, end }: { track: Track; end: () => void }) {
  const modes = (Object.keys(supportModes) as SupportMode[]).filter((mode) => supportModes[mode].kind === track.kind);
  const before = track.support;
  const [form, setForm] = useState({
    mode: before?.mode ?? modes[0]!,
    amount: before?.amount ?? (track.kind === 'esp' ? track.suggested : null),
    provider: before?.provider ?? '',
    consultant: before?.consultant ?? null,
    coordinator: before?.coordinator ?? '',
    coordinatorSince: before?.coordinatorSince ?? null,
    pacte: before?.pacte ?? false,
  });
  const people = useQuery(reading(programmeContract.trackPeople, { params: { track: track.id } }));
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.planSupport, {
        params: { track: track.id },
        body: { ...form, seen: before?.version ?? 0 },
      }),
    onSuccess: () => {
      changedTrack();
      end();
      done('Soutien enregistré.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const { from, to, unit } = supportModes[form.mode];
  // Told as one types; the server says it again.
  const lacks = supportLacks(track.kind, form, track.today);
  const error = (name: string) =>
    refusal?.fields[name] ?? (name === 'amount' && form.amount !== null ? lacks.amount : undefined);
  const set = (patch: Partial<typeof form>) => {
    save.reset();
    setForm({ ...form, ...patch });
  };
  return (
    <form
      className={`${css.body} stack`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {modes.length > 1 && (
        <Radio.Group
          label="Voie choisie par les professionnels"
          value={form.mode}
          onChange={(mode) => set({ mode: mode as SupportMode })}
        >
          <div className="stack tight" style={{ marginTop: 6 }}>
            {modes.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={supportModes[mode].label}
                description={`de ${supportModes[mode].from} à ${supportModes[mode].to} ${supportModes[mode].unit}`}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      <NumberInput
        label={track.kind === 'esp' ? 'Réunions payées' : 'Jours'}
        description={`De ${from} à ${to} ${unit}.${track.kind === 'esp' ? ` Proposition : ${track.suggested}, d’après les professionnels et les thèmes. Vide : le prestataire seul.` : ''}`}
        allowDecimal={false}
        value={form.amount ?? ''}
        error={error('amount')}
        onChange={(value) => set({ amount: value === '' ? null : Number(value) })}
      />
      {track.kind === 'esp' && (
        <TextInput
          label="Prestataire extérieur (facultatif)"
          value={form.provider}
          error={error('provider')}
          onChange={(event) => set({ provider: event.currentTarget.value })}
        />
      )}
      {form.mode === 'consultant' && (
        <Select
          label="Consultant agréé"
          data={(people.data ?? [])
            .concat(track.people)
            .filter(
              (one, at, all) =>
                one.role === 'consultant' && all.findIndex((other) => other.practitioner === one.practitioner) === at,
            )
            .map((one) => ({ value: one.practitioner, label: one.name }))}
          value={form.consultant}
          error={error('consultant')}
          onChange={(consultant) => set({ consultant })}
        />
      )}
      {form.mode === 'pool' && (
        <>
          <TextInput
            label="Coordinateur"
            value={form.coordinator}
            onChange={(event) => set({ coordinator: event.currentTarget.value })}
          />
          <DateField
            label="En poste depuis"
            value={form.coordinatorSince ?? ''}
            max={track.today}
            error={error('coordinatorSince')}
            onChange={(coordinatorSince) => set({ coordinatorSince: coordinatorSince || null })}
          />
          <Checkbox
            label="A suivi la formation PACTE"
            checked={form.pacte}
            error={error('pacte')}
            onChange={(event) => set({ pacte: event.currentTarget.checked })}
          />
        </>
      )}
      {refusal && !Object.keys(refusal.fields).length && <ErrorState compact error={refusal} />}
      <div className="row wrap">
        <Button type="submit" loading={save.isPending}>
          Enregistrer le soutien
        </Button>
        {before && (
          <Button variant="subtle" onClick={end}>
            Fermer
          </Button>
        )}
      </div>
    </form>
  );
}
