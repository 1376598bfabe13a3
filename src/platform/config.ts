import { resolve } from 'node:path';
import { CommandError } from './cli/command.ts';

/** Everything the environment may say, read once. No variable is needed for the default start. */
export interface Config {
  port: number;
  host: string;
  /** Folder of the embedded engine, the lock, the keys and the socket. */
  data: string;
  /** When set, PostgreSQL instead of the embedded engine. */
  databaseUrl?: string;
  /** Demo mode: seeded region, accounts listed on the sign-in page. */
  demo: boolean;
  /** Patients of each demo practice, where fewer are enough (tests). */
  demoPatients?: number[];
  logLevel: string;
  /** Public address of the server, used in links, OpenID and passkeys. */
  publicUrl: string;
  /** SMTP address for invitations (`smtp://…`); without it, links are shown to the owner. */
  smtpUrl?: string;
  /** Pro Santé Connect (OpenID Connect) issuer and client; absent: the button is not shown. */
  psc?: { issuer: string; clientId: string; clientSecret: string };
  /** Reverse proxies of ours before the server. */
  proxies: number;
  /** Words of scans and photographs are recognised (docs/adr/0034-text-recognition.md); `ESTRAN_OCR=0` switches it off. */
  ocr: boolean;
  /** Address of a certified prescribing aid that speaks CDS Hooks, and its bearer token; absent: none is asked (docs/adr/0021-prescribing-aid.md). */
  prescribingAid?: { address: string; token?: string | undefined };
}

/** Reads the environment; what is written wrong is refused before anything is opened, in words that say what to write. An empty variable is an absent one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env.PORT || 3000);
  if (!/^\d+$/.test(env.PORT || '3000') || port > 65535)
    throw wrong('PORT', env.PORT, 'un nombre de 0 à 65535, par exemple 3000');
  const databaseUrl = addressIn(
    env,
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgres://utilisateur:motdepasse@machine:5432/base (un signe spécial du mot de passe s’écrit encodé : « @ » devient %40)',
  );
  return {
    port,
    host: env.HOST || '0.0.0.0',
    data: resolve(env.ESTRAN_DATA || 'data'),
    databaseUrl,
    demo: switchIn(env, 'ESTRAN_DEMO', !databaseUrl),
    demoPatients: demoPatientsIn(env),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) ?? 'warn',
    publicUrl: publicUrlIn(env) ?? `http://localhost:${port}`,
    smtpUrl: addressIn(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://utilisateur:motdepasse@machine:587'),
    psc: pscIn(env),
    proxies: proxiesIn(env),
    ocr: switchIn(env, 'ESTRAN_OCR', true),
    prescribingAid: prescribingAidIn(env),
  };
}

const wrong = (name: string, value: string | undefined, wanted: string): CommandError =>
  new CommandError(`${name} : « ${value} » ne convient pas. Écrivez ${wanted}.`);

/** A word that is neither yes nor no must not be taken for one: «ESTRAN_DEMO=non» would open the demo accounts. */
function switchIn(env: NodeJS.ProcessEnv, name: string, otherwise: boolean): boolean {
  const word = oneOf(env, name, ['0', '1', 'false', 'true']);
  return word === undefined ? otherwise : word === '1' || word === 'true';
}

/** One more than there are, and anyone may write the address that the ledger keeps. */
function proxiesIn(env: NodeJS.ProcessEnv): number {
  const word = env.TRUST_PROXY || '0';
  if (word === 'true' || word === 'false') return Number(word === 'true');
  if (!/^\d$/.test(word))
    throw wrong('TRUST_PROXY', word, 'le nombre de mandataires placés devant Estran : 0, 1, rarement 2');
  return Number(word);
}

function oneOf(env: NodeJS.ProcessEnv, name: string, words: readonly string[]): string | undefined {
  const value = env[name];
  if (!value) return undefined;
  if (!words.includes(value)) throw wrong(name, value, `un de ces mots : ${words.join(', ')}`);
  return value;
}

