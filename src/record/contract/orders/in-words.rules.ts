import { doseUnits } from '../treatments/posology.ts';

/** Numbers of a prescription in full letters, as the law wants them for narcotics (code de la santé publique, art. R. 5132-29): «10 mg» → «dix milligrammes», «1 ½ gélule» → «une gélule et demie». */
const ones = [
  'zéro',
  'un',
  'deux',
  'trois',
  'quatre',
  'cinq',
  'six',
  'sept',
  'huit',
  'neuf',
  'dix',
  'onze',
  'douze',
  'treize',
  'quatorze',
  'quinze',
  'seize',
  'dix-sept',
  'dix-huit',
  'dix-neuf',
];
const tens = [
  '',
  '',
  'vingt',
  'trente',
  'quarante',
  'cinquante',
  'soixante',
  'soixante',
  'quatre-vingt',
  'quatre-vingt',
];

/** `last`: nothing follows that takes the plural mark away («quatre-vingts», but «quatre-vingt mille»). */
function underHundred(value: number, last: boolean): string {
  if (value < 20) return ones[value]!;
  const ten = Math.floor(value / 10);
  const rest = ten === 7 || ten === 9 ? value - (ten - 1) * 10 : value % 10;
  if (rest === 0) return ten === 8 && last ? 'quatre-vingts' : tens[ten]!;
  return `${tens[ten]}${(rest === 1 || rest === 11) && ten < 8 ? ' et ' : '-'}${ones[rest]}`;
}
function underThousand(value: number, last: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  if (hundreds === 0) return underHundred(rest, last);
  const head = hundreds === 1 ? 'cent' : `${ones[hundreds]} cent${rest === 0 && last ? 's' : ''}`;
  return rest === 0 ? head : `${head} ${underHundred(rest, last)}`;
}
/** A whole number from 0 to 999 999 999, masculine, traditional spelling. */
export function wholeInWords(value: number): string {
  if (value < 1000) return underThousand(value, true);
  const millions = Math.floor(value / 1_000_000);
  const thousands = Math.floor((value % 1_000_000) / 1000);
  const rest = value % 1000;
  return [
    millions > 0 && `${underThousand(millions, true)} million${millions > 1 ? 's' : ''}`,
    thousands > 0 && (thousands === 1 ? 'mille' : `${underThousand(thousands, false)} mille`),
    rest > 0 && underThousand(rest, true),
  ]
    .filter(Boolean)
    .join(' ');
}
const feminine = (words: string): string => words.replace(/(^|[ -])un$/, '$1une');
/** `text`: digits with spaces between thousands and a comma or a point, as typed. */
export function numberInWords(text: string, she = false): string {
  const [whole = '', part] = text.replace(/[\s\u00a0\u202f]/g, '').split(/[.,]/);
  const head = wholeInWords(Number(whole));
  if (!part || Number(part) === 0) return she ? feminine(head) : head;
  // «0,05»: each nought before the figures is said.
  const noughts = /^0*/.exec(part)![0].length;
  return `${head} virgule ${[...Array<string>(noughts).fill('zéro'), wholeInWords(Number(part.slice(noughts).replace(/0+$/, '')))].join(' ')}`;
}

/** Feminine nouns that are counted in a prescription. */
const feminines =
  /^(?:gélule|capsule|goutte|bouffée|inhalation|pulvérisation|ampoule|cuillère|dose|unité|injection|application|prise|pastille|boîte|heure|semaine|minute|fois|seringue|pipette|séance|plaquette|fraction)s?(?![a-zà-ÿ])/i;
const symbols: Readonly<Record<string, string>> = {
  mg: 'milligramme',
  g: 'gramme',
  µg: 'microgramme',
  μg: 'microgramme',
  mcg: 'microgramme',
  kg: 'kilogramme',
  ml: 'millilitre',
  l: 'litre',
  ui: 'unité internationale',
  h: 'heure',
  '%': 'pour cent',
};
const plural = (symbol: string, many: boolean): string => {
  const word = symbols[symbol.toLowerCase()] ?? symbol;
  return many && symbol !== '%'
    ? word.replace(/^unité internationale$/, 'unités internationales').replace(/([^s])$/, '$1s')
    : word;
};
const number = String.raw`\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?`;
const symbol = '(?:mg|µg|μg|mcg|kg|g|ml|mL|UI|%|h)(?![a-zà-ÿA-Z])';
const numberOf = (text: string): number => Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
const nouns = doseUnits
  .filter(({ plural: many }) => many)
  .flatMap(({ label, plural: many }) => [many!, label])
  .sort((a, b) => b.length - a.length)
  .join('|');
