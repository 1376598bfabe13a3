// https://hl7.org/fhir/R4/http.html#general
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../access/index.ts';
import type { PackageSource } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import { outgoing } from './outgoing.ts';
import type { FhirStore } from '../store/store.ts';
import type { Terminology } from '../terminology/index.ts';
import type { Lists } from '../terms/for-caller.ts';
import type { Validator } from '../validation/index.ts';
import { bundleLimit, decode, formLimit, parseForm, parseJson, resourceLimit } from './body.ts';
import { type Answer, type Call, type Conditions, type Found, lastOf, type Pairs, type Services } from './call.ts';
import { capabilityStatement } from './capabilities.ts';
import { segmentsOf } from './entry.ts';
import { mayRepeat, toFhirProblem } from './errors.ts';
import {
  formMedia,
  isResourceMedia,
  mustAccept,
  mustBeMedia,
  mustBePlain,
  parsePrefer,
  wantsNative,
} from './negotiation.ts';
import { send, sendOutcome } from './reply.ts';
import { NotAllowed, routeOver } from './route.ts';
import { interactions } from './table.ts';

export interface FhirDeps {
  /** The store as this caller sees it. */
  storeFor(caller: Caller): FhirStore;
  /** The public lists that the caller's practice reads. */
  listsFor(caller: Caller): Lists;
  /** Who asks. @throws FhirProblem 401 */
  callerOf(request: FastifyRequest): Promise<Caller>;
  validator: Validator;
  terminology: Terminology;
  /** `https://host`, no slash at the end. */
  publicUrl: string;
  packages?: PackageSource;
  /** Of the product, for the CapabilityStatement. */
  version?: string;
  /** Authorization endpoint of SMART App Launch, once there is one. */
  authorize?: string;
}

export const root = '/fhir/R4';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

function conditionsOf(request: FastifyRequest): Conditions {
  const conditions: Conditions = {};
  const names = {
    ifMatch: 'if-match',
    ifNoneMatch: 'if-none-match',
    ifModifiedSince: 'if-modified-since',
    ifNoneExist: 'if-none-exist',
  } as const;
  for (const [key, name] of Object.entries(names) as [keyof Conditions, string][]) {
    const value = header(request, name);
    if (value !== undefined) conditions[key] = value;
  }
  return conditions;
}

/** Splits the address as it came: the query keeps its order and repetitions. */
function addressOf(request: FastifyRequest): { segments: string[]; query: Pairs } {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? [] : parseForm(url.slice(mark + 1));
  for (const [name, value] of query) {
    if (name.includes('\0') || value.includes('\0'))
      throw new FhirProblem(400, 'value', 'The query holds the character NUL. Remove it.', {
        expression: name.replaceAll('\0', '').slice(0, 60),
      });
  }
  return { segments: segmentsOf(path.slice(root.length)), query };
}

function callFor(
  request: FastifyRequest,
  found: Found,
  query: Pairs,
  services: Services,
  store: FhirStore,
  lists: Lists,
): Call {
  const bytes = request.body as Buffer | undefined;
  const accepted = found.interaction.body;
  let mediaType = '';
  let text: string | undefined;
  let raw: Call['raw'];
  const contentType = header(request, 'content-type')?.trim() ?? '';
  if (
    bytes !== undefined &&
    bytes.length > 0 &&
    found.interaction.takesBytes &&
    contentType !== '' &&
    !isResourceMedia(contentType)
  ) {
    mustBePlain(header(request, 'content-encoding'));
    raw = { bytes, contentType, securityContext: header(request, 'x-security-context') };
  } else if (bytes !== undefined && bytes.length > 0 && accepted) {
    mediaType = mustBeMedia(header(request, 'content-type'), header(request, 'content-encoding'), accepted);
    if (mediaType === formMedia && bytes.length > formLimit)
      throw new FhirProblem(413, 'too-long', 'A form has at most 1 MB.');
    text = decode(bytes);
  }
  // An operation without parameters may come without a body; everything else says what it brings.
  const mayBeEmpty = found.interaction.code === 'operation';
  let parsed: { value: unknown } | undefined;
  return {
    ...services,
    ...found.params,
    store,
    lists,
    method: request.method === 'HEAD' ? 'GET' : request.method,
    query,
    conditions: conditionsOf(request),
    prefer: parsePrefer(header(request, 'prefer')),
    mediaType,
    ...(raw && { raw }),
    body(again = false) {
      if (mayBeEmpty && text === undefined) return undefined;
      if (again || !parsed) parsed = { value: parseJson(text ?? '') };
      return parsed.value;
    },
    form: () => parseForm(text ?? ''),
  };
}

