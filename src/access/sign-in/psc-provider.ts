import * as oidc from 'openid-client';
import type { Config } from '../../platform/index.ts';

/** One sign-in on its way through Pro Santé Connect. */
export interface Flow {
  state: string;
  nonce: string;
  verifier: string;
}
/** What is kept of a person: never a token. */
export interface Identity {
  subject: string;
  rpps: string;
  name: string;
  profession?: string;
}

/** Who came back; `refresh` keeps the session alive. */
export interface Returned {
  identity: Identity;
  refresh?: string;
}

const acceptedAcr = new Set(['eidas1', 'eidas2', 'eidas3']);

/** The RPPS of a userinfo answer: SubjectNameID is the national identifier, `8` + RPPS; otherIds may also carry it. */
export function rppsOf(info: Record<string, unknown>): string | undefined {
  const subject = String(info.SubjectNameID ?? info.preferred_username ?? '');
  if (/^8\d{11}$/.test(subject)) return subject.slice(1);
  const others = Array.isArray(info.otherIds) ? (info.otherIds as Record<string, unknown>[]) : [];
  const rpps = others.find((other) => other?.origine === 'RPPS')?.identifiant;
  return typeof rpps === 'string' && /^8?\d{11}$/.test(rpps) ? rpps.slice(-11) : undefined;
}

const professionOf = (info: Record<string, unknown>): string | undefined => {
  const exercises = (info.SubjectRefPro as { exercices?: { codeProfession?: string }[] } | undefined)?.exercices;
  const role = Array.isArray(info.SubjectRole) ? String(info.SubjectRole[0] ?? '') : '';
  return exercises?.[0]?.codeProfession ?? (role.split('^')[0] || undefined);
};

/**
 * What is asked of Pro Santé Connect. Everything rejects when it cannot be reached or refuses.
 * @param redirect where it sends the browser back
 * @param stopping what is being asked then is given up
 */
export function createProvider(settings: NonNullable<Config['psc']>, redirect: string, stopping?: AbortSignal) {
  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    const plain = settings.issuer.startsWith('http://');
    discovered ??= oidc.discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
      timeout: 10,
      [oidc.customFetch]: (url, options) =>
        fetch(url, {
          ...options,
          body: options.body as BodyInit,
          signal: AbortSignal.any([options.signal, stopping].filter((one) => one !== undefined)),
        }),
      ...(plain && { execute: [oidc.allowInsecureRequests] }),
    });
    discovered.catch(() => {
      discovered = undefined;
    });
    return discovered;
  };

  return {
    newFlow: (): Flow => ({
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }),
    /** Where the browser goes to sign in. */
    async address(flow: Flow): Promise<string> {
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirect,
        scope: 'openid scope_all',
        acr_values: 'eidas1',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },
    /** @param search of the address that the browser came back to. @returns who it is, or why nobody is let in. */
    async identify(search: string, flow: Flow): Promise<Returned | 'psc-niveau' | 'psc-sans-rpps'> {
      const server = await configuration();
      const current = new URL(redirect);
      current.search = search;
      const tokens = await oidc.authorizationCodeGrant(server, current, {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      if (typeof claims.acr !== 'string' || !acceptedAcr.has(claims.acr)) return 'psc-niveau';
      const info = (await oidc.fetchUserInfo(server, tokens.access_token, claims.sub)) as Record<string, unknown>;
      const rpps = rppsOf(info);
      if (!rpps) return 'psc-sans-rpps';
      const identity = {
        subject: claims.sub,
        rpps,
        name: [info.given_name, info.family_name].filter(Boolean).join(' '),
        profession: professionOf(info),
      };
      return { identity, refresh: tokens.refresh_token };
    },
    /** Whether a session still stands. @returns what keeps it alive from now on, when that has changed. */
    async stands(refresh: string): Promise<string | undefined> {
      return (await oidc.refreshTokenGrant(await configuration(), refresh)).refresh_token;
    },
  };
}
