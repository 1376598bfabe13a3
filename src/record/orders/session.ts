import type { Encounter, Reference, Task } from '@medplum/fhirtypes';
import { type FhirStore, newId, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid, Problem } from '../../platform/index.ts';
import type { OrderStatus } from '../contract/orders/line.ts';
import { orderFamilies } from '../data/orders/families.ts';
import { addDays, dayOf, parisInstant } from '../dates.rules.ts';
import { idOf, withoutEmpty } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, dateIn, subjectOf } from '../write/author.ts';
import { type Followed, followed, keepSaid, meanwhile } from './follow-order.ts';
import { ended, homeUrl, isCancelled } from './line.rules.ts';
import { maySay, statusOf } from './status.ts';
import { isOver } from '../contract/orders/order.rules.ts';
import { prescriptionsOnly, type Said, saidOf, stateOf, wayOf, withSaid } from './task.rules.ts';

/** A session of care that was prescribed is an Encounter `basedOn` its request; the word in the Task names it. */
const encounterUrl = 'urn:estran:encounter';
export const encounterOf = (by: Reference): string | undefined =>
  by.extension?.find(({ url }) => url === encounterUrl)?.valueReference?.reference;
const withEncounter = (by: Reference, encounter: string): Reference => ({
  ...by,
  extension: [
    ...(by.extension ?? []).filter(({ url }) => url !== encounterUrl),
    { url: encounterUrl, valueReference: { reference: encounter } },
  ],
});
// Whoever does what was asked says so: they need not be able to write encounters.
const house = (store: FhirStore, entered: Entered): FhirStore =>
  store.asHouse(`séance dite par ${entered.caller.name}`);
const noon = (day: string): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return parisInstant({ year, month, day: date, hour: 12, minute: 0 });
};

/** When a session was held: now, or a day since the prescription. */
export function sessionAt(entered: Entered, task: Task, typed: string | null | undefined): string {
  const day = dateIn(entered, 'day', typed) ?? entered.reading.today;
  if (day.length !== 10)
    throw invalid('Une séance a un jour précis. Rien n’a été modifié.', {
      day: 'Écrivez le jour : JJ/MM/AAAA, auj, hier.',
    });
  if (day > entered.reading.today)
    throw invalid('Une séance à venir n’est pas faite. Rien n’a été modifié.', { day: 'Ce jour est dans le futur.' });
  if (task.authoredOn && day < dayOf(task.authoredOn))
    throw invalid('Cette séance serait d’avant l’ordonnance. Rien n’a été modifié.', {
      day: 'Ce jour est avant la prescription.',
    });
  return day === entered.reading.today ? entered.now.toISOString() : noon(day);
}
/** The session of this line, with the appointment of that day when there is one; as closed as the line. */
export async function sessionOf(entered: Entered, line: Stored<'ServiceRequest'>, at: string): Promise<Encounter> {
  const request = line.resource;
  const { store, caller, patientId } = entered;
  const day = dayOf(at);
  const { resources } = await store.search('Appointment', [
    ['patient', `Patient/${patientId}`],
    ['actor', `Practitioner/${caller.practitioner}`],
    ['date', `ge${noon(addDays(day, -1))}`],
    ['date', `le${noon(addDays(day, 1))}`],
    ['_count', '20'],
  ]);
  const booked = resources.find(
    ({ resource }) =>
      !['cancelled', 'noshow', 'entered-in-error'].includes(String(resource.status)) &&
      dayOf(String(resource.start ?? '')) === day,
  );
  const home = request.extension?.some(({ url, valueBoolean }) => url === homeUrl && valueBoolean);
  return withoutEmpty({
    resourceType: 'Encounter',
    id: newId(),
    meta: request.meta?.security?.length ? { security: request.meta.security } : undefined,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: home ? 'HH' : 'AMB' },
    type: [{ text: 'Séance' }],
    subject: subjectOf(entered),
    participant: [{ individual: author(entered) }],
    period: { start: at, end: at },
    basedOn: [{ reference: `ServiceRequest/${line.id}` }],
    appointment: booked && [{ reference: `Appointment/${booked.id}` }],
  } satisfies Encounter);
}
export const byWith = (entered: Entered, encounter: string): Reference => withEncounter(author(entered), encounter);
export const hold = (entered: Entered, tx: FhirStore, encounter: Encounter): Promise<unknown> =>
  house(tx, entered).create(encounter);
