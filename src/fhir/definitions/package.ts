import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { compactStructure, type Structure } from './structure.ts';
import { type CodeSystemData, compactCodeSystem, compactValueSet, type ValueSetData } from './terms.ts';

/** Definitions besides R4's own, by canonical URL, with or without `|version`. */
export interface PackageSource {
  structure(url: string): Structure | undefined;
  valueSet(url: string): ValueSetData | undefined;
  codeSystem(url: string): CodeSystemData | undefined;
  /** Canonical URLs, without versions. */
  urls(kind: 'StructureDefinition' | 'ValueSet' | 'CodeSystem'): string[];
}

/** The largest unpacked package accepted: a bomb of zeros must not take the server down. */
const maxUnpacked = 400 * 1024 * 1024;

const textOf = (bytes: Buffer): string => {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
};

/** The regular files of a .tgz (or .tar), by path. POSIX ustar, GNU long names and pax paths. */
export function* readTar(packed: Buffer): Generator<{ path: string; bytes: Buffer }> {
  const tar = packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed, { maxOutputLength: maxUnpacked }) : packed;
  let longName: string | undefined;
  for (let at = 0; at + 512 <= tar.length; ) {
    const header = tar.subarray(at, at + 512);
    if (header[0] === 0) break;
    const size = Number.parseInt(textOf(header.subarray(124, 136)).trim() || '0', 8);
    if (!Number.isFinite(size) || size < 0) throw new Error('The package is not a readable .tgz: bad entry size.');
    const bytes = tar.subarray(at + 512, at + 512 + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    const prefix = textOf(header.subarray(345, 500));
    const ustar = textOf(header.subarray(257, 262)) === 'ustar';
    const path = longName ?? (ustar && prefix ? `${prefix}/` : '') + textOf(header.subarray(0, 100));
    at += 512 + Math.ceil(size / 512) * 512;
    if (kind === 'L') longName = textOf(bytes);
    else if (kind === 'x') longName = /\d+ path=([^\n]+)\n/.exec(bytes.toString('utf8'))?.[1];
    else {
      longName = undefined;
      if (kind === '0' || kind === '\0') yield { path, bytes };
    }
  }
}

/** A source made of parsed conformance resources; others are passed over. The first of two with one URL answers without version. */
export function packageOf(resources: Iterable<unknown>): PackageSource {
  const kinds = {
    StructureDefinition: new Map<string, Structure>(),
    ValueSet: new Map<string, ValueSetData>(),
    CodeSystem: new Map<string, CodeSystemData>(),
  };
  const keep = <T extends { url: string; version?: string }>(into: Map<string, T>, item: T | undefined) => {
    if (!item) return;
    if (!into.has(item.url)) into.set(item.url, item);
    if (item.version) into.set(`${item.url}|${item.version}`, item);
  };
  for (const resource of resources) {
    keep(kinds.StructureDefinition, compactStructure(resource));
    keep(kinds.ValueSet, compactValueSet(resource));
    keep(kinds.CodeSystem, compactCodeSystem(resource));
  }
  // A package asks for a version of another that may be installed in a neighbouring one: the installed version answers.
  const find = <T>(from: Map<string, T>, url: string): T | undefined =>
    from.get(url) ?? (url.includes('|') ? from.get(url.slice(0, url.indexOf('|'))) : undefined);
  return {
    structure: (url) => find(kinds.StructureDefinition, url),
    valueSet: (url) => find(kinds.ValueSet, url),
    codeSystem: (url) => find(kinds.CodeSystem, url),
    urls: (kind) => [...kinds[kind].keys()].filter((url) => !url.includes('|')),
  };
}

/** Several sources as one; the first that knows a URL answers. */
export function packagesOf(...sources: PackageSource[]): PackageSource {
  const first = <T>(ask: (source: PackageSource) => T | undefined): T | undefined => {
    for (const source of sources) {
      const found = ask(source);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    structure: (url) => first((s) => s.structure(url)),
    valueSet: (url) => first((s) => s.valueSet(url)),
    codeSystem: (url) => first((s) => s.codeSystem(url)),
    urls: (kind) => [...new Set(sources.flatMap((s) => s.urls(kind)))],
  };
}

/**
 * Loads the definitions of a FHIR package (`package.tgz` as published by an implementation guide; its examples are not read).
 * @throws Error in words when the file is not a package.
 */
export function loadPackage(tgz: string | Buffer): PackageSource {
  const packed = typeof tgz === 'string' ? readFileSync(tgz) : tgz;
  let files = 0;
  const resources = function* () {
    for (const { path, bytes } of readTar(packed)) {
      if (!/^package\/[^/]+\.json$/.test(path)) continue;
      files += 1;
      try {
        yield JSON.parse(bytes.toString('utf8'));
      } catch (error) {
        throw new Error(`The package holds a file that is not JSON: ${path}.`, { cause: error });
      }
    }
  };
  const source = packageOf(resources());
  if (files === 0) throw new Error('The file is not a FHIR package: it has no JSON file under package/.');
  return source;
}
