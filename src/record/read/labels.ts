import { namingAmong, rowLabel, rowName } from '../contract/sections/repetition.ts';
import type {
  AllergyIntolerance,
  CarePlan,
  CodeableConcept,
  Composition,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Extension,
  Flag,
  Goal,
  Immunization,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Reference,
} from '@medplum/fhirtypes';
import { saysNoAllergy } from '../../fhir/index.ts';
import { allergyCategories } from '../data/choices.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel } from '../dates.rules.ts';
import { firstCode, labelOf, numberLabel, textOfHtml } from '../fhir-words.ts';

/** Elements of FHIR as French words and as the states of our screens. */

export const aldUrl = 'urn:estran:ald';
export const prescriberUrl = 'urn:estran:prescriber';
export const noteUrl = 'urn:estran:note';
export const readUrl = 'urn:estran:read';
export const sourceUrl = 'urn:estran:source';
export const correctionUrl = 'urn:estran:correction';
type Extended = { extension?: Extension[] };
export const extensionText = (holder: Extended, url: string): string | undefined =>
  holder.extension?.find((one) => one.url === url)?.valueString;
export const withExtension = (
  holder: Extended,
  url: string,
  value: Omit<Extension, 'url'> | undefined,
): Extension[] => [...(holder.extension ?? []).filter((one) => one.url !== url), ...(value ? [{ url, ...value }] : [])];

// Problems
export type ProblemState = 'active' | 'inactive' | 'resolved';
export function conditionState(condition: Condition): { code: ProblemState; label: string } {
  const code =
    firstCode(condition.clinicalStatus) ??
    (condition.abatementDateTime || condition.abatementPeriod ? 'resolved' : 'active');
  if (code === 'resolved') return { code, label: 'Résolu' };
  return code === 'inactive' || code === 'remission'
    ? { code: 'inactive', label: code === 'remission' ? 'En rémission' : 'Inactif' }
    : { code: 'active', label: 'Actif' };
}
export const certaintyOf = (condition: Condition): 'confirmed' | 'provisional' | 'refuted' => {
  const code = firstCode(condition.verificationStatus);
  return code === 'refuted'
    ? 'refuted'
    : code === 'provisional' || code === 'differential' || code === 'unconfirmed'
      ? 'provisional'
      : 'confirmed';
};
export const certaintyLabel = (condition: Condition): string =>
  ({ confirmed: 'Confirmé', provisional: 'Suspecté', refuted: 'Écarté' })[certaintyOf(condition)];
export const aldCategory: CodeableConcept = {
  coding: [{ system: 'urn:estran:condition-category', code: 'ald', display: 'Affection de longue durée' }],
  text: 'ALD',
};
/** Dates and number of the long-term condition, null when it is none. */
export function aldOf(
  condition: Condition,
): { from: string | null; until: string | null; number: string | null } | null {
  const facts = condition.extension?.find((one) => one.url === aldUrl);
  const marked = condition.category?.some((category) =>
    category.coding?.some((coding) => coding.system === 'urn:estran:condition-category' && coding.code === 'ald'),
  );
  if (!facts && !marked) return null;
  const period = facts?.extension?.find((one) => one.url === 'period')?.valuePeriod;
  return {
    from: period?.start ?? null,
    until: period?.end ?? null,
    number: facts?.extension?.find((one) => one.url === 'number')?.valueString ?? null,
  };
}

// Allergies
export const isNoneKnown = (allergy: AllergyIntolerance): boolean => saysNoAllergy(allergy);
export function allergyState(allergy: AllergyIntolerance): { code: ProblemState; label: string } {
  const code = firstCode(allergy.clinicalStatus);
  return code === 'resolved'
    ? { code, label: 'Résolue' }
    : code === 'inactive'
      ? { code, label: 'Inactive' }
      : { code: 'active', label: 'Active' };
}
export const allergyCategoryLabel = (code: string | undefined): string =>
  allergyCategories.find((one) => one.code === code)?.label ?? '';
export const criticalityOf = (allergy: AllergyIntolerance): 'low' | 'high' | 'unknown' =>
  allergy.criticality === 'low' || allergy.criticality === 'high' ? allergy.criticality : 'unknown';
export const criticalityLabels = {
  low: 'Gravité faible',
  high: 'Gravité élevée',
  unknown: 'Gravité non évaluée',
} as const;
export const reactionKindLabel = (type: string | undefined): string =>
  type === 'intolerance' ? 'Intolérance' : type === 'allergy' ? 'Allergie' : 'Non précisé';
export const reactionOf = (allergy: AllergyIntolerance): string =>
  (allergy.reaction ?? [])
    .flatMap((reaction) => [...(reaction.manifestation ?? []).map((one) => labelOf(one)), reaction.description ?? ''])
    .filter(Boolean)
    .join(', ');

