import { hash64 } from '../../platform/index.ts';
import { asJson, type Resource } from './store.ts';

const keys = new Map<string, bigint>();
/** hash64('Type/id'), remembered: the same patients and professionals come back all day. */
export function keyOf(reference: string): bigint {
  let key = keys.get(reference);
  if (key === undefined) {
    if (keys.size > 50_000) keys.clear();
    key = hash64(reference);
    keys.set(reference, key);
  }
  return key;
}

/** Elements whose Patient reference puts a resource into that patient's record. Source: R4 CompartmentDefinition/patient. */
const subjectElements = [
  'subject',
  'patient',
  'beneficiary',
  'individual',
  'for',
  'policyHolder',
  'subscriber',
  'candidate',
  'securityContext',
  'target',
  'about',
  'focus',
  'sender',
  'recipient',
  'source',
];
const nestedSubjects: readonly (readonly [string, string])[] = [
  ['participant', 'actor'],
  ['participant', 'member'],
  ['member', 'entity'],
  ['link', 'target'],
  ['entity', 'what'],
  ['party', 'reference'],
];
const authorElements = [
  'recorder',
  'author',
  'performer',
  'asserter',
  'assessor',
  'requester',
  'sender',
  'informationSource',
  'source',
  'owner',
];

const none: readonly unknown[] = [];
const items = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? none : Array.isArray(value) ? value : [value];
const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

function idIn(reference: unknown, type: string): string | undefined {
  const text = property(reference, 'reference');
  if (typeof text !== 'string') return undefined;
  const at = text.lastIndexOf(`${type}/`);
  if (at < 0 || (at > 0 && text[at - 1] !== '/')) return undefined;
  return text.slice(at + type.length + 1).split('/')[0] || undefined;
}

/** Ids of the patients a resource is about, in order of importance. */
export function patientsOf(resource: Resource): string[] {
  if (resource.resourceType === 'Patient') return resource.id ? [resource.id] : [];
  const elements = asJson(resource);
  const found: string[] = [];
  const take = (value: unknown) => {
    const id = idIn(value, 'Patient');
    if (id && !found.includes(id)) found.push(id);
  };
  // Asked of every line of a record: most of these elements are not there.
  for (const element of subjectElements) {
    const value = elements[element];
    if (value !== undefined) for (const item of items(value)) take(item);
  }
  for (const [outer, inner] of nestedSubjects) {
    const value = elements[outer];
    if (value === undefined) continue;
    for (const item of items(value)) for (const nested of items(property(item, inner))) take(nested);
  }
  return found;
}

/** On a Group: the people of one conversation, box or practice, who alone see what has that Group for its subject. */
export const circleSystem = 'urn:estran:circle';
const localGroup = (reference: unknown): string | undefined => {
  const text = property(reference, 'reference');
  return typeof text === 'string' && /^Group\/[A-Za-z0-9\-.]{1,64}$/.test(text) ? text : undefined;
};
/** The circle (`Group/id`) a resource belongs to, when it is about no patient: a conversation of professionals, a task of the practice. */
export function circleOf(resource: Resource): string | undefined {
  const elements = asJson(resource);
  if (resource.resourceType === 'Group') {
    const codes = items(property(elements.code, 'coding'));
    return resource.id && codes.some((coding) => property(coding, 'system') === circleSystem)
      ? `Group/${resource.id}`
      : undefined;
  }
  if (!['Communication', 'ServiceRequest', 'Task', 'Binary'].includes(resource.resourceType)) return undefined;
  return localGroup(elements.subject) ?? localGroup(elements.for) ?? localGroup(elements.securityContext);
}

/** Id of the Practitioner who made a resource, from the elements that say so. */
export function authorOf(resource: Resource): string | undefined {
  for (const element of authorElements)
    for (const item of items(asJson(resource)[element])) {
      const id = idIn(item, 'Practitioner') ?? idIn(property(item, 'actor'), 'Practitioner');
      if (id) return id;
    }
  return undefined;
}

/** References through which a resource finds its patient and how closed it is (Provenance, Binary); a patient it names itself needs no looking up. */
export function indirectTargets(resource: Resource): string[] {
  const elements = asJson(resource);
  const targets =
    resource.resourceType === 'Provenance'
      ? elements.target
      : resource.resourceType === 'Binary' && !circleOf(resource)
        ? elements.securityContext
        : undefined;
  return items(targets)
    .map((target) => String(property(target, 'reference') ?? ''))
    .filter((reference) => reference !== '' && !reference.startsWith('Patient/'));
}
