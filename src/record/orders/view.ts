import type { Composition } from '@medplum/fhirtypes';
import { carersOf, type KindOfData, kindsOfData, professions } from '../../access/index.ts';
import { categorySystem, FhirProblem, type FhirStore, type Stored, taskKindSystem } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import type { MayOrder, OrdersPage, Prescription } from '../contract/wire-orders.ts';
import type { OrderLine } from '../contract/orders/line.ts';
import { sentenceOf } from '../contract/orders/order.rules.ts';
import { aldLabel } from '../data/choices.ts';
import { type OrderKind, orderFamilies } from '../data/orders/families.ts';
import { mayPrescribe, prescribedBy } from '../data/orders/prescribers.ts';
import { idOf, labelOf, sensitivityOf } from '../fhir-words.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { aldOf, correctionUrl, extensionText } from '../read/labels.ts';
import { isOrderDocument, kindOfStored, lineWho, statusOf as lifeOf } from '../read/reading.ts';
import { entryOf } from '../write/save.ts';
import { endOf, entriesOf, lineRefsOf, noteOf, prescriptionCategory } from './composition.rules.ts';
import {
  bodyOf,
  endsOf,
  groupOf,
  isCancelled,
  isOrderType,
  kindOfOrder,
  orderTypes,
  renewedBy,
  type StoredLine,
} from './line.rules.ts';
import { askedOf, statusOf } from './status.ts';
import { orderTaskCode } from './task.rules.ts';

const refOf = (one: { type: string; id: string }): string => `${one.type}/${one.id}`;
/** Kinds of data that lines are of. */
const lineKinds: readonly KindOfData[] = ['documents', 'treatments', 'results', 'exchanges'];

async function prescriptionsOf(entered: Entered): Promise<Stored<'Composition'>[]> {
  if (!entered.rights.see.has('documents')) return [];
  const { resources } = await entered.store.search('Composition', [
    ['subject', `Patient/${entered.patientId}`],
    ['category', `${categorySystem}|${prescriptionCategory}`],
    ['_sort', '-date'],
    ['_count', '100'],
  ]);
  return resources.filter((one) => isOrderDocument(one.resource) && kindOfStored(one) !== 'private-notes');
}
export async function prescriptionOf(entered: Entered, id: string): Promise<Stored<'Composition'>> {
  const stored = await entryOf(entered, 'Composition', id);
  if (!isOrderDocument(stored.resource)) throw notFound('Cette ordonnance');
  return stored;
}
/** The tasks that follow this patient's lines, by what they follow. */
export async function tasksOf(store: FhirStore, patient: string): Promise<Map<string, Stored<'Task'>>> {
  const { resources } = await store.search('Task', [
    ['patient', `Patient/${patient}`],
    ['code', `${taskKindSystem}|${orderTaskCode}`],
    ['_sort', '-authored-on'],
    ['_count', '500'],
  ]);
  return new Map(
    resources.flatMap((one) => (one.resource.focus?.reference ? [[one.resource.focus!.reference!, one]] : [])),
  );
}
/** These lines as they stand, those only that the reader sees. */
export async function readLines(store: FhirStore, refs: Iterable<string>): Promise<Map<string, StoredLine>> {
  const found = new Map<string, StoredLine>();
  const wanted = new Set(refs);
  for (const type of orderTypes) {
    const ids = [...wanted].flatMap((ref) => (ref.startsWith(`${type}/`) ? [ref.slice(type.length + 1)] : []));
    for (let at = 0; at < ids.length; at += 100)
      for (const one of (
        await store.search(type, [
          ['_id', ids.slice(at, at + 100).join(',')],
          ['_count', '100'],
        ])
      ).resources)
        found.set(refOf(one), one);
  }
  return found;
}