// Treatments
type Medicine = MedicationRequest | MedicationStatement | MedicationDispense;
export const medicationLabel = (medicine: Medicine): string =>
  labelOf(medicine.medicationCodeableConcept) || medicine.medicationReference?.display || 'Médicament';

// Vaccines
export const untilUrl = 'urn:estran:until';
export const untilOf = (resource: Extended): string | undefined =>
  resource.extension?.find((one) => one.url === untilUrl)?.valueDate;
export function outcomeOf(immunization: Immunization): {
  code: 'given' | 'refused' | 'contraindicated' | 'not-done';
  label: string;
} {
  if (immunization.status !== 'not-done') return { code: 'given', label: 'Fait' };
  const why = firstCode(immunization.statusReason);
  if (why === 'PATOBJ') return { code: 'refused', label: 'Refusé' };
  return why === 'MEDPREC'
    ? { code: 'contraindicated', label: 'Contre-indiqué' }
    : { code: 'not-done', label: 'Non fait' };
}
export const doseOf = (immunization: Immunization): string | null => {
  const protocol = immunization.protocolApplied?.[0];
  return (
    protocol?.doseNumberString ??
    (protocol?.doseNumberPositiveInt !== undefined ? `Dose ${protocol.doseNumberPositiveInt}` : null)
  );
};

// Documents, notes, results
export const documentTitle = (document: DocumentReference): string =>
  document.description || document.content?.[0]?.attachment?.title || labelOf(document.type, 'Document');
const mainSection = (composition: Composition) =>
  composition.section?.find((section) => section.text) ?? composition.section?.[0];
export const compositionText = (composition: Composition): string =>
  (composition.section ?? [])
    .map((section) =>
      [composition.section!.length > 1 ? section.title : '', textOfHtml(section.text?.div)].filter(Boolean).join('\n'),
    )
    .join('\n\n')
    .trim() || textOfHtml(composition.text?.div);
/** Of a medical summary: what professionals added; its lines are entries of their own. */
export const summaryWords = (composition: Composition): string =>
  (composition.section ?? [])
    .flatMap((section) =>
      (section.section ?? []).map(
        (one) => `${section.title} : ${textOfHtml(one.text?.div)} (${one.author?.[0]?.display ?? ''})`,
      ),
    )
    .join('\n');
export const compositionProblems = (composition: Composition): Reference[] => mainSection(composition)?.entry ?? [];
export const readersOf = (holder: Extended): string[] =>
  (holder.extension ?? [])
    .filter((one) => one.url === readUrl)
    .map((one) => one.extension?.find((part) => part.url === 'by')?.valueReference?.display ?? '')
    .filter(Boolean);
/** Who has acknowledged a result, and what they decided. */
export const validations = (holder: Extended): string[] =>
  (holder.extension ?? [])
    .filter((one) => one.url === readUrl)
    .map((one) => {
      const part = (url: string) => one.extension?.find((inner) => inner.url === url);
      return [part('by')?.valueReference?.display ?? '', part('decision')?.valueString].filter(Boolean).join(' : ');
    });
/** Who of the practice has read it, and when. */
export function readingOf(holder: Extended): { by: Reference | undefined; at: string | null } | null {
  const read = holder.extension?.find((one) => one.url === readUrl);
  return read
    ? {
        by: read.extension?.find((part) => part.url === 'by')?.valueReference,
        at: read.extension?.find((part) => part.url === 'at')?.valueDateTime ?? null,
      }
    : null;
}
export const categoryOfReport = (report: DiagnosticReport): string => {
  const code = firstCode(report.category?.[0]);
  return code === 'LAB'
    ? 'Biologie'
    : code === 'RAD' || code === 'IMG'
      ? 'Imagerie'
      : labelOf(report.category?.[0], 'Résultat');
};

/** A note of a visit that another software calls a report: no value, no conclusion, under the LOINC code of a note. It stands in the history, not among results. */
export const isLetterOfVisit = (report: DiagnosticReport): boolean =>
  !report.result?.length && !report.conclusion && firstCode(report.category?.[0]) === '34117-2';

/** A care plan by its title, else by the first of its categories that has words: «assess-plan» is a mark of an exchange profile. */
export const planTitle = (plan: CarePlan): string =>
  plan.title ||
  labelOf(plan.category?.find((one) => one.text || one.coding?.some(({ display }) => display))) ||
  'Plan de soins';

// Encounters, agenda, coordination
const classes: Record<string, string> = {
  AMB: 'Consultation',
  HH: 'Visite à domicile',
  VR: 'Téléconsultation',
  EMER: 'Urgence',
  IMP: 'Hospitalisation',
  SS: 'Hospitalisation de jour',
};
export const encounterLabel = (encounter: Encounter): string =>
  (encounter.type?.length ? labelOf(encounter.type[0]) : '') ||
  classes[encounter.class?.code ?? ''] ||
  encounter.class?.display ||
  'Rencontre';
