import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { call, queries, reading, urlOf } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, DocumentIcon, EditIcon, PlusIcon, PrintIcon, TaskIcon } from '../../../web/ui/icons.ts';
import { Bone, EmptyState, Note, Failure } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract, type Summaries, type SummaryChange, type SummaryView } from '../../contract.ts';
import { Opened, PatientPageHead } from '../PatientPage.tsx';
import { refresh, usePatientId, useRecordEvents } from '../use-record.ts';
import { Given } from './Given.tsx';
import { AmendPanel, SignPanel } from './SynthesisPanels.tsx';
import { SynthesisSection } from './SynthesisSection.tsx';
import css from './synthesis.module.css';

const pageQuery = (patient: string) => reading(recordContract.summaries, { params: { patient } });

/** My words by section, as I type them (SEC-12). */
interface Typed {
  words: Record<string, string>;
}
const nothingTyped: Typed = { words: {} };

/** `/patients/:patient/synthese`: the medical summary, in force, in preparation, or one of before (`?version=`). */
export default function SynthesisPage() {
  const patient = usePatientId();
  const query = useQuery(pageQuery(patient));
  useRecordEvents(patient, !!query.data);
  return (
    <Opened patient={patient} query={query} title="Synthèse médicale">
      {(data) => <Synthesis patient={patient} page={data} />}
    </Opened>
  );
}

function Synthesis({ patient, page }: { patient: string; page: Summaries }) {
  const [url, setUrl] = useUrl();
  const [signing, setSigning] = useState(false);
  const typed = useDraft<Typed>(
    `synthese:${patient}`,
    { patient, form: 'synthese', label: 'Complément à la synthèse médicale' },
    nothingTyped,
  );
  const latest = useRef(typed.values.words);
  latest.current = typed.values.words;
  const type = (code: string, words: string | undefined) => {
    const { [code]: _, ...others } = latest.current;
    latest.current = words === undefined ? others : { ...others, [code]: words };
    if (Object.keys(latest.current).length > 0) typed.set({ words: latest.current });
    else typed.clear();
  };
  const earlier =
    url.version && url.version !== page.draft?.id && url.version !== page.current?.id ? url.version : undefined;
  const old = useQuery({
    ...reading(recordContract.summary, { params: { patient, id: earlier ?? '' } }),
    enabled: earlier !== undefined,
  });
  const view = earlier
    ? old.data
    : url.version && url.version === page.current?.id
      ? page.current
      : (page.draft ?? page.current);
  const show = (version: string | undefined) => {
    setSigning(false);
    setUrl({ version, corriger: undefined });
  };
  const begin = useMutation({
    mutationFn: () => call(recordContract.beginSummary, { params: { patient } }),
    onSuccess: () => {
      show(undefined);
      void queries.invalidateQueries(pageQuery(patient));
    },
    onError: failed,
  });
  const send = async (change: SummaryChange, message?: string, back?: SummaryChange): Promise<boolean> => {
    if (!view) return false;
    try {
      const changed = await call(recordContract.changeSummary, { params: { patient, id: view.id }, body: change });
      queries.setQueryData<Summaries>(pageQuery(patient).queryKey, (now) => now && { ...now, draft: changed });
      if (message) done(message, back && (() => send(back)));
      return true;
    } catch (error) {
      failed(error);
      void queries.invalidateQueries(pageQuery(patient));
      return false;
    }
  };
  const signed = (words: string) => (written: { lines: { type: string; id: string; version: number }[] }) => {
    setSigning(false);
    if (amending) setUrl({ corriger: undefined });
    void refresh(patient);
    done(words, async () => {
      await call(recordContract.undo, {
        params: { patient },
        body: { entries: written.lines.map(({ type, id, version }) => ({ type, id, version })) },
      });
      await refresh(patient);
    });
  };
  const editing = view?.status === 'draft' && page.canWrite;
  const correctable = view && view.id === page.current?.id && page.canSign && view.status !== 'entered-in-error';
  const amending = correctable && url.corriger === 'oui';
  const unsaved = (view?.sections ?? []).filter(({ code }) => typed.values.words[code] !== undefined);
  const unchecked = view?.sections.filter((one) => !one.verified || one.verified.stale) ?? [];
  return (
    <div className="page">
      <PatientPageHead patient={patient} name={page.patient.name} title="Synthèse médicale" about={page.patient.about}>
        <div className="row wrap">
          {view && (
            <Button
              component="a"
              href={urlOf(recordContract.printSummary, { params: { patient, id: view.id } })}
              target="_blank"
              rel="noreferrer"
              variant="default"
              leftSection={<PrintIcon size={16} />}
            >
              Imprimer (PDF)
            </Button>
          )}
          {editing && (
            <Button
              component={Link}
              to={`/patients/${patient}?volet=confier`}
              variant="default"
              leftSection={<TaskIcon size={16} />}
            >
              Demander un complément
            </Button>
          )}
          {!page.draft && page.canWrite && (
            <Button
              variant={page.current ? 'default' : 'filled'}
              leftSection={<PlusIcon size={16} />}
              loading={begin.isPending}
              onClick={() => begin.mutate()}
            >
              {page.current ? 'Préparer la suivante' : 'Préparer la synthèse'}
            </Button>
          )}
          {correctable && (
            <Button variant="default" leftSection={<EditIcon size={16} />} onClick={() => setUrl({ corriger: 'oui' })}>
              Corriger
            </Button>
          )}
          {editing && page.canSign && unchecked.length > 0 && (
            <Button
              variant="default"
              leftSection={<CheckIcon size={16} />}
              onClick={() =>
                void send({ act: 'verify', section: 'all', verified: true }, 'Toutes les rubriques sont vérifiées.')
              }
            >
              Tout est vérifié
            </Button>
          )}
          {editing && page.canSign && (
            <Button
              leftSection={<CheckIcon size={16} />}
              disabled={unchecked.length + unsaved.length > 0}
              title={
                unsaved.length > 0
                  ? `À enregistrer d’abord : ${unsaved.map(({ title }) => title).join(', ')}`
                  : unchecked.length > 0
                    ? `À vérifier d’abord : ${unchecked.map(({ title }) => title).join(', ')}`
                    : undefined
              }
              onClick={() => setSigning(true)}
            >
              Signer
            </Button>
          )}
        </div>
      </PatientPageHead>
      {(page.draft || page.current || page.earlier.length > 0) && (
        <nav className={css.versions} aria-label="Versions de la synthèse">
          {page.draft && (
            <Version on={view?.id === page.draft.id} onClick={() => show(undefined)} words="En préparation" />
          )}
          {page.current && (
            <Version
              on={view?.id === page.current.id}
              onClick={() => show(page.current!.id)}
              words="En vigueur"
              detail={sayDateTime(page.current.at)}
            />
          )}
          {page.earlier.map((one) => (
            <Version
              key={one.id}
              on={view?.id === one.id}
              onClick={() => show(one.id)}
              words={one.statusLabel}
              detail={sayDateTime(one.at)}
            />
          ))}
        </nav>
      )}
      {earlier && <Failure of={old} />}
      {earlier && old.isPending && <Bone h={320} />}
      {!view && !earlier && (
        <div className="card">
          <EmptyState icon={DocumentIcon} title="Aucune synthèse à vous montrer">
            {page.canWrite
              ? 'Elle se construit à partir du dossier ; chaque profession la complète, le médecin la vérifie puis la signe.'
              : 'Vos droits ne permettent pas d’en préparer une pour ce patient.'}
          </EmptyState>
        </div>
      )}
      {view && (
        <>
          <State view={view} page={page} />
          {unsaved.length > 0 && page.canWrite && (editing || !page.draft) && (
            <Note tone="warning">
              Saisie non enregistrée : {unsaved.map(({ title }) => title).join(', ')}.{' '}
              {editing
                ? 'Enregistrez-la avant la signature.'
                : 'La synthèse a été signée entre-temps ; ce que vous avez écrit vous est gardé et s’ouvrira dans la suivante.'}
            </Note>
          )}
          <div className={css.sections}>
            {view.sections.map((section) => (
              <SynthesisSection
                key={section.code}
                patient={patient}
                section={section}
                editing={editing === true}
                signs={page.canSign}
                draft={view.status === 'draft'}
                send={send}
                typing={typed.values.words[section.code]}
                type={(words) => type(section.code, words)}
                state={typed.state}
              />
            ))}
          </div>
          {view.status !== 'draft' && (view.status !== 'entered-in-error' || view.given.length > 0) && (
            <Given
              key={view.id}
              patient={patient}
              view={view}
              canWrite={page.canWrite && view.status !== 'entered-in-error'}
            />
          )}
        </>
      )}
      {signing && view && (
        <SignPanel
          patient={patient}
          view={view}
          onClose={() => setSigning(false)}
          onDone={signed('Synthèse signée.')}
        />
      )}
      {amending && (
        <AmendPanel
          key={view.id}
          patient={patient}
          view={view}
          onClose={() => setUrl({ corriger: undefined })}
          onDone={signed('Synthèse corrigée. La version précédente est conservée.')}
        />
      )}
    </div>
  );
}

