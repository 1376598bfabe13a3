import { staffOf } from '../../access/index.ts';
import {
  asJson,
  FhirProblem,
  isResourceType,
  isStored,
  type Resource,
  type ResourceOf,
  type ResourceType,
  type Stored,
  type Writable,
} from '../../fhir/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import { describe } from '../read/describe.ts';
import type { Entered } from '../read/enter.ts';
import { lineOf, writerOf } from '../read/reading.ts';
import { compared, titled } from './compare.rules.ts';

/** How long the screen offers «Annuler»; the server is patient for a slow network. */
export const undoSeconds = 10;

/** Answers with the lines as the server now holds them. */
export async function written(entered: Entered, stored: readonly Stored[]): Promise<Written> {
  await entered.room.directory.learn(entered.store, stored);
  return {
    lines: stored.map((one) => lineOf(entered.reading, one)),
    undoUntil: new Date(entered.room.now().getTime() + undoSeconds * 1000).toISOString(),
  };
}
/** Adds entries, all or none. */
export async function add(entered: Entered, resources: readonly Resource[]): Promise<Written> {
  return written(entered, await entered.store.createMany(resources));
}

/** A type as an address says it. */
export function typeNamed(type: string): ResourceType {
  if (!isResourceType(type)) throw notFound('Cet élément');
  return type;
}
/** An entry of this very patient, as it stands; 404 for another patient's. */
export async function entryOf<T extends ResourceType>(entered: Entered, type: T, id: string): Promise<Stored<T>> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw notFound('Cet élément');
  const stored = await entered.store.read(type, id);
  if (!isAbout(stored.resource, entered.patientId)) throw notFound('Cet élément');
  return stored;
}
function isAbout(of: Resource, patient: string): boolean {
  const resource = asJson(of);
  const named = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    (value as { reference?: unknown }).reference === `Patient/${patient}`;
  const participants = (Array.isArray(resource.participant) ? resource.participant : []) as { actor?: unknown }[];
  return (
    named(resource.subject) ||
    named(resource.patient) ||
    named(resource.for) ||
    participants.some((one) => named(one?.actor))
  );
}

/** What a new entry names beside itself is here: its visit and its problems of this record, who did it of this practice. */
export async function linksHere(
  entered: Entered,
  body: {
    encounter?: string | null | undefined;
    problems?: readonly string[] | undefined;
    by?: string | null | undefined;
  },
): Promise<void> {
  const mustBe = (type: ResourceType, id: string, field: string, words: string) =>
    entryOf(entered, type, id).catch((error: { status?: number }) => {
      throw [403, 404, 410].includes(error.status ?? 0)
        ? invalid(`${words} Rien n’a été enregistré.`, { [field]: words })
        : error;
    });
  if (body.encounter) await mustBe('Encounter', body.encounter, 'encounter', 'Cette visite n’est pas dans ce dossier.');
  for (const id of body.problems ?? [])
    await mustBe('Condition', id, 'problems', 'Ce problème n’est pas dans ce dossier.');
  if (
    body.by &&
    !(await entered.store.sql((sql) => staffOf(sql, entered.caller.tenant))).some(
      ({ practitioner }) => practitioner === body.by,
    )
  )
    throw invalid('Cette personne n’est pas de la structure. Rien n’a été enregistré.', {
      by: 'Choisissez une personne de la liste.',
    });
}

/**
 * Corrects an entry: a new version, never an overwriting (DOS-16). Another's version in between is told with both in words (SEC-11).
 * @param change gets the version that stands and gives the new one.
 */
export async function correct<T extends ResourceType>(
  entered: Entered,
  type: T,
  id: string,
  seen: number | undefined,
  reason: string | null | undefined,
  change: (base: ResourceOf<T>) => Resource,
): Promise<Written> {
  const stored = await entryOf<ResourceType>(entered, type, id);
  if (seen === undefined)
    throw new Problem(
      422,
      'Saisie à corriger',
      'La version que vous corrigez manque. Rechargez la page puis recommencez.',
      { fields: { version: 'Version manquante.' } },
    );
  if (lineOf(entered.reading, stored).status === 'entered-in-error')
    throw new Problem(
      409,
      'Saisi par erreur',
      'Cet élément a été marqué comme saisi par erreur : il ne se corrige plus. Ajoutez-en un nouveau.',
      { extra: { code: 'entered-in-error' } },
    );
  if (!isStored(stored, type)) throw notFound('Cet élément');
  const next = { ...change(stored.resource), id };
  return written(entered, [await replace(entered, stored, seen, next, reason)]);
}
/** Writes `next` over the version seen, or answers 409 with what the other one wrote. */
export async function replace<T extends ResourceType>(
  entered: Entered,
  stored: Stored,
  seen: number,
  next: Writable<T>,
  reason: string | null | undefined,
): Promise<Stored<T>> {
  try {
    if (stored.version !== seen) throw await editedMeanwhile(entered, stored, next);
    return await entered.store.update(next, { ifMatch: `W/"${seen}"`, ...(reason && { reason }) });
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412)
      throw await editedMeanwhile(entered, await entered.store.read(stored.type, stored.id), next);
    throw error;
  }
}
async function editedMeanwhile(entered: Entered, current: Stored, mine: Resource): Promise<Problem> {
  await entered.room.directory.learn(entered.store, [current]);
  const who = entered.reading.directory.who(entered.caller, writerOf(current.resource), current.updated);
  const comparison = compared(
    titled(describe(current.resource, entered.reading)),
    titled(describe(mine, entered.reading)),
  );
  return new Problem(
    409,
    'Modifié entre-temps',
    `${who?.name ?? 'Quelqu’un d’autre'} a modifié cet élément depuis que vous l’avez ouvert. Votre saisie est conservée sur cet écran : comparez les deux, puis enregistrez de nouveau.`,
    {
      extra: {
        code: 'edited-meanwhile',
        current: { version: current.version, recorded: current.updated, who },
        comparison,
      },
    },
  );
}
