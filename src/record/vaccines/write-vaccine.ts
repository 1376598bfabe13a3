import type {
  CodeableConcept,
  Immunization,
  ImmunizationPerformer,
  ImmunizationRecommendation,
  Practitioner,
  Reference,
} from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { situationBody, vaccineBody } from '../contract.ts';
import { vaccineAdvice } from '../data/vaccine-advice.ts';
import { calendarOn } from '../data/vaccine-calendar.ts';
import { productOf, type VaccineProduct } from '../data/vaccine-products.ts';
import {
  atcSystem,
  cipSystem,
  cisSystem,
  nuvaSystem,
  routeCodes,
  siteCodes,
  situations,
  type Target,
  targets,
  type Vaccine,
  vaccineOf,
  vaccines,
} from '../data/vaccines.ts';
import { dateLabel, dateSpan, dayOf } from '../dates.rules.ts';
import { concept, labelOf, sensitivityOf, system } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import * as say from '../read/labels.ts';
import {
  author,
  dateIn,
  momentIn,
  noteList,
  recorderExtension,
  sinceBirth,
  stamped,
  subjectOf,
} from '../write/author.ts';
import { saidSituation, situationSystem, termUrl } from './lines.ts';

/** NUVA first, then ATC and the national identifiers when the product is known. */
function codeOf(
  label: string,
  product: VaccineProduct | undefined,
  vaccine: Vaccine | undefined,
  cip: string | undefined,
): CodeableConcept {
  const nuva = product
    ? { code: product.nuva, display: product.name }
    : vaccine?.nuva && { code: vaccine.nuva, display: vaccine.label };
  const only = product?.cis.length === 1 ? product.cis[0] : undefined;
  const coding = [
    ...(nuva ? [{ system: nuvaSystem, ...nuva }] : []),
    ...(vaccine ? [{ system: atcSystem, code: vaccine.code, display: vaccine.label }] : []),
    ...(only ? [{ system: cisSystem, code: only }] : []),
    ...(cip ? [{ system: cipSystem, code: cip }] : []),
  ];
  return { ...(coding.length && { coding }), text: label };
}
const notDone = (body: z.infer<typeof vaccineBody>): CodeableConcept =>
  body.outcome === 'refused'
    ? concept('v3-ActReason', 'PATOBJ', body.why || 'Refus du patient')
    : body.outcome === 'contraindicated'
      ? concept('v3-ActReason', 'MEDPREC', body.why || 'Contre-indication')
      : { text: body.why || 'Non fait' };

export function buildVaccine(entered: Entered, body: z.infer<typeof vaccineBody>, base?: Immunization): Immunization {
  const old = base;
  const product = productOf(body.cip ?? '') ?? productOf(body.vaccine ?? '');
  const vaccine = vaccineOf(product?.atc ?? body.vaccine ?? '') ?? vaccines.find((one) => one.label === body.label);
  const label = body.label || product?.name || vaccine?.label;
  if (!label)
    throw invalid('Indiquez le vaccin. Rien n’a été enregistré.', {
      vaccine: 'Choisissez le vaccin ou écrivez son nom.',
    });
  const given = body.outcome === 'given';
  const at = momentIn(entered, 'at', body.at);
  if (given) sinceBirth(entered, 'at', at);
  const expires = dateIn(entered, 'expires', body.expires);
  if (given && expires && !body.confirmed && dateSpan(expires)[1] < dayOf(at))
    throw invalid('Ce vaccin était périmé le jour de l’injection. Rien n’a été enregistré.', {
      expires: `Périmé depuis le ${dateLabel(dateSpan(expires)[1])} : vérifiez, ou confirmez.`,
    });
  const until = given ? undefined : dateIn(entered, 'until', body.until);
  if (until && dateSpan(until)[1] < dayOf(at))
    throw invalid('La fin est avant le jour noté. Rien n’a été enregistré.', {
      until: `Cette date est avant le ${dateLabel(dayOf(at))}.`,
    });
  const dose = body.dose?.trim();
  const kept =
    !vaccine && labelOf(old?.vaccineCode) === label
      ? old!.vaccineCode
      : codeOf(label, product, vaccine, body.cip ?? undefined);
  const elsewhere = given && body.reported;
  const by = body.by ? ({ reference: `Practitioner/${body.by}` } as Reference<Practitioner>) : undefined;
  const known = old?.performer?.filter((one) => !by || one.actor?.reference === by.reference);
  const performer: ImmunizationPerformer[] | undefined = elsewhere
    ? undefined
    : known?.length
      ? known
      : [{ ...(given && { function: concept('v2-0443', 'AP', 'A vacciné') }), actor: by ?? author(entered) }];
  const recorder = say.withExtension(old ?? {}, say.untilUrl, until ? { valueDate: dateSpan(until)[1] } : undefined);
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'Immunization',
      extension: old || (!by && !elsewhere) ? recorder : [...recorder, recorderExtension(entered)],
      status: given ? 'completed' : 'not-done',
      statusReason: given ? undefined : notDone(body),
      vaccineCode: kept,
      patient: subjectOf(entered),
      occurrenceDateTime: at,
      recorded: old?.recorded ?? entered.now.toISOString(),
      primarySource: !elsewhere,
      reportOrigin: elsewhere && body.elsewhere ? { text: body.elsewhere } : undefined,
      lotNumber: given ? body.lot || undefined : undefined,
      expirationDate: given ? expires : undefined,
      site: given && body.site ? coded(body.site, 'v3-ActSite', siteCodes) : undefined,
      route: given && body.route ? coded(body.route, 'v3-RouteOfAdministration', routeCodes) : undefined,
      performer,
      protocolApplied:
        given && (dose || vaccine?.targets.length)
          ? [
              {
                ...(vaccine?.targets.length && {
                  targetDisease: vaccine.targets.map((target) => ({ text: targets[target] })),
                }),
                ...(/^\d{1,2}$/.test(dose ?? '')
                  ? { doseNumberPositiveInt: Math.max(1, Number(dose)) }
                  : { doseNumberString: dose || 'Non précisée' }),
              },
            ]
          : undefined,
      note: noteList(entered, body.note),
    },
    { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter },
  );
}
const coded = (text: string, set: string, codes: Readonly<Record<string, string>>): CodeableConcept => ({
  ...(codes[text] && { coding: [{ system: system(set), code: codes[text] }] }),
  text,
});

