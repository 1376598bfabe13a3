/** Text as it is compared, found and named where accents do not count. Pure, without imports: screens and server fold alike. */

/** «Gaël Œuvrard» → «Gael Œuvrard»: letters keep their case, ligatures stay. */
export const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

/** Lower case, letters a to z and digits, one space between: «Saint-Malo (35) » → «saint malo 35». */
export const plainWords = (text: string): string =>
  withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** What an address or a code is made of: «Appel à projets 2031» → «appel-a-projets-2031». Empty when no letter or digit is left. */
export const slugOf = (text: string, most: number): string =>
  plainWords(text).replaceAll(' ', '-').slice(0, most).replace(/-+$/, '');

/** The name of a file that every system takes, without its extension: at most 80 signs. */
export const fileNameOf = (title: string, otherwise: string): string =>
  withoutAccents(title)
    .replace(/[^A-Za-z0-9 _-]+/g, ' ')
    .trim()
    .slice(0, 80) || otherwise;
