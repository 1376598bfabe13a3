import type { ClinicalImpression, Composition } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { noteBody } from '../contract.ts';
import { dateLabel, typedMoment } from '../dates.rules.ts';
import { htmlOfText, loinc, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { compositionProblems, compositionText } from '../read/labels.ts';
import { isMedicalSummary, isOrderDocument } from '../read/reading.ts';
import { author, momentIn, stamped, subjectOf } from './author.ts';

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
    text: impression ? (resource.summary ?? '') : compositionText(resource),
    at: typedMoment(at),
    personal: resource.meta?.tag?.some((tag) => tag.code === 'private-note') ?? false,
    draft: resource.status === (impression ? 'in-progress' : 'preliminary'),
    problems: (impression ? (resource.problem ?? []) : compositionProblems(resource))
      .map((one) => one.reference?.split('/').pop() ?? '')
      .filter(Boolean),
    sensitive: sensitivityOf(resource),
  };
}
