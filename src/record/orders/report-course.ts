import type { Extension } from '@medplum/fhirtypes';
import { kindOfResource } from '../../fhir/index.ts';
import { conflict, forbidden, Problem } from '../../platform/index.ts';
import type { OrderStatus } from '../contract/orders/line.ts';
import { orderFamilies } from '../data/orders/families.ts';
import { readerExtension, toReadUrl } from '../documents/readers.rules.ts';
import { readerNamed } from '../documents/who-reads.ts';
import { idOf, sensitivityOf } from '../fhir-words.ts';
import type { Desk } from '../letters/letter-desk.ts';
import { writeLetter } from '../letters/write-letter.ts';
import { author } from '../write/author.ts';
import { followed, keepSaid, meanwhile } from './follow-order.ts';
import { bodyOf, isCancelled } from './line.rules.ts';
import { reportText } from './report.rules.ts';
import { maySay, statusOf } from './status.ts';
import { reportOf, saidOf, timesIn, withReport } from './task.rules.ts';

interface CourseReport {
  version: number;
  findings: string;
  outcome: string;
  next: string;
}
type Followed = Awaited<ReturnType<typeof followed>>;

/** Refuses what has no report to write. @returns the instants of its sessions */
function sessionsToReport(
  { entered }: Desk,
  { task, line, kind }: Followed,
  version: number,
  now: OrderStatus,
): string[] {
  if (!maySay(entered.caller, task.resource, kind))
    throw forbidden(
      'Le compte rendu d’une série s’écrit par qui la réalise, par qui l’a prescrite, ou par un médecin. Rien n’a été enregistré.',
    );
  if (task.version !== version) throw meanwhile(now, 'Compte rendu de fin de séances');
  if (orderFamilies[kind].way !== 'sessions')
    throw new Problem(
      422,
      'Pas une série',
      'Un compte rendu de fin de séances répond à une prescription de séances. Rien n’a été enregistré.',
    );
  if (isCancelled(line.resource))
    throw conflict('Cette ligne a été annulée. Rien n’a été enregistré.', { code: 'cancelled' });
  if (reportOf(task.resource))
    throw conflict(
      'Le compte rendu de cette série est déjà écrit : corrigez-le depuis les courriers. Rien n’a été enregistré.',
      { code: 'reported' },
    );
  const sessions = saidOf(task.resource)
    .filter(({ act }) => act === 'session')
    .map(({ at }) => at);
  if (sessions.length === 0)
    throw conflict('Aucune séance n’est notée : notez-les d’abord, le compte rendu les dit. Rien n’a été enregistré.', {
      code: 'no-session',
    });
  return sessions;
}

/** The report waits among the documents that the prescriber has to read; not where the writer is the prescriber, nor where the prescriber may not read it. */
async function waitsFor({ entered }: Desk, { line }: Followed, prescriber: string | undefined): Promise<Extension[]> {
  const { caller, patientId } = entered;
  if (!prescriber || prescriber === caller.practitioner) return [];
  const security = line.resource.meta?.security;
  const kind = kindOfResource({
    resourceType: 'DocumentReference',
    ...(security && { meta: { security } }),
    subject: { reference: `Patient/${patientId}` },
  });
  const name = await entered.store.sql((sql) =>
    readerNamed(sql, { tenant: caller.tenant, patient: patientId, kind }, prescriber),
  );
  if (!name) return [];
  const reader = { reference: `Practitioner/${prescriber}`, display: name };
  return [
    { url: toReadUrl, valueString: 'true' },
    readerExtension(reader, false, entered.now.toISOString(), author(entered)),
  ];
}

/** The letter of the report, to whoever prescribed. */
function letterOf({ entered }: Desk, { task, line, kind }: Followed, sessions: string[], body: CourseReport) {
  const { room, caller } = entered;
  const { label, reason } = bodyOf(line.resource, kind);
  const who = room.directory.who(caller, task.resource.requester, task.resource.authoredOn);
  const practitioner = idOf(task.resource.requester, 'Practitioner') ?? null;
  return {
    template: null,
    act: 'sign' as const,
    title: `Compte rendu de fin de séances : ${label}`.slice(0, 200),
    documentType: '34133-9',
    signatory: null,
    sensitive: sensitivityOf(line.resource),
    reserved: false,
    fields: [],
    text: reportText({
      label,
      unit: orderFamilies[kind].unit,
      prescribed: task.resource.authoredOn ?? task.updated,
      sessions,
      of: timesIn(task.resource),
      reason: reason ?? '',
      ...body,
    }),
    recipients: who
      ? [
          {
            kind: 'team' as const,
            name: who.name,
            role: who.role,
            address: '',
            phone: '',
            mssante: '',
            practitioner,
            copy: false,
          },
        ]
      : [],
  };
}

/**
 * The report at the end of a course, written from its order: a signed letter to whoever prescribed it, filed in the record, tied to the request it answers, waiting for the prescriber among their documents to read. It closes the line; all or none.
 */
export async function reportCourse(desk: Desk, id: string, body: CourseReport): Promise<OrderStatus> {
  const { entered } = desk;
  const found = await followed(entered, id);
  const { task, line, kind } = found;
  const now = statusOf(entered.room, entered.caller, task, kind, entered.reading.today);
  const sessions = sessionsToReport(desk, found, body.version, now);
  const asked = await waitsFor(desk, found, idOf(task.resource.requester, 'Practitioner'));
  const at = entered.now.toISOString();
  let status = now;
  await writeLetter(desk, letterOf(desk, found, sessions, body), {
    about: (letter) => ({
      ...letter,
      extension: [...(letter.extension ?? []), ...asked],
      context: { related: [{ reference: `${line.type}/${line.id}` }] },
    }),
    async after(tx, letter) {
      const told = withReport(task.resource, author(entered), letter.id, at);
      const said = saidOf(task.resource);
      status = await keepSaid(
        { ...entered, store: tx },
        { ...found, task: { ...task, resource: told } },
        now.state === 'done' ? said : [...said, { act: 'done', at, by: author(entered) }],
        'compte rendu de fin de séances',
      );
    },
  });
  return status;
}
