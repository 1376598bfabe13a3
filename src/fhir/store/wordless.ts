import { asJson, type Resource } from './store.ts';

/**
 * A Task without a word: who is to do something for whom and until when, and nothing of what. Such a Task is of the kind `tasks`, which
 * reaches further than clinical content (a secretary sees that it exists); its words stand in what it focuses on, under their own kind.
 * Decided from the content itself, so that a Task with words can never pass for one without.
 */
export const taskKindSystem = 'urn:estran:task-kind';

const allowed = new Set([
  'resourceType',
  'id',
  'meta',
  'identifier',
  'basedOn',
  'partOf',
  'groupIdentifier',
  'status',
  'businessStatus',
  'statusReason',
  'intent',
  'priority',
  'code',
  'focus',
  'for',
  'encounter',
  'executionPeriod',
  'authoredOn',
  'lastModified',
  'requester',
  'performerType',
  'owner',
  'location',
  'restriction',
  'extension',
]);
const extensionValues = new Set([
  'url',
  'valueDateTime',
  'valueInstant',
  'valueDate',
  'valueBoolean',
  'valueInteger',
  'valueCode',
  'valueReference',
]);

const list = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Record<string, unknown>[];
/** A concept that says nothing beyond its codes, of our own system where free codes could carry words. */
const codedOnly = (value: unknown, system?: string): boolean =>
  list(value).every(
    (concept) =>
      concept.text === undefined &&
      list(concept.coding).every(
        (coding) => coding.display === undefined && (system === undefined || coding.system === system),
      ),
  );

export function isWordless(resource: Resource): boolean {
  const task = asJson(resource);
  return (
    Object.keys(task).every((element) => allowed.has(element)) &&
    codedOnly(task.code, taskKindSystem) &&
    codedOnly(task.businessStatus, taskKindSystem) &&
    codedOnly(task.statusReason, taskKindSystem) &&
    // The display of a performer type is the profession's.
    list(task.performerType).every((concept) => concept.text === undefined) &&
    list(task.extension).every((extension) => Object.keys(extension).every((key) => extensionValues.has(key))) &&
    list(task.restriction).every((restriction) =>
      Object.keys(restriction).every((key) => key === 'period' || key === 'recipient' || key === 'repetitions'),
    )
  );
}