export const appointmentStates: Record<string, string> = {
  proposed: 'Proposé',
  pending: 'En attente',
  booked: 'Prévu',
  arrived: 'Arrivé',
  fulfilled: 'Honoré',
  cancelled: 'Annulé',
  noshow: 'Non venu',
  'entered-in-error': 'Erreur',
  'checked-in': 'Arrivé',
  waitlist: 'Liste d’attente',
};
export const taskStates: Record<string, string> = {
  draft: 'Brouillon',
  requested: 'À faire',
  received: 'Reçue',
  accepted: 'Acceptée',
  rejected: 'Refusée',
  ready: 'Prête',
  cancelled: 'Annulée',
  'in-progress': 'En cours',
  'on-hold': 'En attente',
  failed: 'Échec',
  completed: 'Faite',
  active: 'En cours',
  revoked: 'Annulée',
};
export const goalStates: Record<string, string> = {
  proposed: 'Proposé',
  planned: 'Prévu',
  accepted: 'Accepté',
  active: 'En cours',
  'on-hold': 'En attente',
  completed: 'Atteint',
  cancelled: 'Abandonné',
  rejected: 'Refusé',
};
export type Severity = 'danger' | 'warning' | 'information';
export const severityLabels: Record<Severity, string> = {
  danger: 'Danger',
  warning: 'Attention',
  information: 'Information',
};
export const severityOf = (flag: Flag): Severity => {
  const text = extensionText(flag, 'urn:estran:severity');
  return text === 'danger' || text === 'information' ? text : 'warning';
};
export function targetText(goal: Goal): string {
  const target = goal.target?.[0];
  if (!target) return '';
  const measure = measureOf(firstCode(target.measure) ?? '');
  const unit =
    measure?.shown ??
    target.detailQuantity?.unit ??
    target.detailRange?.low?.unit ??
    target.detailRange?.high?.unit ??
    '';
  const { low, high } = targetBounds(goal);
  const bounds =
    low !== null && high !== null
      ? `entre ${numberLabel(low)} et ${numberLabel(high)}`
      : low !== null
        ? `≥ ${numberLabel(low)}`
        : high !== null
          ? `≤ ${numberLabel(high)}`
          : '';
  return bounds
    ? [measure?.label ?? (target.measure ? labelOf(target.measure) : ''), bounds, unit].filter(Boolean).join(' ')
    : '';
}
export function targetBounds(goal: Goal): { low: number | null; high: number | null } {
  const target = goal.target?.[0];
  const range = target?.detailRange;
  if (range) return { low: range.low?.value ?? null, high: range.high?.value ?? null };
  const quantity = target?.detailQuantity;
  if (quantity?.value === undefined) return { low: null, high: null };
  return quantity.comparator?.startsWith('>')
    ? { low: quantity.value, high: null }
    : { low: null, high: quantity.value };
}
/** The title of the form that was answered, kept beside its address. */
export const sectionTitle = (response: QuestionnaireResponse): string =>
  (
    response as { _questionnaire?: { extension?: { url: string; valueString?: string }[] } }
  )._questionnaire?.extension?.find(({ url }) => url === 'http://hl7.org/fhir/StructureDefinition/display')
    ?.valueString ??
  (response.questionnaire?.split('/').pop() || 'Questionnaire');
const unitAfter = (quantity: { value?: number; unit?: string } | undefined): string | undefined =>
  quantity?.value === undefined ? undefined : `${numberLabel(quantity.value)} ${quantity.unit ?? ''}`.trim();
export const answersOf = (response: QuestionnaireResponse): string => {
  const lines: string[] = [];
  const walk = (items: readonly QuestionnaireResponseItem[] | undefined): void => {
    for (const item of items ?? []) {
      const rows = item.answer ? [] : items!.filter(({ linkId }) => linkId === item.linkId);
      if (rows.length > 1) lines.push(rowLabel(item.text, rows.indexOf(item) + 1, rowName(item, namingAmong(rows))));
      const answers = (item.answer ?? []).map(
        (answer) =>
          answer.valueString ??
          answer.valueCoding?.display ??
          answer.valueCoding?.code ??
          (answer.valueDecimal === undefined ? undefined : numberLabel(answer.valueDecimal)) ??
          answer.valueInteger ??
          (answer.valueDate && dateLabel(answer.valueDate)) ??
          answer.valueAttachment?.title ??
          (answer.valueBoolean === undefined ? unitAfter(answer.valueQuantity) : answer.valueBoolean ? 'Oui' : 'Non'),
      );
      if (answers.length)
        lines.push(`${item.text ?? item.linkId} : ${answers.filter((one) => one !== undefined).join(', ')}`);
      walk(item.item);
      for (const answer of item.answer ?? []) walk(answer.item);
    }
  };
  walk(response.item);
  return lines.join('\n');
};
