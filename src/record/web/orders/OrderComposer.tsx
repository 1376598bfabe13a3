import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { useMe } from '../../../web/session.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import {
  type OrderKind,
  type OrdersPage,
  orderFamilies,
  type Prescription,
  prescribedBy,
  recordContract,
} from '../../contract.ts';
import { AidCards } from '../treatments/AidCards.tsx';
import { refresh } from '../use-record.ts';
import { AddLine } from './AddLine.tsx';
import { LeftOut, useLeftOut } from './LeftOut.tsx';
import { LineEditor } from './LineEditor.tsx';
import { LineList } from './LineList.tsx';
import { begun, type Draft, goesOn, withLine, renewal } from './order-draft.ts';
import { refreshWaiting } from './use-orders.ts';
import { SignedOrder } from './SignedOrder.tsx';
import { TakeTemplate } from './TakeTemplate.tsx';
import { ToRenew } from './ToRenew.tsx';
import { SensitivityField } from '../forms/SensitivityField.tsx';
import { ReasonField } from '../forms/ReasonField.tsx';

export interface PanelProps {
  patient: string;
  patientName: string;
  /** How it begins (`begun`). */
  args: readonly string[];
  onClose: () => void;
}

/** A prescription as one writes it, signed at the end. Kept as one types. */
export function OrderComposer({ patient, patientName, page, args, onClose }: PanelProps & { page: OrdersPage }) {
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
  const [signed, setSigned] = useState<{ order: Prescription; lines: Draft['lines'] }>();
  const { left, mayStop } = useLeftOut(patient, page, args, signed?.lines ?? lines);
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
          // What was taken back is not shown as signed, nor printed.
          setSigned(undefined);
          await Promise.all([refresh(patient), refreshWaiting()]);
        },
        'Ordonnance annulée. Sa saisie est gardée en brouillon.',
      );
      setSigned({ order: signed, lines: taken.lines });
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
      void refresh(patient);
    },
  });
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
  if (signed)
    return (
      <SignedOrder
        patient={patient}
        patientName={patientName}
        signed={signed.order}
        left={left}
        mayStop={mayStop}
        onClose={onClose}
      />
    );
  const onEnter = (event: React.KeyboardEvent) => {
    if (!goesOn(event)) return;
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
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields within */}
      <div className="stack" onKeyDown={onEnter} ref={body}>
        {values.replaces && (
          <ReasonField
            description="L’ordonnance d’avant reste lisible ; ce qui n’y est pas encore fait est annulé."
            required
            value={values.reason}
            onChange={(reason) => set({ reason })}
          />
        )}
        <AddLine may={page.may} kind={kind} setKind={setKind} onAdd={(line) => add([line])} />
        <div className="row wrap">
          <TakeTemplate
            onTake={(template) => {
              set({ lines: [...lines, ...template.lines], note: values.note || template.note });
            }}
          />
          <ToRenew lines={toRenew} onTake={(some) => add(some.map(renewal))} />
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
              change={(patch) => set({ lines: withLine(lines, at, patch) })}
              error={(field) => refusal?.fields[`lines.${at}.${field}`]}
              page={page}
            />
          )}
        />
        <LeftOut left={left} />
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
        <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />
      </div>
    </PanelForm>
  );
}
