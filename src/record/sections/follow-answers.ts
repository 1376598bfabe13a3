import { ifThere, kindOfResource, placeOf, type Stored } from '../../fhir/index.ts';
import { firstCode, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { curveOf } from '../read/measures.rules.ts';
import { statusOf } from '../read/reading.ts';
import { stamped } from '../write/author.ts';
import { inError } from '../write/life.ts';
import { replace } from '../write/save.ts';
import { type Extracted, repetitionOf } from './extract.ts';

type Held = Stored<Extracted['resourceType']>;
interface Correction {
  reason?: string | null | undefined;
  /** The answers were marked as sensitive, or no longer are: what came from them is marked alike. */
  markedAnew: boolean;
}

/**
 * After a correction, what came from the answers before is brought to what comes from them now: changed, added, or entered in error.
 * `beyond`: references to what came from them and is not this person's to reach or to write, which is left as it is.
 */
export async function followAnswers(
  entered: Entered,
  before: readonly string[],
  now: readonly Extracted[],
  correction: Correction,
): Promise<{ lines: Stored[]; beyond: string[] }> {
  const { held, beyond } = await stillHeld(entered, before);
  const { pairs, left } = paired(held, now);
  const lines: Stored[] = [];
  for (const stored of held) {
    const next = pairs.get(stored);
    if (!next) lines.push(await takenBack(entered, stored, correction));
    else if (isSame(next, stored.resource, correction)) lines.push(stored);
    else lines.push(await amended(entered, stored, next, correction));
  }
  if (left.length > 0) lines.push(...(await entered.store.createMany(left)));
  return { lines, beyond };
}

/** What someone marked as entered in error is out of it for good. */
async function stillHeld(entered: Entered, before: readonly string[]): Promise<{ held: Held[]; beyond: string[] }> {
  const held: Held[] = [];
  const beyond: string[] = [];
  for (const reference of before) {
    const place = placeOf(reference);
    if (place?.type !== 'Observation' && place?.type !== 'Condition') continue;
    const stored = await ifThere(entered.store.read(place.type, place.id));
    if (!stored || !entered.rights.add.has(kindOfResource(stored.resource))) beyond.push(reference);
    else if (statusOf(stored.resource) !== 'entered-in-error') held.push(stored);
  }
  return { held, beyond };
}

/** Each repetition first finds what came from itself; one that was given another name follows the code alone. */
function paired(held: readonly Held[], now: readonly Extracted[]): { pairs: Map<Held, Extracted>; left: Extracted[] } {
  const pairs = new Map<Held, Extracted>();
  const left = [...now];
  const pair = (alike: (one: Extracted, stored: Extracted) => boolean): void => {
    for (const stored of held) {
      if (pairs.has(stored)) continue;
      const at = left.findIndex((one) => ofOneCode(one, stored.resource) && alike(one, stored.resource));
      if (at >= 0) pairs.set(stored, left.splice(at, 1)[0]!);
    }
  };
  pair((one, stored) => repetitionOf(one) === repetitionOf(stored));
  pair(() => true);
  return { pairs, left };
}
const codeOf = (resource: Extracted): string =>
  resource.resourceType === 'Observation' ? curveOf(resource) : (firstCode(resource.code) ?? '');
const ofOneCode = (one: Extracted, other: Extracted): boolean =>
  one.resourceType === other.resourceType && codeOf(one) === codeOf(other);
/** A problem has no value of its own: the code, which paired them, is all. */
const valueOf = (resource: Extracted): string =>
  resource.resourceType === 'Condition'
    ? ''
    : JSON.stringify([
        resource.valueQuantity,
        resource.valueInteger,
        resource.component?.map((one) => one.valueQuantity),
        resource.effectiveDateTime,
      ]);
const isSame = (one: Extracted, other: Extracted, { markedAnew }: Correction): boolean =>
  repetitionOf(one) === repetitionOf(other) &&
  valueOf(one) === valueOf(other) &&
  !(markedAnew && sensitivityOf(one) !== sensitivityOf(other));

const amended = (
  entered: Entered,
  stored: Held,
  next: Extracted,
  { reason, markedAnew }: Correction,
): Promise<Stored> =>
  replace(
    entered,
    stored,
    stored.version,
    stamped(
      entered,
      { ...next, id: stored.id, ...(stored.type === 'Observation' && { status: 'amended' }) },
      { base: stored.resource, reason, ...(markedAnew && { sensitive: sensitivityOf(next) }) },
    ),
    reason,
  );
const takenBack = (entered: Entered, stored: Held, { reason }: Correction): Promise<Stored> =>
  replace(
    entered,
    stored,
    stored.version,
    stamped(entered, inError(stored.resource), {
      base: stored.resource,
      reason: reason ?? 'La réponse dont elle venait a été corrigée',
    }),
    reason,
  );
