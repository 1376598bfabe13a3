import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A commune and a point inside it, in the units of the map: 400 to a degree of longitude, Mercator, y downwards. */
export interface Commune {
  /** INSEE. */
  code: string;
  name: string;
  department: string;
  x: number;
  y: number;
}
/** «Saint-Gildas de Rhuys», «ST GILDAS DE RHUYS» → «saint gildas de rhuys». */
export const plain = (words: string): string =>
  words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/[^a-z0-9]+/g, ' ').trim().replace(/\bste\b/g, 'sainte').replace(/\bst\b/g, 'saint');
const departmentOf = (code: string): string => (code.startsWith('97') ? code.slice(0, 3) : code.slice(0, 2));

/** IGN Admin Express COG 2018, Licence Ouverte 2.0 (docs/dependances.md): the communes of the region that the product was made with. Elsewhere an officer points at the map. */
export const communes: readonly Commune[] = readFileSync(join(import.meta.dirname, 'data/communes-bretagne.txt'), 'utf8').trim().split('\n').map((line) => {
  const [code, name, x, y] = line.split('|') as [string, string, string, string];
  return { code, name, department: departmentOf(code), x: Number(x), y: Number(y) };
});
const bare = (name: string): string => plain(name).replace(/^(le|la|les|l) /, '');
const byName = Map.groupBy(communes, ({ name }) => bare(name));
export const communeOf = (code: string): Commune | undefined => communes.find((one) => one.code === code);

/**
 * Where a team is, from the words of its territory or sites («Lannilis, Landéda, Plouguerneau»): the first commune that is named without doubt. A name that two communes share, or that begins the names of
 * several, says nothing; undefined when no name does.
 */
export function communeIn(words: string): Commune | undefined {
  const names = words.split(/[,;/\n]| et |\(|\)/).map(bare).filter((one) => one.length > 2);
  for (const name of names) {
    const exact = byName.get(name.replace(/^\d+ .*$/, ''));
    if (exact?.length === 1) return exact[0];
  }
  for (const name of names) {
    const begun = communes.filter((one) => bare(one.name).startsWith(`${name} `));
    if (!byName.has(name) && begun.length === 1) return begun[0];
  }
  return undefined;
}
/** For whoever types: those that begin so first, then those that hold it. */
export function communesLike(typed: string, most = 12): Commune[] {
  const words = plain(typed);
  if (words.length < 2) return [];
  const held = communes.filter((one) => one.code === typed.trim() || plain(one.name).includes(words));
  return held.toSorted((a, b) => Number(!plain(a.name).startsWith(words)) - Number(!plain(b.name).startsWith(words)) || a.name.localeCompare(b.name, 'fr')).slice(0, most);
}
