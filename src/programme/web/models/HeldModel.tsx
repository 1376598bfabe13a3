import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { DownloadIcon, EditIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { changesOf, modelFlaws, modelKinds, type ModelLine, programmeContract } from '../../contract.ts';
import { useKept } from '../policy/use-kept.ts';
import { Changes, LinesEditor } from './LinesEditor.tsx';
import css from './models.module.css';
import { changedModels, type Held, sayEdition } from './words.ts';

export type Holder = { project: string; kind: 'sheet' | 'clauses' } | { track: string };
const isProject = (of: Holder): of is Extract<Holder, { project: string }> => 'project' in of;
const adjust = (of: Holder, body: { seen: number; lines: ModelLine[] }) =>
  isProject(of)
    ? call(programmeContract.adjustProjectModel, { params: of, body })
    : call(programmeContract.adjustTrackOutline, { params: of, body });
const answer = (of: Holder, body: { seen: number; call: string; version: number; take: boolean }) =>
  isProject(of)
    ? call(programmeContract.answerProjectModel, { params: of, body })
    : call(programmeContract.answerTrackOutline, { params: of, body });

/** The model that a project or a team works with: which edition, changed for it alone, to print; the next edition when there is one. `?volet=adapter` opens it to be changed. */
export function HeldModel({ of }: { of: Holder }) {
  const project = useQuery({
    ...reading(programmeContract.projectModel, { params: isProject(of) ? of : { project: '-', kind: 'sheet' } }),
    enabled: isProject(of),
  });
  const track = useQuery({
    ...reading(programmeContract.trackOutline, { params: isProject(of) ? { track: '-' } : of }),
    enabled: !isProject(of),
  });
  const [url, setUrl] = useUrl();
  useLive(
    ['models', isProject(of) ? 'projects' : 'tracks'],
    () =>
      void queries.invalidateQueries({
        queryKey: [(isProject(of) ? programmeContract.projectModel : programmeContract.trackOutline).path],
      }),
  );
  const held = isProject(of) ? project.data : track.data;
  if (!held) return <div className="card" style={{ minHeight: 52 }} aria-hidden />;
  const { label } = modelKinds[held.kind];
  const pdf = isProject(of)
    ? urlOf(programmeContract.projectModelPdf, { params: of })
    : urlOf(programmeContract.trackOutlinePdf, { params: of });
  return (
    <section className="card" aria-label={label}>
      <div className={css.bar}>
        <span className="row wrap grow">
          <span className="strong">{label}</span>
          <span className="small dim">{sayEdition(held.version)}</span>
          {held.adjusted && <Tag tone="info">{isProject(of) ? 'propre à ce projet' : 'propre à cette équipe'}</Tag>}
        </span>
        <a className="row small touch" href={pdf} target="_blank" rel="noreferrer">
          <DownloadIcon size={15} /> Imprimer (PDF)
        </a>
        {held.may.adjust && (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<EditIcon size={15} />}
            onClick={() => setUrl({ volet: 'adapter' })}
          >
            Adapter
          </Button>
        )}
      </div>
      {held.offer && <Offer key={held.offer.version} of={of} held={held} offer={held.offer} />}
      {url.volet === 'adapter' && held.may.adjust && (
        <AdjustPanel of={of} held={held} onClose={() => setUrl({ volet: undefined })} />
      )}
    </section>
  );
}

