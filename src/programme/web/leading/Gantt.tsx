import { Tag } from '../../../web/ui/bits.tsx';
import css from '../programme.module.css';
import { sayDays, sayPeriod } from '../projects/words.ts';
import own from './plan.module.css';
import { type Deployment, lineStates, type PlanItem } from './words.ts';

const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const kinds = { phase: '', module: 'formation', 'set-up': 'réglage', 'take-over': 'reprise' } as const;
const month = new Intl.DateTimeFormat('fr-FR', { month: 'short', timeZone: 'UTC' });

/** Phases and their lines on one scale of days; a line opens its panel. What a bar shows is said in words beside its name. */
export function Gantt({ plan, onOpen }: { plan: Deployment; onOpen: (item: string) => void }) {
  const from = Math.min(...plan.items.map((one) => day(one.from)));
  const to = Math.max(...plan.items.map((one) => day(one.to)), from + 27) + 1;
  const place = (at: number) => `${(((at - from) * 100) / (to - from)).toFixed(2)}%`;
  const days = Array.from({ length: to - from }, (_, after) => from + after);
  const months = days.filter((at) => at === from || new Date(at * 86_400_000).getUTCDate() === 1);
  // A month that begins soon after the first leaves it no room for its year; at once, none for its name.
  const first = ((months[1] ?? to) - from) / (to - from);
  const shown = months
    .filter((at) => at > from || first > 1 / 12)
    .map((at) => {
      const date = new Date(at * 86_400_000);
      return {
        at,
        label: `${month.format(date)}${date.getUTCMonth() === 0 || (at === from && first > 1 / 6) ? ` ${date.getUTCFullYear()}` : ''}`,
      };
    });
  const today = day(plan.today);
  const lines = plan.phases.flatMap(({ id }) =>
    plan.items
      .filter(({ phase }) => phase === id)
      .sort((a, b) => Number(b.kind === 'phase') - Number(a.kind === 'phase') || a.from.localeCompare(b.from)),
  );
  const sessions = (item: PlanItem) =>
    plan.sessions.filter(({ module, state }) => module === item.id && state !== 'cancelled');
  return (
    <div className={css.scroll}>
      <div className={own.gantt} role="list" aria-label="Plan de déploiement">
        <div className={own.ganttHead} aria-hidden />
        <div className={own.ganttHead} aria-hidden>
          {shown.map(({ at, label }) => (
            <span key={at} style={{ left: place(at) }}>
              {label}
            </span>
          ))}
        </div>
        {lines.map((item) => (
          <div key={item.id} role="listitem" style={{ display: 'contents' }}>
            <div style={{ minWidth: 0 }}>
              <button
                type="button"
                className={own.ganttName}
                style={{ width: '100%' }}
                data-phase={item.kind === 'phase' || undefined}
                onClick={() => onOpen(item.id)}
              >
                <span className="grow">
                  {item.title}
                  {item.kind !== 'phase' && item.kind !== 'module' && (
                    <span className="dim"> · {kinds[item.kind]}</span>
                  )}
                </span>
                {item.kind !== 'phase' && item.state === 'late' && <Tag tone="danger">{sayDays(item.lateDays)}</Tag>}
                <span className="vh">
                  {sayPeriod(item.from, item.to)}, {lineStates[item.state].words.toLowerCase()}
                </span>
              </button>
            </div>
            <div aria-hidden className={own.ganttLane} data-phase={item.kind === 'phase' || undefined}>
              <span
                data-state={item.kind === 'phase' ? undefined : item.state}
                style={{
                  left: place(day(item.from)),
                  width: `calc(${place(day(item.to) + 1)} - ${place(day(item.from))})`,
                }}
                title={`${sayPeriod(item.from, item.to)} : ${lineStates[item.state].words.toLowerCase()}`}
              />
              {sessions(item).map(
                (one) =>
                  day(one.day) >= from &&
                  day(one.day) < to && <b key={one.id} style={{ left: place(day(one.day)) }} title="Séance" />,
              )}
              {today >= from && today < to && <i className={own.todayMark} style={{ left: place(today) }} />}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
