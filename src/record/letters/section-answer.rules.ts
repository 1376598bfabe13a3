import type { QuestionnaireResponseItem } from '@medplum/fhirtypes';
import { namingAmong, rowLabel, rowName } from '../contract/sections/repetition.ts';
import { dateLabel } from '../dates.rules.ts';
import { numberLabel } from '../fhir-words.ts';

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number];
const words = (answer: Answer): string =>
  answer.valueCoding?.display ??
  answer.valueString ??
  (answer.valueBoolean === undefined ? undefined : answer.valueBoolean ? 'oui' : 'non') ??
  (answer.valueDate ? dateLabel(answer.valueDate) : undefined) ??
  (answer.valueQuantity?.value === undefined
    ? undefined
    : `${numberLabel(answer.valueQuantity.value)} ${answer.valueQuantity.unit ?? ''}`.trim()) ??
  (answer.valueDecimal === undefined ? undefined : numberLabel(answer.valueDecimal)) ??
  (answer.valueInteger === undefined ? (answer.valueCoding?.code ?? '') : String(answer.valueInteger));

/** What was answered to one question, at whatever depth, in words; '' when nothing. In several repetitions of a part (several wounds), each answer says of which it is. */
export function answerIn(items: readonly QuestionnaireResponseItem[], linkId: string): string {
  const found: { of: string; said: string }[] = [];
  const walk = (list: readonly QuestionnaireResponseItem[], of: string): void => {
    for (const item of list) {
      const rows = item.answer ? [] : list.filter((one) => one.linkId === item.linkId);
      const naming = namingAmong(rows);
      const row =
        rows.length > 1 && naming !== linkId
          ? rowName(item, naming) || rowLabel(item.text, rows.indexOf(item) + 1, '')
          : of;
      const said = item.linkId === linkId ? (item.answer ?? []).map(words).filter(Boolean).join(', ') : '';
      if (said) found.push({ of, said });
      walk(item.item ?? [], row);
    }
  };
  walk(items, '');
  return found.some(({ of }) => of)
    ? found.map(({ of, said }) => (of ? `${of} : ${said}` : said)).join(' ; ')
    : found.map(({ said }) => said).join(', ');
}
