/** The files that screens are built into. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demo, root } from './harness.ts';

test('DOS-1 SEC-12 no file of the screens needs, through others, one that needs it: in such a circle a page may read what is not there yet, on some openings and not on others', async () => {
  await demo();
  const dist = join(root, 'dist');
  const names = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name]) => name!);
  // Files of a former build may still be there: those that the page of this one leads to.
  const needs = new Map<string, string[]>();
  const look = names(readFileSync(join(dist, 'index.html'), 'utf8'), /assets\/([^"]+\.js)"/g);
  for (let name = look.pop(); name !== undefined; name = look.pop()) {
    if (needs.has(name)) continue;
    const text = readFileSync(join(dist, 'assets', name), 'utf8');
    needs.set(name, names(text, /(?:from|import)\s*"\.\/([^"]+\.js)"/g));
    look.push(...needs.get(name)!, ...names(text, /(?:import\([`"']\.\/|"assets\/)([\w.-]+\.js)/g));
  }
  assert.ok(needs.size > 20, 'the screens are built');
  assert.ok([...needs.values()].some((to) => to.length > 5));
  const circles: string[] = [];
  const clean = new Set<string>();
  const walk = (name: string, way: readonly string[]): void => {
    const before = way.indexOf(name);
    if (before >= 0) return void circles.push([...way.slice(before), name].join(' → '));
    if (clean.has(name)) return;
    for (const to of needs.get(name) ?? []) walk(to, [...way, name]);
    clean.add(name);
  };
  for (const name of needs.keys()) walk(name, []);
  assert.deepEqual(circles, []);
});
