/**
 * Array parameters as PostgreSQL literals, written at once: the drivers would escape every element, which costs more than the statement
 * when thousands of numbers go down together.
 */
export const plainArray = (values: readonly (string | number | bigint | boolean | null | undefined)[]): string => {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    const value = values[i];
    text += value === null || value === undefined ? 'NULL' : value;
  }
  return `${text}}`;
};

/**
 * JSON texts, to be taken apart by `string_to_array($n, E'\\x1f')`: none holds this control character, so that nothing needs quoting, where
 * quoting would touch every quotation mark of every text on both sides. Not for an empty list, nor for an empty text that stands alone.
 */
export const jsonTexts = (texts: readonly string[]): string => texts.join('\u001f');

const special = /["\\]/g;
/** Texts may hold anything; they are quoted. */
export const textArray = (values: readonly (string | null | undefined)[]): string => {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    const value = values[i];
    text +=
      value === null || value === undefined
        ? 'NULL'
        : `"${special.test(value) ? value.replace(special, '\\$&') : value}"`;
    special.lastIndex = 0;
  }
  return `${text}}`;
};
