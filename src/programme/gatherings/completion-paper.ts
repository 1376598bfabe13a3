import type { Bounds } from '../../access/index.ts';
import type { ProjectRow } from '../projects/reach.ts';
import type { CompletionFields } from './contract.ts';
import { professionName } from './people.ts';
import type { Sign } from './use.rules.ts';
import type { UseMonth } from './use-port.ts';
import { sayMonth, sayShortDay } from './words.ts';
import { dayInFrance } from '../../platform/index.ts';

interface Signature {
  name: string;
  /** Instant, ISO. */
  at: string;
  remarks?: string;
}
export interface Signatures {
  consultant: Signature | null;
  team: Signature | null;
}
const moduleWords = { 'in-use': 'en usage', installed: 'installé', absent: 'absent' } as const;
const takeOverWords = {
  done: 'Les données d’avant ont été reprises.',
  partial: 'Les données d’avant ont été reprises en partie.',
  none: 'Les données d’avant n’ont pas été reprises.',
  'not-wanted': 'Aucune reprise n’était demandée.',
} as const;
const verdictWords = {
  good: 'L’installation est vérifiée et l’usage pluriprofessionnel est bon.',
  reserves: 'L’installation est vérifiée et l’usage pluriprofessionnel est bon, avec les réserves qui suivent.',
  'not-yet': 'L’usage pluriprofessionnel n’est pas encore bon : les réserves disent ce qui reste à faire.',
} as const;
const number = (value: number): string => value.toLocaleString('fr-FR', { maximumFractionDigits: 1 });
/** `< 11`, `30 à 40`, `42`. */
export const sayBounds = ({ low, high }: Bounds): string =>
  low === high ? number(low) : low === 0 && high === 10 ? '< 11' : `${number(low)} à ${number(high)}`;
const sayCount = (value: number | null): string => (value === null ? '< 11' : number(value));
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const saySign = ({ value, unit }: Pick<Sign, 'value' | 'unit'>): string =>
  value === null
    ? 'non publié'
    : unit === 'share'
      ? value.low === value.high
        ? percent(value.low)
        : `${percent(value.low)} à ${percent(value.high)}`
      : sayBounds({ low: Math.round(value.low * 10) / 10, high: Math.round(value.high * 10) / 10 });
const metWords = { yes: 'atteint', no: 'non atteint', unknown: 'ne peut être dit' } as const;