const Version = ({
  on,
  onClick,
  words,
  detail,
}: {
  on: boolean;
  onClick: () => void;
  words: string;
  detail?: string;
}) => (
  <button type="button" className={css.version} aria-current={on || undefined} onClick={onClick}>
    <span className="strong">{words}</span>
    {detail && <span className="dim tiny num">{detail}</span>}
  </button>
);

function State({ view, page }: { view: SummaryView; page: Summaries }) {
  if (view.status === 'draft')
    return (
      <Note tone="info">
        Brouillon, relu dans le dossier à chaque ouverture.{' '}
        {page.canSign ? 'Vérifiez chaque rubrique, puis signez.' : page.signWords} Chacun lit les lignes que ses droits
        ouvrent ; les notes personnelles n’y entrent jamais.
      </Note>
    );
  const signed = view.who !== null && view.status !== 'entered-in-error';
  return (
    <div className="row wrap">
      <Tag tone={view.status === 'entered-in-error' ? 'danger' : view.replacedBy ? 'neutral' : 'success'}>
        {view.replacedBy ? 'Remplacée' : view.statusLabel}
      </Tag>
      <span className="small">
        {signed && 'Signée par '}
        {view.who ? `${view.who.me ? (signed ? 'vous' : 'Vous') : view.who.name}, ${view.who.role}, ` : ''}le{' '}
        {sayDateTime(view.at)}
      </span>
      {view.corrected && (
        <span className="small">
          corrigée par {view.corrected.by.me ? 'vous' : view.corrected.by.name}, {view.corrected.by.role}, le{' '}
          {sayDateTime(view.corrected.at)}
        </span>
      )}
      {view.reason && <span className="small dim">Raison : {view.reason}</span>}
    </div>
  );
}
