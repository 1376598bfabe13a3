/** Words as a Narrative, and back: paragraphs and lines are kept, nothing of what was typed is read as markup. */
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
/** XML knows no control characters but tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;
export const printable = (text: string): string => text.replace(control, '').toWellFormed();

export const narrative = (text: string): { status: 'additional'; div: string } => ({
  status: 'additional',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${printable(text).split('\n').map((line) => `<p>${escaped(line) || '&#160;'}</p>`).join('')}</div>`,
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
