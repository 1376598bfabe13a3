import type { DocumentReference, Extension } from '@medplum/fhirtypes';
import type { z } from 'zod';
import {
  asJson,
  type FhirStore,
  type JsonResource,
  type Resource,
  type ResourceOf,
  type ResourceType,
  type Stored,
} from '../../fhir/index.ts';
import { conflict, forbidden, Problem } from '../../platform/index.ts';
import type { entryReply, undone, versionsReply, Written } from '../contract.ts';
import { concept } from '../fhir-words.ts';
import { describe } from '../read/describe.ts';
import type { Entered } from '../read/enter.ts';
import { extensionText, correctionUrl, readUrl, withExtension } from '../read/labels.ts';
import { formFor, isOfOrder, lineOf, statusLabels, statusOf, writerOf } from '../read/reading.ts';
import { reinstate } from '../documents/sort.ts';
import { vaccineValues } from '../vaccines/write-vaccine.ts';
import { acknowledgeResult } from '../results/acknowledge-results.ts';
import { dispenses, dispenseValues } from '../treatments/dispense.ts';
import { treatmentValues } from '../treatments/write-treatment.ts';
import { author, stamped } from './author.ts';
import { mustMarkInError, tellAuthor, whyNotInError } from './own-words.ts';
import { alertValues } from './build-alert.ts';
import { allergyValues } from './build-allergy.ts';
import { documentValues } from './build-document.ts';
import { goalValues } from './build-goal.ts';
import { noteValues } from './build-note.ts';
import { problemValues } from './build-problem.ts';
import { historyValues } from '../history/build-history.ts';
import { compared, titled } from './compare.rules.ts';
import { measureFormValues } from './enter-measures.ts';
import { writersOf } from './writers.store.ts';
import { correct, entryOf, replace, typeNamed, undoSeconds, written } from './save.ts';

/** One entry with what its form holds. */
export async function readEntry(entered: Entered, type: string, id: string): Promise<z.infer<typeof entryReply>> {
  const stored = await entryOf<ResourceType>(entered, typeNamed(type), id);
  await entered.room.directory.learn(entered.store, [stored]);
  const said = describe(stored.resource, entered.reading);
  return {
    line: lineOf(entered.reading, stored),
    title: said.title,
    details: said.details,
    fields: said.fields,
    values: formValues(entered, stored.resource),
    errorWords: await whyNotInError(entered, stored),
  };
}
function formValues(entered: Entered, resource: ResourceOf<ResourceType>): Record<string, unknown> {
  const form = formFor(resource);
  if (form === null) return {};
  switch (resource.resourceType) {
    case 'Observation':
      return form === 'measures' ? measureFormValues(resource, entered) : historyValues(resource);
    case 'Composition':
    case 'ClinicalImpression':
      return noteValues(resource);
    case 'Condition':
      return form === 'problem' ? problemValues(resource) : historyValues(resource);
    case 'AllergyIntolerance':
      return allergyValues(resource);
    case 'Immunization':
      return vaccineValues(resource);
    case 'MedicationStatement':
      return treatmentValues(resource);
    case 'MedicationDispense':
      return dispenseValues(resource);
    case 'DocumentReference':
      return form === 'document' ? documentValues(resource) : {};
    case 'Flag':
      return alertValues(resource);
    case 'FamilyMemberHistory':
    case 'Procedure':
      return historyValues(resource);
    case 'Goal':
      return goalValues(resource);
    default:
      return {};
  }
}

