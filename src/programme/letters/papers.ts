/** Papers of the programme, in Typst, set after platform/pdf/letter.typ. Every word that someone typed arrives as data. */

/** data: title, region, right, team, lines [[label, value]], documents [string], foot, note. */
export const receiptPaper = `
#show: letter.with(title: data.title, practice: data.region, right: data.right, foot: data.foot)
#words(data.lead)
#v(3mm)
#table(
  columns: (auto, 1fr), stroke: (x, y) => (bottom: 0.4pt + line-grey), inset: (x: 0pt, y: 5pt), column-gutter: 8mm,
  ..data.lines.map(pair => (label(pair.at(0)), words(pair.at(1)))).flatten()
)
#if data.documents.len() > 0 [
  == Pièces déposées
  #for one in data.documents [- #one.name #label(one.detail)
  ]
]
#v(3mm)
#label(data.note)
`;

/** data: title, region, right, addressee [string], subject, paragraphs [string], points {title, lines}, signature [string], foot. */
export const decisionPaper = `
#show: letter.with(title: data.title, practice: data.region, right: data.right, foot: data.foot)
#set par(spacing: 1.15em)
#v(4mm)
#grid(columns: (1fr, 8cm), [], [#for (at, part) in data.addressee.enumerate() [#if at > 0 [ \\ ]#part]])
#v(6mm)
*Objet : * #data.subject
#v(3mm)
#for part in data.paragraphs { par(justify: true, words(part)) }
#if data.points.len() > 0 [
  #block(breakable: true)[
    === #data.pointsTitle
    #for one in data.points [- #words(one)
    ]
  ]
  #v(3mm)
]
#for part in data.after { par(justify: true, words(part)) }
#v(10mm)
#grid(columns: (1fr, 8cm), [], [#for (at, part) in data.signature.enumerate() [#if at > 0 [ \\ ]#part]])
`;
