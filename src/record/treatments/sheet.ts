import { sitesOf } from '../../access/index.ts';
import { renderPdf } from '../../platform/index.ts';
import { mealTimes, type Moment, type Posology } from '../contract/treatments/posology.ts';
import { sayAmount, sayBounds, sayMax, sayNeeded } from '../contract/treatments/say.rules.ts';
import { readPosology, unitOfLabel } from '../contract/treatments/read.rules.ts';
import { addDays, dateLabel, dayOf } from '../dates.rules.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { sendFile } from '../write/documents.ts';
import { type TreatmentLine, treatmentsOf } from './lines.ts';
import { read } from './treatments-page.ts';
import { bornOn } from '../fhir-words.ts';

/** data: letter's, patient [string], groups [{ title, cells, rows [{ label, why, cells [4] | null, how }] }], stopped [string], empty, advice [string]. */
const page = `
#show: letter.with(title: data.title, practice: data.practice, details: data.details, right: data.right, foot: data.foot)
#set text(size: 14pt)
#for (at, one) in data.patient.enumerate() { if at > 0 { linebreak() }; if at == 0 { strong(one) } else { one } }
#if data.empty != "" { block(inset: 8pt, stroke: 0.5pt + line-grey, radius: 3pt, width: 100%, words(data.empty)) }
#let cell(body) = table.cell(align: center + horizon, if body == "" { text(fill: line-grey)[–] } else { text(size: 12pt, weight: "semibold", body) })
#for group in data.groups {
  if group.title != "" { heading(level: 2, text(size: 15pt, group.title)) }
  table(
    columns: if group.cells { (1fr, 26mm, 26mm, 26mm, 26mm) } else { (1fr, 104mm) }, stroke: 0.5pt + line-grey, inset: (x: 5pt, y: 7pt),
    table.header(..(if group.cells { ("Médicament", "Matin", "Midi", "Soir", "Coucher") } else { ("Médicament", "Comment le prendre") }).enumerate().map(((at, one)) => table.cell(fill: rgb("#f3f1ea"), align: if at == 0 or not group.cells { start } else { center }, text(size: 13pt, weight: "semibold", one)))),
    ..group.rows.map(row => (
      table.cell(breakable: false)[#strong(row.label)#if row.why != "" [ \\ #text(size: 12pt, fill: dim, row.why)]#if row.cells != none and row.how != "" [ \\ #text(size: 12.5pt, row.how)]],
      ..if row.cells != none { row.cells.map(cell) } else { (table.cell(colspan: if group.cells { 4 } else { 1 }, align: start + horizon, text(size: 13.5pt, row.how)),) },
    )).flatten(),
  )
}
#if data.stopped.len() > 0 {
  heading(level: 2, text(size: 15pt, "Ne prenez plus"))
  for one in data.stopped { block(spacing: 6pt, one) }
}
#v(4mm)
#for one in data.advice { block(spacing: 6pt, text(size: 12.5pt, one)) }
`;
const columns: readonly Moment[] = ['MORN', 'NOON', 'EVE', 'HS'];
const stoppedFor = 30;

