import { basename, dirname, join } from 'node:path';
import { type Json, isObject } from './read-entries.ts';
import { number } from './words.ts';

/** What `estran export` writes when all is written: resources and earlier editions by type, a file a type. */
export interface Manifest {
  types: Record<string, number>;
  editions: Record<string, number>;
}
export function manifestOf(value: unknown): Manifest | null {
  if (!isObject(value) || 'resourceType' in value || typeof value.resources !== 'number' || !isObject(value.practice))
    return null;
  const types = counts(value.types);
  return types && { types, editions: counts(value.editions) ?? {} };
}
function counts(value: unknown): Record<string, number> | null {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'number')
    ? (value as Json & Record<string, number>)
    : null;
}

export const unpackedName = (name: string): string => name.replace(/\.(gz|bz2)$/i, '');

/** Says what it announces and is not in the files of the run; null when all of it is there. `lines`: of each file that was read to its end. */
export function missingFrom(
  manifest: Manifest,
  file: { name: string },
  files: readonly { name: string }[],
  lines: ReadonlyMap<string, number>,
): string | null {
  const here = new Set(files.map(({ name }) => unpackedName(name)));
  const own = basename(file.name, '.json');
  const past = own === 'manifest' ? 'history' : `history-${own}`;
  const sum = Object.values(manifest.editions).reduce((all, one) => all + one, 0);
  const missing = [
    ...Object.entries(manifest.types).map(([type, count]) => [type, `${number(count)} ressources`] as const),
    ...(sum > 0 ? [[past, `${number(sum)} éditions antérieures`] as const] : []),
  ].filter(([name]) => !here.has(join(dirname(file.name), `${name}.ndjson`)));
  const short = Object.entries(manifest.types).flatMap(([type, count]) => {
    const found = lines.get(join(dirname(file.name), `${type}.ndjson`));
    return found === undefined || found === count
      ? []
      : [`${type}.ndjson : ${number(found)} ressources, ${number(count)} annoncées`];
  });
  if (missing.length + short.length === 0) return null;
  if (missing.length === 0)
    return `L’export n’est pas entier, ou il a été modifié : ${short.length > 1 ? 'des fichiers n’ont pas le compte' : 'un fichier n’a pas le compte'} que le manifeste annonce (${short.slice(0, 5).join(' ; ')}${short.length > 5 ? '…' : ''}). Ce qui est là est repris.`;
  const told = missing.slice(0, 5).map(([name, words]) => `${name}.ndjson (${words})`);
  return `L’export n’est pas entier : ${missing.length > 1 ? 'il manque des fichiers que le manifeste annonce' : 'il manque un fichier que le manifeste annonce'}, ${told.join(', ')}${missing.length > 5 ? '…' : ''}${short.length > 0 ? ` ; d’autres n’ont pas le compte annoncé (${short.slice(0, 5).join(' ; ')})` : ''}. Ce qui est là est repris.`;
}