/** The session was not held, or on another day. */
export async function amend(
  entered: Entered,
  tx: FhirStore,
  line: string,
  ref: string | undefined,
  at: string | null,
): Promise<void> {
  const id = ref && idOf({ reference: ref }, 'Encounter');
  if (!id) return;
  const store = house(tx, entered);
  const stored = await store.read('Encounter', id);
  // The word that names it is in a Task, which another software may write: only a session of this very line is touched here.
  const { basedOn, subject } = stored.resource;
  if (idOf(subject, 'Patient') !== entered.patientId || !basedOn?.some((one) => idOf(one, 'ServiceRequest') === line))
    return;
  const next: Encounter = at
    ? { ...stored.resource, period: { start: at, end: at } }
    : { ...stored.resource, status: 'entered-in-error' };
  await store.update(next, {
    ifMatch: `W/"${stored.version}"`,
    reason: at ? 'séance d’un autre jour' : 'séance comptée par erreur',
  });
}

const mayCorrect = (entered: Entered, { task }: Followed, one: Said): boolean =>
  entered.caller.profession === 'physician' ||
  idOf(one.by, 'Practitioner') === entered.caller.practitioner ||
  idOf(task.resource.requester, 'Practitioner') === entered.caller.practitioner;
/** One session, anywhere in the course: of another day, or taken out. The others keep theirs. */
export async function correctSession(
  entered: Entered,
  id: string,
  body: { version: number; event: number; day?: string | null | undefined },
): Promise<OrderStatus> {
  const found = await followed(entered, id);
  const { task, kind } = found;
  const current = task.resource;
  const said = saidOf(current);
  const one = said[body.event];
  const what = body.day ? 'Changer le jour d’une séance' : 'Retirer une séance';
  if (!maySay(entered.caller, current, kind))
    throw forbidden(
      'Les séances se corrigent par qui les réalise, par qui les a prescrites, ou par un médecin. Rien n’a été modifié.',
    );
  if (task.version !== body.version)
    throw meanwhile(statusOf(entered.room, entered.caller, task, kind, entered.reading.today), what);
  if (orderFamilies[kind].way !== 'sessions' || one?.act !== 'session')
    throw new Problem(422, 'Séance introuvable', 'Cette séance n’est pas dans la série. Rien n’a été modifié.');
  if (isCancelled(found.line.resource))
    throw conflict('Cette ligne a été annulée. Rien n’a été modifié.', { code: 'cancelled' });
  if (!mayCorrect(entered, found, one))
    throw forbidden(
      'Une séance se corrige par qui l’a dite, par qui a prescrit, ou par un médecin. Rien n’a été modifié.',
    );
  const at = body.day ? sessionAt(entered, current, body.day) : null;
  const next = at
    ? said.map((each, i) => (i === body.event ? { ...each, at } : each))
    : said.filter((_, i) => i !== body.event);
  return keepSaid(entered, found, next, what, (tx) => amend(entered, tx, found.line.id, encounterOf(one.by), at));
}

/**
 * An Encounter that names the request it answers counts as a session of it, whoever writes it and wherever it comes from; one that is taken back no more. In the transaction of its write.
 * @param store of the house: another software's message has no person behind it
 */
export async function sessionHeld(store: FhirStore, id: string, encounter: Encounter | null): Promise<void> {
  const asked = (encounter?.basedOn ?? []).flatMap((one) => idOf(one, 'ServiceRequest') ?? []);
  if (!encounter || asked.length === 0) return;
  const ref = `Encounter/${id}`;
  const held = encounter.status === 'finished';
  for (const request of asked.slice(0, 20)) {
    const { resources } = await store.search('Task', [
      ['focus', `ServiceRequest/${request}`],
      ['_count', '5'],
    ]);
    for (const stored of prescriptionsOnly(resources)) {
      const task = stored.resource;
      if (
        wayOf(task) !== 'sessions' ||
        task.for?.reference !== encounter.subject?.reference ||
        task.status === 'cancelled'
      )
        continue;
      const said = saidOf(task);
      if (held === said.some(({ by }) => encounterOf(by) === ref)) continue;
      const at = encounter.period?.start ?? stored.updated;
      const by = withEncounter(encounter.participant?.[0]?.individual ?? { display: 'Séance' }, ref);
      const next = withSaid(
        task,
        held
          ? [...said, { act: 'session', at: at.length > 10 ? at : noon(at), by }]
          : said.filter((one) => encounterOf(one.by) !== ref),
        stored.updated,
      );
      await store.update(next, { ifMatch: `W/"${stored.version}"`, reason: held ? 'séance faite' : 'séance retirée' });
      const line = await store.read('ServiceRequest', request);
      const wanted = isOver('sessions', stateOf(next, dayOf(stored.updated)).state) ? 'completed' : 'active';
      if (!isCancelled(line.resource) && line.resource.status !== wanted)
        await store.update(ended(line.resource, wanted), {
          ifMatch: `W/"${line.version}"`,
          reason: held ? 'séance faite' : 'séance retirée',
        });
    }
  }
}
