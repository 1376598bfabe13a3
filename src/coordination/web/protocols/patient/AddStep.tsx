import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../../web/api.ts';
import { DateField } from '../../../../web/ui/DateField.tsx';
import { done } from '../../../../web/ui/undo.tsx';
import { type Addressee, coordinationContract, type ProtocolStep, stepKinds } from '../../../contract.ts';
import css from './patient.module.css';
import { type Plan, usePlanAct } from './use-plans.ts';
import { WhoField } from './WhoField.tsx';

const kinds = Object.entries(stepKinds).map(([value, label]) => ({ value, label }));

/** A step for this patient alone. */
export function AddStep({ plan, patient, onClose }: { plan: Plan; patient: string; onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [detail, setDetail] = useState('');
  const [kind, setKind] = useState<ProtocolStep['kind']>('act');
  const [due, setDue] = useState('');
  const [addressee, setAddressee] = useState<Addressee | null>(null);
  const act = usePlanAct(
    patient,
    () =>
      call(coordinationContract.changePlanStep, {
        params: { patient, plan: plan.id },
        body: {
          version: plan.version,
          act: 'add',
          title: title.trim(),
          detail: detail.trim() || undefined,
          kind,
          due: due || undefined,
          addressee: addressee ?? undefined,
        },
      }),
    () => {
      onClose();
      done(`Étape ajoutée pour ce patient : ${title.trim()}.`);
    },
  );
  const ready = title.trim() !== '' && due !== '' && addressee !== null;
  return (
    <form
      className={`${css.inline} stack`}
      aria-label="Ajouter une étape"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) act.mutate(undefined);
      }}
    >
      <h3>Ajouter une étape pour ce patient</h3>
      <TextInput
        autoFocus
        label="Ce qui est à faire"
        maxLength={160}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={css.pair}>
        <Select
          label="Nature"
          allowDeselect={false}
          data={kinds}
          value={kind}
          onChange={(next) => next && setKind(next as ProtocolStep['kind'])}
        />
        <DateField label="Pour le" placeholder="+2s, 12/03…" value={due} onChange={setDue} />
      </div>
      <WhoField label="Demandé à" patient={patient} value={addressee} onChange={setAddressee} />
      <Textarea
        label="Précisions"
        autosize
        minRows={1}
        maxLength={4000}
        value={detail}
        onChange={(event) => setDetail(event.currentTarget.value)}
      />
      <div className="row wrap">
        <Button type="submit" disabled={!ready} loading={act.isPending}>
          Ajouter l’étape
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Ne rien changer
        </Button>
      </div>
    </form>
  );
}
