import type { PlanDefinition } from '@medplum/fhirtypes';
import { mayCall } from '../../access/index.ts';
import { FhirProblem, type FhirStore, newId, type Stored } from '../../fhir/index.ts';
import { forbidden, Problem } from '../../platform/index.ts';
import { authorReference, today } from '../../record/index.ts';
import type { ProtocolDetail } from '../contract/protocol-lines.ts';
import type { ProtocolModel } from '../contract/protocol-model.ts';
import { problemsOf } from './check.rules.ts';
import { ext, extensionOf, shippedSystem, textOf } from './codes.ts';
import { newExpressions, nextEdition } from './editions.rules.ts';
import {
  allProtocols,
  draftOf,
  editionOf,
  type Held,
  heldProfessions,
  protocolDetail,
  protocolOf,
  type Shelf,
} from './library.ts';
import { planDefinitionOf } from './plan-definition.rules.ts';

const blank: ProtocolModel = {
  title: 'Nouveau protocole',
  theme: 'other',
  summary: '',
  patients: { words: '', problems: [], ages: null },
  goals: [],
  steps: [],
  alerts: [],
  documents: [],
  sources: [],
  reviewDate: null,
};

/** The contract has decided who writes; a profession that only reads the directory writes protocols all the same. */
const house = (store: FhirStore, what: string): FhirStore => store.asHouse(`protocole : ${what}`);
const conflict = (title: string, detail: string, code: string, more: object = {}) =>
  new Problem(409, title, `${detail} Rien n’a été modifié.`, { extra: { code, ...more } });
const editedMeanwhile = ({ room, caller }: Shelf, stored: Stored<'PlanDefinition'>): Problem => {
  const who = room.directory.who(caller, extensionOf(stored.resource, ext.recorder)?.valueReference, stored.updated);
  return new Problem(
    409,
    'Modifié entre-temps',
    `${who?.name ?? 'Quelqu’un d’autre'} a modifié ce protocole depuis que vous l’avez ouvert. Votre saisie est conservée sur cet écran : comparez les deux, puis enregistrez de nouveau.`,
    {
      extra: { code: 'edited-meanwhile', current: { version: stored.version, recorded: stored.updated, who } },
    },
  );
};
async function mustBeSeen(shelf: Shelf, { stored }: Held, seen: number): Promise<void> {
  await shelf.room.directory.learn(shelf.store, [stored]);
  if (stored.version !== seen) throw editedMeanwhile(shelf, stored);
}
/** Writes over the version seen. */
async function replace(shelf: Shelf, store: FhirStore, definition: PlanDefinition, seen: number): Promise<Stored> {
  try {
    return await store.update(definition, { ifMatch: `W/"${seen}"` });
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412)
      throw editedMeanwhile(shelf, await store.read('PlanDefinition', definition.id!));
    throw error;
  }
}

/** A condition that is asked of patients’ data is written by someone who cares for patients: others would read the data through it. */
async function mayAskData({ room, caller }: Shelf, model: ProtocolModel, known: ProtocolModel | null): Promise<void> {
  if (newExpressions(model, known).length > 0 && !(await mayCall(room.db, caller, { practice: 'emergency-access' })))
    throw forbidden(
      'Une condition calculée sur les données des patients est écrite par un soignant. Gardez les mots, et demandez l’expression à un soignant. Rien n’a été modifié.',
    );
}
const draftBeside = async (shelf: Shelf, id: string): Promise<Held | undefined> =>
  (await allProtocols(shelf.store)).find((one) => draftOf(one.definition) === id);
const shippedIn = (definition: PlanDefinition) => {
  const key = definition.identifier?.find((one) => one.system === shippedSystem)?.value;
  return key ? { key, edition: textOf(definition, ext.shipped) ?? '' } : undefined;
};
async function newDraft(
  shelf: Shelf,
  model: ProtocolModel,
  about: { draftOf?: string; shipped?: { key: string; edition: string } | undefined },
): Promise<string> {
  const id = newId();
  const definition = planDefinitionOf(model, {
    id,
    status: 'draft',
    now: shelf.room.now().toISOString(),
    by: authorReference(shelf.caller),
    ...about,
  });
  await house(shelf.store, 'brouillon').create(definition);
  return id;
}

/** COO-2: a protocol begins blank, or as a copy of another. */
export async function beginProtocol(
  shelf: Shelf,
  body: { model?: ProtocolModel | undefined; from?: string | undefined },
): Promise<ProtocolDetail> {
  const from = body.from === undefined ? null : (await protocolOf(shelf.store, body.from)).model;
  const model = body.model ?? (from ? { ...from, title: `${from.title.slice(0, 150)} (copie)` } : blank);
  await mayAskData(shelf, model, from);
  return protocolDetail(shelf, await newDraft(shelf, model, {}));
}

