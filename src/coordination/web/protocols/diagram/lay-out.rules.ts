/** Where each step stands in the diagram: a lane for each profession, a column for each stretch of time, rows so that nothing lies on anything. */
import type { ProtocolStep } from '../../../contract.ts';

export interface Round {
  step: string;
  round: number;
  day: number;
}
export interface Placed {
  step: ProtocolStep;
  lane: number;
  column: number;
  /** Row within the lane. */
  row: number;
  /** Day of the first round; null when nothing says when. */
  day: number | null;
  /** Later columns in which it comes back, with how many rounds there. */
  pulses: { column: number; count: number }[];
}
export interface Layout {
  columns: {
    label: string;
    short: string;
    /** Stretches of time without a step lie between the column before and this one. */
    gap: boolean;
  }[];
  lanes: { role: string; rows: number }[];
  placed: Placed[];
  /** Dependencies that can be drawn, by step id. */
  links: { from: string; to: string; conditional: boolean }[];
}

/** Stretches of time, each to its last day. */
const stretches = [
  { until: 0, label: 'Entrée', short: 'Entrée' },
  { until: 7, label: '1ʳᵉ semaine', short: '1ʳᵉ sem.' },
  { until: 31, label: '1ᵉʳ mois', short: '1ᵉʳ mois' },
  { until: 62, label: '2ᵉ mois', short: '2ᵉ mois' },
  { until: 93, label: '3ᵉ mois', short: '3ᵉ mois' },
  { until: 186, label: '4ᵉ au 6ᵉ mois', short: '4ᵉ–6ᵉ mois' },
  { until: 366, label: '7ᵉ au 12ᵉ mois', short: '7ᵉ–12ᵉ mois' },
  { until: Number.POSITIVE_INFINITY, label: 'Après un an', short: 'Après 1 an' },
];
const undated = stretches.length;
/** Beyond what is told. */
const afterAll = 10_000;
export const stretchOf = (day: number | null): number =>
  day === null ? undated : stretches.findIndex((one) => day <= one.until);
export const stretchLabel = (stretch: number): string => stretches[stretch]?.label ?? 'Sans date';

export function layOut(steps: readonly ProtocolStep[], rounds: readonly Round[]): Layout {
  const days = new Map<string, number[]>();
  for (const { step, day } of rounds) days.set(step, [...(days.get(step) ?? []), day]);
  for (const list of days.values()) list.sort((a, b) => a - b);
  const byId = new Map(steps.map((step) => [step.id, step]));
  /** The rounds told end with the year: what is not among them comes later, or never when it follows nothing or itself. */
  const later = (id: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null; at = byId.get(at)!.after.step) {
      if (seen.has(at) || !byId.has(at)) return false;
      seen.add(at);
    }
    return true;
  };
  const firstDay = (id: string): number | null =>
    days.get(id)?.[0] ?? (rounds.length > 0 && later(id) ? afterAll : null);

  const used = [...new Set(steps.map((step) => stretchOf(firstDay(step.id))))].sort((a, b) => a - b);
  const columnOf = new Map(used.map((stretch, column) => [stretch, column]));
  const columns = used.map((stretch, at) => ({
    label: stretchLabel(stretch),
    short: stretches[stretch]?.short ?? 'Sans date',
    gap: at > 0 && stretch !== undated && stretch - used[at - 1]! > 1,
  }));

  const lanes: Layout['lanes'] = [];
  const laneOf = new Map<string, number>();
  const byTime = steps
    .map((step, order) => ({ step, order, day: firstDay(step.id) }))
    .sort((a, b) => (a.day ?? Number.MAX_SAFE_INTEGER) - (b.day ?? Number.MAX_SAFE_INTEGER) || a.order - b.order);
  for (const { step } of byTime) {
    const role = step.roles[0] ?? '';
    if (!laneOf.has(role)) laneOf.set(role, lanes.push({ role, rows: 0 }) - 1);
  }
  /** Columns taken in each row of each lane. */
  const taken: Set<number>[][] = lanes.map(() => []);
  const placed = byTime.map(({ step, day }): Placed => {
    const lane = laneOf.get(step.roles[0] ?? '')!;
    const column = columnOf.get(stretchOf(day))!;
    const counts = new Map<number, number>();
    for (const later of days.get(step.id)?.slice(1) ?? []) {
      const at = columnOf.get(stretchOf(later));
      if (at !== undefined && at > column) counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    const pulses = [...counts].map(([at, count]) => ({ column: at, count })).sort((a, b) => a.column - b.column);
    const last = pulses.at(-1)?.column ?? column;
    const span = Array.from({ length: last - column + 1 }, (_, offset) => column + offset);
    const rows = taken[lane]!;
    let row = rows.findIndex((cells) => span.every((cell) => !cells.has(cell)));
    if (row < 0) row = rows.push(new Set()) - 1;
    for (const cell of span) rows[row]!.add(cell);
    return { step, lane, column, row, day, pulses };
  });
  for (const [lane, rows] of taken.entries()) lanes[lane]!.rows = rows.length;

  const ids = new Set(steps.map((step) => step.id));
  const links = steps.flatMap((step) =>
    step.after.step !== null && step.after.step !== step.id && ids.has(step.after.step)
      ? [{ from: step.after.step, to: step.id, conditional: step.condition !== null }]
      : [],
  );
  return { columns, lanes, placed, links };
}

