// https://hl7.org/fhir/R4/http.html#mime-type
import { FhirProblem } from '../outcome.ts';
import type { Prefer } from './call.ts';

const json = new Set(['application/fhir+json', 'application/json', 'text/json', 'json', 'application/json+fhir']);
const versions = new Set(['4.0', '4.0.1']);

interface Media {
  type: string;
  parameters: Map<string, string>;
}

function mediaOf(text: string): Media {
  const [type = '', ...rest] = text.split(';');
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const eq = part.indexOf('=');
    if (eq > 0)
      parameters.set(
        part.slice(0, eq).trim().toLowerCase(),
        part
          .slice(eq + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      );
  }
  return { type: type.trim().toLowerCase(), parameters };
}

const versionFits = ({ parameters }: Media): boolean => {
  const version = parameters.get('fhirversion');
  return version === undefined || versions.has(version);
};
const charsetFits = ({ parameters }: Media): boolean => {
  const charset = parameters.get('charset')?.toLowerCase();
  return charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii';
};

/** @throws FhirProblem 406 when JSON of FHIR 4.0 is not among what the client takes. `_format` wins over Accept. */
export function mustAccept(accept: string | undefined, format: string | undefined): void {
  if (format !== undefined && format !== '') {
    // In a query a plus sign reads as a space.
    const media = mediaOf(format.replace(' ', '+'));
    if (json.has(media.type) && versionFits(media)) return;
    throw new FhirProblem(
      406,
      'not-supported',
      `The format “${format.slice(0, 60)}” is not offered. Ask for application/fhir+json; fhirVersion=4.0.`,
    );
  }
  if (accept === undefined || accept.trim() === '') return;
  const fits = accept.split(',').some((part) => {
    const media = mediaOf(part);
    if (Number(media.parameters.get('q') ?? '1') === 0) return false;
    return (json.has(media.type) || media.type === '*/*' || media.type === 'application/*') && versionFits(media);
  });
  if (!fits)
    throw new FhirProblem(
      406,
      'not-supported',
      `None of “${accept.slice(0, 100)}” is offered. Ask for application/fhir+json; fhirVersion=4.0.`,
    );
}

/**
 * Is the native form of a Binary wanted, and not FHIR's? It is unless FHIR's is named, the better of what is named when both are.
 * https://hl7.org/fhir/R4/binary.html#rest
 */
export function wantsNative(accept: string | undefined, format: string | undefined): boolean {
  if (format) return false;
  let [fhir, other] = [0, 0];
  for (const part of (accept ?? '*/*').split(',')) {
    const { type, parameters } = mediaOf(part);
    const quality = Number(parameters.get('q') ?? '1') || 0;
    if (json.has(type) || type === 'application/fhir+xml') fhir = Math.max(fhir, quality);
    else if (type !== '') other = Math.max(other, quality);
  }
  return fhir < other;
}

/**
 * The media type of a body, without parameters. `allowed`: what the interaction takes.
 * @throws FhirProblem 415, also for another charset or encoding than UTF-8 in clear.
 */
export function mustBeMedia(
  header: string | undefined,
  encoding: string | undefined,
  allowed: readonly string[],
): string {
  mustBePlain(encoding);
  const media = mediaOf(header ?? '');
  if (!allowed.includes(media.type)) {
    throw new FhirProblem(
      415,
      'not-supported',
      `The Content-Type “${(header ?? '').slice(0, 60)}” is not accepted here. Send ${allowed.join(' or ')}.`,
    );
  }
  if (!charsetFits(media)) throw new FhirProblem(415, 'not-supported', 'The charset must be UTF-8.');
  if (!versionFits(media)) throw new FhirProblem(415, 'not-supported', 'Only fhirVersion=4.0 is accepted.');
  return media.type;
}

/** @throws FhirProblem 415 */
export function mustBePlain(encoding: string | undefined): void {
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    throw new FhirProblem(
      415,
      'not-supported',
      `Content-Encoding ${encoding.slice(0, 40)} is not accepted: send the body as it is.`,
    );
}

/** Is it FHIR, and not the bytes of a Binary? XML is neither: it is refused as a resource. */
export const isResourceMedia = (header: string): boolean => {
  const { type } = mediaOf(header);
  return json.has(type) || type === 'application/fhir+xml';
};

export const resourceMedia = [
  'application/fhir+json',
  'application/json',
  'text/json',
  'application/json+fhir',
] as const;
export const formMedia = 'application/x-www-form-urlencoded';

/** https://hl7.org/fhir/R4/http.html#prefer: what is not known is passed over. */
export function parsePrefer(header: string | undefined): Prefer {
  const prefer: Prefer = {};
  for (const part of (header ?? '').split(/[,;]/)) {
    const [name, value = ''] = part.split('=').map((word) => word.trim().replace(/^"(.*)"$/, '$1'));
    if (name === 'return' && (value === 'minimal' || value === 'representation' || value === 'OperationOutcome'))
      prefer.return = value;
    else if (name === 'handling' && (value === 'strict' || value === 'lenient')) prefer.strict = value === 'strict';
  }
  return prefer;
}
