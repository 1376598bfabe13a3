import { inSentence } from '../../access/index.ts';
import type { ClauseLine, Importance } from './contract.ts';
import { sayDay } from './inside.ts';
import type { Synthesis } from './read-synthesis.ts';
import { professionWords } from './professions.rules.ts';
import type { Result } from './synthesis.rules.ts';

export interface Around {
  region: string;
  team: string;
  reference: string;
  version: number;
  /** ISO day. */
  on: string;
  foot: string;
  by: string;
}
const frame = ({ region, team, reference, version, on, foot }: Around, title: string) => ({
  title,
  region,
  team,
  right: [`Réf. ${reference}${version > 1 ? `, version ${version}` : ''}`, `Le ${sayDay(on)}`],
  foot: `${reference} · version ${version} · ${foot}`,
});
const decimal = (hundredths: number, digits = 1): string =>
  (hundredths / 100).toLocaleString('fr-FR', { maximumFractionDigits: digits });

function resultData(one: Result & { words: { words: string } | null }): Record<string, unknown> {
  const { question, answered } = one;
  const bars = one.choices.map(({ label, count }) => ({
    label,
    share: answered === 0 ? 0 : count / answered,
    text:
      question.type === 'scale'
        ? String(count)
        : `${count} (${answered === 0 ? 0 : Math.round((100 * count) / answered)} %)`,
  }));
  const heads = [...new Set(one.rows.flatMap((row) => row.byProfession.map(({ profession }) => profession)))].sort();
  const heat =
    question.type === 'matrix'
      ? {
          heads: ['Tous', ...heads.map(professionWords)],
          rows: one.rows.map((row) => ({
            label: row.label,
            cells: [row, ...heads.map((head) => row.byProfession.find(({ profession }) => profession === head))].map(
              (cell) =>
                cell && ('n' in cell ? cell.n : cell.answered) > 0
                  ? { text: decimal(cell.mean), level: cell.mean / 300 }
                  : { text: '–', level: 0 },
            ),
          })),
        }
      : null;
  const unit = question.unit ? ` ${question.unit}` : '';
  const range = ({ least, most, sum }: NonNullable<typeof one.figures>) =>
    `, de ${decimal(least)} à ${decimal(most)} ; total ${decimal(sum)}${unit}`;
  const figures =
    one.figures &&
    [
      `Moyenne ${decimal(one.figures.mean)}${question.type === 'scale' ? ' sur 5' : unit}`,
      `, médiane ${decimal(one.figures.median)}`,
      question.type === 'number' ? range(one.figures) : '',
      '.',
    ].join('');
  return {
    label: question.label,
    answered: `${answered} ${answered > 1 ? 'réponses' : 'réponse'}`,
    bars,
    heat,
    figures: figures ?? '',
    byProfession:
      question.type === 'scale' || question.type === 'number'
        ? one.byProfession.map(({ profession, mean, n }) => ({
            label: `${professionWords(profession)} (${n})`,
            share:
              question.type === 'scale'
                ? mean / 500
                : one.figures && one.figures.most > 0
                  ? mean / one.figures.most
                  : 0,
            text: decimal(mean),
          }))
        : [],
    texts: one.texts.slice(0, 40).map(({ text, times }) => (times > 1 ? `${text} (${times} fois)` : text)),
    more: Math.max(0, one.texts.length - 40),
    words: one.words?.words ?? '',
  };
}
/** How many answered, until when, and who is missing. */
function takingPart({ submitted, asked, closesOn, silent }: Synthesis): string {
  const answered = submitted > 1 ? 'personnes ont répondu' : 'personne a répondu';
  const until = closesOn ? `, jusqu’au ${sayDay(closesOn)}` : '';
  const missing = silent.length
    ? `Professions sans réponse : ${silent.map(professionWords).join(', ')}.`
    : 'Toutes les professions interrogées ont répondu.';
  return `${submitted} ${answered} sur ${asked}${until}. ${missing}`;
}
export const synthesisPaper = (found: Synthesis, around: Around): Record<string, unknown> => ({
  ...frame(around, 'Synthèse des besoins'),
  lead: found.lead?.words ?? '',
  end: found.end?.words ?? '',
  by: around.by,
  taking: takingPart(found),
  rates: found.rates.map(({ profession, asked, submitted }) => ({
    label: professionWords(profession),
    share: asked === 0 ? 0 : submitted / asked,
    text: `${submitted} sur ${asked}`,
  })),
  sections: found.sections.map(({ title, words, results }) => ({
    title,
    words: words?.words ?? '',
    results: results.filter(({ answered }) => answered > 0).map(resultData),
  })),
});
const drawing = `
#let track = rgb("#eceae4")
#let bar(share) = box(width: 100%, height: 7pt, fill: track, radius: 1.5pt, if share > 0 { place(left + top, rect(width: calc.min(share, 1) * 100%, height: 7pt, fill: accent, radius: 1.5pt, stroke: none)) })
#let bars(lines, wide: 58mm) = grid(columns: (wide, 1fr, 20mm), column-gutter: 4mm, row-gutter: 5pt, align: (left + horizon, left + horizon, right + horizon),
  ..lines.map(one => (text(size: 9.5pt, one.label), bar(one.share), text(size: 9.5pt, one.text))).flatten())
// Dark signs stay readable on the darkest cell. Many professions: narrower columns.
#let heat(data) = table(
  columns: (1fr, ..data.heads.map(_ => calc.min(13, 112 / data.heads.len()) * 1mm)), stroke: 0.4pt + white, inset: (x: 2pt, y: 4pt), align: (column, row) => if column == 0 { left + horizon } else if row == 0 { center + bottom } else { center + horizon },
  table.header([], ..data.heads.map(one => rotate(-90deg, reflow: true, text(size: 8pt, fill: dim, one)))),
  ..data.rows.map(row => (text(size: 9.5pt, row.label), ..row.cells.map(cell => table.cell(fill: accent.lighten((1 - cell.level * 0.62) * 95%), text(size: if data.heads.len() > 12 { 7pt } else { 9pt }, cell.text))))).flatten()
)
`;
/** data: title, region, team, right, foot, lead, taking, rates, sections, end. */
export const synthesisTemplate = `${drawing}
#show: letter.with(title: data.title, practice: data.region, details: (data.team,), right: data.right, foot: data.foot)
#if data.lead != "" { par(justify: true, words(data.lead)) }
== Qui a répondu
#words(data.taking)
#v(1mm)
#bars(data.rates)
#for section in data.sections [
  == #section.title
  #if section.words != "" { par(justify: true, words(section.words)) }
  #for one in section.results [
    #v(2mm)
    #block(breakable: false)[=== #one.label
      #label(one.answered) #if one.figures != "" [#label([· #one.figures])]
      #if one.bars.len() > 0 { bars(one.bars) }
      #if one.byProfession.len() > 0 { v(1mm); label("Moyenne par profession"); bars(one.byProfession) }
      #if one.heat != none [#heat(one.heat) #label("Importance moyenne : 0 inutile, 1 utile, 2 important, 3 indispensable. Plus la case est foncée, plus la fonction compte.")]
    ]
    #for text in one.texts [- #words(text)
    ]
    #if one.more > 0 [#label([Et #one.more autres réponses, à lire dans le projet.])]
    #if one.words != "" { par(justify: true, emph(words(one.words))) }
  ]
]
#if data.end != "" [
  == Ce qu’il faut retenir
  #par(justify: true, words(data.end))
]
`;

