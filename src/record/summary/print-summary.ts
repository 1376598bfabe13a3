import type { Patient } from '@medplum/fhirtypes';
import { sitesOf } from '../../access/index.ts';
import { renderPdf } from '../../platform/index.ts';
import type { SummaryView } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';
import { addressLabel, briefOf, homeOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { sendFile } from '../write/documents.ts';
import { sourcesOf, summaryOf, viewOf } from './view.ts';
import { bornOn } from '../fhir-words.ts';

/** data: letter's, patient [string], banner, sections [{ title, note, lines [{ label, detail, source }], empty, words [{ text, by }] }], signature { words, line }, legal [string]. */
const page = `
#show: letter.with(title: data.title, practice: data.practice, details: data.details, right: data.right, foot: data.foot)
#if data.banner != "" { block(fill: rgb("#f3f1ea"), inset: 6pt, radius: 3pt, width: 100%)[*#data.banner*] }
#block(inset: 6pt, stroke: 0.5pt + line-grey, radius: 3pt, width: 100%)[#for (at, one) in data.patient.enumerate() { if at > 0 { linebreak() }; if at == 0 { strong(one) } else { one } }]
#for one in data.sections {
  block(breakable: true, width: 100%)[
    == #one.title
    #if one.lines.len() == 0 and one.empty != "" { label(one.empty) }
    #for line in one.lines {
      block(breakable: false, spacing: 5pt, width: 100%, grid(columns: (1fr, 42mm), gutter: 4mm, [#strong(line.label)#if line.detail != "" [ — #line.detail]], label(line.source)))
    }
    #for said in one.words { block(inset: (left: 3mm), stroke: (left: 1pt + line-grey), spacing: 6pt)[#words(said.text) \\ #label(said.by)] }
    #if one.note != "" { label(one.note) }
  ]
}
#v(6mm)
#block(breakable: false, width: 100%)[
  #grid(columns: (1fr, 70mm), gutter: 6mm, words(data.signature.words), if data.signature.line { box(width: 100%, height: 22mm, stroke: 0.5pt + line-grey, inset: 4pt, label("Signature")) } else [])
]
#v(3mm)
#for one in data.legal { label(one); linebreak() }
`;
const closedNote = (one: SummaryView['sections'][number]): string =>
  [
    one.hidden.length > 0 && `Non accessible à la personne qui imprime : ${one.hidden.join(', ').toLowerCase()}.`,
    one.withheld.length > 0 && `Non accessible à la personne qui a signé : ${one.withheld.join(', ').toLowerCase()}.`,
  ]
    .filter(Boolean)
    .join(' ');

/** A summary on paper, cut to what who prints may see. PDF/A. */
export async function printSummary(entered: Entered, id: string, ctx: Ctx): Promise<undefined> {
  const view = await viewOf(entered, await summaryOf(entered, id), await sourcesOf(entered));
  const [site] = await entered.room.db.tenant(entered.caller.tenant, (sql) => sitesOf(sql, entered.caller.tenant));
  const brief = briefOf(entered.patient, entered.reading.today, false);
  const signed = view.status === 'final' || view.status === 'amended';
  const who = view.who ? [view.who.name, view.who.role].filter(Boolean).join(', ') : '';
  const { corrected } = view;
  const corrector = corrected ? [corrected.by.name, corrected.by.role].filter(Boolean).join(', ') : '';
  const amended = corrected ? ` Corrigé par ${corrector}, le ${dateLabel(corrected.at, true)}.` : '';
  const banner =
    view.status === 'draft'
      ? 'Brouillon, non vérifié ni signé : ne pas transmettre.'
      : view.status === 'entered-in-error'
        ? `Saisie par erreur : ne pas utiliser. ${view.reason ?? ''}`.trim()
        : view.replacedBy
          ? 'Remplacée par une synthèse plus récente.'
          : view.status === 'amended'
            ? `Corrigée${corrected ? ` le ${dateLabel(corrected.at, true)} par ${corrector}` : ''} : ${view.reason ?? ''}`
            : '';
  const home = addressLabel(homeOf(entered.patient as Patient));
  const pdf = renderPdf(
    page,
    {
      title: 'Volet de synthèse médicale',
      practice: ctx.session!.practice,
      details: site?.address ? [site.address] : [],
      right: [`${signed ? 'Signé' : 'Établi'} le ${dateLabel(view.at, true)}`, ...(who ? [who] : []), 'Confidentiel'],
      foot: `${brief.name}, ${bornOn(brief.sex, brief.birthDateLabel)} · imprimé par ${entered.caller.name} le ${dateLabel(entered.now.toISOString(), true)}`,
      banner,
      patient: [
        `${brief.name}${brief.birthName ? `, ${brief.birthName}` : ''}`,
        [`${bornOn(brief.sex, brief.birthDateLabel, true)}, ${brief.age}`, brief.sexLabel.toLowerCase()].join(', '),
        [brief.insStatusLabel, brief.ins && `INS ${brief.ins}`].filter(Boolean).join(' · '),
        [home, brief.phone].filter(Boolean).join(' · '),
      ].filter(Boolean),
      sections: view.sections.map((one) => {
        const lines = one.lines.filter((line) => !line.left);
        return {
          // An empty section that nobody could see is not said to be empty.
          title: one.title,
          note: closedNote(one),
          empty:
            one.hidden.length + one.withheld.length > 0
              ? ''
              : one.lines.length > 0
                ? 'Rien n’est retenu ici.'
                : one.empty,
          lines: lines.map((line) => ({
            label: line.label,
            detail: [
              line.detail,
              line.since === 'withdrawn'
                ? 'retiré du dossier depuis'
                : line.since === 'corrected'
                  ? 'corrigé au dossier depuis'
                  : '',
            ]
              .filter(Boolean)
              .join(' · '),
            source: line.fixed
              ? ''
              : [line.who?.name, line.at && dateLabel(line.at.slice(0, 10))].filter(Boolean).join(', '),
          })),
          words: one.words.map((said) => ({
            text: said.text,
            by: [said.by.name, said.by.role, `le ${dateLabel(said.at, true)}`].filter(Boolean).join(', '),
          })),
        };
      }),
      signature: {
        words: signed
          ? `Vérifié puis signé dans Estran par ${who}, le ${dateLabel(view.at, true)}.${amended}`
          : 'Non signé.',
        line: signed,
      },
      legal: [
        'Synthèse établie à partir du dossier partagé au jour de la signature (code de la santé publique, art. L. 1111-15). Elle ne remplace pas le dossier ; ce qui n’y figure pas n’est pas pour autant absent.',
        'Données de santé couvertes par le secret professionnel (art. L. 1110-4) : à remettre au patient ou aux seules personnes qui prennent part à ses soins. Les notes personnelles n’y figurent jamais.',
      ],
    },
    entered.now,
  );
  return sendFile(ctx, pdf, 'application/pdf', `Synthese medicale ${brief.name}`);
}
