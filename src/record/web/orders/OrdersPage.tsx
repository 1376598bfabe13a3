import { Button, Menu, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, sayDateTime } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { MoreIcon, PlusIcon, PrintIcon, RefreshIcon, TreatmentIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type OrderLine, type OrdersPage as Page, type Prescription, recordContract } from '../../contract.ts';
import { Opened, PatientPageHead } from '../PatientPage.tsx';
import { refresh, usePatientId, useRecordEvents, useSeen } from '../use-record.ts';
import OrderPanel from './OrderPanel.tsx';
import { OrderLineRow, StatusTag } from './OrderLineRow.tsx';
import css from './orders.module.css';
import SessionPanel from './SessionPanel.tsx';
import { NewTemplatePanel } from './TemplatePanel.tsx';
import { askRenewal } from './order-acts.ts';
import { again } from './order-draft.ts';
import { refreshWaiting, useOrders } from './use-orders.ts';

/** `/patients/:patient/ordonnances`: what was prescribed, how far it is, what runs out. */
export default function OrdersPage() {
  const patient = usePatientId();
  const query = useOrders(patient);
  useRecordEvents(patient, !!query.data);
  return (
    <Opened patient={patient} query={query} title="Ordonnances">
      {(data) => <Orders patient={patient} page={data} />}
    </Opened>
  );
}

const waits = ({ status, cancelled }: OrderLine): boolean =>
  cancelled === null && status !== null && ['to-do', 'sampled', 'in-progress', 'partial'].includes(status.state);
