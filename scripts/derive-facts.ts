import type { Profession } from '../src/access/index.ts';
import { professions } from '../src/access/index.ts';
import { analytes, criticalSources } from '../src/record/data/analytes.ts';
import { lists } from '../src/record/data/cockpits/lists.ts';
import { fromOwnUnit, unitShown, unitsOf } from '../src/record/data/lab-units.ts';
import { type MeasureRange, measureAliases, measureOf, measures } from '../src/record/data/measures.ts';
import { usualMedicines } from '../src/record/data/medicines.ts';
import {
  type ControlledRule,
  controlledRegimes,
  controlledRules,
  unsureOfControlled,
} from '../src/record/data/orders/controlled.ts';
import { orderFamilies, type OrderKind } from '../src/record/data/orders/families.ts';
import { prescribers, unsure } from '../src/record/data/orders/prescribers.ts';
import { labAnalytes, panels, rangeSourceOf } from '../src/record/data/panels.ts';
import { problems } from '../src/record/data/problems.ts';
import { shippedSections } from '../src/record/data/sections/index.ts';
import { vaccineAdvice } from '../src/record/data/vaccine-advice.ts';
import {
  type CalendarEdition,
  calendarEditions,
  type CalendarRule,
  notComputed,
  type SeriesDose,
  type Span,
} from '../src/record/data/vaccine-calendar.ts';
import { vaccineProducts } from '../src/record/data/vaccine-products.ts';
import { situations, targets, vaccines } from '../src/record/data/vaccines.ts';
import { bandsOf, extensionOf, extensionsOf, type Item, loincOf, urls } from '../src/record/contract/sections/form.ts';

