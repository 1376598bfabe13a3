import { renderPdf } from '../../platform/index.ts';
import { dateLabel } from '../dates.rules.ts';
import { bornOn, numberLabel } from '../fhir-words.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { sendFile } from '../write/documents.ts';
import { readSection } from './fill-section.ts';
import { type Answer, type Answered, calculatedOf, type Item, sourceOf } from '../contract/sections/form.ts';
import { isRows, namingOf, rowLabel, rowName } from '../contract/sections/repetition.ts';
import type { Shelf } from './library.ts';

/** data: title, practice, right [string], foot, patient [string], parts [{ level, title?, label?, value? }], scores [{ label, value, words }], note. */
const page = `
#show: letter.with(title: data.title, practice: data.practice, right: data.right, foot: data.foot)
#for line in data.patient [#words(line) \\ ]
#v(2mm)
#for one in data.scores [
  #block(inset: 6pt, stroke: 0.5pt + line-grey, radius: 3pt, width: 100%)[*#one.label : #one.value*#if one.words != "" [ — #one.words]]
]
#for part in data.parts {
  if "title" in part { heading(level: if part.level > 0 { 3 } else { 2 }, part.title) }
  else { pad(left: part.level * 4mm, grid(columns: (40%, 1fr), gutter: 4mm, row-gutter: 3pt, label(part.label), words(part.value))) }
}
#v(4mm)
#label(data.note)
`;
interface Part {
  level: number;
  title?: string;
  label?: string;
  value?: string;
}
const sayAnswer = (answer: Answer): string =>
  answer.valueCoding?.display ??
  answer.valueCoding?.code ??
  answer.valueString ??
  (answer.valueBoolean === undefined ? undefined : answer.valueBoolean ? 'Oui' : 'Non') ??
  (answer.valueDate ? dateLabel(answer.valueDate) : undefined) ??
  (answer.valueQuantity?.value === undefined
    ? undefined
    : `${numberLabel(answer.valueQuantity.value)} ${answer.valueQuantity.unit ?? ''}`.trim()) ??
  answer.valueAttachment?.title ??
  (answer.valueDecimal === undefined ? undefined : numberLabel(answer.valueDecimal)) ??
  String(answer.valueInteger ?? '');
function partsOf(items: readonly Item[] | undefined, answered: readonly Answered[], level = 0): Part[] {
  return (items ?? []).flatMap((item) =>
    answered
      .filter(({ linkId }) => linkId === item.linkId)
      .flatMap((one, at, all): Part[] => {
        if (item.type === 'group')
          return [
            ...(item.text
              ? [
                  {
                    level,
                    title: isRows(item)
                      ? rowLabel(item.text, all.length > 1 ? at + 1 : undefined, rowName(one, namingOf(item)))
                      : item.text,
                  },
                ]
              : []),
            ...partsOf(item.item, one.item ?? [], level + 1),
          ];
        return calculatedOf(item)
          ? []
          : [
              {
                level: Math.max(0, level - 1),
                label: item.text ?? item.linkId,
                value: (one.answer ?? []).map(sayAnswer).join(', '),
              },
            ];
      }),
  );
}

/** The answers to a section as an A4 page: scores first, then what was answered, part by part. */
export async function printSection(shelf: Shelf, entered: Entered, id: string, ctx: Ctx): Promise<undefined> {
  const { form, items, line, scores, title } = await readSection(shelf, entered, id);
  const patient = briefOf(entered.patient, entered.reading.today, false);
  const draft = line.status === 'draft' ? 'Brouillon, non signé. ' : '';
  const pdf = renderPdf(
    page,
    {
      title,
      practice: ctx.session!.practice,
      right: [
        `Le ${dateLabel(line.at ?? line.recorded, true)}`,
        ...(line.who ? [[line.who.name, line.who.role].filter(Boolean).join(', ')] : []),
      ],
      foot: `${title} · ${patient.name}`,
      patient: [
        `${patient.name}${patient.birthName ? `, ${patient.birthName}` : ''}, ${bornOn(patient.sex, patient.birthDateLabel)}, ${patient.age}`,
      ],
      scores: scores.map(({ label, value, words }) => ({ label, value: numberLabel(value), words: words ?? '' })),
      parts: partsOf(form.item, items),
      note: `${draft}Édition ${form.version} du volet.${sourceOf(form) ? ` ${sourceOf(form)}` : ''}`,
    },
    entered.now,
  );
  return sendFile(ctx, pdf, 'application/pdf', `${title} ${patient.name}`);
}
