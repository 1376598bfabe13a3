/**
 * The rules of a narrative (txt-1, txt-2): formatting only, nothing that runs or loads, well formed, and not empty.
 * https://hl7.org/fhir/R4/narrative.html#xhtml One pass over the text, whatever it holds.
 */
const tags = new Set(
  (
    'a abbr acronym address area b big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins ' +
    'kbd li map ol p pre q samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
);
/** A link may point to these; `data:` holds pictures only. */
const target = /^\s*(https?:|mailto:|tel:|urn:|#|cid:|data:image\/(png|jpeg|gif)[;,]|[^:]*$|[^:/]*\/)/i;
const attribute = /([A-Za-z_:][\w:.-]{0,40})\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)')/g;
const maxDepth = 200;

/** `undefined` when the narrative is in order, else what is wrong. */
export function narrativeFault(xhtml: string): string | undefined {
  const open: string[] = [];
  let content = false;
  let at = 0;
  while (at < xhtml.length) {
    const start = xhtml.indexOf('<', at);
    const text = xhtml.slice(at, start < 0 ? undefined : start);
    if (!content && text.replace(/&nbsp;|&#160;|&#xa0;/gi, ' ').trim() !== '') content = true;
    if (start < 0) break;
    if (xhtml.startsWith('<!--', start)) {
      const end = xhtml.indexOf('-->', start + 4);
      if (end < 0) return 'a comment does not end';
      at = end + 3;
      continue;
    }
    const end = endOfTag(xhtml, start);
    if (end < 0) return 'a tag does not end';
    const inner = xhtml.slice(start + 1, end);
    at = end + 1;
    const name = /^\/?([A-Za-z][\w:.-]{0,30})(?=[\s/]|$)/.exec(inner)?.[1];
    if (name === undefined) return 'it holds something that is neither text nor an element';
    if (!tags.has(name)) return `the element <${name}> is not allowed`;
    if (inner.startsWith('/')) {
      if (open.pop() !== name) return `</${name}> closes an element that is not open`;
      continue;
    }
    if (inner.length > 50_000 && name !== 'img') return 'a tag is too long';
    const fault = attributeFault(inner.slice(name.length));
    if (fault) return fault;
    if (name === 'img') content = true;
    if (!inner.endsWith('/')) {
      open.push(name);
      if (open.length > maxDepth) return 'it is nested too deeply';
    }
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return content ? undefined : 'it says nothing: leave the narrative out';
}

/** Where a tag ends, quotes respected. */
function endOfTag(text: string, start: number): number {
  let quote = '';
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i;
    else if (char === '<') return -1;
  }
  return -1;
}

function attributeFault(text: string): string | undefined {
  const rest = text.replace(attribute, '').replace(/\/$/, '').trim();
  if (rest !== '') return 'an attribute has no value in quotes';
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    const value = double ?? single ?? '';
    if (/^on/i.test(name)) return `the attribute ${name} is not allowed`;
    if (/^(href|src|cite|background|action|usemap|longdesc)$/i.test(name) && !target.test(decoded(value))) {
      return `${name} points to something that is not allowed`;
    }
    if (/^style$/i.test(name) && /expression|javascript|@import|url\s*\(|behaviou?r\s*:/i.test(decoded(value)))
      return 'the style runs or loads something';
  }
  return undefined;
}

/** Character references would hide `javascript:`. */
const decoded = (value: string): string =>
  value
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex) => point(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits) => point(Number(digits)))
    .replace(/&colon;/gi, ':')
    .replace(/&(tab|newline);/gi, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers pass over them in a scheme
    .replace(/[\u0000-\u0020]+/g, '');
const point = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
