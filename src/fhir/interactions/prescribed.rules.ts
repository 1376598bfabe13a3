// docs/adr/0022-prescriptions.md: a signed document, its lines, and the Task that follows each.
import { categorySystem } from '../store/kind-of-type.ts';
import { asJson, type Resource } from '../store/store.ts';
import { taskKindSystem } from '../store/wordless.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : value ? [value] : []);
const hasCode = (value: unknown, system: string, code: string): boolean =>
  list(value).some((concept) => list(concept.coding).some((one) => one.system === system && one.code === code));

const prescription = 'urn:estran:prescription';
export const isPrescription = (resource: Resource): boolean =>
  resource.resourceType === 'Composition' && hasCode(asJson(resource).category, categorySystem, 'ordonnance');
export const isLine = ({ resourceType: type, requisition, groupIdentifier }: Json): boolean =>
  (type === 'ServiceRequest' && requisition?.system === prescription) ||
  ((type === 'MedicationRequest' || type === 'DeviceRequest') && groupIdentifier?.system === prescription);
/** What is said of a line makes the state of this Task. */
export const followsLine = (resource: Resource): boolean =>
  resource.resourceType === 'Task' && hasCode(asJson(resource).code, taskKindSystem, 'order');
