import { dateLabel, dayOf } from '../dates.rules.ts';

export interface CourseReport {
  label: string;
  unit: string;
  /** When it was prescribed. */
  prescribed: string;
  /** Instants of the sessions held. */
  sessions: readonly string[];
  of: number;
  reason: string;
  findings: string;
  outcome: string;
  next: string;
}
/** The letter, in the marks of the letters' editor: what was asked and held is said from the order, the rest is the carer's. */
export function reportText({
  label,
  unit,
  prescribed,
  sessions,
  of,
  reason,
  findings,
  outcome,
  next,
}: CourseReport): string {
  const days = sessions.map(dayOf).toSorted();
  const count =
    `${days.length} ${unit}${days.length > 1 ? 's' : ''} sur ${of} ${days.length > 1 ? 'ont été réalisées' : 'a été réalisée'}`
      .replace(/passages(.*)réalisées/, 'passages$1réalisés')
      .replace(/passage(?!s)(.*)réalisée$/, 'passage$1réalisé');
  const span =
    days.length > 1 && days[0] !== days.at(-1)
      ? `, du ${dateLabel(days[0])} au ${dateLabel(days.at(-1))}`
      : `, le ${dateLabel(days[0])}`;
  return [
    `Vous avez prescrit le ${dateLabel(dayOf(prescribed))} : ${label}${reason ? `, pour ${reason}` : ''}. ${count}${span}.`,
    `### Soins réalisés et évolution\n\n${findings.trim()}`,
    `### État en fin de séances\n\n${outcome.trim()}`,
    ...(next.trim() ? [`### Suite proposée\n\n${next.trim()}`] : []),
  ].join('\n\n');
}
