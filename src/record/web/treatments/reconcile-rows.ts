import type { ReconcileBody, ReportedList, TreatmentLine, TreatmentsPage } from '../../contract.ts';
import { refOf } from './use-treatments.ts';

export type ReportedLine = ReportedList['lines'][number];
export interface Row {
  key: string;
  /** The line of the record. */
  held: TreatmentLine | null;
  /** What each list says of it, by the list's id. */
  said: Record<string, ReportedLine>;
}
export interface Choice {
  /** Null: still to be decided. */
  decision: ReconcileBody['lines'][number]['decision'] | null;
  dosage: string;
  reason: string;
}

/** A row for each treatment that is taken, then one for each reported line that the record does not hold, the same substance of several lists on one row. `apart`: pairs that were proposed and are not the same. */
export function rowsOf(page: TreatmentsPage, lists: readonly ReportedList[], apart: readonly string[] = []): Row[] {
  const held = page.lines
    .filter(({ state }) => state !== 'past')
    .map((line): Row => ({ key: refOf(line), held: line, said: {} }));
  const more = new Map<string, Row>();
  for (const list of lists)
    for (const line of list.lines) {
      const row =
        line.proposed && apart.includes(apartKey(list, line)) ? undefined : held.find(({ key }) => key === line.entry);
      if (row) row.said[list.id] ??= line;
      else {
        const key = `+${line.substance}`;
        const known = more.get(key);
        if (known && !known.said[list.id]) known.said[list.id] = line;
        else
          more.set(known ? `${key}${list.id}${line.key}` : key, {
            key: known ? `${key}${list.id}${line.key}` : key,
            held: null,
            said: { [list.id]: line },
          });
      }
    }
  return [...held, ...more.values()];
}
/** A pair of a list's line with the record, as it is set apart. */
export const apartKey = (list: { id: string }, line: { key: string }): string => `${list.id} ${line.key}`;
/** What is proposed before anyone decides: keep what nobody says otherwise, decide nothing of what is new, taken differently, or the same only by what a list says. */
export const firstChoice = (row: Row): Choice => ({
  decision:
    row.held &&
    Object.values(row.said).every(
      ({ difference, proposed }) => proposed === null && (difference === 'same' || difference === 'same-day'),
    )
      ? 'keep'
      : null,
  dosage: '',
  reason: '',
});
export const newDosage = (row: Row): string =>
  Object.values(row.said).find(({ dosage }) => dosage)?.dosage ?? row.held?.dosage ?? '';
/** Said by a list that was written here; what a pharmacy's history says alone is only shown. */
export const isToDecide = (row: Row, lists: readonly ReportedList[]): boolean =>
  row.held !== null || Object.keys(row.said).some((id) => lists.find((one) => one.id === id)?.own);
export const wanting = (row: Row, choice: Choice, decide: boolean): string | null => {
  if (choice.decision === null) return 'À décider';
  if (choice.decision === 'stop' && choice.reason.trim().length < 2) return 'Dites pourquoi';
  if (choice.decision === 'dose' && !(choice.dosage || newDosage(row)).trim()) return 'Indiquez la posologie';
  const prescribed =
    row.held &&
    (row.held.type === 'MedicationRequest' || row.held.source === 'elsewhere' || row.held.source === 'document');
  return !decide && prescribed && choice.decision !== 'keep' && choice.reason.trim().length < 3
    ? 'Dites pourquoi au prescripteur'
    : null;
};
export function bodyOf(
  rows: readonly Row[],
  choices: Readonly<Record<string, Choice>>,
  lists: readonly ReportedList[],
  note: string,
): ReconcileBody {
  return {
    lists: lists.filter(({ own }) => own).map(({ id }) => id),
    note,
    lines: rows.flatMap((row): ReconcileBody['lines'] => {
      const choice = choices[row.key] ?? firstChoice(row);
      const [list, line] = Object.entries(row.said).find(([id]) => lists.find((one) => one.id === id)?.own) ?? [];
      const said = list && line ? { list, key: line.key } : null;
      const reason = choice.reason.trim() || null;
      if (choice.decision === null) return [];
      if (row.held)
        return [
          {
            about: { type: row.held.type as 'MedicationRequest', id: row.held.id, version: row.held.version },
            said,
            decision: choice.decision,
            dosage: choice.decision === 'dose' ? choice.dosage || newDosage(row) : null,
            reason,
          },
        ];
      return said ? [{ about: null, said, decision: choice.decision, dosage: choice.dosage || null, reason }] : [];
    }),
  };
}
