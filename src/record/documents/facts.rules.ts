import { parseDate } from '../dates.rules.ts';
import { normalise } from '../fhir-words.ts';
import { nirKey } from '../identity/ins.rules.ts';

/** What a document says of itself, as far as its words tell: who it is about, what it is, of when, by whom, for whom. */
export interface Facts {
  /** Birth dates: said to be one. ISO days. */
  births: string[];
  /** Every full date, in the order of the text. */
  dates: string[];
  /** Matricules whose key holds: 13 characters, without the key. */
  nirs: string[];
  /** What stands after «Patient :», «Mme», «né(e)»…, and in the file's name: normalised words to look up. */
  names: string[];
  /** LOINC of documentTypes; null when nothing tells. */
  code: string | null;
  /** Of the act: ISO day. */
  day: string | null;
  author: string;
  /** Normalised names after «Cher confrère Dr …», «À l’attention de …», then of other doctors who are named and do not sign. */
  addressees: string[];
}
export const noFacts: Facts = {
  births: [],
  dates: [],
  nirs: [],
  names: [],
  code: null,
  day: null,
  author: '',
  addressees: [],
};

/** A figure may be misread: a date that was recognised rules nobody out, and is nobody's birth date for sure. */
export const asRecognised = (facts: Facts): Facts => ({
  ...facts,
  births: [],
  dates: [...new Set([...facts.births, ...facts.dates])].slice(0, 40),
});

const months = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
];
const datePattern =
  /(?<!\d)(\d{1,2})(?:\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?|(?:er)?\s+(janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)\s+)(\d{4})(?!\d)/giu;
interface Dated {
  day: string;
  at: number;
  before: string;
}
function datesIn(text: string, now: Date): Dated[] {
  const found: Dated[] = [];
  for (const match of text.matchAll(datePattern)) {
    const month = match[2] ? Number(match[2]) : months.indexOf(normalise(match[3]!)) + 1;
    const day = parseDate(`${match[1]}/${month}/${match[4]}`, now);
    if (day?.length === 10)
      found.push({ day, at: match.index, before: normalise(text.slice(Math.max(0, match.index - 60), match.index)) });
  }
  return found;
}
const saysBirth =
  /(?:\bnee?(?: e)?(?: le| a [a-z ]+ le)?|\bd ?d ?n|\bdate (?:de )?naiss(?:ance)?|\bnaissance|\bnaiss)(?: [a-z]+){0,4}$/;
/** «né le 12/03/1948», but not the date of the letter that follows a birth place. */
const isBirth = ({ before }: Dated): boolean => saysBirth.test(before.split(' ').slice(-8).join(' '));

const nirPattern =
  /(?<![\dA-Za-z])([1-478])\s?(\d{2})\s?(\d{2})\s?(\d{2}|2[ABab])\s?(\d{3})\s?(\d{3})(?:\s?[/-]?\s?(\d{2}))?(?!\d)/g;
function nirsIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, ...parts] of text.matchAll(nirPattern)) {
    const body = parts.slice(0, 6).join('').toUpperCase();
    // Without its key anything of thirteen digits would do.
    if (parts[6] !== undefined && nirKey(body) === Number(parts[6])) found.add(body);
  }
  return [...found];
}

