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

/**
 * The report at the end of a course, written from its order: a signed letter to whoever prescribed it, filed in the record, tied to the request it answers, waiting for the prescriber among their documents to read. It closes the line; all or none.
 */
export async function reportCourse(
  desk: Desk,
  id: string,
  body: { version: number; findings: string; outcome: string; next: string },
): Promise<OrderStatus> {
  const { entered } = desk;
  const found = await followed(entered, id);
  const { task, line, kind } = found;
  const { room, caller, store } = entered;
  const current = task.resource;
  const now = statusOf(room, caller, task, kind, entered.reading.today);
  if (!maySay(caller, current, kind))
    throw forbidden(
      'Le compte rendu d’une série s’écrit par qui la réalise, par qui l’a prescrite, ou par un médecin. Rien n’a été enregistré.',
    );
  if (task.version !== body.version) throw meanwhile(now, 'Compte rendu de fin de séances');
  if (orderFamilies[kind].way !== 'sessions')
    throw new Problem(
      422,
      'Pas une série',
      'Un compte rendu de fin de séances répond à une prescription de séances. Rien n’a été enregistré.',
    );
  if (isCancelled(line.resource))
    throw conflict('Cette ligne a été annulée. Rien n’a été enregistré.', { code: 'cancelled' });
  if (reportOf(current))
    throw conflict(
      'Le compte rendu de cette série est déjà écrit : corrigez-le depuis les courriers. Rien n’a été enregistré.',
      { code: 'reported' },
    );
  const sessions = saidOf(current)
    .filter(({ act }) => act === 'session')
    .map(({ at }) => at);
  if (sessions.length === 0)
    throw conflict('Aucune séance n’est notée : notez-les d’abord, le compte rendu les dit. Rien n’a été enregistré.', {
      code: 'no-session',
    });
  const prescriber = idOf(current.requester, 'Practitioner');
  const label = bodyOf(line.resource, kind).label;
  const who = room.directory.who(caller, current.requester, current.authoredOn);
  const sensitive = sensitivityOf(line.resource);
  const reader =
    prescriber && prescriber !== caller.practitioner
      ? await store.sql((sql) =>
          readerNamed(
            sql,
            {
              tenant: caller.tenant,
              patient: entered.patientId,
              kind: kindOfResource({
                resourceType: 'DocumentReference',
                ...(line.resource.meta?.security && { meta: { security: line.resource.meta.security } }),
                subject: { reference: `Patient/${entered.patientId}` },
              }),
            },
            prescriber,
          ),
        )
      : null;
  const asked: Extension[] =
    reader && prescriber
      ? [
          { url: toReadUrl, valueString: 'true' },
          readerExtension(
            { reference: `Practitioner/${prescriber}`, display: reader },
            false,
            entered.now.toISOString(),
            author(entered),
          ),
        ]
      : [];
  let status = now;
  await writeLetter(
    desk,
    {
      template: null,
      act: 'sign',
      title: `Compte rendu de fin de séances : ${label}`.slice(0, 200),
      documentType: '34133-9',
      signatory: null,
      sensitive,
      reserved: false,
      fields: [],
      text: reportText({
        label,
        unit: orderFamilies[kind].unit,
        prescribed: current.authoredOn ?? task.updated,
        sessions,
        of: timesIn(current),
        reason: bodyOf(line.resource, kind).reason ?? '',
        ...body,
      }),
      recipients: who
        ? [
            {
              kind: 'team',
              name: who.name,
              role: who.role,
              address: '',
              phone: '',
              mssante: '',
              practitioner: prescriber ?? null,
              copy: false,
            },
          ]
        : [],
    },
    {
      about: (letter) => ({
        ...letter,
        extension: [...(letter.extension ?? []), ...asked],
        context: { related: [{ reference: `${line.type}/${line.id}` }] },
      }),
      async after(tx, letter) {
        const told = withReport(current, author(entered), letter.id, entered.now.toISOString());
        const said = saidOf(current);
        const next =
          now.state === 'done'
            ? said
            : [...said, { act: 'done' as const, at: entered.now.toISOString(), by: author(entered) }];
        status = await keepSaid(
          { ...entered, store: tx },
          { ...found, task: { ...task, resource: told } },
          next,
          'compte rendu de fin de séances',
        );
      },
    },
  );
  return status;
}