const quarters: Readonly<Record<string, string>> = { '¼': 'un quart', '¾': 'trois quarts' };
const vowel = /^[aeiouyàâéèêîôûh]/i;
const sheIs = (noun: string): boolean => feminines.test(noun);
/** Days are told as such: «12/03/2027». */
const day = /(\d{1,2}\/\d{1,2}\/\d{4})/;

/** Every number of a text in full letters, with its unit when it is a symbol; days and what holds no number stay as they are. */
export const inFullLetters = (text: string): string =>
  text
    .split(day)
    .map((part, at) => (at % 2 === 0 ? inLetters(part) : part))
    .join('');
const inLetters = (text: string): string =>
  text
    .replace(
      new RegExp(`(?:(${number})[ \u00a0])?([½¼¾])(?: (${nouns})(?![a-zà-ÿ]))?`, 'g'),
      (_, whole: string | undefined, part: string, noun = '') => {
        const she = sheIs(noun);
        if (!whole)
          return part === '½'
            ? noun
              ? `${she ? 'une' : 'un'} demi-${noun}`
              : 'un demi'
            : `${quarters[part]}${noun ? ` ${vowel.test(noun) ? 'd’' : 'de '}${noun}` : ''}`;
        return `${numberInWords(whole, she)}${noun && ` ${noun}`} et ${part === '½' ? `demi${she ? 'e' : ''}` : quarters[part]}`;
      },
    )
    .replace(
      new RegExp(`(${number})[ \u00a0]?h(?:[ \u00a0]?(\\d{2}))?(?![a-zà-ÿ])`, 'g'),
      (_, hours: string, minutes?: string) =>
        `${numberInWords(hours, true)} heure${numberOf(hours) >= 2 ? 's' : ''}${minutes && Number(minutes) > 0 ? ` ${wholeInWords(Number(minutes))}` : ''}`,
    )
    .replace(
      new RegExp(`(${number})[ \u00a0]?(${symbol})`, 'g'),
      (_, value: string, unit: string) => `${numberInWords(value)} ${plural(unit, numberOf(value) >= 2)}`,
    )
    // «1 à 2 gélules»: the first number agrees with what stands behind the second.
    .replace(new RegExp(`(${number})(?= à (?:${number}) ([a-zà-ÿ-]+))`, 'gi'), (_, value: string, noun: string) =>
      numberInWords(value, sheIs(noun)),
    )
    .replace(
      new RegExp(`(?<![a-zà-ÿ\\d.,])(${number})(?:([ \u00a0])([a-zà-ÿ-]+))?`, 'gi'),
      (_, value: string, space = '', noun = '') => `${numberInWords(value, sheIs(noun))}${space}${noun}`,
    )
    .replace(new RegExp(`/[ \u00a0]?(${symbol})`, 'g'), (_, unit: string) => ` par ${plural(unit, false)}`);
/** «10 mg/5 mL» → «dix milligrammes pour cinq millilitres»; «37,5 mg/325 mg» → «… et …»; «25 µg/h» → «vingt-cinq microgrammes par heure». */
export function strengthInWords(strength: string): string {
  return inFullLetters(
    strength
      .replace(/[ \u00a0]?\/[ \u00a0]?heure\b/, ' par heure')
      .replace(
        new RegExp(`[ \u00a0]?/[ \u00a0]?(${number})[ \u00a0]?(${symbol})`, 'g'),
        (_, value: string, unit: string) => ` ${/^m?l$/i.test(unit) ? 'pour' : 'et'} ${value} ${unit}`,
      ),
  );
}
const measure = `(?:${symbol}|(?:micro|milli)?grammes?|heure)`;
const strengthPattern = new RegExp(
  String.raw`(?:${number})[ \u00a0]?${measure}(?:[ \u00a0]?/[ \u00a0]?(?:(?:${number})[ \u00a0]?)?${measure})*`,
);
/** The strength that a name says: «Skenan LP 10 mg, gélule» → «10 mg». */
export const strengthIn = (label: string): string => strengthPattern.exec(label)?.[0] ?? '';
