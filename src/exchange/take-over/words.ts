/** What is wrong with a resource, in French for the person, with the FHIR path and the validator's own words beside. */
export interface Flaw {
  /** FHIRPath: `Patient.birthDate`. */
  path: string;
  /** French. */
  words: string;
  /** The validator's English, for the one who knows FHIR. */
  diagnostics?: string;
}

/** Patterns of the validator's sentences; `$1` is what they say. */
const patterns: readonly [RegExp, string][] = [
  [/^(\S+) is required: .* must have at least (\d+)/, 'l’élément « $1 » est obligatoire et manque'],
  [/^(\S+) must have at least (\d+)/, 'l’élément « $1 » doit figurer au moins $2 fois'],
  [/^A code from the value set (\S+) is required/, 'un code du jeu de valeurs $1 est attendu'],
  [
    /^The code “(.+)”.* is not in the value set \S*?([^/|\s]+)(?:\|\S+)? \(/,
    'le code « $1 » n’est pas de ceux que FHIR admet ici ($2)',
  ],
  [/in the value set \S*?([^/|\s]+)(?:\|\S+)? \(/, 'aucun des codes n’est de ceux que FHIR admet ici ($1)'],
  [/“(.+)” is not a date: YYYY, YYYY-MM or YYYY-MM-DD/, '« $1 » n’est pas une date (AAAA, AAAA-MM ou AAAA-MM-JJ)'],
  [
    /“(.+)” is not (?:a|an) (?:dateTime|instant|time|id|uri|url|oid|uuid|canonical|code|integer|decimal|boolean|positiveInt|unsignedInt|number)/,
    '« $1 » n’a pas la forme attendue',
  ],
  [/^The code (.+) is not in the code system (.+)\.$/, 'le code $1 n’existe pas dans $2'],
  [/^(\S+) must not be an array/, '« $1 » ne doit pas être une liste'],
  [/^(\S+) must be an array.*not (.+)\.$/, '« $1 » doit être une liste'],
  [/^(\S+) must not be an empty array/, '« $1 » est une liste vide : retirez-la'],
  [/^(\S+) must be a JSON object/, '« $1 » doit être un objet'],
  [
    /^Only one of (\S+) may be given, not both (\S+) and (\S+)\./,
    'une seule forme de $1 est permise, pas $2 et $3 à la fois',
  ],
  [
    /^The reference is to a resource of type (\S+), but must be to: (.+)\.$/,
    'la référence désigne une ressource $1 ; il faut : $2',
  ],
  [
    /^The reference “(.+)” is neither Type\/id/,
    'la référence « $1 » n’a pas la forme d’une référence FHIR (Type/identifiant)',
  ],
  [
    /^The reference is to a resource of type (\S+), but its type says (\S+)\.$/,
    'la référence désigne une ressource $1 et se dit de type $2',
  ],
  [
    /^The modifier extension “(.+)” is not known here/,
    'l’extension « $1 » change le sens de ce qui la porte, et n’est pas connue ici',
  ],
  [/ is not base64/, 'le contenu joint n’est pas en base64'],
  [/^The narrative is not accepted/, 'le texte mis en forme (« text ») n’est pas accepté'],
  [/^(.+) is not an R4 resource type/, '$1 n’est pas un type de ressource de FHIR R4'],
  [/^The resource has no resourceType/, 'la ressource n’a pas de « resourceType »'],
  [/^An element must have a value or children/, 'un élément est vide : retirez-le ou remplissez-le'],
  [/^Elements are nested deeper/, 'les éléments sont imbriqués trop profondément'],
  [/at most (\d+) characters/i, 'le texte dépasse $1 caractères'],
  [/^The value must be exactly (.+), not (.+)\.$/, 'la valeur doit être $1, elle est $2'],
  [/^The value must match (.+), but is (.+)\.$/, 'la valeur doit correspondre à $1, elle est $2'],
  [/^The profile (\S+) is for (\S+), not for (\S+)\.$/, 'le profil $1 est fait pour $2, pas pour $3'],
];
const byCode: Readonly<Record<string, string>> = {
  required: 'un élément obligatoire manque',
  structure: 'la forme n’est pas celle que FHIR attend',
  value: 'la valeur n’a pas la forme attendue',
  'code-invalid': 'le code n’est pas accepté ici',
  invariant: 'une règle de FHIR n’est pas respectée',
  'too-long': 'la valeur est trop longue',
  extension: 'une extension n’est pas acceptée ici',
  'not-found': 'ce qui est désigné est inconnu',
};

export function flawOf(issue: { code: string; diagnostics: string; expression: string }): Flaw {
  const path = issue.expression;
  for (const [pattern, words] of patterns) {
    const match = pattern.exec(issue.diagnostics);
    if (match)
      return {
        path,
        words: words.replace(/\$(\d)/g, (_, n: string) => match[Number(n)] ?? ''),
        diagnostics: issue.diagnostics,
      };
  }
  return { path, words: byCode[issue.code] ?? 'la ressource n’est pas valide', diagnostics: issue.diagnostics };
}

/** The same without a value that stands in the resource: for whoever may know where it is wrong, not what it says. */
export function withoutValues({ path, words, diagnostics }: Flaw): Flaw {
  const known = diagnostics === undefined ? undefined : patterns.find(([pattern]) => pattern.test(diagnostics));
  return { path, words: known ? known[1].replace(/\$\d/g, '…') : words };
}

/** Of a write that names a patient whose record has gone into another. */
export function wordsOfMerge(error: unknown): string {
  const [, gone, kept] = /merged patient: (\S+) (\S+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return `Le dossier Patient/${gone} a été réuni ici à Patient/${kept}. Rien n’est perdu : si la ligne est bien pour cette personne, mettez-y le numéro du dossier qui reste, puis soumettez-la de nouveau.`;
}

/** One line for lists: `Patient.birthDate : la valeur n’a pas la forme attendue`. */
export const lineOf = (flaw: Flaw): string => (flaw.path ? `${flaw.path} : ${flaw.words}` : flaw.words);

export const number = (value: number): string => new Intl.NumberFormat('fr-FR').format(value);
export const placeWords = (raw: { unit: 'entry' | 'line'; place: number }): string =>
  `${raw.unit === 'line' ? 'ligne' : 'entrée'} ${raw.place}`;
