import { Button, Select, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAgo } from '../../../web/say.ts';
import { Card, Face, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, DocumentIcon, EditIcon, RemoveIcon, SendIcon, WarningIcon } from '../../../web/ui/icons.ts';
import { ErrorState, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { AboutPanel } from './AboutPanel.tsx';
import { Composition } from './Composition.tsx';
import { Meetings } from './Meetings.tsx';
import own from './policy.module.css';
import { changedTrack, roleLabels, type Track } from './words.ts';

/** Phase 1: who the team is, who met, what is checked, the request for support. */
export default function TeamTab({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  return (
    <div className={own.two}>
      <div className="stack loose">
        <About track={track} edit={() => setUrl({ volet: 'equipe' })} />
        <Meetings track={track} phase={1} />
      </div>
      <aside className={own.side} aria-label="Où en est la phase 1">
        {track.phase === 1 && <Request track={track} />}
        <Checks track={track} />
        <People track={track} />
      </aside>
      {url.volet === 'equipe' && track.may.manage && (
        <AboutPanel track={track} onClose={() => setUrl({ volet: undefined })} />
      )}
    </div>
  );
}

function About({ track, edit }: { track: Track; edit: () => void }) {
  const { about } = track;
  const edits = track.may.manage && !['submitted', 'validated', 'stopped'].includes(track.state);
  const statutes = useMutation({
    mutationFn: () => call(programmeContract.statutes, { params: { track: track.id } }),
    onSuccess: ({ paper }) => {
      changedTrack();
      window.open(urlOf(programmeContract.trackPaper, { params: { track: track.id, paper } }), '_blank', 'noreferrer');
    },
    onError: failed,
  });
  const line = (label: string, value: string) => (
    <div style={{ display: 'contents' }}>
      <dt>{label}</dt>
      <dd>{value || <span className="dim">non renseigné</span>}</dd>
    </div>
  );
  return (
    <Card
      title="L’équipe"
      action={
        edits && (
          <Button size="compact-sm" variant="light" leftSection={<EditIcon size={14} />} onClick={edit}>
            Modifier
          </Button>
        )
      }
    >
      <div className={`${css.body} stack`}>
        <dl className={css.lines}>
          {line(
            'Demandé par',
            about.askedBy === null ? '' : about.askedBy === 'elected' ? 'des élus' : 'des professionnels de santé',
          )}
          {line('Territoire', about.territory)}
          {line(
            'Professionnels',
            Object.entries(about.members)
              .filter(([, count]) => count)
              .map(
                ([code, count]) =>
                  `${professionLabel(code)} : ${count}${code === 'physician' ? `, dont ${about.generalists} généraliste${about.generalists > 1 ? 's' : ''}` : ''}`,
              )
              .join('\n'),
          )}
          {line('Thèmes', about.themes.join(', '))}
          {line(
            'Association',
            [
              about.association.name,
              about.association.seat,
              about.association.president && `présidence : ${about.association.president}`,
            ]
              .filter(Boolean)
              .join('\n'),
          )}
          {line(
            'À qui répondre',
            [about.contact.name, about.contact.role, about.contact.mail].filter(Boolean).join(', '),
          )}
        </dl>
        <section aria-label="Composition">
          <h3>Composition</h3>
          <Composition kind={track.kind} about={about} />
        </section>
        {track.may.manage && (
          <div>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<DocumentIcon size={16} />}
              loading={statutes.isPending}
              onClick={() => statutes.mutate()}
            >
              Modèle de statuts de l’association (PDF)
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function Request({ track }: { track: Track }) {
  const ask = useMutation({
    mutationFn: () =>
      call(programmeContract.askSupport, { params: { track: track.id }, body: { seen: track.version } }),
    onSuccess: () => {
      changedTrack();
      done('Demande de soutien envoyée à l’ARS.');
    },
    onError: failed,
  });
  if (track.state === 'requested')
    return (
      <Card title="Demande de soutien" action={<Tag tone="warning">envoyée</Tag>}>
        <div className={`${css.body} stack`}>
          {track.may.instruct ? (
            <Answer track={track} />
          ) : (
            <p className="small dim">L’ARS l’examine. Sa réponse arrive par courriel et s’affiche ici.</p>
          )}
        </div>
      </Card>
    );
  return (
    <Card
      title="Demande de soutien"
      action={
        track.lacks.length > 0 ? (
          <Tag tone="warning">{track.lacks.length} à compléter</Tag>
        ) : (
          <Tag tone="success">prête</Tag>
        )
      }
    >
      <div className={`${css.body} stack`}>
        {track.lacks.length > 0 ? (
          <ul className={css.steps}>
            {track.lacks.map((one) => (
              <li key={one} className="small">
                {one}
              </li>
            ))}
          </ul>
        ) : (
          <p className="small">
            Le territoire, les professionnels et l’association sont nommés : la demande peut partir.
          </p>
        )}
        {track.may.manage && track.state === 'meeting' && (
          <Button
            leftSection={<SendIcon size={16} />}
            disabled={track.lacks.length > 0}
            loading={ask.isPending}
            onClick={() => ask.mutate()}
          >
            Envoyer la demande de soutien
          </Button>
        )}
      </div>
    </Card>
  );
}
function Answer({ track }: { track: Track }) {
  const [reason, setReason] = useState('');
  const answer = useMutation({
    mutationFn: (accept: boolean) =>
      call(programmeContract.answerRequest, {
        params: { track: track.id },
        body: { accept, reason, seen: track.version },
      }),
    onSuccess: (_nothing, accept) => {
      changedTrack();
      done(
        accept
          ? 'Soutien accordé. La phase 2 est ouverte, le courrier part.'
          : 'Demande rendue à l’équipe, le courrier part.',
      );
    },
  });
  const unchecked = track.checks.filter((one) => one.answer !== true);
  return (
    <>
      {unchecked.length > 0 && (
        <Note tone="warning">
          Avant d’accepter, confirmez :{' '}
          {unchecked.map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1)).join(' ; ')}.
        </Note>
      )}
      <Textarea
        label="Mot joint à la réponse"
        description="Obligatoire pour rendre la demande."
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={answer.error instanceof Refusal ? answer.error.fields.reason : undefined}
      />
      {answer.error && <ErrorState compact error={answer.error} />}
      <div className="row wrap">
        <Button
          loading={answer.isPending && answer.variables}
          disabled={unchecked.length > 0}
          onClick={() => answer.mutate(true)}
        >
          Accorder le soutien
        </Button>
        <Button variant="default" loading={answer.isPending && !answer.variables} onClick={() => answer.mutate(false)}>
          Rendre à l’équipe
        </Button>
      </div>
    </>
  );
}

function Checks({ track }: { track: Track }) {
  return (
    <Card title="Vérifications">
      <div className={css.body}>
        {track.checks.map((check) => (
          <section key={check.subject} aria-label={check.title} style={{ paddingBottom: 12 }}>
            <div className="row between wrap">
              <h3>{check.title}</h3>
              {check.answer === null ? (
                <Tag>à vérifier</Tag>
              ) : check.answer ? (
                <Tag tone="success">confirmé</Tag>
              ) : (
                <Tag tone="danger">pas encore</Tag>
              )}
            </div>
            <ul className="plain stack tight" style={{ marginTop: 6 }}>
              {check.facts.map((fact) => (
                <li key={fact.words} className={`${own.fact} small`} data-ok={fact.ok || undefined}>
                  {fact.ok ? <CheckIcon size={14} aria-label="oui" /> : <WarningIcon size={14} aria-label="à voir" />}
                  <span>{fact.words}</span>
                </li>
              ))}
            </ul>
            {check.note && (
              <p className="small" style={{ marginTop: 6 }}>
                {check.note}
              </p>
            )}
            {check.by && (
              <p className="dim tiny">
                {check.by}, {sayAgo(check.at)}
              </p>
            )}
            {track.may.instruct && track.phase === 1 && track.state !== 'stopped' && (
              <CheckAnswer key={check.version} track={track} check={check} />
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}
function CheckAnswer({ track, check }: { track: Track; check: Track['checks'][number] }) {
  const [note, setNote] = useState(check.note);
  const [asks, setAsks] = useState(false);
  const say = useMutation({
    mutationFn: (answer: boolean) =>
      call(programmeContract.answerCheck, {
        params: { track: track.id, subject: check.subject },
        body: { answer, note, seen: check.version },
      }),
    onSuccess: () => {
      setAsks(false);
      changedTrack();
    },
    onError: failed,
  });
  return (
    <div className="stack tight" style={{ marginTop: 8 }}>
      <SegmentedControl
        size="xs"
        aria-label={`${check.title} : votre réponse`}
        value={asks ? 'no' : check.answer === null ? '' : check.answer ? 'yes' : 'no'}
        disabled={say.isPending}
        data={[
          { value: 'yes', label: 'Confirmé' },
          { value: 'no', label: 'Pas encore' },
        ]}
        onChange={(value) => (value === 'yes' ? say.mutate(true) : setAsks(true))}
      />
      {asks && (
        <>
          <Textarea
            size="xs"
            label="Ce qui manque"
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div>
            <Button size="compact-sm" variant="default" loading={say.isPending} onClick={() => say.mutate(false)}>
              Enregistrer
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** Who has a part: those who write, the consultant, partners. */
function People({ track }: { track: Track }) {
  const [open, setOpen] = useState(false);
  const candidates = useQuery({
    ...reading(programmeContract.trackPeople, { params: { track: track.id } }),
    enabled: open,
  });
  const there = new Set(track.people.map(({ practitioner }) => practitioner));
  const give = (practitioner: string) =>
    call(programmeContract.putTrackPerson, { params: { track: track.id, practitioner } }).then(changedTrack);
  const take = (practitioner: string) =>
    call(programmeContract.removeTrackPerson, { params: { track: track.id, practitioner } }).then(changedTrack);
  const groups = (['writer', 'consultant', 'partner'] as const).flatMap((role) => {
    const items = (candidates.data ?? [])
      .filter((one) => one.role === role && !there.has(one.practitioner))
      .map((one) => ({ value: one.practitioner, label: one.name }));
    return items.length ? [{ group: roleLabels[role], items }] : [];
  });
  const writes = track.may.manage && track.state !== 'stopped';
  return (
    <Card
      title="Qui y prend part"
      action={
        writes &&
        !open && (
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
            Ajouter
          </Button>
        )
      }
    >
      {track.people.length === 0 && !open && (
        <Nothing>La coordination de l’équipe et l’ARS. Associez qui écrit, un consultant, un partenaire.</Nothing>
      )}
      <ul className={`plain ${css.body} stack tight`}>
        {track.people.map((one) => (
          <li key={one.practitioner} className="row">
            <Face name={one.name} size={24} quiet />
            <span className="grow">
              {one.name} <span className="dim small">{roleLabels[one.role]}</span>
            </span>
            {writes && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Retirer ${one.name}`}
                onClick={() =>
                  void take(one.practitioner).then(
                    () => done(`${one.name} n’a plus de part.`, () => give(one.practitioner), 'Part rendue.'),
                    failed,
                  )
                }
              >
                <RemoveIcon size={15} />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <div className={css.body}>
          <Select
            label="Personne à associer"
            data={groups}
            searchable
            value={null}
            placeholder={candidates.isPending ? 'Chargement…' : 'Choisir'}
            nothingFoundMessage="Personne à ajouter"
            onChange={(value) => value && void give(value).then(() => (setOpen(false), done('Part donnée.')), failed)}
          />
        </div>
      )}
    </Card>
  );
}
