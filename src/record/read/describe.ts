import type {
  AllergyIntolerance,
  ClinicalImpression,
  Composition,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  FamilyMemberHistory,
  Flag,
  ImagingStudy,
  Immunization,
  ImmunizationRecommendation,
  Observation,
  Patient,
  Procedure,
} from '@medplum/fhirtypes';
import { kindOfResource, type Resource } from '../../fhir/index.ts';
import { aldLabel, alertKindOf } from '../data/choices.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel } from '../dates.rules.ts';
import { firstCode, labelOf, textOfHtml } from '../fhir-words.ts';
import { factsInWords, factsTitle, familyDetail } from '../history/lines.ts';
import { factsOf } from '../history/observation.ts';
import { traitsOf } from '../identity/merge.rules.ts';
import { briefOf, displayName } from '../identity/patient.rules.ts';
import { saidOfLetter } from '../letters/describe-letter.ts';
import { coordinationDescribers } from './describe-coordination.ts';
import { date, type Description, type Loose, made, notes, period } from './description.ts';
import { treatmentDescribers } from '../treatments/describe-treatments.ts';
import * as say from './labels.ts';
import { displayOf, type Person, valuesOf } from './measures.rules.ts';
import { noteOf } from '../orders/composition.rules.ts';
import { isMedicalSummary, isOrderDocument, isPast } from './reading.ts';

export type { Description, Field } from './description.ts';

