import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, EyeIcon } from '../../../web/ui/icons.ts';
import { ErrorState, Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './policy.module.css';
import { useKept } from './use-kept.ts';
import { VersionPanel } from './Versions.tsx';
import { changedTrack, opinions, type Track } from './words.ts';

/** What the commission says of the project, and what ARS decides (POL-7). */
export default function CommissionTab({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  const number = url.volet?.startsWith('version:') ? Number(url.volet.slice(8)) : undefined;
  const pending = track.state === 'submitted';
  return (
    <div className={own.two}>
      <div className="stack loose">
        <Card
          title={`Projet soumis, version ${track.submitted}`}
          action={pending ? <Tag tone="warning">en attente de décision</Tag> : undefined}
        >
          <div className={`${css.body} row wrap`}>
            <Button
              variant="default"
              leftSection={<EyeIcon size={16} />}
              onClick={() => setUrl({ volet: `version:${track.submitted}` })}
            >
              Lire le projet
            </Button>
            <Button
              component="a"
              variant="subtle"
              leftSection={<DocumentIcon size={16} />}
              href={urlOf(programmeContract.versionPdf, { params: { track: track.id, number: track.submitted } })}
              target="_blank"
              rel="noreferrer"
            >
              PDF
            </Button>
          </div>
        </Card>
        {track.opinionsGiven && (
          <Card title="Avis de la commission" count={track.opinionsGiven.length || undefined}>
            <Counts given={track.opinionsGiven} />
            {track.opinionsGiven.length === 0 && (
              <Nothing>
                {track.may.judge
                  ? 'Les avis des autres membres s’affichent une fois le vôtre donné.'
                  : 'Aucun avis encore.'}
              </Nothing>
            )}
            {track.opinionsGiven.map((one) => (
              <div key={one.reviewer} className={own.remark}>
                <div className="row wrap">
                  <Tag tone={opinions[one.opinion].tone}>{opinions[one.opinion].words}</Tag>
                  <WhoWhen who={{ name: one.reviewer, role: '', me: one.mine }} when={one.at} short />
                </div>
                <p>{one.reason}</p>
              </div>
            ))}
          </Card>
        )}
        <Decisions track={track} />
      </div>
      <aside className={own.side} aria-label="Votre part">
        {track.may.judge && pending && <Opinion track={track} />}
        {track.may.instruct && pending && <Decide track={track} />}
        {!pending && !track.may.judge && !track.may.instruct && track.decisions.length === 0 && (
          <Nothing>La décision s’affichera ici.</Nothing>
        )}
      </aside>
      {number !== undefined && Number.isInteger(number) && (
        <VersionPanel
          key={number}
          track={track}
          number={number}
          onClose={() => setUrl({ volet: undefined, avec: undefined })}
        />
      )}
    </div>
  );
}

function Counts({ given }: { given: NonNullable<Track['opinionsGiven']> }) {
  if (given.length === 0) return null;
  return (
    <div className={css.figures}>
      {(Object.keys(opinions) as (keyof typeof opinions)[]).map((kind) => (
        <div key={kind}>
          <div className={css.figure}>{given.filter((one) => one.opinion === kind).length}</div>
          <div className="dim small">{opinions[kind].words.toLowerCase()}</div>
        </div>
      ))}
    </div>
  );
}

function Decisions({ track }: { track: Track }) {
  return (
    <Card title="Décisions de l’ARS" count={track.decisions.length || undefined}>
      {track.decisions.length === 0 && <Nothing>Aucune décision encore.</Nothing>}
      {track.decisions.map((one) => (
        <div key={one.number} className={own.remark}>
          <div className="row wrap">
            <Tag tone={one.outcome === 'validated' ? 'success' : 'danger'}>
              {one.outcome === 'validated' ? 'Projet validé' : 'Projet rendu'}
            </Tag>
            <span className="small">
              le {sayDate(one.day)}, version {one.submission}
            </span>
            <span className="grow" />
            <a
              className="row small"
              href={urlOf(programmeContract.trackPaper, { params: { track: track.id, paper: one.paper } })}
              target="_blank"
              rel="noreferrer"
            >
              <DocumentIcon size={15} /> Courrier (PDF)
            </a>
          </div>
          {one.reason && <p>{one.reason}</p>}
          <WhoWhen who={{ name: one.by, role: 'ARS' }} when={one.at} />
        </div>
      ))}
    </Card>
  );
}

function Opinion({ track }: { track: Track }) {
  const mine = track.opinionsGiven?.find((one) => one.mine);
  const form = useKept(`avis:${track.id}:${track.submitted}`, {
    opinion: mine?.opinion ?? '',
    reason: mine?.reason ?? '',
  } as { opinion: keyof typeof opinions | ''; reason: string });
  const give = useMutation({
    mutationFn: () =>
      call(programmeContract.giveOpinion, {
        params: { track: track.id },
        body: {
          opinion: form.values.opinion as keyof typeof opinions,
          reason: form.values.reason,
          seen: mine?.version ?? 0,
        },
      }),
    onSuccess: () => {
      form.drop();
      changedTrack();
      done('Avis donné.');
    },
  });
  const refusal = give.error instanceof Refusal ? give.error : null;
  return (
    <Card title="Mon avis" action={mine ? <Tag tone="success">donné</Tag> : <Tag tone="warning">à donner</Tag>}>
      <form
        className={`${css.body} stack`}
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate();
        }}
      >
        <SegmentedControl
          fullWidth
          aria-label="Avis"
          value={form.values.opinion}
          onChange={(opinion) => form.set({ opinion: opinion as keyof typeof opinions })}
          data={Object.entries(opinions).map(([value, { words }]) => ({ value, label: words }))}
        />
        <Textarea
          label="Motifs"
          autosize
          minRows={4}
          value={form.values.reason}
          error={refusal?.fields.reason}
          onChange={(event) => form.set({ reason: event.currentTarget.value })}
        />
        {refusal && !Object.keys(refusal.fields).length && <ErrorState compact error={refusal} />}
        <Button type="submit" disabled={!form.values.opinion} loading={give.isPending}>
          {mine ? 'Changer mon avis' : 'Donner mon avis'}
        </Button>
      </form>
    </Card>
  );
}