const importanceWords: Record<Importance, string> = { must: 'Indispensable', should: 'Important', could: 'Souhaité' };
export interface NumberedRequirement {
  number: string;
  area: string;
  sentence: string;
  importance: Importance;
  professions: string[];
}
/** Numbered by area, in the order of the paper: what vendors answer to. */
export function numbered(rows: readonly Omit<NumberedRequirement, 'number'>[]): NumberedRequirement[] {
  const order = { must: 0, should: 1, could: 2 };
  return [...Map.groupBy(rows, ({ area }) => area)].flatMap(([, those], at) =>
    [...those]
      .sort((a, b) => order[a.importance] - order[b.importance])
      .map((one, place) => ({
        number: `${at + 1}.${place + 1}`,
        area: one.area,
        sentence: one.sentence,
        importance: one.importance,
        professions: one.professions,
      })),
  );
}
const among = (professions: readonly string[]): string =>
  professions.length ? ` (${professions.map((one) => inSentence(professionWords(one))).join(', ')})` : '';
export const specificationPaper = (
  rows: readonly NumberedRequirement[],
  texts: { lead: string; end: string },
  around: Around,
  asked: { submitted: number; professions: string[]; territory: string },
): Record<string, unknown> => ({
  ...frame(around, 'Cahier des charges'),
  ...texts,
  requirements: rows,
  territory: asked.territory,
  intro: [
    `Ce cahier des charges dit ce que l’équipe « ${around.team} » attend d’un système d’information partagé.`,
    `Il vient des réponses de ${asked.submitted} ${asked.submitted > 1 ? 'professionnels' : 'professionnel'}${among(asked.professions)}.`,
    'L’éditeur répond à chaque exigence, par son numéro : couverte, couverte en partie, non couverte ; il dit dans ce cas ce qu’il propose et à quelle date.',
  ].join(' '),
  counts: (['must', 'should', 'could'] as const).map((importance) => [
    importanceWords[importance],
    String(rows.filter((one) => one.importance === importance).length),
  ]),
  areas: [...Map.groupBy(rows, ({ area }) => area)].map(([title, those]) => ({
    title,
    rows: those.map(({ number, sentence, importance, professions: who }) => ({
      number,
      sentence,
      importance: importanceWords[importance],
      strong: importance === 'must',
      who: who.length ? who.map(professionWords).join(', ') : 'Toutes les professions',
    })),
  })),
});
/** data: title, region, team, right, foot, intro, lead, counts, areas, end. */
export const specificationTemplate = `
#show: letter.with(title: data.title, practice: data.region, details: (data.team, data.territory), right: data.right, foot: data.foot)
#par(justify: true, words(data.intro))
#if data.lead != "" { par(justify: true, words(data.lead)) }
#grid(columns: 3, column-gutter: 10mm, ..data.counts.map(pair => [#text(size: 15pt, weight: "semibold", pair.at(1)) #label(pair.at(0))]))
#for area in data.areas [
  == #area.title
  #table(
    columns: (11mm, 1fr, 24mm, 42mm), stroke: (x, y) => (bottom: 0.4pt + line-grey), inset: (x: 3pt, y: 5pt), align: left + top,
    table.header(label("N°"), label("Exigence"), label("Importance"), label("Professions")),
    ..area.rows.map(one => (text(size: 9.5pt, one.number), words(one.sentence), if one.strong { strong(text(size: 9.5pt, one.importance)) } else { text(size: 9.5pt, one.importance) }, text(size: 8.5pt, fill: dim, one.who))).flatten()
  )
]
#if data.end != "" [
  == Conditions et calendrier
  #par(justify: true, words(data.end))
]
`;

