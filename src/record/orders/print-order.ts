import type { Location, Patient, PractitionerRole } from '@medplum/fhirtypes';
import { sitesOf } from '../../access/index.ts';
import type { FhirStore } from '../../fhir/index.ts';
import { renderPdf } from '../../platform/index.ts';
import type { Prescription } from '../contract/wire-orders.ts';
import { countInWords, ruleOf } from '../contract/orders/controlled.rules.ts';
import type { OrderLine } from '../contract/orders/line.ts';
import { sentenceOf } from '../contract/orders/order.rules.ts';
import { agreementOf, transportRows } from '../contract/orders/transport.rules.ts';
import { orderFamilies } from '../data/orders/families.ts';
import { ageYears, dateLabel } from '../dates.rules.ts';
import { bornOn, idOf, numberLabel } from '../fhir-words.ts';
import { addressLabel, briefOf, homeOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { sendFile } from '../write/documents.ts';
import { readPrescription } from './view.ts';

/** data: letter's, prescriber [string], patient [string], banner, sheets [{ title, warning, zones [{ title, lines [{ number, label, sentence, rows [[name, words]] }] }], count, note, legal [string] }], signature. */
const page = `
#show: letter.with(title: data.sheets.first().title, practice: data.practice, details: data.details, right: data.right, foot: data.foot)
#let head(title) = {
  grid(columns: (1fr, auto), gutter: 12mm, [#text(size: 12pt, weight: "semibold", data.practice) #for part in data.details [ \\ #label(part)]], align(end)[#for (at, part) in data.right.enumerate() [#if at > 0 [ \\ ]#label(part)]])
  v(2mm)
  rule
  v(3mm)
  heading(level: 1, title)
}
#for (at, sheet) in data.sheets.enumerate() {
  if at > 0 { pagebreak(); head(sheet.title) }
  if data.banner != "" { block(fill: rgb("#f3f1ea"), inset: 6pt, radius: 3pt, width: 100%, strong(data.banner)) }
  if sheet.warning != "" { block(stroke: 0.8pt + ink, inset: 6pt, radius: 3pt, width: 100%, strong(sheet.warning)) }
  grid(
    columns: (1fr, 1fr), gutter: 6mm,
    [#for (i, one) in data.prescriber.enumerate() { if i > 0 { linebreak() }; if i == 0 { strong(one) } else { one } }],
    block(inset: 6pt, stroke: 0.5pt + line-grey, radius: 3pt, width: 100%)[#for (i, one) in data.patient.enumerate() { if i > 0 { linebreak() }; if i == 0 { strong(one) } else { one } }],
  )
  v(2mm)
  for zone in sheet.zones {
    if zone.title != "" {
      block(width: 100%, stroke: 0.8pt + ink, inset: 5pt, above: 10pt, below: 8pt, align(center, text(size: 9pt, weight: "semibold", zone.title)))
    }
    if zone.lines.len() == 0 { label("Aucune prescription dans cette zone.") }
    for line in zone.lines {
      block(breakable: false, width: 100%, above: 8pt, below: 8pt, grid(columns: (8mm, 1fr), [#line.number.], [#strong(line.label)#if line.sentence != "" [ \\ #words(line.sentence)]#for row in line.rows [ \\ #label(row.first()) : #words(row.last())]]))
    }
    if zone.title != "" and sheet.zones.first() == zone { v(8mm) }
  }
  v(3mm)
  label(sheet.count)
  if sheet.note != "" { block(above: 8pt)[#words(sheet.note)] }
  v(6mm)
  block(breakable: false, width: 100%, grid(columns: (1fr, 70mm), gutter: 6mm, words(data.signature), box(width: 100%, height: 24mm, stroke: 0.5pt + line-grey, inset: 4pt, label("Signature du prescripteur"))))
  v(2mm)
  for one in sheet.legal { label(one); linebreak() }
}
`;
const aldZones = [
  'Prescriptions relatives au traitement de l’affection de longue durée reconnue (liste ou hors liste) (AFFECTION EXONÉRANTE)',
  'Prescriptions SANS RAPPORT avec l’affection de longue durée (MALADIES INTERCURRENTES)',
] as const;
/** Of its own: only this one needs the secured paper. */
const securedSheet = 'Médicaments, ordonnance sécurisée';
const plural = (count: number, one: string, many: string): string => `${count} ${count > 1 ? many : one}`;

interface PaperLine {
  number: string;
  label: string;
  sentence: string;
  rows: [string, string][];
}
interface Sheet {
  title: string;
  /** In a frame, before anything else. */
  warning: string;
  zones: { title: string; lines: PaperLine[] }[];
  count: string;
  note: string;
  legal: string[];
}
/** One sheet a receiver, in the order of the lines; in two zones when a line of it belongs to an ALD (form S 3321, «ordonnancier bizone»). */
export function sheetsOf(lines: readonly OrderLine[], note: string): Sheet[] {
  const bySheet = Map.groupBy(lines, (line) => (ruleOf(line.body) ? securedSheet : orderFamilies[line.kind].sheet));
  return [...bySheet].map(([title, own]): Sheet => {
    const bizone = own.some(({ ald }) => ald);
    const order = bizone ? [...own.filter(({ ald }) => ald), ...own.filter(({ ald }) => !ald)] : own;
    const numbered = order.map((line, at) => ({
      ald: line.ald,
      number: String(at + 1),
      label: line.label,
      sentence: line.body.transport ? sentenceOf({ ...line.body, transport: null }) : line.sentence,
      rows: transportRows(line.body),
    }));
    const medicines = own.every(({ kind }) => orderFamilies[kind].group === 'medicines');
    const secured = title === securedSheet;
    const narcotic = own.some(({ body }) => ruleOf(body)?.regime === 'narcotic');
    const transport = own.some(({ kind }) => kind === 'transport');
    const paperLine = ({ ald: _, ...line }: (typeof numbered)[number]): PaperLine => line;
    return {
      title: `Ordonnance : ${title.toLowerCase()}`,
      note,
      warning: secured
        ? 'Ordonnance sécurisée : cette feuille ne vaut qu’imprimée sur le papier sécurisé du prescripteur (code de la santé publique, art. R. 5132-5).'
        : '',
      zones: bizone
        ? [
            { title: aldZones[0], lines: numbered.filter(({ ald }) => ald).map(paperLine) },
            { title: aldZones[1], lines: numbered.filter(({ ald }) => !ald).map(paperLine) },
          ]
        : [{ title: '', lines: numbered.map(paperLine) }],
      count: medicines
        ? `Nombre de médicaments prescrits : ${secured ? countInWords(own.length) : own.length}.`
        : `Nombre de lignes prescrites : ${own.length}.`,
      legal: [
        transport
          ? 'Prescription établie selon les articles R. 322-10 et suivants du code de la sécurité sociale et l’arrêté du 23 décembre 2006 ; données couvertes par le secret professionnel (art. L. 1110-4 du code de la santé publique).'
          : 'Ordonnance établie selon l’article R. 5132-3 du code de la santé publique ; données couvertes par le secret professionnel (art. L. 1110-4).',
        ...(narcotic
          ? [
              'Stupéfiant : à présenter à la pharmacie dans les trois jours ; au-delà, délivré pour la seule durée qui reste à courir (art. R. 5132-33).',
            ]
          : medicines
            ? ['À présenter à la pharmacie dans les trois mois pour la première délivrance (art. R. 5123-2).']
            : []),
        ...(transport
          ? [
              `Ne remplace ni le formulaire S 3138 (cerfa 11574) ni la prescription en ligne de l’assurance maladie, nécessaires à la prise en charge${own.some(({ body }) => agreementOf(body).needed) ? ' ; l’accord préalable se demande avec le formulaire S 3139 (cerfa 11575)' : ''}.`,
            ]
          : []),
      ],
    };
  });
}

/** Where the prescriber works, how to reach them, and their number. */
async function letterhead(
  entered: Entered,
  practitioner: string | null,
): Promise<{ details: string[]; more: string[] }> {
  const { store, caller, room } = entered;
  const [site] = await room.db.tenant(caller.tenant, (sql) => sitesOf(sql, caller.tenant));
  const facts = practitioner ? await prescriberOf(store, practitioner) : undefined;
  const place = facts?.place;
  const phone =
    facts?.role?.telecom?.find(({ system }) => system === 'phone')?.value ??
    place?.telecom?.find(({ system }) => system === 'phone')?.value ??
    (await practicePhone(store));
  return {
    details: [
      place?.name ?? site?.name ?? '',
      place?.address?.text ?? (place?.address ? (addressLabel(place.address) ?? '') : (site?.address ?? '')),
      phone ? `Tél. ${phone}` : '',
    ].filter(Boolean),
    more: [facts?.rpps ? `RPPS ${facts.rpps}` : ''].filter(Boolean),
  };
}
async function prescriberOf(
  store: FhirStore,
  id: string,
): Promise<{ rpps: string | undefined; role: PractitionerRole | undefined; place: Location | undefined }> {
  const [people, roles] = await Promise.all([
    store.search('Practitioner', [['_id', id]]),
    store.search('PractitionerRole', [
      ['practitioner', `Practitioner/${id}`],
      ['_count', '20'],
    ]),
  ]);
  const role = roles.resources.map((one) => one.resource).find((one) => one.active !== false);
  const placeId = role?.location?.map((one) => idOf(one, 'Location')).find(Boolean);
  const place = placeId ? (await store.search('Location', [['_id', placeId]])).resources[0] : undefined;
  return {
    rpps:
      people.resources[0] &&
      people.resources[0].resource.identifier?.find(({ system }) => system === 'https://rpps.esante.gouv.fr')?.value,
    role,
    place: place && place.resource,
  };
}
async function practicePhone(store: FhirStore): Promise<string | undefined> {
  const { resources } = await store.search('Organization', [['_count', '50']]);
  return resources
    .map((one) => one.resource)
    .flatMap((one) => one.telecom ?? [])
    .find(({ system }) => system === 'phone')?.value;
}
/** Weight, and height when it is known, on a child's prescription. */
async function bodyOfChild(entered: Entered): Promise<string[]> {
  const age = ageYears(entered.patient.birthDate, entered.reading.today);
  if (age === null || age >= 16 || !entered.rights.see.has('measures')) return [];
  const last = async (code: string, words: (value: string) => string): Promise<string[]> => {
    const { resources } = await entered.store.search('Observation', [
      ['patient', `Patient/${entered.patientId}`],
      ['code', `http://loinc.org|${code}`],
      ['status', 'final,amended,corrected'],
      ['_sort', '-date'],
      ['_count', '1'],
    ]);
    const one = resources[0] && resources[0].resource;
    return one?.valueQuantity?.value === undefined
      ? []
      : [`${words(numberLabel(one.valueQuantity.value))} (le ${dateLabel(one.effectiveDateTime?.slice(0, 10))})`];
  };
  return [
    ...(await last('29463-7', (value) => `Poids : ${value} kg`)),
    ...(await last('8302-2', (value) => `Taille : ${value} cm`)),
  ];
}
const bannerOf = (view: Prescription): string =>
  view.state === 'signed'
    ? ''
    : `${view.stateLabel}${view.reason ? ` : ${view.reason.replace(/\.$/, '')}` : ''}. Ne pas délivrer, ne pas réaliser.`;

/** A prescription on paper, of the lines that who prints may see and that stand. PDF/A. */
export async function printOrder(entered: Entered, id: string, ctx: Ctx): Promise<undefined> {
  const view = await readPrescription(entered, id);
  const standing = view.state === 'signed' ? view.lines.filter(({ cancelled }) => cancelled === null) : view.lines;
  const brief = briefOf(entered.patient, entered.reading.today, false);
  const { details, more } = await letterhead(entered, view.who?.id ?? null);
  const day = dateLabel(view.at.slice(0, 10));
  const home = addressLabel(homeOf(entered.patient as Patient));
  const closed =
    view.lines.length === 0 ? 'Aucune ligne de cette ordonnance n’est accessible à la personne qui imprime.' : '';
  const sheets =
    standing.length > 0
      ? sheetsOf(standing, view.note)
      : [
          {
            title: 'Ordonnance',
            warning: '',
            zones: [],
            count: closed || 'Toutes les lignes de cette ordonnance ont été annulées.',
            note: '',
            legal: [],
          },
        ];
  const withdrawn = view.lines.length - standing.length;
  const pdf = renderPdf(
    page,
    {
      practice: ctx.session!.practice,
      details,
      right: [`Le ${day}`, plural(sheets.length, 'feuille', 'feuilles')],
      foot: `${brief.name}, ${bornOn(brief.sex, brief.birthDateLabel)} · ordonnance du ${day}${view.who ? ` de ${view.who.name}` : ''} · imprimée par ${entered.caller.name} le ${dateLabel(entered.now.toISOString(), true)}`,
      banner: bannerOf(view),
      prescriber: [view.who?.name ?? 'Prescripteur', view.who?.role ?? '', ...more].filter(Boolean),
      patient: [
        `${brief.name}${brief.birthName ? `, ${brief.birthName}` : ''}`,
        `${brief.sexLabel}, ${bornOn(brief.sex, brief.birthDateLabel)}, ${brief.age}`,
        ...(await bodyOfChild(entered)),
        brief.ins ? `INS ${brief.ins}` : '',
        home ?? '',
      ].filter(Boolean),
      sheets: sheets.map((one) => ({
        ...one,
        count:
          withdrawn > 0 && standing.length > 0
            ? `${one.count} ${plural(withdrawn, 'ligne annulée depuis la signature ne figure pas', 'lignes annulées depuis la signature ne figurent pas')} ici.`
            : one.count,
      })),
      signature: view.who ? `Signé dans Estran par ${view.who.name}, le ${dateLabel(view.at, true)}.` : '',
    },
    entered.now,
  );
  return sendFile(ctx, pdf, 'application/pdf', `Ordonnance ${day} ${brief.name}`);
}
