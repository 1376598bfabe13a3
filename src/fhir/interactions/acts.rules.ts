// docs/adr/0045-what-fhir-leaves-to-acts.md: what comes of an act with conditions of its own is not written by hand.
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../access/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { JsonResource } from '../store/store.ts';
import { identityRefusal } from './identity.rules.ts';
import { leavesError } from './kept.rules.ts';
import { meetingRefusal } from './meetings.rules.ts';
import { followsLine, isLine, isPrescription } from './prescribed.rules.ts';
import { signedRefusal } from './signed.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b));
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : value ? [value] : []);
/** The elements, besides what the server sets, in which two versions differ. */
const changed = (a: JsonResource, b: JsonResource): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (element) => element !== 'meta' && element !== 'text' && !same(a[element], b[element]),
  );
const people = (...values: unknown[]): string[] =>
  values
    .flatMap(list)
    .flatMap(({ reference }) =>
      typeof reference === 'string' && /^Practitioner\/[^/]+$/.test(reference) ? [reference] : [],
    );

const no = (text: string, expression: string): FhirProblem =>
  new FhirProblem(409, 'business-rule', `${text} Nothing was changed.`, { expression });
const notYours = (text: string, expression: string): FhirProblem =>
  new FhirProblem(403, 'forbidden', `${text} Nothing was changed.`, { expression });

const running = new Set(['active', 'on-hold', 'draft', 'unknown']);
/** Who read, validated or signed, each with when: said by the person, of the version that stood. */
const marks = ['urn:estran:read', 'urn:estran:signed'];
const marksOf = (resource: JsonResource | null): Json[] =>
  list(resource?.extension).filter(({ url }) => marks.includes(url));
/** Of a signed document: another text is another document, that replaces it. */
const frozen = ['content', 'author', 'authenticator', 'date'];
/** Where a record went, or came from. */
export const mergeLinks = (patient: JsonResource): Json[] =>
  list(patient.link).filter(({ type }) => type === 'replaced-by' || type === 'replaces');
/** The same links with those of merges as they stand: who writes back without them does not separate records. */
export const withMergeLinks = (standing: JsonResource, link: unknown): Json[] => [
  ...mergeLinks(standing),
  ...list(link).filter((one) => !mergeLinks(standing).some((other) => same(one, other))),
];
/** Of what a patient decided: how it ends. */
const consentMay = new Set(['status', 'provision', 'extension', 'verification']);
const untilEnd = ({ provision }: Json): unknown =>
  provision && { ...provision, period: { ...provision.period, end: undefined } };

/**
 * Why this may not be written by FHIR, null when it may. Rights on the kind of data and the patient are the store's, and come first.
 * @param standing null: it is new
 */
export function actRefusal(caller: Caller, standing: JsonResource | null, next: JsonResource): FhirProblem | null {
  if (caller.kind === 'system') return null;
  return (
    (standing && (ofState(standing, next) ?? ofLine(caller, standing, next))) ??
    ofMarks(caller, standing, next) ??
    meetingRefusal(caller, standing, next) ??
    identityRefusal(caller, standing, next) ??
    (caller.kind === 'person' ? ofPerson(caller, standing, next) : null)
  );
}

function ofState(standing: JsonResource, next: JsonResource): FhirProblem | null {
  const type = standing.resourceType;
  const differs = () => changed(standing, next);
  if (leavesError(standing, next)) return no(`This ${type} is entered in error and stays so: write a new one.`, type);
  const unsigned = signedRefusal(standing, next);
  if (unsigned) return no(unsigned, type);
  if (isPrescription(standing) && differs().length > 0)
    return no(
      'A signed prescription is not written over: it is cancelled or replaced on its page, or its lines are stopped one by one (status).',
      type,
    );
  if (
    type === 'DocumentReference' &&
    standing.status !== 'entered-in-error' &&
    (standing.docStatus === 'final' || standing.docStatus === 'amended')
  ) {
    const element = frozen.find((one) => !same(standing[one], next[one]));
    if (element)
      return no(
        `The ${element} of a signed document is not written over: send another DocumentReference with relatesTo “replaces”.`,
        `${type}.${element}`,
      );
  }
  if ((type === 'Provenance' || type === 'AuditEvent') && differs().length > 0)
    return no(`A ${type} says what happened and is not written over: add another.`, type);
  if (type === 'Patient' && !same(mergeLinks(standing), mergeLinks(next)))
    return no(
      'Records are merged and separated in the record, where what they hold follows: links “replaces” and “replaced-by” stay as they are.',
      'Patient.link',
    );
  if (type === 'Consent' && !['draft', 'proposed'].includes(String(standing.status))) {
    if (standing.status !== next.status && !running.has(String(standing.status)))
      return no(
        'A choice of the patient that has ended is not taken up again: record a new Consent.',
        'Consent.status',
      );
    const element =
      differs().find((one) => !consentMay.has(one)) ??
      (same(untilEnd(standing), untilEnd(next)) ? undefined : 'provision');
    if (element)
      return no(
        'What a patient decided is not written over: end it (status “inactive” or the end of provision.period) and record a new Consent.',
        `Consent.${element}`,
      );
  }
  return null;
}