/** Facts that carry clinical weight, as tables for those who must read them: chapter by chapter, with who reads which. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim() || '—';
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${' --- |'.repeat(head.length)}`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  '',
];
const number = (value: number): string => String(Number(value.toPrecision(6))).replace('.', ',');
const years = (count: number): string => `${count} ${count > 1 ? 'ans' : 'an'}`;
const span = (value: Span): string => {
  const count = Number.parseInt(value, 10);
  return value.endsWith('y')
    ? years(count)
    : `${count} ${({ d: 'jours', w: 'semaines', m: 'mois' } as const)[value.at(-1) as 'd' | 'w' | 'm']}`;
};
const named = (code: string): string => (Object.hasOwn(professions, code) ? professions[code as Profession].fr : code);

const who = ({ fromAge, toAge, sex }: MeasureRange): string =>
  [
    sex && (sex === 'male' ? 'homme' : 'femme'),
    fromAge !== undefined && toAge !== undefined
      ? `${fromAge} à ${toAge - 1} ans`
      : fromAge !== undefined
        ? `dès ${years(fromAge)}`
        : toAge !== undefined
          ? `avant ${years(toAge)}`
          : '',
  ]
    .filter(Boolean)
    .join(', ');
const between = (low: number | undefined, high: number | undefined): string =>
  low !== undefined && high !== undefined
    ? `${number(low)} à ${number(high)}`
    : low !== undefined
      ? `≥ ${number(low)}`
      : high !== undefined
        ? `≤ ${number(high)}`
        : '';
const ranges = (all: readonly MeasureRange[]): string =>
  all
    .map((range) => [who(range), between(range.low, range.high)].filter(Boolean).join(' : '))
    .filter(Boolean)
    .join(' ; ');
const criticals = (all: readonly MeasureRange[]): string =>
  [
    ...new Set(
      all.map(({ criticalLow, criticalHigh }) =>
        [
          criticalLow !== undefined && `< ${number(criticalLow)}`,
          criticalHigh !== undefined && `≥ ${number(criticalHigh)}`,
        ]
          .filter(Boolean)
          .join(' ou '),
      ),
    ),
  ]
    .filter(Boolean)
    .join(' ; ');
const otherCodes = (code: string): string =>
  Object.entries(measureAliases)
    .filter(([, same]) => same === code)
    .map(([other]) => other)
    .join(', ');

function laboratory(): string[] {
  const rows = labAnalytes.map((one) => [
    one.label,
    one.code,
    otherCodes(one.code),
    one.words ? 'en mots' : unitShown(one.unit) || one.unit,
    one.words ? '' : between(...(one.plausible as [number, number])),
    ranges(one.ranges),
    criticals(one.ranges),
    rangeSourceOf(one.code),
  ]);
  const units = labAnalytes.flatMap((one) =>
    unitsOf(one.code, one.unit)
      .slice(1)
      .map((unit) => [
        one.label,
        `1 ${unitShown(one.unit) || one.unit}`,
        `${number(fromOwnUnit(one.code, one.unit, unit, 1)!)} ${unitShown(unit) || unit}`,
      ]),
  );
  return [
    '## 1. Analyses de biologie',
    '',
    'Codes LOINC (© Regenstrief Institute, https://loinc.org), comparés au nom et à l’unité d’exemple de LOINC 2.67 (unités : National Library of Medicine) et aux listes de l’ANS : jeux de valeurs du CI-SIS (octobre 2025), analyses du socle des entrepôts de données de santé, tirées du circuit de la biologie (2025).',
    'Les normes du laboratoire priment ; celles-ci ne servent que s’il n’en donne pas. `x-…` : aucun code n’était sûr.',
    '',
    ...table(
      ['Analyse', 'LOINC', 'Autres codes lus', 'Unité', 'Plausible', 'Normes', 'Critique', 'Source des normes'],
      rows,
    ),
    `Seuils critiques : ${criticalSources}. Kost cite aussi la créatinine, le chlore, l’acide urique, et des bornes hautes pour les leucocytes, l’hémoglobine, le phosphore et le fibrinogène : non retenus ici, à décider par un biologiste.`,
    '',
    '### Conversions',
    '',
    'Facteurs tirés des masses molaires (`src/record/data/lab-units.ts`). HbA1c : NGSP % = 0,09148 × IFCC mmol/mol + 2,152.',
    '',
    ...table(['Analyse', 'Unité d’Estran', 'Vaut'], units),
    '### Calculs',
    '',
    ...table(
      ['Valeur', 'Formule', 'Source', 'Limites'],
      [
        [
          'DFG estimé',
          'CKD-EPI 2009, sans coefficient d’origine',
          'Levey AS, Ann Intern Med 2009;150:604-12 ; HAS 2012',
          '18 à 110 ans, sexe connu',
        ],
        [
          'Clairance de la créatinine',
          'Cockcroft et Gault',
          'Nephron 1976;16:31-41',
          'poids de moins de six mois, 18 à 110 ans',
        ],
        ['LDL-cholestérol', 'Friedewald', 'Clin Chem 1972;18:499-502', 'triglycérides sous 4 g/L'],
        ['Cholestérol non HDL', 'total − HDL', 'définition', ''],
      ],
    ),
    '### Bilans proposés',
    '',
    ...table(
      ['Bilan', 'LOINC', 'Analyses', 'Prélèvement'],
      panels.map((one) => [
        one.label,
        one.loinc ?? 'compte rendu (11502-2)',
        one.codes.map((code) => measureOf(code)?.label ?? code).join(', '),
        one.specimen,
      ]),
    ),
  ];
}
const lab = new Set([...analytes.map(({ code }) => code), ...labAnalytes.map(({ code }) => code)]);
const clinical = (): string[] => [
  '## 2. Mesures',
  '',
  'Les mesures de laboratoire sont au chapitre 1. Courbes de croissance : OMS 2006 (0 à 5 ans) et 2007 (5 à 19 ans), tables LMS comparées aux classeurs publiés (`src/record/data/growth.ts`).',
  '',
  ...table(
    ['Mesure', 'LOINC', 'Autres codes lus', 'Unité', 'Plausible', 'Normes', 'Critique', 'Source'],
    measures
      .filter(({ code }) => !lab.has(code))
      .map((one) => [
        one.label,
        one.code,
        otherCodes(one.code),
        one.shown,
        between(...(one.plausible as [number, number])),
        ranges(one.ranges),
        criticals(one.ranges),
        rangeSourceOf(one.code),
      ]),
  ),
];

const doseWords = (dose: SeriesDose): string =>
  `${dose.label} (au plus tôt ${span(dose.min)}${dose.after ? `, ${span(dose.after)} après la précédente` : ''})`;
function scheduleOf(rule: CalendarRule): string {
  switch (rule.kind) {
    case 'series':
      return `${rule.schemes.map(({ from, doses }) => `${rule.schemes.length > 1 ? `première dose dès ${span(from)} : ` : ''}${doses.map(doseWords).join(', ')}`).join(' ; ')}.${rule.until === '130y' ? '' : ` Ne commence plus à ${span(rule.until)}${rule.finish ? `, ne se termine plus à ${span(rule.finish)}` : ''}.`}`;
    case 'boosters':
      return `${rule.ages.map(({ label, early }) => `${label} (compte si fait jusqu’à ${span(early)} avant)`).join(' ; ')}.${rule.until ? ` Jusqu’à ${span(rule.until)}.` : ''}`;
    case 'season':
      return `Chaque campagne, dès ${span(rule.from)} (du ${rule.opens.split('-').reverse().join('/')} au ${rule.closes.split('-').reverse().join('/')}).`;
    case 'pregnancy':
      return `À chaque grossesse, de ${rule.weeks[0]} à ${rule.weeks[1]} SA${rule.months ? `, mois ${rule.months.join(', ')}` : ''}.`;
    case 'every':
      return `Dès ${span(rule.from)}, une dose si la dernière a plus de ${span(rule.span)}.`;
    case 'ask':
      return `À vérifier dès ${span(rule.from)}.`;
  }
}
const whom = (rule: CalendarRule): string =>
  [
    rule.situations && `situation : ${rule.situations.map((one) => situations[one].label).join(', ')}`,
    rule.unless && `sauf : ${rule.unless.map((one) => situations[one].label).join(', ')}`,
    rule.more && `doses de plus admises : ${rule.more.map((one) => situations[one].label).join(', ')}`,
    rule.born?.from && `nés depuis le ${rule.born.from}`,
  ]
    .filter(Boolean)
    .join(' ; ') || 'tous';
const mustWords = ({ mandatory }: CalendarRule): string =>
  mandatory
    ? [
        mandatory.law,
        mandatory.bornFrom && `nés depuis le ${mandatory.bornFrom}`,
        mandatory.from && `dès ${span(mandatory.from)}`,
        mandatory.until && `jusqu’à ${span(mandatory.until)}`,
      ]
        .filter(Boolean)
        .join(', ')
    : '';
const editionTable = (edition: CalendarEdition): string[] => [
  `### ${edition.title}`,
  '',
  `Source : ${edition.source}. En vigueur dans Estran depuis le ${edition.from === '1900-01-01' ? 'début' : edition.from}.${edition.later ? ` **${edition.later}**` : ''}`,
  '',
  ...table(
    [
      'Règle',
      'Maladie',
      'Pour qui',
      'Schéma, âges et intervalles',
      'Pourquoi',
      'Obligatoire',
      'En retard après',
      'Source propre',
    ],
    edition.rules.map((rule) => [
      rule.id,
      targets[rule.target],
      whom(rule),
      scheduleOf(rule),
      rule.why,
      mustWords(rule),
      rule.kind === 'season' ? 'jamais' : span(rule.grace),
      rule.source ?? '',
    ]),
  ),
];
const calendar = (): string[] => [
  '## 3. Vaccins',
  '',
  `Le calendrier propose, le professionnel décide. ${notComputed}`,
  '',
  ...calendarEditions.flatMap(editionTable),
  '### Recommandations particulières, dites à part',
  '',
  ...table(
    ['Nom', 'Maladies', 'Quand le dossier le dit', 'Ce qui est dit', 'Source', 'Année'],
    vaccineAdvice.map((one) => [
      one.id,
      one.targets.map((target) => targets[target]).join(', '),
      [
        one.situations?.map((code) => situations[code].label).join(', '),
        one.from && `dès ${span(one.from)}`,
        one.until && `avant ${span(one.until)}`,
        one.months && `mois ${one.months.join(', ')}`,
      ]
        .filter(Boolean)
        .join(' ; '),
      one.words,
      one.source,
      String(one.year),
    ]),
  ),
  '### Situations, et ce qui les fait lire dans les problèmes',
  '',
  ...table(
    ['Situation', 'CIM-10 (expression)', 'CISP-2 (expression)'],
    Object.values(situations).map((kind) => [
      kind.label,
      ...['icd10' in kind ? kind.icd10 : undefined, 'icpc2' in kind ? kind.icpc2 : undefined].map((codes) =>
        codes ? `\`${codes.source.replaceAll('|', ' ou ')}\`` : 'icd10' in kind ? '' : 'dite par l’équipe',
      ),
    ]),
  ),
  '### Vaccins et valences',
  '',
  ...table(
    ['Vaccin', 'ATC', 'NUVA', 'Compte pour', 'Vivant'],
    vaccines.map((one) => [
      one.label,
      one.code,
      one.nuva ?? '',
      one.targets.map((target) => targets[target]).join(', '),
      one.live ? 'oui' : '',
    ]),
  ),
  `### Produits`,
  '',
  'Extrait de NUVA (© IVC, CC BY 4.0, 17 août 2026) et de la base publique des médicaments (avril 2026).',
  '',
  ...table(
    ['Produit', 'NUVA', 'ATC', 'Commercialisé', 'Présentations (CIP)'],
    vaccineProducts.map((one) => [one.name, one.nuva, one.atc, one.used ? 'oui' : '', String(one.cip.length)]),
  ),
];

const itemsOf = (items: readonly Item[] | undefined): Item[] =>
  (items ?? []).flatMap((item) => [item, ...itemsOf(item.item as Item[] | undefined)]);
function forms(): string[] {
  const readers = (form: (typeof shippedSections)[number]['form']): string =>
    extensionsOf(form, urls.profession)
      .map(({ valueCode }) => named(valueCode ?? ''))
      .join(', ');
  return [
    '## 4. Volets : instruments, seuils, codes',
    '',
    'Chaque volet, avec ses seuils (valeur à partir de laquelle le mot vaut) et les codes de ce qui entre au dossier. Les questions elles-mêmes se relisent à l’écran : *Réglages, Volets*.',
    '',
    ...table(
      ['Volet', 'Version', 'Rempli surtout par', 'Seuils', 'Codes LOINC produits', 'Source et conditions'],
      shippedSections.map(({ form, edition }) => {
        const items = itemsOf(form.item as Item[]);
        return [
          form.title ?? '',
          edition,
          readers(form),
          items
            .flatMap((item) =>
              bandsOf(item).length
                ? [
                    `${item.text} : ${bandsOf(item)
                      .map((band) => `${number(band.from)} ${band.words}`)
                      .join(', ')}`,
                  ]
                : [],
            )
            .join(' ; '),
          [...new Set(items.flatMap((item) => loincOf(item) ?? []))].join(', '),
          extensionOf(form, urls.source)?.valueString ?? 'rédaction d’Estran',
        ];
      }),
    ),
  ];
}
const scopes = {
  all: 'sans liste',
  field: 'dans son champ',
  list: 'selon une liste réglementaire',
  renew: 'en renouvellement',
} as const;
const lasts = ({ value, unit }: ControlledRule['most']): string =>
  `${value} ${{ d: 'jours', wk: 'semaines', mo: 'mois' }[unit]}`;
const law = (): string[] => [
  '## 5. Qui prescrit quoi',
  '',
  'Ce qui n’est pas ici n’est pas ouvert. Textes lus en 2025, sans avocat ni ordre.',
  '',
  ...table(
    ['Profession', 'Peut prescrire', 'Étendue', 'Condition', 'Texte'],
    Object.entries(prescribers).flatMap(([code, row]) =>
      [
        ...Map.groupBy(
          Object.entries(row) as [OrderKind, NonNullable<(typeof row)[OrderKind]>][],
          ([, one]) => `${one.scope} ${one.condition} ${one.source}`,
        ).values(),
      ].map((kinds) => {
        const [, first] = kinds[0]!;
        return [
          named(code),
          kinds.map(([kind]) => orderFamilies[kind].label).join(', '),
          scopes[first.scope],
          `${first.condition}${first.within ? ` Ordonnance de moins de ${first.within} mois.` : ''}`,
          first.source,
        ];
      }),
    ),
  ),
  '### Stupéfiants et assimilés',
  '',
  ...table(
    [
      'Médicament',
      'Régime',
      'Durée la plus longue',
      'Délivrance fractionnée',
      'Pharmacie nommée',
      'Chevauchement',
      'En toutes lettres',
      'Note',
      'Source',
    ],
    (Object.values(controlledRules) as ControlledRule[]).map((one) => [
      one.label,
      controlledRegimes[one.regime],
      lasts(one.most),
      one.fraction === null ? '' : `${one.fraction} jours`,
      one.pharmacy ? 'oui' : '',
      one.overlap === null ? 'non dit' : one.overlap === 'forbidden' ? 'interdit sauf mention' : 'permis',
      one.letters ? 'oui' : '',
      one.note,
      one.source,
    ]),
  ),
  '### Ce dont nous ne sommes pas sûrs',
  '',
  ...[...unsure, ...unsureOfControlled].map((one) => `- ${one}`),
  '',
];
/** A rule of a list as the data say it, field by field. */
const ruleWords = (rule: object): string =>
  Object.entries(rule)
    .map(
      ([field, value]) =>
        `${ruleFields[field] ?? field} : ${value !== null && typeof value === 'object' && !Array.isArray(value) ? `(${ruleWords(value)})` : (ruleKinds[value] ?? String(value).replaceAll(',', ', '))}`,
    )
    .join(' ; ');
