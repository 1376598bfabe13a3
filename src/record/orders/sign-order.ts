import type { Task } from '@medplum/fhirtypes';
import { isProfession, keptOut, outsideTeam, professions } from '../../access/index.ts';
import { kindOfResource, newId, placeOf, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid, notFound, Problem } from '../../platform/index.ts';
import type { OrderLineBody } from '../contract/orders/line.ts';
import { daysCovered } from '../contract/orders/order.rules.ts';
import { transportFaults } from '../contract/orders/transport.rules.ts';
import type { Prescription, SignOrderBody } from '../contract/wire-orders.ts';
import { mostMonths, orderFamilies } from '../data/orders/families.ts';
import { type MayPrescribe, mayPrescribe } from '../data/orders/prescribers.ts';
import { addDays, addMonths, dayOf } from '../dates.rules.ts';
import { roleUrl } from '../directory.ts';
import { idOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, dateIn, stamped, subjectOf } from '../write/author.ts';
import { entryOf } from '../write/save.ts';
import { takeBack } from './cancel-order.ts';
import { checkControlled } from './check-controlled.ts';
import { compositionOf, lineRefsOf } from './composition.rules.ts';
import {
  coveredUntil,
  isCancelled,
  isOrderType,
  kindOfOrder,
  type OrderResource,
  renewedBy,
  resourceOf,
  type StoredLine,
} from './line.rules.ts';
import { closeRenewed } from './renew.ts';
import { isRenewed, taskOf } from './task.rules.ts';
import { dataOf, mayOrderHere, prescriptionOf, readLines, readPrescription, tasksOf } from './view.ts';

const nothing = 'Rien n’a été signé ; votre saisie reste sur cet écran.';
interface Checked {
  line: OrderLineBody;
  from: string;
  due: string;
  renews: StoredLine | undefined;
}

/** A line that is signed, with the task that follows it. */
interface Made {
  resource: ReturnType<typeof resourceOf>;
  task: Task;
  renews: StoredLine | undefined;
  from: string;
}

/** Every line looked at before any is written; all that is wrong is said at once. */
async function checkAll(
  entered: Entered,
  body: SignOrderBody,
  tasks: ReadonlyMap<string, Stored<'Task'>>,
  already: ReadonlySet<string>,
): Promise<Checked[]> {
  const fields: Record<string, string> = {};
  const checked: Checked[] = [];
  for (const [at, line] of body.lines.entries())
    checked.push(await check(entered, line, `lines.${at}`, fields, tasks, already));
  await checkControlled(
    entered,
    body,
    checked.map(({ from }) => from),
    fields,
  );
  const renewed = body.lines.flatMap(({ renews }) => renews ?? []);
  if (new Set(renewed).size < renewed.length) throw invalid(`La même ligne est renouvelée deux fois. ${nothing}`);
  const faults = Object.values(fields);
  if (faults.length > 0)
    throw new Problem(
      422,
      'Ordonnance à corriger',
      `${faults.length > 1 ? `${faults.length} points sont à revoir.` : faults[0]} ${nothing}`,
      { fields },
    );
  return checked;
}
function makeLine(
  entered: Entered,
  { line, from, due, renews }: Checked,
  group: string,
  given: Parameters<typeof stamped>[2],
): Made {
  const at = entered.now.toISOString();
  const [subject, requester] = [subjectOf(entered), author(entered)];
  const resource = stamped(
    entered,
    resourceOf(line, { id: newId(), subject, requester, authoredOn: at, group, from }),
    given,
  );
  const focus = `${resource.resourceType}/${resource.id}`;
  return {
    resource,
    renews,
    from,
    task: taskOf(line, {
      focus,
      subject: { reference: `Patient/${entered.patientId}` },
      requester,
      at,
      group,
      from,
      until: coveredUntil(line, from),
      due,
    }),
  };
}
/** Signs: lines, their followers and the document that holds them, all or none. */
export async function signOrder(entered: Entered, body: SignOrderBody): Promise<Prescription> {
  const here = mayOrderHere(entered);
  if (here.may.length === 0) throw forbidden(`${here.words} ${nothing}`);
  const tasks = await tasksOf(entered.store, entered.patientId);
  const replaced = body.replaces ? await prescriptionOf(entered, body.replaces.id) : undefined;
  // What a corrected prescription renewed, it may go on renewing.
  const before = replaced ? [...(await readLines(entered.store, lineRefsOf(replaced.resource))).values()] : [];
  const already = new Set(before.flatMap(({ resource }) => renewedBy(resource) ?? []));
  const checked = await checkAll(entered, body, tasks, already);
  const id = newId();
  const given = { sensitive: body.sensitive ?? null, encounter: body.encounter };
  const made = checked.map((one) => makeLine(entered, one, id, given));
  const composition = compositionOf({
    id,
    subject: subjectOf(entered),
    author: author(entered),
    at: entered.now.toISOString(),
    entries: made.map(({ resource }) => `${resource.resourceType}/${resource.id}/_history/1`),
    note: body.note,
    replaces: replaced?.id,
  });
  await entered.store.transaction(async (tx) => {
    if (replaced) {
      const { version, reason } = body.replaces!;
      const renewed = new Set(body.lines.flatMap(({ renews }) => renews ?? []));
      await takeBack({ ...entered, store: tx }, replaced, version, reason, 'replaced', undefined, renewed);
    }
    // Who prescribes what is decided by the law (data/orders/prescribers.ts), beyond what the table of rights lets a profession write: checked above, line by line.
    const own = made.filter(({ resource }) => entered.rights.add.has(kindOfResource(resource)));
    const other = made.filter((one) => !own.includes(one));
    if (own.length > 0) await tx.createMany(own.map(({ resource }) => resource));
    if (other.length > 0) await tx.asHouse('ligne d’ordonnance').createMany(other.map(({ resource }) => resource));
    await tx.createMany([stamped(entered, composition, given), ...made.map(({ task }) => task)]);
    for (const { renews, from } of made) {
      const ref = renews && `${renews.type}/${renews.id}`;
      if (ref) await closeRenewed(entered, tx, renews, tasks.get(ref), from, already.has(ref));
    }
  });
  return readPrescription(entered, id);
}

