import type { VaccineDue } from '../contract.ts';
import { type CalendarRule, calendar, targets } from '../data/vaccines.ts';
import { addMonths, dateSpan, monthsBetween } from '../dates.rules.ts';

export interface Dose {
  targets: readonly string[];
  day: string;
  refused: boolean;
}
const stateLabels: Record<VaccineDue['state'], string> = {
  due: 'À faire',
  late: 'En retard',
  coming: 'À venir',
  refused: 'Refusé',
  'to-discuss': 'À vérifier',
};
/** How early the next one is announced, in months. */
const notice = 3;

/** What the calendar asks for next, for someone born on `birth`, as of `today`. Latest need first; done and far-off ones are left out. */
export function vaccinesDue(birth: string | undefined, today: string, doses: readonly Dose[]): VaccineDue[] {
  if (!birth) return [];
  const born = dateSpan(birth)[0];
  const age = monthsBetween(born, today);
  const found: VaccineDue[] = [];
  for (const rule of calendar) {
    const given = doses
      .filter((dose) => !dose.refused && dose.targets.includes(rule.target))
      .map((dose) => dose.day)
      .sort();
    const refused = doses
      .filter((dose) => dose.refused && dose.targets.includes(rule.target))
      .map((dose) => dose.day)
      .sort()
      .at(-1);
    const ask = asked(rule, born, age, today, given);
    if (!ask || found.some((one) => one.target === rule.target)) continue;
    const state = refused && refused > (given.at(-1) ?? '') && ask.state !== 'coming' ? 'refused' : ask.state;
    found.push({
      target: rule.target,
      label: targets[rule.target],
      state,
      stateLabel: stateLabels[state],
      due: ask.due,
      why: ask.why,
    });
  }
  const order: VaccineDue['state'][] = ['late', 'due', 'to-discuss', 'refused', 'coming'];
  return found.sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.due ?? '').localeCompare(b.due ?? ''),
  );
}

interface Asked {
  state: VaccineDue['state'];
  due: string | null;
  why: string;
}
function asked(rule: CalendarRule, born: string, age: number, today: string, given: readonly string[]): Asked | null {
  if (rule.kind === 'season') {
    if (age < rule.from) return null;
    // The campaign runs from mid-October to the end of January.
    const month = Number(today.slice(5, 7));
    const year = Number(today.slice(0, 4)) - (month <= 1 ? 1 : 0);
    const open = month >= 10 || month <= 1;
    const done = given.some((day) => day >= `${year}-09-01`);
    return open && !done ? { state: 'due', due: `${year}-10-15`, why: rule.label } : null;
  }
  if (rule.kind === 'course') {
    if (age >= rule.until || age < rule.from - notice || given.length >= rule.doses) return null;
    const due = addMonths(born, rule.from);
    const why = given.length
      ? `${rule.label} : ${given.length} reçue${given.length > 1 ? 's' : ''} sur ${rule.doses}`
      : rule.label;
    return { state: age < rule.from ? 'coming' : age >= rule.from + rule.grace ? 'late' : 'due', due, why };
  }
  if (rule.until !== undefined && age >= rule.until) return null;
  const passed = rule.ages.filter((one) => one.months <= age);
  const last = passed.at(-1);
  if (last) {
    const since = addMonths(born, last.months - last.early);
    const covered = given.some((day) => day >= since) || (last.months < 72 && given.length >= passed.length);
    // Infants' doses missed long ago are a catch-up to think over, not a late dose.
    const stale = last.months < 24 && age > 72;
    if (!covered && !stale) {
      const unknown = given.length === 0 && age > 216;
      return {
        state: unknown ? 'to-discuss' : age >= last.months + last.grace ? 'late' : 'due',
        due: addMonths(born, last.months),
        why: unknown ? `${last.label} ; aucune dose n’est connue ici` : last.label,
      };
    }
  }
  const next = rule.ages.find((one) => one.months > age);
  if (!next || next.months - age > notice) return null;
  const early = addMonths(born, next.months - next.early);
  return given.some((day) => day >= early && (last === undefined || next.months > 24 || given.length > passed.length))
    ? null
    : { state: 'coming', due: addMonths(born, next.months), why: next.label };
}
