/** The house put together: the only file that knows every room. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { seedCommand, seedDemo } from '../seeds/seed-command.ts';
import {
  type Access,
  accessCommands,
  type Hooks,
  isProfession,
  nationalCoding,
  openAccess,
  practiceNamed,
  professions,
  relationsFromCareTeam,
  relationsFromGroup,
  sightOf,
} from './access/index.ts';
import { openCoordination, openUseFigures, readingTasks, renewalTasks, standsFor } from './coordination/index.ts';
import {
  asJson,
  circleOf,
  createTerminology,
  createValidator,
  exportCommand,
  type Fhir,
  FhirProblem,
  fhirRefusal,
  type FhirStore,
  hiddenAmong,
  listsFor,
  mountFhir,
  openFhir,
  packagesIn,
  patientNames,
  practitionerBehind,
  referentsOf,
  termCommands,
  writePerson,
  writePractice,
  writeSite,
} from './fhir/index.ts';
import { type Exchange, importCommand, openExchange } from './exchange/index.ts';
import { openProgramme, type Programme, shipEditions } from './programme/index.ts';
import { cdsHooksAid, openRecord, wordsCommand } from './record/index.ts';
import {
  buildScreens,
  type Command,
  commandLine,
  type Config,
  createServer,
  type Db,
  every,
  healthOf,
  listenForCommands,
  Live,
  mountScreens,
  openDatabase,
  openOutbox,
  type Outbox,
  platformCommands,
  portIsFree,
  readConfig,
  Recogniser,
  runCommand,
  seal,
  spareMemory,
  stopper,
  type Sql,
  terminal,
  tidy,
  UsageError,
  wordsOf,
} from './platform/index.ts';

export interface Estran {
  config: Config;
  db: Db;
  access: Access;
  fhir: Fhir;
  record: ReturnType<typeof openRecord>;
  outbox: Outbox;
  app: FastifyInstance;
  commands: readonly Command<Context>[];
  context: Context;
  close(): Promise<void>;
  /** Breaks off what `close` waits for. */
  cut(): void;
}
export interface Context {
  config: Config;
  db: Db;
  access: Access;
  fhir: Fhir;
  exchange: Exchange;
  programme: Programme;
  keyFits(): Promise<boolean>;
  practice(id: string): Promise<{ tenant: number; id: string; name: string }>;
}

const root = join(import.meta.dirname, '..');
const commands = [
  ...platformCommands,
  ...accessCommands,
  importCommand,
  exportCommand,
  ...termCommands,
  wordsCommand,
  seedCommand,
] as Command<Context>[];
const screens = join(root, 'dist');

/** Opens every room on a database that is already migrated. */
export async function assemble(config: Config, db: Db): Promise<Estran> {
  const stopping = new AbortController();
  const packages = await packagesIn(join(config.data, 'packages'));
  const terminology = createTerminology(packages);
  const validator = createValidator(packages, terminology);
  const fhir = openFhir({
    db,
    validator,
    base: `${config.publicUrl}/fhir/R4`,
    sightOf: (caller, act, sql) => sightOf(sql ?? db, caller, act),
  });
  const house = (tenant: number, reason: string, sql?: Sql): FhirStore => fhir.asSystem(tenant, reason, sql);
  const hooks: Hooks = {
    onPerson: (sql, tenant, person) => {
      const { profession } = person;
      const [label, coding] = isProfession(profession)
        ? [professions[profession].fr, nationalCoding(profession)]
        : [profession];
      return writePerson(house(tenant, 'directory', sql), person, label, coding);
    },
    onSite: (sql, tenant, site) => writeSite(house(tenant, 'directory', sql), site),
    onPractice: (sql, tenant, practice) => writePractice(house(tenant, 'directory', sql), practice),
    onRegion: shipEditions,
    describePatients: patientNames,
    referentsOf,
    hiddenAmong,
  };
  const access = await openAccess({ db, config, hooks, stopping: stopping.signal });
  const live = new Live();
  const record = openRecord({
    db,
    fhirFor: fhir.storeFor,
    guard: access.guard,
    house,
    recogniser: config.ocr ? new Recogniser() : undefined,
    lent: {
      standsFor,
      readingTasks,
      renewalTasks,
      tell: (tenant, practitioner, hint) => live.tell(tenant, practitioner, hint),
      prescribingAid: config.prescribingAid && cdsHooksAid(config.prescribingAid),
    },
  });
  const coordination = openCoordination(
    { ...record.room, live, house, mail: access.mail, publicUrl: config.publicUrl },
    access.guard,
  );

  // Who hears that something is written, in the transaction of the write.
  const behind = (sql: Sql, tenant: number) => (reference: string) => practitionerBehind(sql, tenant, reference);
  fhir.onWrite(['CareTeam'], (sql, tenant, id, resource) =>
    relationsFromCareTeam(sql, tenant, resource && asJson(resource), id, behind(sql, tenant)),
  );
  fhir.onWrite(['Consent'], (sql, tenant, id, resource) =>
    access.onConsentWritten(sql, tenant, id, resource && asJson(resource), behind(sql, tenant)),
  );
  fhir.onWrite(['Group'], async (sql, tenant, id, resource) => {
    // A group of patients is no circle; one that was a circle and is deleted lets go of its members.
    if (resource === null || circleOf(resource))
      await relationsFromGroup(sql, tenant, resource && asJson(resource), id);
  });

  for (const [types, hook] of [...record.hooks, ...coordination.hooks]) fhir.onWrite(types, hook);
  fhir.onWriteAll(record.wordTypes, record.onTextsWritten);
  // And after its commit.
  fhir.onChange(record.onChanges);

  const app = await createServer({ logLevel: config.logLevel, proxies: config.proxies, refusalAt: fhirRefusal });
  access.mount(app);
  record.mount(app);
  coordination.mount(app);
  const programme = openProgramme({
    db,
    guard: access.guard,
    mail: access.mail,
    publicUrl: config.publicUrl,
    tell: (tenant, hint) => live.tellAll(tenant, hint),
    use: openUseFigures(db),
    failed: (error) => app.log.error(error),
  });
  programme.mount(app);
  const exchange = openExchange({ db, validator, importer: fhir.importer, guard: access.guard, data: config.data });
  exchange.mount(app);
  mountFhir(app, {
    storeFor: fhir.storeFor,
    listsFor: (caller) => listsFor(db, caller.tenant),
    callerOf: (request) => whoAsks(access, request),
    validator,
    terminology,
    publicUrl: config.publicUrl,
    ...(packages && { packages }),
  });
  app.get('/api/health', { exposeHeadRoute: true }, healthOf(db));

  const context: Context = {
    config,
    db,
    access,
    fhir,
    exchange,
    programme,
    keyFits: access.keyFits,
    practice: (id) => practiceNamed(access, id),
  };
  const failed = (error: unknown) => app.log.error(error);
  const outbox = openOutbox(db, [...record.consumers, ...coordination.consumers, ...programme.consumers], failed);
  fhir.onChange((changes) => {
    for (const tenant of new Set(changes.map((change) => change.tenant))) outbox.poke(tenant);
  });
  const jobs = [
    every(2_000, () => sealAll(context), failed),
    every(60_000, () => access.tick(), failed),
    every(60_000, () => coordination.tick(), failed),
    every(60_000, () => record.tick(), failed),
    every(60_000, () => programme.tick(), failed),
    every(86_400_000, () => record.tidy(), failed),
    every(10_000, () => record.readTexts(), failed),
    ...(db.engine === 'pglite' ? [every(300_000, () => tidy(db), failed)] : []),
  ];
  return {
    config,
    db,
    access,
    fhir,
    record,
    outbox,
    app,
    context,
    commands,
    async close() {
      // First of all whoever would go on until nothing is left to do, and whoever may still ask for something.
      const first = [app.close(), record.stop(), exchange.close(), ...jobs.map((job) => job.stop())];
      for (const one of await Promise.allSettled(first)) if (one.status === 'rejected') failed(one.reason);
      await outbox.stop();
      await db.close();
    },
    cut() {
      stopping.abort();
      app.server.closeAllConnections();
      db.cut();
    },
  };
}

