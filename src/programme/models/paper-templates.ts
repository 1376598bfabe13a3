/** Pages of models (paper.ts). data: title, region, right, foot, groups [{ title, lines }]. */
const drawing = `
#let tick = box(width: 3.6mm, height: 3.6mm, radius: 0.6mm, stroke: 0.6pt + dim, baseline: 0.5mm)
#let blank(name) = [#label(name) #box(width: 1fr, height: 4.5mm, stroke: (bottom: 0.5pt + dim))]
#let under(x, y) = (bottom: 0.4pt + line-grey)
#show: letter.with(title: data.title, practice: data.region, right: data.right, foot: data.foot)
`;
const sheet = `${drawing}
#grid(columns: (1fr, 1fr), column-gutter: 8mm, row-gutter: 4mm, blank("Nom"), blank("Profession"), blank("Logiciel"), blank("Date de la démonstration"))
#v(3mm)
#words("Notez de 0 (pas du tout) à 5 (tout à fait). Laissez vide ce que vous n’avez pas vu.")
#table(
  columns: (1fr, ..range(6).map(_ => 8mm), 14mm), stroke: under, inset: (x: 2pt, y: 6pt), align: (column, row) => if column == 0 { left + horizon } else { center + horizon },
  table.header([], ..range(6).map(note => label(str(note))), label("Poids")),
  ..data.groups.map(group => group.lines).flatten().map(one => ([#words(one.title) #if one.help != "" [ \\ #label(one.help)]], ..range(6).map(_ => tick), label(str(one.weight)))).flatten(),
)
#v(4mm)
#blank("Remarque")

#for _ in range(4) { block(width: 100%, height: 6mm, stroke: (bottom: 0.5pt + dim)) }
`;
const clauses = `${drawing}
#for group in data.groups [
  == #group.title
  #for one in group.lines [
    #v(1mm)
    #block(breakable: false)[
      #tick #h(1.5mm) #strong(one.title) #if one.must [#label("attendue dans tout contrat")]
      #block(inset: (left: 5.2mm))[
        #words(one.help)
        #if one.words != "" { block(inset: (left: 4mm, y: 1mm), stroke: (left: 1.5pt + accent), emph(words(one.words))) }
        #blank("Article ou page, remarque")
      ]
    ]
  ]
]
`;
const outline = `${drawing}
#for group in data.groups [
  == #group.title
  #table(
    columns: (62mm, 1fr), stroke: under, inset: (x: 2pt, y: 5pt), align: left + top,
    table.header(label("Partie"), label("Ce qui est attendu")),
    ..group.lines.map(one => ([#words(one.title) #if not one.must [ \\ #label("facultative")]], words(one.help))).flatten(),
  )
]
`;
export const modelTemplates: Readonly<Record<string, string>> = {
  'model-sheet': sheet,
  'model-clauses': clauses,
  'model-outline': outline,
};
