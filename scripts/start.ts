/**
 * `npm start` and `npm run estran`: the server from its built form, made first when its sources are newer (docs/adr/0049). A command that
 * finds no such form runs from the sources.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { argv, env, execPath, platform } from 'node:process';
import { buildServer, builtMain, isBuilt } from './build-server.ts';

const root = join(import.meta.dirname, '..');
const asked = argv.slice(2);
const isServer = asked.join(' ') === 'start';

let built = await isBuilt(root);
if (isServer && !built) {
  process.stdout.write('Construction du serveur…\n');
  built = await buildServer(root).then(
    () => true,
    (error: Error) => {
      process.stderr.write(
        `Il n’a pas pu être construit et tourne depuis ses sources, avec plus de mémoire :\n${error.message}\n`,
      );
      return false;
    },
  );
}
const program = join(root, built ? builtMain : 'src/main.ts');

// The young generation is bounded: three times this much is held from the first request on. The rest of the heap: src/platform/memory.ts.
const options = isServer ? ['--max-semi-space-size=8', program] : [program];
// The C library of Linux keeps for itself what a server frees, one share for each thread: 70 MB of 450 under load. It reads its settings
// once, when a program begins.
const settings =
  isServer && platform === 'linux' && env.MALLOC_ARENA_MAX === undefined
    ? { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' }
    : {};

// The same process goes on as the server; where a process cannot (Windows), a child that gets its signals and gives its code.
if (process.execve) process.execve(execPath, [execPath, ...options, ...asked], { ...env, ...settings });
const child = spawn(execPath, [...options, ...asked], { stdio: 'inherit', env: { ...env, ...settings } });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