const labelled =
  /(?:\bpatiente?\b|\bnom(?: de (?:naissance|jeune fille|famille)| d['’ ]usage| utilis[ée]| patronymique)?\b|\bpr[ée]noms?\b|\bmadame\b|\bmonsieur\b|\bmme\b|\bmlle\b|\bmr\b|\bm\.|\bconcern(?:e|ant)\b|\benfant\b|\bb[ée]b[ée]\b|\bn[ée]e\b)\s*(?:n[ée]e?\s*)?[:-]?\s*((?:madame|monsieur|mme|mlle|mr|m\.)\s+)?([\p{L}'’ -]{3,60})/giu;
const noName = new Set(
  (
    'le la les de du des d l un une et ou a au aux en dans par pour sur avec est ete sera votre notre vos nos ce cette ces cher chere confrere consoeur docteur dr professeur pr adresse adressee age agee ans date naissance nee ne prenom nom usage famille sexe feminin masculin patient patiente madame monsieur ' +
    'mme mlle mr m concernant dossier service hopital clinique centre compte rendu resultat resultats examen consultation hospitalisation lettre ordonnance certificat scan scanner irm radio bilan biologie labo laboratoire cr document page pages vu vue ce jour suivi suivie recu recue demeurant domicile tel telephone ins nir ipp pdf jpg png img copie recto verso courrier'
  ).split(' '),
);
const nameWords = (text: string): string[] =>
  normalise(text)
    .split(' ')
    .filter((word) => word.length > 1 && !/\d/.test(word));
function namesIn(text: string, file: string): string[] {
  const found = new Set<string>();
  for (const [, , words] of text.matchAll(labelled)) {
    const kept: string[] = [];
    for (const word of nameWords(words!.split(/\s{3,}|\n/)[0]!)) {
      if (noName.has(word) && !(kept.length === 0 && /^(le|la|de|du|des)$/.test(word))) break;
      kept.push(word);
    }
    if (kept.some((word) => !noName.has(word))) found.add(kept.slice(0, 5).join(' '));
    if (found.size >= 12) break;
  }
  const ofFile = nameWords(file.replace(/\.[A-Za-z0-9]{1,5}$/, '')).filter(
    (word) => !noName.has(word) || /^(le|la|de|du)$/.test(word),
  );
  if (ofFile.length >= 2 && ofFile.length <= 6) found.add(ofFile.join(' '));
  return [...found];
}

/** First that speaks wins: what a document calls itself stands at its head. */
const kinds: readonly (readonly [code: string, words: RegExp])[] = [
  ['11526-1', /anatomo ?(?:cyto)?pathologi|\banapath|histologi(?:e|que)\b/],
  ['11504-8', /compte rendu operatoire|\bcro\b|protocole operatoire/],
  [
    '18842-5',
    /compte rendu d hospitalisation|compte rendu de sejour|\bcrh\b|lettre de (?:sortie|liaison)|hospitalise[es]? (?:du|dans)/,
  ],
  ['11524-6', /electrocardiogramme|\becg\b/],
  [
    '18748-4',
    /\birm\b|scanner|tomodensitometr|radiographi|echographi|mammographi|echo ?doppler|scintigraphi|osteodensitometr|compte rendu d imagerie/,
  ],
  [
    '11502-2',
    /laboratoire|biologie medicale|hemogramme|numeration formule|ionogramme|bilan sanguin|resultats? d analyses?|\becbu\b/,
  ],
  ['57833-6', /\bordonnance\b/],
  ['11369-6', /(?:carnet|certificat) de vaccination/],
  ['42348-3', /directives anticipees/],
  ['57133-1', /lettre d adressage|je vous adresse|merci de recevoir/],
  ['11488-4', /consultation|j ai (?:vu|recu|examine)|je vois|ce jour en consultation/],
  ['51851-4', /\bcpam\b|assurance maladie|mutuelle|\battestation|certificat administratif|\bmdph\b/],
];
const kindOf = (text: string): string | null => {
  const head = normalise(text.slice(0, 1_500));
  const found = (words: string) =>
    kinds
      .map(([code, pattern]) => ({ code, at: words.search(pattern) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0]?.code;
  return found(head) ?? found(normalise(text.slice(0, 20_000))) ?? null;
};

const doctor =
  /\b(?:Dr|DR|Docteure?|DOCTEUR|Pr|PR|Professeure?)\.?\s+((?:\p{Lu}[\p{L}'’.-]*)(?:[ \t]+(?:(?:de|du|le|la)[ \t]+)?\p{Lu}[\p{L}'’-]*){0,3})/gu;
const house =
  /^.*\b(?:CH[URS]?|Centre|Clinique|Laboratoire|H[ôo]pital|HOPITAL|CENTRE|CLINIQUE|LABORATOIRE|Cabinet|Polyclinique|Maison|Institut|EHPAD)\b.*$/mu;
function peopleIn(text: string): { author: string; addressees: string[] } {
  const authors: string[] = [];
  const addressees = new Set<string>();
  for (const match of text.matchAll(doctor)) {
    const before = normalise(text.slice(Math.max(0, match.index - 45), match.index));
    const name = match[1]!.trim().replace(/[.,]$/, '');
    if (
      /(?:cher|chere|chers|attention(?: de| du)?|destinataires?|copies?(?: a| au)?|adressee? (?:a|au|par)|medecin traitant|correspondant|prescripteur|prescrit par|demande(?:e)? par)(?: (?:confrere|consoeur|ami|amie|madame|monsieur|le|la|du|de|a|au))*$/.test(
        before,
      )
    )
      addressees.add(normalise(name));
    else authors.push(name);
  }
  // Of a line that says more, what comes first: a patient’s name is no part of who writes.
  const at = house
    .exec(text.slice(0, 600))?.[0]
    .split(/\s[-–—:|]\s|,|\s{3,}/)[0]
    ?.trim()
    .slice(0, 80);
  const last = authors.at(-1);
  // A name at the head, without a word, is the addressee's when it is someone of the practice (inbox.ts): asked after those who are called so.
  return {
    author: [last && `Dr ${last}`, at].filter(Boolean).join(', ').slice(0, 150),
    addressees: [...addressees, ...new Set(authors.slice(0, -1).map(normalise))],
  };
}

/** @param file its name, which is all that an image tells. */
export function factsOf(text: string, file: string, now: Date): Facts {
  const head = text.slice(0, 30_000);
  // A file is often named with the birth date or the day of the act, without separators.
  const inName = [...file.matchAll(/(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)/g)].flatMap(
    ([, day, month, year]) => parseDate(`${day}/${month}/${year}`, now) ?? [],
  );
  const dates = datesIn(head, now);
  const births = new Set(dates.filter(isBirth).map(({ day }) => day));
  const day =
    dates.find(
      (one) =>
        !births.has(one.day) &&
        /(?:\ble|\bdu|examen|consultation|date(?: de l acte)?|realisee? le|fait a [a-z ]+)$/.test(one.before) &&
        !isBirth(one),
    )?.day ??
    dates.find((one) => !births.has(one.day))?.day ??
    null;
  return {
    births: [...births],
    dates: [...new Set([...dates.map((one) => one.day), ...inName])].slice(0, 40),
    nirs: nirsIn(head),
    names: namesIn(head, file),
    code: kindOf(text),
    day,
    ...peopleIn(head),
  };
}