/** Words on at most `lines` lines of about `chars` characters; the last one ends with «…» when something is left. */
export function wrap(text: string, chars: number, lines: number): string[] {
  const made: string[] = [];
  let line = '';
  // A sign that French sets apart stays with its word.
  for (const word of text.trim().split(/\s+(?![:;!?»])/)) {
    const next = line ? `${line} ${word}` : word;
    if (next.length <= chars || !line) line = next;
    else {
      made.push(line);
      line = word;
    }
  }
  if (line) made.push(line);
  const cut = (one: string, more: boolean): string =>
    more && one.length < chars
      ? `${one}…`
      : one.length > chars || more
        ? `${one.slice(0, Math.max(1, chars - 1)).trimEnd()}…`
        : one;
  return made.slice(0, lines).map((one, at) => cut(one, at === lines - 1 && made.length > lines));
}

/** The step that an arrow key leads to: left and right along the row first, up and down to the next row that holds something. */
export function neighbour(placed: readonly Placed[], from: string, key: string): string | undefined {
  const here = placed.find((one) => one.step.id === from);
  if (!here) return placed[0]?.step.id;
  const line = (one: Placed) => one.lane * 1000 + one.row;
  const inOrder = [...placed].sort((a, b) => line(a) - line(b) || a.column - b.column);
  const across = (one: Placed) => Math.abs(one.column - here.column);
  const along = (one: Placed) => Math.abs(line(one) - line(here));
  const nearest = (candidates: readonly Placed[], rank: (a: Placed, b: Placed) => number) =>
    [...candidates].sort(rank)[0]?.step.id;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowLeft': {
      const ahead = key === 'ArrowRight' ? 1 : -1;
      const side = placed.filter((one) => Math.sign(one.column - here.column) === ahead);
      return (
        nearest(
          side.filter((one) => line(one) === line(here)),
          (a, b) => across(a) - across(b),
        ) ?? nearest(side, (a, b) => across(a) - across(b) || along(a) - along(b))
      );
    }
    case 'ArrowDown':
    case 'ArrowUp': {
      const ahead = key === 'ArrowDown' ? 1 : -1;
      return nearest(
        placed.filter((one) => Math.sign(line(one) - line(here)) === ahead),
        (a, b) => along(a) - along(b) || across(a) - across(b),
      );
    }
    case 'Home':
      return inOrder[0]?.step.id;
    case 'End':
      return inOrder.at(-1)?.step.id;
    default:
      return undefined;
  }
}