const wantsPretty = (query: Pairs): boolean => lastOf(query, '_pretty') === 'true';

/** Mounts the REST surface at /fhir/R4, apart from the rest of the server: its own bodies, errors and addresses. */
export function mountFhir(app: FastifyInstance, deps: FhirDeps): void {
  const { publicUrl, storeFor, listsFor, callerOf, validator, terminology, packages } = deps;
  const base = `${publicUrl.replace(/\/$/, '')}${root}`;
  const route = routeOver(interactions);
  const services: Services = {
    validator,
    terminology,
    base,
    route,
    failed: (error) => app.log.error(error),
    ...(packages && { packages }),
  };
  let statement: string | undefined;
  const metadata = (): string => {
    statement ??= JSON.stringify(
      capabilityStatement(interactions, {
        base,
        origin: publicUrl.replace(/\/$/, ''),
        version: deps.version ?? '0.1.0',
        ...(packages && { packages }),
        ...(deps.authorize && { authorize: deps.authorize }),
      }),
    );
    return statement;
  };

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { segments, query } = addressOf(request);
    const [accept, format] = [header(request, 'accept'), lastOf(query, '_format')];
    const native =
      segments[0] === 'Binary' &&
      /^(GET|HEAD)$/.test(request.method) &&
      (segments.length === 2 || segments.length === 4) &&
      wantsNative(accept, format);
    if (!native) mustAccept(accept, format);
    if (segments.length === 1 && segments[0] === 'metadata') {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new NotAllowed(request.method, ['GET']);
      return send(reply, { status: 200, text: metadata() }, base, wantsPretty(query));
    }
    const found = route(request.method === 'HEAD' ? 'GET' : request.method, segments);
    const caller = callers.get(request)!;
    const call = callFor(request, found, query, services, outgoing(storeFor(caller)), listsFor(caller));
    const bytes = native && (found.interaction.code === 'read' || found.interaction.code === 'vread');
    if (native && !bytes) mustAccept(accept, format);
    const answer: Answer = await found.interaction.handler(bytes ? { ...call, native } : call);
    return send(reply, answer, base, wantsPretty(query));
  };

  const callers = new WeakMap<FastifyRequest, Caller>();
  const isPublic = (request: FastifyRequest) => /^\/fhir\/R4\/metadata\/?(\?|$)/.test(request.raw.url ?? '');

  const refuse = (error: unknown, reply: FastifyReply): FastifyReply => {
    const problem = toFhirProblem(error);
    if (problem.status >= 500) services.failed(error);
    if (problem instanceof NotAllowed) reply.header('allow', problem.allow);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="fhir"');
    if (mayRepeat(problem, error)) reply.header('retry-after', '1');
    return sendOutcome(reply, problem.status, problem.outcome);
  };

  app.register(
    async (fhir) => {
      fhir.removeAllContentTypeParsers();
      fhir.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      fhir.addHook('onRequest', async (request, reply) => {
        const id = header(request, 'x-request-id');
        if (id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id)) reply.header('x-request-id', id);
        // Before a byte of the body is read.
        if (!isPublic(request)) callers.set(request, await callerOf(request));
      });
      fhir.setErrorHandler((error, _request, reply) => refuse(error, reply));
      fhir.setNotFoundHandler((request, reply) => {
        const known = (methods as readonly string[]).includes(request.method);
        return refuse(
          known
            ? new FhirProblem(404, 'not-found', 'There is nothing here.')
            : new NotAllowed(request.method, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
          reply,
        );
      });
      fhir.route({ method: [...methods], url: '/', bodyLimit: bundleLimit, handler: handle });
      fhir.route({ method: [...methods], url: '/*', bodyLimit: resourceLimit, handler: handle });
    },
    { prefix: root },
  );
}
