import type { AllergyIntolerance, CodeableConcept, Condition, FamilyMemberHistory, Observation, Procedure } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { Resource } from '../../fhir/index.ts';
import { invalid } from '../../platform/index.ts';
import type { allergyBody, historyBody, problemBody } from '../contract.ts';
import { relatives } from '../data/choices.ts';
import { dateLabel } from '../dates.rules.ts';
import { concept, firstCode, labelOf, loinc, sensitivityOf, system, textConcept } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import * as say from '../read/labels.ts';
import { author, dateIn, noteList, recorderExtension, stamped, subjectOf } from './author.ts';

const notesOf = (resource: { note?: { text?: string }[] }): string => (resource.note ?? []).map((note) => note.text).filter(Boolean).join('\n');
/** All codes stay (CIM-10 and CISP-2 side by side) while the words and the chosen code stay. */
function codeOf({ label, code, system: codeSystem, also }: { label: string; code?: string | null | undefined; system?: string | null | undefined; also?: { system: string; code: string }[] | null | undefined }, base: CodeableConcept | undefined): CodeableConcept {
  if (base && labelOf(base) === label && (!code || base.coding?.some((one) => one.code === code && (!codeSystem || one.system === codeSystem)))) return base;
  const made = textConcept(label, code, codeSystem);
  return made.coding && also?.length ? { ...made, coding: [...made.coding, ...also.filter((one) => one.system !== codeSystem)] } : made;
}

const otherCodes = (value: CodeableConcept | undefined) => (value?.coding ?? []).filter((one) => one.code && one.system).slice(1).map((one) => ({ system: one.system!, code: one.code! }));

export function buildProblem(entered: Entered, body: z.infer<typeof problemBody>, base?: Resource): Resource {
  const old = base as Condition | undefined;
  const period = body.ald && { start: dateIn(entered, 'ald.from', body.ald.from), end: dateIn(entered, 'ald.until', body.ald.until) };
  const aldParts = body.ald ? [...(period?.start || period?.end ? [{ url: 'period', valuePeriod: { ...(period.start && { start: period.start }), ...(period.end && { end: period.end }) } }] : []), ...(body.ald.number ? [{ url: 'number', valueString: body.ald.number }] : [])] : [];
  const resolved = body.state === 'resolved' ? dateIn(entered, 'resolved', body.resolved) : undefined;
  const condition: Condition = {
    ...old,
    resourceType: 'Condition',
    extension: say.withExtension(old ?? {}, say.aldUrl, aldParts.length ? { extension: aldParts } : undefined),
    clinicalStatus: body.certainty === 'refuted' ? undefined : concept('condition-clinical', body.state),
    verificationStatus: concept('condition-ver-status', body.certainty),
    category: [concept('condition-category', 'problem-list-item', 'Problème'), ...(body.ald ? [say.aldCategory] : [])],
    code: codeOf(body, old?.code),
    subject: subjectOf(entered),
    onsetDateTime: dateIn(entered, 'onset', body.onset),
    abatementDateTime: resolved,
    recordedDate: old?.recordedDate ?? entered.now.toISOString(),
    recorder: old?.recorder ?? author(entered),
    asserter: old?.asserter ?? author(entered),
    note: noteList(entered, body.note),
  };
  if (body.certainty === 'refuted') delete condition.clinicalStatus;
  return stamped(entered, condition, { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter });
}
export function problemValues(condition: Condition) {
  const ald = say.aldOf(condition);
  const code = condition.code?.coding?.find((one) => one.code && one.system);
  return {
    label: labelOf(condition.code), code: code?.code ?? null, system: code?.system ?? null, also: otherCodes(condition.code), state: say.conditionState(condition).code, certainty: say.certaintyOf(condition), onset: dateLabel(condition.onsetDateTime), resolved: dateLabel(condition.abatementDateTime),
    ald: ald && { from: dateLabel(ald.from), until: dateLabel(ald.until), number: ald.number }, note: notesOf(condition), sensitive: sensitivityOf(condition),
  };
}

const noneKnown: CodeableConcept = { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'Aucune allergie connue' }], text: 'Aucune allergie connue' };
export function buildAllergy(entered: Entered, body: z.infer<typeof allergyBody>, base?: Resource): Resource {
  if (!body.noneKnown && !body.label) throw invalid('Indiquez la substance, ou « aucune allergie connue ». Rien n’a été enregistré.', { label: 'Indiquez la substance.' });
  const old = base as AllergyIntolerance | undefined;
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
    onsetDateTime: dateIn(entered, 'onset', body.onset),
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
  const none = say.isNoneKnown(allergy);
  return {
    noneKnown: none, label: none ? '' : labelOf(allergy.code), code: none ? null : (code?.code ?? null), system: none ? null : (code?.system ?? null), category: allergy.category?.[0] ?? null, criticality: say.criticalityOf(allergy), kindOfReaction: allergy.type ?? 'unknown', state: say.allergyState(allergy).code,
    reaction: say.reactionOf(allergy), onset: dateLabel(allergy.onsetDateTime), note: notesOf(allergy), sensitive: sensitivityOf(allergy),
  };
}

