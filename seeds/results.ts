import type { Condition } from '@medplum/fhirtypes';
import type { Chart } from './chart.ts';
import { problem, test } from './codes.ts';
import { addDays } from './dates.ts';

/**
 * What laboratories sent yesterday and nobody has validated yet: one potassium that cannot wait, in each practice, for an old patient of its first physician
 * treated for the heart; an ordinary follow-up here and there. `given`: what this practice has got already.
 */
export function newResults(chart: Chart, given: Map<string, number>): void {
  const yesterday = addDays(chart.today, -1);
  if (chart.person.deceased) return;
  const ill = (code: string) =>
    chart.out.some(
      (one) =>
        one.resourceType === 'Condition' &&
        (one as Condition).code?.coding?.some((coding) => coding.code === code) &&
        (one as Condition).clinicalStatus?.coding?.[0]?.code === 'active',
    );
  const once = (what: string, most = 1): boolean => {
    const before = given.get(what) ?? 0;
    if (before < most) given.set(what, before + 1);
    return before < most;
  };
  const mine = (what: string) => `${what} ${chart.physician.practitionerId}`;
  const first = chart.shape.people.find(({ profession }) => profession === 'physician');
  const old = chart.person.birth < addDays(chart.today, -68 * 365);
  if (
    chart.physician === first &&
    old &&
    [problem.heartFailure, problem.ckd, problem.hypertension].some(({ icd }) => ill(icd)) &&
    once('critical')
  )
    chart.laboratory(yesterday, chart.physician, 'Ionogramme', [
      { test: test.potassium, value: 6.4 },
      { test: test.sodium, value: 137 },
      ...chart.kidney(168, yesterday),
    ]);
  else if (ill(problem.diabetes2.icd) && once(mine('diabetes')))
    chart.laboratory(yesterday, chart.physician, 'Biologie du diabète', [
      { test: test.hba1c, value: 7.8 },
      { test: test.glucose, value: 148 },
      ...chart.kidney(84, yesterday),
    ]);
  else if (ill(problem.hypertension.icd) && once(mine('hypertension'), 2))
    chart.laboratory(yesterday, chart.physician, 'Ionogramme', [
      { test: test.potassium, value: 4.2 },
      { test: test.sodium, value: 140 },
      ...chart.kidney(66, yesterday),
    ]);
}
