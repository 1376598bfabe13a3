import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal, urlOf, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DownloadIcon, EditIcon } from '../../../web/ui/icons.ts';
import { Bone, ErrorState, Failure, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import {
  changesOf,
  type ModelKind,
  modelFlaws,
  modelKinds,
  type ModelLine,
  programmeContract,
} from '../../contract.ts';
import { useKept } from '../policy/use-kept.ts';
import css from '../programme.module.css';
import { Changes, LinesEditor, LinesView } from './LinesEditor.tsx';
import { changedModels, type Model, sayEdition } from './words.ts';

/** `/programme/modeles/$kind`: one model of the region, or of one call: read, changed as a draft, published as an edition. `?edition=` shows a former one. */
export default function ModelPage() {
  const { kind } = useParams({ strict: false }) as { kind: ModelKind };
  const [url] = useUrl();
  const asked = /^\d+$/.test(url.edition ?? '') ? Number(url.edition) : undefined;
  const query = useQuery({
    ...reading(programmeContract.model, {
      params: { kind },
      query: { call: url.appel ?? '', ...(asked !== undefined && { version: asked }) },
    }),
    refetchOnWindowFocus: false,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <Bone h={36} w={320} />
        <Bone h={420} style={{ marginTop: 16 }} />
      </div>
    );
  return (
    <Sheet
      key={`${kind} ${query.data.call} ${asked}`}
      found={query.data}
      former={asked !== undefined && asked !== query.data.published}
    />
  );
}

function Sheet({ found, former }: { found: Model; former: boolean }) {
  const { kind, call: of, version, published, own, versions, draft, draftVersion, writes } = found;
  const [url, setUrl] = useUrl();
  const { label } = modelKinds[kind];
  const kept = useKept<{ lines: ModelLine[] | null; seen: number }>(`modele:${kind}:${of}`, { lines: null, seen: 0 });
  const typed = kept.values.lines;
  const lines = typed ?? draft?.lines ?? found.lines;
  const editing = writes && !former && (typed !== null || draft !== null || url.volet === 'modifier');
  const shown = editing ? lines : found.lines;
  const forget = () => {
    kept.set({ lines: null });
    kept.drop();
  };
  const save = useMutation({
    mutationFn: (seen: number) =>
      call(programmeContract.saveModelDraft, { params: { kind }, body: { call: of, seen, lines } }),
    onSuccess: () => {
      forget();
      changedModels();
    },
  });
  const readTheirs = () => {
    forget();
    save.reset();
    changedModels();
  };
  const seen = typed ? kept.values.seen : draftVersion;
  const conflict = save.error instanceof Refusal && save.error.extra.reason === 'edited-meanwhile' ? save.error : null;
  return (
    <div className="page">
      <title>{`${label} · Modèles · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={`/programme/modeles${of ? `?appel=${of}` : ''}` as string}>Modèles et relances</Link>
          </p>
          <h1>
            {label}{' '}
            {editing && (
              <Tag tone="warning">{published === 0 ? 'brouillon' : `prépare l’édition ${published + 1}`}</Tag>
            )}
          </h1>
          <p className="dim">
            {of ? `Pour l’appel « ${found.callTitle} »` : 'Pour toute la région'} ·{' '}
            {of && !own ? `suit la région, ${sayEdition(version)}` : sayEdition(version)}
          </p>
        </div>
        <div className="row wrap">
          <a
            className="row small touch"
            href={urlOf(programmeContract.modelPdf, {
              params: { kind },
              query: { call: of, version: own ? version : undefined },
            })}
            target="_blank"
            rel="noreferrer"
          >
            <DownloadIcon size={15} /> Imprimer (PDF)
          </a>
          {writes && !editing && !former && (
            <Button leftSection={<EditIcon size={16} />} onClick={() => setUrl({ volet: 'modifier' })}>
              {of && !own ? 'Écrire celui de cet appel' : 'Modifier'}
            </Button>
          )}
        </div>
      </header>
      {former && (
        <div style={{ marginBottom: 16 }}>
          <Note
            action={
              <Button size="compact-sm" variant="default" onClick={() => setUrl({ edition: undefined })}>
                Voir celle en vigueur
              </Button>
            }
          >
            Édition {version}, telle qu’elle a été publiée. Des équipes peuvent la tenir encore.
          </Note>
        </div>
      )}
      <div className={css.two}>
        <div className={`${css.beside} card`}>
          {editing ? (
            <LinesEditor kind={kind} lines={lines} onChange={(next) => kept.set({ lines: next, seen })} />
          ) : (
            <LinesView kind={kind} lines={shown} />
          )}
        </div>
        <div className={css.side}>
          {editing && (
            <Card
              title="Brouillon"
              count={typed ? 'modifié sur ce poste' : draft ? `enregistré par ${draft.by}` : undefined}
            >
              <div className={`${css.body} stack`}>
                <div className="row wrap">
                  <Button
                    variant="default"
                    disabled={!typed}
                    loading={save.isPending}
                    onClick={() => save.mutate(seen)}
                  >
                    Enregistrer le brouillon
                  </Button>
                  <Leave found={found} typed={typed} forget={forget} />
                </div>
                {conflict && (
                  <Note
                    tone="warning"
                    live
                    action={
                      <span className="row wrap">
                        <Button size="compact-sm" variant="default" onClick={readTheirs}>
                          Lire l’autre version
                        </Button>
                        <Button
                          size="compact-sm"
                          variant="light"
                          onClick={() => save.mutate(Number(conflict.extra.version))}
                        >
                          Enregistrer la mienne
                        </Button>
                      </span>
                    }
                  >
                    {conflict.message}
                  </Note>
                )}
                {save.error && !conflict && <ErrorState compact error={save.error} />}
              </div>
            </Card>
          )}
          {editing && (
            <Publish
              found={found}
              lines={lines}
              save={() =>
                typed ? save.mutateAsync(seen).then((saved) => saved.version) : Promise.resolve(draftVersion)
              }
            />
          )}
          {versions.length > 0 && (
            <Card title="Éditions" count={versions.length}>
              <ul className={`plain ${css.body} stack`}>
                {versions.map((one) => (
                  <li key={one.version} className="small">
                    <p className="row wrap">
                      <Link
                        to={`/programme/modeles/${kind}?${of ? `appel=${of}&` : ''}edition=${one.version}` as string}
                      >
                        Édition {one.version}
                      </Link>
                      {one.version === published && <Tag tone="success">en vigueur</Tag>}
                      <span className="dim">
                        {one.by}, le {sayDate(one.at.slice(0, 10))}
                      </span>
                    </p>
                    {one.words && <p>{one.words}</p>}
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}

/** Gives the draft up: what was typed here comes back within ten seconds. */
function Leave({ found, typed, forget }: { found: Model; typed: ModelLine[] | null; forget: () => void }) {
  const [, setUrl] = useUrl();
  const { kind, call: of, draft, draftVersion } = found;
  const leave = useMutation({
    mutationFn: async () => {
      if (draft)
        await call(programmeContract.discardModelDraft, { params: { kind }, body: { call: of, seen: draftVersion } });
    },
    onSuccess: () => {
      const lines = typed ?? draft?.lines;
      forget();
      setUrl({ volet: undefined });
      changedModels();
      if (lines)
        done(
          'Brouillon abandonné.',
          () =>
            call(programmeContract.saveModelDraft, {
              params: { kind },
              body: { call: of, seen: draftVersion + (draft ? 1 : 0), lines },
            }).then(changedModels),
          'Brouillon remis.',
        );
    },
    onError: failed,
  });
  return (
    <Button variant="subtle" loading={leave.isPending} onClick={() => leave.mutate()}>
      {typed || draft ? 'Abandonner' : 'Fermer'}
    </Button>
  );
}

function Publish({ found, lines, save }: { found: Model; lines: readonly ModelLine[]; save: () => Promise<number> }) {
  const { kind, call: of, published, draft } = found;
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const publish = useMutation({
    mutationFn: async () =>
      call(programmeContract.publishModel, { params: { kind }, body: { call: of, seen: await save(), words } }),
    onSuccess: ({ version }) => {
      changedModels();
      done(`Édition ${version} publiée. Elle est proposée aux équipes qui ont commencé avec une autre.`);
      void navigate({ to: `/programme/modeles/${kind}${of ? `?appel=${of}` : ''}` as string });
    },
    onSettled: changedModels,
  });
  const flaws = modelFlaws(kind, lines);
  const same = lines === found.lines && !draft;
  const refusal =
    publish.error instanceof Refusal && publish.error.extra.reason !== 'edited-meanwhile' ? publish.error : null;
  return (
    <Card title={`Publier l’édition ${published + 1}`}>
      <div className={`${css.body} stack`}>
        {same ? (
          <p className="small dim">Ouvrez une ligne pour la modifier.</p>
        ) : (
          <Changes changes={changesOf(found.lines, lines)} />
        )}
        {flaws.length > 0 && (
          <ul className={css.steps}>
            {flaws.map((one) => (
              <li key={one} className="small">
                {one}
              </li>
            ))}
          </ul>
        )}
        {published > 0 && (
          <Textarea
            label="Ce qui change, en une phrase"
            description="Les équipes en cours le liront avec la proposition."
            autosize
            minRows={2}
            maxLength={600}
            value={words}
            error={refusal?.fields.words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        {refusal && !refusal.fields.words && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
        <Button
          loading={publish.isPending}
          disabled={same || flaws.length > 0 || (published > 0 && words.trim().length < 10)}
          onClick={() => publish.mutate()}
        >
          Publier l’édition {published + 1}
        </Button>
        <p className="dim small">
          Une édition publiée ne change plus. Les équipes qui n’ont rien commencé la suivent ; les autres gardent la
          leur et choisissent.
        </p>
      </div>
    </Card>
  );
}
