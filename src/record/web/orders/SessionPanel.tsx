import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useMe } from '../../../web/session.ts';
import { sayDateTime } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { actLabel, orderFamilies, type OrderLine, type OrderStatus, recordContract } from '../../contract.ts';
import { refresh } from '../use-record.ts';
import css from './orders.module.css';
import { ReportForm } from './ReportForm.tsx';
import { askRenewal } from './order-acts.ts';
import { refreshDay, refreshWaiting, useOrders } from './use-orders.ts';
import { RenewalAsked } from './RenewalAsked.tsx';

/** «Séances»: one press records the session of today; any one of the course can be corrected. `args`: the course (its Task). */
export default function SessionPanel({
  patient,
  patientName,
  args,
  onClose,
}: {
  patient: string;
  patientName: string;
  args: readonly string[];
  onClose: () => void;
}) {
  const me = useMe();
  const query = useOrders(patient);
  const all = (query.data?.prescriptions ?? [])
    .flatMap(({ lines }) => lines)
    .filter(
      ({ kind, status, cancelled }) => cancelled === null && status !== null && orderFamilies[kind].way === 'sessions',
    );
  const named = all.filter(({ status }) => status!.task === args[0]);
  const mine = all.filter(
    ({ kind, status }) =>
      (status!.acts.includes('session') || status!.mayReport) &&
      (orderFamilies[kind].doneBy.includes(me.profession) || me.profession === 'physician'),
  );
  const shown = named.length > 0 ? named : mine;
  return (
    <SidePanel title="Séances" subtitle={patientName} onClose={onClose} wide>
      <Failure of={query} />
      {query.isPending && <Bone h={220} />}
      {query.data && shown.length === 0 && (
        <Nothing>Aucune série de séances n’est prescrite à votre profession ici, ou toutes sont à leur terme.</Nothing>
      )}
      <div className="stack loose">
        {shown.map((line, at) => (
          <CourseOf key={line.id} patient={patient} line={line} first={at === 0} />
        ))}
      </div>
    </SidePanel>
  );
}

