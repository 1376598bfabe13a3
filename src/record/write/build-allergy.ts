import type { AllergyIntolerance, CodeableConcept } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { allergyBody } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';
import { concept, labelOf, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { allergyState, criticalityOf, isNoneKnown, reactionOf } from '../read/labels.ts';
import { author, noteList, pastIn, stamped, subjectOf } from './author.ts';
import { codeOf, notesOf } from './codes.ts';

const noneKnown: CodeableConcept = {
  coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'Aucune allergie connue' }],
  text: 'Aucune allergie connue',
};

export function buildAllergy(
  entered: Entered,
  body: z.infer<typeof allergyBody>,
  base?: AllergyIntolerance,
): AllergyIntolerance {
  if (!body.noneKnown && !body.label)
    throw invalid('Indiquez la substance, ou « aucune allergie connue ». Rien n’a été enregistré.', {
      label: 'Indiquez la substance.',
    });
  const old = base;
  const allergy: AllergyIntolerance = {
    ...old,
    resourceType: 'AllergyIntolerance',
    clinicalStatus: concept('allergyintolerance-clinical', body.noneKnown ? 'active' : body.state),
    verificationStatus: concept('allergyintolerance-verification', 'confirmed'),
    type: body.noneKnown || body.kindOfReaction === 'unknown' ? undefined : body.kindOfReaction,
    category: body.category && !body.noneKnown ? [body.category] : undefined,
    criticality: body.noneKnown ? undefined : body.criticality === 'unknown' ? 'unable-to-assess' : body.criticality,
    code: body.noneKnown ? noneKnown : codeOf(body, old?.code),
    patient: subjectOf(entered),
    onsetDateTime: pastIn(entered, 'onset', body.onset),
    recordedDate: old?.recordedDate ?? entered.now.toISOString(),
    recorder: old?.recorder ?? author(entered),
    asserter: old?.asserter ?? author(entered),
    reaction: body.reaction && !body.noneKnown ? [{ manifestation: [{ text: body.reaction }] }] : undefined,
    note: noteList(entered, body.note),
  };
  return stamped(entered, allergy, { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter });
}

export function allergyValues(allergy: AllergyIntolerance) {
  const code = allergy.code?.coding?.find((one) => one.code && one.system);
  const none = isNoneKnown(allergy);
  return {
    noneKnown: none,
    label: none ? '' : labelOf(allergy.code),
    code: none ? null : (code?.code ?? null),
    system: none ? null : (code?.system ?? null),
    category: allergy.category?.[0] ?? null,
    criticality: criticalityOf(allergy),
    kindOfReaction: allergy.type ?? 'unknown',
    state: allergyState(allergy).code,
    reaction: reactionOf(allergy),
    onset: dateLabel(allergy.onsetDateTime),
    note: notesOf(allergy),
    sensitive: sensitivityOf(allergy),
  };
}
