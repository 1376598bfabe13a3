import { type Config, readConfig } from '../config.ts';
import type { Db } from '../db/db.ts';
import { openDatabase } from '../db/open-database.ts';
import { type Command, help, type Terminal, type Understood, understand, UsageError } from './command.ts';
import { askServer } from './socket.ts';
import { terminal } from './terminal.ts';
import { wordsOf } from './words.ts';

/** Runs one command in the house; returns the exit code. */
export async function runCommand<C>(
  house: { commands: readonly Command<C>[]; context: C },
  argv: string[],
  cwd: string,
  out: Terminal,
  signal: AbortSignal,
): Promise<number> {
  try {
    const asked = understand(house.commands, argv);
    return helpAsked(asked, out) ? 0 : await asked.command.run(house.context, { ...asked, cwd, signal }, out);
  } catch (error) {
    const words = wordsOf(error);
    if (words === undefined) throw error;
    out.error(words);
    return error instanceof UsageError ? 64 : 1;
  }
}

function helpAsked<C>({ command, values }: Understood<C>, out: Terminal): boolean {
  if (values.help) out.line(`${command.name} ${command.usage}\n${command.describe}`);
  return values.help === true;
}

const startUsage = { name: 'start', usage: '', describe: 'Démarre le serveur (PORT, ESTRAN_DATA, DATABASE_URL).' };
/**
 * The terminal: asks the running server on this data folder, and opens the house itself when there is none.
 * @param open puts the house together on its database.
 */
export async function commandLine<C>(
  argv: string[],
  commands: readonly Command<C>[],
  open: (config: Config, db: Db) => Promise<{ commands: readonly Command<C>[]; context: C; close(): Promise<void> }>,
): Promise<number> {
  const out = terminal(argv.includes('--json'));
  const wanted = argv[0] === 'help' || argv[0] === '--help';
  if (argv.length === 0 || wanted) {
    (wanted ? out.line : out.error)(help([startUsage, ...commands]));
    return wanted ? 0 : 64;
  }
  if (argv[0] === 'start') {
    if (argv[1] !== '--help')
      throw new UsageError(
        'start ne prend rien après lui : PORT, ESTRAN_DATA et DATABASE_URL disent le reste (docs/manuel/installer.md).',
      );
    out.line(`${startUsage.name}\n${startUsage.describe}`);
    return 0;
  }
  // What is not a command opens no database.
  if (helpAsked(understand(commands, argv), out)) return 0;
  const config = readConfig();
  const gone = new AbortController();
  process.once('SIGINT', () => gone.abort());
  const asked = await askServer(config.data, argv, out, gone.signal, config.databaseUrl);
  if (asked !== null) return asked;
  const { db, release } = await openDatabase(config);
  const house = await open({ ...config, logLevel: 'error', ocr: false }, db);
  try {
    return await runCommand(house, argv, process.cwd(), out, gone.signal);
  } finally {
    out.end();
    await house.close();
    await release();
  }
}
