import type { Attachment, Communication } from '@medplum/fhirtypes';
import { type KindOfData, kindsOfData } from '../../access/index.ts';
import { categorySystem, type Stored } from '../../fhir/index.ts';
import { labelOf, normalise } from '../../record/index.ts';
import type { Message } from '../contract/messages.ts';

/** What the resource of a message says. */
export const communication = (stored: Stored<'Communication'>): Communication => stored.resource;
export const textOf = (one: Communication): string =>
  (one.payload ?? [])
    .map((payload) => payload.contentString)
    .filter(Boolean)
    .join('\n');
export const topicOf = (one: Communication): string =>
  labelOf(one.topic) ||
  (isWithdrawn(one) ? 'Message retiré' : textOf(one)).split('\n')[0]!.slice(0, 80) ||
  'Sans objet';
export const isAdministrative = (one: Communication): boolean =>
  one.category?.some((concept) =>
    concept.coding?.some((coding) => coding.system === categorySystem && coding.code === 'administrative'),
  ) ?? false;
/** Other notes of the record are Communications too: of a task, of an opinion, handovers. */
export const isIn = (one: Communication, thread: string): boolean =>
  one.id === thread || (one.partOf?.some(({ reference }) => reference === `Communication/${thread}`) ?? false);
export const isWithdrawn = (one: Communication): boolean => one.status === 'entered-in-error';
export const attachmentsOf = (one: Communication): (Attachment & { binary: string })[] =>
  (one.payload ?? []).flatMap(({ contentAttachment }) => {
    const binary = /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(contentAttachment?.url ?? '')?.[1];
    return contentAttachment && binary ? [{ ...contentAttachment, binary }] : [];
  });
export const filesOf = (one: Communication, thread: string): Message['files'] =>
  attachmentsOf(one).map((file) => ({
    id: file.binary,
    title: file.title ?? 'Fichier',
    contentType: file.contentType ?? '',
    size: file.size ?? 0,
    url: `/api/messages/threads/${thread}/messages/${one.id}/files/${file.binary}`,
  }));
/** What a search for words looks through; nothing of what was taken back. */
export const wordsOf = (one: Communication): string =>
  isWithdrawn(one)
    ? ''
    : normalise(
        [
          one.topic?.text,
          textOf(one),
          one.subject?.display,
          one.sender?.display,
          ...attachmentsOf(one).map((file) => file.title ?? 'Fichier'),
        ]
          .filter(Boolean)
          .join(' '),
      );
export const kindOfBit = (bit: number): KindOfData =>
  (Object.entries(kindsOfData).find(([, kind]) => kind.bit === bit)?.[0] ?? 'exchanges') as KindOfData;
