import type { KeyboardEvent } from 'react';
import {
  orderFamilies,
  type OrderLine,
  type OrderLineBody,
  type OrdersPage,
  type OrderTemplate,
  readPosology,
  type Sensitivity,
  unitOfLabel,
} from '../../contract.ts';

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
export const whose = (one: Pick<OrderTemplate, 'shipped' | 'scope' | 'mine' | 'by'>): string =>
  one.shipped ? 'Estran' : one.scope === 'practice' ? 'de la structure' : one.mine ? 'la vôtre' : one.by;
