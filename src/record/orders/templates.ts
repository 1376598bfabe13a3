import type { DeviceRequest, MedicationRequest, PlanDefinition, ServiceRequest } from '@medplum/fhirtypes';
import { professions } from '../../access/index.ts';
import { FhirProblem, newId, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, notFound, Problem } from '../../platform/index.ts';
import type { OrderLineBody } from '../contract/orders/line.ts';
import type { OrderTemplate, OrderTemplateBody, OrderTemplateShelf } from '../contract/wire-orders.ts';
import { mayPrescribe, prescribedBy, prescribers } from '../data/orders/prescribers.ts';
import { type ShippedTemplate, shippedTemplates } from '../data/orders/templates.ts';
import { authorReference } from '../directory.ts';
import { idOf, normalise, withoutEmpty } from '../fhir-words.ts';
import type { PersonCaller, Room } from '../room.ts';
import { bodyOf, kindOfOrder, type OrderResource, resourceOf } from './line.rules.ts';

/**
 * A usual prescription of the team: a PlanDefinition of the type order-set, its lines contained as proposals about nobody, each named by an action. About no patient: read by everyone of the practice.
 * It is its author's, or the practice's (a mark of ours): then whoever may sign it whole changes it.
 */
const typeSystem = 'http://terminology.hl7.org/CodeSystem/plan-definition-type';
const lineUrl = 'urn:estran:order-line';
const authorUrl = 'urn:estran:recorder';
const scopeUrl = 'urn:estran:of-practice';
const template = (plan: PlanDefinition): boolean => plan.url?.startsWith('urn:estran:ordonnance:') ?? false;

type Scope = OrderTemplate['scope'];
const scopeOf = (plan: PlanDefinition): Scope =>
  plan.extension?.some(({ url, valueBoolean }) => url === scopeUrl && valueBoolean) ? 'practice' : 'mine';
const authorOf = (plan: PlanDefinition) => plan.extension?.find(({ url }) => url === authorUrl)?.valueReference;
/** What is of one day, one person or one earlier line is no model. */
const general = (line: OrderLineBody): OrderLineBody => ({
  ...line,
  from: null,
  due: null,
  performer: null,
  renews: null,
  controlled: line.controlled && { ...line.controlled, overlap: false, pharmacy: '' },
  transport: line.transport && { ...line.transport, accident: '' },
});

function setOf(
  id: string,
  author: ReturnType<typeof authorOf>,
  body: OrderTemplateBody & { scope: Scope },
  day: string,
): PlanDefinition {
  const contained = body.lines.map((line, at) => ({
    ...resourceOf(
      general(line),
      { id: `l${at + 1}`, subject: { display: 'Modèle' }, requester: undefined, authoredOn: day, group: id, from: day },
      'draft',
    ),
    intent: 'proposal',
  }));
  return withoutEmpty({
    resourceType: 'PlanDefinition',
    id,
    url: `urn:estran:ordonnance:${id}`,
    status: 'active',
    title: body.title,
    type: { coding: [{ system: typeSystem, code: 'order-set' }] },
    date: day,
    extension: [
      { url: authorUrl, valueReference: author },
      ...(body.scope === 'practice' ? [{ url: scopeUrl, valueBoolean: true }] : []),
    ],
    description: body.note || undefined,
    contained: contained as never,
    action: contained.map((one, at) => ({
      title: body.lines[at]!.label,
      extension: [{ url: lineUrl, valueReference: { reference: `#${one.id}` } }],
    })),
  } as PlanDefinition);
}
/** What is only renewed begins from the prescription that it renews: no model of it can be signed. */
const fits = (profession: string, lines: readonly OrderLineBody[]): boolean =>
  lines.length > 0 &&
  lines.every(({ kind }) => ((may) => may !== undefined && may.scope !== 'renew')(mayPrescribe(profession, kind)));
const whoSigns = (lines: readonly OrderLineBody[]): string[] =>
  Object.keys(prescribers).filter((profession) => fits(profession, lines));

