import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Card, OnEachSheet, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import type { MeetingDetail } from '../../contract.ts';
import { Agenda, type Item, setAgenda } from './Agenda.tsx';
import meetingCss from './meeting.module.css';
import css from './meetings.module.css';
import { PreparationSheet } from './PreparationSheet.tsx';
import { useMeetings } from './use-meetings.ts';

/** Before the meeting: who is spoken of, in which order, for how long, and what there is to know. */
export function Prepare({ meeting }: { meeting: MeetingDetail }) {
  const [url] = useUrl();
  const lines = meeting.discussions;
  const chosen = lines.find((one) => one.id === url.patient) ?? lines[0];
  const edits = meeting.may.run;
  return (
    <div className={meetingCss.prepare}>
      <div className={css.main}>
        <Agenda meeting={meeting} chosen={chosen?.id} />
        {edits && <ToAdd meeting={meeting} />}
        {!edits && meeting.state === 'booked' && (
          <Note tone="info">Pour ajouter un patient, ouvrez son dossier et pressez R.</Note>
        )}
      </div>
      {chosen && (
        <aside className={`card ${meetingCss.side}`} aria-label={`Fiche de ${chosen.patient.name}`}>
          <OnEachSheet name={chosen.patient.name} about={`${chosen.patient.birthDateLabel} (${chosen.patient.age})`} />
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
