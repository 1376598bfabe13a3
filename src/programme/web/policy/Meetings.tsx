import { ActionIcon, Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, sayLongDate } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { CloseIcon, DocumentIcon, EditIcon, MeetingIcon, PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { inSentence, professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import own from './policy.module.css';
import { useKept } from './use-kept.ts';
import { changedTrack, sayHalfDays, sideLabels, type SiteMeeting, type Track } from './words.ts';

type Present = SiteMeeting['present'][number];
const nobody: Present = { name: '', side: 'team', profession: null };

/** Site meetings of phase 1 or working sessions of phase 2 (POL-1): when, where, who took part, what was said. */
export function Meetings({ track, phase }: { track: Track; phase: 1 | 2 }) {
  const [url, setUrl] = useUrl();
  const here = track.meetings.filter((one) => one.phase === phase);
  const writes = track.may.meet && track.state !== 'stopped';
  const open = url.volet?.startsWith('rencontre')
    ? (track.meetings.find((one) => one.id === url.volet?.split(':')[1]) ?? null)
    : undefined;
  return (
    <>
      <Card
        title={phase === 1 ? 'Rencontres sur place' : 'Séances de travail'}
        count={here.length || undefined}
        action={
          writes && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<PlusIcon size={14} />}
              onClick={() => setUrl({ volet: 'rencontre' })}
            >
              Noter une {phase === 1 ? 'rencontre' : 'séance'}
            </Button>
          )
        }
      >
        {here.length === 0 && (
          <EmptyState icon={MeetingIcon} title={phase === 1 ? 'Aucune rencontre notée' : 'Aucune séance notée'}>
            {phase === 1
              ? 'Chaque rencontre dit quand, où et qui y a pris part : professionnels, élus, ARS, GECO Lib’, ESSORT.'
              : 'Chaque séance compte dans le soutien accordé.'}
          </EmptyState>
        )}
        {here.map((one) => (
          <Line key={one.id} track={track} meeting={one} edit={() => setUrl({ volet: `rencontre:${one.id}` })} />
        ))}
      </Card>
      {open !== undefined && (open === null ? url.volet === 'rencontre' : open.phase === phase) && (
        <MeetingPanel
          key={open?.id ?? 'new'}
          track={track}
          meeting={open}
          phase={phase}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </>
  );
}

function Line({ track, meeting, edit }: { track: Track; meeting: SiteMeeting; edit: () => void }) {
  const params = { track: track.id, meeting: meeting.id };
  const writes = (meeting.mine || track.may.manage) && track.may.meet && track.state !== 'stopped';
  const turn = (on: boolean) =>
    call(on ? programmeContract.restoreMeetingLog : programmeContract.removeMeetingLog, { params }).then(changedTrack);
  const draw = useMutation({
    mutationFn: () => call(programmeContract.meetingMinutes, { params }),
    onSuccess: () => {
      changedTrack();
      done('Compte rendu établi, numéroté dans Documents.');
    },
    onError: failed,
  });
  return (
    <article className={own.meeting} aria-label={`Rencontre du ${sayDate(meeting.day)}`}>
      <div className="row wrap">
        <span className="strong">{sayLongDate(meeting.day)}</span>
        <span className="dim">{meeting.place}</span>
        {meeting.halfDays > 0 && <Tag>{sayHalfDays(meeting.halfDays)}</Tag>}
        <span className="grow" />
        {meeting.paper && (
          <a
            className="row small"
            href={urlOf(programmeContract.trackPaper, { params: { track: track.id, paper: meeting.paper } })}
            target="_blank"
            rel="noreferrer"
          >
            <DocumentIcon size={15} /> Compte rendu (PDF)
          </a>
        )}
        {track.may.meet && track.state !== 'stopped' && (
          <Button size="compact-sm" variant="subtle" loading={draw.isPending} onClick={() => draw.mutate()}>
            {meeting.paper ? 'Établir de nouveau' : 'Établir le compte rendu'}
          </Button>
        )}
        {writes && (
          <>
            <ActionIcon size="md" aria-label={`Corriger la rencontre du ${sayDate(meeting.day)}`} onClick={edit}>
              <EditIcon size={16} />
            </ActionIcon>
            <ActionIcon
              size="md"
              aria-label={`Retirer la rencontre du ${sayDate(meeting.day)}`}
              onClick={() =>
                void turn(false).then(() => done('Rencontre retirée.', () => turn(true), 'Rencontre remise.'), failed)
              }
            >
              <RemoveIcon size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      <div className={own.who}>
        {meeting.present.map((one) => (
          <Tag key={`${one.name} ${one.side}`} tone={one.side === 'team' ? 'neutral' : 'info'}>
            {one.name}, {one.profession ? inSentence(professionLabel(one.profession)) : sideLabels[one.side]}
          </Tag>
        ))}
      </div>
      {meeting.minutes && <p className="small">{meeting.minutes}</p>}
      <WhoWhen who={{ name: meeting.by, role: '' }} when={meeting.at} short />
    </article>
  );
}

function MeetingPanel({
  track,
  meeting,
  phase,
  onClose,
}: {
  track: Track;
  meeting: SiteMeeting | null;
  phase: 1 | 2;
  onClose: () => void;
}) {
  const form = useKept(`rencontre:${track.id}:${meeting?.id ?? phase}`, {
    day: meeting?.day ?? track.today,
    place: meeting?.place ?? '',
    present: meeting?.present ?? [nobody],
    minutes: meeting?.minutes ?? '',
    halfDays: meeting?.halfDays ?? 0,
    seen: meeting?.version ?? 0,
  });
  const { seen, ...values } = form.values;
  const save = useMutation({
    mutationFn: async () => {
      const body = { ...values, phase, present: values.present.filter(({ name }) => name.trim()) };
      if (meeting)
        await call(programmeContract.changeMeetingLog, {
          params: { track: track.id, meeting: meeting.id },
          body: { ...body, seen },
        });
      else await call(programmeContract.logMeeting, { params: { track: track.id }, body });
    },
    onSuccess: () => {
      form.drop();
      changedTrack();
      onClose();
      done(meeting ? 'Rencontre corrigée.' : 'Rencontre notée.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const theirs = refusal?.extra.theirs as { minutes: string; place: string; version: number; by: string } | undefined;
  const one = (at: number, patch: Partial<Present>) =>
    form.set({ present: values.present.map((person, index) => (index === at ? { ...person, ...patch } : person)) });
  return (
    <PanelForm
      title={meeting ? 'Corriger la rencontre' : phase === 1 ? 'Noter une rencontre' : 'Noter une séance'}
      subtitle={form.kept ? 'Votre saisie, retrouvée' : track.team}
      wide
      verb="Enregistrer la rencontre"
      pending={save.isPending}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {theirs && (
        <div className="card pad stack">
          <p className="small strong">Version de {theirs.by}</p>
          <p className="as-typed small">
            {theirs.place} — {theirs.minutes}
          </p>
          <div>
            <Button size="compact-sm" variant="default" onClick={() => form.set({ seen: theirs.version })}>
              J’ai lu, enregistrer la mienne ensuite
            </Button>
          </div>
        </div>
      )}
      <div className={`${own.present} ${own.when}`} data-timed={phase === 2 || undefined}>
        <DateField
          label="Date"
          value={values.day}
          max={track.today}
          error={refusal?.fields.day}
          onChange={(day) => form.set({ day })}
        />
        <TextInput
          label="Lieu"
          value={values.place}
          error={refusal?.fields.place}
          onChange={(event) => form.set({ place: event.currentTarget.value })}
        />
        {phase === 2 && (
          <NumberInput
            label="Temps, en jours"
            step={0.5}
            min={0}
            max={30}
            decimalScale={1}
            fixedDecimalScale={false}
            decimalSeparator=","
            value={values.halfDays / 2}
            error={refusal?.fields.halfDays}
            onChange={(value) => form.set({ halfDays: Math.round(Number(value) * 2) || 0 })}
          />
        )}
      </div>
      <fieldset className="plain stack tight">
        <legend className="small strong" style={{ padding: 0, marginBottom: 4 }}>
          Qui y a pris part
        </legend>
        {values.present.map((person, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name while they are typed
          <div key={at} className={own.present}>
            <TextInput
              size="xs"
              aria-label={`Nom, personne ${at + 1}`}
              placeholder="Nom"
              value={person.name}
              error={refusal?.fields[`present.${at}.name`]}
              onChange={(event) => one(at, { name: event.currentTarget.value })}
            />
            <Select
              size="xs"
              aria-label={`Pour qui, personne ${at + 1}`}
              allowDeselect={false}
              data={Object.entries(sideLabels).map(([value, label]) => ({ value, label }))}
              value={person.side}
              onChange={(side) =>
                one(at, { side: side as Present['side'], ...(side !== 'team' && { profession: null }) })
              }
            />
            <Select
              size="xs"
              aria-label={`Profession, personne ${at + 1}`}
              placeholder="Profession"
              disabled={person.side !== 'team'}
              searchable
              clearable
              data={professionChoices}
              value={person.profession}
              onChange={(profession) => one(at, { profession: profession as Present['profession'] })}
            />
            <ActionIcon
              size="md"
              aria-label={`Retirer la personne ${at + 1}`}
              disabled={values.present.length === 1}
              onClick={() => form.set({ present: values.present.filter((_, index) => index !== at) })}
            >
              <CloseIcon size={15} />
            </ActionIcon>
          </div>
        ))}
        {refusal?.fields.present && <span className="danger small">{refusal.fields.present}</span>}
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<PlusIcon size={14} />}
            onClick={() => form.set({ present: [...values.present, nobody] })}
          >
            Ajouter une personne
          </Button>
        </div>
      </fieldset>
      <Textarea
        label="Compte rendu"
        autosize
        minRows={6}
        maxRows={20}
        value={values.minutes}
        error={refusal?.fields.minutes}
        onChange={(event) => form.set({ minutes: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
