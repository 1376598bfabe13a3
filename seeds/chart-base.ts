import type { CodeableConcept, Encounter, Meta, Reference, Resource } from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import type { Agenda } from './agenda.ts';
import type { Measure, Problem } from './codes.ts';
import { addDays, parisInstant } from './dates.ts';
import { displayName, type Person } from './identity.ts';
import type { Chance } from './random.ts';
import { type DemoPerson, type PracticeShape, professionConcept, titleOf } from './staff.ts';

/** A moment of care: who, when, and the encounter it belongs to, when there is one. */
export interface Visit {
  pro: DemoPerson;
  date: string;
  at: string;
  encounter?: Reference<Encounter>;
}
export type Label = 'PSY' | 'ETH' | 'SEX';
export interface Result {
  test: Measure;
  value: number;
}

export const HL7 = 'http://terminology.hl7.org/CodeSystem';
export const category = (set: string, code: string, text?: string): CodeableConcept => ({
  coding: [{ system: `${HL7}/${set}`, code }],
  ...(text ? { text } : {}),
});

/** What every entry of one patient's record needs: ids, authors, encounters, notes, the care team. */
export class ChartBase {
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

  /** The date, or yesterday: an entry is never of a moment still to come. */
  past(date: string): string {
    return [date, this.ago(0, 1)].sort()[0]!;
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
    // The practice is not older than that; vaccines of childhood are written under today's physician.
    const start = [since, this.ago(11)].sort()[1]!;
    const known = this.team.get(person.practitionerId);
    if (!known || known.since > start) this.team.set(person.practitionerId, { person, since: start });
    return person;
  }

  ref(person: DemoPerson) {
    return { reference: `Practitioner/${person.practitionerId}`, display: titleOf(person) };
  }

  meta(label?: Label): { meta: Meta } | Record<string, never> {
    return label ? { meta: { security: [{ system: `${HL7}/v3-ActCode`, code: label }] } } : {};
  }

  concept(problem: Problem): CodeableConcept {
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
    wanted: string,
    pro: DemoPerson,
    reason: string | Problem,
    given: { note?: string; home?: boolean; private?: boolean; label?: Label; minutes?: number } = {},
  ): Visit {
    const date = this.past(wanted);
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
      reasonCode: [typeof reason === 'string' ? { text: reason } : this.concept(reason)],
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
