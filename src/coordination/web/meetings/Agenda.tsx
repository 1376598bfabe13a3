import { ActionIcon, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CloseIcon, DownIcon, PatientsIcon, UpIcon } from '../../../web/ui/icons.ts';
import { EmptyState } from '../../../web/ui/states.tsx';
import { coordinationContract, type Discussion, type MeetingDetail } from '../../contract.ts';
import meetingCss from './meeting.module.css';
import css from './meetings.module.css';
import { Outside } from './Outside.tsx';
import { act } from './use-meetings.ts';

export type Item = Pick<Discussion, 'id' | 'version' | 'minutes'>;
/** The agenda as it is to be; who is taken `out` waits for the next meeting. */
export const setAgenda = (
  meeting: MeetingDetail,
  items: readonly Item[],
  out: readonly Item[] = [],
  message?: string,
) =>
  act(
    call(coordinationContract.setAgenda, {
      params: { id: meeting.id },
      body: {
        items: items.map(({ id, version, minutes }) => ({ id, version, minutes })),
        out: out.map(({ id, version }) => ({ id, version })),
      },
    }),
    message,
  );

/** Who is spoken of, in which order, for how long. Lines are moved by hand, by buttons, by Alt and the arrows. */
export function Agenda({ meeting, chosen }: { meeting: MeetingDetail; chosen: string | undefined }) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const lines = meeting.discussions;
  const total = lines.reduce((sum, one) => sum + one.minutes, 0);
  const edits = meeting.may.run;
  /** Moves a line before another; shown when the server has it, so that two coordinators never see two orders. */
  const move = (id: string, to: number) => {
    const rest = lines.filter((one) => one.id !== id);
    const one = lines.find((each) => each.id === id);
    if (!one || to < 0 || to > rest.length) return;
    void setAgenda(meeting, [...rest.slice(0, to), one, ...rest.slice(to)]);
  };
  return (
    <Card
      title="Ordre du jour"
      count={lines.length + meeting.others || undefined}
      action={
        total > 0 &&
        meeting.others === 0 && (
          <span className={`small num ${total > meeting.minutes ? 'danger' : 'dim'}`}>
            {total} min sur {meeting.minutes}
          </span>
        )
      }
    >
      {lines.length === 0 && meeting.others === 0 && (
        <EmptyState icon={PatientsIcon} title="Aucun patient à l’ordre du jour">
          {edits
            ? 'Ajoutez ci-dessous les patients proposés.'
            : 'Proposez un patient depuis son dossier, avec la touche R.'}
        </EmptyState>
      )}
      <ol className={`plain ${meetingCss.agenda}`}>
        {lines.map((one, at) => (
          <li
            key={one.id}
            data-chosen={one.id === chosen || undefined}
            data-over={over === one.id || undefined}
            draggable={edits}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(one.id);
            }}
            onDragOver={(event) => {
              if (!dragged) return;
              event.preventDefault();
              setOver(one.id);
            }}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged && dragged !== one.id) move(dragged, at);
            }}
          >
            <AgendaLine
              meeting={meeting}
              one={one}
              at={at}
              chosen={one.id === chosen}
              onMove={(to) => move(one.id, to)}
            />
          </li>
        ))}
      </ol>
      {meeting.others > 0 && (
        <p className={css.others}>
          {meeting.others === 1 ? '1 autre patient' : `${meeting.others} autres patients`}, d’équipes dont vous n’êtes
          pas.
        </p>
      )}
    </Card>
  );
}

interface LineProps {
  meeting: MeetingDetail;
  one: Discussion;
  /** Its place. */
  at: number;
  onMove: (to: number) => void;
}
/** One patient of the agenda; the name shows their sheet beside. */
function AgendaLine({ meeting, one, at, chosen, onMove }: LineProps & { chosen: boolean }) {
  const [, setUrl] = useUrl();
  const edits = meeting.may.run;
  return (
    <>
      <span className={css.rank}>{at + 1}</span>
      <div className={meetingCss.agendaMain}>
        <button
          type="button"
          className={css.link}
          onClick={() => setUrl({ patient: one.id })}
          aria-pressed={chosen}
          onKeyDown={(event) => {
            if (!edits || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            onMove(event.key === 'ArrowUp' ? at - 1 : at + 1);
          }}
        >
          {one.patient.name} <span className="dim small">{one.patient.age}</span>
        </button>{' '}
        {one.urgent && <Tag tone="warning">urgent</Tag>}
        <p>{one.reason}</p>
        <p className={meetingCss.about}>
          <WhoWhen who={one.proposer} when={one.proposed} />
          {one.wished.length > 0 && (
            <span className="dim tiny">
              {' '}
              · souhaité : {one.wished.map((each) => each.label.toLowerCase()).join(', ')}
            </span>
          )}
        </p>
        <Outside meeting={meeting} discussion={one} />
      </div>
      {edits ? (
        <LineActs meeting={meeting} one={one} at={at} onMove={onMove} />
      ) : (
        <span className="small num dim nowrap">{one.minutes} min</span>
      )}
    </>
  );
}

function LineActs({ meeting, one, at, onMove }: LineProps) {
  const lines = meeting.discussions;
  return (
    <div className={meetingCss.agendaActs}>
      <NumberInput
        aria-label={`Minutes pour ${one.patient.name}`}
        suffix=" min"
        min={1}
        max={240}
        w={86}
        size="xs"
        defaultValue={one.minutes}
        key={one.minutes}
        onBlur={(event) => {
          const minutes = Number.parseInt(event.currentTarget.value, 10);
          if (minutes > 0 && minutes !== one.minutes)
            void setAgenda(
              meeting,
              lines.map((each) => (each.id === one.id ? { ...each, minutes } : each)),
            );
        }}
      />
      <ActionIcon aria-label={`Monter ${one.patient.name}`} disabled={at === 0} onClick={() => onMove(at - 1)}>
        <UpIcon size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={`Descendre ${one.patient.name}`}
        disabled={at === lines.length - 1}
        onClick={() => onMove(at + 1)}
      >
        <DownIcon size={16} />
      </ActionIcon>
      {one.state === 'planned' && (
        <ActionIcon
          aria-label={`Retirer ${one.patient.name} de l’ordre du jour`}
          onClick={() =>
            void setAgenda(
              meeting,
              lines.filter((each) => each.id !== one.id),
              [one],
              `${one.patient.name} attend la prochaine réunion.`,
            )
          }
        >
          <CloseIcon size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
