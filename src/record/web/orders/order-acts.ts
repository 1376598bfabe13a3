import { call } from '../../../web/api.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { actLabel, type OrderAct, type OrderLine, type OrderStatus, recordContract } from '../../contract.ts';
import { refresh } from '../use-record.ts';
import { refreshWaiting } from './use-orders.ts';

/** Asks the prescriber to renew a line, in one press; for ten seconds it can be taken back. */
export async function askRenewal(
  patient: string,
  line: Pick<OrderLine, 'label' | 'status'>,
  back = false,
): Promise<void> {
  const send = (status: OrderStatus, off: boolean) =>
    call(recordContract.askRenewal, {
      params: { patient, id: status.task },
      body: { version: status.version, back: off },
    });
  const all = () => Promise.all([refresh(patient), refreshWaiting()]);
  try {
    const next = await send(line.status!, back);
    await all();
    if (back) done(`« ${line.label} » : le renouvellement n’est plus demandé.`);
    else
      done(`« ${line.label} » : renouvellement demandé au prescripteur.`, async () => {
        await send(next, true);
        await all();
      });
  } catch (error) {
    failed(error);
    await all();
  }
}

/** Says how far a line is; for ten seconds it can be taken back. */
export async function follow(patient: string, line: OrderLine, act: OrderAct): Promise<void> {
  const send = (status: OrderStatus, what: OrderAct) =>
    call(recordContract.followOrder, {
      params: { patient, id: status.task },
      body: { version: status.version, act: what },
    });
  try {
    const next = await send(line.status!, act);
    await Promise.all([refresh(patient), refreshWaiting()]);
    if (act === 'back') done(`« ${line.label} » : ${next.stateLabel.toLowerCase()}.`);
    else
      done(`« ${line.label} » : ${actLabel(line.kind, act).toLowerCase()}.`, async () => {
        await send(next, 'back');
        await Promise.all([refresh(patient), refreshWaiting()]);
      });
  } catch (error) {
    failed(error);
    await Promise.all([refresh(patient), refreshWaiting()]);
  }
}