/** DOS-16: every version, newest first, each compared in words with the one before. */
export async function versions(entered: Entered, type: string, id: string): Promise<z.infer<typeof versionsReply>> {
  const named = typeNamed(type);
  await entryOf(entered, named, id).catch((error: { status?: number }) => {
    // A deleted draft keeps its versions, which the history's own rights decide on.
    if (error.status !== 410) throw error;
  });
  const { versions: found } = await entered.store.history<ResourceType>(named, id, { count: 200 });
  await entered.room.directory.learn(entered.store, found);
  const writers = new Map(
    (await entered.store.sql((sql) => writersOf(sql, entered.caller.tenant, entered.patientId, `${type}/${id}`))).map(
      (one) => [one.version, one],
    ),
  );
  /** The ledger knows who wrote where the resource still names who wrote before. */
  const whoWrote = (one: Stored) => {
    const [named, writer] = [writerOf(one.resource), writers.get(one.version)];
    const reference =
      !writer || writer.actor === 'System' || writer.actor === named?.reference
        ? named
        : writer.actor.startsWith('Practitioner/')
          ? { reference: writer.actor, display: writer.actor_name }
          : { display: writer.actor_name || 'Logiciel relié' };
    return entered.reading.directory.who(entered.caller, reference, one.updated);
  };
  const said = found.map((one) => (one.deleted ? { title: '', fields: [] } : describe(one.resource, entered.reading)));
  return {
    title: said.find((one) => one.title)?.title ?? '',
    versions: found.map((one, at) => {
      const status = one.deleted ? 'entered-in-error' : statusOf(one.resource);
      const before = said[at + 1];
      return {
        version: one.version,
        recorded: one.updated,
        who: one.deleted ? null : whoWrote(one),
        status,
        statusLabel: one.deleted ? 'Supprimé' : statusLabels[status],
        reason: one.deleted
          ? null
          : (extensionText(one.resource as { extension?: Extension[] }, correctionUrl) ?? null),
        deleted: one.deleted,
        fields: one.deleted ? [] : [...titled(said[at]!)],
        changes: before ? compared(titled(before), titled(said[at]!)) : [],
      };
    }),
  };
}

/** The resource marked as entered in error, by the element its type has for it. */
export function inError(resource: Resource): JsonResource {
  const elements = asJson(resource);
  switch (resource.resourceType) {
    case 'Condition':
    case 'AllergyIntolerance': {
      // con-5 and ait-2: what was entered in error has no clinical status.
      const { clinicalStatus: _, ...rest } = elements;
      const set = resource.resourceType === 'Condition' ? 'condition-ver-status' : 'allergyintolerance-verification';
      return {
        ...rest,
        resourceType: resource.resourceType,
        verificationStatus: concept(set, 'entered-in-error', 'Saisi par erreur'),
      };
    }
    case 'Goal':
      return { ...elements, lifecycleStatus: 'entered-in-error' };
    default:
      return { ...elements, status: 'entered-in-error' };
  }
}
const markable = new Set([
  'Observation',
  'Condition',
  'AllergyIntolerance',
  'Immunization',
  'MedicationStatement',
  'MedicationRequest',
  'MedicationDispense',
  'Composition',
  'ClinicalImpression',
  'DocumentReference',
  'Flag',
  'FamilyMemberHistory',
  'Procedure',
  'Goal',
  'DiagnosticReport',
  'QuestionnaireResponse',
  'Communication',
  'Task',
  'ServiceRequest',
]);
export function markInError(
  entered: Entered,
  type: string,
  id: string,
  version: number,
  reason: string,
): Promise<Written> {
  if (!markable.has(type))
    throw new Problem(
      422,
      'Impossible ici',
      'Ce type d’élément ne se marque pas comme saisi par erreur. Rien n’a été modifié.',
    );
  if (type === 'MedicationDispense' && !dispenses(entered))
    throw forbidden(
      'Une délivrance se corrige, ou se marque comme saisie par erreur, par un pharmacien. Appelez la pharmacie. Rien n’a été modifié.',
    );
  return entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const named = typeNamed(type);
    const before = await entryOf<ResourceType>(within, named, id);
    mustStandAlone(before.resource);
    await mustMarkInError(within, before);
    const done = await correct<ResourceType>(within, named, id, version, reason, (base) =>
      stamped(within, inError(base), { base, reason }),
    );
    await tellAuthor(within, store, before, { kind: 'entry-in-error', reason });
    if (type === 'DocumentReference') await backInForce(store, [(await store.read('DocumentReference', id)).resource]);
    return done;
  });
}
/** Marked here, a prescription would leave its treatments running and its care to be done. */
function mustStandAlone(resource: Resource): void {
  if (isOfOrder(resource))
    throw conflict(
      'Une ordonnance signée s’annule sur la page « Ordonnances », avec la raison : ses lignes et ce qui en est attendu s’arrêtent avec elle. Rien n’a été modifié.',
      { code: 'of-order' },
    );
}
/** What a withdrawn document or letter had taken the place of stands again, to be read by whoever was asked: who may withdraw was just decided, and it may hold what they do not see. */
async function backInForce(store: FhirStore, withdrawn: readonly DocumentReference[]): Promise<void> {
  const house = store.asHouse('document de nouveau en vigueur');
  for (const one of withdrawn) await reinstate(house, one);
}

