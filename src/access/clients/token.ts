import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { type Config, Problem, record } from '../../platform/index.ts';
import type { House } from '../house.ts';
import { readScopes, withinScopes } from '../scopes.ts';
import { addressSubject } from '../sign-in/brute-force.ts';
import { randomToken, sameText, sha256 } from '../sign-in/secrets.ts';
import { firstSeen } from '../sign-in/tickets.store.ts';
import { type ClientRow, dropExpiredTokens, findClient, insertToken } from './clients.store.ts';

/** OAuth 2.0 client credentials (RFC 6749 §4.4) with Basic, client_secret_post or private_key_jwt (RFC 7523), as SMART Backend Services ask. */

const lifetime = 3600;
const algorithms = ['ES384', 'RS384', 'ES256', 'RS256', 'PS256', 'PS384', 'ES512', 'RS512', 'PS512'];
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

class OAuthError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}
const invalidClient = () =>
  new OAuthError(401, 'invalid_client', 'Unknown client, wrong credentials or unsupported authentication.');
const tenantOf = (clientId: string): number => Number(/^(\d{1,9})-[A-Za-z0-9_-]{1,64}$/.exec(clientId)?.[1] ?? -1);

interface Authenticated {
  tenant: number;
  client: ClientRow;
}

/** application/x-www-form-urlencoded decodes '+' as a blank, in Basic credentials too (RFC 6749 §2.3.1). */
const formDecode = (text: string): string => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    throw invalidClient();
  }
};

async function authenticate(house: House, request: FastifyRequest, form: URLSearchParams): Promise<Authenticated> {
  const basic = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(request.headers.authorization ?? '');
  const assertion = form.get('client_assertion');
  const ways = [basic, assertion, form.get('client_secret')].filter((way) => way !== null).length;
  if (ways > 1) throw new OAuthError(400, 'invalid_request', 'Use one way of client authentication.');
  if (assertion !== null) return byAssertion(house, form, assertion);
  let id = form.get('client_id') ?? '';
  let secret = form.get('client_secret') ?? '';
  if (basic) {
    const [user, ...rest] = Buffer.from(basic[1]!, 'base64').toString('utf8').split(':');
    id = formDecode(user ?? '');
    secret = formDecode(rest.join(':'));
  }
  const tenant = tenantOf(id);
  if (tenant < 0 || !secret) throw invalidClient();
  const client = await house.db.tenant(tenant, (sql) => findClient(sql, tenant, id));
  if (!sameText(client?.secret_hash ?? '-', sha256(secret)) || !client?.secret_hash) throw invalidClient();
  return { tenant, client };
}

async function byAssertion(house: House, form: URLSearchParams, assertion: string): Promise<Authenticated> {
  if (form.get('client_assertion_type') !== assertionType)
    throw new OAuthError(400, 'invalid_request', `client_assertion_type must be ${assertionType}.`);
  try {
    const id = decodeJwt(assertion).sub ?? '';
    const tenant = tenantOf(id);
    const client = tenant < 0 ? undefined : await house.db.tenant(tenant, (sql) => findClient(sql, tenant, id));
    if (!client?.jwks) throw invalidClient();
    const now = house.clock();
    // A set of keys as the client gave it: jose looks at each and refuses what is none.
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(client.jwks as unknown as JSONWebKeySet), {
      algorithms,
      issuer: id,
      subject: id,
      audience: [`${house.config.publicUrl}/oauth2/token`, house.config.publicUrl],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: 10,
      currentDate: now,
    });
    // SMART Backend Services: at most five minutes, each identifier once.
    if (payload.exp! * 1000 - now.getTime() > 5 * 60_000 + 10_000) throw invalidClient();
    if (
      !(await house.db.tenant(tenant, (sql) =>
        firstSeen(sql, tenant, `${id} ${payload.jti}`, new Date(payload.exp! * 1000 + 60_000)),
      ))
    )
      throw invalidClient();
    return { tenant, client };
  } catch (error) {
    if (error instanceof OAuthError) throw error;
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')
      ? invalidClient()
      : error instanceof TypeError
        ? invalidClient()
        : error;
  }
}