interface Row {
  label: string;
  why: string;
  cells: string[] | null;
  how: string;
}
/** Morning, noon, evening, bedtime, where the posology says so; its sentence otherwise. */
function cellsOf(posology: Posology | null): { cells: string[]; how: string } | null {
  const [step, ...more] = posology?.steps ?? [];
  if (
    !step ||
    more.length > 0 ||
    step.takes.some(
      (take) =>
        !take.dose ||
        take.moments.length === 0 ||
        take.days.length > 0 ||
        take.rhythm ||
        take.once ||
        take.moments.some((moment) => !columns.includes(moment)),
    )
  )
    return null;
  const cells = columns.map((moment) => {
    const take = step.takes.find(({ moments }) => moments.includes(moment));
    return take ? sayAmount(take.dose!, take.unit) : '';
  });
  const how = [
    step.meals && mealTimes.find(({ code }) => code === step.meals)!.phrase,
    sayBounds(step),
    step.needed !== null && sayNeeded(step.needed),
    step.max && sayMax(step.max),
    step.note,
  ]
    .filter(Boolean)
    .join(', ');
  return { cells, how };
}
const rowOf = (line: TreatmentLine): Row => {
  const { posology } = readPosology(line.dosage, unitOfLabel(line.label));
  const table = cellsOf(posology);
  const until = line.until && !posology?.steps.some(({ until: end }) => end) ? `jusqu’au ${dateLabel(line.until)}` : '';
  const how = table
    ? [table.how, until].filter(Boolean).join(', ')
    : [line.dosage || 'Demandez à votre médecin ou à votre pharmacien comment le prendre.', until]
        .filter(Boolean)
        .join(', ');
  return {
    label: line.label,
    why: [line.reason && `Pour : ${line.reason}`, line.source === 'self' && 'Pris sans ordonnance']
      .filter(Boolean)
      .join(' · '),
    cells: table?.cells ?? null,
    how,
  };
};
const asNeeded = (line: TreatmentLine): boolean =>
  readPosology(line.dosage).posology?.steps.some(({ needed }) => needed !== null) ??
  /\bsi (?:besoin|douleur|fièvre|gêne)|en cas (?:de|d’)/i.test(line.dosage);

/** What the patient takes, in large letters. PDF/A, A4. */
export async function printSheet(entered: Entered, ctx: Ctx): Promise<undefined> {
  const r = entered.reading;
  const lines = treatmentsOf(r, await read(entered));
  const [site] = await entered.room.db.tenant(entered.caller.tenant, (sql) => sitesOf(sql, entered.caller.tenant));
  const brief = briefOf(entered.patient, r.today, false);
  const current = lines.filter(({ state }) => state === 'current');
  const groups = [
    { title: 'Tous les jours', rows: current.filter((line) => line.longTerm && !asNeeded(line)) },
    { title: 'Pendant un temps', rows: current.filter((line) => !line.longTerm && !asNeeded(line)) },
    { title: 'Seulement si besoin', rows: current.filter(asNeeded) },
    {
      title: 'À commencer',
      rows: lines.filter(({ state, stateLabel }) => state === 'planned' && stateLabel !== 'À prescrire'),
    },
  ].filter(({ rows }) => rows.length > 0);
  const since = addDays(r.today, -stoppedFor);
  const over = lines.filter(
    (line) => (line.stateLabel === 'Arrêté' && line.until && dayOf(line.until) >= since) || line.state === 'suspended',
  );
  const pdf = renderPdf(
    page,
    {
      title: 'Mes médicaments',
      practice: ctx.session!.practice,
      details: site?.address ? [site.address] : [],
      right: [`Le ${dateLabel(r.today)}`],
      foot: `${brief.name}, ${bornOn(brief.sex, brief.birthDateLabel)} · remis par ${entered.caller.name}`,
      patient: [
        `${brief.name}${brief.birthName ? `, ${brief.birthName}` : ''}`,
        bornOn(brief.sex, brief.birthDateLabel, true),
      ],
      // Where nothing goes by moments of the day, their columns would only be empty.
      groups: groups
        .map(({ title, rows }) => ({ title, rows: rows.map(rowOf) }))
        .map((group) => ({ ...group, cells: group.rows.some(({ cells }) => cells) })),
      stopped: over.map((line) =>
        [
          line.label,
          line.state === 'suspended' ? 'en pause' : line.until && `arrêté le ${dateLabel(line.until)}`,
          line.stopReason,
        ]
          .filter(Boolean)
          .join(', '),
      ),
      empty: current.length === 0 ? 'Aucun médicament en cours n’est noté.' : '',
      advice: [
        'Montrez cette feuille à chaque professionnel qui vous soigne. Parlez à votre médecin ou à votre pharmacien avant d’arrêter un médicament ou d’en ajouter un, même sans ordonnance.',
        'Cette feuille est un aide-mémoire : elle n’est pas une ordonnance.',
      ],
    },
    entered.now,
  );
  return sendFile(ctx, pdf, 'application/pdf', `Mes médicaments ${brief.name}`);
}
