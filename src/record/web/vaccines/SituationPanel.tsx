import { Checkbox, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { recordContract, type Situation, situations } from '../../contract.ts';
import { wrote } from '../use-record.ts';

const names = Object.keys(situations) as Situation[];

/** What makes more vaccines due than age alone, said by the team. */
export function SituationPanel({ patient, onClose }: { patient: string; onClose: () => void }) {
  const [values, setValues] = useState({ situation: null as Situation | null, term: '', until: '', sensitive: false });
  const set = (patch: Partial<typeof values>) => setValues((now) => ({ ...now, ...patch }));
  const sending = useMutation({
    mutationFn: () =>
      call(recordContract.addSituation, {
        params: { patient },
        body: {
          situation: values.situation!,
          term: values.term || null,
          until: values.until || null,
          sensitive: values.sensitive ? 'sexual-health' : null,
        },
      }),
    onSuccess: (written) => {
      wrote(patient, written, `Situation notée : ${situations[values.situation!].label}.`);
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
    },
  });
  const refusal = sending.error instanceof Refusal ? sending.error : null;
  return (
    <PanelForm
      title="Ajouter une situation"
      verb="Noter la situation"
      ready={values.situation !== null}
      pending={sending.isPending}
      refusal={refusal}
      onSubmit={() => sending.mutate()}
      onClose={onClose}
    >
      <Select
        label="Situation"
        data-autofocus
        searchable
        nothingFoundMessage="Aucune situation de ce nom"
        data={names.map((name) => ({ value: name, label: situations[name].label }))}
        value={values.situation}
        onChange={(name) => set({ situation: name as Situation | null })}
        error={refusal?.fields.situation}
      />
      {values.situation === 'pregnancy' ? (
        <DateField
          label="Terme prévu (41 SA)"
          value={values.term}
          onChange={(term) => set({ term })}
          error={refusal?.fields.term}
        />
      ) : (
        <DateField
          label="Jusqu’au"
          partial
          placeholder="sans fin"
          value={values.until}
          onChange={(until) => set({ until })}
          error={refusal?.fields.until}
        />
      )}
      {values.situation === 'pregnancy' && (
        <Checkbox
          label="À ne montrer qu’aux professions qui lisent la santé sexuelle"
          checked={values.sensitive}
          onChange={(event) => set({ sensitive: event.currentTarget.checked })}
        />
      )}
      <p className="small dim">Se lit par toutes les personnes de l’équipe de soins qui lisent les vaccins.</p>
    </PanelForm>
  );
}
