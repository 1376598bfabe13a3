import { sayDate } from '../../../web/say.ts';
import type { VaccineDue } from '../../contract.ts';

/** The day a vaccine is due; nothing for one that was more than ten years ago: such a day says nothing any more. */
export function dueDay({ due, state }: Pick<VaccineDue, 'due' | 'state'>): string {
  const long = new Date(Date.now() - 3653 * 86_400_000).toISOString().slice(0, 10);
  return due && !(state !== 'coming' && due < long) ? sayDate(due) : '';
}
