import { fold } from '../../../web/palette.ts';
import { professionChoices } from '../../../web/words.ts';

export interface NewPerson {
  name: string;
  profession: string;
  mail: string;
}
/** Who may be asked what they need. */
export const asked = professionChoices.filter(({ value }) => value !== 'administrator');
const letters = (text: string) => fold(text).replace(/[^a-z]/g, '');
const named: readonly (readonly [RegExp, string])[] = [
  [/asal/, 'asalee-nurse'],
  [/ipa\b|avanc/, 'advanced-practice-nurse'],
  [/assistant/, 'medical-assistant'],
  [/^(mg|generaliste|docteur)/, 'physician'],
  [/^ide\b/, 'nurse'],
];
/** The profession that someone means by «infirmière», «kiné», «secrétaire». */
function professionIn(typed: string): string | undefined {
  const text = letters(typed);
  if (text.length < 2) return undefined;
  return (
    named.find(([pattern]) => pattern.test(text))?.[1] ??
    (text.length > 3
      ? asked.find(({ label, value }) => text === letters(value) || letters(label).includes(text.slice(0, 6)))?.value
      : undefined)
  );
}
/** «Anne Le Goff ; infirmière ; anne@exemple.fr», one a line; separators as pasted from a sheet. */
export function readPeople(pasted: string): { people: NewPerson[]; unread: string[] } {
  const people: NewPerson[] = [];
  const unread: string[] = [];
  for (const line of pasted
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const parts = line.split(/\s*[;\t,]\s*/).filter(Boolean);
    const mail = parts.find((part) => part.includes('@')) ?? '';
    const rest = parts.filter((part) => part !== mail);
    const profession = rest.map((part) => ({ part, code: professionIn(part) })).findLast(({ code }) => code);
    const name = rest.find((part) => part !== profession?.part);
    if (name && profession?.code) people.push({ name, profession: profession.code, mail });
    else unread.push(line);
  }
  return { people, unread };
}
