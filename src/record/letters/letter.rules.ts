import type { DocumentReference, Extension, Reference } from '@medplum/fhirtypes';
import { categorySystem, isResource, type Resource } from '../../fhir/index.ts';
import type { LetterBody, LetterRecipient, letterWay } from '../contract/wire-letters.ts';
import { letterTypeLabel } from '../data/letters/uses.ts';
import { isClinicalField } from '../data/letters/fields.ts';
import { idOf, loinc } from '../fhir-words.ts';
import type { Sensitivity } from '../contract.ts';

/** A letter is a DocumentReference (docs/adr/0023-letters.md): its words as text, once signed the PDF/A before them; what else one must know of it are extensions. */
const url = (name: string): string => `urn:estran:letter-${name}`;
export const letterUrls = {
  template: url('template'),
  signer: url('signer'),
  recipient: url('recipient'),
  field: url('field'),
  given: url('given'),
  plain: url('administrative'),
} as const;
const letterCategory = { coding: [{ system: categorySystem, code: 'letter', display: 'Courrier' }] };
const toSignCategory = { coding: [{ system: categorySystem, code: 'letter-to-sign', display: 'Courrier à signer' }] };
const administrativeCategory = {
  coding: [{ system: categorySystem, code: 'administrative', display: 'Administratif' }],
};
const has = (resource: Pick<DocumentReference, 'category'>, code: string): boolean =>
  (resource.category ?? []).some((one) =>
    one.coding?.some((coding) => coding.system === categorySystem && coding.code === code),
  );
export const isLetter = (resource: Resource): resource is Resource & DocumentReference =>
  isResource(resource, 'DocumentReference') && has(resource, 'letter');
export const waitsForSignature = (letter: DocumentReference): boolean => has(letter, 'letter-to-sign');
export const isAdministrative = (letter: DocumentReference): boolean => has(letter, 'administrative');

const parts = (extension: Extension, name: string): Extension | undefined =>
  extension.extension?.find((one) => one.url === name);
const text = (extension: Extension, name: string): string => parts(extension, name)?.valueString ?? '';
const all = (letter: { extension?: Extension[] }, name: string): Extension[] =>
  (letter.extension ?? []).filter((one) => one.url === name);
const kinds = new Set(['team', 'outside', 'patient']);

export const templateOf = (letter: DocumentReference): { id: string; edition: string; title: string } | null => {
  const [found] = all(letter, letterUrls.template);
  return found ? { id: text(found, 'id'), edition: text(found, 'edition'), title: text(found, 'title') } : null;
};
export const signersOf = (letter: DocumentReference): string[] =>
  all(letter, letterUrls.signer).flatMap(({ valueCode }) => valueCode ?? []);
export const begunPlain = (letter: DocumentReference): boolean =>
  all(letter, letterUrls.plain)[0]?.valueBoolean === true;
/** Who is to sign, or who has signed. */
export const signatoryOf = (letter: DocumentReference): string | null =>
  idOf(letter.authenticator, 'Practitioner') ?? null;
export const recipientsOf = (letter: DocumentReference): LetterRecipient[] =>
  all(letter, letterUrls.recipient).map((one) => ({
    kind: kinds.has(text(one, 'kind')) ? (text(one, 'kind') as LetterRecipient['kind']) : 'outside',
    name: text(one, 'name'),
    role: text(one, 'role'),
    address: text(one, 'address'),
    phone: text(one, 'phone'),
    mssante: text(one, 'mssante'),
    practitioner: idOf(parts(one, 'practitioner')?.valueReference, 'Practitioner') ?? null,
    copy: parts(one, 'copy')?.valueBoolean ?? false,
  }));
export const fieldsOf = (letter: DocumentReference): { key: string; value: string }[] =>
  all(letter, letterUrls.field).map((one) => ({ key: text(one, 'key'), value: text(one, 'value') }));
export const textOf = (letter: DocumentReference): string =>
  Buffer.from(
    letter.content.find(({ attachment }) => attachment.contentType?.startsWith('text/markdown'))?.attachment.data ?? '',
    'base64',
  ).toString('utf8');
export const pdfOf = (letter: DocumentReference): string | null =>
  /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(
    letter.content.find(({ attachment }) => attachment.contentType === 'application/pdf')?.attachment.url ?? '',
  )?.[1] ?? null;
export const replacesOf = (letter: DocumentReference): string | null =>
  letter.relatesTo
    ?.filter(({ code }) => code === 'replaces')
    .map(({ target }) => idOf(target, 'DocumentReference'))
    .find(Boolean) ?? null;

