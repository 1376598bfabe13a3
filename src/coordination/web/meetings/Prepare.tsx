import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CloseIcon, DownIcon, PlusIcon, UpIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Note } from '../../../web/ui/states.tsx';
import { PatientsIcon } from '../../../web/ui/icons.ts';
import { coordinationContract, type Discussion, type MeetingDetail } from '../../contract.ts';
import { Outside } from './Outside.tsx';
import meetingCss from './meeting.module.css';
import css from './meetings.module.css';
import { PreparationSheet } from './PreparationSheet.tsx';
import { act, useMeetings } from './use-meetings.ts';

type Item = Pick<Discussion, 'id' | 'version' | 'minutes'>;
const setAgenda = (meeting: MeetingDetail, items: readonly Item[], out: readonly Item[] = [], message?: string) =>
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

/** Before the meeting: who is spoken of, in which order, for how long, and what there is to know. */
export function Prepare({ meeting }: { meeting: MeetingDetail }) {
  const [url, setUrl] = useUrl();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const lines = meeting.discussions;
  const chosen = lines.find((one) => one.id === url.patient) ?? lines[0];
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
    <div className={meetingCss.prepare}>
      <div className={css.main}>
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
                data-chosen={one.id === chosen?.id || undefined}
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
                <span className={css.rank}>{at + 1}</span>
                <div className={meetingCss.agendaMain}>
                  <button
                    type="button"
                    className={css.link}
                    onClick={() => setUrl({ patient: one.id })}
                    aria-pressed={one.id === chosen?.id}
                    onKeyDown={(event) => {
                      if (!edits || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                      event.preventDefault();
                      move(one.id, event.key === 'ArrowUp' ? at - 1 : at + 1);
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
                    <ActionIcon
                      aria-label={`Monter ${one.patient.name}`}
                      disabled={at === 0}
                      onClick={() => move(one.id, at - 1)}
                    >
                      <UpIcon size={16} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`Descendre ${one.patient.name}`}
                      disabled={at === lines.length - 1}
                      onClick={() => move(one.id, at + 1)}
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
                ) : (
                  <span className="small num dim nowrap">{one.minutes} min</span>
                )}
              </li>
            ))}
          </ol>
          {meeting.others > 0 && (
            <p className={css.others}>
              {meeting.others === 1 ? '1 autre patient' : `${meeting.others} autres patients`}, d’équipes dont vous
              n’êtes pas.
            </p>
          )}
        </Card>
        {edits && <ToAdd meeting={meeting} />}
        {!edits && meeting.state === 'booked' && (
          <Note tone="info">Pour ajouter un patient, ouvrez son dossier et pressez R.</Note>
        )}
      </div>
      {chosen && (
        <aside className={`card ${meetingCss.side}`} aria-label={`Fiche de ${chosen.patient.name}`}>
          <h2 className={meetingCss.sideName}>
            <Link to="/patients/$patient" params={{ patient: chosen.patient.id }}>
              {chosen.patient.name}
            </Link>{' '}
            <span className="dim small">{chosen.patient.age}</span>
          </h2>
          <PreparationSheet key={chosen.id} meeting={meeting.id} discussion={chosen.id} />
        </aside>
      )}
    </div>
  );
}

/** Those who wait, one press away from the agenda. */
function ToAdd({ meeting }: { meeting: MeetingDetail }) {
  const { data } = useMeetings();
  const waiting = data?.waiting ?? [];
  if (waiting.length === 0) return null;
  const add = (some: readonly Item[]) =>
    void setAgenda(
      meeting,
      [...meeting.discussions, ...some],
      [],
      `${sayCount(some.length, 'patient ajouté', 'patients ajoutés')} à l’ordre du jour.`,
    );
  return (
    <Card
      title="Patients à programmer"
      count={waiting.length}
      action={
        waiting.length > 1 && (
          <Button size="compact-sm" variant="subtle" onClick={() => add(waiting)}>
            Tous les ajouter
          </Button>
        )
      }
    >
      <ul className="plain">
        {waiting.map((one) => (
          <li key={one.id} className={css.cardLine}>
            <span className="grow">
              <span className="strong">{one.patient.name}</span> <span className="dim small">{one.patient.age}</span>{' '}
              {one.urgent && <Tag tone="warning">urgent</Tag>}
              <span className={css.sub}>{one.reason}</span>
              <WhoWhen who={one.proposer} when={one.proposed} />
            </span>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<PlusIcon size={14} />}
              onClick={() => add([one])}
              aria-label={`Ajouter ${one.patient.name} à l’ordre du jour`}
            >
              Ajouter
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
