import { printable } from '../../platform/index.ts';

/** Words as a Narrative, and back: paragraphs and lines are kept, nothing of what was typed is read as markup. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
export const narrative = (text: string): { status: 'additional'; div: string } => ({
  status: 'additional',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${printable(text)
    .split('\n')
    .map((line) => `<p>${escaped(line) || '&#160;'}</p>`)
    .join('')}</div>`,
});
export const plainText = (div: string | undefined): string =>
  (div ?? '')
    .replace(/<\/p>\s*<p[^>]*>|<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#160;|&nbsp;/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .trim();
