import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { BadList, type ListName, publicLists, type ReadTerm } from './lists.ts';
import { readBdpm } from './read-bdpm.ts';
import { readNuva } from './read-nuva.ts';
import { withoutAccents } from '../../platform/index.ts';

export interface GivenFile {
  name: string;
  bytes: Buffer;
}
export interface ReadList {
  list: ListName;
  /** As its publisher dates it, or the day it was loaded. */
  version: string;
  terms: ReadTerm[];
  files: { name: string; bytes: number; sha256: string }[];
}

/** What a file may weigh, unpacked. */
export const mostBytes = 80_000_000;

/** Text of a file: gzip taken off; UTF-8, or Windows-1252 as the older publications are. */
export function textOf({ name, bytes }: GivenFile): string {
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      plain = gunzipSync(bytes, { maxOutputLength: mostBytes });
    } catch {
      throw new BadList(`« ${name} » est compressé et ne se lit pas, ou dépasse ${mostBytes / 1_000_000} Mo.`);
    }
  }
  if (plain.length > mostBytes) throw new BadList(`« ${name} » dépasse ${mostBytes / 1_000_000} Mo.`);
  if (plain.length === 0) throw new BadList(`« ${name} » est vide.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return new TextDecoder('windows-1252').decode(plain);
  }
}

type Kind = 'cim10' | 'ccam' | 'bdpm' | 'bdpm-composition' | 'nuva' | 'nuva-french' | 'nuva-cis' | 'nuva-atc';
/** What a file is, by its first lines. */
function kindOf(text: string): Kind | null {
  const head = text.slice(0, 4000);
  const first = head.split(/\r?\n/, 1)[0] ?? '';
  if (/^\d{8}\t[^\t]+\t[^\t]*\t[^\t]*\tAutorisation/.test(first)) return 'bdpm';
  if (/^\d{8}\t[^\t]*\t\d+\t[^\t]+\t[^\t]*\t[^\t]*\t(SA|FT)\t/.test(first)) return 'bdpm-composition';
  if (/^NUVA,label/.test(first)) return 'nuva';
  if (/^CIS,NUVA/.test(first)) return 'nuva-cis';
  if (/^ATC,NUVA/.test(first)) return 'nuva-atc';
  if (/^fr:\s*$/.test(first) && /\n\s+(disease|vaccine|valence):/.test(head)) return 'nuva-french';
  const code = /^\s*(?:\[\s*\{)?[\s\S]*?["']?code["']?\s*[:;,|\t]/i.test(head)
    ? /(?<![A-Z0-9])[A-Z]{4}\d{3}(?!\d)/.test(head)
      ? 'ccam'
      : /(?<![A-Z0-9])[A-Z]\d{2}/.test(head)
        ? 'cim10'
        : null
    : null;
  return code ?? (/^[A-Z]\d{2}[\d+.]*\s*\|/.test(first) ? 'cim10' : null);
}

interface Row {
  code: string;
  short: string;
  long: string;
  ended: string;
}
/** Rows of a JSON table or of a CSV with a heading, or of the ATIH's text with bars. */
function rowsOf(name: string, text: string): Row[] {
  const pick = (row: Record<string, unknown>, ...keys: string[]) =>
    String(keys.map((key) => row[key]).find((value) => value !== undefined && value !== null) ?? '').trim();
  const rowOf = (row: Record<string, unknown>): Row => {
    const low = Object.fromEntries(
      Object.entries(row).map(([key, value]) => [withoutAccents(key.trim().toLowerCase()), value]),
    );
    return {
      code: pick(low, 'code'),
      short: pick(low, 'lib_court', 'libelle_court', 'libelle court'),
      long: pick(low, 'lib_long', 'libelle_long', 'libelle long', 'libelle', 'display', 'label'),
      ended: pick(low, 'date_fin', 'date de fin'),
    };
  };
  if (/^\s*\[/.test(text)) {
    let rows: unknown;
    try {
      rows = JSON.parse(text);
    } catch {
      throw new BadList(`« ${name} » : ce JSON est incomplet ou abîmé. Téléchargez-le de nouveau.`);
    }
    return (rows as unknown[]).map((row, at) => {
      if (typeof row !== 'object' || row === null || Array.isArray(row))
        throw new BadList(`« ${name} », élément ${at + 1} : un objet avec « code » et un libellé est attendu.`);
      return rowOf(row as Record<string, unknown>);
    });
  }
  if (/^[A-Z]\d{2}[\d+.]*\s*\|/.test(text))
    return text
      .split(/\r?\n/)
      .filter(Boolean)
      .map((line) => {
        const parts = line.split('|').map((part) => part.trim());
        return { code: parts[0] ?? '', short: parts.at(-2) ?? '', long: parts.at(-1) ?? '', ended: '' };
      });
  return Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data.map(rowOf);
}

/** Chapters that a primary care team seldom means first: causes of accidents, then injuries, births. */
const seldom = (code: string): number =>
  /^[V-Y]/.test(code) ? 300 : /^[OPQ]/.test(code) ? 40 : /^[ST]/.test(code) ? 30 : /^U/.test(code) ? 60 : 0;

function readCim10(name: string, text: string): ReadTerm[] {
  return rowsOf(name, text).map(({ code: raw, short, long }, at) => {
    const code = raw.replace('.', '');
    if (!/^[A-Z]\d{2}[\dA-Z]{0,3}(\+\d{1,2})?$/.test(code))
      throw new BadList(`« ${name} », ligne ${at + 1} : « ${raw.slice(0, 20)} » n’est pas un code de la CIM-10.`);
    const label = long || short;
    if (!label) throw new BadList(`« ${name} », ligne ${at + 1} (${raw}) : le libellé manque.`);
    return {
      code: code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code,
      label,
      rank: label.length + (code.length - 3) * 12 + seldom(code),
    };
  });
}
function readCcam(name: string, text: string): ReadTerm[] {
  return rowsOf(name, text).map(({ code, short, long, ended }, at) => {
    if (!/^[A-Z]{4}\d{3}$/.test(code))
      throw new BadList(`« ${name} », ligne ${at + 1} : « ${code.slice(0, 20)} » n’est pas un code de la CCAM.`);
    const label = long || short;
    if (!label) throw new BadList(`« ${name} », ligne ${at + 1} (${code}) : le libellé manque.`);
    const over = /^\d{4}-\d{2}-\d{2}/.test(ended) && ended < new Date().toISOString();
    return {
      code,
      label,
      more: short,
      rank: label.length + (over ? 10_000 : 0),
      ...(over && { detail: { ended: ended.slice(0, 10) } }),
    };
  });
}

/** Files told apart and read whole; nothing is written. @throws BadList with what is wrong, when anything is. */
export function readFiles(given: readonly GivenFile[], today: string): ReadList[] {
  if (given.length === 0) throw new BadList('Aucun fichier n’a été donné.');
  const found = new Map<Kind, { file: GivenFile; text: string }>();
  for (const file of given) {
    const text = textOf(file).replace(/^\ufeff/, '');
    const kind = kindOf(text);
    if (!kind)
      throw new BadList(
        `« ${file.name} » n’est pas reconnu : ni CIM-10, ni CCAM, ni BDPM, ni NUVA tels que leurs éditeurs les publient.`,
      );
    if (found.has(kind))
      throw new BadList(
        `« ${file.name} » et « ${found.get(kind)!.file.name} » sont deux éditions de la même liste : chargez-en une.`,
      );
    found.set(kind, { file, text });
  }
  const lists: ReadList[] = [];
  const add = (list: ListName, kinds: readonly Kind[], terms: ReadTerm[], version = today) => {
    if (terms.length < 10)
      throw new BadList(`${publicLists[list].title} : ${terms.length} lignes seulement. Le fichier est incomplet.`);
    const codes = new Set<string>();
    for (const { code } of terms) {
      if (codes.has(code)) throw new BadList(`${publicLists[list].title} : le code ${code} est donné deux fois.`);
      codes.add(code);
    }
    const files = kinds
      .flatMap((kind) => found.get(kind) ?? [])
      .map(({ file }) => ({
        name: file.name,
        bytes: file.bytes.length,
        sha256: createHash('sha256').update(file.bytes).digest('hex'),
      }));
    lists.push({ list, version, terms, files });
  };
  const get = (kind: Kind) => found.get(kind);
  const cim = get('cim10');
  if (cim) add('cim10', ['cim10'], readCim10(cim.file.name, cim.text), yearIn(cim.file.name));
  const ccam = get('ccam');
  if (ccam) add('ccam', ['ccam'], readCcam(ccam.file.name, ccam.text), yearIn(ccam.file.name));
  const drugs = get('bdpm');
  const parts = get('bdpm-composition');
  if (drugs && parts)
    add('bdpm', ['bdpm', 'bdpm-composition'], readBdpm(drugs.file.name, drugs.text, parts.file.name, parts.text));
  else if (drugs || parts)
    throw new BadList(
      `Base des médicaments : ajoutez aussi ${drugs ? 'CIS_COMPO_bdpm.txt (compositions)' : 'CIS_bdpm.txt (spécialités)'}, les deux vont ensemble.`,
    );
  const nuva = get('nuva');
  const optional = (['nuva-french', 'nuva-cis', 'nuva-atc'] as const).filter((kind) => found.has(kind));
  if (nuva) {
    if (!found.has('nuva-french'))
      throw new BadList('NUVA : ajoutez aussi nuva_fr.yml (libellés français), les deux vont ensemble.');
    add(
      'nuva',
      ['nuva', ...optional],
      readNuva(nuva.file.name, nuva.text, get('nuva-french')!.text, get('nuva-cis')?.text, get('nuva-atc')?.text),
    );
  } else if (optional.length > 0)
    throw new BadList(`NUVA : ajoutez aussi nuva_core.csv à « ${get(optional[0]!)!.file.name} ».`);
  return lists;

  function yearIn(name: string): string {
    return /(?<!\d)(20\d{2})(?!\d)/.exec(name)?.[1] ?? today;
  }
}