/** Words beside each field that is wrong; throws for what no field can mend. */
async function check(
  entered: Entered,
  line: OrderLineBody,
  at: string,
  fields: Record<string, string>,
  tasks: ReadonlyMap<string, Stored<'Task'>>,
  already: ReadonlySet<string>,
): Promise<Checked> {
  const { caller, reading: r } = entered;
  const family = orderFamilies[line.kind];
  const may = mayPrescribe(caller.profession, line.kind);
  const renews = line.renews ? await original(entered, line.renews) : undefined;
  if (!may)
    throw forbidden(
      `« ${line.label} » (${family.label.toLowerCase()}) ne peut pas être prescrit par un professionnel de la profession « ${professions[caller.profession].fr} ». ${nothing}`,
    );
  if (!entered.rights.see.has(dataOf(line.kind)))
    throw forbidden(
      `Vos droits n’ouvrent pas ce type d’information pour ce patient : « ${line.label} » ne peut pas être prescrit ici. ${nothing}`,
    );
  if (may.scope === 'renew') await mayRenew(entered, line, may, renews);
  if (renews && isCancelled(renews.resource))
    throw conflict(`« ${line.label} » renouvelle une ligne qui a été annulée. ${nothing}`, { code: 'cancelled' });
  const task = renews && tasks.get(`${renews.type}/${renews.id}`);
  if (task && !already.has(line.renews!) && isRenewed(task.resource))
    throw conflict(`« ${line.label} » a déjà été renouvelé, ou ne doit plus l’être. ${nothing}`, { code: 'renewed' });
  const from = dateIn(entered, `${at}.from`, line.from) ?? r.today;
  if (from.length !== 10 || from < r.today)
    fields[`${at}.from`] = 'Une ordonnance n’est pas antidatée : choisissez aujourd’hui ou un jour à venir.';
  const due = dateIn(entered, `${at}.due`, line.due) ?? addDays(from, line.urgent ? 1 : family.dueDays);
  if (due.length !== 10 || due < from) fields[`${at}.due`] = 'L’échéance est un jour, au plus tôt celui du début.';
  if (family.group === 'medicines' && coversMoreThan(mostMonths, line))
    fields[`${at}.duration`] = 'Une ordonnance de médicaments couvre douze mois au plus, renouvellements compris.';
  // What the law wants on a prescription of medicines: how it is taken, and how long or how much (code de la santé publique, art. R. 5132-3).
  if (family.group === 'medicines' && line.kind !== 'vaccine' && line.kind !== 'topical' && !line.instructions)
    fields[`${at}.instructions`] = 'Écrivez la posologie : elle est obligatoire.';
  if (family.group === 'medicines' && !line.duration && !line.quantity)
    fields[`${at}.duration`] = 'Dites la durée du traitement, ou le nombre de boîtes.';
  if (line.repeats > 0 && !line.duration && family.way === 'supply')
    fields[`${at}.duration`] = 'Pour renouveler, dites pour combien de temps.';
  if (line.follow && !line.duration)
    fields[`${at}.duration`] = 'Pour être prévenu avant la fin, dites pour combien de temps.';
  if (may.once && (!line.duration || coversMoreThan(may.once, line)))
    fields[`${at}.duration`] =
      `Votre profession renouvelle pour ${may.once} mois au plus : dites pour combien de temps.`;
  for (const [field, words] of Object.entries(transportFaults(line))) fields[`${at}.${field}`] = words;
  if (line.notSubstitutable && line.kind !== 'medicine' && line.kind !== 'contraceptive')
    fields[`${at}.notSubstitutable`] = 'Ne se dit que d’un médicament.';
  if (line.performer) {
    const why = await unfit(entered, line, line.performer);
    if (why) fields[`${at}.performer`] = why;
  }
  return { line, from, due, renews };
}
const someDay = '2026-01-01';
function coversMoreThan(months: number, line: OrderLineBody): boolean {
  const covered = daysCovered(line);
  return covered !== null && addDays(addMonths(someDay, covered.months), covered.days) > addMonths(someDay, months);
}
async function unfit(entered: Entered, line: OrderLineBody, practitioner: string): Promise<string | undefined> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(practitioner)) return 'Choisissez une personne de l’équipe de soins.';
  const { store, caller, room } = entered;
  if ((await store.sql((sql) => outsideTeam(sql, caller.tenant, entered.patientId, [practitioner]))).length > 0)
    return 'Cette personne n’est pas dans l’équipe de soins de ce patient.';
  await room.directory.learnPeople(store, [practitioner]);
  const profession = room.directory.professionOf(caller.tenant, practitioner);
  if (!profession || !isProfession(profession) || !orderFamilies[line.kind].doneBy.includes(profession))
    return 'Cette personne ne fait pas ce soin.';
  const kept = await store.sql((sql) => keptOut(sql, entered.patientId, ['exchanges'], [{ practitioner, profession }]));
  return kept.length > 0
    ? 'Cette personne n’a pas accès aux échanges de soins de ce patient : choisissez-en une autre.'
    : undefined;
}

