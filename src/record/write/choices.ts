import type { Consent } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { isProfession, keptOut, kindOfDataSystem, kindsOfData, professionSystem } from '../../access/index.ts';
import type { Resource } from '../../fhir/index.ts';
import { conflict, invalid, notFound } from '../../platform/index.ts';
import type { Choice, choiceBody } from '../contract.ts';
import { addMonths, dayOf } from '../dates.rules.ts';
import { concept, loinc } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { choicesOf } from '../read/header.ts';
import { noteUrl } from '../read/labels.ts';
import { author, dateIn, stamped, subjectOf } from './author.ts';
import { replace } from './save.ts';

export async function choices(entered: Entered): Promise<{ choices: Choice[] }> {
  const stored = await entered.store.compartment(entered.patientId, { types: ['Consent'], each: 200 });
  await entered.room.directory.learn(entered.store, stored);
  return { choices: choicesOf(entered, stored) };
}
const ways = {
  oral: 'Recueilli oralement',
  written: 'Recueilli par écrit',
  representative: 'Recueilli auprès du représentant légal',
} as const;

/** SEC-4: what the patient was told, agreed or opposed to, with who collected it. The rights follow in the same transaction. */
export async function recordChoice(entered: Entered, body: z.infer<typeof choiceBody>): Promise<{ choices: Choice[] }> {
  const { store, room, reading: r } = entered;
  if (body.decision === 'agree' && !body.practitioner)
    throw invalid('Indiquez à qui le patient donne son accord. Rien n’a été enregistré.', {
      practitioner: 'Choisissez une personne.',
    });
  if (body.profession && !isProfession(body.profession))
    throw invalid('Cette profession n’est pas dans la liste. Rien n’a été enregistré.', {
      profession: 'Choisissez une profession.',
    });
  const unknown = body.kinds.find((kind) => !Object.hasOwn(kindsOfData, kind));
  if (unknown)
    throw invalid('Ce type d’information n’est pas dans la liste. Rien n’a été enregistré.', {
      kinds: 'Choisissez dans la liste.',
    });
  if (body.practitioner) {
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(body.practitioner)) throw notFound('Ce professionnel');
    await store.read('Practitioner', body.practitioner);
    await room.directory.learnPeople(store, [body.practitioner]);
    if (body.decision === 'agree') await mustStandAlone(entered, body.practitioner);
  }
  const from = dateIn(entered, 'from', body.from) ?? r.today;
  const until =
    dateIn(entered, 'until', body.until) ?? (body.decision === 'agree' ? addMonths(r.today, 12) : undefined);
  if (until && until < from)
    throw invalid('La fin est avant le début. Rien n’a été enregistré.', { until: 'La fin doit suivre le début.' });
  const name = body.practitioner
    ? room.directory.who(entered.caller, { reference: `Practitioner/${body.practitioner}` })?.name
    : undefined;
  const codes = [
    ...body.kinds.map((code) => ({ system: kindOfDataSystem, code })),
    ...(body.profession && !body.practitioner ? [{ system: professionSystem, code: body.profession }] : []),
  ];
  const informed = body.decision === 'informed';
  const consent: Consent = {
    resourceType: 'Consent',
    extension: [
      ...(body.comment ? [{ url: noteUrl, valueString: body.comment }] : []),
      { url: 'urn:estran:collected', valueString: ways[body.collected] },
    ],
    status: 'active',
    scope: concept('consentscope', 'patient-privacy'),
    category: [
      {
        coding: [{ system: loinc, code: '59284-0', display: 'Consentement du patient' }],
        text: informed
          ? 'Information sur le partage'
          : body.decision === 'oppose'
            ? 'Opposition au partage'
            : 'Accord au partage',
      },
    ],
    patient: subjectOf(entered),
    dateTime: entered.now.toISOString(),
    performer: [author(entered)],
    policyRule: informed
      ? { text: 'Information remise au patient' }
      : concept('v3-ActCode', body.decision === 'oppose' ? 'OPTOUT' : 'OPTIN'),
    provision: informed
      ? undefined
      : {
          type: body.decision === 'oppose' ? 'deny' : 'permit',
          period: { start: from, ...(until && { end: until }) },
          ...(body.practitioner && {
            actor: [
              {
                role: concept('v3-ParticipationType', 'IRCP', 'Destinataire'),
                reference: { reference: `Practitioner/${body.practitioner}`, ...(name && { display: name }) },
              },
            ],
          }),
          ...(codes.length && { class: codes }),
        },
  };
  await store.create(stamped(entered, consent, {}));
  return choices(entered);
}

/** An agreement does not lift an opposition: recorded beside it, it would open nothing. */
async function mustStandAlone({ store, room, caller, patientId }: Entered, practitioner: string): Promise<void> {
  const profession = room.directory.professionOf(caller.tenant, practitioner);
  if (!profession || !isProfession(profession)) return;
  const kept = await store.sql((sql) => keptOut(sql, patientId, ['summary'], [{ practitioner, profession }]));
  if (kept.length > 0)
    throw conflict(
      'Le patient s’oppose au partage avec cette personne. S’il a changé d’avis, mettez d’abord fin à cette opposition. Rien n’a été enregistré.',
      { code: 'opposed' },
    );
}

/** Ends a choice today; it stays readable. */
export async function endChoice(
  entered: Entered,
  id: string,
  version: number,
  reason: string,
): Promise<{ choices: Choice[] }> {
  const stored = await entered.store.read('Consent', id);
  const consent = stored.resource;
  if (consent.patient?.reference !== `Patient/${entered.patientId}`) throw notFound('Ce choix');
  const next = {
    ...consent,
    status: 'inactive' as const,
    provision: consent.provision && {
      ...consent.provision,
      period: { ...consent.provision.period, end: dayOf(entered.now.toISOString()) },
    },
  };
  if (next.provision?.period?.start && next.provision.period.end! < next.provision.period.start)
    next.provision.period.start = next.provision.period.end;
  await replace(
    entered,
    stored,
    version,
    stamped(entered, next, { base: stored.resource, reason }) as Resource,
    reason,
  );
  return choices(entered);
}