const pastCategory: CodeableConcept = { coding: [{ system: system('condition-category'), code: 'problem-list-item' }], text: 'Antécédent' };
/** Subjects of social history and their LOINC codes; the words stay free. */
const topicCodes: Record<'risk' | 'lifestyle' | 'social', { code: string; display: string }> = { risk: { code: '75492-9', display: 'Facteur de risque' }, lifestyle: { code: '29762-2', display: 'Mode de vie' }, social: { code: '29762-2', display: 'Situation sociale' } };
export const historyTypes = { personal: 'Condition', family: 'FamilyMemberHistory', procedure: 'Procedure', risk: 'Observation', lifestyle: 'Observation', social: 'Observation' } as const;

/** History and risk (DOS-2): a condition of the past, a relative's, a procedure, or an observation of social history. */
export function buildHistory(entered: Entered, body: z.infer<typeof historyBody>, base?: Resource): Resource {
  if (base && base.resourceType !== historyTypes[body.topic]) throw invalid('Le type d’antécédent ne peut pas être changé : marquez cette ligne comme saisie par erreur et ajoutez la bonne. Rien n’a été modifié.', { topic: 'Ne peut pas être changé.' });
  const at = dateIn(entered, 'at', body.at);
  const more = { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter };
  const note = noteList(entered, body.note);
  if (body.topic === 'personal') {
    const old = base as Condition | undefined;
    return stamped(entered, { ...old, resourceType: 'Condition', clinicalStatus: concept('condition-clinical', 'inactive'), verificationStatus: concept('condition-ver-status', 'confirmed'), category: [pastCategory], code: codeOf(body, old?.code), subject: subjectOf(entered), onsetDateTime: at, recordedDate: old?.recordedDate ?? entered.now.toISOString(), recorder: old?.recorder ?? author(entered), note }, more);
  }
  if (body.topic === 'family') {
    const old = base as FamilyMemberHistory | undefined;
    const relative = relatives.find((one) => one.code === body.relative) ?? relatives.at(-1)!;
    return stamped(entered, { ...old, resourceType: 'FamilyMemberHistory', extension: old?.extension ?? [recorderExtension(entered)], status: 'completed', patient: subjectOf(entered), date: old?.date ?? entered.now.toISOString(), relationship: concept('v3-RoleCode', relative.code, relative.label), condition: [{ ...old?.condition?.[0], code: codeOf(body, old?.condition?.[0]?.code) }], note }, more);
  }
  if (body.topic === 'procedure') {
    const old = base as Procedure | undefined;
    return stamped(entered, { ...old, resourceType: 'Procedure', status: 'completed', category: { text: 'Antécédent' }, code: codeOf(body, old?.code), subject: subjectOf(entered), performedDateTime: at, recorder: old?.recorder ?? author(entered), note }, more);
  }
  const old = base as Observation | undefined;
  const { code, display } = topicCodes[body.topic];
  return stamped(
    entered,
    {
      ...old, resourceType: 'Observation', status: base ? 'amended' : 'final', category: [concept('observation-category', 'social-history'), { coding: [{ system: 'urn:estran:history-topic', code: body.topic }], text: display }], code: old?.code ?? { coding: [{ system: loinc, code, display }], text: display },
      subject: subjectOf(entered), effectiveDateTime: at ?? old?.effectiveDateTime ?? entered.now.toISOString(), performer: old?.performer ?? [author(entered)], valueString: body.label, note,
    },
    more,
  );
}
export function historyValues(resource: Resource) {
  const shared = { note: notesOf(resource as { note?: { text?: string }[] }), sensitive: sensitivityOf(resource), relative: null as string | null };
  const coding = (value: CodeableConcept | undefined) => ({ label: labelOf(value), code: value?.coding?.[0]?.code ?? null, system: value?.coding?.[0]?.system ?? null, also: otherCodes(value) });
  if (resource.resourceType === 'FamilyMemberHistory') {
    const history = resource as unknown as FamilyMemberHistory;
    return { topic: 'family', ...coding(history.condition?.[0]?.code), ...shared, relative: firstCode(history.relationship) ?? null };
  }
  if (resource.resourceType === 'Procedure') return { topic: 'procedure', ...coding((resource as unknown as Procedure).code), at: dateLabel((resource as unknown as Procedure).performedDateTime), ...shared };
  if (resource.resourceType === 'Condition') return { topic: 'personal', ...coding((resource as unknown as Condition).code), at: dateLabel((resource as unknown as Condition).onsetDateTime), ...shared };
  const observation = resource as unknown as Observation;
  const topic = observation.category?.flatMap((category) => category.coding ?? []).find((one) => one.system === 'urn:estran:history-topic')?.code ?? 'lifestyle';
  return { topic, label: observation.valueString ?? labelOf(observation.valueCodeableConcept), code: null, system: null, at: dateLabel(observation.effectiveDateTime), ...shared };
}
