import type { Goal } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { goalBody } from '../contract.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel } from '../dates.rules.ts';
import { firstCode, labelOf, loinc, sensitivityOf, ucum } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { targetBounds } from '../read/labels.ts';
import { author, dateIn, noteList, stamped, subjectOf } from './author.ts';
import { notesOf } from './codes.ts';

export function buildGoal(entered: Entered, body: z.infer<typeof goalBody>, base?: Goal): Goal {
  const old = base;
  const measure = body.measureCode ? measureOf(body.measureCode) : undefined;
  const due = dateIn(entered, 'due', body.due);
  const bound = (value: number | null | undefined) =>
    typeof value === 'number'
      ? { value, ...(measure && { unit: measure.shown || measure.unit, system: ucum, code: measure.unit }) }
      : undefined;
  const [low, high] = [bound(body.low), bound(body.high)];
  if (body.measureCode && !measure)
    throw invalid('Cette mesure n’est pas dans la liste. Rien n’a été enregistré.', {
      measureCode: 'Choisissez une mesure de la liste.',
    });
  if ((low || high) && !measure)
    throw invalid('Des bornes se disent d’une mesure. Rien n’a été enregistré.', {
      measureCode: 'Choisissez la mesure de ces bornes.',
    });
  if (low && high && low.value > high.value)
    throw invalid('La borne basse dépasse la borne haute. Rien n’a été enregistré.', {
      high: 'Cette borne est sous la borne basse.',
    });
  const target =
    low || high || due
      ? [
          {
            ...(measure && {
              measure: { coding: [{ system: loinc, code: measure.code, display: measure.label }], text: measure.label },
            }),
            ...((low || high) && measure && { detailRange: { ...(low && { low }), ...(high && { high }) } }),
            ...(due && { dueDate: due }),
          },
        ]
      : undefined;
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'Goal',
      lifecycleStatus: body.state,
      description: { text: body.label },
      subject: subjectOf(entered),
      startDate: old?.startDate ?? entered.reading.today,
      target,
      statusDate: entered.reading.today,
      expressedBy: old?.expressedBy ?? author(entered),
      note: noteList(entered, body.note),
    },
    { base, sensitive: body.sensitive, reason: body.reason },
  );
}

export const goalValues = (goal: Goal) => ({
  label: labelOf(goal.description),
  measureCode: firstCode(goal.target?.[0]?.measure) ?? null,
  ...targetBounds(goal),
  due: dateLabel(goal.target?.[0]?.dueDate),
  state: ['completed', 'cancelled'].includes(goal.lifecycleStatus) ? goal.lifecycleStatus : 'active',
  note: notesOf(goal),
  sensitive: sensitivityOf(goal),
});
