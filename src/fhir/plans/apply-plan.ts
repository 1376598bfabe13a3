// https://hl7.org/fhir/R4/plandefinition-operation-apply.html
import type {
  CarePlan,
  CodeableConcept,
  Goal,
  PlanDefinition,
  PlanDefinitionAction,
  Reference,
  RequestGroup,
  RequestGroupAction,
  RequestGroupActionCondition,
  ServiceRequest,
} from '@medplum/fhirtypes';
import { type Laid, roundKey } from './rounds.rules.ts';

export interface Applied {
  subject: Reference;
  encounter?: Reference;
  practitioner?: Reference;
  organization?: Reference;
  /** Day on which the plan begins. */
  start: string;
  /** Instant. */
  now: string;
}
const contained = (kind: string, at: number): string => `${kind}-${at + 1}`;
const roles = (action: PlanDefinitionAction): CodeableConcept[] =>
  (action.participant ?? []).flatMap((one) => (one.type !== 'patient' && one.role ? [one.role] : []));

/** What is asked for: a definition that the action names is followed by reference, never fetched. */
function requestOf(id: string, laid: Laid, applied: Applied): ServiceRequest {
  const { action } = laid;
  const performerType = roles(action)[0];
  return {
    resourceType: 'ServiceRequest',
    id,
    status: 'draft',
    intent: 'proposal',
    subject: applied.subject,
    code: { ...action.code?.[0], text: action.title ?? action.description ?? action.textEquivalent ?? laid.id },
    ...(action.definitionCanonical && { instantiatesCanonical: [action.definitionCanonical] }),
    ...(action.definitionUri && { instantiatesUri: [action.definitionUri] }),
    ...(applied.encounter && { encounter: applied.encounter }),
    ...(applied.practitioner && { requester: applied.practitioner }),
    ...(laid.due && { occurrenceDateTime: laid.due }),
    ...(performerType && { performerType }),
    ...(action.description && { note: [{ text: action.description }] }),
  } as ServiceRequest;
}

/**
 * $apply: the CarePlan that following a definition would make of this subject. Every round that was laid out is a contained ServiceRequest, tied
 * together by a contained RequestGroup; conditions that nobody can tell stay with their step, what they exclude is left out by the caller.
 */
export function applyPlan(definition: PlanDefinition, laid: readonly Laid[], applied: Applied): CarePlan {
  const canonical = definition.url && (definition.version ? `${definition.url}|${definition.version}` : definition.url);
  const instantiates = {
    ...(canonical
      ? { instantiatesCanonical: [canonical] }
      : definition.id && { instantiatesUri: [`PlanDefinition/${definition.id}`] }),
  };
  const requests = laid.map((one, at) => requestOf(contained('step', at), one, applied));
  const keys = new Set(laid.map((one) => roundKey(one.id, one.round)));
  const actions = laid.map((one, at): RequestGroupAction => {
    const { action } = one;
    const condition =
      one.applies === true
        ? []
        : ((action.condition ?? []) as RequestGroupActionCondition[]).filter((it) => it.kind === 'applicability');
    const related = (action.relatedAction ?? [])
      .filter((it) => keys.has(roundKey(it.actionId ?? '', 1)))
      .map((it) => ({ ...it, actionId: roundKey(it.actionId!, 1) }));
    return {
      // An id of an element may not say «#».
      id: roundKey(one.id, one.round).replace('#', '.'),
      resource: { reference: `#${contained('step', at)}` },
      ...(action.prefix && { prefix: action.prefix }),
      ...(action.title && { title: action.title }),
      ...(action.description && { description: action.description }),
      ...(action.textEquivalent && { textEquivalent: action.textEquivalent }),
      ...(action.priority && { priority: action.priority }),
      ...(action.code && { code: action.code }),
      ...(action.documentation && { documentation: action.documentation }),
      ...(condition.length > 0 && { condition }),
      ...(related.length > 0 && {
        relatedAction: related.map((it) => ({
          ...it,
          actionId: it.actionId.replace('#', '.'),
        })) as RequestGroupAction['relatedAction'],
      }),
      ...(one.due && { timingDateTime: one.due }),
      ...(action.type && { type: action.type }),
    };
  });
  const group: RequestGroup = {
    resourceType: 'RequestGroup',
    id: 'plan',
    status: 'draft',
    intent: 'proposal',
    subject: applied.subject as RequestGroup['subject'],
    authoredOn: applied.now,
    ...instantiates,
    ...(applied.encounter && { encounter: applied.encounter as RequestGroup['encounter'] }),
    ...(applied.practitioner && { author: applied.practitioner as RequestGroup['author'] }),
    ...(actions.length > 0 && { action: actions }),
  };
  const goals = (definition.goal ?? []).map(
    (goal, at): Goal => ({
      resourceType: 'Goal',
      id: contained('goal', at),
      lifecycleStatus: 'proposed',
      subject: applied.subject as Goal['subject'],
      description: goal.description,
      ...(goal.category && { category: [goal.category] }),
      ...(goal.priority && { priority: goal.priority }),
    }),
  );
  const author = applied.practitioner ?? applied.organization;
  return {
    resourceType: 'CarePlan',
    contained: [group, ...requests, ...goals],
    ...instantiates,
    status: 'draft',
    intent: 'proposal',
    subject: applied.subject as CarePlan['subject'],
    ...(definition.title && { title: definition.title }),
    ...(definition.description && { description: definition.description }),
    ...(applied.encounter && { encounter: applied.encounter as CarePlan['encounter'] }),
    period: { start: applied.start },
    created: applied.now,
    ...(author && { author: author as CarePlan['author'] }),
    ...(goals.length > 0 && { goal: goals.map((goal) => ({ reference: `#${goal.id}` })) }),
    activity: [{ reference: { reference: '#plan' } }],
  };
}