/** «J’ai lu»: kept on the document or result, with who and when; a second reader is added. */
export async function acknowledge(entered: Entered, type: string, id: string, version: number): Promise<Written> {
  if (type !== 'DocumentReference' && type !== 'DiagnosticReport')
    throw new Problem(422, 'Impossible ici', 'Seuls les documents et les résultats se marquent comme lus.');
  // A result is acknowledged, by who may.
  if (type === 'DiagnosticReport') return acknowledgeResult(entered, id, { version, decision: '' });
  const stored = await entryOf(entered, type, id);
  const holder = stored.resource as { extension?: Extension[] };
  const read: Extension = {
    url: readUrl,
    extension: [
      { url: 'by', valueReference: author(entered) },
      { url: 'at', valueDateTime: entered.now.toISOString() },
    ],
  };
  const mine = holder.extension?.some(
    (one) =>
      one.url === readUrl &&
      one.extension?.some((part) => part.valueReference?.reference === `Practitioner/${entered.caller.practitioner}`),
  );
  if (mine) return written(entered, [stored]);
  const next = {
    ...stored.resource,
    extension: [
      ...withExtension({ extension: holder.extension?.filter((one) => one.url !== readUrl) }, readUrl, undefined),
      ...(holder.extension ?? []).filter((one) => one.url === readUrl),
      read,
    ],
  };
  return written(entered, [await replace(entered, stored, version, next, 'lu')]);
}

/**
 * Takes back what its author wrote in the last seconds: a draft that was just begun is deleted, anything else that was just added is marked
 * entered in error, what was corrected goes back to the version before. All or none.
 */
export async function undo(
  entered: Entered,
  entries: readonly { type: string; id: string; version: number }[],
): Promise<z.infer<typeof undone>> {
  const done: z.infer<typeof undone>['undone'] = [];
  await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const withdrawn: DocumentReference[] = [];
    for (const { type: said, id, version } of entries) {
      const type = typeNamed(said);
      const stored = await entryOf<ResourceType>(within, type, id);
      const mine = writerOf(stored.resource)?.reference === `Practitioner/${entered.caller.practitioner}`;
      const old = entered.now.getTime() - Date.parse(stored.updated) > (undoSeconds + 5) * 1000;
      if (stored.version !== version || !mine || old)
        throw new Problem(
          409,
          'Trop tard pour annuler',
          'Cet élément a changé ou le délai est passé : rien n’a été annulé. Corrigez-le, ou marquez-le comme saisi par erreur.',
          { extra: { code: 'too-late' } },
        );
      if (stored.version > 1) {
        const before = await store.readVersion(type, id, String(version - 1));
        await replace(within, stored, version, { ...before.resource, id }, 'annulé par son auteur');
        done.push({ type, id, act: 'restored' });
      } else if (statusOf(stored.resource) === 'draft' || type === 'ImmunizationRecommendation') {
        await store.delete(type, id, { ifMatch: `W/"${version}"`, reason: 'brouillon annulé par son auteur' });
        done.push({ type, id, act: 'deleted' });
      } else {
        mustStandAlone(stored.resource);
        await replace(
          within,
          stored,
          version,
          stamped(within, inError(stored.resource), {
            base: stored.resource,
            reason: 'Annulé aussitôt par son auteur',
          }),
          'annulé par son auteur',
        );
        done.push({ type, id, act: 'entered-in-error' });
        if (stored.type === 'DocumentReference') withdrawn.push(stored.resource);
      }
    }
    await backInForce(store, withdrawn);
  });
  return { undone: done };
}