export const vaccineValues = (immunization: Immunization) => {
  const coding = immunization.vaccineCode?.coding ?? [];
  const protocol = immunization.protocolApplied?.[0];
  return {
    vaccine:
      (coding.find((one) => productOf(one.code ?? '')) ?? coding.find((one) => vaccineOf(one.code ?? '')))?.code ??
      null,
    label: labelOf(immunization.vaccineCode),
    outcome: say.outcomeOf(immunization).code,
    at: dateLabel(immunization.occurrenceDateTime),
    cip: coding.find((one) => one.system === cipSystem)?.code ?? null,
    lot: immunization.lotNumber ?? '',
    expires: dateLabel(immunization.expirationDate),
    site: immunization.site ? labelOf(immunization.site) : '',
    route: immunization.route ? labelOf(immunization.route) : '',
    dose:
      protocol?.doseNumberPositiveInt?.toString() ??
      (protocol?.doseNumberString === 'Non précisée' ? '' : (protocol?.doseNumberString ?? '')),
    why: immunization.statusReason ? labelOf(immunization.statusReason) : '',
    until: dateLabel(say.untilOf(immunization)),
    reported: immunization.primarySource === false,
    elsewhere: immunization.reportOrigin?.text ?? '',
    note: (immunization.note ?? [])
      .map((note) => note.text)
      .filter(Boolean)
      .join('\n'),
    sensitive: sensitivityOf(immunization),
  };
};

/** A situation that makes vaccines due is kept as FHIR says it: what is recommended, and that as its reason. */
export function buildSituation(
  entered: Entered,
  body: z.infer<typeof situationBody>,
  base?: ImmunizationRecommendation,
): ImmunizationRecommendation {
  const old = base;
  if (old && saidSituation(old)?.code !== body.situation)
    throw invalid(
      'Une situation ne devient pas une autre : terminez celle-ci, puis ajoutez l’autre. Rien n’a été modifié.',
      { situation: 'Autre situation que celle qui est enregistrée.' },
    );
  const { label } = situations[body.situation];
  const term = body.situation === 'pregnancy' ? dateIn(entered, 'term', body.term) : undefined;
  if (body.situation === 'pregnancy' && !(term && term.length === 10))
    throw invalid('Indiquez le terme prévu (41 SA). Rien n’a été enregistré.', {
      term: 'Date du terme prévu, JJ/MM/AAAA.',
    });
  const until = dateIn(entered, 'until', body.until) ?? term;
  const wanted = [
    ...new Set([
      ...calendarOn(entered.reading.today)
        .rules.filter((rule) => rule.situations?.includes(body.situation))
        .map((rule) => rule.target),
      ...vaccineAdvice.filter((one) => one.situations?.includes(body.situation)).flatMap((one) => one.targets),
    ]),
  ];
  const recommendation = (target: Target) => ({
    targetDisease: { text: targets[target] },
    forecastStatus: { coding: [{ system: system('immunization-recommendation-status'), code: 'due' }] },
    forecastReason: [{ coding: [{ system: situationSystem, code: body.situation, display: label }], text: label }],
  });
  const extension = say.withExtension(
    { extension: say.withExtension(old ?? {}, say.untilUrl, until ? { valueDate: dateSpan(until)[1] } : undefined) },
    termUrl,
    term ? { valueDate: term } : undefined,
  );
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'ImmunizationRecommendation',
      extension: old ? extension : [...extension, recorderExtension(entered)],
      patient: subjectOf(entered),
      date: old?.date ?? entered.now.toISOString(),
      recommendation: wanted.map(recommendation),
    },
    { base, sensitive: body.sensitive, reason: body.reason },
  );
}
