import { importJWK } from 'jose';
import { type Db, invalid, notFound, record } from '../../platform/index.ts';
import { fullName, listAccounts } from '../accounts.store.ts';
import { actorOf, type Caller, type ClientCaller } from '../caller.ts';
import type { Ctx } from '../guard.ts';
import type { House } from '../house.ts';
import { readScopes } from '../scopes.ts';
import { randomToken, sha256 } from '../sign-in/secrets.ts';
import { closeClient, findToken, insertClient, listClients } from './clients.store.ts';

export interface NewClient {
  name: string;
  /** SMART v2 or v1 scopes, blanks between. */
  scope: string;
  /** FHIR id of the only patient the client may see. */
  patient?: string | null;
  /** Public keys for private_key_jwt; then there is no secret. */
  jwks?: { keys: Record<string, unknown>[] } | null;
}

/** Registers a software; the secret is returned once and kept as a hash. */
export async function createClient(
  house: Pick<House, 'db'>,
  tenant: number,
  input: NewClient,
  by: Caller,
): Promise<{ client_id: string; client_secret?: string }> {
  const { scopes, unknown } = readScopes(input.scope);
  if (unknown.length > 0 || scopes.length === 0)
    throw invalid(
      `Portées non reconnues : ${unknown.join(' ') || '(aucune)'}. Écrivez par exemple system/Observation.rs ou patient/*.r.`,
      { scope: 'portées SMART, comme system/Observation.rs' },
    );
  if (!input.patient && scopes.every((scope) => scope.startsWith('patient/')))
    throw invalid('Des portées patient/… demandent de choisir le patient.', { patient: 'à choisir' });
  if (input.patient && !/^[A-Za-z0-9\-.]{1,64}$/.test(input.patient))
    throw invalid('L’identifiant du patient n’est pas un identifiant FHIR.', { patient: 'identifiant inconnu' });
  if (input.jwks) await checkKeys(input.jwks.keys);
  const client_id = `${tenant}-${randomToken(12)}`;
  const client_secret = input.jwks ? undefined : randomToken();
  await house.db.transaction(tenant, async (sql) => {
    await insertClient(sql, tenant, {
      id: client_id,
      name: input.name,
      scope: scopes.join(' '),
      patient: input.patient ?? null,
      secret_hash: client_secret ? sha256(client_secret) : null,
      jwks: input.jwks ?? null,
      created_by: by.kind === 'person' ? by.practitioner : null,
    });
    await record(sql, tenant, [
      {
        ...actorOf(by),
        action: 'create',
        target: `Client/${client_id}`,
        patients: input.patient ? [input.patient] : undefined,
        details: { name: input.name, scope: scopes.join(' ') },
      },
    ]);
  });
  return { client_id, ...(client_secret && { client_secret }) };
}

async function checkKeys(keys: Record<string, unknown>[]): Promise<void> {
  for (const key of keys) {
    const refuse = (words: string) => invalid(`Clé publique refusée : ${words}.`, { jwks: words });
    if ('d' in key || 'k' in key) throw refuse('ne donnez jamais la partie privée');
    if (key.kty !== 'RSA' && key.kty !== 'EC') throw refuse('RSA ou EC attendu');
    await importJWK(key, typeof key.alg === 'string' ? key.alg : key.kty === 'RSA' ? 'RS384' : 'ES384').catch(() => {
      throw refuse('elle est mal formée');
    });
  }
}

export async function clients(house: House, { caller }: Ctx) {
  const { rows, people } = await house.db.tenant(caller.tenant, async (sql) => ({
    rows: await listClients(sql, caller.tenant),
    people: new Map((await listAccounts(sql, caller.tenant)).map((account) => [account.practitioner, account])),
  }));
  const linkedBy = (practitioner: string | null) => {
    const account = people.get(practitioner ?? '');
    return account ? { name: fullName(account), closed: account.status === 'disabled' } : null;
  };
  return rows.map((row) => ({
    client_id: row.id,
    name: row.name,
    scope: row.scope,
    patient: row.patient,
    key: row.jwks ? ('jwks' as const) : ('secret' as const),
    createdAt: row.created_at.toISOString(),
    by: linkedBy(row.created_by),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }));
}

export interface Bearers {
  /** The client behind a bearer token; undefined when it is not (or no longer) good. */
  callerFromBearer(token: string, address?: string): Promise<ClientCaller | undefined>;
  forget(client: string): void;
}

/** @param remember how long a token is trusted without asking the database, ms; a revocation made by another process takes that long. */
export function createBearers(db: Db, clock: () => Date, remember = 5_000): Bearers {
  const known = new Map<string, { until: number; expires: number; caller: ClientCaller }>();
  return {
    async callerFromBearer(token, address) {
      const now = clock().getTime();
      const entry = known.get(token);
      if (entry && entry.until > now && entry.expires > now)
        return address === entry.caller.address ? entry.caller : { ...entry.caller, address };
      const tenant = Number(/^(\d{1,9})\.[A-Za-z0-9_-]{43}$/.exec(token)?.[1] ?? -1);
      if (tenant < 0) return undefined;
      const row = await db.tenant(tenant, (sql) => findToken(sql, tenant, sha256(token), clock()));
      if (!row) {
        known.delete(token);
        return undefined;
      }
      const caller: ClientCaller = {
        kind: 'client',
        tenant,
        clientId: row.client,
        name: row.name,
        scopes: row.scope.split(' '),
        patient: row.patient ?? undefined,
        address,
      };
      if (known.size > 20_000) known.clear();
      known.set(token, { until: now + remember, expires: row.expires_at.getTime(), caller });
      return caller;
    },
    forget(client) {
      for (const [token, { caller }] of known) if (caller.clientId === client) known.delete(token);
    },
  };
}

export async function revokeClient(house: House, bearers: Bearers, id: string, { caller }: Ctx): Promise<void> {
  await house.db.transaction(caller.tenant, async (sql) => {
    if (!(await closeClient(sql, caller.tenant, id, house.clock()))) throw notFound('Ce logiciel');
    await record(sql, caller.tenant, [{ ...actorOf(caller), action: 'disable', target: `Client/${id}` }]);
  });
  bearers.forget(id);
}