function Orders({ patient, page }: { patient: string; page: Page }) {
  const [url, setUrl] = useUrl();
  const panel = url.volet;
  const setPanel = (volet: string | undefined) => setUrl({ volet });
  const prescribes = page.may.length > 0;
  useKeys(prescribes ? { s: () => setPanel('prescrire') } : {}, prescribes && !panel);
  const only = url.vue === 'attente';
  const shown = only ? page.prescriptions.filter(({ lines }) => lines.some(waits)) : page.prescriptions;
  const waiting = page.prescriptions.filter(({ lines }) => lines.some(waits)).length;
  const [name, ...args] = (panel ?? '').split(':');
  const cancelling = name === 'annuler' ? page.prescriptions.find(({ id }) => id === args[0]) : undefined;
  const kept = name === 'type' && prescribes ? page.prescriptions.find(({ id }) => id === args[0]) : undefined;
  return (
    <div className="page">
      <PatientPageHead patient={patient} name={page.patient.name} title="Ordonnances" about={page.patient.about}>
        {prescribes && (
          <Button leftSection={<PlusIcon size={16} />} onClick={() => setPanel('prescrire')} aria-keyshortcuts="S">
            Prescrire
          </Button>
        )}
      </PatientPageHead>
      {!prescribes && page.wordless.length === 0 && <p className="small dim">{page.mayWords}</p>}
      <Renewals
        patient={patient}
        lines={page.renewals}
        may={page.may}
        open={(line) => setPanel(`prescrire:ligne:${line.type}:${line.id}`)}
      />
      {page.wordless.length > 0 && (
        <Card title="Prescriptions suivies" count={page.wordless.length}>
          <p className={`small dim ${css.pad}`}>
            Vos droits montrent qu’elles existent et où elles en sont, pas ce qu’elles disent.
          </p>
          <ul className="plain">
            {page.wordless.map((one) => (
              <li key={one.task} className={css.row}>
                <span className={css.words}>
                  <span className="strong">Prescription</span> <StatusTag status={one} />
                  <span className={`tiny dim ${css.itemWords}`}>{one.due && `avant le ${sayDate(one.due)}`}</span>
                </span>
                <WhoWhen who={one.who} when={one.at} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {page.prescriptions.length > 0 && (
        <nav className={css.filter} aria-label="Filtrer les ordonnances">
          <Button
            size="compact-md"
            variant={only ? 'subtle' : 'light'}
            aria-pressed={!only}
            onClick={() => setUrl({ vue: undefined })}
          >
            Toutes ({page.prescriptions.length})
          </Button>
          <Button
            size="compact-md"
            variant={only ? 'light' : 'subtle'}
            aria-pressed={only}
            onClick={() => setUrl({ vue: 'attente' })}
          >
            En attente ({waiting})
          </Button>
        </nav>
      )}
      {shown.length === 0 && page.wordless.length === 0 && (
        <div className="card">
          <EmptyState icon={TreatmentIcon} title={only ? 'Rien n’est en attente' : 'Aucune ordonnance à vous montrer'}>
            {prescribes
              ? 'Les ordonnances de ce patient s’afficheront ici. Soins, examens, matériel, médicaments : une ordonnance se signe d’un geste et se suit jusqu’à son terme.'
              : page.mayWords}
          </EmptyState>
        </div>
      )}
      <div className={css.list}>
        {shown.map((one) => (
          <PrescriptionCard key={one.id} patient={patient} one={one} may={page.may} setPanel={setPanel} />
        ))}
      </div>
      {page.hidden.length > 0 && (
        <p className="dim small" style={{ marginTop: 12 }}>
          Certaines lignes peuvent ne pas vous être accessibles : {page.hidden.join(', ').toLowerCase()}.
        </p>
      )}
      {name === 'prescrire' && (
        <OrderPanel
          key={panel}
          patient={patient}
          patientName={page.patient.name}
          args={args}
          onClose={() => setPanel(undefined)}
        />
      )}
      {name === 'seance' && (
        <SessionPanel
          key={panel}
          patient={patient}
          patientName={page.patient.name}
          args={args}
          onClose={() => setPanel(undefined)}
        />
      )}
      {kept && (
        <NewTemplatePanel
          key={kept.id}
          from={kept.id}
          begun={{ title: '', lines: kept.lines.map(({ body }) => again(body)), note: kept.note, scope: 'mine' }}
          onClose={() => setPanel(undefined)}
        />
      )}
      {cancelling && <CancelPanel patient={patient} one={cancelling} onClose={() => setPanel(undefined)} />}
    </div>
  );
}

function Renewals({
  patient,
  lines,
  may,
  open,
}: {
  patient: string;
  lines: readonly OrderLine[];
  may: Page['may'];
  open: (line: OrderLine) => void;
}) {
  const due = lines.filter(({ status }) => status && (status.toRenew || status.renewal.asked));
  if (due.length === 0) return null;
  const stop = async (line: OrderLine) => {
    try {
      await call(recordContract.dropRenewal, {
        params: { patient, id: line.status!.task },
        body: { version: line.status!.version },
      });
      done(`« ${line.label} » n’est plus proposé au renouvellement.`);
    } catch (error) {
      failed(error);
    }
    await Promise.all([refresh(patient), refreshWaiting()]);
  };
  return (
    <Card title="À renouveler" count={due.length}>
      <ul className="plain">
        {due.map((line) => (
          <OrderLineRow
            key={line.id}
            patient={patient}
            line={{
              ...line,
              status: line.status && { ...line.status, acts: [], renewal: { ...line.status.renewal, mayAsk: false } },
            }}
            detail={false}
            after={
              <>
                {line.status?.renewal.mayAsk && (
                  <Button
                    size="compact-md"
                    variant={may.some(({ kind }) => kind === line.kind) ? 'subtle' : 'default'}
                    aria-label={`Demander le renouvellement : ${line.label}`}
                    onClick={() => void askRenewal(patient, line)}
                  >
                    Demander le renouvellement
                  </Button>
                )}
                {may.some(({ kind }) => kind === line.kind) && (
                  <>
                    <Button
                      size="compact-md"
                      variant="default"
                      leftSection={<RefreshIcon size={15} />}
                      aria-label={`Renouveler : ${line.label}`}
                      onClick={() => open(line)}
                    >
                      Renouveler
                    </Button>
                    <Button
                      size="compact-md"
                      variant="subtle"
                      color="gray"
                      aria-label={`Ne pas renouveler : ${line.label}`}
                      onClick={() => void stop(line)}
                    >
                      Ne pas renouveler
                    </Button>
                  </>
                )}
              </>
            }
          />
        ))}
      </ul>
    </Card>
  );
}

const tones = { signed: 'success', cancelled: 'warning', replaced: 'neutral', 'entered-in-error': 'danger' } as const;
function PrescriptionCard({
  patient,
  one,
  may,
  setPanel,
}: {
  patient: string;
  one: Prescription;
  may: Page['may'];
  setPanel: (panel: string) => void;
}) {
  const prescribes = may.length > 0;
  const title = `Ordonnance du ${sayDate(one.at)}`;
  return (
    <section className={`card ${css.card}`} aria-label={title} id={`ordonnance-${one.id}`}>
      <header className={css.head}>
        <h2>{title}</h2>
        <WhoWhen who={one.who} when={one.at} />
        {one.state !== 'signed' && <Tag tone={tones[one.state]}>{one.stateLabel}</Tag>}
        {one.sensitive && <Tag tone="warning">sensible</Tag>}
        <div className={css.acts}>
          <Button
            component="a"
            size="compact-md"
            variant="subtle"
            href={urlOf(recordContract.printOrder, { params: { patient, id: one.id } })}
            target="_blank"
            rel="noreferrer"
            leftSection={<PrintIcon size={15} />}
            aria-label={`Imprimer : ${title}, ${sayDateTime(one.at)}`}
          >
            Imprimer
          </Button>
          {one.lines.some((line) => line.cancelled === null && may.some(({ kind }) => kind === line.kind)) && (
            <Button
              size="compact-md"
              variant="subtle"
              leftSection={<RefreshIcon size={15} />}
              aria-label={`Renouveler : ${title}`}
              onClick={() => setPanel(`prescrire:renouveler:${one.id}`)}
            >
              Renouveler
            </Button>
          )}
          {(one.mayCancel || (prescribes && one.lines.length > 0)) && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="compact-md" variant="subtle" color="gray" aria-label={`Autres gestes : ${title}`}>
                  <MoreIcon size={16} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {prescribes && one.lines.length > 0 && (
                  <Menu.Item onClick={() => setPanel(`type:${one.id}`)}>Garder comme ordonnance type</Menu.Item>
                )}
                {one.mayCancel && prescribes && (
                  <Menu.Item onClick={() => setPanel(`prescrire:corriger:${one.id}`)}>Corriger (remplacer)</Menu.Item>
                )}
                {one.mayCancel && <Menu.Item onClick={() => setPanel(`annuler:${one.id}`)}>Annuler</Menu.Item>}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      </header>
      {one.reason && <p className={`small ${css.pad}`}>Raison : {one.reason}</p>}
      {one.lines.length === 0 && (
        <p className={`small dim ${css.pad}`}>Vos droits ne montrent aucune ligne de cette ordonnance.</p>
      )}
      <ul className="plain">
        {one.lines.map((line) => (
          <OrderLineRow key={line.id} patient={patient} line={line} sessions={(task) => setPanel(`seance:${task}`)} />
        ))}
      </ul>
      {one.note && <p className={`small ${css.pad}`}>{one.note}</p>}
    </section>
  );
}

/** Takes back what is open, with the reason. */
function CancelPanel({ patient, one: newest, onClose }: { patient: string; one: Prescription; onClose: () => void }) {
  const [one, refused] = useSeen(newest);
  const open = one.lines.filter(waits);
  const { values, set, clear, state } = useDraft(
    `annulation:${one.id}`,
    { patient, form: 'ordonnance', label: 'Annuler l’ordonnance : la raison' },
    { reason: '' },
  );
  const { reason } = values;
  const cancel = useMutation({
    mutationFn: () =>
      call(recordContract.cancelOrder, {
        params: { patient, id: one.id },
        body: { version: one.version, reason: reason.trim() },
      }),
    onSuccess: () => {
      clear();
      void refresh(patient);
      void refreshWaiting();
      done('Ordonnance annulée. Elle reste lisible, avec la raison.');
      onClose();
    },
    onError: () => {
      refused();
      void refresh(patient);
    },
  });
  return (
    <PanelForm
      title="Annuler l’ordonnance"
      subtitle={`Du ${sayDateTime(one.at)}`}
      verb="Annuler l’ordonnance"
      ready={reason.trim().length >= 3 && open.length > 0}
      pending={cancel.isPending}
      draft={state}
      onDrop={clear}
      refusal={cancel.error instanceof Refusal ? cancel.error : null}
      onSubmit={() => cancel.mutate()}
      onClose={onClose}
    >
      {open.length > 0 ? (
        <div>
          <p>Sera annulé :</p>
          <ul>
            {open.map((line) => (
              <li key={line.id}>{line.label}</li>
            ))}
          </ul>
          <p className="small dim">
            Ce qui est fait ou délivré le reste. Si le patient a une version imprimée, dites-lui de ne plus s’en servir.
          </p>
        </div>
      ) : (
        <p>Tout est déjà fait, délivré ou annulé.</p>
      )}
      <TextInput
        label="Raison"
        required
        maxLength={500}
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
