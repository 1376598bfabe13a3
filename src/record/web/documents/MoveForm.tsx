import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type PatientBrief, recordContract } from '../../contract.ts';
import { refresh } from '../use-record.ts';
import { PatientChoice } from './PatientChoice.tsx';

/** A document that is another patient's: into that record, or back among those to be sorted. */
export function MoveForm({
  patient,
  document,
  onClose,
  onDone,
}: {
  patient: string;
  document: { id: string; version: number };
  onClose: () => void;
  onDone: () => void;
}) {
  const [to, setTo] = useState<PatientBrief | null>(null);
  const [reason, setReason] = useState('');
  const move = useMutation({
    mutationFn: (where: string | null) =>
      call(recordContract.moveDocument, {
        params: { patient, id: document.id },
        body: { version: document.version, to: where, reason },
      }),
    onSuccess: (moved) => {
      void refresh(patient);
      const there = moved.to;
      done(
        there ? `Déplacé dans le dossier de ${to?.name}.` : 'Retiré de ce dossier : il est de nouveau à classer.',
        there
          ? () =>
              call(recordContract.moveDocument, {
                params: { patient: there, id: moved.id },
                body: { version: moved.version, to: patient, reason: 'déplacement annulé' },
              }).then(() => refresh(patient))
          : undefined,
        'Annulé : le document est revenu dans ce dossier.',
      );
      onDone();
    },
  });
  return (
    <form
      className="card pad stack tight"
      aria-label="Ce document est d’un autre patient"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) move.mutate(to?.id ?? null);
      }}
    >
      <p className="small">
        Le document quitte ce dossier : plus rien n’en restera lisible ici. Le journal des deux dossiers garde la trace
        du déplacement.
      </p>
      {to ? (
        <p className="row">
          <Tag tone="accent">Vers</Tag> <span className="strong">{to.name}</span>{' '}
          <span className="dim small">{to.birthDateLabel}</span>
          <Button size="compact-sm" variant="subtle" onClick={() => setTo(null)}>
            Changer
          </Button>
        </p>
      ) : (
        <PatientChoice label="Le bon patient" autoFocus onChoose={setTo} />
      )}
      <TextInput
        label="Raison"
        required
        placeholder="classé par erreur, homonyme…"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {move.error && (
        <Note tone="danger" live>
          {move.error instanceof Refusal
            ? move.error.message
            : 'Le déplacement n’a pas abouti. Rien n’a été modifié : réessayez.'}
        </Note>
      )}
      <div className="row wrap">
        <Button type="submit" disabled={!reason.trim() || !to} loading={move.isPending}>
          Déplacer
        </Button>
        <Button
          variant="default"
          disabled={!reason.trim() || to !== null}
          loading={move.isPending}
          onClick={() => move.mutate(null)}
        >
          Renvoyer parmi ceux à classer
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
