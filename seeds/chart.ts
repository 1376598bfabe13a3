import type { CarePlan, Condition, Procedure, QuestionnaireResponse } from '@medplum/fhirtypes';
import { answersFrom, calculated, type Said, sectionUrl, sectionUrls, shippedSections } from '../src/record/index.ts';
import type { Booking } from './agenda.ts';
import { category, HL7, type Label, type Visit } from './chart-base.ts';
import { ChartFindings } from './chart-findings.ts';
import type { Drug, Measure } from './codes.ts';
import { addDays, daysBetween, french, parisInstant } from './dates.ts';
import { displayName } from './identity.ts';
import { letterPdf } from './paper.ts';
import { type DemoPerson, professionConcept, titleOf } from './staff.ts';
import { askedOf } from './tasks.ts';

export type { Result, Visit } from './chart-base.ts';

/** Writes one patient's record. Every method adds resources in the order in which they would have been entered. */
export class Chart extends ChartFindings {
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

  /** A section that comes with the product, filled at a visit; scores are worked out as the product does. */
  section(key: string, visit: Visit, said: Readonly<Record<string, Said>>) {
    const { form, edition } = shippedSections.find((one) => one.key === key)!;
    const { birth, gender } = this.person;
    const age = Math.floor(daysBetween(birth, visit.date) / 365.25);
    return this.add({
      resourceType: 'QuestionnaireResponse',
      id: this.id('volet'),
      questionnaire: `${sectionUrl(form.id!)}|${edition}`,
      _questionnaire: { extension: [{ url: sectionUrls.display, valueString: form.title! }] },
      status: 'completed',
      subject: this.subject,
      ...(visit.encounter ? { encounter: visit.encounter } : {}),
      authored: visit.at,
      author: this.ref(visit.pro),
      item: calculated(form, answersFrom(form, said), { age, gender }),
    } as QuestionnaireResponse);
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

  vaccine(
    date: string,
    by: DemoPerson,
    given: {
      fr: string;
      nuva: string;
      atc: string;
      target: string;
      dose?: number;
      left?: boolean;
      lot: string;
      thigh?: boolean;
    },
  ) {
    this.join(by, date);
    return this.add({
      resourceType: 'Immunization',
      id: this.id('vac'),
      status: 'completed',
      vaccineCode: {
        coding: [
          { system: 'http://smt.esante.gouv.fr/terminologie-nuva', code: given.nuva, display: given.fr },
          { system: 'http://www.whocc.no/atc', code: given.atc },
        ],
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
                detailQuantity: { ...this.quantity(target.measure, target.high), comparator: '<' as const },
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

  /** Something asked of a colleague; the desk reads what carers do not write. */
  task(date: string, from: DemoPerson, to: DemoPerson, text: string, due: string, done = false): void {
    const asked = daysBetween(this.today, date);
    for (const one of askedOf(
      {
        id: this.id('task'),
        title: text,
        subject: this.subject,
        from,
        to,
        asked,
        due: daysBetween(this.today, due),
        administrative: to.profession === 'medical-secretary',
        ...(done && { status: 'completed', changed: asked }),
      },
      this.today,
    ))
      this.add(one);
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
}