/** One line for a reader; nothing for what is no line of a prescription. */
export function lineView(
  at: Pick<Entered, 'room' | 'caller'> & { reading: Pick<Entered['reading'], 'today'> },
  stored: StoredLine,
  task: Stored<'Task'> | undefined,
  now: StoredLine = stored,
): OrderLine | null {
  const resource = stored.resource;
  const kind = kindOfOrder(resource);
  if (!kind) return null;
  const body = bodyOf(resource, kind);
  const cancelled = isCancelled(now.resource);
  return {
    type: stored.type,
    id: stored.id,
    version: now.version,
    kind,
    kindLabel: orderFamilies[kind].label,
    label: body.label,
    sentence: sentenceOf(body),
    ald: body.ald,
    urgent: body.urgent,
    asked: askedOf(at.room, at.caller, task && task.resource),
    reason: body.reason ?? null,
    cancelled: cancelled ? (extensionText(now.resource, correctionUrl) ?? '') : null,
    changed: now !== stored && JSON.stringify(bodyOf(now.resource, kind)) !== JSON.stringify(body),
    body,
    status: task ? statusOf(at.room, at.caller, task, kind, at.reading.today, endsOf(now.resource)) : null,
  };
}
const states = {
  signed: 'Signée',
  cancelled: 'Annulée',
  replaced: 'Remplacée',
  'entered-in-error': 'Saisie par erreur',
} as const;
export const mayCancel = ({ caller }: Pick<Entered, 'caller'>, composition: Composition): boolean =>
  caller.profession === 'physician' || idOf(composition.author?.[0], 'Practitioner') === caller.practitioner;

function prescriptionView(
  entered: Entered,
  stored: Stored<'Composition'>,
  lines: ReadonlyMap<string, StoredLine>,
  tasks: ReadonlyMap<string, Stored<'Task'>>,
  replacedBy: string | null,
  current: ReadonlyMap<string, StoredLine> = lines,
): Prescription {
  const composition = stored.resource;
  const end = endOf(composition);
  const state = lifeOf(stored.resource) === 'entered-in-error' ? 'entered-in-error' : (end ?? 'signed');
  return {
    id: stored.id,
    version: stored.version,
    at: composition.date ?? stored.updated,
    who: lineWho(entered.reading, stored.resource),
    state,
    stateLabel: states[state],
    reason: state === 'signed' ? null : (extensionText(composition, correctionUrl) ?? null),
    replaces:
      composition.relatesTo?.map(({ targetReference }) => idOf(targetReference, 'Composition')).find(Boolean) ?? null,
    replacedBy,
    note: noteOf(composition),
    sensitive: sensitivityOf(composition),
    lines: lineRefsOf(composition).flatMap((ref) =>
      lines.has(ref) ? (lineView(entered, lines.get(ref)!, tasks.get(ref), current.get(ref)) ?? []) : [],
    ),
    mayCancel: state === 'signed' && entered.rights.add.has('documents') && mayCancel(entered, composition),
  };
}
const followers = (all: readonly Stored<'Composition'>[]): Map<string, string> =>
  new Map(
    all.flatMap(
      (one) =>
        one.resource.relatesTo?.flatMap(({ targetReference }) => {
          const id = idOf(targetReference, 'Composition');
          return id ? [[id, one.id] as const] : [];
        }) ?? [],
    ),
  );

/** One prescription with its lines as they were signed. */
export async function readPrescription(entered: Entered, id: string): Promise<Prescription> {
  const stored = await prescriptionOf(entered, id);
  const [current, tasks, all] = await Promise.all([
    readLines(entered.store, lineRefsOf(stored.resource)),
    tasksOf(entered.store, entered.patientId),
    prescriptionsOf(entered),
  ]);
  const signed = await signedLines(entered, stored.resource, current);
  await entered.room.directory.learn(entered.store, [stored, ...signed.values(), ...tasks.values()]);
  return prescriptionView(entered, stored, signed, tasks, followers(all).get(id) ?? null, current);
}
/** The versions that were signed, of the lines that this reader sees today: what was labelled or closed since is not shown from its older version. */
async function signedLines(
  entered: Entered,
  composition: Composition,
  current: ReadonlyMap<string, StoredLine>,
): Promise<Map<string, StoredLine>> {
  const found = new Map<string, StoredLine>();
  for (const entry of entriesOf(composition)) {
    const [type = '', id = '', , version = ''] = entry.split('/');
    if (!isOrderType(type)) continue;
    const now = current.get(`${type}/${id}`);
    if (!now) continue;
    const signed =
      String(now.version) === version
        ? now
        : await entered.store.readVersion(type, id, version).catch((error: unknown) => {
            if (error instanceof FhirProblem && error.status < 500) return undefined;
            throw error;
          });
    if (signed) found.set(`${type}/${id}`, signed);
  }
  return found;
}

