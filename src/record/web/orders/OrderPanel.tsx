import { Button, Menu, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { useMe } from '../../../web/session.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CopyIcon, DocumentIcon, PrintIcon, RefreshIcon, SettingsIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, ErrorState, Note, NoRight } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import {
  type OrderKind,
  type OrderLine,
  type OrdersPage,
  orderFamilies,
  type OrderTemplate,
  type Prescription,
  prescribedBy,
  recordContract,
  ruleOf,
} from '../../contract.ts';
import { sensitivityChoices } from '../forms/choices.ts';
import { AidCards } from '../treatments/AidCards.tsx';
import { refresh } from '../use-record.ts';
import { AddLine } from './AddLine.tsx';
import { LineEditor } from './LineEditor.tsx';
import { LineList } from './LineList.tsx';
import css from './orders.module.css';
import {
  again,
  type Draft,
  emptyDraft,
  lengthIn,
  refreshTemplates,
  refreshWaiting,
  renewal,
  useOrders,
  whose,
} from './use-orders.ts';

interface PanelProps {
  patient: string;
  patientName: string;
  /** `renouveler <prescription>`, `corriger <prescription>`, `ligne <type> <id>`; nothing: a new one. */
  args: readonly string[];
  onClose: () => void;
}
/** «Prescrire»: lines, then a signature. */
export default function OrderPanel({ patient, patientName, args, onClose }: PanelProps) {
  const query = useOrders(patient);
  if (query.data && query.data.may.length > 0)
    return (
      <Composer
        key={args.join(':')}
        patient={patient}
        patientName={patientName}
        page={query.data}
        args={args}
        onClose={onClose}
      />
    );
  return (
    <SidePanel title="Prescrire" subtitle={patientName} onClose={onClose} wide>
      {query.data ? (
        <NoRight detail={query.data.mayWords} />
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Bone h={220} />
      )}
    </SidePanel>
  );
}

function begun(page: OrdersPage, [act, one = '', two = '']: readonly string[]): Draft {
  const from = page.prescriptions.find(({ id }) => id === one);
  if (act === 'renouveler' && from)
    return {
      ...emptyDraft,
      note: from.note,
      lines: from.lines
        .filter((line) => line.cancelled === null && page.may.some(({ kind }) => kind === line.kind))
        .map(renewal),
    };
  if (act === 'corriger' && from)
    return {
      ...emptyDraft,
      note: from.note,
      sensitive: from.sensitive,
      lines: from.lines.map(({ body }) => ({ ...body, from: null, due: null })),
      replaces: from.state === 'signed' ? { id: from.id, version: from.version } : null,
    };
  const line =
    act === 'ligne'
      ? [...page.renewals, ...page.prescriptions.flatMap(({ lines }) => lines)].find(
          ({ type, id }) => type === one && id === two,
        )
      : undefined;
  return line ? { ...emptyDraft, lines: [renewal(line)] } : emptyDraft;
}