/** As it was when they signed; of another software's, as the directory says. */
async function roleOf({ room, store, caller }: Entered, requester: OrderResource['requester']): Promise<string> {
  const written = requester?.extension?.find(({ url }) => url === roleUrl)?.valueCode;
  const id = idOf(requester, 'Practitioner');
  if (written || !id) return written ?? '';
  await room.directory.learnPeople(store, [id]);
  return room.directory.professionOf(caller.tenant, id) ?? '';
}
async function original(entered: Entered, ref: string): Promise<StoredLine> {
  const place = placeOf(ref);
  if (!place || !isOrderType(place.type)) throw notFound('La ligne à renouveler');
  return entryOf(entered, place.type, place.id);
}
/** What is only renewed was begun by someone who may begin it, lately enough, and is the same kind of thing. */
async function mayRenew(
  entered: Entered,
  line: OrderLineBody,
  may: MayPrescribe,
  renews: StoredLine | undefined,
): Promise<void> {
  const refused = (why: string) =>
    forbidden(`« ${line.label} » : votre profession renouvelle seulement. ${why} ${nothing}`);
  if (!renews) throw refused('Partez de l’ordonnance d’origine, avec « Renouveler ».');
  let stored = renews;
  for (let step = 0; step < 12; step += 1) {
    const { resource } = stored;
    if (kindOfOrder(resource) !== line.kind) throw refused('La ligne d’origine prescrit autre chose.');
    if (step > 0 && isCancelled(resource)) throw refused('L’ordonnance d’origine a été annulée ou arrêtée depuis.');
    const role = await roleOf(entered, resource.requester);
    if (isProfession(role) && ['all', 'field', 'list'].includes(mayPrescribe(role, line.kind)?.scope ?? '')) {
      if (may.within && dayOf(resource.authoredOn ?? '') < addMonths(entered.reading.today, -may.within))
        throw refused(
          `L’ordonnance d’origine date de plus ${may.within === 12 ? 'd’un an' : `de ${may.within / 12} ans`}.`,
        );
      return;
    }
    if (may.once) throw refused('Elle l’a déjà fait une fois : un nouveau renouvellement revient à un prescripteur.');
    const before = renewedBy(resource);
    if (!before) break;
    stored = await original(entered, before);
  }
  throw refused('On ne retrouve pas d’ordonnance d’origine d’un prescripteur habilité.');
}
