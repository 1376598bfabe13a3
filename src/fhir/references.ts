import type { Reference } from '@medplum/fhirtypes';
import { isResourceType } from './definitions/index.ts';
import type { ResourceOf, ResourceType } from './store/store.ts';

/** Where a reference to a resource of this server points, its version left aside; null when it points to none. */
export function placeOf(reference: string | null | undefined): { type: ResourceType; id: string } | null {
  const [type = '', id = ''] = reference?.split('/') ?? [];
  return id && isResourceType(type) ? { type, id } : null;
}
/** Whether a reference is to a resource of this type, on this server. */
export const refersTo = <T extends ResourceType>(
  reference: Reference | undefined,
  type: T,
): reference is Reference<ResourceOf<T>> & { reference: string } =>
  reference?.reference?.startsWith(`${type}/`) ?? false;
/** `Type/id`, with the words that name it. */
export const referenceTo = <T extends ResourceType>(
  type: T,
  id: string,
  display?: string,
): Reference<ResourceOf<T>> & { reference: string } => ({ reference: `${type}/${id}`, ...(display && { display }) });