const answerWords = {
  present: 'Présente',
  weak: 'Trop faible',
  missing: 'Absente',
  'not-needed': 'Sans objet',
} as const;
export const clausesPaper = (
  clauses: readonly ClauseLine[],
  product: string,
  around: Around,
): Record<string, unknown> => {
  const line = ({ title, answer, article, note, why, model, core }: ClauseLine) => ({
    title,
    core,
    answer: answer ? answerWords[answer] : 'Non relue',
    article,
    note,
    why,
    model,
  });
  const count = (wanted: ClauseLine['answer']) => clauses.filter(({ answer }) => answer === wanted).length;
  return {
    ...frame(around, 'Clauses du contrat'),
    product,
    lead: [
      `Contrat relu pour l’équipe « ${around.team} »${product ? `, logiciel ${product}` : ''}.`,
      `${count('missing')} clauses absentes, ${count('weak')} trop faibles, ${count(null)} non relues, sur ${clauses.length}.`,
    ].join(' '),
    lacking: clauses.filter(({ answer }) => answer !== 'present' && answer !== 'not-needed').map(line),
    there: clauses.filter(({ answer }) => answer === 'present' || answer === 'not-needed').map(line),
  };
};
/** data: title, region, team, right, foot, lead, lacking, there. */
export const clausesTemplate = `
#show: letter.with(title: data.title, practice: data.region, details: (data.team,), right: data.right, foot: data.foot)
#words(data.lead)
#if data.lacking.len() > 0 [
  == À demander à l’éditeur
  #for one in data.lacking [
    #v(1.5mm)
    #block(breakable: false)[
      === #one.title #label([#one.answer#if one.article != "" [, #one.article]#if one.core [ · clause attendue]])
      #words(one.why)
      #if one.note != "" { par(words(one.note)) }
      #block(inset: (left: 4mm, y: 1mm), stroke: (left: 1.5pt + accent), emph(words(one.model)))
    ]
  ]
]
#if data.there.len() > 0 [
  == Clauses relues
  #table(
    columns: (1fr, 24mm, 34mm, 1fr), stroke: (x, y) => (bottom: 0.4pt + line-grey), inset: (x: 3pt, y: 4pt), align: left + top,
    table.header(label("Clause"), label("Réponse"), label("Où"), label("Remarque")),
    ..data.there.map(one => (one.title, one.answer, one.article, one.note)).flatten().map(one => text(size: 9.5pt, words(one)))
  )
]
`;
