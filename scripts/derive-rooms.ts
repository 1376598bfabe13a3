import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

const { enhancedResolveOptions, ...options } = config.options;

/** `src/record/web/Page.tsx` → `record/web`. */
function roomOf(path: string): string | undefined {
  const [, room, below] = /^src\/([^/]+)\/([^/]+)?/.exec(path) ?? [];
  return room && room !== 'web' && below === 'web' ? `${room}/web` : room;
}

/** Which room really enters which, from the imports, as a Mermaid graph. Tests are left out. */
export async function roomGraph(): Promise<string> {
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir: join(import.meta.dirname, '..') } as never,
    enhancedResolveOptions as never,
  );
  const arrows = new Map<string, Set<string>>();
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    const from = roomOf(source);
    if (!from || /\.(test|fixture)\.ts$|-for-tests\.ts$|-harness\.ts$|\/testing\.ts$/.test(source)) continue;
    if (!arrows.has(from)) arrows.set(from, new Set());
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (to && to !== from) arrows.get(from)?.add(to);
    }
  }
  if (arrows.size < 5) throw new Error('The imports could not be read.');
  const rooms = [...arrows.keys()].sort();
  const node = (room: string) => room.replace('/', '_');
  return [
    '# Qui entre où',
    '',
    'Produit par `npm run derive` à partir des imports ; ne pas modifier à la main. Les règles sont dans `.dependency-cruiser.mjs` ;',
    '`src/main.ts`, qui connaît toutes les pièces, et les tests n’y sont pas.',
    '',
    '```mermaid',
    'graph TD',
    ...rooms.map((room) => `  ${node(room)}["${room}"]`),
    ...rooms.flatMap((room) => [...(arrows.get(room) ?? [])].sort().map((to) => `  ${node(room)} --> ${node(to)}`)),
    '```',
    '',
  ].join('\n');
}
