import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type OrderLine, recordContract } from '../../contract.ts';
import { refresh } from '../use-record.ts';
import { refreshDay, refreshWaiting } from './use-orders.ts';

/** The report at the end of a course: three paragraphs; what was prescribed and held is said from the order. */
export function ReportForm({ patient, line, onClose }: { patient: string; line: OrderLine; onClose: () => void }) {
  const status = line.status!;
  const { values, set, clear, state } = useDraft(
    `compte-rendu:${status.task}`,
    { patient, form: 'ordonnance', label: 'Compte rendu de fin de séances' },
    { findings: '', outcome: '', next: '' },
  );
  const send = useMutation({
    mutationFn: () =>
      call(recordContract.reportCourse, {
        params: { patient, id: status.task },
        body: { version: status.version, ...values },
      }),
    onSuccess: async () => {
      clear();
      await Promise.all([refresh(patient), refreshWaiting(), refreshDay()]);
      done('Compte rendu signé. Le prescripteur le trouve parmi ses documents à lire.');
      onClose();
    },
    onError: () => void refresh(patient),
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const field = (name: keyof typeof values, label: string, hint?: string) => (
    <Textarea
      label={label}
      description={hint}
      autosize
      minRows={2}
      maxLength={6000}
      value={values[name]}
      error={refusal?.fields[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className="stack"
      aria-label={`Compte rendu de fin de séances : ${line.label}`}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        if (values.findings.trim() && values.outcome.trim() && !send.isPending) send.mutate();
      }}
    >
      <h4>Compte rendu de fin de séances</h4>
      {field('findings', 'Soins réalisés et évolution')}
      {field('outcome', 'État en fin de séances')}
      {field('next', 'Suite proposée', 'Facultatif.')}
      <p className="small dim">
        La prescription, le nombre de séances et leurs dates sont écrits pour vous. Le compte rendu est signé, adressé
        au prescripteur, classé dans le dossier, et la série est terminée.
      </p>
      {refusal && Object.keys(refusal.fields).length === 0 && (
        <Note tone="danger" live>
          {refusal.message}
        </Note>
      )}
      <div className="row wrap">
        <Button type="submit" disabled={!values.findings.trim() || !values.outcome.trim()} loading={send.isPending}>
          Signer le compte rendu
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Plus tard
        </Button>
        <span className="dim tiny" role="status">
          {draftWords[state]}
        </span>
      </div>
    </form>
  );
}