/** Changes a draft; a protocol in force stays as it is, and a draft is made beside it. */
export async function changeProtocol(
  shelf: Shelf,
  id: string,
  body: { version: number; model: ProtocolModel },
): Promise<ProtocolDetail> {
  const held = await protocolOf(shelf.store, id);
  await mustBeSeen(shelf, held, body.version);
  if (held.definition.status === 'retired')
    throw conflict('Protocole retiré', 'Ce protocole est retiré : copiez-le pour en faire un nouveau.', 'retired');
  await mayAskData(shelf, body.model, held.model);
  if (held.definition.status === 'draft') {
    const { definition } = held;
    const beside = draftOf(definition) ?? undefined;
    const next = planDefinitionOf(body.model, {
      id,
      status: 'draft',
      now: shelf.room.now().toISOString(),
      by: authorReference(shelf.caller),
      draftOf: beside,
      shipped: shippedIn(definition),
    });
    await replace(shelf, house(shelf.store, 'brouillon'), next, body.version);
    return protocolDetail(shelf, id);
  }
  return protocolDetail(shelf, await besideOf(shelf, held, body.model, shippedIn(held.definition)));
}
async function besideOf(
  shelf: Shelf,
  held: Held,
  model: ProtocolModel,
  shipped: { key: string; edition: string } | undefined,
): Promise<string> {
  const other = await draftBeside(shelf, held.stored.id);
  if (other) {
    await shelf.room.directory.learn(shelf.store, [other.stored]);
    const who = shelf.room.directory.who(
      shelf.caller,
      extensionOf(other.definition, ext.recorder)?.valueReference,
      other.stored.updated,
    );
    throw conflict(
      'Brouillon déjà ouvert',
      `${who?.me ? 'Vous avez' : `${who?.name ?? 'Quelqu’un'} a`} déjà un brouillon de ce protocole : continuez-le, ou jetez-le d’abord.`,
      'draft-exists',
      { draft: other.stored.id },
    );
  }
  return newDraft(shelf, model, { draftOf: held.stored.id, shipped });
}

/** Puts a draft in force as a new edition. Patients who follow the older one stay with it until someone takes the new one for them. */
export async function publishProtocol(
  shelf: Shelf,
  id: string,
  body: { version: number; note: string },
): Promise<ProtocolDetail> {
  const draft = await protocolOf(shelf.store, id);
  await mustBeSeen(shelf, draft, body.version);
  if (draft.definition.status !== 'draft')
    throw conflict(
      'Déjà en vigueur',
      'Ce protocole n’est pas un brouillon : modifiez-le pour préparer une nouvelle édition.',
      'not-a-draft',
    );
  const day = today(shelf.room.now());
  const errors = problemsOf(draft.model, await heldProfessions(shelf), day).filter((one) => one.severity === 'error');
  if (errors.length > 0)
    throw new Problem(
      422,
      'Protocole à corriger',
      `${errors.length > 1 ? `${errors.length} points empêchent` : 'Un point empêche'} la mise en vigueur : ${errors[0]!.words} Le brouillon est conservé.`,
      { extra: { code: 'not-ready', problems: errors } },
    );
  const base = draftOf(draft.definition);
  const done = await shelf.store.transaction(async (tx) => {
    const store = house(tx, 'mise en vigueur');
    const current = base === null ? undefined : await store.read('PlanDefinition', base);
    const shipped = shippedIn(draft.definition);
    const definition = planDefinitionOf(draft.model, {
      id: base ?? id,
      status: 'active',
      edition: nextEdition(
        current ? editionOf(current.resource) || undefined : undefined,
        shipped && shipped.edition !== textOf(current?.resource, ext.shipped) ? shipped.edition : undefined,
      ),
      published: day,
      now: shelf.room.now().toISOString(),
      by: authorReference(shelf.caller),
      note: body.note,
      shipped,
    });
    await replace(shelf, store, definition, current ? current.version : body.version);
    if (current) await store.delete('PlanDefinition', id, { ifMatch: `W/"${body.version}"` });
    return definition.id!;
  });
  return protocolDetail(shelf, done);
}

/** Takes a protocol out of use: nobody enters it any more, running patients go on. `back`: the same edition is in force again. */
export async function retireProtocol(
  shelf: Shelf,
  id: string,
  body: { version: number; back: boolean },
): Promise<ProtocolDetail> {
  const held = await protocolOf(shelf.store, id);
  await mustBeSeen(shelf, held, body.version);
  if (body.back) {
    if (held.definition.status !== 'retired')
      throw conflict('Pas retiré', 'Seul un protocole retiré se remet en vigueur.', 'not-retired');
    await replace(
      shelf,
      house(shelf.store, 'remise en vigueur'),
      { ...held.definition, status: 'active' },
      body.version,
    );
    return protocolDetail(shelf, id);
  }
  if (held.definition.status !== 'active')
    throw conflict('Pas en vigueur', 'Seul un protocole en vigueur se retire ; un brouillon se jette.', 'not-active');
  await replace(shelf, house(shelf.store, 'retrait'), { ...held.definition, status: 'retired' }, body.version);
  return protocolDetail(shelf, id);
}

/** A draft with what came newly with the product: the practice reads it, makes it its own, and puts it in force when it wishes. */
export async function takeShipped(shelf: Shelf, id: string, body: { version: number }): Promise<ProtocolDetail> {
  const held = await protocolOf(shelf.store, id);
  await mustBeSeen(shelf, held, body.version);
  const own = shippedIn(held.definition);
  const newest = shelf.shipped.find((one) => one.key === own?.key);
  if (!newest || !own || newest.edition === own.edition)
    throw conflict('Rien de plus récent', 'L’édition livrée avec le produit est celle que vous avez.', 'no-newer');
  return protocolDetail(shelf, await besideOf(shelf, held, newest.model, { key: newest.key, edition: newest.edition }));
}

export async function dropDraft(shelf: Shelf, id: string, body: { version: number }): Promise<{ dropped: string }> {
  const held = await protocolOf(shelf.store, id);
  await mustBeSeen(shelf, held, body.version);
  if (held.definition.status !== 'draft')
    throw conflict(
      'Pas un brouillon',
      'Seul un brouillon se jette ; un protocole en vigueur se retire.',
      'not-a-draft',
    );
  await house(shelf.store, 'brouillon jeté').delete('PlanDefinition', id, { ifMatch: `W/"${body.version}"` });
  return { dropped: id };
}
