import { renderPdf } from '../../platform/index.ts';
import { completionTemplate } from '../gatherings/completion-paper.ts';
import { clausesTemplate, specificationTemplate, synthesisTemplate } from '../choice/papers.ts';
import { modelTemplates } from '../models/paper-templates.ts';
import type { PaperRow } from './papers.store.ts';

/**
 * A plain official paper, for most kinds. data: title, region, right [string], foot, lead, parts [{ title, paragraphs? [string], points? [string], table? { head [string], rows [[string]], numbers? [column] } }],
 * signatures? [[string]]. Every word that someone typed arrives as data.
 */
const plain = `
#show: letter.with(title: data.title, practice: data.region, right: data.right, foot: data.foot)
#set par(spacing: 1.05em)
#if data.lead != "" [#words(data.lead)]
#for part in data.parts [
  == #part.title
  #for one in part.at("paragraphs", default: ()) { par(justify: true, words(one)) }
  #for one in part.at("points", default: ()) [- #words(one)
  ]
  #if "table" in part {
    let numbers = part.table.at("numbers", default: ())
    table(
      columns: part.table.head.enumerate().map(((at, _)) => if numbers.contains(at) { auto } else { 1fr }),
      align: (column, row) => if numbers.contains(column) { right + top } else { left + top },
      stroke: (x, y) => (bottom: 0.4pt + line-grey), inset: (x: 3pt, y: 4pt),
      table.header(..part.table.head.map(one => label(one))),
      ..part.table.rows.flatten().map(one => text(size: 9.5pt, words(one))),
    )
  }
]
#if data.at("signatures", default: ()).len() > 0 {
  v(10mm)
  block(breakable: false, grid(columns: data.signatures.map(_ => 1fr), gutter: 8mm, ..data.signatures.map(lines => [#for (at, part) in lines.enumerate() [#if at > 0 [ \\ ]#part]])))
}
`;
/** Templates by kind; a kind that is not here is drawn plain. A sub-room with a page of its own adds its line. */
export const paperTemplates: Readonly<Record<string, string>> = {
  'completion-report': completionTemplate,
  'needs-synthesis': synthesisTemplate,
  specification: specificationTemplate,
  'contract-checklist': clausesTemplate,
  ...modelTemplates,
};

export const drawPaper = ({ kind, data, at }: Pick<PaperRow, 'kind' | 'data' | 'at'>): Buffer =>
  renderPdf(paperTemplates[kind] ?? plain, data, at);

/** Data of a plain paper. */
export interface PlainPaper {
  title: string;
  lead?: string;
  parts: {
    title: string;
    paragraphs?: string[];
    points?: string[];
    table?: {
      head: string[];
      rows: string[][];
      /** Columns that hold numbers, from 0. */
      numbers?: number[];
    };
  }[];
  signatures?: string[][];
}
/** The frozen data of a plain paper: what stands around the words is the same on all. */
export const plainData = (
  paper: PlainPaper,
  around: { region: string; reference: string; version: number; on: string; foot: string },
): Record<string, unknown> => ({
  title: paper.title,
  region: around.region,
  right: [`Réf. ${around.reference}${around.version > 1 ? `, version ${around.version}` : ''}`, `Le ${around.on}`],
  foot: `${around.reference} · version ${around.version} · ${around.foot}`,
  lead: paper.lead ?? '',
  parts: paper.parts,
  signatures: paper.signatures ?? [],
});
