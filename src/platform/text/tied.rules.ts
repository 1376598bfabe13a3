/** Where something stands that is not known yet (what a template or an element puts there): it counts as a word. */
export const something = '\ufffc';

const narrow = '\u202f';
const wide = '\u00a0';
const asItStands = '`[^`]*`|(?<!\\S)(?=\\S*(?:\\w://|[^\\s@]@[^\\s@]))\\S+(?: (?=[:;?!»%€]))?';
const word = '[\\p{L}\\p{M}\\p{N}»)\\]}’”.…°²³%€+*_\ufffc]';
// « :) » and « ;) » are smileys.
const afterPause = '(?=$|[\\s»”’\ufffc]|\\*\\*)';
const afterCry = '(?=$|[\\s)\\]»”’.,…\ufffc]|\\*\\*)';
const spaces = new RegExp(
  [
    asItStands,
    `((?<=${word}) (?=;${afterPause}|[?!]+${afterCry}))`,
    `((?<=${word}) (?=:${afterPause})(?!(?<=\\d ): ?\\d)|(?<=«) (?=\\S)|(?<=\\S) (?=»)|(?<=[\\d\ufffc]) (?=[%€](?![\\p{L}\\p{N}])))`,
  ].join('|'),
  'gu',
);

/**
 * French text whose signs never begin a line, nor its guillemets end one: the space before « ; ? ! » becomes a narrow no-break space, that before « : % € » and inside guillemets a no-break space. Nothing but these
 * spaces changes, and none is added: a text keeps its length. Left as they stand: hours (12:30) and what else has no space there, smileys, code between backquotes, and addresses with the space that ends them
 * (a mail program takes what sticks to an address for a part of it).
 */
export const tied = (text: string): string =>
  /[:;?!»«%€]/.test(text)
    ? text.replace(spaces, (found: string, before?: string, around?: string) =>
        before ? narrow : around ? wide : found,
      )
    : text;
