// https://hl7.org/fhir/R4/http.html#versioning
import type { FastifyReply } from 'fastify';
import { bytesOf } from '../../platform/index.ts';
import { exactText, parseExact } from '../decimals.ts';
import type { OperationOutcome } from '../outcome.ts';
import type { Answer, Content } from './call.ts';

export const fhirMedia = 'application/fhir+json; charset=utf-8';

/** @param pretty indented, for people who read */
export function send(reply: FastifyReply, answer: Answer, base: string, pretty: boolean): FastifyReply {
  reply.code(answer.status);
  if (answer.version !== undefined) reply.header('etag', `W/"${answer.version}"`);
  if (answer.updated !== undefined) reply.header('last-modified', new Date(answer.updated).toUTCString());
  if (answer.location !== undefined) reply.header('location', `${base}/${answer.location}`);
  // What a person may see changes with their rights: each reader asks anew, with their ETag.
  reply.header('cache-control', 'private, no-cache');
  if (answer.content && answer.status === 200) return sendContent(reply, answer.content);
  if (answer.text === undefined || answer.status === 304 || answer.status === 204) return reply.send();
  reply.header('content-type', fhirMedia);
  const text = pretty ? exactText(parseExact(answer.text) as object, 2) : answer.text;
  // A short text goes out in one piece with its headers.
  return reply.send(text.length < 4096 ? text : bytesOf(text));
}

/** Whatever it holds, a browser keeps it as a file and runs nothing of it. */
function sendContent(reply: FastifyReply, { bytes, type, name, securityContext }: Content): FastifyReply {
  reply.headers({
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    ...(securityContext !== undefined && { 'x-security-context': securityContext }),
  });
  return reply.send(bytes);
}

export const sendOutcome = (reply: FastifyReply, status: number, outcome: OperationOutcome): FastifyReply =>
  reply
    .code(status)
    .header('content-type', fhirMedia)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(outcome));
