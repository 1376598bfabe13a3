import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { Bunzip2Thread } from './bunzip2-thread.ts';
import { type Limits, UnreadableFile } from './limits.ts';
import { openFile } from './open-file.ts';

export interface FoundFile {
  /** As the person knows it. */
  name: string;
  path: string;
  bytes: number;
  /** Size and time of change. */
  stamp: string;
  /** 0: people and places of the directory, which others point to; 1: patients; 2: what is about patients; 3: what all of that was before. */
  rank: number;
  /** Found in a folder: when it is not FHIR it is passed over without a word of blame. */
  inFolder: boolean;
}

export const stampOf = (info: { size: number; mtimeMs: number }): string => `${info.size}-${Math.round(info.mtimeMs)}`;

/**
 * Files of the paths given, in the order in which they should be read. Hidden files are passed over; links are followed only to
 * places inside the folder that was given. Throws UnreadableFile when a path is not there.
 */
export async function findFiles(
  roots: readonly string[],
  thread: Bunzip2Thread,
  limits: Limits,
): Promise<{ files: FoundFile[]; passed: string[] }> {
  const found: FoundFile[] = [];
  const passed: string[] = [];
  const seen = new Set<string>();
  const add = async (path: string, name: string, inFolder: boolean) => {
    const real = await realpath(path);
    if (seen.has(real)) return;
    seen.add(real);
    const info = await stat(real);
    if (!info.isFile()) {
      passed.push(name);
      return;
    }
    if (found.length >= limits.files)
      throw new UnreadableFile(`Il y a plus de ${limits.files} fichiers : faites plusieurs reprises.`);
    found.push({ name, path: real, bytes: info.size, stamp: stampOf(info), rank: 2, inFolder });
  };
  for (const root of roots) {
    const path = resolve(root);
    const info = await stat(path).catch(() => null);
    if (!info) throw new UnreadableFile(`« ${root} » n’existe pas ou ne peut pas être lu.`);
    if (!info.isDirectory()) {
      await add(path, basename(path), false);
      continue;
    }
    const top = await realpath(path);
    const walk = async (folder: string, depth: number): Promise<void> => {
      if (depth > 32) return;
      for (const name of (await readdir(folder)).sort()) {
        if (name.startsWith('.')) continue;
        const here = join(folder, name);
        const shown = relative(top, here);
        const kind = await lstat(here);
        if (kind.isSymbolicLink()) {
          const target = await realpath(here).catch(() => null);
          // A link that leaves the folder could bring in any file of the server.
          if (!target?.startsWith(top + sep) || !(await stat(target)).isFile()) passed.push(shown);
          else await add(here, shown, true);
        } else if (kind.isDirectory()) await walk(here, depth + 1);
        else await add(here, shown, true);
      }
    };
    await walk(top, 0);
  }
  await rankAll(found, thread, limits);
  return { files: found.sort((a, b) => a.rank - b.rank || compare(a.name, b.name)), passed };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const directoryName =
  /(hospital|practitioner|organi[sz]ation|location|healthcareservice|endpoint|medication(?!(request|statement|administration|dispense)))/i;
/** As `estran export` calls it. */
const pastName = /^history(-|\.ndjson)/;
const patientName = /(^|[^a-z])patients?([^a-z]|$)/i;
const directoryTypes = new Set([
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'Endpoint',
  'Medication',
  'Substance',
  'OrganizationAffiliation',
  'CodeSystem',
  'ValueSet',
  'StructureDefinition',
  'Questionnaire',
  'PlanDefinition',
  'ActivityDefinition',
  'Library',
  'Device',
  'InsurancePlan',
]);

/** Ranks by the name where it tells, else by the first lines of the file. A block of bzip2 is costly to open only for that: few are. */
export async function rankAll(files: FoundFile[], thread: Bunzip2Thread, limits: Limits): Promise<void> {
  let opened = 0;
  for (const file of files) {
    const name = basename(file.name);
    if (pastName.test(name)) file.rank = 3;
    else if (directoryName.test(name)) file.rank = 0;
    else if (patientName.test(name)) file.rank = 1;
    else if (!/\.bz2$/i.test(name) || opened++ < 30)
      file.rank = await peekRank(file.path, thread, limits).catch(() => 2);
  }
}

async function peekRank(path: string, thread: Bunzip2Thread, limits: Limits): Promise<number> {
  const { pieces } = await openFile(path, thread, limits);
  let text = '';
  for await (const piece of pieces) {
    text += Buffer.from(piece.buffer, piece.byteOffset, Math.min(piece.byteLength, 64_000)).toString('latin1');
    if (text.length >= 64_000) break;
  }
  const types = [...text.matchAll(/"resourceType"\s*:\s*"([A-Za-z]+)"/g)]
    .map((match) => match[1]!)
    .filter((type) => type !== 'Bundle');
  if (types.includes('Patient')) return 1;
  return types.length > 0 && types.every((type) => directoryTypes.has(type)) ? 0 : 2;
}
