import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Config, type Db, forbidden, type Guard, Problem, record } from '../platform/index.ts';
import { actorOf, type PersonCaller } from './caller.ts';
import { mayCall } from './decide.ts';
import { kindsOfData } from './kinds-of-data.ts';
import { accountRef, callerOf, type Session, type Sessions } from './sign-in/sessions.ts';

/** What a handler is given. */
export interface Ctx {
  /** The person of the session; 401 when a public entry asks for one that is not there. */
  readonly caller: PersonCaller;
  readonly tenant: number;
  /** The session as it is: of a public entry it may be absent, pending or locked. */
  readonly session: Session | undefined;
  readonly address: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export const noSession = (): Problem =>
  new Problem(
    401,
    'Connexion nécessaire',
    'Votre session est terminée. Ce que vous avez saisi est conservé sur cet écran : reconnectez-vous pour continuer.',
    { extra: { reason: 'no-session' } },
  );
const locked = (): Problem =>
  new Problem(
    401,
    'Session verrouillée',
    'La session est verrouillée. Ce que vous avez saisi est conservé : déverrouillez-la pour continuer.',
    { extra: { reason: 'locked' } },
  );
const pending = (): Problem =>
  new Problem(
    401,
    'Second facteur nécessaire',
    'Terminez la connexion avec votre code à usage unique ou votre clé d’accès.',
    { extra: { reason: 'pending' } },
  );

const someoneElse = (): Problem =>
  new Problem(
    401,
    'Poste repris par une autre personne',
    'Une autre personne s’est connectée sur ce poste. Rien n’a été fait en son nom, et ce que vous avez saisi est conservé : reconnectez-vous pour continuer.',
    { extra: { reason: 'someone-else' } },
  );

/** Header by which a page says whose it is. Tabs share one session: a page of the person who was here before neither reads nor writes as the one who is here now. */
const accountHeader = 'x-estran-account';
/** Header of requests nobody asked for (polling): they do not keep a session awake. */
export const backgroundHeader = 'x-estran-background';

/** A request that changes something comes from our own pages, or is refused (cross-site request forgery). */
export function checkOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.origin;
  const host = origin && URL.canParse(origin) ? new URL(origin).host : undefined;
  const own = `${request.protocol}://${request.host}`;
  if (!host || ((!URL.canParse(own) || host !== new URL(own).host) && host !== new URL(publicUrl).host))
    throw new Problem(
      403,
      'Origine refusée',
      'Cette demande ne vient pas des pages d’Estran : rien n’a été modifié. Rechargez la page et recommencez.',
      { extra: { reason: 'origin' } },
    );
}

function wordsOfRefusal(may: unknown, caller: PersonCaller, patient: string | undefined): string {
  if (typeof may === 'object' && may !== null && 'practice' in may)
    return 'Votre rôle dans la structure ne permet pas cette action. Adressez-vous à son responsable.';
  const kind = typeof may === 'object' && may !== null ? Object.values(may)[0] : undefined;
  const name =
    kind && Object.hasOwn(kindsOfData, kind) ? kindsOfData[kind as keyof typeof kindsOfData].fr : 'Ces données';
  if (caller.profession === 'administrator')
    return 'Un compte d’administration n’accède pas au contenu des dossiers. Si vous soignez aussi, connectez-vous avec votre compte de soin.';
  if (patient === undefined)
    return `« ${name} » : les droits de votre profession ne permettent pas cette action. Le responsable de la structure peut les changer.`;
  return `« ${name} » : vos droits ne permettent pas cette action pour ce patient. Si vous participez à ses soins, demandez à rejoindre son équipe de soins.`;
}

/** The door of every `/api` entry: origin, session, right. */
export function createGuard(deps: { db: Db; config: Pick<Config, 'publicUrl'>; sessions: Sessions }): Guard<Ctx> {
  return async (entry, { request, reply }) => {
    checkOrigin(request, deps.config.publicUrl);
    const session = await deps.sessions.read(request);
    const ctx: Ctx = {
      session,
      request,
      reply,
      address: request.ip,
      get caller() {
        if (!session) throw noSession();
        return callerOf(session, request.ip);
      },
      get tenant() {
        if (!session) throw noSession();
        return session.tenant;
      },
    };
    if (entry.may === 'public') return ctx;
    if (!session) throw noSession();
    const page = request.headers[accountHeader];
    if (page !== undefined && page !== accountRef(session) && session.state !== 'pending') throw someoneElse();
    if (session.state === 'locked') throw locked();
    if (session.state === 'pending') {
      if (entry.may !== 'pending') throw pending();
      return ctx;
    }
    if (!request.headers[backgroundHeader]) await deps.sessions.touch(session);
    if (entry.may === 'pending' || entry.may === 'signed-in') return ctx;
    const { caller } = ctx;
    const { patient } = request.params as { patient?: string };
    if (await mayCall(deps.db, caller, entry.may, patient)) return ctx;
    await deps.db.tenant(caller.tenant, (sql) =>
      record(sql, caller.tenant, [
        {
          ...actorOf(caller),
          action: 'refused',
          target: `${entry.method} ${entry.path}`,
          patients: patient && /^[A-Za-z0-9\-.]{1,64}$/.test(patient) ? [patient] : undefined,
        },
      ]),
    );
    throw forbidden(wordsOfRefusal(entry.may, caller, patient));
  };
}