const ruleKinds: Readonly<Record<string, string>> = {
  due: 'à refaire',
  section: 'volet à reprendre',
  quiet: 'sans contact',
  sessions: 'séances',
};
const ruleFields: Readonly<Record<string, string>> = {
  what: 'genre',
  who: 'qui',
  problems: 'problèmes (CIM-10)',
  treatments: 'traitements (ATC)',
  fromAge: 'dès (ans)',
  toAge: 'jusqu’à (ans)',
  measure: 'mesure (LOINC)',
  section: 'volet',
  every: 'tous les (jours)',
  within: 'depuis (jours)',
  days: 'sans contact depuis (jours)',
  gap: 'écart (jours)',
  words: 'ce qui manque',
  over: 'terminé si',
  worse: 'à voir si',
};
const rhythm = (): string[] => [
  '## 6. Rythmes des listes de patients',
  '',
  'Quand une liste propose de revoir quelqu’un. Rythmes d’Estran, d’après les habitudes du suivi : à ajuster par la profession.',
  '',
  ...table(
    ['Liste', 'Règle'],
    Object.values(lists)
      .filter(({ rule }) => ['due', 'section', 'quiet', 'sessions'].includes(rule.what))
      .map(({ title, rule }) => [title, ruleWords(rule)]),
  ),
];
const words = (): string[] => [
  '## 7. Médicaments courants',
  '',
  'Dénominations communes internationales et codes ATC de l’OMS, formes et dosages usuels en ville. Ni doses, ni indications, ni interactions : elles relèvent d’un logiciel d’aide à la prescription.',
  '',
  ...table(
    ['Médicament', 'ATC', 'Formes et dosages'],
    usualMedicines.map((one) => [
      one.name,
      one.atc,
      one.forms.map(({ form, strengths }) => `${form} ${strengths.join(', ')}`).join(' ; '),
    ]),
  ),
  '## 8. Problèmes courants',
  '',
  'Libellés d’Estran ; CISP-2 (WONCA) et CIM-10 (OMS) pour les codes.',
  '',
  ...table(
    ['Problème', 'CISP-2', 'CIM-10'],
    problems.map((one) => [one.label, one.icpc2, one.icd10]),
  ),
];