/** The frozen data of a completion report. */
export function completionData(of: {
  region: string;
  project: ProjectRow;
  report: CompletionFields;
  months: (UseMonth & { source: string })[];
  signs: Sign[];
  evidence: string[];
  signed: Signatures;
  reference: string;
  version: number;
  today: string;
}): Record<string, unknown> {
  const { report, project, signed } = of;
  const typed = of.months.some(({ source }) => source === 'typed');
  const says = (one: Signature | null, as: string, name: string) => [
    as,
    name,
    one ? `Signé dans Estran le ${sayShortDay(dayInFrance(new Date(one.at)))} par ${one.name}` : 'Date et signature :',
  ];
  return {
    title: 'Procès-verbal d’achèvement',
    region: of.region,
    right: [`Réf. ${of.reference}${of.version > 1 ? `, version ${of.version}` : ''}`, `Le ${sayShortDay(of.today)}`],
    foot: `${of.reference} · version ${of.version} · Projet ${project.practiceName}`,
    lead: [
      ...(of.version > 1 ? [`Version ${of.version}, qui remplace la précédente.`] : []),
      `Projet de système d’information partagé de l’équipe « ${project.practiceName} » (${project.reference}).`,
      'Ce procès-verbal constate l’installation et l’usage pluriprofessionnel ; il ouvre le certificat de service fait et le solde du financement.',
    ].join(' '),
    facts: [
      ['Logiciel', [report.product, report.vendor].filter(Boolean).join(', ')],
      ['Installé le', report.installedOn ? sayShortDay(report.installedOn) : ''],
    ].filter(([, value]) => value),
    modules: report.modules.map(({ name, state, note }) => [name, moduleWords[state], note]),
    sites: report.sites.map(({ name, workstations, verified, note }) => [
      name,
      String(workstations),
      verified ? 'vérifié' : 'non vérifié',
      note,
    ]),
    takeOver: report.takeOver ? [takeOverWords[report.takeOver.state], report.takeOver.note].filter(Boolean) : [],
    trainings: report.trainings.map(({ title, on, people, professions }) => [
      title,
      on ? sayShortDay(on) : '',
      String(people),
      professions.map(professionName).join(', '),
    ]),
    source:
      of.months.length === 0
        ? ''
        : typed
          ? 'Chiffres saisis par l’équipe et le consultant, avec les documents joints au projet.'
          : 'Chiffres comptés dans les données de la structure, qui les a ouverts à son projet. Aucune donnée de patient, aucun nom.',
    months: of.months.map((one) => [
      sayMonth(one.month),
      sayCount(one.professionals),
      sayCount(one.professions),
      sayBounds(one.records),
      sayBounds(one.shared),
      number(one.meetings),
      number(one.protocols),
      sayCount(one.messages),
      sayCount(one.tasks),
    ]),
    chart: of.months.map((one) => ({
      month: sayMonth(one.month).slice(0, 1).toUpperCase(),
      year: one.month.endsWith('-01') ? one.month.slice(0, 4) : '',
      records: one.records.low,
      shared: one.shared.low,
      exact: one.records.low === one.records.high && one.records.low > 0,
      professions: one.professions ?? 0,
      known: one.professions !== null,
    })),
    signs: of.signs.map((one) => [
      one.label,
      one.unit === 'share' ? percent(one.atLeast) : number(one.atLeast),
      saySign(one),
      metWords[one.met],
    ]),
    evidence: of.evidence,
    observations: report.observations.trim(),
    conclusion: report.verdict,
    verdict: report.verdict ? verdictWords[report.verdict] : '',
    reserves: report.reserves.trim(),
    remarks: signed.team?.remarks?.trim() ?? '',
    signatures: [
      says(signed.consultant, 'Le consultant', signed.consultant?.name ?? ''),
      says(signed.team, 'Pour l’équipe', [report.signatory.name, report.signatory.role].filter(Boolean).join(', ')),
    ],
    signed,
  };
}

