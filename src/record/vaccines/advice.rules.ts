import { type Advice, vaccineAdvice } from '../data/vaccine-advice.ts';
import type { Span } from '../data/vaccine-calendar.ts';
import { situations, targets } from '../data/vaccines.ts';
import { dateSpan } from '../dates.rules.ts';
import { after, type Dose, type Person } from './due.rules.ts';

export interface AdviceLine {
  id: string;
  label: string;
  words: string;
  /** Which condition of the record makes it said. */
  because: string;
  source: string;
}
const spanWords = (span: Span): string =>
  `${Number.parseInt(span, 10)} ${({ d: 'jours', w: 'semaines', m: 'mois', y: 'ans' } as const)[span.at(-1) as 'd' | 'w' | 'm' | 'y']}`;
const ageWords = ({ from, until }: Advice): string =>
  from && until
    ? `de ${spanWords(from)} à moins de ${spanWords(until)}`
    : from
      ? `à partir de ${spanWords(from)}`
      : until
        ? `avant ${spanWords(until)}`
        : '';

/** What is recommended in particular, when the record says its condition: never worked out, never «late». Nothing for whoever has died or whose birth is unknown. */
export function adviceFor(
  person: Person,
  today: string,
  doses: readonly Dose[],
  all: readonly Advice[] = vaccineAdvice,
): AdviceLine[] {
  if (!person.birth || person.deceased) return [];
  const born = dateSpan(person.birth)[0];
  if (born > today) return [];
  return all.flatMap((one): AdviceLine[] => {
    const situation = one.situations?.find((code) => person.situations.some((known) => known.code === code));
    if (one.situations && !situation) return [];
    if ((one.from && today < after(born, one.from)) || (one.until && today >= after(born, one.until))) return [];
    if (one.months && !one.months.includes(Number(today.slice(5, 7)))) return [];
    const since = one.once === 'ever' ? '' : `${Number(today.slice(0, 4)) - (today.slice(5, 7) <= '08' ? 1 : 0)}-09-01`;
    if (
      one.once &&
      doses.some(
        (dose) =>
          dose.outcome === 'given' &&
          dose.day >= since &&
          dose.targets.some((target) => (one.targets as readonly string[]).includes(target)),
      )
    )
      return [];
    return [
      {
        id: one.id,
        label: one.targets.map((target) => targets[target]).join(' ; '),
        words: one.words,
        because: [situation && situations[situation].label, ageWords(one) && `Âge : ${ageWords(one)}`]
          .filter(Boolean)
          .join(' · '),
        source: `${one.source} (${one.year})`,
      },
    ];
  });
}
