import type { QuestionnaireResponseItem } from '@medplum/fhirtypes';
import { dateLabel } from '../dates.rules.ts';
import { numberLabel } from '../fhir-words.ts';

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number];
const words = (answer: Answer): string =>
  answer.valueCoding?.display ?? answer.valueString ?? (answer.valueBoolean === undefined ? undefined : answer.valueBoolean ? 'oui' : 'non') ?? (answer.valueDate ? dateLabel(answer.valueDate) : undefined) ??
  (answer.valueQuantity?.value === undefined ? undefined : `${numberLabel(answer.valueQuantity.value)} ${answer.valueQuantity.unit ?? ''}`.trim()) ?? (answer.valueDecimal === undefined ? undefined : numberLabel(answer.valueDecimal)) ?? (answer.valueInteger === undefined ? (answer.valueCoding?.code ?? '') : String(answer.valueInteger));

/** What was answered to one question, at whatever depth, in words; '' when nothing. */
export function answerIn(items: readonly QuestionnaireResponseItem[], linkId: string): string {
  const found: string[] = [];
  const walk = (list: readonly QuestionnaireResponseItem[]): void => {
    for (const item of list) {
      if (item.linkId === linkId) found.push(...(item.answer ?? []).map(words).filter(Boolean));
      walk(item.item ?? []);
    }
  };
  walk(items);
  return found.join(', ');
}