/** The page of a completion report: tables, and a drawn chart of the months. */
export const completionTemplate = `
#show: letter.with(title: data.title, practice: data.region, right: data.right, foot: data.foot)
#set par(spacing: 1.05em)
#let grid-of(columns, head, rows, numbers: ()) = table(
  columns: columns, align: (column, row) => if numbers.contains(column) { right + top } else { left + top },
  stroke: (x, y) => (bottom: 0.4pt + line-grey), inset: (x: 3pt, y: 4pt),
  table.header(..head.map(one => label(one))), ..rows.flatten().map(one => text(size: 9pt, words(one))),
)
#words(data.lead)
== Installation vérifiée
#grid(columns: (auto, 1fr), column-gutter: 6mm, row-gutter: 2.2mm, ..data.facts.map(((name, value)) => (label(name), value)).flatten())
#if data.sites.len() > 0 { grid-of((1.6fr, auto, auto, 1fr), ("Site", "Postes", "Vérification", "Remarque"), data.sites, numbers: (1,)) }
#if data.modules.len() > 0 { grid-of((1.4fr, auto, 1.6fr), ("Module", "État", "Remarque"), data.modules) }
#for one in data.takeOver [ #par(words(one)) ]
#if data.trainings.len() > 0 [
  == Formations tenues
  #grid-of((1.4fr, auto, auto, 1.6fr), ("Formation", "Le", "Personnes", "Professions"), data.trainings, numbers: (2,))
]
#if data.months.len() > 0 [
  == Usage pluriprofessionnel, mois par mois
  #label(data.source)

  #if data.chart.any(one => one.exact or one.known) [
    #let most = calc.max(1, ..data.chart.map(one => one.records))
    #let ceiling = calc.max(4, ..data.chart.map(one => one.professions))
    #let step = 160mm / data.chart.len()
    #let tall = 38mm
    #block(breakable: false, width: 100%, height: tall + 9mm, {
      place(top + left, dx: 8mm, dy: tall, line(length: 160mm, stroke: 0.5pt + line-grey))
      for (at, one) in data.chart.enumerate() {
        let x = 8mm + step * at
        let wide = calc.min(8mm, step * 0.6)
        let high-bar = tall * 0.9 * one.records / most
        let deep = tall * 0.9 * one.shared / most
        if one.exact {
          place(top + left, dx: x + (step - wide) / 2, dy: tall - high-bar, rect(width: wide, height: high-bar, fill: rgb("#c9dcdd"), stroke: none))
          place(top + left, dx: x + (step - wide) / 2, dy: tall - deep, rect(width: wide, height: deep, fill: accent, stroke: none))
        } else {
          place(top + left, dx: x, dy: tall - 4mm, box(width: step, align(center, text(size: 7pt, fill: dim, [< 11]))))
        }
        place(top + left, dx: x, dy: tall + 1mm, box(width: step, align(center, text(size: 7.5pt, fill: dim, [#one.month #if one.year != "" [ \\ #one.year]]))))
        if at > 0 {
          let last = data.chart.at(at - 1)
          if one.known and last.known {
            place(top + left, line(start: (x - step / 2, tall - tall * 0.9 * last.professions / ceiling), end: (x + step / 2, tall - tall * 0.9 * one.professions / ceiling), stroke: (paint: rgb("#8a4b12"), thickness: 1.2pt, dash: "dashed")))
          }
        }
        if one.known {
          place(top + left, dx: x + step / 2 - 0.8mm, dy: tall - tall * 0.9 * one.professions / ceiling - 0.8mm, circle(radius: 0.8mm, fill: rgb("#8a4b12")))
          place(top + left, dx: x + step / 2 + 0.4mm, dy: tall - tall * 0.9 * one.professions / ceiling - 4mm, text(size: 7pt, fill: rgb("#8a4b12"), str(one.professions)))
        }
      }
    })
    #label([Barres : dossiers où l’on a écrit ; partie foncée : par deux professions au moins (#most #if most > 1 [dossiers] else [dossier] en haut de l’échelle). Tirets : professions qui écrivent.])
  ]
  #text(size: 8.5pt, grid-of((1.5fr, auto, auto, auto, auto, auto, auto, auto, auto), ("Mois", "Personnes", "Professions", "Dossiers", "À deux professions", "Réunions", "Protocoles", "Messages", "Tâches"), data.months, numbers: (1, 2, 3, 4, 5, 6, 7, 8)))
  #label("« < 11 » : moins de onze patients concernés ; ce qui permettrait d’en déduire un tel nombre n’est dit qu’entre deux bornes.")
]
#if data.signs.len() > 0 [
  == Repères de bon usage
  #grid-of((2.4fr, auto, auto, auto), ("Repère, sur les derniers mois", "Au moins", "Constaté", "Atteint"), data.signs, numbers: (1, 2))
]
#if data.evidence.len() > 0 [
  == Documents joints
  #for one in data.evidence [- #words(one)
  ]
]
#if data.observations != "" [
  == Observations
  #par(justify: true, words(data.observations))
]
== Conclusion
#strong(data.verdict)
#if data.reserves != "" [
  === Réserves
  #par(justify: true, words(data.reserves))
]
#if data.remarks != "" [
  === Remarques de l’équipe
  #par(justify: true, words(data.remarks))
]
#v(8mm)
#block(breakable: false, grid(columns: (1fr, 1fr), gutter: 10mm, ..data.signatures.map(lines => [#for (at, one) in lines.enumerate() [#if at > 0 [ \\ ]#one] #v(14mm)])))
`;