function ofLine(caller: Caller, standing: JsonResource, next: JsonResource): FhirProblem | null {
  const type = standing.resourceType;
  if (!isLine(standing) && !followsLine(standing)) return null;
  const elements = changed(standing, next);
  if (elements.length === 0) return null;
  if (followsLine(standing))
    return no(
      'This Task follows a line of a signed prescription: its state is what was said of the line. Stop the line itself (status), or say what was done in the record.',
      type,
    );
  const other = elements.find((element) => element !== 'status' && element !== 'statusReason');
  if (other)
    return no(
      `A line of a signed prescription is not written over: stop it (status) and prescribe anew.`,
      `${type}.${other}`,
    );
  if (!running.has(String(standing.status)))
    return no(`This line is “${String(standing.status)}” and does not run again: prescribe anew.`, `${type}.status`);
  if (
    caller.kind === 'person' &&
    caller.profession !== 'physician' &&
    !people(standing.requester).includes(`Practitioner/${caller.practitioner}`)
  )
    return notYours(
      'A line of a prescription is stopped by who signed it or by a physician of the care team.',
      `${type}.status`,
    );
  return null;
}

/** Neither added nor changed; a report that says something else leaves them out, and is to be validated again. */
function ofMarks(caller: Caller, standing: JsonResource | null, next: JsonResource): FhirProblem | null {
  const [before, after] = [marksOf(standing), marksOf(next)];
  const at = `${next.resourceType}.extension`;
  const added = after.find((one) => !before.some((other) => same(one, other)));
  if (added)
    return no(`“${added.url}” is said by who reads, validates or signs, in the record: leave it as it stands.`, at);
  const says =
    standing?.resourceType === 'DiagnosticReport' &&
    before.length > 0 &&
    changed(standing, next).some((element) => element !== 'extension' && element !== 'resultsInterpreter');
  if (says && after.length > 0)
    return no(
      'This report was validated as it stood: leave “urn:estran:read” out of what you correct, it is to be validated again.',
      at,
    );
  if (caller.kind === 'person' && !says && after.length < before.length)
    return no('Who read, validated or signed is not taken away: leave these extensions as they stand.', at);
  return null;
}
/** A report without who validated it; null when nobody did. */
export const unread = (report: JsonResource): JsonResource | null =>
  marksOf(report).length > 0
    ? { ...report, extension: list(report.extension).filter(({ url }) => !marks.includes(url)) }
    : null;
const values = /^(?:value[A-Z]|code$|component$|dataAbsentReason$|interpretation$)/;
/** It says something else than what was validated, if it was. */
export const saysOther = (standing: JsonResource, next: JsonResource): boolean =>
  standing.resourceType === 'Observation' && changed(standing, next).some((element) => values.test(element));

/** A signed note or letter that would no longer stand. */
const disowns = (standing: JsonResource, next: JsonResource): boolean =>
  (standing.resourceType === 'Composition' || standing.resourceType === 'DocumentReference') &&
  standing.status !== next.status &&
  ['entered-in-error', 'superseded'].includes(String(next.status)) &&
  people(standing.author, standing.authenticator).length > 0;

function ofPerson(
  caller: Extract<Caller, { kind: 'person' }>,
  standing: JsonResource | null,
  next: JsonResource,
): FhirProblem | null {
  const type = next.resourceType;
  const me = `Practitioner/${caller.practitioner}`;
  const other = (...elements: string[]): string | undefined =>
    elements.find((element) =>
      people(next[element]).some((one) => one !== me && !(standing && people(standing[element]).includes(one))),
    );
  const signer =
    (type === 'Composition' && other('author')) || (type === 'DocumentReference' && other('authenticator'));
  if (signer) return notYours('One writes and signs in one’s own name.', `${type}.${signer}`);
  if (
    type === 'Composition' &&
    list(next.attester).some(({ party }) =>
      people(party).some(
        (one) => one !== me && !list(standing?.attester).some((before) => people(before.party).includes(one)),
      ),
    )
  )
    return notYours('One writes and signs in one’s own name.', 'Composition.attester');
  if (!standing && (isPrescription(next) || isLine(next) || followsLine(next)))
    return notYours('A prescription is signed in the record, where who may prescribe is checked.', type);
  if (standing && disowns(standing, next) && !people(standing.author, standing.authenticator).includes(me))
    return notYours(
      'What a colleague signed is marked as an error, or replaced, in the record, where who may is checked.',
      `${type}.status`,
    );
  if (type === 'MedicationDispense' && caller.profession !== 'pharmacist')
    return notYours('What was dispensed is said, corrected or marked as an error by a pharmacist.', type);
  if (type === 'AuditEvent' && !standing)
    return notYours('The log of accesses is written by the server, not by hand.', type);
  if (type === 'Provenance' && !standing && list(next.agent).some(({ who }) => people(who).some((one) => one !== me)))
    return notYours('One says of oneself alone what one did.', 'Provenance.agent');
  return null;
}