function CourseOf({ patient, line, first }: { patient: string; line: OrderLine; first: boolean }) {
  const me = useMe();
  const status = line.status!;
  const [day, setDay] = useState('');
  const [editing, setEditing] = useState<{ event: number; at: string; day: string } | null>(null);
  const [reporting, setReporting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const params = { patient, id: status.task };
  const all = () => Promise.all([refresh(patient), refreshWaiting(), refreshDay()]);
  const hold = useMutation({
    mutationFn: () =>
      call(recordContract.followOrder, { params, body: { version: status.version, act: 'session', day: day || null } }),
    onSuccess: async (next) => {
      setDay('');
      await all();
      done(`« ${line.label} » : ${next.course?.words ?? next.stateLabel.toLowerCase()}.`, async () => {
        await call(recordContract.followOrder, { params, body: { version: next.version, act: 'back' } });
        await all();
      });
    },
    onError: () => void all(),
  });
  const correct = useMutation({
    mutationFn: (body: { event: number; day: string | null }) =>
      call(recordContract.correctSession, { params, body: { version: status.version, ...body } }),
    onSuccess: async (next: OrderStatus, body) => {
      const before = status.events[body.event]!;
      setEditing(null);
      await all();
      done(
        body.day
          ? 'Jour de la séance changé.'
          : `${unit} retirée du compte : ${next.course?.words ?? next.stateLabel.toLowerCase()}.`,
        async () => {
          if (body.day)
            await call(recordContract.correctSession, {
              params,
              body: { version: next.version, event: body.event, day: before.at.slice(0, 10) },
            });
          else
            await call(recordContract.followOrder, {
              params,
              body: { version: next.version, act: 'session', day: before.at.slice(0, 10) },
            });
          await all();
        },
      );
    },
    onError: () => void all(),
  });
  const pending = hold.isPending || correct.isPending;
  // The next session is one press away: a button that was waiting, a row that left, or a panel that opened before its lines were read gives the hand back.
  useEffect(() => {
    const at = document.activeElement;
    const nowhere = !at || at === document.body || (at.matches('aside') && at.contains(button.current));
    if (first && !pending && nowhere) button.current?.focus();
  }, [first, pending]);
  const { unit: word } = orderFamilies[line.kind];
  const unit = `${word[0]!.toUpperCase()}${word.slice(1)}`;
  const refusal = hold.error instanceof Refusal ? hold.error : correct.error instanceof Refusal ? correct.error : null;
  const sessions = status.events
    .map((event, at) => ({ event, at }))
    .filter(({ event }) => event.act === 'session')
    .toSorted((a, b) => b.event.at.localeCompare(a.event.at));
  return (
    <section className="stack" aria-label={line.label}>
      <div>
        <h3>{line.label}</h3>
        {status.course && (
          <p className="strong">{status.course.words[0]!.toUpperCase() + status.course.words.slice(1)}</p>
        )}
        {line.sentence && <p className="small dim">{line.sentence}</p>}
      </div>
      {status.course && (
        <progress
          className={css.course}
          max={status.course.of}
          value={status.course.done}
          aria-label={`${status.course.done} sur ${status.course.of}`}
        />
      )}
      {status.acts.includes('session') && (
        <form
          className="row wrap"
          style={{ alignItems: 'flex-end' }}
          onSubmit={(event) => {
            event.preventDefault();
            hold.mutate();
          }}
        >
          <DateField
            label="Faite le"
            placeholder="aujourd’hui"
            value={day}
            error={hold.error ? refusal?.fields.day : undefined}
            onChange={setDay}
          />
          <Button type="submit" ref={button} loading={hold.isPending} data-autofocus={first || undefined}>
            {actLabel(line.kind, 'session')}
          </Button>
        </form>
      )}
      {refusal && !refusal.fields.day && (
        <Note tone="danger" live>
          {refusal.message}
        </Note>
      )}
      {status.report && (
        <p className="small">
          <Link to={`/patients/${patient}/courriers/${status.report.id}` as string}>
            Compte rendu de fin de séances
          </Link>
          , {status.report.who?.me ? 'vous' : status.report.who?.name}, {sayDateTime(status.report.at)}
        </p>
      )}
      <RenewalAsked patient={patient} line={line} />
      {(status.mayReport || status.renewal.mayAsk) && !reporting && (
        <div className="row wrap">
          {status.mayReport && (
            <Button variant="default" onClick={() => setReporting(true)}>
              Compte rendu de fin de séances
            </Button>
          )}
          {status.renewal.mayAsk && (
            <Button variant="default" onClick={() => void askRenewal(patient, line)}>
              Demander le renouvellement
            </Button>
          )}
        </div>
      )}
      {reporting && <ReportForm patient={patient} line={line} onClose={() => setReporting(false)} />}
      {sessions.length > 0 && (
        <ol className={css.told} aria-label={`${unit}s faites : ${line.label}`}>
          {sessions.map(({ event, at }, place) => (
            <li key={`${at} ${event.at}`} className={css.session}>
              <span className="grow">
                <span className="num dim">{sessions.length - place}.</span> {sayDateTime(event.at)}{' '}
                <span className="dim small">{event.who?.me ? 'vous' : event.who?.name}</span>
              </span>
              {editing?.event === at && editing.at === event.at ? (
                <form
                  className="row wrap"
                  onSubmit={(submitted) => {
                    submitted.preventDefault();
                    if (editing.day) correct.mutate({ event: at, day: editing.day });
                  }}
                >
                  <DateField
                    label="Autre jour"
                    value={editing.day}
                    error={correct.error ? refusal?.fields.day : undefined}
                    onChange={(next) => setEditing({ ...editing, day: next })}
                  />
                  <Button
                    type="submit"
                    size="compact-md"
                    variant="light"
                    disabled={!editing.day}
                    loading={correct.isPending}
                  >
                    Changer le jour
                  </Button>
                  <Button size="compact-md" variant="subtle" onClick={() => setEditing(null)}>
                    Laisser
                  </Button>
                </form>
              ) : (
                (event.who?.me || me.profession === 'physician') && (
                  <>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={`Changer le jour de la ${word} ${sessions.length - place}`}
                      onClick={() => setEditing({ event: at, at: event.at, day: '' })}
                    >
                      Jour
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="gray"
                      aria-label={`Retirer la ${word} ${sessions.length - place}`}
                      onClick={() => correct.mutate({ event: at, day: null })}
                    >
                      Retirer
                    </Button>
                  </>
                )
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