function Composer({ patient, patientName, page, args, onClose }: PanelProps & { page: OrdersPage }) {
  const me = useMe();
  const { values, set, clear, state } = useDraft<Draft>(
    ['ordonnance', patient, ...args].join(':'),
    { patient, form: 'ordonnance', label: args[0] === 'renouveler' ? 'Renouvellement' : 'Ordonnance' },
    begun(page, args),
  );
  const kinds = prescribedBy(me.profession).filter((kind) => page.may.some((one) => one.kind === kind));
  const [kind, setKind] = useState<OrderKind>(kinds[0] ?? 'medicine');
  const [open, setOpen] = useState<number | null>(null);
  const [fresh, setFresh] = useState(0);
  const { lines } = values;
  const sign = useMutation({
    mutationFn: () =>
      call(recordContract.signOrder, {
        params: { patient },
        body: {
          lines,
          note: values.note,
          sensitive: values.sensitive,
          replaces: values.replaces && { ...values.replaces, reason: values.reason.trim() },
        },
      }),
    onSuccess: (signed) => {
      const taken = values;
      clear();
      void refresh(patient);
      void refreshWaiting();
      done(
        'Ordonnance signée.',
        async () => {
          await call(recordContract.cancelOrder, {
            params: { patient, id: signed.id },
            body: { version: signed.version, reason: 'Annulée aussitôt par qui l’a signée' },
          });
          set({ ...taken, replaces: null });
          await Promise.all([refresh(patient), refreshWaiting()]);
        },
        'Ordonnance annulée. Sa saisie est gardée en brouillon.',
      );
      setSigned(signed);
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
      void refresh(patient);
    },
  });
  const [signed, setSigned] = useState<Prescription>();
  const refusal = sign.error instanceof Refusal ? sign.error : null;
  const first = Object.keys(refusal?.fields ?? {})
    .map((path) => Number(/^lines\.(\d+)/.exec(path)?.[1]))
    .find(Number.isInteger);
  useEffect(() => {
    if (first !== undefined) setOpen(first);
  }, [first]);
  const body = useRef<HTMLDivElement>(null);
  // A line that was just added is described at once.
  useEffect(() => {
    if (fresh) body.current?.querySelector<HTMLElement>('[data-line] input, [data-line] textarea')?.focus();
  }, [fresh]);
  if (signed) return <Signed patient={patient} patientName={patientName} signed={signed} onClose={onClose} />;
  const change = (at: number, patch: Partial<Draft['lines'][number]>) =>
    set({
      lines: lines.map((one, i) =>
        i === at
          ? { ...one, ...patch, ...(patch.instructions !== undefined && lengthIn(one, patch.instructions)) }
          : one,
      ),
    });
  const onEnter = (event: React.KeyboardEvent) => {
    if (
      event.key !== 'Enter' ||
      event.ctrlKey ||
      event.metaKey ||
      event.defaultPrevented ||
      !(event.target instanceof HTMLInputElement)
    )
      return;
    event.preventDefault();
    body.current?.querySelector<HTMLInputElement>('[data-autofocus]')?.focus();
  };
  const add = (more: Draft['lines']) => {
    set({ lines: [...lines, ...more] });
    if (more.length === 1) {
      setOpen(lines.length);
      setFresh((count) => count + 1);
    }
  };
  const toRenew = page.renewals.filter(
    (one) =>
      page.may.some((may) => may.kind === one.kind) && !lines.some(({ renews }) => renews === `${one.type}/${one.id}`),
  );
  return (
    <PanelForm
      title={values.replaces ? 'Corriger une ordonnance' : args[0] === 'renouveler' ? 'Renouveler' : 'Prescrire'}
      subtitle={patientName}
      wide
      verb={values.replaces ? 'Signer à la place' : 'Signer l’ordonnance'}
      ready={lines.length > 0 && (!values.replaces || values.reason.trim().length >= 3)}
      pending={sign.isPending}
      draft={state}
      onDrop={clear}
      refusal={refusal}
      onSubmit={() => sign.mutate()}
      onClose={onClose}
    >
      {/* Enter in a field of a line goes back to the next line; only Ctrl+Enter and the button sign. */}
      <div className="stack" onKeyDown={onEnter} ref={body}>
        {values.replaces && (
          <TextInput
            label="Raison de la correction"
            description="L’ordonnance d’avant reste lisible ; ce qui n’y est pas encore fait est annulé."
            required
            value={values.reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
        )}
        <AddLine may={page.may} kind={kind} setKind={setKind} onAdd={(line) => add([line])} />
        <div className="row wrap">
          <Templates
            onTake={(template) => {
              set({ lines: [...lines, ...template.lines], note: values.note || template.note });
            }}
          />
          {toRenew.length > 0 && (
            <Menu position="bottom-start" width={340}>
              <Menu.Target>
                <Button size="compact-md" variant="default" leftSection={<RefreshIcon size={15} />}>
                  À renouveler ({toRenew.length})
                </Button>
              </Menu.Target>
              <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
                {toRenew.length > 1 && <Menu.Item onClick={() => add(toRenew.map(renewal))}>Tout renouveler</Menu.Item>}
                {toRenew.map((one) => (
                  <Menu.Item key={`${one.type}${one.id}`} onClick={() => add([renewal(one)])}>
                    {one.label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
        <LineList
          label="Lignes de l’ordonnance"
          lines={lines}
          setLines={(next) => set({ lines: next })}
          open={open}
          setOpen={setOpen}
          wrong={(at) => Object.keys(refusal?.fields ?? {}).some((path) => path.startsWith(`lines.${at}.`))}
          editor={(line, at) => (
            <LineEditor
              line={line}
              change={(patch) => change(at, patch)}
              error={(field) => refusal?.fields[`lines.${at}.${field}`]}
              page={page}
            />
          )}
        />
        <AidCards
          patient={patient}
          drafts={lines
            .filter((line) => orderFamilies[line.kind].group === 'medicines')
            .map(({ label, code, system, instructions }) => ({
              label,
              code: code ?? null,
              system: system ?? null,
              dosage: instructions ?? '',
            }))}
        />
        {page.ald.length > 0 && lines.some(({ ald }) => !ald) && (
          <div className="row wrap small">
            <span className="dim">ALD : {page.ald.join(', ')}.</span>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => set({ lines: lines.map((one) => ({ ...one, ald: true })) })}
            >
              Tout est en rapport avec l’ALD
            </Button>
          </div>
        )}
        <Textarea
          label="Précisions pour le patient, imprimées"
          autosize
          minRows={1}
          maxLength={1000}
          value={values.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <Select
          label="Information sensible"
          placeholder="Non"
          clearable
          data={sensitivityChoices}
          value={values.sensitive}
          onChange={(sensitive) => set({ sensitive: sensitive as Draft['sensitive'] })}
        />
      </div>
    </PanelForm>
  );
}

function Templates({ onTake }: { onTake: (template: OrderTemplate) => void }) {
  const query = useQuery({ ...reading(recordContract.orderTemplates), staleTime: 60_000 });
  const templates = query.data?.templates ?? [];
  if (templates.length === 0) return null;
  return (
    <Menu position="bottom-start" width={340}>
      <Menu.Target>
        <Button size="compact-md" variant="default" leftSection={<CopyIcon size={15} />}>
          Ordonnances types
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        <Menu.Item component={Link} to={'/ordonnances/types' as string} leftSection={<SettingsIcon size={15} />}>
          Écrire et ranger les ordonnances types
        </Menu.Item>
        <Menu.Divider />
        {templates.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => onTake(one)}
            rightSection={<span className="tiny dim">{whose(one)}</span>}
          >
            {one.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What was just signed: print it, keep it as a model, go on. */
function Signed({
  patient,
  patientName,
  signed,
  onClose,
}: {
  patient: string;
  patientName: string;
  signed: Prescription;
  onClose: () => void;
}) {
  const print = useRef<HTMLAnchorElement>(null);
  const [title, setTitle] = useState<string | null>(null);
  useEffect(() => print.current?.focus(), []);
  const keep = useMutation({
    mutationFn: () =>
      call(recordContract.keepOrderTemplate, {
        body: {
          title: (title ?? '').trim(),
          lines: signed.lines.map((line: OrderLine) => again(line.body)),
          note: signed.note,
        },
      }),
    onSuccess: (kept) => {
      setTitle(null);
      void refreshTemplates();
      done(`Ordonnance type gardée : ${kept.title}.`, async () => {
        await call(recordContract.retireOrderTemplate, {
          params: { template: kept.id },
          body: { version: kept.version },
        });
        await refreshTemplates();
      });
    },
    onError: failed,
  });
  return (
    <SidePanel
      title="Ordonnance signée"
      subtitle={patientName}
      onClose={onClose}
      wide
      footer={
        <>
          <Button
            ref={print}
            component="a"
            href={urlOf(recordContract.printOrder, { params: { patient, id: signed.id } })}
            target="_blank"
            rel="noreferrer"
            leftSection={<PrintIcon size={16} />}
          >
            Imprimer (PDF)
          </Button>
          <Button variant="default" onClick={onClose}>
            Fermer
          </Button>
        </>
      }
    >
      <div className="stack loose">
        <Note tone="success">
          Signée. Chaque ligne est suivie jusqu’à son terme : qui la réalise la voit dans sa journée.
        </Note>
        {signed.lines.some(({ body }) => ruleOf(body)) && (
          <Note tone="warning">
            Une feuille est une ordonnance sécurisée : imprimez-la sur votre papier sécurisé. Sur un autre papier, la
            pharmacie ne peut pas délivrer.
          </Note>
        )}
        <ol className={css.told}>
          {signed.lines.map((line) => (
            <li key={line.id}>
              <span className="strong">{line.label}</span> {line.status && <Tag>{line.status.stateLabel}</Tag>}
              <span className={`small dim ${css.itemWords}`}>{line.sentence}</span>
            </li>
          ))}
        </ol>
        {title === null ? (
          <Button
            variant="subtle"
            leftSection={<DocumentIcon size={16} />}
            onClick={() => setTitle('')}
            style={{ justifySelf: 'start' }}
          >
            Garder comme ordonnance type
          </Button>
        ) : (
          <form
            className="row wrap"
            onSubmit={(event) => {
              event.preventDefault();
              keep.mutate();
            }}
          >
            <TextInput
              label="Nom de l’ordonnance type"
              autoFocus
              maxLength={120}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!title.trim()} loading={keep.isPending} style={{ alignSelf: 'end' }}>
              Garder
            </Button>
          </form>
        )}
      </div>
    </SidePanel>
  );
}
