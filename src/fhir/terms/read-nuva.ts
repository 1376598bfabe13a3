import Papa from 'papaparse';
import { BadList, type ReadTerm } from './lists.ts';

/** NUVA: concepts (CSV), French labels (YAML of two levels), maps from CIS and ATC. https://github.com/IVC-NUVA/NUVA */
export function readNuva(name: string, core: string, french: string, cis?: string, atc?: string): ReadTerm[] {
  const words = labelsOf(french);
  const [byCis, byAtc] = [mapOf(cis), mapOf(atc)];
  const { data } = Papa.parse<Record<string, string>>(core, { header: true, skipEmptyLines: true });
  return data.map((row, at) => {
    const code = (row.NUVA ?? '').trim();
    if (!/^VAC\d{4,}$/.test(code))
      throw new BadList(`« ${name} », ligne ${at + 2} : « ${code.slice(0, 20)} » n’est pas un code NUVA.`);
    const abstract = row.abstract?.trim() === 'True';
    const label = words.get(`${code}L`) ?? row.label?.trim();
    if (!label) throw new BadList(`« ${name} », ligne ${at + 2} (${code}) : le libellé manque.`);
    const about = words.get(`${code}C`);
    return {
      code,
      label,
      more: about ?? '',
      rank: label.length + (abstract ? 0 : 20) + (byCis.has(code) ? 0 : 40),
      detail: {
        abstract,
        ...(about && about !== label && { about }),
        ...(byCis.has(code) && { cis: byCis.get(code)! }),
        ...(byAtc.has(code) && { atc: byAtc.get(code)! }),
      },
    };
  });
}

/** `    VAC0110L: Vaccin Grippe, sans précision`; a long label goes on in the next, deeper line; one that YAML needs quoted is. */
function labelsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    const start = /^ {4}([A-Z]{3}\d+[A-Z]): ?(.*)$/.exec(line);
    if (start) found.set((key = start[1]!), start[2]!.trim());
    else if (/^ {6,}\S/.test(line) && key) found.set(key, `${found.get(key)} ${line.trim()}`);
    else key = '';
  }
  for (const [name, label] of found)
    found.set(name, /^(['"]).*\1$/s.test(label) ? label.slice(1, -1).replaceAll("''", "'").trim() : label);
  return found;
}

/** `CIS-61104024,VAC0001,ACT-HIB` → VAC0001: [61104024]. */
function mapOf(text: string | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (!text) return found;
  for (const row of Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data) {
    const outside = (row.CIS ?? row.ATC ?? '').replace(/^(CIS|ATC)-/, '').trim();
    const code = (row.NUVA ?? '').trim();
    if (outside && code) found.set(code, [...(found.get(code) ?? []), outside]);
  }
  return found;
}
