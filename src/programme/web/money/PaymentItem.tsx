import { Button } from '@mantine/core';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { euros } from '../words.ts';
import own from './money.module.css';
import { actWords, type Money, type Payment, paymentStates, recoveryStates } from './words.ts';

/** One payment, or what was paid too much and is paid back: where it is, what holds it, what can be done. */
export function PaymentItem({
  money,
  payment,
  open,
}: {
  money: Money;
  payment: Payment;
  open: (volet: string) => void;
}) {
  const back = payment.kind === 'recovery';
  const nothing = payment.cents === 0 && payment.state === 'due';
  const state = (back ? recoveryStates : paymentStates)[payment.state];
  const name = back ? 'trop-perçu' : `versement ${payment.number}`;
  const verbs = back
    ? {
        order: 'Demander le reversement',
        pay: 'Enregistrer le reversement',
        undoOrder: 'Annuler la demande',
        undoPay: 'Annuler le reversement',
      }
    : {
        order: 'Ordonner',
        pay: 'Enregistrer le paiement',
        undoOrder: 'Annuler l’ordre',
        undoPay: 'Annuler le paiement',
      };
  return (
    <div className={`${own.quote} stack tight`} style={{ padding: '10px 16px' }}>
      <div className="row wrap">
        <b>
          {back ? 'Trop-perçu à reverser' : `Versement ${payment.number}`}{' '}
          {payment.percent > 0 && <span className="dim num">({payment.percent} %)</span>}
        </b>
        <Tag tone={nothing ? 'neutral' : state.tone}>{nothing ? 'Rien à verser' : state.words}</Tag>
        <span className="grow" />
        <b className={back ? 'num danger' : 'num'}>{back ? `− ${euros(payment.cents)}` : euros(payment.cents)}</b>
      </div>
      <p className="small dim">
        {payment.occasion}
        {payment.orderedOn && `. ${back ? 'Demandé' : 'Ordonné'} le ${sayDate(payment.orderedOn)}`}
        {payment.paidOn && `, ${back ? 'reversé' : 'payé'} le ${sayDate(payment.paidOn)}`}
        {payment.reference && `, réf. ${payment.reference}`}
      </p>
      {!nothing && payment.held.length > 0 && (
        <ul className={own.history}>
          {payment.held.map((words) => (
            <li key={words} className="small">
              {words}
            </li>
          ))}
        </ul>
      )}
      {payment.acts.some(({ act }) => act === 'cancel') && (
        <details>
          <summary className="small" style={{ cursor: 'pointer' }}>
            Historique
          </summary>
          <ul className={own.history}>
            {payment.acts.map((one) => (
              <li key={one.at} className="small dim">
                {actWords[one.act]} le {sayDate(one.on)}, {one.by}
                {one.reason && ` : ${one.reason}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {money.may.order && !nothing && (
        <div className="row wrap">
          {payment.state === 'due' && money.may.fund && (
            <Button
              size="compact-md"
              variant={payment.held.length ? 'default' : 'filled'}
              disabled={payment.held.length > 0}
              onClick={() => open(`versement:${payment.number}:ordonner`)}
              aria-label={back ? verbs.order : `${verbs.order} le ${name}`}
            >
              {verbs.order}
            </Button>
          )}
          {payment.state === 'ordered' && (
            <Button
              size="compact-md"
              onClick={() => open(`versement:${payment.number}:payer`)}
              aria-label={back ? verbs.pay : `${verbs.pay} du ${name}`}
            >
              {verbs.pay}
            </Button>
          )}
          {payment.state !== 'due' && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => open(`versement:${payment.number}:annuler`)}
              aria-label={`${payment.state === 'paid' ? verbs.undoPay : verbs.undoOrder} du ${name}`}
            >
              {payment.state === 'paid' ? verbs.undoPay : verbs.undoOrder}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
