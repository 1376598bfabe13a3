import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call, Refusal, failureOf } from '../../../web/api.ts';
import { lazy } from '../../../web/lazy.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { PartTabs } from '../parts.tsx';
import css from '../programme.module.css';
import own from './policy.module.css';
import { changedTrack, firstTab, kindWords, phaseTitles, states, type Track, useTrack } from './words.ts';

const tabs = [
  { id: 'equipe', label: 'Équipe et rencontres', Component: lazy(() => import('./TeamTab.tsx')), shows: () => true },
  {
    id: 'soutien',
    label: 'Soutien',
    Component: lazy(() => import('./SupportTab.tsx')),
    shows: (track: Track) => track.phase > 1,
  },
  {
    id: 'projet',
    label: 'Projet de santé',
    Component: lazy(() => import('./ProjectTab.tsx')),
    shows: (track: Track) => (track.phase > 1 && track.may.read) || track.versions.length > 0,
  },
  {
    id: 'commission',
    label: 'Commission',
    Component: lazy(() => import('./CommissionTab.tsx')),
    shows: (track: Track) => track.submitted > 0 && (track.may.read || track.may.judge),
  },
  {
    id: 'actions',
    label: 'Plan d’actions',
    Component: lazy(() => import('./ActionsTab.tsx')),
    shows: (track: Track) => track.phase === 3 && (track.may.read || track.may.judge),
  },
  { id: 'documents', label: 'Documents', Component: lazy(() => import('./DocumentsTab.tsx')), shows: () => true },
] as const;

/** `/programme/parcours/$track`: one way from people to a recognised team, by phases. */
export default function TrackPage() {
  const { track: id } = useParams({ strict: false }) as { track: string };
  const [url, setUrl] = useUrl();
  const query = useTrack(id);
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <Bone h={36} w={320} />
        <Bone h={420} style={{ marginTop: 16 }} />
      </div>
    );
  const track = query.data;
  const shown = tabs.filter(({ shows }) => shows(track));
  const tab = shown.find((one) => one.id === (url.onglet ?? firstTab(track))) ?? shown[0]!;
  return (
    <div className="page">
      <title>{`${track.team} · Parcours · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={'/programme/parcours' as string}>Parcours</Link>
          </p>
          <h1>{track.team}</h1>
          <p className="dim">
            <span className="nowrap">{track.reference}</span> · {kindWords[track.kind]}
            {track.territory && ` · ${track.territory}`}
          </p>
        </div>
        <div className="row wrap">
          <Tag tone={states[track.state].tone}>{states[track.state].words}</Tag>
          {track.may.manage && track.state !== 'validated' && <StopOrResume track={track} />}
        </div>
      </header>
      <Way track={track} />
      <Tells track={track} />
      <PartTabs
        label="Parties du parcours"
        tabs={shown}
        at={tab.id}
        onOpen={(onglet) => setUrl({ onglet, volet: undefined, partie: undefined }, { push: true })}
      >
        <tab.Component track={track} />
      </PartTabs>
      {url.volet === 'arreter' && <StopPanel track={track} onClose={() => setUrl({ volet: undefined })} />}
    </div>
  );
}

/** The three phases, and where the team is. */
function Way({ track }: { track: Track }) {
  const { reference } = track;
  const words = (phase: number): string => {
    if (phase < track.phase) return phase === 1 ? 'Soutien accordé' : `Projet validé le ${sayDate(track.validatedOn)}`;
    if (phase > track.phase)
      return phase === 2 ? 'S’ouvre avec l’accord de l’ARS' : 'S’ouvre avec la validation du projet';
    if (phase === 1)
      return track.state === 'requested'
        ? 'Demande envoyée à l’ARS'
        : `${track.meetings.filter((one) => one.phase === 1).length} rencontres notées`;
    if (phase === 2)
      return track.written
        ? `${track.written.length} parties écrites sur ${track.outline.sections.length}`
        : states[track.state].words;
    return track.agreement?.closedOn
      ? `Terminée le ${sayDate(track.agreement.closedOn)}`
      : track.actions.of
        ? `${track.actions.done} actions faites sur ${track.actions.of}`
        : 'Plan d’actions à écrire';
  };
  return (
    <ol className={own.way} aria-label={`Phases du parcours ${reference}`}>
      {phaseTitles.map((title, at) => (
        <li
          key={title}
          data-state={at + 1 < track.phase ? 'done' : at + 1 === track.phase ? 'now' : 'later'}
          aria-current={at + 1 === track.phase ? 'step' : undefined}
        >
          <span className="dim tiny">Phase {at + 1}</span>
          <span className="strong">{title}</span>
          <span className="small dim">{words(at + 1)}</span>
        </li>
      ))}
    </ol>
  );
}

/** What stands out: sent back with reasons, stopped, recognised and what it opens. */
function Tells({ track }: { track: Track }) {
  const note = () => {
    if (track.state === 'stopped') return <Note tone="warning">Parcours arrêté. {track.reason}</Note>;
    if (track.state === 'returned') return <Note tone="danger">Le projet est rendu par l’ARS : {track.reason}</Note>;
    if (track.state === 'meeting' && track.reason)
      return <Note tone="danger">La demande de soutien est rendue par l’ARS : {track.reason}</Note>;
    if (track.state === 'validated')
      return (
        <Note tone="success">
          Équipe reconnue {track.kind === 'msp' ? 'MSP' : 'ESP'} depuis le {sayDate(track.validatedOn)}.{' '}
          {track.kind === 'msp' ? (
            <>
              Elle peut adhérer à l’ACI et répondre aux appels de la région
              {track.as === 'practice' ? (
                <>
                  {' '}
                  : <Link to={'/programme' as string}>voir les appels ouverts</Link>
                </>
              ) : (
                ''
              )}
              . Sa validation est reprise dans ses candidatures.
            </>
          ) : (
            'Elle pourra devenir MSP par un nouveau parcours.'
          )}
        </Note>
      );
    return null;
  };
  const said = note();
  return said && <div style={{ marginBottom: 16 }}>{said}</div>;
}

function StopOrResume({ track }: { track: Track }) {
  const [, setUrl] = useUrl();
  const resume = useMutation({
    mutationFn: () => call(programmeContract.resumeTrack, { params: { track: track.id } }),
    onSuccess: () => {
      changedTrack();
      done('Parcours repris.');
    },
    onError: failed,
  });
  return track.state === 'stopped' ? (
    <Button size="compact-md" loading={resume.isPending} onClick={() => resume.mutate()}>
      Reprendre le parcours
    </Button>
  ) : (
    <Button size="compact-md" variant="subtle" onClick={() => setUrl({ volet: 'arreter' })}>
      Arrêter
    </Button>
  );
}
function StopPanel({ track, onClose }: { track: Track; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const stop = useMutation({
    mutationFn: () => call(programmeContract.stopTrack, { params: { track: track.id }, body: { reason } }),
    onSuccess: () => {
      changedTrack();
      onClose();
      done(
        'Parcours arrêté.',
        () => call(programmeContract.resumeTrack, { params: { track: track.id } }).then(changedTrack),
        'Parcours repris.',
      );
    },
  });
  const refusal = stop.error instanceof Refusal ? stop.error : null;
  return (
    <PanelForm
      title="Arrêter le parcours"
      verb="Arrêter le parcours"
      pending={stop.isPending}
      refusal={refusal}
      onSubmit={() => stop.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="Motif"
        autosize
        minRows={3}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        description="Tout est gardé : le parcours se reprend là où il en est."
      />
    </PanelForm>
  );
}
