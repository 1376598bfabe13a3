import {
  type OrderKind,
  type OrderWay,
  isOrderKind,
  notSubstitutable,
  orderFamilies,
} from '../../data/orders/families.ts';
import { controlledMentions, ruleOf } from './controlled.rules.ts';
import { inFullLetters, strengthInWords } from './in-words.rules.ts';
import type { OrderAct, OrderLineBody, OrderState } from './line.ts';
import { transportWords } from './transport.rules.ts';

/** Pure, the same on both sides: sentences, states and what may be said of a line. */
const many = (count: number, one: string): string =>
  `${count} ${count > 1 && !/[sx]$/.test(one) ? one.replace(/^(\S+)/, '$1s') : one}`;
const lengths = { d: 'jour', wk: 'semaine', mo: 'mois' } as const;
export const sayDuration = (duration: OrderLineBody['duration']): string =>
  duration ? many(duration.value, lengths[duration.unit]) : '';
export const sayQuantity = (line: Pick<OrderLineBody, 'kind' | 'quantity' | 'unit'>): string =>
  line.quantity ? many(line.quantity, line.unit || orderFamilies[line.kind].unit) : '';
export const sayRepeats = (repeats: number): string => (repeats > 0 ? `à renouveler ${repeats} fois` : '');

/** What stands under the name of a line, in words; nothing of what the label says already. */
export function sentenceOf(line: OrderLineBody): string {
  const { way } = orderFamilies[line.kind];
  const duration = sayDuration(line.duration);
  const rule = ruleOf(line);
  // What the law wants in full letters of a narcotic, and nothing else of the line.
  const say = (text: string): string => (rule?.letters ? inFullLetters(text) : text);
  const words = [
    rule &&
      line.controlled!.strength &&
      `dosage : ${rule.letters ? strengthInWords(line.controlled!.strength) : line.controlled!.strength}`,
    transportWords(line),
    say(line.instructions),
    way === 'supply' || way === 'sessions' ? say(sayQuantity(line)) : '',
    duration &&
      !line.instructions.includes(`pendant ${duration}`) &&
      say(`${way === 'supply' || way === 'sessions' ? 'pendant' : 'sur'} ${duration}`),
    line.home && 'à domicile',
    say(sayRepeats(line.repeats)),
    ...controlledMentions(line),
    line.notSubstitutable && `non substituable (${line.notSubstitutable}) : ${notSubstitutable[line.notSubstitutable]}`,
    line.reason && `pour : ${line.reason}`,
    line.urgent && 'en urgence',
  ];
  return words.filter(Boolean).join(', ');
}

/** Sessions of care, or supplies with their renewals. */
export const timesOf = (line: Pick<OrderLineBody, 'kind' | 'quantity' | 'repeats'>): number => {
  const { way } = orderFamilies[line.kind];
  return way === 'sessions' ? (line.quantity ?? 1) * (1 + line.repeats) : way === 'supply' ? 1 + line.repeats : 1;
};

const counted: Partial<Record<OrderWay, OrderAct>> = { sessions: 'session', supply: 'deliver' };
export interface Progress {
  state: OrderState;
  count: number;
}
/** How far a line is after all that was said of it, in order. `back` has been taken out beforehand. */
export function progressOf(way: OrderWay, of: number, acts: readonly OrderAct[]): Progress {
  const last = acts.at(-1);
  const count = acts.filter((act) => act === counted[way]).length;
  if (acts.includes('result')) return { state: 'result', count: 1 };
  if (counted[way]) {
    if (acts.includes('done') || count >= of) return { state: 'done', count: Math.max(count, 0) };
    if (last === 'part') return { state: 'partial', count };
    return { state: count > 0 ? 'in-progress' : 'to-do', count };
  }
  if (last === 'sample') return { state: 'sampled', count: 0 };
  return last === 'done' ? { state: 'done', count: 1 } : { state: 'to-do', count: 0 };
}
/** Nothing more is to come; an examination is at its end with its result. */
export const isOver = (way: OrderWay, state: OrderState): boolean =>
  state === 'result' || state === 'cancelled' || state === 'expired' || (state === 'done' && way !== 'imaging');

/** What may be said next. */
export function nextActs(way: OrderWay, { state }: Progress): OrderAct[] {
  if (state === 'cancelled' || state === 'expired') return [];
  const open = state === 'to-do' || state === 'in-progress' || state === 'partial' || state === 'sampled';
  switch (way) {
    case 'test':
      return state === 'to-do' ? ['sample', 'result'] : state === 'sampled' ? ['result', 'back'] : ['back'];
    case 'imaging':
      return state === 'to-do' ? ['done', 'result'] : state === 'done' ? ['result', 'back'] : ['back'];
    case 'sessions':
      return open ? ['session', 'done', ...(state === 'to-do' ? [] : (['back'] as const))] : ['back'];
    case 'supply':
      return open ? ['deliver', 'part', ...(state === 'to-do' ? [] : (['back'] as const))] : ['back'];
    case 'once':
      return state === 'to-do' ? ['done'] : ['back'];
  }
}
const plainStates: Record<OrderState, string> = {
  'to-do': 'À faire',
  sampled: 'Prélevé',
  'in-progress': 'En cours',
  partial: 'En partie',
  done: 'Fait',
  result: 'Résultat reçu',
  cancelled: 'Annulé',
  expired: 'Expiré',
  renewed: 'Renouvelé',
};
/** In the words of whoever does it. */
export function stateLabel(kind: string | null, { state, count }: Progress, of: number): string {
  const way = kind && isOrderKind(kind) ? orderFamilies[kind as OrderKind].way : null;
  if (way === 'supply') {
    if (state === 'to-do') return 'À délivrer';
    if (state === 'partial') return 'Délivré en partie';
    if (state === 'in-progress') return `Délivré ${count} fois sur ${of}`;
    if (state === 'done') return 'Délivré';
  }
  if (way === 'sessions' && state === 'in-progress')
    return `${many(count, orderFamilies[kind as OrderKind].unit)} sur ${of}`;
  return plainStates[state];
}
const actWords: Record<OrderAct, string> = {
  sample: 'Prélevé',
  session: 'Séance faite',
  part: 'Délivré en partie',
  deliver: 'Délivré',
  done: 'Fait',
  result: 'Résultat reçu',
  back: 'Revenir en arrière',
};
/** On the button. */
export const actLabel = (kind: OrderKind, act: OrderAct): string =>
  act === 'session' && orderFamilies[kind].unit === 'passage'
    ? 'Passage fait'
    : act === 'done' && orderFamilies[kind].way === 'sessions'
      ? 'Terminé'
      : actWords[act];

/** Days a line covers, with its renewals; null when it has no length. */
export function daysCovered(
  line: Pick<OrderLineBody, 'duration' | 'repeats'>,
): { months: number; days: number } | null {
  if (!line.duration) return null;
  const times = 1 + line.repeats;
  const { value, unit } = line.duration;
  return unit === 'mo'
    ? { months: value * times, days: 0 }
    : { months: 0, days: value * times * (unit === 'wk' ? 7 : 1) };
}
