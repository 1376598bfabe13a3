import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card } from '../../../web/ui/bits.tsx';
import { CheckIcon, PlusIcon, PrintIcon, ScaleIcon, TreatmentIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Note } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import {
  recordContract,
  type TreatmentLine,
  type TreatmentProposal,
  type TreatmentsPage as Page,
} from '../../contract.ts';
import { Opened, PatientPageHead } from '../PatientPage.tsx';
import { usePatientId, useRecordEvents, wrote } from '../use-record.ts';
import { Proposals } from './Proposals.tsx';
import { Reconcile } from './Reconcile.tsx';
import { TreatmentRow } from './TreatmentRow.tsx';
import css from './treatments.module.css';
import { type Panel, useTreatments } from './use-treatments.ts';
import { Reported } from './Reported.tsx';
import { Reconciliations } from './Reconciliations.tsx';
import { TreatmentPanel } from './TreatmentPanel.tsx';

/** `/patients/:patient/traitements`: everything about what is taken, and the conciliation (`?mode=concilier`). */
export default function TreatmentsPage() {
  const patient = usePatientId();
  const query = useTreatments(patient);
  useRecordEvents(patient, !!query.data);
  return (
    <Opened patient={patient} query={query} title="Traitements">
      {(data) => <Treatments patient={patient} page={data} />}
    </Opened>
  );
}

function Treatments({ patient, page }: { patient: string; page: Page }) {
  const [url, setUrl] = useUrl();
  const [panel, setPanel] = useState<Panel & { proposal?: TreatmentProposal }>();
  const [past, setPast] = useState(false);
  const close = () => {
    setPanel(undefined);
    if (url.proposition) setUrl({ proposition: undefined });
  };
  // Come from the day or from a notice: what is asked is open.
  const asked = page.may.decide
    ? page.proposals.find(({ id, state }) => id === url.proposition && state === 'waiting')
    : undefined;
  const beside = panel ?? (asked && { name: 'answer' as const, proposal: asked });
  const none = useMutation({
    mutationFn: () => call(recordContract.noTreatment, { params: { patient } }),
    onSuccess: (written) => wrote(patient, written, 'Noté : aucun traitement en cours.'),
    onError: failed,
  });
  const current = page.lines.filter(({ state }) => state !== 'past');
  const over = page.lines.filter(({ state }) => state === 'past');
  const toRenew = over.filter(({ renew }) => renew);
  const waiting = page.proposals.filter(({ state }) => state === 'waiting').length;
  const reconciling = url.mode === 'concilier' && page.may.reconcile;
  const row = (line: TreatmentLine) => (
    <TreatmentRow key={`${line.type}${line.id}`} line={line} page={page} patient={patient} open={setPanel} />
  );
  const groups = [
    { title: 'Au long cours', lines: current.filter((line) => line.longTerm && line.state === 'current') },
    { title: 'De courte durée', lines: current.filter((line) => !line.longTerm && line.state === 'current') },
    { title: 'À venir ou suspendus', lines: current.filter(({ state }) => state !== 'current') },
  ].filter(({ lines }) => lines.length > 0);
  return (
    <div className="page">
      <PatientPageHead patient={patient} name={page.patient.name} title="Traitements" about={page.patient.about}>
        <HeadActs
          patient={patient}
          page={page}
          reconciling={reconciling}
          open={setPanel}
          reconcile={() => setUrl({ mode: 'concilier' })}
        />
      </PatientPageHead>
      <div className={css.stack}>
        <ToCheck page={page} />
        {page.hidden.length > 0 && (
          <p className="small dim">
            Certaines informations ne vous sont pas accessibles : {page.hidden.join(', ').toLowerCase()}.
          </p>
        )}
        {reconciling && <Reconcile patient={patient} page={page} onDone={() => setUrl({ mode: undefined })} />}
        {waiting > 0 && (
          <Card title="Propositions en attente" count={waiting}>
            <Proposals
              patient={patient}
              page={{ ...page, proposals: page.proposals.filter(({ state }) => state === 'waiting') }}
              answer={(proposal) => setPanel({ name: 'answer', proposal })}
            />
          </Card>
        )}
        {current.length === 0 && (
          <div className="card">
            <EmptyState
              icon={page.state.code === 'none' ? CheckIcon : TreatmentIcon}
              title={page.state.label}
              action={
                page.may.write &&
                page.state.code === 'not-asked' && (
                  <Button variant="default" loading={none.isPending} onClick={() => none.mutate()}>
                    Le patient ne prend aucun traitement
                  </Button>
                )
              }
            >
              {page.state.code === 'none'
                ? `Question posée par ${page.state.by?.me ? 'vous' : (page.state.by?.name ?? 'l’équipe')}.`
                : 'Ajoutez ce qui est pris, ou notez que rien ne l’est : ce n’est pas la même chose que « non renseigné ».'}
            </EmptyState>
          </div>
        )}
        {!reconciling &&
          groups.map(({ title, lines }) => (
            <Card key={title} title={title} count={lines.length}>
              <ul className="plain">{lines.map(row)}</ul>
            </Card>
          ))}
        {!reconciling && toRenew.length > 0 && (
          <Card title="Échus et non renouvelés" count={toRenew.length}>
            <ul className="plain">{toRenew.map(row)}</ul>
          </Card>
        )}
        {!reconciling && over.length > toRenew.length && (
          <Card
            title="Passés"
            count={over.length - toRenew.length}
            action={
              <Button size="compact-sm" variant="subtle" aria-expanded={past} onClick={() => setPast(!past)}>
                {past ? 'Replier' : 'Montrer'}
              </Button>
            }
          >
            {past && <ul className="plain">{over.filter(({ renew }) => !renew).map(row)}</ul>}
          </Card>
        )}
        {!reconciling && <Reported page={page} />}
        <Reconciliations page={page} />
        {page.proposals.length > waiting && (
          <Card title="Propositions répondues" count={page.proposals.length - waiting}>
            <Proposals
              patient={patient}
              page={{ ...page, proposals: page.proposals.filter(({ state }) => state !== 'waiting') }}
              answer={() => undefined}
            />
          </Card>
        )}
      </div>
      {beside && <TreatmentPanel patient={patient} page={page} panel={beside} open={setPanel} close={close} />}
    </div>
  );
}

