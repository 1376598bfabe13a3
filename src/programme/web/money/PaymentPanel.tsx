import { Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { euros } from '../words.ts';
import { changedMoney, type Payment } from './words.ts';

const acts = {
  'reverser:ordonner': {
    entry: programmeContract.orderPayment,
    title: 'Demander le reversement',
    done: 'Reversement demandé.',
  },
  'reverser:payer': {
    entry: programmeContract.payPayment,
    title: 'Enregistrer le reversement',
    done: 'Reversement enregistré.',
  },
  ordonner: { entry: programmeContract.orderPayment, title: 'Ordonner le versement', done: 'Versement ordonné.' },
  payer: { entry: programmeContract.payPayment, title: 'Enregistrer le paiement', done: 'Paiement enregistré.' },
} as const;
/** Orders a payment, records that it was made, or takes the last state back with a reason. */
export function PaymentPanel({
  project,
  today,
  payment,
  act,
  onClose,
}: {
  project: string;
  today: string;
  payment: Payment;
  act: string;
  onClose: () => void;
}) {
  const [form, setForm] = useState({ on: today, reference: payment.reference });
  const [reason, setReason] = useState('');
  const params = { project, number: payment.number };
  const cancels = act === 'annuler';
  const back = payment.kind === 'recovery';
  const verb = act === 'payer' ? ('payer' as const) : ('ordonner' as const);
  const given = acts[back ? (`reverser:${verb}` as const) : verb];
  const cancel = (seen: number, why: string) =>
    call(programmeContract.cancelPayment, { params, body: { seen, reason: why } });
  const save = useMutation({
    mutationFn: () =>
      cancels
        ? cancel(payment.version, reason)
        : call(given.entry, { params, body: { seen: payment.version, ...form } }),
    onSuccess: () => {
      changedMoney();
      if (cancels && back)
        done(
          payment.state === 'paid'
            ? 'Reversement annulé : il reste demandé.'
            : 'Demande annulée : le trop-perçu est de nouveau à demander.',
        );
      else if (cancels)
        done(
          payment.state === 'paid'
            ? 'Paiement annulé : le versement reste ordonné.'
            : 'Ordre annulé : le versement est de nouveau à ordonner.',
        );
      else
        done(
          given.done,
          () => cancel(payment.version + 1, 'Annulé aussitôt, saisi par erreur.').then(changedMoney),
          'Annulé.',
        );
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedMoney(),
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const subtitle = `${back ? 'Trop-perçu à reverser' : `Versement ${payment.number}`} · ${euros(payment.cents)}`;
  const undoes =
    payment.state === 'paid'
      ? back
        ? 'Annuler le reversement'
        : 'Annuler le paiement'
      : back
        ? 'Annuler la demande'
        : 'Annuler l’ordre';
  if (cancels)
    return (
      <PanelForm
        title={undoes}
        subtitle={subtitle}
        verb={undoes}
        pending={save.isPending}
        ready={reason.trim().length >= 10}
        refusal={refusal}
        onSubmit={() => save.mutate()}
        onClose={onClose}
      >
        <Textarea
          label="Motif"
          autosize
          minRows={2}
          value={reason}
          error={refusal?.fields.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </PanelForm>
    );
  return (
    <PanelForm
      title={given.title}
      subtitle={subtitle}
      verb={given.title}
      pending={save.isPending}
      ready={form.on !== ''}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <DateField
        label="Le"
        value={form.on}
        max={today}
        error={refusal?.fields.on}
        onChange={(on) => setForm({ ...form, on })}
      />
      <TextInput
        label="Référence comptable, facultative"
        value={form.reference}
        onChange={(event) => setForm({ ...form, reference: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
