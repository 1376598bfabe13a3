/**
 * The server in a few files of plain JavaScript, without types and comments: it starts in a third of the time and holds a third less
 * than from its sources (docs/adr/0049). Names and lines stay: the trace of an error reads as in the sources.
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import type { Node } from './syntax.ts';
import { hasShapes, isOfShapes, wireWithout } from './wire.ts';

export const builtMain = 'dist-server/main.js';

/** Pure computing, read whole at each start: built in. What is native, lazy, or finds files of its own stays a package. */
const libraries =
  /^(zod|@medplum\/core|fhirpath|@lhncbc\/ucum-lhc|antlr4|commonmark|date-fns|papaparse|yjs|lib0)(\/|$)/;
const rooms = ['platform', 'access', 'fhir', 'record', 'coordination', 'exchange', 'programme'];
const worker = 'pglite-worker';
/** What the thread of the embedded engine reads: not with the platform, or it would read that too. */
const ofWorker = /[\\/]platform[\\/]db[\\/](pglite-worker|db)\.ts$/;

/** A source finds its files from where it is, wherever its built form stands in the project; the built worker stands beside it. */
const placesOf = (folder: string): Plugin => ({
  name: 'places',
  transform(code, id) {
    if (!code.includes('import.meta.') || id.includes('node_modules')) return;
    const source = relative(folder, id).replaceAll('\\', '/');
    return code.replaceAll(
      /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)|import\.meta\.(url|dirname)\b/g,
      (found, file?: string, what?: string) => {
        if (what === 'dirname') return `(import.meta.dirname + '/${source.slice(0, source.lastIndexOf('/'))}')`;
        if (what === 'url') return `new URL('${source}', import.meta.url).href`;
        if (file === worker) return `new URL('./${worker}.js', import.meta.url)`;
        return found.replace('import.meta.url', `new URL('${source}', import.meta.url)`);
      },
    );
  },
});

/** What the wire says of replies types the screens and fills the documents. A running server never reads it: half of what its contracts hold. */
const ofDocuments = new Set(['does', 'reply']);
const wireOfServer: Plugin = {
  name: 'wire-of-server',
  transform(code, id) {
    if (!hasShapes(code) || id.includes('node_modules')) return;
    const program = parseAst(code, { lang: 'ts' }) as unknown as Node & { body: Node[] };
    return wireWithout(ofDocuments, code, program, isOfShapes);
  },
};

/** In ASCII: with one accent the engine keeps a large file in two bytes a character. */
const inAscii = (code: string): string =>
  code.replaceAll(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** When what the server is built of was last changed, in ms since 1970. */
async function lastChange(root: string): Promise<number> {
  const files = ['package-lock.json', 'scripts/build-server.ts', 'scripts/wire.ts'].map((name) => join(root, name));
  for (const folder of ['src', 'seeds'])
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
      if (entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
        files.push(join(entry.parentPath, entry.name));
  return Math.max(...(await Promise.all(files.map((file) => stat(file)))).map(({ mtimeMs }) => mtimeMs));
}

/** True when the built form is there and nothing it is made of has changed since. */
export async function isBuilt(root: string): Promise<boolean> {
  const built = await stat(join(root, builtMain)).catch(() => undefined);
  return built !== undefined && built.mtimeMs > (await lastChange(root));
}

/** Builds beside what is there and changes the folders at the end: a build that fails leaves the old one. */
export async function buildServer(root: string): Promise<void> {
  const folder = join(root, 'dist-server');
  const fresh = `${folder}.${process.pid}`;
  const bundle = await rolldown({
    input: { main: join(root, 'src/main.ts'), [worker]: join(root, `src/platform/db/${worker}.ts`) },
    cwd: root,
    platform: 'node',
    preserveEntrySignatures: false,
    tsconfig: false,
    external: (id) => !/^[./]|^[A-Za-z]:[\\/]/.test(id) && !libraries.test(id),
    checks: { ineffectiveDynamicImport: false },
    plugins: [wireOfServer, placesOf(folder)],
  });
  const { output } = await bundle.generate({
    format: 'esm',
    comments: false,
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // In pieces: the compiler's own memory for one file of 7 MB would stay with the process.
    codeSplitting: {
      groups: [
        { name: 'libraries', tags: ['$initial'], test: /[\\/]node_modules[\\/]/, priority: 2 },
        ...rooms.map((room) => ({
          name: room,
          tags: ['$initial' as const],
          test: (id: string) => id.startsWith(join(root, 'src', room)) && !ofWorker.test(id),
          priority: 1,
          includeDependenciesRecursively: false,
        })),
      ],
    },
  });
  await bundle.close();
  await mkdir(fresh, { recursive: true });
  for (const file of output)
    await writeFile(join(fresh, file.fileName), file.type === 'chunk' ? inAscii(file.code) : file.source);
  await rm(folder, { recursive: true, force: true });
  // Another start may have built the same at the same time.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
}

if (import.meta.main) await buildServer(join(import.meta.dirname, '..'));