const chapters = {
  '1': 'analyses de biologie',
  '2': 'mesures',
  '3': 'vaccins',
  '4': 'volets',
  '5': 'qui prescrit quoi',
  '6': 'rythmes',
  '7': 'médicaments',
  '8': 'problèmes',
} as const;
const readers: readonly (readonly [string, string, keyof typeof chapters | readonly (keyof typeof chapters)[]])[] = [
  ['Biologiste médical', 'codes, unités, conversions, normes, seuils critiques, calculs', ['1']],
  [
    'Médecin',
    'mesures, vaccins, volets, rythmes, problèmes, ce que chaque profession prescrit',
    ['2', '3', '4', '5', '6', '8'],
  ],
  [
    'Pharmacien',
    'vaccins et produits, médicaments, bilans de médication, prescription pharmaceutique',
    ['3', '4', '5', '7'],
  ],
  ['Sage-femme', 'grossesse, vaccins de la femme et du nourrisson, volets de naissance', ['2', '3', '4', '5']],
  ['Infirmier, IPA, Asalée', 'mesures, plaies, vaccins, volets de soins, rythmes', ['2', '3', '4', '5', '6']],
  ['Chirurgien-dentiste', 'volets bucco-dentaires, prescription', ['4', '5']],
  [
    'Masseur-kinésithérapeute, ergothérapeute, psychomotricien',
    'volets de mouvement, de chute et de vie quotidienne, prescription',
    ['4', '5', '6'],
  ],
  ['Pédicure-podologue', 'volets du pied, prescription, rythmes', ['4', '5', '6']],
  ['Orthophoniste, orthoptiste', 'volets de langage, de déglutition, de vision, prescription', ['4', '5']],
  ['Diététicien, psychologue', 'volets de nutrition et de santé mentale', ['4', '6']],
  ['Technicien de laboratoire, manipulateur', 'prélèvement, sécurité de l’imagerie, unités', ['1', '4']],
];

