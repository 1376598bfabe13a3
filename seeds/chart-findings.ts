import type { CodeableConcept, Coding, Condition, Extension, Observation } from '@medplum/fhirtypes';
import { ChartBase, category, HL7, type Label, type Result, type Visit } from './chart-base.ts';
import { type Measure, type Problem, test, vital } from './codes.ts';
import { addDays, parisInstant } from './dates.ts';
import type { DemoPerson } from './staff.ts';

const round = (value: number, decimals: number) => Number(value.toFixed(decimals));

/** What is found and known: measures, results, problems, allergies. */
export class ChartFindings extends ChartBase {
  observation(visit: Visit, kind: string, code: CodeableConcept, rest: Partial<Observation>) {
    return this.add<Observation>({
      resourceType: 'Observation',
      id: this.id('obs'),
      status: 'final',
      category: [category('observation-category', kind)],
      code,
      subject: this.subject,
      ...(visit.encounter ? { encounter: visit.encounter } : {}),
      effectiveDateTime: visit.at,
      performer: [this.ref(visit.pro)],
      ...rest,
    });
  }

  measure(visit: Visit, measure: Measure, value: number) {
    return this.observation(visit, 'vital-signs', this.loinc(measure), {
      valueQuantity: this.quantity(measure, value),
    });
  }

  loinc(measure: Measure): CodeableConcept {
    return { coding: [{ system: 'http://loinc.org', code: measure.loinc, display: measure.fr }], text: measure.fr };
  }

  quantity(measure: Measure, value: number) {
    return {
      value: round(value, measure.decimals),
      ...(measure.unit ? { unit: measure.unit } : {}),
      system: 'http://unitsofmeasure.org',
      code: measure.ucum,
    };
  }

  /** Weight, height, and the index they give. */
  body(visit: Visit, weight: number, height?: number) {
    this.measure(visit, vital.weight, weight);
    if (height === undefined) return;
    this.measure(visit, vital.height, height);
    this.measure(visit, vital.bmi, round(weight, 1) / (round(height, 0) / 100) ** 2);
  }