/** Who asks the FHIR API: a system client by its token, or a person by the session of the screens. */
async function whoAsks(access: Access, request: FastifyRequest) {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) {
    const caller = await access.callerFromBearer(bearer, request.ip);
    if (caller) return caller;
    throw new FhirProblem(
      401,
      'login',
      'The access token is unknown, expired or revoked: ask for a new one at /oauth2/token.',
    );
  }
  const person = await access.callerFromSession(request);
  if (person) return person;
  throw new FhirProblem(
    401,
    'login',
    'Send an access token: Authorization: Bearer … (get one at POST /oauth2/token with client_credentials).',
  );
}

async function sealAll({ access, db }: Context): Promise<void> {
  for (const { tenant } of [{ tenant: 0 }, ...(await access.listPractices())]) await seal(db, tenant);
}

async function start(config: Config): Promise<void> {
  const began = Date.now();
  spareMemory();
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const complain = (text: string) => process.stderr.write(`${text}\n`);
  let stop = (code = 0): void => process.exit(code);
  process.on('SIGTERM', () => stop());
  process.on('SIGINT', () => stop());
  await portIsFree(config.port, config.host);
  const building = buildScreens(root, screens, say);
  // Awaited once the rest is ready: until then its failure is not yet anybody's.
  building.catch(() => undefined);
  const { db, release } = await openDatabase(config, {
    say,
    lost(error) {
      complain(error.message);
      stop(1);
    },
  });
  const estran = await assemble(config, db);
  const out = terminal(false);
  if (
    config.demo &&
    (await seedDemo(
      estran.context,
      out,
      new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }),
      config.demoPatients,
    ))
  )
    if (db.engine === 'pglite') await tidy(db);
  const ear = await listenForCommands(
    config.data,
    (argv, cwd, answer, signal) => runCommand(estran, argv, cwd, answer, signal),
    config.databaseUrl,
  );
  stop = stopper(
    {
      async end() {
        // Commands and requests that were begun find everything still there.
        await Promise.all([ear.close(), estran.app.close()]);
        await estran.close();
        await release();
      },
      cut() {
        ear.cut();
        estran.cut();
      },
    },
    complain,
  );
  await building;
  if (existsSync(join(screens, 'index.html'))) await mountScreens(estran.app, screens);
  await estran.app.listen({ port: config.port, host: config.host });
  say(
    `Estran répond sur ${config.publicUrl} (${db.engine}, ${((Date.now() - began) / 1000).toFixed(1).replace('.', ',')} s).`,
  );
  if (config.demo) say('Démonstration : les comptes sont sur la page de connexion.');
  const code = await estran.access.newSetupCode();
  if (code) say(`Aucune structure encore. Ouvrez ${config.publicUrl} et tapez ce code de mise en service : ${code}`);
  for (const advice of await estran.access.startAdvice()) say(advice);
}

if (import.meta.main) {
  const argv = process.argv.slice(2);
  const work =
    argv.join(' ') === 'start'
      ? Promise.resolve().then(() => start(readConfig()))
      : commandLine(argv, commands, assemble).then((code) => process.exit(code));
  work.catch((error: unknown) => {
    process.stderr.write(`${wordsOf(error) ?? (error instanceof Error ? error.stack : String(error))}\n`);
    process.exit(error instanceof UsageError ? 64 : 1);
  });
}
