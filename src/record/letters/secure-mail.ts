import type { DocumentReference } from '@medplum/fhirtypes';
import type { FhirStore, Resource } from '../../fhir/index.ts';
import { type Consumer, conflict, invalid, publish, type Sql } from '../../platform/index.ts';
import { statusOf } from '../read/reading.ts';
import { type Given, givenExtension, givenOf, letterUrls, pdfOf, recipientsOf } from './letter.rules.ts';

/**
 * The port of the secure mail of health (MSSanté): a connector, or nobody. Ordinary mail never carries a letter. `send` resolves once the operator has taken the message; it
 * throws `SecureMailRefused` when it was refused for good, anything else is tried again with the same `id`.
 */
export interface SecureMail {
  send(message: {
    tenant: number;
    id: string;
    to: string;
    subject: string;
    file: { name: string; contentType: string; bytes: Buffer };
  }): Promise<void>;
}
export class SecureMailRefused extends Error {}
/** The queue before the port. */
export interface SecureMailPort {
  enqueue(store: FhirStore, sending: { letter: string; at: string }): Promise<void>;
}
export const notConfigured =
  'Envoi MSSanté non configuré : imprimez ou téléchargez le courrier. Il ne part jamais par un courriel ordinaire.';
const topic = 'record.letter';

/** The address of one of the letter's own recipients. Errors: 409 without a connector, or when it is on its way or gone; 422 without an address. */
export function secureMailFor(port: SecureMailPort | undefined, letter: DocumentReference, to: string): string {
  if (!port) throw conflict(notConfigured, { code: 'mssante-not-configured' });
  if (letter.status === 'superseded')
    throw conflict('Ce courrier a été remplacé : envoyez la version en vigueur.', { code: 'superseded' });
  const address = recipientsOf(letter).find(({ name }) => name === to)?.mssante;
  if (!address)
    throw invalid('Ce destinataire n’a pas d’adresse MSSanté dans ce courrier. Rien n’est parti.', {
      to: 'Sans adresse MSSanté.',
    });
  if (givenOf(letter).some((one) => one.way === 'mssante' && one.address === address && one.state !== 'failed'))
    throw conflict('Ce courrier est déjà parti, ou en attente, pour cette adresse.', { code: 'already-sent' });
  return address;
}

export function openSecureMail(
  mail: SecureMail | undefined,
  house: (tenant: number, reason: string, sql: Sql) => FhirStore,
): { port: SecureMailPort | undefined; consumers: Consumer[] } {
  if (!mail) return { port: undefined, consumers: [] };
  return {
    port: { enqueue: (store, sending) => store.sql((sql) => publish(sql, store.caller.tenant, topic, sending)) },
    consumers: [
      {
        name: 'letters',
        topics: [topic],
        async handle(sql, tenant, event) {
          // The person's right was asked when it was put in the queue; whom it goes to and what it holds are read here, as they stand.
          const store = house(tenant, 'envoi d’un courrier par messagerie sécurisée', sql);
          const stored = await store.read('DocumentReference', String(event.payload.letter));
          const letter = stored.resource;
          const waiting = givenOf(letter).filter(
            (one) => one.way === 'mssante' && one.state === 'waiting' && one.at === event.payload.at,
          );
          const binary = pdfOf(letter);
          if (waiting.length === 0 || binary === null) return;
          const bytes = Buffer.from((await store.read('Binary', binary)).resource.data ?? '', 'base64');
          const ends = new Map<Given, Given>();
          for (const one of waiting)
            ends.set(
              one,
              statusOf(stored.resource) === 'entered-in-error'
                ? { ...one, state: 'failed', failure: 'Le courrier a été retiré avant son envoi.' }
                : await sent(mail, tenant, letter, stored.id, one, bytes),
            );
          const others = (letter.extension ?? []).filter(({ url }) => url !== letterUrls.given);
          await store.update(
            {
              ...stored.resource,
              id: stored.id,
              extension: [
                ...others,
                ...givenOf(letter).map((one) =>
                  givenExtension(
                    [...ends].find(
                      ([before]) => before.at === one.at && before.address === one.address && one.state === 'waiting',
                    )?.[1] ?? one,
                  ),
                ),
              ],
            } as Resource,
            { ifMatch: `W/"${stored.version}"` },
          );
        },
      },
    ],
  };
}
async function sent(
  mail: SecureMail,
  tenant: number,
  letter: DocumentReference,
  id: string,
  one: Given,
  bytes: Buffer,
): Promise<Given> {
  try {
    // Subjects of the secure mail name no patient.
    await mail.send({
      tenant,
      id: `${id}.${one.at}`,
      to: one.address,
      subject: letter.type?.text ?? 'Courrier',
      file: { name: `courrier-${id}.pdf`, contentType: 'application/pdf', bytes },
    });
    return { ...one, state: 'done' };
  } catch (error) {
    if (error instanceof SecureMailRefused) return { ...one, state: 'failed', failure: error.message.slice(0, 300) };
    throw error;
  }
}