  pressure(visit: Visit, systolic: number, diastolic: number) {
    const side = (loinc: string, fr: string, value: number) => ({
      code: { coding: [{ system: 'http://loinc.org', code: loinc, display: fr }], text: fr },
      valueQuantity: { value: Math.round(value), unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
    });
    const code = {
      coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Pression artérielle' }],
      text: 'Pression artérielle',
    };
    return this.observation(visit, 'vital-signs', code, {
      component: [side('8480-6', 'Systolique', systolic), side('8462-4', 'Diastolique', diastolic)],
    });
  }

  smokingStatus(visit: Visit, status: 'never' | 'former' | 'current') {
    const [snomed, fr] = {
      never: ['266919005', 'Non-fumeur'],
      former: ['8517006', 'Ancien fumeur'],
      current: ['77176002', 'Fumeur'],
    }[status] as [string, string];
    const code = {
      coding: [{ system: 'http://loinc.org', code: '72166-2', display: 'Statut tabagique' }],
      text: 'Statut tabagique',
    };
    return this.observation(visit, 'social-history', code, {
      valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: snomed, display: fr }], text: fr },
    });
  }

  lifestyle(visit: Visit, text: string) {
    const code = {
      coding: [{ system: 'http://loinc.org', code: '29762-2', display: 'Mode de vie' }],
      text: 'Mode de vie',
    };
    return this.observation(visit, 'social-history', code, { valueString: text });
  }

  /** A score or another finding of a profession. */
  finding(visit: Visit, text: string, value: number | string, label?: Label) {
    return this.observation(
      visit,
      'survey',
      { text },
      { ...this.meta(label), ...(typeof value === 'number' ? { valueInteger: value } : { valueString: value }) },
    );
  }

  /** A laboratory report: one Observation a test, grouped, asked by someone of the team. */
  laboratory(wanted: string, asker: DemoPerson, title: string, results: readonly Result[]) {
    const date = this.past(wanted);
    const at = parisInstant(date, 8 * 60 + 15);
    const lab = { reference: 'Organization/org-laboratory', display: this.shape.laboratory };
    const technician = this.shape.people.find((person) => person.profession === 'laboratory-technician');
    const performer = technician ? [lab, this.ref(technician)] : [lab];
    const observations = results.map(({ test: measure, value: raw }) => {
      const value = round(raw, measure.decimals);
      const flag =
        measure.low !== undefined && value < measure.low
          ? 'L'
          : measure.high !== undefined && value > measure.high
            ? 'H'
            : 'N';
      const bound = (limit: number) => ({
        value: limit,
        ...(measure.unit ? { unit: measure.unit } : {}),
        system: 'http://unitsofmeasure.org',
        code: measure.ucum,
      });
      return this.observation({ pro: asker, date, at }, 'laboratory', this.loinc(measure), {
        performer,
        valueQuantity: this.quantity(measure, value),
        interpretation: [category('v3-ObservationInterpretation', flag, { L: 'Bas', H: 'Élevé', N: 'Normal' }[flag])],
        ...(measure.low !== undefined || measure.high !== undefined
          ? {
              referenceRange: [
                {
                  ...(measure.low !== undefined ? { low: bound(measure.low) } : {}),
                  ...(measure.high !== undefined ? { high: bound(measure.high) } : {}),
                },
              ],
            }
          : {}),
      });
    });
    return this.add({
      resourceType: 'DiagnosticReport',
      id: this.id('rep'),
      status: 'final',
      category: [category('v2-0074', 'LAB', 'Biologie')],
      code: {
        coding: [{ system: 'http://loinc.org', code: '11502-2', display: 'Compte rendu de biologie' }],
        text: title,
      },
      subject: this.subject,
      effectiveDateTime: at,
      issued: parisInstant(date, 16 * 60 + 30),
      performer,
      ...(date < addDays(this.today, -4) ? { extension: [this.validated(asker, date)] } : {}),
      resultsInterpreter: [this.ref(asker)],
      result: observations.map((observation) => ({
        reference: `Observation/${observation.id}`,
        display: observation.code.text!,
      })),
    });
  }

  /** Who asked has looked, the next morning; what came in the last days still waits. */
  validated(asker: DemoPerson, date: string): Extension {
    return {
      url: 'urn:estran:read',
      extension: [
        { url: 'by', valueReference: this.ref(asker) },
        { url: 'at', valueDateTime: parisInstant(addDays(date, 1), 9 * 60 + 5) },
      ],
    };
  }

  /** Kidney function with the estimate that creatinine, age and sex give (CKD-EPI 2009). */
  kidney(creatinine: number, date: string): Result[] {
    const woman = this.person.gender === 'female';
    const age = Number(date.slice(0, 4)) - Number(this.person.birth.slice(0, 4));
    const ratio = creatinine / 88.4 / (woman ? 0.7 : 0.9);
    const egfr =
      141 *
      Math.min(ratio, 1) ** (woman ? -0.329 : -0.411) *
      Math.max(ratio, 1) ** -1.209 *
      0.993 ** age *
      (woman ? 1.018 : 1);
    return [
      { test: test.creatinine, value: creatinine },
      { test: test.egfr, value: egfr },
    ];
  }

  problem(
    what: Problem,
    since: string,
    given: { ald?: boolean; until?: string; by?: DemoPerson; note?: string; severity?: string; history?: boolean } = {},
  ) {
    const recorder = given.by ?? this.physician;
    const ended = given.until !== undefined && given.until <= this.today;
    const condition: Condition = {
      resourceType: 'Condition',
      id: this.id('cond'),
      ...this.meta(what.security),
      clinicalStatus: category('condition-clinical', ended ? 'resolved' : given.history ? 'inactive' : 'active'),
      verificationStatus: category('condition-ver-status', 'confirmed'),
      category: [
        category('condition-category', 'problem-list-item', given.history ? 'Antécédent' : 'Problème'),
        ...(given.ald
          ? [
              {
                coding: [
                  { system: 'urn:estran:condition-category', code: 'ald', display: 'Affection de longue durée' },
                ],
                text: 'ALD',
              },
            ]
          : []),
      ],
      code: this.concept(what),
      subject: this.subject,
      onsetDateTime: since,
      ...(ended ? { abatementDateTime: given.until! } : {}),
      recordedDate: since,
      recorder: this.ref(recorder),
      asserter: this.ref(recorder),
      ...(given.severity ? { severity: { text: given.severity } } : {}),
      ...(given.note
        ? { note: [{ text: given.note, authorReference: this.ref(recorder), time: parisInstant(since, 12 * 60) }] }
        : {}),
    };
    return this.add(condition);
  }

  allergy(
    date: string,
    by: DemoPerson,
    fr: string,
    coding: Coding | undefined,
    reaction: string,
    severity: 'mild' | 'moderate' | 'severe',
  ) {
    return this.add({
      resourceType: 'AllergyIntolerance',
      id: this.id('all'),
      clinicalStatus: category('allergyintolerance-clinical', 'active'),
      verificationStatus: category('allergyintolerance-verification', 'confirmed'),
      type: 'allergy',
      category: coding?.system?.includes('atc') ? ['medication'] : ['environment'],
      criticality: severity === 'severe' ? 'high' : 'low',
      code: { ...(coding ? { coding: [coding] } : {}), text: fr },
      patient: this.subject,
      recordedDate: parisInstant(date, 10 * 60),
      recorder: this.ref(by),
      asserter: this.ref(by),
      reaction: [{ manifestation: [{ text: reaction }], severity }],
    });
  }

  noKnownAllergy(date: string, by: DemoPerson) {
    return this.add({
      resourceType: 'AllergyIntolerance',
      id: this.id('all'),
      clinicalStatus: category('allergyintolerance-clinical', 'active'),
      verificationStatus: category('allergyintolerance-verification', 'confirmed'),
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'Aucune allergie connue' }],
        text: 'Aucune allergie connue',
      },
      patient: this.subject,
      recordedDate: parisInstant(date, 10 * 60),
      recorder: this.ref(by),
      asserter: this.ref(by),
    });
  }

  familyHistory(date: string, by: DemoPerson, relation: 'MTH' | 'FTH' | 'SIB', what: Problem, age: number) {
    return this.add({
      resourceType: 'FamilyMemberHistory',
      id: this.id('fam'),
      status: 'completed',
      patient: this.subject,
      date,
      relationship: {
        coding: [{ system: `${HL7}/v3-RoleCode`, code: relation }],
        text: { MTH: 'Mère', FTH: 'Père', SIB: 'Frère ou sœur' }[relation],
      },
      condition: [
        {
          code: this.concept(what),
          onsetAge: { value: age, unit: 'ans', system: 'http://unitsofmeasure.org', code: 'a' },
        },
      ],
      note: [
        { text: 'Rapporté à l’interrogatoire.', authorReference: this.ref(by), time: parisInstant(date, 10 * 60) },
      ],
    });
  }
}