function Offer({ of, held, offer }: { of: Holder; held: Held; offer: NonNullable<Held['offer']> }) {
  const [open, setOpen] = useState(false);
  const reply = useMutation({
    mutationFn: (take: boolean) => answer(of, { seen: held.seen, call: offer.call, version: offer.version, take }),
    onSuccess: ({ version }, take) => {
      setOpen(false);
      if (take)
        done(
          `L’${sayEdition(offer.version)} est prise.`,
          () => adjust(of, { seen: version, lines: held.lines }).then(changedModels),
          'Lignes d’avant remises.',
        );
      else done('Votre version est gardée. L’édition proposée reste à portée.');
    },
    onSettled: changedModels,
  });
  const look = (
    <Button
      size="compact-sm"
      variant={offer.declined ? 'subtle' : 'default'}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {open ? 'Refermer' : 'Voir ce qui change'}
    </Button>
  );
  return (
    <div style={{ padding: '0 12px 12px' }}>
      {offer.declined ? (
        <p className="row wrap small dim">
          <span>L’{sayEdition(offer.version)} de la région existe ; vous gardez la vôtre.</span> {look}
        </p>
      ) : (
        <Note action={look}>
          La région propose l’{sayEdition(offer.version)}
          {offer.by && `, de ${offer.by}`}.{offer.words && ` ${offer.words}`} Rien ne change tant que vous ne la prenez
          pas.
        </Note>
      )}
      {open && (
        <div className="stack" style={{ padding: '10px 4px 0' }}>
          <Changes changes={changesOf(held.lines, offer.lines)} />
          <p className="small dim">
            Ce que vous avez rempli reste, même si l’édition ne le demande plus.
            {held.adjusted && ' Les autres adaptations faites ici sont remplacées.'}
          </p>
          <div className="row wrap">
            <Button
              size="compact-md"
              loading={reply.isPending && reply.variables}
              disabled={reply.isPending}
              onClick={() => reply.mutate(true)}
            >
              Prendre cette édition
            </Button>
            {!offer.declined && (
              <Button
                size="compact-md"
                variant="default"
                loading={reply.isPending && !reply.variables}
                disabled={reply.isPending}
                onClick={() => reply.mutate(false)}
              >
                Garder la nôtre
              </Button>
            )}
          </div>
        </div>
      )}
      {reply.error && (
        <Note tone="danger" live>
          {reply.error instanceof Refusal ? reply.error.message : 'Non enregistré.'}
        </Note>
      )}
    </div>
  );
}

function AdjustPanel({ of, held, onClose }: { of: Holder; held: Held; onClose: () => void }) {
  const kept = useKept<{ lines: ModelLine[] | null; seen: number }>(`modele:${JSON.stringify(of)}`, {
    lines: null,
    seen: 0,
  });
  const lines = kept.values.lines ?? held.lines;
  const forget = () => {
    kept.set({ lines: null });
    kept.drop();
  };
  const save = useMutation({
    mutationFn: (seen: number) => adjust(of, { seen, lines }),
    onSuccess: ({ version }) => {
      const before = held.lines;
      forget();
      changedModels();
      done(
        `${modelKinds[held.kind].label} : adapté ici.`,
        () => adjust(of, { seen: version, lines: before }).then(changedModels),
        'Lignes d’avant remises.',
      );
      onClose();
    },
    onError: changedModels,
  });
  const readTheirs = () => {
    forget();
    save.reset();
  };
  const refusal = save.error instanceof Refusal ? save.error : null;
  const theirs = refusal?.extra.theirs as { by: string; seen: number; lines: ModelLine[] } | undefined;
  const flaws = kept.values.lines ? modelFlaws(held.kind, lines) : [];
  return (
    <PanelForm
      wide
      title={modelKinds[held.kind].label}
      subtitle={isProject(of) ? 'Pour ce projet seulement' : 'Pour cette équipe seulement'}
      verb={theirs ? 'Enregistrer la mienne' : 'Enregistrer'}
      pending={save.isPending}
      ready={kept.values.lines !== null && flaws.length === 0}
      draft={kept.values.lines ? 'kept' : 'none'}
      onDrop={forget}
      refusal={theirs ? null : refusal}
      onSubmit={() => save.mutate(theirs?.seen ?? (kept.values.lines ? kept.values.seen : held.seen))}
      onClose={onClose}
    >
      <p className="small dim">
        Le modèle de la région et les autres équipes ne changent pas. Ce qui est rempli reste.
      </p>
      <LinesEditor
        kind={held.kind}
        lines={lines}
        filled={held.filled}
        onChange={(next) => kept.set({ lines: next, seen: kept.values.lines ? kept.values.seen : held.seen })}
      />
      {flaws.length > 0 && <Note tone="warning">{flaws.join(' ')}</Note>}
      {theirs && (
        <Note
          tone="warning"
          live
          action={
            <Button size="compact-sm" variant="default" onClick={readTheirs}>
              Lire l’autre version
            </Button>
          }
        >
          {theirs.by || 'Une autre personne'} a changé ces lignes entre-temps. Votre saisie est toujours ici.
        </Note>
      )}
    </PanelForm>
  );
}