/** The password that stands in an address is not written back to the terminal. */
const withoutPassword = (address: string): string => address.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1:…@');

function addressIn(
  env: NodeJS.ProcessEnv,
  name: string,
  protocols: readonly string[],
  wanted: string,
): string | undefined {
  const value = env[name];
  if (!value) return undefined;
  // A database behind a socket of this machine has no host in its address.
  const whole = value.replace('@/', '@localhost/');
  if (!URL.canParse(whole) || !protocols.includes(new URL(whole).protocol))
    throw wrong(name, withoutPassword(value), `une adresse de la forme ${wanted}`);
  return value;
}

function demoPatientsIn(env: NodeJS.ProcessEnv): number[] | undefined {
  const value = env.ESTRAN_DEMO_PATIENTS;
  if (!value) return undefined;
  if (!/^\d{1,5}(,\d{1,5})*$/.test(value))
    throw wrong('ESTRAN_DEMO_PATIENTS', value, 'un nombre de patients par structure, par exemple 40,30');
  return value.split(',').map(Number);
}

/** Names and numbers that no network but one's own reaches. */
const ownNetwork =
  /^(localhost|.*\.(localhost|local|lan|internal|intranet|home\.arpa|test|example)|[^.:]+|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[(::1|f[cd].*|fe80.*)\])$/;

/** Whether what people read passes in the clear between two machines. */
export const inTheClear = (publicUrl: string): boolean =>
  publicUrl.startsWith('http:') && !/^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(new URL(publicUrl).hostname);

/** The origin that people type: links, passkeys and the check of where a request comes from are made of it. */
function publicUrlIn(env: NodeJS.ProcessEnv): string | undefined {
  const value = env.PUBLIC_URL?.trim();
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw wrong(
      'PUBLIC_URL',
      withoutPassword(value),
      'l’adresse que vos collègues tapent, par exemple https://dossier.cabinet.fr',
    );
  if (url.pathname !== '/' || url.search || url.hash)
    throw wrong(
      'PUBLIC_URL',
      value,
      `l’adresse seule, sans rien après le nom : ${url.origin}. Estran ne se sert pas sous un chemin ; donnez-lui un nom à lui`,
    );
  if (url.protocol === 'http:' && !ownNetwork.test(url.hostname))
    throw new CommandError(
      `PUBLIC_URL : « ${value} » est en http, et les dossiers passeraient en clair sur l’internet. Écrivez https://${url.host}, servi par un mandataire qui porte le certificat (docs/manuel/installer.md).`,
    );
  return url.origin;
}

function pscIn(env: NodeJS.ProcessEnv): Config['psc'] {
  const names = ['PSC_ISSUER', 'PSC_CLIENT_ID', 'PSC_CLIENT_SECRET'] as const;
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0)
    throw new CommandError(
      `Pro Santé Connect demande ${names.join(', ')} : il manque ${missing.join(' et ')}. Donnez-les tous les trois, ou aucun.`,
    );
  const issuer = addressIn(env, 'PSC_ISSUER', ['https:', 'http:'], 'https://…, donnée par Pro Santé Connect')!;
  return { issuer, clientId: env.PSC_CLIENT_ID!, clientSecret: env.PSC_CLIENT_SECRET! };
}

function prescribingAidIn(env: NodeJS.ProcessEnv): Config['prescribingAid'] {
  const address = env.PRESCRIBING_AID_URL;
  if (!address) return undefined;
  const url = URL.canParse(address) ? new URL(address) : null;
  // Health data go there: in the clear only to this very machine.
  if (
    !url ||
    (url.protocol !== 'https:' &&
      !(url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)))
  )
    throw wrong('PRESCRIBING_AID_URL', withoutPassword(address), 'une adresse en https');
  return { address, token: env.PRESCRIBING_AID_TOKEN || undefined };
}