const describers: Record<string, (resource: never, person: Person) => Description> = {
  Observation(o: Observation, person) {
    const values = valuesOf(o, person);
    const kind = kindOfResource(o);
    const what =
      kind === 'measures'
        ? 'measure'
        : kind === 'history' || kind === 'lifestyle'
          ? 'history'
          : kind === 'sections'
            ? 'form'
            : measureOf(firstCode(o.code) ?? '') && kind !== 'results'
              ? 'measure'
              : 'result';
    const facts = what === 'history' ? factsOf(o) : null;
    const one = facts ? factsInWords(facts) : displayOf(values);
    const flags = values
      .map((value) => value.flagLabel)
      .filter(Boolean)
      .join(', ');
    const lines: Loose[] =
      values.length > 1 && !facts
        ? values.map((value): Loose => [value.label, `${value.text} ${value.unit}`.trim()])
        : [];
    return made(what, facts ? factsTitle(o, facts) : (measureOf(firstCode(o.code) ?? '')?.label ?? labelOf(o.code)), [
      ['Valeur', one, true],
      ...lines,
      ['Interprétation', flags, true],
      ['Référence', values[0]?.reference],
      ['Date', date(o.effectiveDateTime ?? o.effectivePeriod?.start)],
      ['Site', o.bodySite && labelOf(o.bodySite)],
      ['Note', notes(o), true],
    ]);
  },
  Condition(c: Condition) {
    const past = isPast(c);
    const ald = say.aldOf(c);
    return made(past ? 'history' : 'problem', labelOf(c.code), [
      ['État', say.conditionState(c).label, true],
      ['Certitude', say.certaintyLabel(c)],
      ['Code', c.code?.coding?.map((one) => one.code).join(', ')],
      ['Début', dateLabel(c.onsetDateTime ?? c.onsetPeriod?.start) || c.onsetString, true],
      ['Fin', dateLabel(c.abatementDateTime)],
      [
        'ALD',
        ald && [aldLabel(ald.number), period({ start: ald.from ?? undefined, end: ald.until ?? undefined })].join(' '),
        true,
      ],
      ['Sévérité', c.severity && labelOf(c.severity)],
      ['Note', notes(c), true],
    ]);
  },
  AllergyIntolerance(a: AllergyIntolerance) {
    const none = say.isNoneKnown(a);
    return made('allergy', none ? 'Aucune allergie connue' : labelOf(a.code, 'Allergie'), [
      ['État', say.allergyState(a).label],
      ['Type', say.reactionKindLabel(a.type)],
      ['Catégorie', say.allergyCategoryLabel(a.category?.[0])],
      ['Gravité', say.criticalityLabels[say.criticalityOf(a)], a.criticality === 'high'],
      ['Réaction', say.reactionOf(a), true],
      ['Début', dateLabel(a.onsetDateTime)],
      ['Note', notes(a), true],
    ]);
  },
  ...treatmentDescribers,
  Immunization: (i: Immunization) =>
    made('vaccine', labelOf(i.vaccineCode, 'Vaccin'), [
      ['Acte', say.outcomeOf(i).label, i.status !== 'completed'],
      ['Date', dateLabel(i.occurrenceDateTime)],
      ['Lot', i.lotNumber && `Lot ${i.lotNumber}`, true],
      ['Site', i.site && labelOf(i.site), true],
      ['Voie', i.route && labelOf(i.route)],
      ['Dose', say.doseOf(i)],
      ['Péremption', i.expirationDate && dateLabel(i.expirationDate)],
      ['Fait ailleurs', i.primarySource === false && (i.reportOrigin?.text ?? 'Oui')],
      ['Motif', i.statusReason && labelOf(i.statusReason), true],
      ['Jusqu’au', dateLabel(say.untilOf(i))],
      ['Note', notes(i), true],
    ]),
  ImmunizationRecommendation: (one: ImmunizationRecommendation) =>
    made(
      'vaccine',
      labelOf(one.recommendation?.[0]?.forecastReason?.[0], 'Situation vaccinale'),
      [
        [
          'Vaccins',
          (one.recommendation ?? [])
            .map((each) => labelOf(each.targetDisease))
            .filter(Boolean)
            .join(', '),
          true,
        ],
        ['Jusqu’au', dateLabel(say.untilOf(one))],
      ],
      'Situation vaccinale',
    ),
  Encounter: (e: Encounter) =>
    made('encounter', say.encounterLabel(e), [
      ['Motif', (e.reasonCode ?? []).map((one) => labelOf(one)).join(', '), true],
      ['Début', date(e.period?.start)],
      ['Fin', date(e.period?.end)],
      ['Lieu', e.location?.[0]?.location?.display],
    ]),
  ClinicalImpression: (c: ClinicalImpression) =>
    made('note', c.description || 'Note', [
      ['Texte', c.summary, true],
      ['Date', date(c.effectiveDateTime ?? c.date)],
      [
        'Problèmes',
        (c.problem ?? [])
          .map((one) => one.display)
          .filter(Boolean)
          .join(', '),
      ],
      ['Note', notes(c), true],
    ]),
  Composition(c: Composition) {
    // Minutes of a case meeting: who was there in place of the problems a note is about.
    const minutes = kindOfResource(c) === 'coordination';
    const summary = isMedicalSummary(c);
    const named = (list: readonly (string | undefined)[]) => list.filter(Boolean).join(', ');
    return made(
      'note',
      c.title,
      [
        ['Titre', c.title],
        ['Texte', summary ? say.summaryWords(c) : isOrderDocument(c) ? noteOf(c) : say.compositionText(c), true],
        ['Date', date(c.date)],
        [
          'Rubriques vérifiées',
          summary &&
            String(
              (c.section ?? []).filter((one) => one.extension?.some(({ url }) => url === 'urn:estran:verified'))
                .length || '',
            ),
        ],
        minutes || summary
          ? [summary ? 'Signée par' : 'Présents', named((c.attester ?? []).map((one) => one.party?.display))]
          : ['Problèmes', named(say.compositionProblems(c).map((one) => one.display))],
      ],
      minutes ? 'Concertation' : summary ? 'Synthèse' : isOrderDocument(c) ? 'Ordonnance' : undefined,
    );
  },
  DiagnosticReport: (d: DiagnosticReport) =>
    made('result', labelOf(d.code), [
      ['Conclusion', d.conclusion, true],
      [
        'Résultats',
        (d.result ?? [])
          .map((one) => one.display)
          .filter(Boolean)
          .join(', '),
        true,
      ],
      ['Date', date(d.effectiveDateTime ?? d.issued)],
      [
        'Laboratoire',
        (d.performer ?? [])
          .filter((one) => !one.reference?.startsWith('Practitioner/'))
          .map((one) => one.display ?? '')
          .filter(Boolean)
          .join(', '),
      ],
      [
        'État',
        (
          {
            preliminary: 'Partiel',
            partial: 'Partiel',
            corrected: 'Corrigé',
            amended: 'Corrigé',
            appended: 'Complété',
          } as Record<string, string>
        )[d.status],
      ],
      ['Validé par', say.validations(d).join('\n'), true],
    ]),
  ImagingStudy: (i: ImagingStudy) =>
    made(
      'result',
      i.description || labelOf(i.procedureCode?.[0], 'Imagerie'),
      [
        ['Date', date(i.started)],
        ['Note', notes(i), true],
      ],
      'Imagerie',
    ),
  DocumentReference: (d: DocumentReference) =>
    made('document', say.documentTitle(d), [
      ['Type', d.type && labelOf(d.type), true],
      ['Date', date(d.date)],
      ...saidOfLetter(d),
      ['Fichier', d.content?.[0]?.attachment?.contentType],
      ['Lu par', say.readersOf(d).join(', ')],
      ['Note', say.extensionText(d, say.noteUrl), true],
    ]),
  Procedure: (p: Procedure) =>
    made('procedure', labelOf(p.code, 'Acte'), [
      ['Date', date(p.performedDateTime ?? p.performedPeriod?.start)],
      [
        'Motif',
        (p.reasonReference ?? [])
          .map((one) => one.display)
          .concat((p.reasonCode ?? []).map((one) => labelOf(one)))
          .filter(Boolean)
          .join(', '),
        true,
      ],
      ['Note', notes(p), true],
    ]),
  FamilyMemberHistory: (f: FamilyMemberHistory) =>
    made(
      'history',
      (f.condition ?? []).map((one) => labelOf(one.code)).join(', ') || 'Antécédent familial',
      [
        ['Lien', labelOf(f.relationship), true],
        ['Âge', familyDetail(f), true],
        ['Note', notes(f), true],
      ],
      'Antécédent familial',
    ),
  Flag: (f: Flag) =>
    made('alert', labelOf(f.code), [
      ['Catégorie', alertKindOf(firstCode(f.category?.[0]) ?? ''), true],
      ['Importance', say.severityLabels[say.severityOf(f)]],
      ['État', f.status === 'active' ? 'En cours' : 'Terminée', f.status !== 'active'],
      ['Période', period(f.period)],
      ['Note', say.extensionText(f, say.noteUrl), true],
    ]),
  Patient: (p: Patient) =>
    made(
      'coordination',
      displayName(p),
      [
        ...traitsOf(p, briefOf(p, p.birthDate ?? '')),
        [
          'Personne à prévenir',
          [p.contact?.[0]?.name?.text, p.contact?.[0]?.telecom?.[0]?.value].filter(Boolean).join(', '),
        ],
        ['Décédé(e) le', date(p.deceasedDateTime)],
      ],
      'Identité',
    ),
  ...coordinationDescribers,
};

/** Any entry in French: title, details, fields. Types nobody reads as such still have their name and their text. */
export function describe(resource: Resource, person: Person): Description {
  const describer = Object.hasOwn(describers, resource.resourceType) ? describers[resource.resourceType] : undefined;
  if (describer) return describer(resource as never, person);
  const other = resource as { code?: never; description?: unknown; text?: { div?: string } } & Resource;
  return made(
    'coordination',
    labelOf(other.code) || (typeof other.description === 'string' ? other.description : resource.resourceType),
    [['Texte', textOfHtml(other.text?.div), true]],
    resource.resourceType,
  );
}