/** What one may do here: print, note, reconcile, propose, add. */
function HeadActs({
  patient,
  page,
  reconciling,
  open,
  reconcile,
}: {
  patient: string;
  page: Page;
  reconciling: boolean;
  open: (panel: Panel) => void;
  reconcile: () => void;
}) {
  return (
    <div className={`${css.headActs} no-print`}>
      <Button
        component="a"
        href={urlOf(recordContract.treatmentSheet, { params: { patient } })}
        target="_blank"
        rel="noreferrer"
        variant="default"
        leftSection={<PrintIcon size={16} />}
      >
        Feuille du patient (PDF)
      </Button>
      {page.may.write && (
        <Button variant="default" onClick={() => open({ name: 'report' })}>
          Noter un relevé
        </Button>
      )}
      {page.may.reconcile && !reconciling && (
        <Button variant="default" leftSection={<ScaleIcon size={16} />} onClick={reconcile}>
          Concilier
        </Button>
      )}
      {page.may.reconcile && !page.may.decide && (
        <Button variant="default" onClick={() => open({ name: 'propose' })}>
          Proposer un ajout
        </Button>
      )}
      {page.may.write && (
        <Button component={Link} to={`/patients/${patient}?volet=traitement`} leftSection={<PlusIcon size={16} />}>
          Ajouter un traitement
        </Button>
      )}
    </div>
  );
}

/** What in the record itself does not fit together. */
function ToCheck({ page }: { page: Page }) {
  if (page.toCheck.length === 0) return null;
  return (
    <Note tone="warning">
      <span className="strong">À vérifier</span>
      <ul className={css.checks}>
        {page.toCheck.map((one) => (
          <li key={one.words}>{one.words}</li>
        ))}
      </ul>
      <span className="tiny">
        Relevé dans le dossier lui-même. Estran n’est pas un logiciel d’aide à la prescription certifié : aucune
        interaction n’est recherchée.
      </span>
    </Note>
  );
}
