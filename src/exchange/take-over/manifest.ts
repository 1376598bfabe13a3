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

/** Says what it announces and is not among the files of the run; null when all of it is there. */
export function missingFrom(
  manifest: Manifest,
  file: { name: string },
  files: readonly { name: string }[],
): string | null {
  const here = new Set(files.map(({ name }) => name.replace(/\.(gz|bz2)$/i, '')));
  const own = basename(file.name, '.json');
  const past = own === 'manifest' ? 'history' : `history-${own}`;
  const sum = Object.values(manifest.editions).reduce((all, one) => all + one, 0);
  const missing = [
    ...Object.entries(manifest.types).map(([type, count]) => [type, `${number(count)} ressources`] as const),
    ...(sum > 0 ? [[past, `${number(sum)} éditions antérieures`] as const] : []),
  ].filter(([name]) => !here.has(join(dirname(file.name), `${name}.ndjson`)));
  if (missing.length === 0) return null;
  const told = missing.slice(0, 5).map(([name, words]) => `${name}.ndjson (${words})`);
  return `L’export n’est pas entier : ${missing.length > 1 ? 'il manque des fichiers que le manifeste annonce' : 'il manque un fichier que le manifeste annonce'}, ${told.join(', ')}${missing.length > 5 ? '…' : ''}. Ce qui est là est repris.`;
}
