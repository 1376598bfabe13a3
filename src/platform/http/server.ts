import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { isUnavailable, mayBeDone, sqlState } from '../db/db.ts';
import { diskFull, isFull } from './health.ts';
import { Problem } from './problem.ts';

export interface ServerOptions {
  /** pino level; 'silent' in tests. */
  logLevel: string;
  /** Largest accepted body, bytes. */
  bodyLimit?: number;
  /** How many reverse proxies of ours stand before it, each of which adds to X-Forwarded-For where the request came from. */
  proxies?: number;
  /** How a room that speaks another standard says a refusal under its addresses; undefined: ours. */
  refusalAt?(address: string, error: unknown): Refusal | undefined;
}
export interface Refusal {
  status: number;
  type: string;
  text: string;
}

const problemMedia = 'application/problem+json; charset=utf-8';
/** What the reader of forms says of one that is cut off or has no boundary: it gives its errors no code. */
const brokenForm = /multipart data$|^Multipart: Boundary not found|^The needle |^Malformed /;

/** The HTTP server without any room: security headers, cookies, files, and one shape for every error. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const refusal = (address: string, error: unknown): Refusal => {
    const problem = toProblem(error);
    return (
      options.refusalAt?.(address, error) ?? {
        status: problem.status,
        type: problemMedia,
        text: JSON.stringify(problem),
      }
    );
  };
  const app = Fastify({
    logger: options.logLevel === 'silent' ? false : { level: options.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? 20 * 1024 * 1024,
    // What stands further to the left in X-Forwarded-For was written by whoever sent the request: it is not where it comes from.
    trustProxy: options.proxies ? (_address, hop) => hop < options.proxies! : false,
    routerOptions: { maxParamLength: 512 },
    // FHIR answers HEAD by itself, and health asks for it: of a thousand other addresses it would be a twin that nobody calls.
    exposeHeadRoutes: false,
    // An address that cannot be decoded never reaches a route: it gets our words all the same.
    frameworkErrors: (error, request, reply) => {
      const { status, type, text } = refusal(request.raw.url ?? '', error);
      reply.raw.writeHead(status, { ...machineHeaders, 'content-type': type }).end(text);
    },
    // What is no HTTP, or larger than it may be, does not even become a request.
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || socket.destroyed) return;
      const statusCode =
        error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
      const address = /^[A-Z]+ (\S*)/.exec(String(error.rawPacket ?? '').slice(0, 200))?.[1] ?? '';
      const { status, type, text } = refusal(address, { statusCode });
      const headers = {
        ...machineHeaders,
        'content-type': type,
        'content-length': Buffer.byteLength(text),
        connection: 'close',
      };
      if (socket.writable)
        socket.write(
          `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('')}\r\n${text}`,
        );
      socket.destroy(error);
    },
    // A save that is on its way is answered before the server ends.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  app.addHook('preClose', async () => {
    // A connection that was at work when the server began to close would be kept for the next request.
    const idle = setInterval(() => app.server.closeIdleConnections(), 100);
    app.server.once('close', () => clearInterval(idle));
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: 512 * 1024 * 1024, files: 500 } });
  await app.register(helmet, {
    // Pages only: what programs read gets the fixed headers below, which cost nothing to write.
    global: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Mantine writes its variables in style elements: they carry the page's nonce.
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response)}'`],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // The reverse proxy owns TLS; a localhost start must stay reachable in clear.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (/^\/(fhir|api|oauth2)\//.test(request.raw.url ?? '')) reply.headers(machineHeaders);
    else await reply.helmet();
  });
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) request.log.error(error);
    return reply
      .code(problem.status)
      .headers(problem.headers ?? {})
      .type(problemMedia)
      .send(JSON.stringify(problem));
  });
  return app;
}

/** Of answers that are no page: nothing in them may run, be framed by others or be taken for another type. */
const machineHeaders = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const nonces = new WeakMap<object, string>();
/** The nonce of this answer's Content-Security-Policy. */
export function nonceOf(response: object): string {
  let nonce = nonces.get(response);
  if (!nonce) {
    nonce = randomBytes(16).toString('base64');
    nonces.set(response, nonce);
  }
  return nonce;
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : undefined;
  if (status === 413)
    return new Problem(
      413,
      'Trop volumineux',
      'Le fichier ou le texte envoyé est trop volumineux. Rien n’a été modifié : envoyez-le en plusieurs parties.',
    );
  if (status === 415)
    return new Problem(
      415,
      'Format non accepté',
      'Ce format de contenu n’est pas accepté ici. Envoyez du JSON (application/json).',
    );
  if (status === 414 || status === 431)
    return new Problem(
      status,
      'Demande trop longue',
      'L’adresse ou les en-têtes de cette demande sont trop longs. Rien n’a été modifié : raccourcissez la recherche puis recommencez.',
    );
  if (error instanceof Error && brokenForm.test(error.message))
    return new Problem(
      400,
      'Envoi incomplet',
      'L’envoi est mal formé ou s’est interrompu en route. Rien n’a été enregistré : envoyez de nouveau le fichier.',
    );
  if (status && status >= 400 && status < 500)
    return new Problem(
      status,
      'Demande refusée',
      'La demande est mal formée et n’a rien modifié. Rechargez la page puis recommencez.',
    );
  // Text that PostgreSQL cannot hold (a NUL byte, a date or a number out of range) is the sender's mistake, not ours.
  if (/^22/.test(sqlState(error) ?? ''))
    return new Problem(
      422,
      'Saisie à corriger',
      'Une valeur envoyée ne peut pas être enregistrée (caractère ou nombre hors limites). Rien n’a été modifié.',
    );
  if (isFull(error)) return diskFull();
  if (isUnavailable(error))
    return new Problem(
      503,
      'Base de données indisponible',
      mayBeDone(error)
        ? 'La base de données s’est interrompue pendant cette demande. Ce que vous avez saisi est conservé sur cet écran : vérifiez s’il a été enregistré, puis réessayez.'
        : 'La base de données ne répond pas pour le moment. Rien n’a été enregistré ; ce que vous avez saisi est conservé sur cet écran. Réessayez dans un instant.',
      { headers: { 'retry-after': '2' } },
    );
  return new Problem(
    500,
    'Erreur inattendue',
    'Le serveur a rencontré une erreur. Rien n’a été enregistré ; ce que vous avez saisi est conservé sur cet écran. Réessayez dans un instant.',
  );
}
