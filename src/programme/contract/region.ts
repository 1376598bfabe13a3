/** Nobody paid anything, something is promised, something is paid. */
export const spendingOf = ({
  spending,
}: {
  spending: { engagedCents: number; paidCents: number } | null;
}): 'none' | 'engaged' | 'paid' =>
  !spending || spending.engagedCents + spending.paidCents === 0 ? 'none' : spending.paidCents > 0 ? 'paid' : 'engaged';
/** No figures; too few patients to say; at most one profession writes in shared records; several do: use is multi-professional from two on (PRJ-11). */
export const useOf = ({
  use,
}: {
  use: { professions: number | null } | null;
}): 'none' | 'unknown' | 'some' | 'shared' =>
  !use ? 'none' : use.professions === null ? 'unknown' : use.professions < 2 ? 'some' : 'shared';
