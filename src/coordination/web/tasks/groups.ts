import type { TaskFilter, TaskLine } from '../../contract.ts';

export interface Group {
  key: string;
  title: string;
  tone?: 'danger' | 'warning';
  lines: TaskLine[];
}
const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
/** The Sunday that ends the week of a day. */
function endOfWeek(now: Date): string {
  const end = new Date(now);
  end.setDate(end.getDate() + ((7 - end.getDay()) % 7));
  return dayOf(end);
}
const titles: Record<string, { title: string; tone?: Group['tone'] }> = {
  refused: { title: 'Refusées', tone: 'danger' },
  told: { title: 'À régler', tone: 'warning' },
  late: { title: 'En retard', tone: 'danger' },
  today: { title: 'Aujourd’hui' },
  week: { title: 'Cette semaine' },
  later: { title: 'Plus tard' },
  undated: { title: 'Sans date' },
  paused: { title: 'En pause' },
  ended: { title: 'Terminées' },
};
function keyOf(line: TaskLine, view: TaskFilter, today: string, sunday: string): string {
  if (view === 'done') return 'ended';
  if (view === 'asked' && line.state === 'rejected') return 'refused';
  if (view === 'asked' && (line.state === 'completed' || line.state === 'cancelled')) return 'ended';
  if (view === 'unowned' && line.escalated) return 'told';
  // Its day does not come before it goes on.
  if (line.state === 'on-hold') return 'paused';
  if (line.late) return 'late';
  const day = line.due && (line.due.length > 10 ? dayOf(new Date(line.due)) : line.due);
  return !day ? 'undated' : day <= today ? 'today' : day <= sunday ? 'week' : 'later';
}
/** The lines of a view under their headings, in the order in which they came; what is paused after what is not. */
export function grouped(lines: readonly TaskLine[], view: TaskFilter, now = new Date()): Group[] {
  const [today, sunday] = [dayOf(now), endOfWeek(now)];
  const groups: Group[] = [];
  for (const line of lines) {
    const key = keyOf(line, view, today, sunday);
    let group = groups.find((one) => one.key === key);
    if (!group) groups.push((group = { key, ...titles[key]!, lines: [] }));
    group.lines.push(line);
  }
  const after = (one: Group) => Number(one.key === 'paused') + 2 * Number(one.key === 'ended');
  return groups.sort((a, b) => after(a) - after(b));
}
