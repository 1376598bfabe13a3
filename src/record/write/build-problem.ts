import type { Condition } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { problemBody } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';
import { concept, labelOf, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { aldCategory, aldOf, aldUrl, certaintyOf, conditionState, withExtension } from '../read/labels.ts';
import { author, dateIn, isBefore, noteList, pastIn, stamped, subjectOf } from './author.ts';
import { codeOf, notesOf, otherCodes } from './codes.ts';

export function buildProblem(entered: Entered, body: z.infer<typeof problemBody>, base?: Condition): Condition {
  const old = base;
  const period = body.ald && {
    start: dateIn(entered, 'ald.from', body.ald.from),
    end: dateIn(entered, 'ald.until', body.ald.until),
  };
  const aldParts = body.ald
    ? [
        ...(period?.start || period?.end
          ? [
              {
                url: 'period',
                valuePeriod: { ...(period.start && { start: period.start }), ...(period.end && { end: period.end }) },
              },
            ]
          : []),
        ...(body.ald.number ? [{ url: 'number', valueString: body.ald.number }] : []),
      ]
    : [];
  if (isBefore(period?.end, period?.start))
    throw invalid('La fin de l’ALD est avant son début. Rien n’a été enregistré.', {
      'ald.until': 'Cette date est avant le début de l’ALD.',
    });
  const onset = pastIn(entered, 'onset', body.onset);
  const resolved = body.state === 'resolved' ? pastIn(entered, 'resolved', body.resolved) : undefined;
  if (isBefore(resolved, onset))
    throw invalid('La résolution est avant le début. Rien n’a été enregistré.', {
      resolved: 'Cette date est avant le début du problème.',
    });
  const condition: Condition = {
    ...old,
    resourceType: 'Condition',
    extension: withExtension(old ?? {}, aldUrl, aldParts.length ? { extension: aldParts } : undefined),
    clinicalStatus: body.certainty === 'refuted' ? undefined : concept('condition-clinical', body.state),
    verificationStatus: concept('condition-ver-status', body.certainty),
    category: [concept('condition-category', 'problem-list-item', 'Problème'), ...(body.ald ? [aldCategory] : [])],
    code: codeOf(body, old?.code),
    subject: subjectOf(entered),
    onsetDateTime: onset,
    abatementDateTime: resolved,
    recordedDate: old?.recordedDate ?? entered.now.toISOString(),
    recorder: old?.recorder ?? author(entered),
    asserter: old?.asserter ?? author(entered),
    note: noteList(entered, body.note),
  };
  if (body.certainty === 'refuted') delete condition.clinicalStatus;
  return stamped(entered, condition, {
    base,
    sensitive: body.sensitive,
    reason: body.reason,
    encounter: body.encounter,
  });
}

export function problemValues(condition: Condition) {
  const ald = aldOf(condition);
  const code = condition.code?.coding?.find((one) => one.code && one.system);
  return {
    label: labelOf(condition.code),
    code: code?.code ?? null,
    system: code?.system ?? null,
    also: otherCodes(condition.code),
    state: conditionState(condition).code,
    certainty: certaintyOf(condition),
    onset: dateLabel(condition.onsetDateTime),
    resolved: dateLabel(condition.abatementDateTime),
    ald: ald && { from: dateLabel(ald.from), until: dateLabel(ald.until), number: ald.number },
    note: notesOf(condition),
    sensitive: sensitivityOf(condition),
  };
}
