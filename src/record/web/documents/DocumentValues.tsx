import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, Refusal, reading } from '../../../web/api.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import { refreshResults } from '../results/use-results.ts';
import { useRecord, wrote } from '../use-record.ts';
import { LabPart } from './LabPart.tsx';

/** A document that is a laboratory's file and whose values nobody has accepted yet: seen, then written by who may write results. */
export function DocumentValues({
  patient,
  document,
}: {
  patient: string;
  document: { id: string; version: number; url: string };
}) {
  const params = { patient, id: document.id };
  const { header } = useRecord();
  const found = useQuery(reading(recordContract.documentValues, { params }));
  const [samePatient, setSamePatient] = useState(false);
  const take = useMutation({
    mutationFn: () =>
      call(recordContract.takeDocumentValues, { params, body: { version: document.version, samePatient } }),
    onSuccess: (written) => {
      wrote(patient, written, 'Valeurs écrites au dossier, à valider.');
      void refreshResults([patient]);
      void queries.invalidateQueries({ queryKey: reading(recordContract.documentValues, { params }).queryKey });
    },
    onError: (error) => !(error instanceof Refusal) && failed(error),
  });
  const lab = found.data?.lab;
  if (!lab || found.data?.taken || !found.data?.canTake) return null;
  const refusal = take.error instanceof Refusal ? take.error : null;
  const other = refusal?.extra.code === 'other-patient' || samePatient;
  return (
    <div className="card pad stack tight">
      <LabPart lab={lab} url={document.url} patient={header.patient} />
      {refusal && <Note tone="danger">{refusal.message}</Note>}
      {other && (
        <Checkbox
          label="C’est bien ce patient : je l’ai vérifié"
          checked={samePatient}
          onChange={(event) => setSamePatient(event.currentTarget.checked)}
        />
      )}
      {lab.values > 0 && !lab.several && !lab.known?.same && (
        <div>
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            Écrire ces valeurs au dossier
          </Button>
        </div>
      )}
    </div>
  );
}
