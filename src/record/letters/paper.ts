import type { Patient } from '@medplum/fhirtypes';
import { isOpen, renderPdf, richText } from '../../platform/index.ts';
import type { LetterRecipient } from '../contract/wire-letters.ts';
import type { Letterhead } from '../contract/wire-letter-templates.ts';
import { fieldOf } from '../data/letters/fields.ts';
import { briefOf } from '../identity/patient.rules.ts';
import { longDate } from './field-value.ts';
import type { Signer } from './signer.ts';
import { bornOn } from '../fhir-words.ts';

/**
 * A letter on A4: letterhead, who writes, whom to, whom about, the words, the signature, copies; on each page the legal mentions, whose letter it is and «Page n sur m».
 * data: head { name, lines, phone }, logo, author [string], banner, to [[string]], place, subject, about [string], body (rich), signature [string], copies [string], folio, legal.
 */
const page = `
#set document(title: data.subject, author: data.head.name)
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 16mm, bottom: 32mm),
  footer-descent: 4mm,
  footer: context {
    set text(size: 7.5pt, fill: dim)
    set par(leading: 0.45em, spacing: 0.5em)
    rule
    grid(columns: (1fr, auto), gutter: 6mm, data.folio, [Page #counter(page).display("1") sur #counter(page).final().first()])
    data.legal
  },
)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "fr", region: "FR", fill: ink, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.95em)
#show heading.where(level: 3): set text(size: 10.5pt, weight: "semibold")
#show heading.where(level: 3): set block(above: 1.1em, below: 0.5em)
#let lines(all) = for (at, one) in all.enumerate() { if at > 0 { linebreak() }; one }
#grid(
  columns: (1fr, 66mm), gutter: 8mm,
  grid(
    columns: (auto, 1fr), gutter: if data.logo != "" { 5mm } else { 0mm },
    if data.logo != "" { image(data.logo, height: 18mm, alt: "Logo de " + data.head.name) } else [],
    [#text(size: 12.5pt, weight: "semibold", fill: accent, data.head.name) #for one in data.head.lines [ \\ #label(one)] #if data.head.phone != "" [ \\ #label(data.head.phone)]],
  ),
  align(end)[#if data.author.len() > 0 { strong(data.author.first()) } #for one in data.author.slice(calc.min(1, data.author.len())) [ \\ #label(one)]],
)
#v(1mm)
#rule
#if data.banner != "" { block(fill: rgb("#f3f1ea"), inset: 6pt, radius: 3pt, width: 100%)[*#data.banner*] }
#v(4mm)
#grid(columns: (1fr, 80mm), gutter: 4mm, [], [#for one in data.to { block(spacing: 4mm, lines(one)) }])
#v(3mm)
#align(end)[#data.place]
#v(2mm)
#strong[Objet : ]#data.subject
#if data.about.len() > 0 { block(inset: (left: 3mm), stroke: (left: 1.5pt + line-grey), lines(data.about)) }
#v(3mm)
#rich(data.body)
#v(8mm)
#block(breakable: false, width: 100%, grid(columns: (1fr, 80mm), [], lines(data.signature)))
#if data.copies.len() > 0 [
  #v(4mm)
  #label[Copie : #data.copies.join("\\u{202f}; ")]
]
`;
export interface PaperOf {
  patient: Patient;
  today: string;
  head: Letterhead;
  signer: Signer | null;
  recipients: readonly LetterRecipient[];
  subject: string;
  text: string;
  /** Day of the letter, ISO. */
  on: string;
  /** `signed`: by whom and when, in words. */
  standing: { kind: 'draft' } | { kind: 'signed'; words: string; replaces: string | null };
  reference: string;
}
/** A field that waits, or the bounds of a part that does, by its words. */
function sayOpen(inside: string): string {
  const label = (key: string) => fieldOf(key)?.label ?? key;
  if (inside === 'fin' || inside === 'sinon') return `‹${inside}›`;
  if (inside.startsWith('si '))
    return `‹si ${inside
      .slice(3)
      .split(' ')
      .map((word) => (['et', 'ou', 'non'].includes(word) ? word : label(word).toLowerCase()))
      .join(' ')}›`;
  return inside.startsWith('pour ')
    ? `‹pour chaque ligne de : ${label(inside.slice(5)).toLowerCase()}›`
    : `‹${label(inside)} : à compléter›`;
}

/** Whatever the record holds, a page comes out: every word is data. */
export function drawLetter(letter: PaperOf, at: Date): Buffer {
  const { head, signer, standing } = letter;
  const brief = briefOf(letter.patient, letter.today, false);
  const born = brief.birthDateLabel ? bornOn(brief.sex, brief.birthDateLabel) : '';
  const toPatient =
    letter.recipients.length > 0 &&
    letter.recipients.filter(({ copy }) => !copy).every(({ kind }) => kind === 'patient');
  const first = letter.recipients.filter(({ copy }) => !copy);
  const address = (one: LetterRecipient): string[] =>
    [one.name, one.role, ...one.address.split('\n')].map((words) => words.trim()).filter(Boolean);
  const pdf = renderPdf(
    page,
    {
      head: { name: head.name, lines: head.lines.filter(Boolean), phone: head.phone && `Tél. ${head.phone}` },
      logo: head.logo ? '/letterhead-logo' : '',
      author: signer
        ? [
            signer.name,
            signer.role,
            signer.rpps && `RPPS ${signer.rpps}`,
            signer.phone && `Tél. ${signer.phone}`,
          ].filter(Boolean)
        : [],
      banner:
        standing.kind === 'draft'
          ? `Projet de courrier, non signé : ne pas transmettre.${isOpen(letter.text) || isOpen(letter.subject) ? ' Des champs restent à compléter.' : ''}`
          : '',
      to: first.map(address),
      place: `${head.place ? `${head.place}, le` : 'Le'} ${longDate(letter.on)}`,
      subject: richText(letter.subject, sayOpen)
        .flatMap((block) =>
          block.kind === 'p' ? block.lines.flat() : block.kind === 'h' ? block.spans : block.items.flat(),
        )
        .map(({ text }) => text)
        .join(' '),
      about: toPatient
        ? []
        : [
            [`${brief.name}${brief.birthName ? `, ${brief.birthName}` : ''}`, born, brief.age]
              .filter(Boolean)
              .join(', '),
            brief.ins ? `INS ${brief.ins}` : '',
          ].filter(Boolean),
      body: richText(letter.text, sayOpen),
      signature: [
        signer?.name ?? '',
        signer?.role ?? '',
        ...(standing.kind === 'signed'
          ? [standing.words, ...(standing.replaces ? [standing.replaces] : [])]
          : ['Non signé']),
      ].filter(Boolean),
      copies: letter.recipients
        .filter(({ copy }) => copy)
        .map((one) => [one.name, one.role].filter(Boolean).join(', ')),
      folio: [`Réf. ${letter.reference}`, brief.name, born].filter(Boolean).join(' · '),
      legal: head.legal,
    },
    at,
    head.logo ? { '/letterhead-logo': Buffer.from(head.logo.data, 'base64') } : {},
  );
  return pdf;
}