export interface Given {
  way: (typeof letterWay)['options'][number];
  to: string;
  address: string;
  at: string;
  by: Reference;
  state: 'done' | 'waiting' | 'sending' | 'failed' | 'unsure';
  failure: string;
}
const string = (name: string, value: string): Extension[] => (value ? [{ url: name, valueString: value }] : []);
export const givenExtension = (one: Given): Extension => ({
  url: letterUrls.given,
  extension: [
    { url: 'way', valueCode: one.way },
    ...string('to', one.to),
    ...string('address', one.address),
    { url: 'at', valueDateTime: one.at },
    { url: 'by', valueReference: one.by },
    { url: 'state', valueCode: one.state },
    ...string('failure', one.failure),
  ],
});
export const givenOf = (letter: { extension?: Extension[] }): Given[] =>
  all(letter, letterUrls.given).map((one) => ({
    way: (parts(one, 'way')?.valueCode ?? 'printed') as Given['way'],
    to: text(one, 'to'),
    address: text(one, 'address'),
    at: parts(one, 'at')?.valueDateTime ?? '',
    by: parts(one, 'by')?.valueReference ?? {},
    state: (parts(one, 'state')?.valueCode ?? 'done') as Given['state'],
    failure: text(one, 'failure'),
  }));

/** What stands in a letter whatever its state. */
export interface LetterMade {
  id: string;
  body: LetterBody;
  /** Read by the secretariat: nothing of it is about health. */
  administrative: boolean;
  template: { id: string; edition: string; title: string } | null;
  signers: readonly string[];
  /** Begun without anything about health: what its template says, or who wrote it. */
  plain: boolean;
  subject: Reference;
  /** What it carries outside. */
  related?: Reference[];
  author: Reference[];
  signatory: Reference | null;
  at: string;
  /** Absent: in preparation. */
  signed?: { pdf: { id: string; size: number; hash: string }; replaces: string | null };
}
export function letterResource(made: LetterMade): DocumentReference {
  const { body, signed, template } = made;
  const recipient = (one: LetterRecipient): Extension => ({
    url: letterUrls.recipient,
    extension: [
      ...(['kind', 'name', 'role', 'address', 'phone', 'mssante'] as const).flatMap((name) => string(name, one[name])),
      ...(one.practitioner
        ? [{ url: 'practitioner', valueReference: { reference: `Practitioner/${one.practitioner}` } }]
        : []),
      ...(one.copy ? [{ url: 'copy', valueBoolean: true }] : []),
    ],
  });
  const label = letterTypeLabel(body.documentType);
  return {
    resourceType: 'DocumentReference',
    id: made.id,
    status: 'current',
    docStatus: signed ? 'final' : 'preliminary',
    type: { coding: [{ system: loinc, code: body.documentType, display: label }], text: label },
    category: [
      letterCategory,
      ...(made.administrative ? [administrativeCategory] : []),
      ...(!signed && made.signatory && made.signatory.reference !== made.author[0]?.reference ? [toSignCategory] : []),
    ],
    subject: made.subject as DocumentReference['subject'],
    date: made.at,
    author: made.author as NonNullable<DocumentReference['author']>,
    ...(made.signatory && { authenticator: made.signatory as NonNullable<DocumentReference['authenticator']> }),
    description: body.title,
    ...(made.related?.length && { context: { related: made.related } }),
    ...(signed?.replaces && {
      relatesTo: [{ code: 'replaces', target: { reference: `DocumentReference/${signed.replaces}` } }],
    }),
    extension: [
      ...(template
        ? [
            {
              url: letterUrls.template,
              extension: [
                ...string('id', template.id),
                ...string('edition', template.edition),
                ...string('title', template.title),
              ],
            },
          ]
        : []),
      ...(made.plain ? [{ url: letterUrls.plain, valueBoolean: true }] : []),
      ...made.signers.map((valueCode) => ({ url: letterUrls.signer, valueCode })),
      ...body.recipients.map(recipient),
      ...body.fields.map((one) => ({
        url: letterUrls.field,
        extension: [...string('key', one.key), ...string('value', one.value)],
      })),
    ],
    content: [
      ...(signed
        ? [
            {
              attachment: {
                contentType: 'application/pdf',
                url: `Binary/${signed.pdf.id}`,
                size: signed.pdf.size,
                hash: signed.pdf.hash,
                title: body.title,
                creation: made.at,
              },
            },
          ]
        : []),
      {
        attachment: {
          contentType: 'text/markdown; charset=UTF-8',
          language: 'fr',
          data: Buffer.from(body.text || ' ', 'utf8').toString('base64'),
          title: body.title,
        },
      },
    ],
  };
}
/** Nothing in it comes from the record of care: the secretariat may write it, and read it. */
export const staysAdministrative = (fields: readonly { key: string }[]): boolean =>
  !fields.some(({ key }) => isClinicalField(key));
/** Sensitive entries that were taken in close the letter to those who may not read them. */
export function sensitivityFrom({ sensitive, fields }: Pick<LetterBody, 'sensitive' | 'fields'>): Sensitivity | null {
  if (fields.some(({ key }) => key === 'sante-sexuelle')) return 'sexual-health';
  return sensitive ?? (fields.some(({ key }) => key === 'sante-mentale') ? 'mental-health' : null);
}
