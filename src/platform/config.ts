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
  trustProxy: boolean;
  /** Words of scans and photographs are recognised (docs/adr/0034-text-recognition.md); `ESTRAN_OCR=0` switches it off. */
  ocr: boolean;
  /** Address of a certified prescribing aid that speaks CDS Hooks, and its bearer token; absent: none is asked (docs/adr/0021-prescribing-aid.md). */
  prescribingAid?: { address: string; token?: string | undefined };
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new CommandError(`PORT must be a number from 0 to 65535, not «${env.PORT}».`);
  const psc =
    env.PSC_ISSUER && env.PSC_CLIENT_ID && env.PSC_CLIENT_SECRET
      ? { issuer: env.PSC_ISSUER, clientId: env.PSC_CLIENT_ID, clientSecret: env.PSC_CLIENT_SECRET }
      : undefined;
  return {
    port,
    host: env.HOST ?? '0.0.0.0',
    data: resolve(env.ESTRAN_DATA ?? 'data'),
    databaseUrl: env.DATABASE_URL || undefined,
    demo: env.ESTRAN_DEMO ? env.ESTRAN_DEMO !== '0' && env.ESTRAN_DEMO !== 'false' : !env.DATABASE_URL,
    demoPatients: env.ESTRAN_DEMO_PATIENTS?.split(',').map(Number),
    logLevel: env.LOG_LEVEL ?? 'warn',
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${port}`,
    smtpUrl: env.SMTP_URL || undefined,
    psc,
    trustProxy: env.TRUST_PROXY === '1',
    ocr: env.ESTRAN_OCR !== '0' && env.ESTRAN_OCR !== 'false',
    prescribingAid: prescribingAidFrom(env),
  };
}

function prescribingAidFrom(env: NodeJS.ProcessEnv): Config['prescribingAid'] {
  const address = env.PRESCRIBING_AID_URL;
  if (!address) return undefined;
  const url = URL.canParse(address) ? new URL(address) : null;
  // Health data go there: in the clear only to this very machine.
  if (
    !url ||
    (url.protocol !== 'https:' &&
      !(url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)))
  )
    throw new CommandError(`PRESCRIBING_AID_URL must be an https address, not «${address}».`);
  return { address, token: env.PRESCRIBING_AID_TOKEN || undefined };
}
