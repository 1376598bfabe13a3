import { euros } from '../words.ts';
import own from './money.module.css';

export interface BudgetBarProps {
  label: string;
  /** Cents at the right end; the largest of the bar's own figures when absent. */
  scale?: number;
  envelopeCents: number | null;
  engagedCents: number;
  orderedCents: number;
  paidCents: number;
  forecastCents: number;
  /** What the mark is called. */
  limit?: string;
}
/** One bar: paid within ordered within engaged, what is foreseen after it, and the mark of the envelope. Told in words to those who do not see it. */
export function BudgetBar({
  label,
  scale,
  envelopeCents,
  engagedCents,
  orderedCents,
  paidCents,
  forecastCents,
  limit = 'enveloppe',
}: BudgetBarProps) {
  const most = scale ?? Math.max(1, envelopeCents ?? 0, engagedCents + forecastCents);
  const share = (cents: number) => `${(100 * cents) / most}%`;
  const words = [
    `${label} : payé ${euros(paidCents)}`,
    `ordonné ${euros(orderedCents)}`,
    `engagé ${euros(engagedCents)}`,
    `prévu ${euros(forecastCents)}`,
    ...(envelopeCents === null ? [] : [`${limit} ${euros(envelopeCents)}`]),
  ].join(', ');
  return (
    <div className={own.track} role="img" aria-label={words} title={words}>
      <div className={own.bar}>
        <span className={own.part} data-part="paid" style={{ width: share(paidCents) }} />
        <span className={own.part} data-part="ordered" style={{ width: share(orderedCents - paidCents) }} />
        <span className={own.part} data-part="engaged" style={{ width: share(engagedCents - orderedCents) }} />
        <span className={own.part} data-part="forecast" style={{ width: share(forecastCents) }} />
      </div>
      {envelopeCents !== null && (
        <span className={own.envelope} style={{ left: `calc(${share(Math.min(envelopeCents, most))} - 1px)` }} />
      )}
    </div>
  );
}
const parts = {
  paid: 'Payé',
  ordered: 'Ordonné, à payer',
  engaged: 'Engagé, à ordonner',
  forecast: 'Prévu, sans convention',
} as const;
export function BudgetLegend({ envelope }: { envelope: boolean }) {
  return (
    <div className={own.legend}>
      {(Object.keys(parts) as (keyof typeof parts)[]).map((part) => (
        <span key={part}>
          <i className={own.part} data-part={part} aria-hidden />
          {parts[part]}
        </span>
      ))}
      {envelope && (
        <span>
          <i data-part="envelope" aria-hidden />
          Enveloppe
        </span>
      )}
    </div>
  );
}