/** `docs/faits-a-relire.md`. */
export const factsToRead = (): string =>
  [
    '# Faits à relire par les professions',
    '',
    'Produit par `npm run derive` à partir des données du produit (`src/record/data`) ; ne pas modifier à la main. Une erreur se signale par un ticket qui cite le chapitre et la ligne ; la donnée se corrige, ce fichier suit.',
    '',
    '**Personne qui ait un titre n’a relu ces lignes.** Elles ont été écrites et comparées à des textes publiés par des développeurs. Un essai automatique vérifie ce qui peut l’être sans réseau (`src/record/data/facts.test.ts`, `src/record/vaccines/due.test.ts`) : clés LOINC, unités, ordre des bornes, sources présentes, schémas vaccinaux cohérents ; il ne vérifie pas qu’un chiffre est le bon.',
    '',
    '## Qui relit quoi',
    '',
    ...table(
      ['Profession', 'Pour', 'Chapitres'],
      readers.map(([one, why, which]) => [
        one,
        why,
        [which]
          .flat()
          .map((chapter) => `${chapter} (${chapters[chapter]})`)
          .join(', '),
      ]),
    ),
    ...laboratory(),
    ...clinical(),
    ...calendar(),
    ...forms(),
    ...law(),
    ...rhythm(),
    ...words(),
  ].join('\n');