async function issue(house: House, request: FastifyRequest, form: URLSearchParams) {
  for (const name of new Set(form.keys()))
    if (form.getAll(name).length > 1)
      throw new OAuthError(400, 'invalid_request', `Parameter ${name.slice(0, 40)} is repeated.`);
  await house.slow.attempt([addressSubject(request.ip)]);
  const { tenant, client } = await authenticate(house, request, form);
  await house.slow.succeeded([addressSubject(request.ip)]);
  const grant = form.get('grant_type');
  if (!grant) throw new OAuthError(400, 'invalid_request', 'grant_type is missing.');
  if (grant !== 'client_credentials')
    throw new OAuthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
  const granted = client.scope.split(' ');
  const wanted = form.get('scope')?.trim();
  const asked = wanted ? readScopes(wanted) : { scopes: granted, unknown: [] };
  if (asked.unknown.length > 0 || asked.scopes.some((scope) => !withinScopes(scope, granted)))
    throw new OAuthError(400, 'invalid_scope', `This client was granted: ${client.scope}`);
  const token = `${tenant}.${randomToken()}`;
  await house.db.transaction(tenant, async (sql) => {
    await dropExpiredTokens(sql, tenant, house.clock());
    await insertToken(sql, tenant, {
      hash: sha256(token),
      client: client.id,
      scope: asked.scopes.join(' '),
      expires: new Date(house.clock().getTime() + lifetime * 1000),
    });
    await record(sql, tenant, [
      {
        actor: `Client/${client.id}`,
        actorName: client.name,
        role: 'client',
        action: 'sign-in',
        address: request.ip,
        details: { scope: asked.scopes.join(' ') },
      },
    ]);
  });
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: lifetime,
    scope: asked.scopes.join(' '),
    ...(client.patient && { patient: client.patient }),
  };
}

const formOf = (body: unknown): URLSearchParams => {
  if (typeof body === 'string') return new URLSearchParams(body);
  if (body instanceof URLSearchParams) return body;
  return new URLSearchParams(
    Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    ),
  );
};

function answer(reply: FastifyReply, error: unknown) {
  if (error instanceof OAuthError) {
    if (error.status === 401) reply.header('www-authenticate', 'Basic realm="estran"');
    return reply.code(error.status).send({ error: error.code, error_description: error.message });
  }
  if (error instanceof Problem && error.status === 429)
    return reply
      .code(429)
      .headers(error.headers ?? {})
      .send({ error: 'slow_down', error_description: 'Too many failed attempts: wait, then try again.' });
  throw error;
}

/** `POST /oauth2/token` and SMART's discovery documents, under `/fhir/R4` and at the root. */
export function mountOAuth(app: FastifyInstance, house: House): void {
  app.register(async (scope) => {
    if (!scope.hasContentTypeParser('application/x-www-form-urlencoded'))
      scope.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', bodyLimit: 100_000 },
        (_request, body, done) => done(null, body),
      );
    scope.post('/oauth2/token', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
      try {
        if (!/^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? ''))
          throw new OAuthError(400, 'invalid_request', 'Send application/x-www-form-urlencoded.');
        return await issue(house, request, formOf(request.body));
      } catch (error) {
        return answer(reply, error);
      }
    });
    const discovery = smartConfiguration(house.config);
    for (const path of ['/fhir/R4/.well-known/smart-configuration', '/.well-known/smart-configuration'])
      scope.get(path, async () => discovery);
  });
}

const smartConfiguration = ({ publicUrl }: Config) => ({
  token_endpoint: `${publicUrl}/oauth2/token`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: algorithms,
  scopes_supported: ['system/*.cruds', 'system/*.rs', 'user/*.cruds', 'patient/*.cruds'],
  capabilities: [
    'client-confidential-symmetric',
    'client-confidential-asymmetric',
    'permission-patient',
    'permission-user',
    'permission-v1',
    'permission-v2',
  ],
});
