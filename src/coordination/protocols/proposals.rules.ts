import type { Condition } from '@medplum/fhirtypes';
import { dateLabel, labelOf } from '../../record/index.ts';
import type { ProtocolModel } from '../contract/protocol-model.ts';

/** Of a problem: still there, and not in error. */
const stands = (condition: Condition): boolean =>
  !['inactive', 'remission', 'resolved'].includes(condition.clinicalStatus?.coding?.[0]?.code ?? 'active') &&
  !['entered-in-error', 'refuted'].includes(condition.verificationStatus?.coding?.[0]?.code ?? '');

/** Why a protocol fits a patient, in words; null when it does not. A code stands for what is under it: E11 for E11.9. */
export function whyItFits(
  { patients }: ProtocolModel,
  conditions: readonly Condition[],
  age: number | null,
): string | null {
  const { ages, problems } = patients;
  if (
    ages &&
    (ages.from !== null || ages.until !== null) &&
    (age === null || (ages.from !== null && age < ages.from) || (ages.until !== null && age > ages.until))
  )
    return null;
  for (const condition of conditions.filter(stands))
    for (const coding of condition.code?.coding ?? [])
      if (
        coding.code &&
        problems.some(
          (one) =>
            one.system === coding.system &&
            (coding.code === one.code || coding.code!.startsWith(one.code.includes('.') ? one.code : `${one.code}.`)),
        )
      ) {
        const since = condition.onsetDateTime ?? condition.recordedDate;
        return `${labelOf(condition.code)} au dossier${since ? ` depuis ${dateLabel(since.slice(0, 7))}` : ''}`;
      }
  return null;
}