/** What this person may prescribe for this patient, or why nothing. */
export function mayOrderHere(entered: Entered): { may: MayOrder[]; words: string } {
  const { profession } = entered.caller;
  const kinds = prescribedBy(profession);
  if (kinds.length === 0) return { may: [], words: `La profession « ${professions[profession].fr} » ne prescrit pas.` };
  if (!entered.rights.add.has('documents'))
    return {
      may: [],
      words:
        'Vos droits ne permettent pas d’écrire d’ordonnance pour ce patient. Si vous participez à ses soins, demandez à rejoindre son équipe de soins.',
    };
  return {
    may: kinds
      .filter((kind) => entered.rights.see.has(dataOf(kind)))
      .map((kind) => ({
        kind,
        scope: mayPrescribe(profession, kind)!.scope,
        condition: mayPrescribe(profession, kind)!.condition,
        source: mayPrescribe(profession, kind)!.source,
      })),
    words: '',
  };
}
/** The kind of data that a line is. */
export const dataOf = (kind: OrderKind): KindOfData => {
  const { group } = orderFamilies[kind];
  return group === 'medicines' ? 'treatments' : group === 'tests' ? 'results' : 'exchanges';
};

export async function ordersPage(entered: Entered): Promise<OrdersPage> {
  const { room, store, caller, rights, reading: r } = entered;
  const [all, tasks, team, conditions, medicines] = await Promise.all([
    prescriptionsOf(entered),
    tasksOf(store, entered.patientId),
    store.sql((sql) => carersOf(sql, caller.tenant, entered.patientId)),
    store.compartment(entered.patientId, { types: ['Condition'], each: 200 }),
    store.compartment(entered.patientId, { types: ['MedicationRequest'], each: 200 }),
  ]);
  const lines = await readLines(store, [...all.flatMap((one) => lineRefsOf(one.resource)), ...tasks.keys()]);
  await room.directory.learn(store, [...all, ...tasks.values(), ...medicines]);
  const after = followers(all);
  const may = mayOrderHere(entered);
  const brief = briefOf(entered.patient, r.today, false);
  const followed = [...tasks].flatMap(([ref, task]) => {
    const line = lines.get(ref) && lineView(entered, lines.get(ref)!, task);
    return (line?.status?.toRenew || line?.status?.renewal.asked) && line.cancelled === null ? [line] : [];
  });
  const renewed = new Set(medicines.map((one) => renewedBy(one.resource)));
  const others = medicines
    .filter(
      (one) =>
        one.resource.status === 'active' &&
        one.resource.intent !== 'proposal' &&
        !tasks.has(refOf(one)) &&
        !groupOf(one.resource) &&
        !renewed.has(refOf(one)),
    )
    .flatMap((one) => lineView(entered, one, undefined) ?? []);
  return {
    patient: {
      name: brief.name,
      about: [brief.birthName, `${brief.birthDateLabel} (${brief.age})`].filter(Boolean).join(', '),
    },
    may: may.may,
    mayWords: may.words,
    prescriptions: all.map((one) => prescriptionView(entered, one, lines, tasks, after.get(one.id) ?? null)),
    renewals: [...followed, ...others],
    wordless: [...tasks]
      .filter(([ref]) => !lines.has(ref))
      .map(([, task]) => ({
        ...statusOf(room, caller, task, null, r.today),
        who: room.directory.who(caller, task.resource.requester),
        at: task.resource.authoredOn ?? task.updated,
      })),
    hidden: lineKinds.filter((kind) => !rights.see.has(kind)).map((kind) => kindsOfData[kind].fr),
    ald: conditions.flatMap((one) => {
      const condition = one.resource;
      const ald = aldOf(condition);
      return ald && lifeOf(one.resource) !== 'entered-in-error' && (!ald.until || ald.until >= r.today)
        ? [labelOf(condition.code) || aldLabel(ald.number) || 'ALD']
        : [];
    }),
    team:
      may.may.length > 0
        ? team
            .filter(({ practitioner }) => practitioner !== caller.practitioner)
            .map(({ practitioner, name, profession }) => ({ practitioner, name, profession }))
        : [],
  };
}
