import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, urlOf } from '../../../web/api.ts';
import type { LiveDocument } from '../../../web/live-document.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Card, Kbd, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, DownloadIcon, SendIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { KeptWords, LiveText, useLiveDocument } from '../../../web/ui/LiveText.tsx';
import { ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { HeldModel } from '../models/HeldModel.tsx';
import css from '../programme.module.css';
import own from './policy.module.css';
import { useKept } from './use-kept.ts';
import { VersionPanel, Versions } from './Versions.tsx';
import { changedTrack, type Track } from './words.ts';

/** The health project: written together part by part, commented, kept in versions, sent to the commission. The commission reads what was sent. */
export default function ProjectTab({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  const number = url.volet?.startsWith('version:') ? Number(url.volet.slice(8)) : undefined;
  return (
    <>
      {track.may.read && track.phase > 1 ? (
        <div className="stack loose">
          <HeldModel of={{ track: track.id }} />
          <Writing key={track.outline.sections.map(({ id }) => id).join()} track={track} />
        </div>
      ) : (
        <div className="narrow">
          <Versions track={track} />
        </div>
      )}
      {number !== undefined && Number.isInteger(number) && (
        <VersionPanel
          key={number}
          track={track}
          number={number}
          onClose={() => setUrl({ volet: undefined, avec: undefined })}
        />
      )}
    </>
  );
}

function Writing({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  const params = { track: track.id };
  const { sections, title, source, year } = track.outline;
  const live = useLiveDocument(
    `projet:${track.id}`,
    sections.map(({ id }) => id),
    {
      pull: (since) => call(programmeContract.liveProject, { params, query: { since } }, { background: true }),
      push: (update) => call(programmeContract.typeProject, { params, body: { update } }),
    },
    ['track.text', 'tracks'],
    (hint) => hint.track === track.id,
  );
  const remarks = useQuery(reading(programmeContract.remarks, { params }));
  const at = Math.max(
    0,
    sections.findIndex(({ id }) => id === url.partie),
  );
  const section = sections[at]!;
  const go = (to: number) => sections[to] && setUrl({ partie: sections[to].id });
  useKeys({ 'alt+ArrowDown': () => go(at + 1), 'alt+ArrowUp': () => go(at - 1) });
  const open = (id: string) =>
    (remarks.data ?? []).filter((one) => one.section === id && one.resolvedAt === null).length;
  if (!live || live.kept === 'loading')
    return (
      <div className="card">
        <ListBones rows={8} />
      </div>
    );
  if (live.kept === 'gone')
    return (
      <Note tone="warning">Ce projet ne vous est plus accessible. Ce que vous aviez déjà envoyé y est gardé.</Note>
    );
  const readOnly = !track.may.write || live.kept === 'closed' || !['writing', 'returned'].includes(track.state);
  const parts = [...Map.groupBy(sections, (one) => one.part)];
  return (
    <div className={own.desk}>
      <nav className={`card ${own.plan}`} aria-label={title}>
        {parts.map(([part, all]) => (
          <div key={part}>
            <h3>{part}</h3>
            {all.map((one) => (
              <button
                key={one.id}
                type="button"
                aria-current={one.id === section.id ? 'true' : undefined}
                onClick={() => setUrl({ partie: one.id })}
              >
                <span>{one.title}</span>
                {open(one.id) > 0 && <Tag tone="warning">{open(one.id)}</Tag>}
                {live.text(one.id).length > 0 ? (
                  <CheckIcon size={14} aria-label="écrite" />
                ) : (
                  <span className="dim tiny">vide</span>
                )}
              </button>
            ))}
          </div>
        ))}
        <p className="dim tiny" style={{ padding: '10px 14px 2px' }}>
          {source}, {year}.
        </p>
      </nav>
      <section className={`card ${own.sheet}`} aria-label={section.title}>
        <header className="row between wrap">
          <span className="dim small">{section.part}</span>
          <KeptWords
            kept={live.kept}
            closed={
              track.state === 'submitted' ? 'Devant la commission : le texte ne change plus' : 'Le texte ne change plus'
            }
          />
        </header>
        <LiveText
          key={section.id}
          live={live}
          part={section.id}
          label={section.title}
          hint={section.hint}
          readOnly={readOnly}
          rows={14}
          describedBy="partie-attendu"
        />
        <p className="dim small" id="partie-attendu">
          Attendu : {section.hint.charAt(0).toLowerCase() + section.hint.slice(1)}
        </p>
        {!track.may.write && (
          <p className="dim small">
            Vous lisez ce projet ; la coordination choisit qui l’écrit, dans « Qui y prend part ».
          </p>
        )}
        <div className="row wrap">
          <Button
            size="compact-md"
            variant="default"
            disabled={at === 0}
            onClick={() => go(at - 1)}
            rightSection={<Kbd>Alt ↑</Kbd>}
          >
            Précédente
          </Button>
          <Button
            size="compact-md"
            variant="default"
            disabled={at === sections.length - 1}
            onClick={() => go(at + 1)}
            rightSection={<Kbd>Alt ↓</Kbd>}
          >
            Suivante
          </Button>
          <span className="grow" />
          <span className="dim small num">
            {sayCount((live.text(section.id).toString().match(/\S+/g) ?? []).length, 'mot')}
          </span>
        </div>
      </section>
      <div className={own.beside}>
        <Remarks track={track} section={section} all={remarks.data ?? []} />
        <Send track={track} live={live} />
        <Versions track={track} />
      </div>
    </div>
  );
}

type Remark = {
  id: string;
  section: string;
  words: string;
  by: string;
  at: string;
  mine: boolean;
  resolvedBy: string | null;
  resolvedAt: string | null;
};
function Remarks({
  track,
  section,
  all,
}: {
  track: Track;
  section: Track['outline']['sections'][number];
  all: readonly Remark[];
}) {
  const form = useKept(`commentaire:${track.id}:${section.id}`, { words: '' });
  const here = all.filter((one) => one.section === section.id);
  const turn = (remark: string, act: 'resolve' | 'reopen' | 'remove' | 'restore') =>
    call(programmeContract.turnRemark, { params: { track: track.id, remark, act } }).then(changedTrack);
  const add = useMutation({
    mutationFn: () =>
      call(programmeContract.addRemark, {
        params: { track: track.id },
        body: { section: section.id, words: form.values.words },
      }),
    onSuccess: () => {
      form.set({ words: '' });
      form.drop();
      changedTrack();
    },
    onError: failed,
  });
  return (
    <Card title="Commentaires" count={here.length || undefined}>
      {here.length === 0 && <Nothing>Aucun commentaire sur « {section.title} ».</Nothing>}
      {here.map((one) => (
        <div key={one.id} className={own.remark} data-resolved={one.resolvedAt ?? undefined}>
          <p>{one.words}</p>
          <div className="row wrap">
            <WhoWhen who={{ name: one.by, role: '' }} when={one.at} short />
            {one.resolvedAt && <Tag tone="success">réglé</Tag>}
            <span className="grow" />
            {(one.mine || track.may.write) && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() =>
                  void turn(one.id, one.resolvedAt ? 'reopen' : 'resolve').then(
                    () => !one.resolvedAt && done('Commentaire réglé.', () => turn(one.id, 'reopen'), 'Rouvert.'),
                    failed,
                  )
                }
              >
                {one.resolvedAt ? 'Rouvrir' : 'Régler'}
              </Button>
            )}
            {one.mine && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() =>
                  void turn(one.id, 'remove').then(
                    () => done('Commentaire retiré.', () => turn(one.id, 'restore'), 'Remis.'),
                    failed,
                  )
                }
              >
                Retirer
              </Button>
            )}
          </div>
        </div>
      ))}
      {track.as !== 'gcs' && track.state !== 'stopped' && (
        <form
          className="stack tight pad"
          onSubmit={(event) => {
            event.preventDefault();
            if (form.values.words.trim()) add.mutate();
          }}
        >
          <Textarea
            aria-label={`Commenter « ${section.title} »`}
            placeholder="Écrire un commentaire"
            autosize
            minRows={2}
            value={form.values.words}
            onChange={(event) => form.set({ words: event.currentTarget.value })}
          />
          <div>
            <Button
              type="submit"
              size="compact-md"
              variant="light"
              disabled={!form.values.words.trim()}
              loading={add.isPending}
            >
              Commenter
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}

/** Sends the project to the commission; what is missing is listed before. */
function Send({ track, live }: { track: Track; live: LiveDocument }) {
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      // What was just typed goes first.
      await live.send();
      await call(programmeContract.submitProject, { params: { track: track.id }, body: { seen: track.version } });
      changedTrack();
      done(
        'Projet soumis à la commission.',
        () => call(programmeContract.withdrawProject, { params: { track: track.id } }).then(changedTrack),
        'Projet repris.',
      );
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  const withdraw = useMutation({
    mutationFn: () => call(programmeContract.withdrawProject, { params: { track: track.id } }),
    onSuccess: () => {
      changedTrack();
      done('Projet repris : il s’écrit de nouveau.');
    },
    onError: failed,
  });
  const writing = ['writing', 'returned'].includes(track.state);
  const empty = track.outline.sections.filter((one) => one.required && live.text(one.id).length === 0);
  const lacks = [
    ...track.toSubmit.filter((one) => !one.startsWith('La partie')),
    ...(empty.length
      ? [`${sayCount(empty.length, 'partie vide', 'parties vides')} : ${empty.map(({ title }) => title).join(', ')}.`]
      : []),
  ];
  return (
    <Card
      title="Commission"
      action={
        <a
          className="row small"
          style={{ paddingRight: 8 }}
          href={urlOf(programmeContract.versionPdf, { params: { track: track.id, number: 0 } })}
          target="_blank"
          rel="noreferrer"
        >
          <DownloadIcon size={15} /> PDF de travail
        </a>
      }
    >
      <div className={`${css.body} stack`}>
        {writing && lacks.length > 0 && (
          <ul className={css.steps}>
            {lacks.map((one) => (
              <li key={one} className="small">
                {one}
              </li>
            ))}
          </ul>
        )}
        {writing && lacks.length === 0 && (
          <p className="small">
            Toutes les parties sont écrites : le projet peut être soumis. Le texte d’alors est figé en version.
          </p>
        )}
        {track.state === 'submitted' && (
          <p className="small">
            Le projet est devant la commission (version {track.submitted}). Il se reprend tant qu’aucun avis n’est
            donné.
          </p>
        )}
        {track.state === 'validated' && <p className="small">Projet validé, version {track.submitted}.</p>}
        {track.may.manage && writing && (
          <Button
            leftSection={<SendIcon size={16} />}
            disabled={lacks.length > 0}
            loading={busy}
            onClick={() => void submit()}
          >
            Soumettre à la commission
          </Button>
        )}
        {track.may.manage && track.state === 'submitted' && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            Reprendre le projet
          </Button>
        )}
      </div>
    </Card>
  );
}
