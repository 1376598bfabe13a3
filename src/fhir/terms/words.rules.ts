/** How typed words meet the words of a list: accents, plurals, small words, one typing mistake, everyday names. Pure. */

/** Lower case, no accents, ligatures apart, thousands together, words separated by one space. */
export const plainOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .toLowerCase()
    .replace(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d)[,.](?=\d)/g, 'z')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const small = new Set('a au aux d de des du en et l la le les ou par pour sur un une'.split(' '));
/** The words of a text that say something; a text of small words only keeps them. */
export function wordsOf(text: string): string[] {
  const all = plainOf(text).split(' ').filter(Boolean);
  const said = all.filter((word) => !small.has(word));
  return [...new Set(said.length > 0 ? said : all)];
}
/** The singular, roughly: what both sides have in common. */
export function singular(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word;
  if (word.endsWith('aux') && word.length > 5) return `${word.slice(0, -3)}al`;
  return /[sx]$/.test(word) && !/ss$/.test(word) ? word.slice(0, -1) : word;
}
/** Words under which a label is found. */
export const indexWords = (...texts: (string | undefined)[]): string[] => [
  ...new Set(texts.flatMap((text) => wordsOf(text ?? '')).flatMap((word) => [word, singular(word)])),
];

/** Everyday names, and what the lists call it: one line a name, alternatives separated by «;». Ours. */
const everyday: Record<string, string> = {
  tension: 'hypertension; pression arterielle',
  hta: 'hypertension arterielle',
  sucre: 'diabete; glycemie',
  dt2: 'diabete type 2',
  dt1: 'diabete type 1',
  dnid: 'diabete type 2',
  did: 'diabete type 1',
  cholesterol: 'hypercholesterolemie; dyslipidemie',
  avc: 'accident vasculaire cerebral',
  ait: 'accident ischemique transitoire',
  idm: 'infarctus myocarde',
  crise: 'infarctus; epilepsie; angor',
  acfa: 'fibrillation atriale; fibrillation auriculaire',
  fa: 'fibrillation atriale; fibrillation auriculaire',
  phlebite: 'thrombose veineuse',
  tvp: 'thrombose veineuse profonde',
  ep: 'embolie pulmonaire',
  aomi: 'arteriopathie membres inferieurs',
  ic: 'insuffisance cardiaque',
  irc: 'insuffisance renale chronique',
  rgo: 'reflux gastro',
  brulures: 'reflux gastro; brulure',
  gastro: 'gastro enterite',
  mici: 'crohn; rectocolite',
  colopathie: 'intestin irritable',
  pr: 'polyarthrite rhumatoide',
  sep: 'sclerose plaques',
  lumbago: 'lombalgie',
  sciatique: 'lombosciatique; sciatique',
  dos: 'lombalgie; dorsalgie',
  genou: 'gonarthrose',
  hanche: 'coxarthrose',
  ptg: 'prothese genou',
  pth: 'prothese hanche',
  thyroide: 'hypothyroidie; hyperthyroidie; thyroidien',
  depression: 'episode depressif; depressif',
  angoisse: 'anxieux; anxiete',
  stress: 'anxieux; stress',
  sommeil: 'insomnie; apnee sommeil',
  burnout: 'epuisement professionnel',
  alcool: 'usage alcool; alcool',
  tabac: 'tabagisme; tabac',
  cigarette: 'tabagisme; tabac',
  memoire: 'demence; alzheimer; cognitif',
  bpco: 'maladie pulmonaire obstructive',
  saos: 'apnee sommeil',
  apnee: 'apnee sommeil',
  rhume: 'rhinopharyngite',
  otite: 'otite moyenne',
  urinaire: 'cystite; urinaire; urine',
  iu: 'cystite; infection urinaire',
  prostate: 'hypertrophie benigne prostate; prostate',
  hbp: 'hypertrophie benigne prostate; hyperplasie prostate',
  sopk: 'ovaires polykystiques',
  vih: 'immunodeficience humaine; vih',
  sida: 'immunodeficience humaine; vih',
  cancer: 'tumeur maligne; cancer',
  dmla: 'degenerescence maculaire',
  yeux: 'oeil',
  oeil: 'oculaire; ophtalm',
  boutons: 'acne; urticaire; eruption',
  mycose: 'candidose; dermatophytie; mycose',
  escarre: 'ulcere decubitus; escarre',
  // Medicines.
  doliprane: 'paracetamol',
  efferalgan: 'paracetamol',
  dafalgan: 'paracetamol',
  advil: 'ibuprofene',
  nurofen: 'ibuprofene',
  spasfon: 'phloroglucinol',
  ventoline: 'salbutamol',
  levothyrox: 'levothyroxine',
  kardegic: 'acide acetylsalicylique',
  aspirine: 'acide acetylsalicylique; acetylsalicylate',
  smecta: 'diosmectite',
  inexium: 'esomeprazole',
  mopral: 'omeprazole',
  xarelto: 'rivaroxaban',
  eliquis: 'apixaban',
  lasilix: 'furosemide',
  glucophage: 'metformine',
  tahor: 'atorvastatine',
  lantus: 'insuline glargine',
  augmentin: 'amoxicilline clavulanique',
  clamoxyl: 'amoxicilline',
  coversyl: 'perindopril',
  triatec: 'ramipril',
  seresta: 'oxazepam',
  xanax: 'alprazolam',
  lexomil: 'bromazepam',
  stilnox: 'zolpidem',
  imovane: 'zopiclone',
  seroplex: 'escitalopram',
  deroxat: 'paroxetine',
  lyrica: 'pregabaline',
  // Acts and tests.
  nfs: 'numeration formule sanguine; hemogramme',
  prise: 'prelevement',
  irm: 'remnographie; irm',
  scanner: 'scanographie; scanner',
  ecg: 'electrocardiographie; electrocardiogramme',
  holter: 'electrocardiographie 24 heures; holter',
  fibro: 'endoscopie; fibroscopie',
  kine: 'reeducation; kinesitherapie',
  // Vaccines.
  ror: 'rougeole oreillons rubeole',
  dtp: 'diphterie tetanos poliomyelite; dtp',
  hpv: 'papillomavirus',
};
const expansions = new Map(
  Object.entries(everyday).map(([name, words]) => [name, words.split(';').map((one) => wordsOf(one))]),
);
const names = [...expansions.keys()].filter((name) => name.length >= 5);
/** What else a typed word may mean: each alternative is words that must all be there. A name is known from its fifth letter. */
export function alsoCalled(word: string): string[][] {
  const own = expansions.get(word);
  if (own) return own;
  return word.length < 5 ? [] : names.filter((name) => name.startsWith(word)).flatMap((name) => expansions.get(name)!);
}