function Decide({ track }: { track: Track }) {
  const me = useMe();
  const form = useKept(`decision:${track.id}:${track.submitted}`, {
    reason: '',
    signatory: me.name,
    role: 'Pour le directeur général',
  });
  const [last, setLast] = useState<'validated' | 'returned'>('validated');
  const given = track.opinionsGiven?.length ?? 0;
  const decide = useMutation({
    mutationFn: (outcome: 'validated' | 'returned') =>
      call(programmeContract.decideTrack, {
        params: { track: track.id },
        body: { outcome, ...form.values, opinions: given, seen: track.version },
      }),
    onSuccess: (_paper, outcome) => {
      form.drop();
      changedTrack();
      done(outcome === 'validated' ? 'Projet validé. Le courrier part.' : 'Projet rendu à l’équipe. Le courrier part.');
    },
    onError: changedTrack,
  });
  const refusal = decide.error instanceof Refusal ? decide.error : null;
  const say = (outcome: 'validated' | 'returned') => {
    setLast(outcome);
    decide.mutate(outcome);
  };
  return (
    <Card title="Décider">
      <div className={`${css.body} stack`}>
        {given === 0 ? (
          <Note>La commission n’a pas encore donné d’avis : la décision vient après elle.</Note>
        ) : (
          <p className="small dim">
            {sayCount(given, 'avis lu', 'avis lus')}. La décision part par courrier ; on ne la reprend pas.
          </p>
        )}
        <Textarea
          label="Motifs"
          description="Obligatoires pour rendre le projet ; joints au courrier."
          autosize
          minRows={3}
          value={form.values.reason}
          error={refusal?.fields.reason}
          onChange={(event) => form.set({ reason: event.currentTarget.value })}
        />
        <TextInput
          label="Signataire"
          value={form.values.signatory}
          error={refusal?.fields.signatory}
          onChange={(event) => form.set({ signatory: event.currentTarget.value })}
        />
        <TextInput
          label="Qualité"
          value={form.values.role}
          error={refusal?.fields.role}
          onChange={(event) => form.set({ role: event.currentTarget.value })}
        />
        {refusal && !Object.keys(refusal.fields).length && <ErrorState compact error={refusal} />}
        <div className="row wrap">
          <Button
            disabled={given === 0}
            loading={decide.isPending && last === 'validated'}
            onClick={() => say('validated')}
          >
            Valider le projet
          </Button>
          <Button
            variant="default"
            disabled={given === 0}
            loading={decide.isPending && last === 'returned'}
            onClick={() => say('returned')}
          >
            Rendre à l’équipe
          </Button>
        </div>
      </div>
    </Card>
  );
}
