import { parametersOf, resourceTypes } from '../search/parameters.ts';
import { referenceHash } from '../search/hashes.ts';
import type { Coding, JsonResource } from './store.ts';

/** On what a merge rewrote: the patient it named before (`code`). */
export const mergedFromSystem = 'urn:estran:merged-from';

const escape = (id: string) => id.replace(/[.]/g, '\\.');

/** Makes every reference to Patient `from` one to Patient `to`, in place, wherever it stands; returns how many. What a Patient's own links
 * say of a merge is that merge's to write. */
export function renamePatient(resource: JsonResource, from: string, to: string): number {
  const naming = new RegExp(`^((?:.*/)?Patient/)${escape(from)}(?:/_history/[A-Za-z0-9\\-.]{1,64})?$`);
  let renamed = 0;
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const object = value as Record<string, unknown>;
    for (const [name, inner] of Object.entries(object)) {
      if (name !== 'reference' || typeof inner !== 'string') {
        if (name === 'link' && resource.resourceType === 'Patient')
          visit((inner as { type?: string }[]).filter((one) => one.type !== 'replaced-by' && one.type !== 'replaces'));
        else visit(inner);
        continue;
      }
      const found = naming.exec(inner);
      if (!found) continue;
      object[name] = `${found[1]}${to}`;
      renamed++;
    }
  };
  visit(resource);
  return renamed;
}

/** Whether a reference to this patient stands anywhere in it. */
export const namesPatient = (resource: JsonResource, id: string): boolean =>
  renamePatient(structuredClone(resource), id, id) > 0;

export function mark(resource: JsonResource, from: string): void {
  const tag = (resource.meta?.tag ?? []).filter((one) => one.system !== mergedFromSystem);
  resource.meta = { ...resource.meta, tag: [...tag, { system: mergedFromSystem, code: from }] };
}
export function unmark(resource: JsonResource): void {
  const { tag, ...meta } = resource.meta ?? {};
  const kept = ((tag ?? []) as Coding[]).filter((one) => one.system !== mergedFromSystem);
  resource.meta = { ...meta, ...(kept.length > 0 && { tag: kept }) };
}

let naming: string[] | undefined;
/** Where the index keeps a reference to this patient: by every parameter of every type that may hold one. */
export function hashesNaming(patient: string): string[] {
  naming ??= resourceTypes.flatMap((type) =>
    [...parametersOf(type).values()]
      .filter((one) => one.type === 'reference' && (one.targets === null || one.targets.includes('Patient')))
      .map((one) => `${type}|${one.code}`),
  );
  return naming.map((parameter) => referenceHash(parameter, `Patient/${patient}`));
}