export const everydayWords: readonly string[] = [...expansions.keys()];
/** The same of a whole everyday name, and nothing for its beginning. */
export const everydayNames = (word: string): readonly string[][] => expansions.get(word) ?? [];

const lexeme = (word: string, prefix: boolean): string => `'${word}'${prefix ? ':*' : ''}`;
/** What is looked for, as a tsquery: every word, in any order, each by its beginning or by what it is called. `near`: words a typing mistake away. */
export function asked(
  words: readonly string[],
  near: ReadonlyMap<string, readonly string[]> = new Map(),
): { query: string; exact: string } {
  const one = (word: string, prefix: boolean): string => {
    const stem = singular(word);
    const ways = prefix
      ? [
          lexeme(word, true),
          ...(stem === word ? [] : [lexeme(stem, true)]),
          ...(near.get(word) ?? []).map((other) => lexeme(other, true)),
        ]
      : [lexeme(stem, false)];
    for (const all of alsoCalled(word)) ways.push(`(${all.map((part) => lexeme(singular(part), prefix)).join(' & ')})`);
    return `(${ways.join(' | ')})`;
  };
  return {
    query: words.map((word) => one(word, true)).join(' & '),
    exact: words.map((word) => one(word, false)).join(' & '),
  };
}

/** Spellings of one sound, in French names of medicines and diseases: pairs of how it is written and how it is kept. */
const sounds: readonly [RegExp, string][] = [
  [/ph/g, 'f'],
  [/([tr])h/g, '$1'],
  [/qu?|ck|ch(?=[lr])|c(?![eiyh])/g, 'k'],
  [/ç|c(?=[eiy])|z/g, 's'],
  [/h/g, ''],
  [/y/g, 'i'],
  [/w/g, 'v'],
  [/e?au/g, 'o'],
  [/ai|ei/g, 'e'],
  [/(.)\1+/g, '$1'],
  [/(?<=.{3})e$/, ''],
];
/** What a word sounds like: «kardegik» and «kardegic», «amoxicilinne» and «amoxicilline» are one. */
export const soundOf = (word: string): string =>
  sounds.reduce((heard, [written, kept]) => heard.replace(written, kept), word);
/** How each sound may be written, for a regular expression. */
const written: Readonly<Record<string, string>> = {
  f: '(f|ph)+',
  t: '(t|th)+',
  r: '(r|rh)+',
  k: '(k|q|qu|c|ck|ch)+',
  s: '(s|c|z)+',
  i: '(i|y)+',
  v: '(v|w)+',
  o: '(o|au|eau)+',
  e: '(e|ai|ei)+',
};

/** A regular expression for words that begin like `word` with one letter wrong, missing, too many or swapped, or that sound like it. Only letters and digits go in. */
export function mistaken(word: string): string {
  const ways = new Set<string>([[...soundOf(word)].map((sound) => `h?${written[sound] ?? `${sound}+`}`).join('')]);
  for (let at = 0; at <= word.length; at++) {
    ways.add(`${word.slice(0, at)}.${word.slice(at)}`);
    if (at === word.length) break;
    ways.add(`${word.slice(0, at)}.${word.slice(at + 1)}`);
    ways.add(word.slice(0, at) + word.slice(at + 1));
    if (at + 1 < word.length) ways.add(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
  }
  return `^(${[...ways].join('|')})`;
}
