import type { Composition, ClinicalImpression, DocumentReference, Flag, Goal } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { alertBody, documentCorrection, goalBody, noteBody } from '../contract.ts';
import { alertKindOf, documentTypeOf } from '../data/choices.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel, typedMoment } from '../dates.rules.ts';
import { firstCode, htmlOfText, labelOf, loinc, sensitivityOf, ucum } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import * as say from '../read/labels.ts';
import { isLetter } from '../letters/letter.rules.ts';
import { isMedicalSummary, isOrderDocument } from '../read/reading.ts';
import { author, dateIn, momentIn, noteList, stamped, subjectOf } from './author.ts';
import { notesOf } from './codes.ts';

/** A note is a Composition: its status says draft, final, amended; every care profession may write one (kind documents). */
export function buildNote(
  entered: Entered,
  body: z.infer<typeof noteBody>,
  base?: Composition | ClinicalImpression,
): Composition | ClinicalImpression {
  if (base && isMedicalSummary(base))
    throw invalid('Une synthèse se complète, se signe et se corrige sur sa page. Rien n’a été modifié.');
  if (base && isOrderDocument(base))
    throw invalid(
      'Une ordonnance signée ne se réécrit pas : annulez-la, ou remplacez-la par une ordonnance corrigée. Rien n’a été modifié.',
    );
  const more = {
    base,
    sensitive: body.sensitive,
    personal: body.personal,
    reason: body.reason,
    encounter: body.encounter,
  };
  const at = momentIn(entered, 'at', body.at);
  const problems = body.problems.map((id) => ({ reference: `Condition/${id}` }));
  if (base?.resourceType === 'ClinicalImpression') {
    const old = base;
    return stamped(
      entered,
      {
        ...old,
        status: body.draft ? 'in-progress' : 'completed',
        description: body.title || old.description,
        summary: body.text,
        effectiveDateTime: body.at ? at : old.effectiveDateTime,
        problem: problems.length ? problems : old.problem,
      },
      more,
    );
  }
  const old = base;
  const wasDraft = old?.status === 'preliminary';
  if (old && !wasDraft && body.draft)
    throw invalid('Une note signée ne redevient pas un brouillon. Rien n’a été modifié.', {
      draft: 'La note est déjà signée.',
    });
  const status = body.draft ? 'preliminary' : old && !wasDraft ? 'amended' : 'final';
  const title = body.title || `Note du ${dateLabel(body.at ? at : (old?.date ?? at))}`;
  const div = htmlOfText(body.text);
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'Composition',
      status,
      type: old?.type ?? {
        coding: [{ system: loinc, code: '11506-3', display: 'Note de suivi' }],
        text: 'Note de suivi',
      },
      subject: subjectOf(entered),
      date: body.at || !old ? at : old.date,
      author: old?.author ?? [author(entered)],
      title,
      attester: body.draft
        ? old?.attester
        : [...(old?.attester ?? []), { mode: 'professional', time: entered.now.toISOString(), party: author(entered) }],
      section: [{ title, text: { status: 'additional', div }, ...(problems.length && { entry: problems }) }],
    },
    more,
  );
}
export function noteValues(resource: Composition | ClinicalImpression) {
  const impression = resource.resourceType === 'ClinicalImpression';
  const at = impression ? (resource.effectiveDateTime ?? resource.date) : resource.date;
  return {
    title: impression ? (resource.description ?? '') : resource.title,
    text: impression ? (resource.summary ?? '') : say.compositionText(resource),
    at: typedMoment(at),
    personal: resource.meta?.tag?.some((tag) => tag.code === 'private-note') ?? false,
    draft: resource.status === (impression ? 'in-progress' : 'preliminary'),
    problems: (impression ? (resource.problem ?? []) : say.compositionProblems(resource))
      .map((one) => one.reference?.split('/').pop() ?? '')
      .filter(Boolean),
    sensitive: sensitivityOf(resource),
  };
}

export function buildAlert(entered: Entered, body: z.infer<typeof alertBody>, base?: Flag): Flag {
  const old = base;
  const until = dateIn(entered, 'until', body.until);
  const extension = say.withExtension(
    { extension: say.withExtension(old ?? {}, 'urn:estran:severity', { valueString: body.severity }) },
    say.noteUrl,
    body.note ? { valueString: body.note } : undefined,
  );
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'Flag',
      extension,
      status: body.active ? 'active' : 'inactive',
      category: [
        {
          coding: [{ system: 'urn:estran:alert', code: body.category, display: alertKindOf(body.category) }],
          text: alertKindOf(body.category),
        },
      ],
      code: { text: body.label },
      subject: subjectOf(entered),
      period: { start: old?.period?.start ?? entered.reading.today, ...(until && { end: until }) },
      author: old?.author ?? author(entered),
    },
    { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter },
  );
}
export const alertValues = (flag: Flag) => ({
  label: labelOf(flag.code),
  category: firstCode(flag.category?.[0]) ?? 'clinical',
  severity: say.severityOf(flag),
  until: dateLabel(flag.period?.end),
  active: flag.status === 'active',
  note: say.extensionText(flag, say.noteUrl) ?? '',
  sensitive: sensitivityOf(flag),
});

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
  ...say.targetBounds(goal),
  due: dateLabel(goal.target?.[0]?.dueDate),
  state: ['completed', 'cancelled'].includes(goal.lifecycleStatus) ? goal.lifecycleStatus : 'active',
  note: notesOf(goal),
  sensitive: sensitivityOf(goal),
});

export function buildDocument(
  entered: Entered,
  body: z.infer<typeof documentCorrection>,
  base: DocumentReference,
): DocumentReference {
  const old = base;
  if (isLetter(base))
    throw invalid(
      'Un courrier se corrige sur sa page : une fois signé, la nouvelle version le remplace. Rien n’a été modifié.',
    );
  const label = documentTypeOf(body.documentType);
  const attachment = old.content[0]!.attachment;
  return stamped(
    entered,
    {
      ...old,
      extension: say.withExtension(old, say.noteUrl, body.note ? { valueString: body.note } : undefined),
      docStatus: 'amended',
      description: body.title,
      type: label ? { coding: [{ system: loinc, code: body.documentType, display: label }], text: label } : old.type,
      date: body.at ? instantOf(momentIn(entered, 'at', body.at)) : old.date,
      content: [{ ...old.content[0], attachment: { ...attachment, title: body.title } }, ...old.content.slice(1)],
    },
    { base, sensitive: body.sensitive, reason: body.reason },
  );
}
/** DocumentReference.date is an instant: a day alone means noon in France. */
export const instantOf = (date: string): string =>
  date.includes('T')
    ? date
    : `${date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date}T12:00:00+01:00`;
export const documentValues = (document: DocumentReference) => ({
  title: say.documentTitle(document),
  documentType: firstCode(document.type) ?? '34109-9',
  at: dateLabel(document.date),
  note: say.extensionText(document, say.noteUrl) ?? '',
  sensitive: sensitivityOf(document),
});
