// https://hl7.org/fhir/R4/binary.html#rest
import type { Binary } from '@medplum/fhirtypes';
import { isResourceType } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import { type Stored } from '../store/store.ts';
import { resourceLimit } from './body.ts';
import type { Call, Content, Handler } from './call.ts';
import { create } from './create.ts';
import { update } from './update.ts';
import { written } from './written.ts';

/** Bytes. In base64 it still weighs less than a resource may, so that what was stored raw can be read and sent back as JSON. */
export const rawLimit = (resourceLimit * 3) / 4 - 65_536;

const mediaType =
  /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}(?: ?; ?[\w!#$&^.+-]{1,60}=(?:[\w!#$&^.+-]{1,100}|"[\w !#$&^.+/:-]{0,100}"))*$/;
const reference = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})$/;

/** X-Security-Context: whose rights the bytes follow. Must be there for the caller, or the bytes would be nobody's without a word. */
async function contextOf(call: Call): Promise<string | undefined> {
  const given = call.raw?.securityContext?.trim();
  if (!given) return undefined;
  const local = given.startsWith(`${call.base}/`) ? given.slice(call.base.length + 1) : given;
  const [, type, id] = reference.exec(local) ?? [];
  const at = { expression: 'Binary.securityContext' };
  if (type === undefined || id === undefined || !isResourceType(type))
    throw new FhirProblem(
      400,
      'value',
      `X-Security-Context must be one reference of this server such as DocumentReference/42, not “${given.slice(0, 80)}”. Nothing was stored.`,
      at,
    );
  await call.store.read(type, id).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status < 500)
      throw new FhirProblem(
        422,
        'not-found',
        `X-Security-Context points to ${local}, which is not here or not yours to see. Nothing was stored.`,
        at,
      );
    throw error;
  });
  return local;
}

/** The resource that raw bytes make. @throws FhirProblem 400, 413, 422 */
async function binaryOf(call: Call, known?: string): Promise<Binary> {
  const { bytes, contentType } = call.raw!;
  if (bytes.length > rawLimit)
    throw new FhirProblem(413, 'too-long', `A Binary sent raw has at most ${rawLimit} bytes. Nothing was stored.`);
  if (!mediaType.test(contentType))
    throw new FhirProblem(
      415,
      'value',
      `The Content-Type “${contentType.slice(0, 60)}” is not a media type such as application/pdf.`,
      { expression: 'Binary.contentType' },
    );
  const context = (await contextOf(call)) ?? known;
  return {
    resourceType: 'Binary',
    contentType,
    ...(context && { securityContext: { reference: context } }),
    data: bytes.toString('base64'),
  };
}

export const createBinary: Handler = async (call) => {
  if (!call.raw) return create(call);
  if (call.conditions.ifNoneExist !== undefined)
    throw new FhirProblem(400, 'not-supported', 'If-None-Exist needs the Binary as FHIR JSON.');
  return written(call, await call.store.create(await binaryOf(call)), true);
};

/** Without X-Security-Context the bytes keep the rights they had. */
export const updateBinary: Handler = async (call) => {
  if (!call.raw) return update(call);
  const current = await call.store.read('Binary', call.id).catch((error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  });
  const resource = { ...(await binaryOf(call, current?.resource.securityContext?.reference)), id: call.id };
  return update({ ...call, body: () => resource });
};

/** The bytes as they are sent. */
export function contentOf(stored: Stored): Content {
  const { data, contentType = '', securityContext }: Partial<Binary> = stored.type === 'Binary' ? stored.resource : {};
  const context = securityContext?.reference;
  return {
    bytes: Buffer.from(data ?? '', 'base64'),
    // What is no media type must not become a header.
    type: mediaType.test(contentType) ? contentType : 'application/octet-stream',
    name: `Binary-${stored.id}`,
    ...(context !== undefined && reference.test(context) && { securityContext: context }),
  };
}