function viewOf(room: Room, caller: PersonCaller, stored: Stored<'PlanDefinition'>): OrderTemplate {
  const plan = stored.resource;
  const by = authorOf(plan);
  const held = new Map(
    (plan.contained ?? []).map((one) => [`#${one.id}`, one as MedicationRequest | ServiceRequest | DeviceRequest]),
  );
  const lines = (plan.action ?? []).flatMap((action) => {
    const resource = held.get(action.extension?.find(({ url }) => url === lineUrl)?.valueReference?.reference ?? '') as
      | OrderResource
      | undefined;
    const kind = resource && kindOfOrder(resource);
    return resource && kind ? [bodyOf(resource, kind)] : [];
  });
  const mine = idOf(by, 'Practitioner') === caller.practitioner;
  const scope = scopeOf(plan);
  const usable = fits(caller.profession, lines);
  const retired = plan.status === 'retired';
  return {
    id: stored.id,
    version: stored.version,
    title: plan.title ?? 'Modèle',
    by: room.directory.who(caller, by)?.name ?? '',
    mine,
    shipped: false,
    scope,
    status: retired ? 'retired' : 'active',
    canEdit: !retired && usable && (mine || scope === 'practice' || caller.roles.length > 0),
    canRetire: mine || (scope === 'practice' && usable) || caller.roles.length > 0,
    professions: whoSigns(lines),
    usable,
    lines,
    note: plan.description ?? '',
    at: stored.updated,
  };
}
const shippedView = (caller: PersonCaller, one: ShippedTemplate): OrderTemplate => ({
  ...one,
  version: 0,
  by: 'Estran',
  mine: false,
  shipped: true,
  scope: 'practice',
  status: 'active',
  canEdit: false,
  canRetire: false,
  professions: whoSigns(one.lines),
  usable: fits(caller.profession, one.lines),
  at: null,
});

async function allOf(room: Room, caller: PersonCaller): Promise<OrderTemplate[]> {
  const store = room.fhirFor(caller);
  const { resources } = await store.search('PlanDefinition', [
    ['type', `${typeSystem}|order-set`],
    ['_count', '500'],
  ]);
  const own = resources.filter((one) => template(one.resource));
  await room.directory.learn(store, own);
  return own.map((one) => viewOf(room, caller, one));
}
/** Those my profession may sign whole, mine first, then the practice's and the team's, then those that come with the product. */
export async function orderTemplates(room: Room, caller: PersonCaller): Promise<{ templates: OrderTemplate[] }> {
  if (prescribedBy(caller.profession).length === 0) return { templates: [] };
  const kept = (await allOf(room, caller))
    .filter(({ usable, status }) => usable && status === 'active')
    .sort(
      (a, b) =>
        Number(b.mine) - Number(a.mine) ||
        Number(b.scope === 'practice') - Number(a.scope === 'practice') ||
        a.title.localeCompare(b.title, 'fr'),
    );
  const named = new Set(kept.map(({ title }) => normalise(title)));
  return {
    templates: [
      ...kept,
      ...shippedTemplates
        .filter(({ title, lines }) => fits(caller.profession, lines) && !named.has(normalise(title)))
        .map((one) => shippedView(caller, one)),
    ],
  };
}
/** All of them, for who writes them and who runs the practice. */
export async function orderTemplateShelf(room: Room, caller: PersonCaller): Promise<OrderTemplateShelf> {
  const kinds = prescribedBy(caller.profession).filter(
    (kind) => mayPrescribe(caller.profession, kind)!.scope !== 'renew',
  );
  const words =
    kinds.length > 0
      ? ''
      : `La profession « ${professions[caller.profession].fr} » ne prescrit pas : elle n’écrit pas d’ordonnance type.`;
  if (kinds.length === 0 && caller.roles.length === 0) return { templates: [], may: [], words };
  const templates = [
    ...(await allOf(room, caller)).sort((a, b) => a.title.localeCompare(b.title, 'fr')),
    ...shippedTemplates.map((one) => shippedView(caller, one)),
  ];
  return {
    templates,
    may: kinds.map((kind) => ({
      kind,
      ...(({ scope, condition, source }) => ({ scope, condition, source }))(mayPrescribe(caller.profession, kind)!),
    })),
    words,
  };
}

