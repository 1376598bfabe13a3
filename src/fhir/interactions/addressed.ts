// docs/adr/0051-nobody-kept-out-is-addressed.md: what is asked of someone, or told them, reaches a person whom the patient lets read it.
import { type KindOfData, keptOut, professionKeptOut, professionSystem, staffOf } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { practitionerBehind } from '../patients.store.ts';
import { placeOf } from '../references.ts';
import { patientsOf } from '../store/concerns.ts';
import { kindOfResource } from '../store/kind-of-type.ts';
import { kindOfBit } from '../store/prepare.ts';
import type { JsonResource } from '../store/store.ts';
import { kindBitOf } from './addressed.store.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : value ? [value] : []);

/** Where a resource names who is to do it or to read it. */
const addressees: Readonly<Record<string, (resource: JsonResource) => (readonly [element: string, who: Json])[]>> = {
  Task: ({ owner, restriction }) => [
    ...list(owner).map((who) => ['owner', who] as const),
    ...list((restriction as Json)?.recipient).map((who) => ['restriction.recipient', who] as const),
  ],
  Communication: ({ recipient }) => list(recipient).map((who) => ['recipient', who] as const),
  CommunicationRequest: ({ recipient }) => list(recipient).map((who) => ['recipient', who] as const),
  ServiceRequest: ({ performer }) => list(performer).map((who) => ['performer', who] as const),
  DeviceRequest: ({ performer }) => list(performer).map((who) => ['performer', who] as const),
  MedicationRequest: ({ performer }) => list(performer).map((who) => ['performer', who] as const),
};

/** What a write asks of someone, or tells them, that the version before did not. */
export interface Addressed {
  resource: JsonResource;
  patients: readonly string[];
  /** References to professionals, each with the element that names them. */
  named: ReadonlyMap<string, string>;
  /** Codes of the professions it waits for, when it names nobody. */
  professions: readonly string[];
}
const over = new Set(['completed', 'cancelled', 'rejected', 'failed', 'stopped', 'revoked', 'entered-in-error']);
function namesIn(resource: JsonResource | null): Map<string, string> {
  const found = new Map<string, string>();
  for (const [element, { reference }] of (resource && addressees[resource.resourceType]?.(resource)) || [])
    if (typeof reference === 'string' && /(?:^|\/)Practitioner(?:Role)?\/[^/]+$/.test(reference))
      found.set(reference.split('/').slice(-2).join('/'), element);
  return found;
}

const professionsIn = (resource: JsonResource | null): string[] =>
  !resource || !addressees[resource.resourceType]
    ? []
    : list(resource.performerType)
        .flatMap(({ coding }) => list(coding))
        .flatMap(({ system, code }) => (system === professionSystem && typeof code === 'string' ? [code] : []));

/** @param standing null: it is new */
export function newlyAddressed(standing: JsonResource | null, next: JsonResource): Addressed | null {
  const named = namesIn(next);
  const waits = list(next.owner).length === 0 && list(next.performer).length === 0;
  let asked = waits ? professionsIn(next) : [];
  const patients = named.size > 0 || asked.length > 0 ? patientsOf(next) : [];
  if (patients.length === 0) return null;
  // Taken up again, or moved to another patient, it is asked anew of whom it names; what is over asks nothing, but a message that was sent tells.
  const asks = (resource: JsonResource) =>
    resource.resourceType === 'Communication'
      ? resource.status !== 'entered-in-error'
      : !over.has(String(resource.status));
  if (!asks(next)) return null;
  const before = standing && asks(standing) ? patientsOf(standing) : [];
  if (standing && patients.every((one) => before.includes(one))) {
    for (const one of namesIn(standing).keys()) named.delete(one);
    // Given back by who had taken it, it waits again for whom it had waited for.
    const former = professionsIn(standing);
    asked = asked.filter((one) => !former.includes(one));
  }
  return named.size > 0 || asked.length > 0 ? { resource: next, patients, named, professions: asked } : null;
}

/** The kind of data of its words, which a Task may have in what it focuses on. */
async function kindsOf(sql: Sql, resource: JsonResource): Promise<KindOfData[]> {
  const own = kindOfResource(resource);
  const focus = placeOf((resource.focus as { reference?: string } | undefined)?.reference);
  if (resource.resourceType !== 'Task' || !focus) return [own];
  const words = await kindBitOf(sql, focus.type, focus.id);
  return words === undefined ? [own] : [own, kindOfBit[words]!];
}

/**
 * Refuses what is addressed to someone whom a choice of the patient keeps from reading it; whose choice it is, and about what, is read in the record by whoever may. In the transaction
 * of the writes, after their rights and when all of them stand.
 */
export async function mustReach(sql: Sql, tenant: number, writes: readonly Addressed[]): Promise<void> {
  if (writes.length === 0) return;
  const staff = new Map((await staffOf(sql, tenant)).map((one) => [one.practitioner, one]));
  for (const { resource, patients, named, professions } of writes) {
    const refuse = (who: string, patient: string, element: string): never => {
      throw new FhirProblem(
        409,
        'business-rule',
        `${who} could not read this about Patient/${patient}, in the care team or not: address it to someone else, or see it with the patient. Nothing was changed.`,
        { expression: `${resource.resourceType}.${element}`, about: `${resource.resourceType}/${resource.id}` },
      );
    };
    const people = new Map<string, { reference: string; element: string }>();
    for (const [reference, element] of named) {
      const id = reference.startsWith('PractitionerRole/')
        ? await practitionerBehind(sql, tenant, reference)
        : reference.slice('Practitioner/'.length);
      if (id && staff.has(id)) people.set(id, { reference, element });
    }
    const asked = [...people.keys()].map((id) => staff.get(id)!);
    const kinds = await kindsOf(sql, resource);
    for (const patient of patients) {
      const [kept] = await keptOut(sql, patient, kinds, asked);
      if (kept) {
        const { reference, element } = people.get(kept.practitioner)!;
        refuse(reference, patient, element);
      }
      for (const one of professions)
        if ((await professionKeptOut(sql, tenant, patient, kinds, one)).length > 0)
          refuse(`Nobody of the profession ${one}`, patient, 'performerType');
    }
  }
}
