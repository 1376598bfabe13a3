import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { call, queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import {
  actLabel,
  type OrderAct,
  orderFamilies,
  type OrderLine,
  type OrderLineBody,
  type OrdersPage,
  type OrderStatus,
  type Sensitivity,
  type OrderTemplate,
  readPosology,
  recordContract,
  unitOfLabel,
} from '../../contract.ts';
import { refresh } from '../use-record.ts';

export const ordersQuery = (patient: string) => reading(recordContract.orders, { params: { patient } });
export const useOrders = (patient: string) => useQuery(ordersQuery(patient));
export const waitingQuery = (view?: string) =>
  reading(recordContract.waitingOrders, { query: view ? { view: view as never } : {} });
/** The lists of what waits, everywhere: after an act on one line. */
export const refreshWaiting = () =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === recordContract.waitingOrders.path });
/** A renewal that is asked of me comes as a task, and so does its answer: the lists are read again when one does. */
export const useWaitingLive = () => useLive(['tasks'], () => void refreshWaiting());

/** What the day and its lists say of courses. */
export const refreshDay = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === recordContract.day.path || queryKey[0] === recordContract.patientList.path,
  });

export interface Draft {
  lines: OrderLineBody[];
  note: string;
  sensitive: Sensitivity | null;
  replaces: { id: string; version: number } | null;
  reason: string;
}
export const emptyDraft: Draft = { lines: [], note: '', sensitive: null, replaces: null, reason: '' };
export const newLine = (
  kind: OrderLineBody['kind'],
  label: string,
  more: Partial<OrderLineBody> = {},
): OrderLineBody => ({
  kind,
  label,
  instructions: '',
  repeats: 0,
  ald: false,
  urgent: false,
  home: false,
  follow: false,
  ...more,
});
/** A past line to be signed again: its dates are those of today. */
export const renewal = (line: Pick<OrderLine, 'type' | 'id' | 'body'>): OrderLineBody => ({
  ...line.body,
  from: null,
  due: null,
  controlled: line.body.controlled && { ...line.body.controlled, overlap: false },
  renews: `${line.type}/${line.id}` as never,
});
export const again = (body: OrderLineBody): OrderLineBody => ({ ...body, from: null, due: null, renews: null });

/** What a panel begins with: `renouveler <prescription>`, `corriger <prescription>`, `ligne <type> <id>`; nothing: empty. */
export function begun(page: OrdersPage, [act, one = '', two = '']: readonly string[]): Draft {
  const from = page.prescriptions.find(({ id }) => id === one);
  if (act === 'renouveler' && from)
    return {
      ...emptyDraft,
      note: from.note,
      lines: from.lines
        .filter((line) => line.cancelled === null && page.may.some(({ kind }) => kind === line.kind))
        .map(renewal),
    };
  if (act === 'corriger' && from)
    return {
      ...emptyDraft,
      note: from.note,
      sensitive: from.sensitive,
      lines: from.lines.map(({ body }) => ({ ...body, from: null, due: null })),
      replaces: from.state === 'signed' ? { id: from.id, version: from.version } : null,
    };
  const line =
    act === 'ligne'
      ? [...page.renewals, ...page.prescriptions.flatMap(({ lines }) => lines)].find(
          ({ type, id }) => type === one && id === two,
        )
      : undefined;
  return line ? { ...emptyDraft, lines: [renewal(line)] } : emptyDraft;
}

/** A length said in the posology is that of the line. */
function lengthIn({ kind, label }: OrderLineBody, typed: string): Partial<OrderLineBody> {
  if (orderFamilies[kind].group !== 'medicines') return {};
  const steps = readPosology(typed, unitOfLabel(label)).posology?.steps ?? [];
  const length = steps.length === 1 ? steps[0]!.duration : null;
  return length &&
    Number.isInteger(length.value) &&
    (length.unit === 'd' || length.unit === 'wk' || length.unit === 'mo')
    ? { duration: { value: length.value, unit: length.unit } }
    : {};
}
/** The lines, one of them changed. */
export const withLine = (lines: readonly OrderLineBody[], at: number, patch: Partial<OrderLineBody>): OrderLineBody[] =>
  lines.map((line, i) =>
    i === at
      ? { ...line, ...patch, ...(patch.instructions !== undefined && lengthIn(line, patch.instructions)) }
      : line,
  );
/** Enter in a field of a line: it goes on with the lines, and neither sends nor signs. */
export const goesOn = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.defaultPrevented &&
  event.target instanceof HTMLInputElement;
export const refreshTemplates = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === recordContract.orderTemplates.path || queryKey[0] === recordContract.orderTemplateShelf.path,
  });
export const whose = (one: Pick<OrderTemplate, 'shipped' | 'scope' | 'mine' | 'by'>): string =>
  one.shipped ? 'Estran' : one.scope === 'practice' ? 'de la structure' : one.mine ? 'la vôtre' : one.by;

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
