import { sitesOf } from '../../access/index.ts';
import { renderPdf } from '../../platform/index.ts';
import { dateLabel } from '../dates.rules.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { sendFile } from '../write/documents.ts';
import { readBook } from './book.ts';
import { bornOn } from '../fhir-words.ts';

/** data: letter's, patient [string], diseases [{ label, doses [string], next }], lines [{ date, vaccine, lot, place, who }], notes [string]. */
const page = `
#show: letter.with(title: data.title, practice: data.practice, details: data.details, right: data.right, foot: data.foot)
#block(inset: 6pt, stroke: 0.5pt + line-grey, radius: 3pt, width: 100%)[#for (at, one) in data.patient.enumerate() { if at > 0 { linebreak() }; if at == 0 { strong(one) } else { one } }]
== Par maladie
#table(columns: (44mm, 1fr, 42mm), stroke: 0.5pt + line-grey, inset: 4pt, table.header([*Maladie*], [*Doses*], [*Ensuite*]),
  ..data.diseases.map(one => (strong(one.label), if one.doses.len() == 0 [—] else { one.doses.join("\\n") }, one.next)).flatten())
== Injections
#if data.lines.len() == 0 { label("Aucune injection notée.") } else {
  table(columns: (20mm, 1fr, 24mm, 30mm, 38mm), stroke: 0.5pt + line-grey, inset: 4pt, table.header([*Date*], [*Vaccin*], [*Lot*], [*Site*], [*Par*]),
    ..data.lines.map(one => (one.date, one.vaccine, one.lot, one.place, one.who)).flatten())
}
#v(4mm)
#for one in data.notes { label(one); linebreak() }
`;

/** The vaccination booklet on paper, cut to what who prints may see. PDF/A. */
export async function printBook(entered: Entered, ctx: Ctx): Promise<undefined> {
  const book = await readBook(entered);
  const [site] = await entered.room.db.tenant(entered.caller.tenant, (sql) => sitesOf(sql, entered.caller.tenant));
  const { patient: brief } = book;
  const day = (at: string | null) => dateLabel(at?.slice(0, 10));
  const outcome = { given: '', refused: 'refusé', contraindicated: 'contre-indiqué', 'not-done': 'non fait' } as const;
  const pdf = renderPdf(
    page,
    {
      title: 'Carnet de vaccination',
      practice: ctx.session!.practice,
      details: site?.address ? [site.address] : [],
      right: [`Établi le ${day(entered.now.toISOString())}`, 'Confidentiel'],
      foot: `${brief.name}, ${bornOn(brief.sex, brief.birthDateLabel)} · imprimé par ${entered.caller.name} le ${dateLabel(entered.now.toISOString(), true)}`,
      patient: [
        `${brief.name}${brief.birthName ? `, ${brief.birthName}` : ''}`,
        `${bornOn(brief.sex, brief.birthDateLabel, true)}, ${brief.age}`,
        [brief.insStatusLabel, brief.ins && `INS ${brief.ins}`].filter(Boolean).join(' · '),
      ],
      diseases: book.diseases.map((one) => ({
        label: one.label,
        doses: one.doses.map((dose) =>
          [
            dose.atLabel,
            dose.age && `(${dose.age})`,
            dose.label,
            outcome[dose.outcome],
            dose.tooSoon && 'trop tôt, à refaire',
          ]
            .filter(Boolean)
            .join(' '),
        ),
        next: one.next
          ? `${one.next.stateLabel}${one.next.state === 'coming' || one.next.state === 'due' ? `, ${day(one.next.due)}` : ''}${one.next.mandatory ? ' (obligatoire)' : ''}`
          : 'À jour',
      })),
      lines: book.lines
        .filter((line) => line.outcome === 'given')
        .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
        .map((line) => ({
          date: day(line.at),
          vaccine: [line.label, line.dose].filter(Boolean).join(', '),
          lot: line.lot ?? '',
          place: line.site ?? '',
          who:
            line.elsewhere === null
              ? (line.who?.name ?? '')
              : `Fait ailleurs${line.elsewhere ? ` : ${line.elsewhere}` : ''}`,
        })),
      notes: [
        ...book.together,
        `${book.calendar.title}. ${book.calendar.source}. ${book.calendar.notComputed}${book.calendar.caution ? ` ${book.calendar.caution}` : ''}`,
        ...(book.closed ? [book.closed] : []),
        'Proposition calculée à partir de ce qui est noté au dossier ; le professionnel décide.',
      ],
    },
    entered.now,
  );
  return sendFile(ctx, pdf, 'application/pdf', `Carnet de vaccination ${brief.name}`);
}
