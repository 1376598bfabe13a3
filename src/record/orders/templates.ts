import type { DeviceRequest, MedicationRequest, PlanDefinition, ServiceRequest } from '@medplum/fhirtypes';
import { FhirProblem, newId, type Stored } from '../../fhir/index.ts';
import { forbidden, notFound, Problem } from '../../platform/index.ts';
import type { OrderLineBody } from '../contract/orders/line.ts';
import type { OrderTemplate } from '../contract/wire-orders.ts';
import { mayPrescribe, prescribedBy } from '../data/orders/prescribers.ts';
import { shippedTemplates } from '../data/orders/templates.ts';
import { authorReference } from '../directory.ts';
import { as, idOf, normalise, plain, withoutEmpty } from '../fhir-words.ts';
import type { PersonCaller, Room } from '../room.ts';
import { bodyOf, kindOfOrder, type OrderResource, resourceOf } from './line.rules.ts';

/**
 * A usual prescription of the team: a PlanDefinition of the type order-set, its lines contained as proposals about nobody, each named by an action. About no patient: read by everyone of the practice.
 */
const typeSystem = 'http://terminology.hl7.org/CodeSystem/plan-definition-type';
const lineUrl = 'urn:estran:order-line';
const authorUrl = 'urn:estran:recorder';
const template = (plan: PlanDefinition): boolean => plan.url?.startsWith('urn:estran:ordonnance:') ?? false;

const setOf = (id: string, caller: PersonCaller, body: { title: string; lines: readonly OrderLineBody[]; note: string }, day: string): PlanDefinition => {
  const contained = body.lines.map((line, at) => ({ ...resourceOf({ ...line, from: null, due: null, performer: null, renews: null }, { id: `l${at + 1}`, subject: { display: 'Modèle' }, requester: undefined, authoredOn: day, group: id, from: day }, 'draft'), intent: 'proposal' }));
  return withoutEmpty({
    resourceType: 'PlanDefinition', id, url: `urn:estran:ordonnance:${id}`, status: 'active', title: body.title, type: { coding: [{ system: typeSystem, code: 'order-set' }] }, date: day, extension: [{ url: authorUrl, valueReference: authorReference(caller) }],
    description: body.note || undefined, contained: contained as never, action: contained.map((one, at) => ({ title: body.lines[at]!.label, extension: [{ url: lineUrl, valueReference: { reference: `#${one.id}` } }] })),
  } as PlanDefinition);
};
function viewOf(room: Room, caller: PersonCaller, stored: Stored): OrderTemplate {
  const plan = as<PlanDefinition>(stored);
  const by = plan.extension?.find(({ url }) => url === authorUrl)?.valueReference;
  const held = new Map((plan.contained ?? []).map((one) => [`#${one.id}`, one as MedicationRequest | ServiceRequest | DeviceRequest]));
  const lines = (plan.action ?? []).flatMap((action) => {
    const resource = held.get(action.extension?.find(({ url }) => url === lineUrl)?.valueReference?.reference ?? '') as OrderResource | undefined;
    const kind = resource && kindOfOrder(resource);
    return resource && kind ? [bodyOf(resource, kind)] : [];
  });
  const mine = idOf(by, 'Practitioner') === caller.practitioner;
  return { id: stored.id, version: stored.version, title: plan.title ?? 'Modèle', by: room.directory.who(caller, by)?.name ?? '', mine, shipped: false, canEdit: mine || caller.roles.length > 0, lines, note: plan.description ?? '' };
}
const fits = (profession: string, lines: readonly OrderLineBody[]): boolean => lines.length > 0 && lines.every(({ kind }) => mayPrescribe(profession, kind) !== undefined);

/** Those my profession may sign whole, mine first, then the team's, then those that come with the product. */
export async function orderTemplates(room: Room, caller: PersonCaller): Promise<{ templates: OrderTemplate[] }> {
  if (prescribedBy(caller.profession).length === 0) return { templates: [] };
  const store = room.fhirFor(caller);
  const { resources } = await store.search('PlanDefinition', [['type', `${typeSystem}|order-set`], ['_count', '500']]);
  const own = resources.filter((one) => template(as(one)) && as<PlanDefinition>(one).status === 'active');
  await room.directory.learn(store, own);
  const kept = own.map((one) => viewOf(room, caller, one)).filter(({ lines }) => fits(caller.profession, lines)).sort((a, b) => Number(b.mine) - Number(a.mine) || a.title.localeCompare(b.title, 'fr'));
  const named = new Set(kept.map(({ title }) => normalise(title)));
  const shipped = shippedTemplates.filter(({ title, lines }) => fits(caller.profession, lines) && !named.has(normalise(title))).map((one): OrderTemplate => ({ ...one, version: 0, by: 'Estran', mine: false, shipped: true, canEdit: false }));
  return { templates: [...kept, ...shipped] };
}
function mustPrescribe(caller: PersonCaller, lines: readonly OrderLineBody[]): void {
  if (!fits(caller.profession, lines)) throw forbidden('Un modèle ne contient que ce que votre profession peut prescrire. Rien n’a été enregistré.');
}
// Definitions are written by few professions; a usual prescription by whoever may sign it, which is checked here.
const house = (room: Room, caller: PersonCaller) => room.fhirFor(caller).asHouse('modèle d’ordonnance');
export async function keepOrderTemplate(room: Room, caller: PersonCaller, body: { title: string; lines: OrderLineBody[]; note: string }): Promise<OrderTemplate> {
  mustPrescribe(caller, body.lines);
  return viewOf(room, caller, await house(room, caller).create(plain(setOf(newId(), caller, body, room.now().toISOString().slice(0, 10)))));
}
async function mineToChange(room: Room, caller: PersonCaller, id: string): Promise<Stored> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw notFound('Ce modèle d’ordonnance');
  const store = room.fhirFor(caller);
  const stored = await store.read('PlanDefinition', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status < 500) throw notFound('Ce modèle d’ordonnance');
    throw error;
  });
  if (!template(as(stored))) throw notFound('Ce modèle d’ordonnance');
  await room.directory.learn(store, [stored]);
  if (!viewOf(room, caller, stored).canEdit) throw forbidden('Un modèle se change par qui l’a fait. Gardez le vôtre à côté. Rien n’a été modifié.');
  return stored;
}
const meanwhile = (current: OrderTemplate, mine: string): Problem => new Problem(409, 'Modifié entre-temps', `Ce modèle a été modifié entre-temps : il s’appelle « ${current.title} » et a ${current.lines.length} ligne(s). Votre saisie reste sur cet écran.`, { extra: { code: 'edited-meanwhile', current, mine } });
export async function changeOrderTemplate(room: Room, caller: PersonCaller, id: string, body: { title: string; lines: OrderLineBody[]; note: string; version: number }): Promise<OrderTemplate> {
  const stored = await mineToChange(room, caller, id);
  mustPrescribe(caller, body.lines);
  if (stored.version !== body.version) throw meanwhile(viewOf(room, caller, stored), body.title);
  const next = { ...setOf(id, caller, body, room.now().toISOString().slice(0, 10)), extension: as<PlanDefinition>(stored).extension };
  return viewOf(room, caller, await house(room, caller).update(plain(next as PlanDefinition), { ifMatch: `W/"${body.version}"` }));
}
export async function dropOrderTemplate(room: Room, caller: PersonCaller, id: string, version: number): Promise<void> {
  const stored = await mineToChange(room, caller, id);
  if (stored.version !== version) throw meanwhile(viewOf(room, caller, stored), '');
  await house(room, caller).delete('PlanDefinition', id, { ifMatch: `W/"${version}"` });
}
