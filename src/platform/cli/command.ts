import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command speaks: a terminal, or the socket of the running server. */
export interface Out {
  line(text: string): void;
  /** One line that is written over; `total` 0 when unknown. */
  progress(done: number, total: number, label: string): void;
  json(value: unknown): void;
}

/** Where the outcome of a command is told: what went wrong has a stream of its own. */
export interface Terminal extends Out {
  error(text: string): void;
}

export interface CommandInput {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
  /** Folder of the caller: relative paths start there. */
  cwd: string;
  /** Aborted when the caller goes away (Ctrl-C). */
  signal: AbortSignal;
}

/** One verb of the command line. `Context` is what the house gives its commands. */
export interface Command<Context> {
  /** `import` or `practice create`. */
  name: string;
  /** After the name: `CHEMIN… --practice ID [--dry-run]`. */
  usage: string;
  describe: string;
  options?: NonNullable<ParseArgsConfig['options']>;
  /** Most arguments beside its options: none when absent. */
  takes?: number;
  /** Exit code: 0 done, 1 failed, others as the command's help says. */
  run(context: Context, input: CommandInput, out: Out): Promise<number>;
}

/** An error whose words are for the person at the keyboard; anything else is a fault and shows a stack. */
export class CommandError extends Error {}
/** What was typed is not what the command takes: exit code 64. */
export class UsageError extends CommandError {}

export function findCommand<C>(
  commands: readonly Command<C>[],
  argv: readonly string[],
): { command: Command<C>; rest: string[] } | null {
  const two = argv.slice(0, 2).join(' ');
  const command = commands.find((c) => c.name === two) ?? commands.find((c) => c.name === argv[0]);
  return command ? { command, rest: argv.slice(command.name.split(' ').length) } : null;
}

/** What Node says of an option, in French; its own words where it says something else. */
const mistyped = ({ message }: Error): string => {
  const option = /'(-[^' ]*)/.exec(message)?.[1] ?? '';
  if (message.startsWith('Unknown option')) return `Cette commande n’a pas d’option ${option}.`;
  if (/argument missing/.test(message)) return `L’option ${option} demande une valeur.`;
  if (/does not take an argument/.test(message)) return `L’option ${option} ne prend pas de valeur.`;
  return `${message.split('. ')[0]}.`;
};

export interface Understood<Context> {
  command: Command<Context>;
  values: CommandInput['values'];
  positionals: string[];
}

/** What was typed, checked before anything is opened. Throws UsageError. */
export function understand<C>(commands: readonly Command<C>[], argv: readonly string[]): Understood<C> {
  const found = findCommand(commands, argv);
  if (!found) {
    const near = commands.filter((one) => one.name.split(' ')[0] === argv[0]);
    throw new UsageError(
      near.length > 0
        ? `« ${argv.slice(0, 2).join(' ')} » n’est pas une commande. Il y a : ${near.map((one) => one.name).join(', ')}.`
        : `« ${argv[0] ?? ''} » n’est pas une commande. « help » les donne toutes.`,
    );
  }
  try {
    const { values, positionals } = parseArgs({
      args: found.rest,
      options: { ...found.command.options, json: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
    // A path with a space that was not quoted, an option without its dashes: half of what was meant would be done.
    const extra = positionals[found.command.takes ?? 0];
    if (extra !== undefined)
      throw new UsageError(
        `« ${extra} » est de trop. Des guillemets gardent ensemble un nom qui contient des espaces.\nUsage : ${found.command.name} ${found.command.usage}`,
      );
    return { command: found.command, values: values as CommandInput['values'], positionals };
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw error;
    throw new UsageError(`${mistyped(error)}\nUsage : ${found.command.name} ${found.command.usage}`);
  }
}

export function help(commands: readonly { name: string; usage: string; describe: string }[]): string {
  const rows = commands.map((c) => `  ${c.name} ${c.usage}`.trimEnd());
  const width = Math.min(58, Math.max(...rows.map((row) => row.length)));
  return [
    'Usage : npm run --silent estran -- <commande> [options]',
    '',
    ...commands.map((c, i) => `${rows[i]!.padEnd(width)}  ${c.describe}`),
    '',
    'Chaque commande prend --json (réponse pour un programme, clés en anglais) et --help. Ce qui n’a pas été est dit en toutes lettres sur la sortie d’erreur, avec --json aussi.',
    'Codes de sortie : 0 fait, 1 échec, 2 fait en partie, 64 mal demandé.',
  ].join('\n');
}
