import { type ModelKind, modelKinds, type ModelLine } from '../contract/models.ts';
import { drawPaper, plainData, type PlainPaper } from '../papers/templates.ts';
import { sayDay } from '../policy/tracks.rules.ts';

interface Around {
  region: string;
  /** Empty: the region's own. */
  team: string;
  version: number;
  adjusted: boolean;
  at: Date;
  /** ISO day on which it is printed. */
  on: string;
}
const box = '☐';
const drawn: Readonly<Record<ModelKind, (lines: readonly ModelLine[]) => Pick<PlainPaper, 'lead' | 'parts'>>> = {
  sheet: (lines) => ({
    lead: 'Nom : ………………………………………   Profession : …………………………………\n\nLogiciel : …………………………………   Date : ……………………\n\nNotez de 0 (pas du tout) à 5 (tout à fait). Laissez vide ce que vous n’avez pas vu.',
    parts: [
      { title: 'Ce que vous avez vu', table: { head: ['', ...['0', '1', '2', '3', '4', '5'], 'Poids'], numbers: [1, 2, 3, 4, 5, 6, 7], rows: lines.map(({ title, help, weight }) => [help ? `${title}\n${help}` : title, box, box, box, box, box, box, String(weight)]) } },
      { title: 'Remarque', paragraphs: ['……………………………………………………………………………………………………………', '……………………………………………………………………………………………………………', '……………………………………………………………………………………………………………'] },
    ],
  }),
  clauses: (lines) => ({ parts: lines.map(({ group, title, help, words, must }) => ({ title: `${box} ${title}`, paragraphs: [`${group}${must ? ', attendue dans tout contrat' : ''}. ${help}`, ...(words ? [`« ${words} »`] : []), 'Article ou page : ………………………………'] })) }),
  'outline-esp': (lines) => ({ parts: outlined(lines) }),
  'outline-msp': (lines) => ({ parts: outlined(lines) }),
};
const outlined = (lines: readonly ModelLine[]): PlainPaper['parts'] => [...Map.groupBy(lines, ({ group }) => group)].map(([title, those]) => ({ title, table: { head: ['Partie', 'Ce qui est attendu'], rows: those.map((one) => [`${one.title}${one.must ? '' : ' (facultative)'}`, one.help]) } }));

/** A model to print: the page and its file name. */
export function drawModel(kind: ModelKind, lines: readonly ModelLine[], { region, team, version, adjusted, at, on }: Around): [Buffer, string] {
  const { label } = modelKinds[kind];
  const edition = version === 0 ? 'modèle fourni' : `édition ${version}`;
  const foot = `${label} · ${edition}${adjusted ? ', adaptée à ce projet' : ''}`;
  const data = plainData({ title: label, ...drawn[kind](lines) }, { region: team || region, reference: '', version: 1, on: sayDay(on), foot });
  return [drawPaper({ kind: `model-${kind}`, at, data: { ...data, foot, right: [edition.charAt(0).toUpperCase() + edition.slice(1), `Le ${sayDay(on)}`] } }), `${label}${team && ` ${team}`}`];
}