function mustPrescribe(caller: PersonCaller, lines: readonly OrderLineBody[]): void {
  if (!fits(caller.profession, lines))
    throw forbidden(
      'Un modèle ne contient que ce que votre profession peut prescrire, hors ce qu’elle renouvelle seulement. Rien n’a été enregistré.',
    );
}
// Definitions are written by few professions; a usual prescription by whoever may sign it, which is checked here.
const house = (room: Room, caller: PersonCaller) => room.fhirFor(caller).asHouse('modèle d’ordonnance');
const dayIn = (room: Room): string => room.now().toISOString().slice(0, 10);
export async function keepOrderTemplate(
  room: Room,
  caller: PersonCaller,
  body: OrderTemplateBody,
): Promise<OrderTemplate> {
  mustPrescribe(caller, body.lines);
  return viewOf(
    room,
    caller,
    await house(room, caller).create(
      setOf(newId(), authorReference(caller), { ...body, scope: body.scope ?? 'mine' }, dayIn(room)),
    ),
  );
}
async function held(
  room: Room,
  caller: PersonCaller,
  id: string,
): Promise<{ stored: Stored<'PlanDefinition'>; view: OrderTemplate }> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw notFound('Ce modèle d’ordonnance');
  const store = room.fhirFor(caller);
  const stored = await store.read('PlanDefinition', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status < 500) throw notFound('Ce modèle d’ordonnance');
    throw error;
  });
  if (!template(stored.resource)) throw notFound('Ce modèle d’ordonnance');
  await room.directory.learn(store, [stored]);
  return { stored, view: viewOf(room, caller, stored) };
}
const notYours = () =>
  forbidden(
    'Une ordonnance type personnelle se change par qui l’a faite ; celle de la structure, par qui peut la signer en entier. Copiez-la pour garder la vôtre à côté. Rien n’a été modifié.',
  );
const meanwhile = (current: OrderTemplate, mine: string): Problem =>
  new Problem(
    409,
    'Modifié entre-temps',
    `Cette ordonnance type a été modifiée entre-temps : elle s’appelle « ${current.title} », a ${current.lines.length} ligne${current.lines.length > 1 ? 's' : ''}${current.status === 'retired' ? ' et elle est retirée' : ''}. Votre saisie reste sur cet écran.`,
    { extra: { code: 'edited-meanwhile', current, mine } },
  );
async function replace(
  room: Room,
  caller: PersonCaller,
  next: PlanDefinition,
  seen: number,
  mine: string,
): Promise<OrderTemplate> {
  try {
    return viewOf(room, caller, await house(room, caller).update(next, { ifMatch: `W/"${seen}"` }));
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412)
      throw meanwhile((await held(room, caller, next.id!)).view, mine);
    throw error;
  }
}
export async function changeOrderTemplate(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: OrderTemplateBody & { version: number },
): Promise<OrderTemplate> {
  const { stored, view } = await held(room, caller, id);
  if (view.status === 'active' ? !view.canEdit : !view.canRetire) throw notYours();
  mustPrescribe(caller, body.lines);
  if (view.version !== body.version) throw meanwhile(view, body.title);
  if (view.status === 'retired')
    throw conflict(
      'Cette ordonnance type est retirée : remettez-la en service pour la changer. Rien n’a été modifié.',
      { code: 'retired' },
    );
  const scope = body.scope ?? view.scope;
  if (scope === 'mine' && view.scope === 'practice' && !view.mine)
    throw forbidden(
      'Elle est de la structure : seul son auteur peut la reprendre pour lui. Copiez-la pour garder la vôtre à côté. Rien n’a été modifié.',
    );
  return replace(
    room,
    caller,
    setOf(id, authorOf(stored.resource), { ...body, scope }, dayIn(room)),
    body.version,
    body.title,
  );
}
export async function retireOrderTemplate(
  room: Room,
  caller: PersonCaller,
  id: string,
  { version, back }: { version: number; back: boolean },
): Promise<OrderTemplate> {
  const { stored, view } = await held(room, caller, id);
  if (!view.canRetire) throw notYours();
  if (view.version !== version) throw meanwhile(view, '');
  if ((view.status === 'retired') !== back)
    throw conflict(back ? 'Cette ordonnance type n’est pas retirée.' : 'Cette ordonnance type est déjà retirée.', {
      code: 'not-now',
      current: view,
    });
  return replace(room, caller, { ...stored.resource, status: back ? 'active' : 'retired' }, version, '');
}
