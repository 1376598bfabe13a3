import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutAccents } from '../../platform/index.ts';

/** A commune and a point inside it, in the units of the map: 400 to a degree of longitude, Mercator, y downwards. */
export interface Commune {
  /** INSEE. */
  code: string;
  /** Of 2018, or another that it bears or bore: a commune that was merged into it, one that it became since. */
  name: string;
  /** When `name` is another one: that of 2018. */
  of: string | null;
  department: string;
  x: number;
  y: number;
}
/** «Saint-Gildas de Rhuys», «ST GILDAS DE RHUYS» → «saint gildas de rhuys». */
export const plain = (words: string): string =>
  withoutAccents(words)
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\bste\b/g, 'sainte')
    .replace(/\bst\b/g, 'saint');
const bare = (name: string): string => plain(name).replace(/^(le|la|les|l) /, '');

/**
 * The communes of France by département: IGN Admin Express COG 2018 for the points, INSEE's COG for the names of before and since (docs/dependances.md). A block begins with `= code region`; then one line a commune,
 * `end of its code|name|x|y`, and one for each other name, `end of the code of the commune+name`.
 */
const read = (): string => readFileSync(join(import.meta.dirname, 'data/communes.txt'), 'utf8');
function parsed(block: string): Commune[] {
  const [head, ...lines] = block.trimEnd().split('\n') as [string, ...string[]];
  const department = head.split(' ')[0]!;
  const known = new Map<string, Commune>();
  return lines.map((line) => {
    const [end, name, x, y] = line.split(/[|+]/) as [string, string, string?, string?];
    const base = known.get(end);
    if (base && x === undefined) return { ...base, name, of: base.name };
    const commune = { code: department + end, name, of: null, department, x: Number(x), y: Number(y) };
    known.set(end, commune);
    return commune;
  });
}
interface Gazetteer {
  communes: readonly Commune[];
  byName: ReadonlyMap<string, readonly Commune[]>;
}
const opened = new Map<string | null, Gazetteer>();
/** The communes of an administrative region (`region.rules.ts`), or of all of France; read the first time that they are asked for. */
export function gazetteerOf(region: string | null): Gazetteer {
  let found = opened.get(region);
  if (!found) {
    const communes = read()
      .split(/^= /m)
      .filter(
        (block) => block !== '' && (region === null || block.slice(0, block.indexOf('\n')).endsWith(` ${region}`)),
      )
      .flatMap(parsed);
    opened.set(region, (found = { communes, byName: Map.groupBy(communes, ({ name }) => bare(name)) }));
  }
  return found;
}
export const communeOf = (code: string): Commune | undefined =>
  gazetteerOf(null).communes.find((one) => one.code === code);

const departmentOf = (code: string): string =>
  code.startsWith('97') ? code.slice(0, 3) : code.slice(0, 2).toUpperCase();
/** Corsica has one beginning for its postal codes. */
const within = (department: string, wanted: string | undefined): boolean =>
  wanted === undefined || department === wanted || (wanted === '20' && /^2[AB]$/.test(department));
/** «29870 Lannilis», «Saint-Denis (93)», «Crozon»: a name, and its département when that is said. Whatever else begins with a number is a street. */
function named(part: string): { name: string; department?: string | undefined } {
  const [, postal, town] = /(?:^|\s)(\d{5})\s+(\D.*)$/.exec(part) ?? [];
  if (postal) return { name: bare(town!.replace(/\bcedex\b.*$/i, '')), department: departmentOf(postal) };
  const [, before, said] = /^(.*?)\(\s*(\d{2,3}|2[ABab])\s*\)\s*$/.exec(part) ?? [];
  if (said) return { name: bare(before!), department: said.toUpperCase() };
  return { name: bare(part).replace(/^\d+ .*$/, '') };
}
const one = (found: readonly Commune[]): Commune | undefined =>
  new Set(found.map(({ code }) => code)).size === 1 ? (found.find(({ of }) => of === null) ?? found[0]) : undefined;

/**
 * Where a team is, from the words of its territory or sites («Lannilis, Landéda, Plouguerneau»): the first commune of its region that is named without doubt. A name that two communes share, or that begins the names
 * of several, says nothing; undefined when no name does.
 * @param region the administrative region; null: all of France
 */
export function communeIn(words: string, region: string | null): Commune | undefined {
  const { byName } = gazetteerOf(region);
  const parts = words
    .split(/[,;/\n]/)
    .flatMap((part) => (part.includes(' et ') ? [part, ...part.split(' et ')] : [part]))
    .flatMap((part) => (/\(\s*(\d{2,3}|2[ABab])\s*\)/.test(part) ? [part] : part.split(/[()]/)))
    .map(named)
    .filter(({ name }) => name !== '');
  for (const { name, department } of parts) {
    const exact = one((byName.get(name) ?? []).filter((commune) => within(commune.department, department)));
    if (exact) return exact;
  }
  for (const { name, department } of parts) {
    // «Eu», «Gy» and «Y» are communes; two letters that begin a name say nothing.
    if (byName.has(name) || name.length < 3) continue;
    const begun = one(
      [...byName].flatMap(([known, those]) =>
        known.startsWith(`${name} `) ? those.filter((commune) => within(commune.department, department)) : [],
      ),
    );
    if (begun) return begun;
  }
  return undefined;
}
/** For whoever types, each commune once: of their region first; those that begin so, then those that hold it. */
export function communesLike(typed: string, region: string | null, most = 12): Commune[] {
  const words = plain(typed);
  if (words.length < 2) return [];
  const found = new Map<string, Commune>();
  for (const of of region === null ? [null] : [region, null]) {
    const held = gazetteerOf(of).communes.filter(
      (commune) =>
        !found.has(commune.code) &&
        (commune.code === typed.trim().toUpperCase() || plain(commune.name).includes(words)),
    );
    for (const commune of held.toSorted(
      (a, b) =>
        Number(!plain(a.name).startsWith(words)) - Number(!plain(b.name).startsWith(words)) ||
        a.name.localeCompare(b.name, 'fr') ||
        Number(a.of !== null) - Number(b.of !== null),
    ))
      if (!found.has(commune.code)) found.set(commune.code, commune);
    if (found.size >= most) break;
  }
  return [...found.values()].slice(0, most);
}
