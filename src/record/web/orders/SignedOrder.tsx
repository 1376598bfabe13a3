import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call, urlOf } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon, PrintIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type OrderLine, type Prescription, recordContract, ruleOf, type TreatmentLine } from '../../contract.ts';
import { ActPanel } from '../treatments/ActPanel.tsx';
import { LeftOut } from './LeftOut.tsx';
import css from './orders.module.css';
import { again } from './order-draft.ts';
import { refreshTemplates } from './use-orders.ts';

/** What was just signed: print it, keep it as a model, go on. */
export function SignedOrder({
  patient,
  patientName,
  signed,
  left,
  mayStop,
  onClose,
}: {
  patient: string;
  patientName: string;
  signed: Prescription;
  /** Of the prescription it renews: what runs on without it. */
  left: readonly TreatmentLine[];
  mayStop: boolean;
  onClose: () => void;
}) {
  const print = useRef<HTMLAnchorElement>(null);
  const [title, setTitle] = useState<string | null>(null);
  const [stopping, setStopping] = useState<TreatmentLine>();
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
  if (stopping) return <ActPanel patient={patient} line={stopping} act="stop" onClose={() => setStopping(undefined)} />;
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
        <LeftOut left={left} stop={mayStop ? setStopping : undefined} />
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
