import { inflateSync } from 'node:zlib';

/** The words of a PDF that renderPdf made, page after page: glyphs are turned back by each font's ToUnicode table. */
export function wordsOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const objects = new Map<string, { dict: string; stream: string | null }>();
  for (const match of raw.matchAll(/(\d+) 0 obj\s*([\s\S]*?)endobj/g)) {
    const [, id, body] = match as unknown as [string, string, string];
    const at = body.indexOf('stream');
    const dict = at < 0 ? body : body.slice(0, at);
    let stream: string | null = null;
    if (at >= 0) {
      const start = match.index + match[0].indexOf(body) + at + (body.startsWith('stream\r\n', at) ? 8 : 7);
      const length = Number(/\/Length (\d+)/.exec(dict)?.[1] ?? 0);
      const bytes = pdf.subarray(start, start + length);
      stream = (dict.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
    }
    objects.set(id, { dict, stream });
    if (stream !== null && dict.includes('/ObjStm')) {
      const first = Number(/\/First (\d+)/.exec(dict)![1]);
      const heads = stream.slice(0, first).trim().split(/\s+/).map(Number);
      for (let i = 0; i < heads.length; i += 2)
        objects.set(String(heads[i]), {
          dict: stream.slice(first + heads[i + 1]!, heads[i + 3] === undefined ? undefined : first + heads[i + 3]!),
          stream: null,
        });
    }
  }
  const maps = new Map<string, Map<number, string>>();
  for (const [id, { dict }] of objects) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(dict)?.[1];
    if (unicode) maps.set(id, glyphs(objects.get(unicode)?.stream ?? ''));
  }
  const namesIn = (dicts: readonly string[]): Map<string, Map<number, string>> =>
    new Map(
      dicts.flatMap((dict) =>
        [...dict.matchAll(/\/(f\d+) (\d+) 0 R/g)].flatMap(([, name, id]) =>
          maps.has(id!) ? [[name!, maps.get(id!)!] as const] : [],
        ),
      ),
    );
  // One name stands for different fonts on different pages.
  const referred = (dict: string, key: string) => {
    const id = new RegExp(`/${key} (\\d+) 0 R`).exec(dict)?.[1];
    return (id && objects.get(id)?.dict) || '';
  };
  const ofPages = new Map<string, Map<string, Map<number, string>>>();
  for (const { dict } of objects.values()) {
    const contents = /\/Contents (\d+) 0 R/.exec(dict)?.[1];
    const resources = referred(dict, 'Resources');
    if (contents) ofPages.set(contents, namesIn([dict, resources, referred(dict + resources, 'Font')]));
  }
  const anywhere = namesIn([...objects.values()].map(({ dict }) => dict));
  let words = '';
  for (const [id, { dict, stream }] of objects) {
    const names = ofPages.get(id)?.size ? ofPages.get(id)! : anywhere;
    if (stream === null || dict.includes('/ObjStm') || !/\bTJ|\bTj/.test(stream)) continue;
    let font: Map<number, string> | undefined;
    // Parentheses that go together stand in a string as they are.
    for (const part of stream.matchAll(
      /\/(f\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|\b(Tm|Td|ET)\b/g,
    )) {
      if (part[1]) font = names.get(part[1]);
      else if (part[4]) words += part[4] === 'ET' ? ' ' : '';
      else {
        const bytes = part[2] ? Buffer.from(part[2], 'hex') : Buffer.from(unescaped(part[3] ?? ''), 'latin1');
        for (let i = 0; i + 1 < bytes.length; i += 2) words += font?.get(bytes.readUInt16BE(i)) ?? '';
      }
    }
    words += '\n';
  }
  return words.replace(/[ \u00A0\u202F]+/g, ' ');
}
const unescaped = (text: string): string =>
  text.replace(/\\([nrtbf()\\]|[0-7]{1,3}|\r?\n)/g, (_, sign: string) =>
    /^[0-7]/.test(sign)
      ? String.fromCharCode(Number.parseInt(sign, 8))
      : ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[sign] ?? (/\n/.test(sign) ? '' : sign)),
  );
const textOf = (hex: string): string => {
  const bytes = Buffer.from(hex, 'hex');
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(bytes.readUInt16BE(i));
  return text;
};
function glyphs(cmap: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, block] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from, to] of block!.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      found.set(Number.parseInt(from!, 16), textOf(to!));
  for (const [, block] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, start] of block!.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      for (let code = Number.parseInt(from!, 16); code <= Number.parseInt(to!, 16); code++)
        found.set(code, String.fromCharCode(Number.parseInt(start!, 16) + code - Number.parseInt(from!, 16)));
  return found;
}
