import type {
  CarePlan,
  CodeableConcept,
  Coding,
  Condition,
  Encounter,
  Meta,
  Observation,
  Procedure,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import type { Agenda, Booking } from './agenda.ts';
import { type Drug, type Measure, type Problem, test, vital } from './codes.ts';
import { addDays, french, parisInstant } from './dates.ts';
import { displayName, type Person } from './identity.ts';
import { letterPdf } from './paper.ts';
import type { Chance } from './random.ts';
import { type DemoPerson, type PracticeShape, professionConcept, titleOf } from './staff.ts';

/** A moment of care: who, when, and the encounter it belongs to, when there is one. */
export interface Visit {
  pro: DemoPerson;
  date: string;
  at: string;
  encounter?: Reference<Encounter>;
}
type Label = 'PSY' | 'ETH' | 'SEX';
export interface Result {
  test: Measure;
  value: number;
}

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const category = (set: string, code: string, text?: string): CodeableConcept => ({
  coding: [{ system: `${HL7}/${set}`, code }],
  ...(text ? { text } : {}),
});
const round = (value: number, decimals: number) => Number(value.toFixed(decimals));

/** Writes one patient's record. Every method adds resources in the order in which they would have been entered. */
export class Chart {
  readonly out: Resource[] = [];
  readonly team = new Map<string, { person: DemoPerson; since: string }>();
  #counts = new Map<string, number>();
  readonly person: Person;
  readonly shape: PracticeShape;
  readonly chance: Chance;
  readonly today: string;
  readonly physician: DemoPerson;
  readonly agenda: Agenda;

  constructor(given: {
    person: Person;
    shape: PracticeShape;
    chance: Chance;
    today: string;
    physician: DemoPerson;
    agenda: Agenda;
  }) {
    this.person = given.person;
    this.shape = given.shape;
    this.chance = given.chance;
    this.today = given.today;
    this.physician = given.physician;
    this.agenda = given.agenda;
  }

  get subject() {
    return { reference: `Patient/${this.person.id}`, display: displayName(this.person) };
  }

  /** A date so many years, months and days before today. */
  ago(years: number, days = 0): string {
    return addDays(this.today, -Math.round(years * 365.25) - days);
  }

  id(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${this.person.key}-${kind}-${count}`;
  }

  add<T extends Resource>(resource: T): T & { id: string } {
    this.out.push(resource);
    return resource as T & { id: string };
  }

  /** The team's professional of a profession, who joins the care team the first time they are asked for. */
  pro(profession: Profession, since?: string): DemoPerson {
    for (const { person } of this.team.values()) if (person.profession === profession) return person;
    const all = this.shape.people.filter((person) => person.profession === profession);
    const person =
      profession === 'physician' ? this.physician : all.length > 0 ? this.chance.pick(all) : this.physician;
    return this.join(person, since);
  }

  has(profession: Profession): boolean {
    return this.shape.people.some((person) => person.profession === profession);
  }

  join(person: DemoPerson, since = this.ago(2)): DemoPerson {
    const known = this.team.get(person.practitionerId);
    if (!known || known.since > since) this.team.set(person.practitionerId, { person, since });
    return person;
  }

  ref(person: DemoPerson) {
    return { reference: `Practitioner/${person.practitionerId}`, display: titleOf(person) };
  }

  meta(label?: Label): { meta: Meta } | Record<string, never> {
    return label ? { meta: { security: [{ system: `${HL7}/v3-ActCode`, code: label }] } } : {};
  }

  #concept(problem: Problem): CodeableConcept {
    return {
      coding: [
        { system: 'http://hl7.org/fhir/sid/icd-10', code: problem.icd, display: problem.fr },
        { system: 'http://hl7.org/fhir/sid/icpc-2', code: problem.icpc, display: problem.fr },
      ],
      text: problem.fr,
    };
  }

  /** An encounter, with its note when words are given. */
  visit(
    date: string,
    pro: DemoPerson,
    reason: string | Problem,
    given: { note?: string; home?: boolean; private?: boolean; label?: Label; minutes?: number } = {},
  ): Visit {
    this.join(pro, date);
    const start = this.chance.int(8 * 4, 18 * 4) * 15;
    const at = parisInstant(date, start);
    const label = given.label ?? (typeof reason === 'string' ? undefined : reason.security);
    const encounter = this.add({
      resourceType: 'Encounter',
      id: this.id('enc'),
      ...this.meta(label),
      status: 'finished',
      class: given.home
        ? { system: `${HL7}/v3-ActCode`, code: 'HH', display: 'à domicile' }
        : { system: `${HL7}/v3-ActCode`, code: 'AMB', display: 'au cabinet' },
      subject: this.subject,
      participant: [{ individual: this.ref(pro) }],
      period: {
        start: at,
        end: parisInstant(
          date,
          start +
            (given.minutes ?? (pro.profession === 'physiotherapist' || pro.profession === 'psychologist' ? 40 : 20)),
        ),
      },
      reasonCode: [typeof reason === 'string' ? { text: reason } : this.#concept(reason)],
      serviceProvider: { reference: 'Organization/org-practice', display: this.shape.name },
      ...(given.home
        ? {}
        : {
            location: [
              {
                location: {
                  reference: `Location/${this.shape.sites[this.shape.people.indexOf(pro) % this.shape.sites.length]!.id}`,
                },
              },
            ],
          }),
    });
    const visit: Visit = { pro, date, at, encounter: { reference: `Encounter/${encounter.id}` } };
    if (given.note) this.note(visit, given.note, { label, private: given.private });
    return visit;
  }

  /** The narrative of a consultation; a private note is read by its author alone. */
  note(visit: Visit, summary: string, given: { private?: boolean | undefined; label?: Label | undefined } = {}) {
    const label = this.meta(given.label).meta;
    const meta: Meta = {
      ...label,
      ...(given.private
        ? { tag: [{ system: 'urn:estran:tag', code: 'private-note', display: 'Note personnelle' }] }
        : {}),
    };
    return this.add({
      resourceType: 'ClinicalImpression',
      id: this.id('note'),
      ...(Object.keys(meta).length > 0 ? { meta } : {}),
      status: 'completed',
      subject: this.subject,
      ...(visit.encounter ? { encounter: visit.encounter } : {}),
      effectiveDateTime: visit.at,
      date: visit.at,
      assessor: this.ref(visit.pro),
      summary,
    });
  }

  #observation(visit: Visit, kind: string, code: CodeableConcept, rest: Partial<Observation>) {
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
    return this.#observation(visit, 'vital-signs', this.loinc(measure), {
      valueQuantity: this.#quantity(measure, value),
    });
  }

  loinc(measure: Measure): CodeableConcept {
    return { coding: [{ system: 'http://loinc.org', code: measure.loinc, display: measure.fr }], text: measure.fr };
  }

  #quantity(measure: Measure, value: number) {
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
    return this.#observation(visit, 'vital-signs', code, {
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
    return this.#observation(visit, 'social-history', code, {
      valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: snomed, display: fr }], text: fr },
    });
  }

  lifestyle(visit: Visit, text: string) {
    const code = {
      coding: [{ system: 'http://loinc.org', code: '29762-2', display: 'Mode de vie' }],
      text: 'Mode de vie',
    };
    return this.#observation(visit, 'social-history', code, { valueString: text });
  }

  /** A score or another finding of a profession. */
  finding(visit: Visit, text: string, value: number | string, label?: Label) {
    return this.#observation(
      visit,
      'survey',
      { text },
      { ...this.meta(label), ...(typeof value === 'number' ? { valueInteger: value } : { valueString: value }) },
    );
  }

  /** A laboratory report: one Observation a test, grouped, asked by someone of the team. */
  laboratory(date: string, asker: DemoPerson, title: string, results: readonly Result[]) {
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
      return this.#observation({ pro: asker, date, at }, 'laboratory', this.loinc(measure), {
        performer,
        valueQuantity: this.#quantity(measure, value),
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
      resultsInterpreter: [this.ref(asker)],
      result: observations.map((observation) => ({
        reference: `Observation/${observation.id}`,
        display: observation.code.text!,
      })),
    });
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
    const ended = given.until !== undefined;
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
      code: this.#concept(what),
      subject: this.subject,
      onsetDateTime: since,
      ...(given.until ? { abatementDateTime: given.until } : {}),
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

  /** A prescription; `until` ends it. */
  prescribe(
    medicine: Drug,
    visit: Visit,
    given: { until?: string; for?: Condition; dose?: string; label?: Label } = {},
  ) {
    const status = given.until === undefined || given.until > this.today ? 'active' : 'completed';
    return this.add({
      resourceType: 'MedicationRequest',
      id: this.id('rx'),
      ...this.meta(given.label),
      status,
      intent: 'order',
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.whocc.no/atc', code: medicine.atc, display: medicine.fr }],
        text: medicine.fr,
      },
      subject: this.subject,
      ...(visit.encounter ? { encounter: visit.encounter } : {}),
      authoredOn: visit.at,
      requester: this.ref(visit.pro),
      ...(given.for
        ? { reasonReference: [{ reference: `Condition/${given.for.id}`, display: given.for.code!.text! }] }
        : {}),
      dosageInstruction: [
        {
          text: given.dose ?? medicine.dose,
          timing: { repeat: { boundsPeriod: { start: visit.date, ...(given.until ? { end: given.until } : {}) } } },
        },
      ],
      dispenseRequest: { validityPeriod: { start: visit.date, end: given.until ?? addDays(visit.date, 365) } },
    });
  }

  /** What the patient says they take, as a professional wrote it down. */
  takes(medicine: Drug, visit: Visit, note?: string) {
    return this.add({
      resourceType: 'MedicationStatement',
      id: this.id('tt'),
      status: 'active',
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.whocc.no/atc', code: medicine.atc, display: medicine.fr }],
        text: medicine.fr,
      },
      subject: this.subject,
      effectivePeriod: { start: visit.date },
      dateAsserted: visit.at,
      informationSource: this.ref(visit.pro),
      dosage: [{ text: medicine.dose }],
      ...(note ? { note: [{ text: note, authorReference: this.ref(visit.pro), time: visit.at }] } : {}),
    });
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
          code: this.#concept(what),
          onsetAge: { value: age, unit: 'ans', system: 'http://unitsofmeasure.org', code: 'a' },
        },
      ],
      note: [
        { text: 'Rapporté à l’interrogatoire.', authorReference: this.ref(by), time: parisInstant(date, 10 * 60) },
      ],
    });
  }

  vaccine(
    date: string,
    by: DemoPerson,
    given: { fr: string; atc: string; target: string; dose?: number; left?: boolean; lot: string; thigh?: boolean },
  ) {
    this.join(by, date);
    return this.add({
      resourceType: 'Immunization',
      id: this.id('vac'),
      status: 'completed',
      vaccineCode: {
        coding: [{ system: 'http://www.whocc.no/atc', code: given.atc, display: given.fr }],
        text: given.fr,
      },
      patient: this.subject,
      occurrenceDateTime: date,
      recorded: parisInstant(date, 11 * 60),
      primarySource: true,
      lotNumber: given.lot,
      site: given.thigh
        ? { text: given.left ? 'Cuisse gauche' : 'Cuisse droite' }
        : {
            coding: [{ system: `${HL7}/v3-ActSite`, code: given.left ? 'LA' : 'RA' }],
            text: given.left ? 'Bras gauche' : 'Bras droit',
          },
      route: { coding: [{ system: `${HL7}/v3-RouteOfAdministration`, code: 'IM' }], text: 'Intramusculaire' },
      performer: [{ function: category('v2-0443', 'AP'), actor: this.ref(by) }],
      protocolApplied: [
        {
          targetDisease: [{ text: given.target }],
          ...(given.dose ? { doseNumberPositiveInt: given.dose } : { doseNumberString: 'Rappel' }),
        },
      ],
    });
  }

  refusedVaccine(date: string, by: DemoPerson, fr: string, atc: string) {
    return this.add({
      resourceType: 'Immunization',
      id: this.id('vac'),
      status: 'not-done',
      statusReason: category('v3-ActReason', 'PATOBJ', 'Refus du patient'),
      vaccineCode: { coding: [{ system: 'http://www.whocc.no/atc', code: atc, display: fr }], text: fr },
      patient: this.subject,
      occurrenceDateTime: date,
      recorded: parisInstant(date, 11 * 60),
      performer: [{ actor: this.ref(by) }],
    });
  }

  procedure(visit: Visit, text: string, given: { ccam?: string; for?: Condition; note?: string } = {}) {
    return this.add<Procedure>({
      resourceType: 'Procedure',
      id: this.id('proc'),
      status: 'completed',
      code: { ...(given.ccam ? { coding: [{ system: 'urn:oid:1.2.250.1.213.2.5', code: given.ccam }] } : {}), text },
      subject: this.subject,
      ...(visit.encounter ? { encounter: visit.encounter } : {}),
      performedDateTime: visit.at,
      recorder: this.ref(visit.pro),
      performer: [{ actor: this.ref(visit.pro) }],
      ...(given.for
        ? { reasonReference: [{ reference: `Condition/${given.for.id}`, display: given.for.code!.text! }] }
        : {}),
      ...(given.note ? { note: [{ text: given.note }] } : {}),
    });
  }

  /** A letter: its bytes, then its description. From the hospital unless a professional is given. */
  letter(
    date: string,
    title: string,
    lines: readonly string[],
    given: { by?: DemoPerson; pdf?: boolean; label?: Label; loinc?: string } = {},
  ) {
    const from = given.by ? titleOf(given.by) : this.shape.hospital;
    const body = [
      from,
      '',
      `Le ${french(date)}`,
      '',
      `Concerne : ${displayName(this.person)}, ${this.person.gender === 'female' ? 'née' : 'né'} le ${french(this.person.birth)}`,
      '',
      ...lines,
      '',
      'Bien confraternellement,',
      from,
    ];
    const bytes =
      given.pdf === false ? Buffer.from(`${body.join('\n')}\n`, 'utf8') : Buffer.from(letterPdf([title, '', ...body]));
    const contentType = given.pdf === false ? 'text/plain; charset=utf-8' : 'application/pdf';
    const id = this.id('doc');
    const binary = this.id('bin');
    this.add({
      resourceType: 'Binary',
      id: binary,
      contentType,
      securityContext: { reference: `DocumentReference/${id}` },
      data: bytes.toString('base64'),
    });
    return this.add({
      resourceType: 'DocumentReference',
      id,
      ...this.meta(given.label),
      status: 'current',
      docStatus: 'final',
      type: { coding: [{ system: 'http://loinc.org', code: given.loinc ?? '11488-4', display: title }], text: title },
      category: [{ text: 'Courrier' }],
      subject: this.subject,
      date: parisInstant(date, 9 * 60),
      author: [
        given.by ? this.ref(given.by) : { reference: 'Organization/org-hospital', display: this.shape.hospital },
      ],
      description: title,
      content: [
        {
          attachment: {
            contentType,
            language: 'fr-FR',
            url: `Binary/${binary}`,
            size: bytes.length,
            title,
            creation: parisInstant(date, 9 * 60),
          },
        },
      ],
    });
  }

  flag(date: string, by: DemoPerson, text: string, given: { until?: string } = {}) {
    return this.add({
      resourceType: 'Flag',
      id: this.id('flag'),
      status: given.until ? 'inactive' : 'active',
      category: [category('flag-category', 'safety', 'Alerte')],
      code: { text },
      subject: this.subject,
      period: { start: date, ...(given.until ? { end: given.until } : {}) },
      author: this.ref(by),
    });
  }

  goal(date: string, by: DemoPerson, text: string, target?: { measure: Measure; high: number; due: string }) {
    return this.add({
      resourceType: 'Goal',
      id: this.id('goal'),
      lifecycleStatus: 'active',
      description: { text },
      subject: this.subject,
      startDate: date,
      ...(target
        ? {
            target: [
              {
                measure: this.loinc(target.measure),
                detailQuantity: { ...this.#quantity(target.measure, target.high), comparator: '<' as const },
                dueDate: target.due,
              },
            ],
          }
        : {}),
      expressedBy: this.ref(by),
    });
  }

  plan(
    date: string,
    by: DemoPerson,
    title: string,
    given: { conditions?: Condition[]; goals?: { id: string }[]; activities: [string, DemoPerson][] },
  ) {
    const plan: CarePlan = {
      resourceType: 'CarePlan',
      id: this.id('plan'),
      status: 'active',
      intent: 'plan',
      title,
      subject: this.subject,
      period: { start: date },
      created: date,
      author: this.ref(by),
      contributor: given.activities.map(([, person]) => this.ref(person)),
      activity: given.activities.map(([description, person]) => ({
        detail: { status: 'in-progress', description, performer: [this.ref(person)] },
      })),
    };
    if (given.conditions?.length)
      plan.addresses = given.conditions.map((condition) => ({
        reference: `Condition/${condition.id}`,
        display: condition.code!.text!,
      }));
    if (given.goals?.length) plan.goal = given.goals.map((goal) => ({ reference: `Goal/${goal.id}` }));
    return this.add(plan);
  }

  message(date: string, from: DemoPerson, to: DemoPerson, text: string, label?: Label) {
    return this.add({
      resourceType: 'Communication',
      id: this.id('msg'),
      ...this.meta(label),
      status: 'completed',
      subject: this.subject,
      sent: parisInstant(date, this.chance.int(8 * 60, 18 * 60)),
      sender: this.ref(from),
      recipient: [this.ref(to)],
      payload: [{ contentString: text }],
    });
  }

  task(date: string, from: DemoPerson, to: DemoPerson, text: string, due: string, done = false) {
    return this.add({
      resourceType: 'Task',
      id: this.id('task'),
      status: done ? 'completed' : 'requested',
      intent: 'order',
      priority: 'routine',
      description: text,
      for: this.subject,
      authoredOn: parisInstant(date, 11 * 60),
      lastModified: parisInstant(date, 11 * 60),
      requester: this.ref(from),
      owner: this.ref(to),
      restriction: { period: { end: parisInstant(due, 18 * 60) } },
    });
  }

  /** The patient opposes sharing with one professional, of everything or of one kind of data. */
  oppose(date: string, to: DemoPerson, kind?: string) {
    return this.add({
      resourceType: 'Consent',
      id: this.id('consent'),
      status: 'active',
      scope: category('consentscope', 'patient-privacy'),
      category: [
        {
          coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consentement du patient' }],
          text: 'Opposition au partage',
        },
      ],
      patient: this.subject,
      dateTime: parisInstant(date, 17 * 60),
      performer: [this.subject],
      organization: [{ reference: 'Organization/org-practice', display: this.shape.name }],
      policyRule: category('v3-ActCode', 'OPTOUT'),
      provision: {
        type: 'deny',
        period: { start: date },
        actor: [{ role: category('v3-ParticipationType', 'IRCP', 'Destinataire'), reference: this.ref(to) }],
        ...(kind ? { class: [{ system: 'urn:estran:kind-of-data', code: kind }] } : {}),
      },
    });
  }

  /** Books the professional's next free quarter hour of that day; nothing when the day is full. */
  book(pro: DemoPerson, date: string, reason: string, given: Booking = {}) {
    const slot = this.agenda.take(pro, date, given);
    if (slot === undefined) return undefined;
    this.join(pro, this.today);
    return this.add({
      resourceType: 'Appointment',
      id: this.id('apt'),
      status: 'booked',
      serviceType: [professionConcept(pro.profession)],
      description: reason,
      reasonCode: [{ text: reason }],
      start: parisInstant(date, slot),
      end: parisInstant(date, slot + (given.minutes ?? 15)),
      minutesDuration: given.minutes ?? 15,
      created: parisInstant(addDays(this.today, -this.chance.int(2, 20)), 10 * 60),
      participant: [
        { actor: this.subject, required: 'required', status: 'accepted' },
        { actor: this.ref(pro), required: 'required', status: 'accepted' },
      ],
      ...(given.home ? { comment: 'À domicile' } : {}),
    });
  }

  /** Who follows this patient, written last because writing the record gathers them. */
  careTeam(): Resource {
    const starts = [...this.team.values()].map(({ since }) => since);
    return {
      resourceType: 'CareTeam',
      id: `${this.person.key}-team`,
      status: 'active',
      name: `Équipe de soins de ${displayName(this.person)}`,
      subject: this.subject,
      period: { start: starts.sort()[0]! },
      participant: [...this.team.values()].map(({ person, since }) => {
        const concept = professionConcept(person.profession);
        return {
          role: [person === this.physician ? { ...concept, text: 'Médecin traitant' } : concept],
          member: this.ref(person),
          period: { start: [since, this.today].sort()[0]! },
        };
      }),
      managingOrganization: [{ reference: 'Organization/org-practice', display: this.shape.name }],
    };
  }
}
